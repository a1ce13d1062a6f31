"""What the doctor checks of times: the clock, the time zone, the schedule, the last runs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from newsletter.model import Run
from newsletter.pipeline.doctor import Finding
from newsletter.weeks import Schedule, coming, instant

LEAST_YEAR = 2026  # this program is no older
MOST_OFF = timedelta(seconds=60)
_SET_BACK = timedelta(minutes=5)  # clocks of two machines differ, and are mended, by less
_SILENT = timedelta(seconds=60)  # four leases: nobody who lives says nothing for so long
_OLD_DATA = 2  # years: by then some country has changed its rules
_LONG_REVIEW = timedelta(days=3)
_SELDOM = timedelta(days=1)
_SET_CLOCK = "set the clock: timedatectl set-ntp true, or ntpdate, or the host's clock"


def clock(now: datetime, stamps: Sequence[tuple[str, datetime]]) -> Iterator[Finding]:
    """Judge *now* by itself and by *stamps*: what bears a time, and which."""
    ahead = max(stamps, key=lambda stamp: stamp[1], default=None)
    if now.year < LEAST_YEAR:
        yield _clock_fault(f"it says {_minute(now)}, which is long past")
    elif ahead and ahead[1] - now > _SET_BACK:
        yield _clock_fault(
            f"it says {_minute(now)}, but {ahead[0]} is of {_minute(ahead[1])}: it has been set"
            f" back by {span(ahead[1] - now)}, or was ahead then"
        )
    else:
        yield Finding(check="clock", verdict="ok", text=_minute(now))


def offset(host: str, theirs: datetime, ours: datetime) -> Finding:
    """Judge the clock by what a web server's `Date` says (RFC 9110, 6.6.1)."""
    off = ours - theirs
    if abs(off) > MOST_OFF:
        way = "ahead of" if off > timedelta(0) else "behind"
        return _clock_fault(f"it is {span(abs(off))} {way} that of {host}")
    return Finding(check="clock", verdict="ok", text=f"agrees with that of {host}")


def _clock_fault(text: str) -> Finding:
    return Finding(check="clock", verdict="fault", text=text, remedy=_SET_CLOCK)


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneData:
    """Where the rules of time zones come from, which release (`2026a`), how to get a newer one."""

    source: str
    release: str
    upgrade: str


def zone(name: str, data: ZoneData, now: datetime) -> Iterator[Finding]:
    """Judge the rules by which the time zone *name* is read, and say when its clocks change."""
    said = f"{name}, rules of {data.release or 'an unknown release'} ({data.source})"
    change = next_change(name, now)
    if change:
        at, before, after = change
        local = at.astimezone(ZoneInfo(name))
        said += f"; next clock change {_day(local)}, {utc_offset(before)} to {utc_offset(after)}"
    else:
        said += "; its clocks do not change within a year"
    year = data.release[:4]
    if not year.isdecimal() or now.year - int(year) >= _OLD_DATA:
        remedy = f"bring them up to date: {data.upgrade}"
        yield Finding(check="time zone", verdict="warning", text=said, remedy=remedy)
    else:
        yield Finding(check="time zone", verdict="ok", text=said)


def next_change(name: str, now: datetime) -> tuple[datetime, timedelta, timedelta] | None:
    """Return when, to the minute, the clocks of a zone change next, and its offsets around that.

    None where they do not within 370 days.
    """
    where = ZoneInfo(name)
    low = now.astimezone(UTC).replace(second=0, microsecond=0)
    before = _offset(low, where)
    for _ in range(370):
        high = low + timedelta(days=1)
        if _offset(high, where) != before:
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) / 2
                middle = middle.replace(second=0, microsecond=0)
                low, high = (middle, high) if _offset(middle, where) == before else (low, middle)
            return high, before, _offset(high, where)
        low = high
    return None


def _offset(moment: datetime, where: ZoneInfo) -> timedelta:
    return moment.astimezone(where).utcoffset() or timedelta(0)


