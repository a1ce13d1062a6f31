"""Counts from an article's day to the days, weeks, months and years that words name from there."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_BEFORE_DAWN = time(5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words from *start* to *end* of a text, and the ISO 8601 date that they mean."""

    start: int
    end: int
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standpoint:
    """The day that an article's words count from.

    `is_sure` is false before dawn: where the outlet sits, it may still be the day before.
    """

    day: date
    is_sure: bool = True

    def days(self, apart: int) -> str | None:
        """Return the day that lies *apart* days on, None outside the calendar."""
        found = self._moved(apart)
        return found.isoformat() if found else None

    def back(self, weekday: int) -> int:
        """Return how many days ago that weekday (Monday 0) last was, 0 for the day itself."""
        return (self.day.weekday() - weekday) % 7

    def ahead(self, weekday: int) -> int:
        """Return in how many days that weekday (Monday 0) comes, 0 for the day itself."""
        return (weekday - self.day.weekday()) % 7

    def is_this_week(self, apart: int) -> bool:
        """Tell whether the day *apart* days on lies in the same week from Monday to Sunday."""
        return 0 <= self.day.weekday() + apart <= 6

    def week(self, apart: int) -> str | None:
        """Return the ISO week that lies *apart* weeks on, None outside the calendar."""
        found = self._moved(7 * apart)
        return f"{found:%G-W%V}" if found else None

    def month(self, apart: int) -> str | None:
        """Return the month that lies *apart* months on, None outside the calendar."""
        year, month = divmod(12 * self.day.year + self.day.month - 1 + apart, 12)
        return f"{year:04}-{month + 1:02}" if 1 <= year <= 9999 else None

    def year(self, apart: int) -> str | None:
        """Return the year that lies *apart* years on, None outside the calendar."""
        year = self.day.year + apart
        return f"{year:04}" if 1 <= year <= 9999 else None

    def of_month(self, month: int, day: int, *, is_ahead: bool) -> date | None:
        """Return the next such day or the last one, its own included; None where there is none."""
        for year in (self.day.year, self.day.year + (1 if is_ahead else -1)):
            try:
                found = date(year, month, day)
            except ValueError:
                continue
            if found == self.day or (found > self.day) == is_ahead:
                return found
        return None

    def _moved(self, days: int) -> date | None:
        try:
            return self.day + timedelta(days=days)
        except OverflowError:
            return None


def standpoint(published: datetime, timezone: str) -> Standpoint:
    """Return the day of an article *published* then (aware), as the clocks of *timezone* show it.

    Midnight sharp in UTC is what a date without a time becomes: it stays that date.

    Raises:
        ZoneInfoNotFoundError: there is no such time zone.
    """
    if published.astimezone(UTC).time() == time(0):
        return Standpoint(day=published.astimezone(UTC).date())
    try:
        local = published.astimezone(ZoneInfo(timezone))
    except OverflowError:  # the first or the last day of all
        local = published
    return Standpoint(day=local.date(), is_sure=local.time() >= _BEFORE_DAWN)
