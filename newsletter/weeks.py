"""Weekly publication instants: schedule and now in, issue ids and moments out."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_ISSUE_ID = re.compile(r"(?:(\d{4})-?)?W(\d{1,2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A weekday (0 is Monday) and a local time in a time zone (IANA name): nothing else."""

    weekday: int
    at: time
    zone: str


def instant(schedule: Schedule, issue_id: str) -> datetime:
    """Return the moment, in UTC, at which the issue of that ISO week is published.

    A local time that a clock change skips moves forward to the first that exists; one that occurs
    twice is used once, at its first occurrence.
    """
    year, week = _split(issue_id)
    day = date.fromisocalendar(year, week, schedule.weekday + 1)
    wanted = datetime.combine(day, schedule.at)
    zone = ZoneInfo(schedule.zone)
    moment = wanted.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wanted:
        return moment
    # The time was skipped. Read with the offset after the change it lies before the gap; the first
    # minute whose local time is not earlier than the wanted one is the end of the gap.
    moment = wanted.replace(tzinfo=zone, fold=1).astimezone(UTC)
    while moment.astimezone(zone).replace(tzinfo=None) < wanted:
        moment += timedelta(minutes=1)
    return moment


def coming(schedule: Schedule, now: datetime) -> str:
    """Return the id of the first issue whose instant is not before *now*."""
    local = now.astimezone(ZoneInfo(schedule.zone)).date()
    issue_id = _id_of(local - timedelta(days=7))
    while instant(schedule, issue_id) < now:
        issue_id = following(issue_id)
    return issue_id


def latest(schedule: Schedule, now: datetime) -> str:
    """Return the id of the last issue whose instant is not after *now*."""
    issue_id = coming(schedule, now)
    return issue_id if instant(schedule, issue_id) == now else preceding(issue_id)


def plan(schedule: Schedule, now: datetime, count: int) -> tuple[tuple[str, datetime], ...]:
    """Return id and instant (UTC) of the next *count* issues, the coming one first."""
    ids: list[str] = []
    while len(ids) < count:
        ids.append(following(ids[-1]) if ids else coming(schedule, now))
    return tuple((issue_id, instant(schedule, issue_id)) for issue_id in ids)


def following(issue_id: str) -> str:
    """Return the id of the week after, `2027-W01` after `2026-W53`."""
    return _id_of(date.fromisocalendar(*_split(issue_id), 1) + timedelta(days=7))


def preceding(issue_id: str) -> str:
    """Return the id of the week before, `2026-W53` before `2027-W01`."""
    return _id_of(date.fromisocalendar(*_split(issue_id), 1) - timedelta(days=7))


def parse_issue_id(text: str, now: datetime, zone: str) -> str:
    """Return the issue id that *text* names: `2026-W47`, or `W47` for the latest of that number.

    Latest means: begun, or beginning within four weeks. In December W01 is next year's, in
    January W52 is last year's.

    Raises:
        ValueError: *text* names no week that exists.
    """
    match = _ISSUE_ID.fullmatch(text.strip())
    if not match:
        raise ValueError(f"{text!r} is no week; write it as 2026-W47 or W47")
    week = int(match[2])
    today = now.astimezone(ZoneInfo(zone)).date()
    years = [int(match[1])] if match[1] else [today.year - 1, today.year, today.year + 1]
    mondays = []
    for year in years:
        try:
            mondays.append(date.fromisocalendar(year, week, 1))
        except ValueError:
            continue
    if not mondays:
        raise ValueError(f"{text!r} is no week: {match[1] or 'that year'} has no week {week}")
    near = [monday for monday in mondays if monday <= today + timedelta(weeks=4)]
    return _id_of(max(near, default=mondays[0]))


def _split(issue_id: str) -> tuple[int, int]:
    year, _, week = issue_id.partition("-W")
    return int(year), int(week)


def _id_of(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"
