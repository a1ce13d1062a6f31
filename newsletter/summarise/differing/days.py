"""Finds the days and times that an English sentence gives, and tells whether two can be one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

_WEEKDAYS = {
    name: number
    for number, name in enumerate(
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
    )
}
_MONTHS = {
    name: number
    for number, name in enumerate(
        "jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1
    )
}
_MONTH = (
    r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|March|Mar\.|April|Apr\.|May|June|July|Aug(?:ust|\.)"
    r"|Sept?(?:ember|\.)|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))"
)
_WEEKDAY = re.compile(rf"\b(?P<weekday>{'|'.join(_WEEKDAYS)})\b(?!['’]s)")
_DAY = re.compile(
    rf"{_WEEKDAY.pattern}|\b(?P<month>{_MONTH})\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:–-])(?!\sp(?:er|ct))"
    rf"|\b(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month2>{_MONTH})(?=\W|$)"
)
_TIME = re.compile(
    r"\b(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?"
    r"|\b(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)\b(?!:)"
)
_ZONE = re.compile(
    r"\s?\(?(?P<zone>GMT|UTC|[ECMP][SD]?T|BST|CES?T|local\stime|[A-Z][a-z]+(?:ern)?\stime"
    r"|[A-Z]{3,4}T)\b"
)
_NEAR = timedelta(days=4)  # of two undated weekdays published further apart nothing can be said


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A day (weekday, month and day, or both by resolving) or a time of day in minutes."""

    kind: Literal["date", "time"]
    start: int
    end: int
    printed: str
    weekday: int | None = None
    month: int = 0
    day: int = 0
    minutes: int = 0
    zone: str = ""


def moments(sentence: str, *, has_digits: bool = True) -> Iterator[Moment]:
    """Yield the days and times of *sentence*; a day of the month goes with its weekday.

    Without digits there can be weekdays alone.
    """
    last: Moment | None = None
    if not has_digits and "day" not in sentence:
        return
    for match in (_DAY if has_digits else _WEEKDAY).finditer(sentence):
        one = _day(match)
        between = sentence[last.end : one.start] if last else ""
        if (
            last
            and last.weekday is not None
            and not last.day
            and one.day
            and between in {", ", " "}
        ):
            one = Moment(
                kind="date", start=last.start, end=one.end, weekday=last.weekday,
                printed=sentence[last.start : one.end], month=one.month, day=one.day,
            )  # fmt: skip
        elif last:
            yield last
        last = one
    if last:
        yield last
    for match in _TIME.finditer(sentence) if has_digits else ():
        yield _time(match)


def _day(match: re.Match[str]) -> Moment:
    start, end = match.span()
    if match["weekday"]:
        weekday = _WEEKDAYS[match["weekday"]]
        return Moment(kind="date", start=start, end=end, printed=match[0], weekday=weekday)
    month = _MONTHS[(match["month"] or match["month2"])[:3].casefold()]
    day = int(match["day"] or match["day2"])
    return Moment(kind="date", start=start, end=end, printed=match[0], month=month, day=day)


def _time(match: re.Match[str]) -> Moment:
    start, end = match.span()
    if match["half"]:
        minutes = (int(match["hour"]) % 12 + 12 * (match["half"].lower() == "p")) * 60
        minutes += int(match["minute"] or 0)
    else:
        minutes = 60 * int(match["hour24"]) + int(match["minute24"])
    zone = _ZONE.match(match.string, end)
    name = zone["zone"].casefold() if zone else ""
    # Eastern time is written EST, EDT and ET: two outlets need not write one alike.
    return Moment(kind="time", start=start, end=end, printed=match[0], minutes=minutes, zone=name)


def days_differ(
    a: Moment, b: Moment, published: tuple[datetime | None, datetime | None], *, future: bool
) -> bool:
    """Tell whether two days cannot be one, given when their articles were published.

    A weekday is the last one before publication, or the next where the sentence looks ahead.
    Undated, or published within a few days of each other, two weekdays are compared as such;
    a weekday and a day of the month only where the weekday's article is dated.
    """
    if a.day and b.day:
        return (a.month, a.day) != (b.month, b.day)
    when, other = published
    if a.weekday is not None and b.weekday is not None:
        if when and other and abs(when - other) > _NEAR:
            return False
        return a.weekday != b.weekday
    named, dated, seen = (a, b, when) if a.weekday is not None else (b, a, other)
    if seen is None or named.weekday is None:
        return False
    resolved = _resolved(named.weekday, seen.date(), future=future)
    return (resolved.month, resolved.day) != (dated.month, dated.day) and _is_close(dated, resolved)


def _resolved(weekday: int, seen: date, *, future: bool) -> date:
    back = (seen.weekday() - weekday) % 7
    try:
        return seen + timedelta(days=-back % 7 if future else -back)
    except OverflowError:  # the first or the last week of all years
        return seen


def _is_close(dated: Moment, resolved: date) -> bool:
    """Tell whether a day of the month lies so near that it is another claim, not another week."""
    try:
        day = date(resolved.year, dated.month, dated.day)
    except ValueError:
        return False
    return abs(day - resolved) <= timedelta(days=3)


def times_differ(a: Moment, b: Moment) -> bool:
    """Tell whether two times of day cannot be one: a quarter of an hour apart, in one time zone."""
    if a.zone != b.zone and "local time" not in {a.zone, b.zone}:
        return False
    apart = abs(a.minutes - b.minutes)
    # "4:30" without its half of the day may be the afternoon's.
    return min(apart, 1440 - apart) >= 15 and apart != 720