def schedule(
    weekly: Schedule,
    now: datetime,
    *,
    gather: timedelta,
    review: timedelta | None,
    holds: bool,
    is_told: bool,
) -> Iterator[Finding]:
    """Judge the schedule: when it comes next, and whether its *review* window can do its work.

    *holds* says what becomes of what nobody approves, *is_told* whether anybody hears of drafts.
    """
    yield Finding(check="schedule", verdict="ok", text=_coming(weekly, now, review))
    if review and holds and not is_told:
        yield _doubt(
            "each issue waits for approval, and nobody is told that its draft is ready",
            "write notify: [{email: …}] in feeds.yaml, or take schedule.review out",
        )
    if review and review > _LONG_REVIEW:
        yield _doubt(
            f"schedule.review.window: what comes in during the {span(review)} before the instant"
            " waits for the next issue",
            "write a shorter window, such as 12h",
        )
    if gather > _SELDOM:
        yield _doubt(
            f"schedule.gather: feeds are asked every {span(gather)}; short ones lose entries",
            "write schedule: {gather: 1h}",
        )


def _coming(weekly: Schedule, now: datetime, review: timedelta | None) -> str:
    week = coming(weekly, now)
    local = instant(weekly, week).astimezone(ZoneInfo(weekly.zone))
    due = f"{week} is due {_day(local)}, {local:%H:%M} ({utc_offset(local.utcoffset())})"
    due += f", in {span(local - now)}"
    if review:
        draft = (local.astimezone(UTC) - review).astimezone(local.tzinfo)
        due += f"; its draft {_day(draft)}, {draft:%H:%M}"
    return due


def _doubt(text: str, remedy: str) -> Finding:
    return Finding(check="schedule", verdict="warning", text=text, remedy=remedy)


def runs(
    found: Sequence[Run], *, gather: timedelta, now: datetime, wall: datetime
) -> Iterator[Finding]:
    """Judge the last runs of the jobs of the weekly run: does anybody do them, and do they end?

    *now* is by the clock of the schedule, *wall* by that of the wall.
    """
    stuck = [run for run in found if run.state == "running" and wall - run.beat_at > _SILENT]
    for run in stuck:
        yield Finding(
            check="weekly run",
            verdict="warning",
            text=f"{run.job} {run.period}, begun by {run.owner}, has given no sign of life for"
            f" {span(wall - run.beat_at)}",
            remedy="newsletter run --once takes it over, as does any newsletter run",
        )
    last = max(found, key=lambda run: (run.started_at, run.beat_at), default=None)
    start = "start it: newsletter run, or newsletter run --once every five minutes by cron"
    if last is None:
        text = "has never run here"
        yield Finding(check="weekly run", verdict="warning", text=text, remedy=start)
    elif now - last.started_at > 2 * gather + timedelta(minutes=10):
        text = (
            f"nothing has run for {span(now - last.started_at)} ({last.job} {last.period} was last)"
        )
        yield Finding(check="weekly run", verdict="warning", text=text, remedy=start)
    elif last not in stuck:
        ago = span(max(now - last.started_at, timedelta(0)))
        text = f"last {last.job} {last.period}, {ago} ago: {last.state}"
        yield Finding(check="weekly run", verdict="ok", text=text)
    yield from _published(found)


def _published(found: Sequence[Run]) -> Iterator[Finding]:
    """Judge how the last publication ended."""
    ended = [run for run in found if run.job == "publish" and run.state != "running"]
    last = max(ended, key=lambda run: run.period, default=None)
    if last and last.state in ("failed", "missed", "waiting"):
        again = f"; tried again {_minute(last.next_try)}" if last.next_try else ""
        yield Finding(
            check="weekly run",
            verdict="warning",
            text=f"publish {last.period} {last.state}: {last.cause or 'no cause is known'}{again}",
            remedy=f"newsletter history {last.period}",
        )


def span(length: timedelta) -> str:
    """Return a length of time in words: "40 s", "25 min", "3 h 5 min", "4 d"."""
    seconds = round(length.total_seconds())
    if seconds < 120:
        return f"{seconds} s"
    minutes = seconds // 60
    if minutes < 120:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    days, hours = divmod(hours, 24)
    return f"{days} d {hours} h" if hours and days < 7 else f"{days} d"


def utc_offset(offset: timedelta | None) -> str:
    """Return an offset as people write it: "UTC+01:00"."""
    minutes = round((offset or timedelta(0)).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours:02d}:{rest:02d}"


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _day(moment: datetime) -> str:
    return f"{moment:%A} {moment.day} {moment:%B %Y}"
