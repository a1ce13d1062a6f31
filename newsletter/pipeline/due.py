"""Due: what the weekly run has to do now, from the schedule and from what was done already."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from newsletter import weeks
from newsletter.issue.dump import moment
from newsletter.model import Built, Job, Run, Status, WeekState
from newsletter.ports import RunStore
from newsletter.weeks import Schedule

FIRST_START = "before the first start"
FOUND_IN = "found in "  # begins the cause of an issue that was taken as published
FINAL = ("done", "failed", "missed")
_MOST = 8  # missed weeks that are reported: who was away for months knows it
_LOOKED_THROUGH = 2_000  # runs: gathering every hour for eight weeks, and more
_EPOCH = datetime(2001, 1, 1, tzinfo=UTC)  # a Monday: slots of whole days begin at midnight


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """When: the weekly instant, how often feeds are asked, how long a late issue is made up.

    `window` is how long before its instant an issue is built for an editor, None without one.
    """

    schedule: Schedule
    gather: timedelta
    catch_up: timedelta
    window: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A job to be done for a period, and how: done, or noted as passed over or missed.

    `week` and `instant` are those of the issue that it is for. What fails is tried again until
    `until`. `cause` says why a week is passed over.
    """

    job: Job
    period: str
    week: str
    instant: datetime
    until: datetime
    how: Literal["do", "pass", "missed"] = "do"
    cause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What is to be done now, the most urgent first, and when something is or may be due next."""

    due: tuple[Due, ...]
    next_at: datetime


def agenda(timing: Timing, now: datetime, store: RunStore) -> Agenda:
    """Return what is due at *now*, without what waits to be tried again, and what comes next."""
    seen = _Seen(store)
    open_ = [
        (one, run)
        for one in (
            *_publishing(timing, now, seen),
            *_reopened(timing, now, seen),
            *_drafting(timing, now, seen),
            *_reminding(timing, now, seen),
            *_gathering(timing, now),
            *_pruning(timing, now, seen),
        )
        if not _is_final(run := seen.run(one.job, one.period))
    ]
    tries = [run.next_try for _, run in open_ if run and run.next_try]
    first = weeks.following(weeks.latest(timing.schedule, now))
    moments = [*tries, slot(timing, now) + timing.gather]
    for week in (first, weeks.following(first)):
        moments += _moments(timing, week)
    return Agenda(
        due=tuple(one for one, run in open_ if not _waits(run, now)),
        next_at=min(found for found in moments if found > now),
    )


def is_out(week: str, store: RunStore) -> bool:
    """Return whether *week* or a later one is published."""
    built, last = store.built(week), store.last_published()
    return bool((built and built.status == Status.PUBLISHED) or (last and last.id >= week))


def slot(timing: Timing, now: datetime) -> datetime:
    """Return the beginning of the span of `timing.gather` in which *now* lies."""
    return now - (now - _EPOCH) % timing.gather


def remind_at(timing: Timing, instant: datetime) -> datetime:
    """Return when an editor is reminded of a draft: a quarter of the window before *instant*."""
    return instant - (timing.window or timedelta()) / 4


def period_of(begin: datetime) -> str:
    """Return the name of a gather's period."""
    return str(moment(begin))


class _Seen:
    """The store as it is seen once: what decides is asked for a single time."""

    def __init__(self, store: RunStore) -> None:
        self.store = store
        self.last: Built | None = store.last_published()
        self._states = store.week_states()
        self._runs: dict[tuple[Job, str], Run | None] = {}

    def run(self, job: Job, period: str) -> Run | None:
        """Return how far a job has come."""
        if (job, period) not in self._runs:
            self._runs[job, period] = self.store.run_of(job, period)
        return self._runs[job, period]

    def state(self, week: str) -> WeekState | None:
        """Return how far a week has come."""
        return self._states[week][0] if week in self._states else None

    def since(self, week: str) -> datetime | None:
        """Return since when it is in that state."""
        return self._states[week][1] if week in self._states else None

    def has_run(self, since: datetime, until: datetime) -> bool:
        """Return whether any job was begun in that time."""
        return any(since <= run.started_at <= until for run in self.store.runs(_LOOKED_THROUGH))

    def has_adopted(self) -> bool:
        """Return whether any issue was taken from the output folder as published."""
        return any(
            event.kind == "published" and event.cause.startswith(FOUND_IN)
            for event in self.store.events()
        )

    def is_over(self, week: str) -> bool:
        """Return whether *week* or a later one is published."""
        return self.last is not None and week <= self.last.id


def _moments(timing: Timing, week: str) -> Iterator[datetime]:
    instant = weeks.instant(timing.schedule, week)
    yield instant
    if timing.window:
        yield instant - timing.window
        yield remind_at(timing, instant)


def _is_final(run: Run | None) -> bool:
    return run is not None and run.state in FINAL


def _waits(run: Run | None, now: datetime) -> bool:
    return bool(run and run.state == "waiting" and run.next_try and run.next_try > now)


def _publishing(timing: Timing, now: datetime, seen: _Seen) -> Iterator[Due]:
    """Yield the weeks whose instant is past and of which it is not said what became, oldest first.

    Only the latest of them can still be made up: after a week the next issue is due.
    """
    latest = weeks.latest(timing.schedule, now)
    undecided = _undecided(latest, seen)
    if not seen.store.runs(1):
        # What was before the first start is not made up, and no miss; with the latest week that is
        # passed over, all before it are decided.
        first_week, *before = undecided
        if not (seen.is_over(latest) or _is_spoken_for(timing, now, seen, latest)):
            yield _passed(timing, first_week, FIRST_START)
            return
        if before:
            yield _passed(timing, before[0], FIRST_START)
        undecided = [latest]
    first = seen.run("publish", weeks.preceding(undecided[-1])) if undecided else None
    begun_at = first.started_at if first and first.cause == FIRST_START else None
    for week in reversed(undecided):
        is_before = begun_at and weeks.instant(timing.schedule, week) < begun_at
        if is_before and not _is_spoken_for(timing, now, seen, week):
            yield _passed(timing, week, FIRST_START)
        else:
            yield _published_or_not(timing, now, seen, week)


