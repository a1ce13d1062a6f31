"""Writes dates in English words, whatever the machine's locale."""

import re
from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_ISO = re.compile(
    r"(?P<year>[0-9]{4})"
    r"(?:-W(?P<week>[0-9]{2})|-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?"
)
# Nearer than this, a day and a month name one date only.
_YEAR_IS_CLEAR = timedelta(days=300)


def local(moment: datetime, timezone: str) -> datetime:
    """Return *moment* as the clocks of *timezone* show it; UTC at both ends of the calendar."""
    return in_zone(moment, ZoneInfo(timezone))


def in_zone(moment: datetime, zone: tzinfo | None) -> datetime:
    """Return *moment* in *zone*; as it is where that would lie before year 1 or after 9999."""
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return moment


def short_day(moment: datetime, beside: datetime) -> str:
    """Return "22 Nov", with the year where *moment* lies far from *beside*."""
    day = f"{moment.day} {_MONTHS[moment.month - 1][:3]}"
    return day if abs(beside - moment) < _YEAR_IS_CLEAR else f"{day} {moment.year}"


def long_day(moment: datetime) -> str:
    """Return "Sunday 22 November 2026"."""
    return f"{_WEEKDAYS[moment.weekday()]} {moment.day} {month(moment)}"


def month(moment: datetime) -> str:
    """Return "November 2026"."""
    return f"{_MONTHS[moment.month - 1]} {moment.year}"


def week(moment: datetime) -> str:
    """Return "Week 47", the ISO week that *moment* lies in."""
    return f"Week {moment.isocalendar().week}"


def meant(iso: str, year: int) -> str:
    """Return in words the day, week, month or year that *iso* names (ISO 8601), "" if it is none.

    "27 January", "20–26 January", "27 January – 2 February", "January", "2024". The year of a day,
    week or month is named where it is not *year*.
    """
    match = _ISO.fullmatch(iso)
    if match is None:
        return ""
    try:
        if match["week"]:
            first = date.fromisocalendar(int(match["year"]), int(match["week"]), 1)
            return _days(first, first + timedelta(days=6), year)
        named = date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
    except (ValueError, OverflowError):  # no such date; a week that ends after the year 9999
        return ""
    if match["day"]:
        return f"{named.day} {_month(named, year)}"
    return _month(named, year) if match["month"] else match["year"]


def _days(first: date, last: date, year: int) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {_month(last, year)}"
    opening = _month(first, year if first.year != last.year else first.year)
    return f"{first.day} {opening} – {last.day} {_month(last, year)}"


def _month(day: date, year: int) -> str:
    name = _MONTHS[day.month - 1]
    return name if day.year == year else f"{name} {day.year}"
