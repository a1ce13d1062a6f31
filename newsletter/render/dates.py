"""Writes dates in English words, whatever the machine's locale."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# Nearer than this, a day and a month name one date only.
_YEAR_IS_CLEAR = timedelta(days=300)


def local(moment: datetime, timezone: str) -> datetime:
    """Return *moment* as the clocks of *timezone* show it."""
    return moment.astimezone(ZoneInfo(timezone))


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