def _is_spoken_for(timing: Timing, now: datetime, seen: _Seen, week: str) -> bool:
    """Return whether *week* is to be done though it was due before the first start."""
    if seen.run("publish", week):
        return True  # begun already
    # Where issues were found in the output folder, this is a runner without a disk, no beginning.
    is_begun = seen.state(week) in ("draft", "approved") or seen.has_adopted()
    return is_begun and not seen.is_over(week) and now <= _until(timing, seen, week)


def _undecided(latest: str, seen: _Seen) -> list[str]:
    """Return the weeks up to *latest* after the last one that is decided, newest first."""
    if _is_final(seen.run("publish", weeks.following(latest))):
        return []  # the clock was set back: with that one, all before it were decided
    found: list[str] = []
    week = latest
    while len(found) < _MOST and not _is_final(seen.run("publish", week)):
        if seen.is_over(week):
            # That the latest was published by hand is noted; nobody asks after older ones.
            return [*found, *([week] if week == latest else [])]
        found.append(week)
        week = weeks.preceding(week)
    return found


def _published_or_not(timing: Timing, now: datetime, seen: _Seen, week: str) -> Due:
    instant = weeks.instant(timing.schedule, week)
    state = seen.state(week)
    if seen.is_over(week):
        return _passed(timing, week, "was published already")
    if seen.last and instant < seen.last.until:
        return _passed(timing, week, f"its instant lies before the end of {seen.last.id}")
    if state in ("held", "skipped"):
        return _passed(timing, week, f"{state} by the editor")
    until = _until(timing, seen, week)
    if now > until and seen.run("publish", week) is None and seen.has_run(instant, until):
        return _passed(timing, week, "the schedule was changed when its time was past")
    return Due(
        job="publish",
        period=week,
        week=week,
        instant=instant,
        until=until,
        how="do" if now <= until else "missed",
    )


def _until(timing: Timing, seen: _Seen, week: str) -> datetime:
    """Return until when *week* is made up: reckoned from its instant, or a later approval."""
    begin = weeks.instant(timing.schedule, week)
    since = seen.since(week)
    if since and seen.state(week) == "approved":
        begin = max(begin, since)
    next_ = weeks.instant(timing.schedule, weeks.following(week))
    return min(begin + timing.catch_up, next_)


def _passed(timing: Timing, week: str, cause: str) -> Due:
    instant = weeks.instant(timing.schedule, week)
    return Due(
        job="publish",
        period=week,
        week=week,
        instant=instant,
        until=instant,
        how="pass",
        cause=cause,
    )


def _reopened(timing: Timing, now: datetime, seen: _Seen) -> Iterator[Due]:
    """Yield the week that was given up at its instant, or held, and has been approved since."""
    week = weeks.latest(timing.schedule, now)
    since = seen.since(week)
    if seen.state(week) != "approved" or since is None or seen.is_over(week):
        return
    if _is_final(seen.run("publish", week)):
        # By the moment of the approval: each of them is heeded once.
        until = _until(timing, seen, week)
        yield Due(
            job="publish",
            period=f"{week}+{since:%Y%m%dT%H%M%SZ}",
            week=week,
            instant=weeks.instant(timing.schedule, week),
            until=until,
            how="do" if now <= until else "missed",
        )


def _drafting(timing: Timing, now: datetime, seen: _Seen) -> Iterator[Due]:
    if timing.window is None:
        return
    week = weeks.following(weeks.latest(timing.schedule, now))
    instant = weeks.instant(timing.schedule, week)
    is_wanted = not seen.is_over(week) and seen.state(week) != "skipped"
    if is_wanted and instant - timing.window <= now:
        yield _until_instant("draft", week, instant)


def _reminding(timing: Timing, now: datetime, seen: _Seen) -> Iterator[Due]:
    if timing.window is None:
        return
    week = weeks.following(weeks.latest(timing.schedule, now))
    instant, since = weeks.instant(timing.schedule, week), seen.since(week)
    begin = remind_at(timing, instant)
    # Who was told of the draft only after that needs no reminder.
    if begin <= now and seen.state(week) == "draft" and since and since < begin:
        yield _until_instant("remind", week, instant)


def _gathering(timing: Timing, now: datetime) -> Iterator[Due]:
    begin = slot(timing, now)
    week = weeks.coming(timing.schedule, now)
    yield Due(
        job="gather",
        period=period_of(begin),
        week=week,
        instant=weeks.instant(timing.schedule, week),
        until=begin + timing.gather,
    )


def _pruning(timing: Timing, now: datetime, seen: _Seen) -> Iterator[Due]:
    week = weeks.latest(timing.schedule, now)
    if seen.last and _is_final(seen.run("publish", week)):
        yield Due(
            job="prune",
            period=week,
            week=week,
            instant=weeks.instant(timing.schedule, week),
            until=weeks.instant(timing.schedule, weeks.following(week)),
        )


def _until_instant(job: Job, week: str, instant: datetime) -> Due:
    return Due(job=job, period=week, week=week, instant=instant, until=instant)
