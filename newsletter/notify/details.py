"""Reads the details of an event: any of them may be missing, and texts of feeds stand in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite
from zoneinfo import ZoneInfo

from newsletter.text.markup import one_line
from newsletter.weeks import WEEKDAYS

_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_LONGEST = 200  # characters of a headline
_LONGEST_SENTENCE = 500
_LONGEST_PLACE = 4_000  # a path that is cut leads nowhere
_MOST = 50  # items of a list
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Details:
    """The details of an event, each under its key, in the type that was asked for or not at all."""

    found: Mapping[str, object]
    zone: str

    def text(self, key: str) -> str:
        """Return a headline or name on one line, cut where it is too long, "" without."""
        return cut(self._str(key), _LONGEST)

    def sentence(self, key: str) -> str:
        """Return a sentence on one line, cut where it is too long, "" without."""
        return cut(self._str(key), _LONGEST_SENTENCE)

    def place(self, key: str) -> str:
        """Return a path or URL, "" without."""
        return cut(self._str(key), _LONGEST_PLACE)

    def count(self, key: str) -> int | None:
        """Return a number that is not negative, None without."""
        found = self.found.get(key)
        is_count = isinstance(found, int) and not isinstance(found, bool)
        return found if is_count and found >= 0 else None  # type: ignore[operator, return-value]

    def number(self, key: str) -> float | None:
        """Return a number above nothing, None without."""
        found = self.found.get(key)
        is_number = isinstance(found, int | float) and not isinstance(found, bool)
        return float(found) if is_number and 0 < found < 1e6 else None  # type: ignore[operator, arg-type]

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts of a list, each as `text` does, without those that are empty."""
        found = self.found.get(key)
        if not isinstance(found, list | tuple):
            return ()
        lines = (cut(one, _LONGEST) for one in found[:_MOST] if isinstance(one, str))
        return tuple(line for line in lines if line)

    def rows(self, key: str) -> tuple["Details", ...]:
        """Return the mappings of a list."""
        found = self.found.get(key)
        if not isinstance(found, list | tuple):
            return ()
        return tuple(Details(one, self.zone) for one in found[:_MOST] if isinstance(one, Mapping))

    def moment(self, key: str) -> datetime | None:
        """Return a moment in the newsletter's time zone, None without."""
        try:
            found = datetime.fromisoformat(self._str(key))
            aware = found if found.tzinfo else found.replace(tzinfo=UTC)
            return aware.astimezone(ZoneInfo(self.zone))
        except (ValueError, OverflowError, OSError):
            return None

    def _str(self, key: str) -> str:
        found = self.found.get(key)
        return found if isinstance(found, str) else ""


def cut(text: str, limit: int) -> str:
    """Return *text* on one line, without controls and marks of direction, in *limit* characters."""
    line = one_line(text[: 4 * limit])
    return line if len(line) <= limit else line[: limit - 1].rstrip("\N{ZERO WIDTH JOINER} ") + "…"


def whole(moment: datetime) -> str:
    """Return "Sunday, 22 November 2026, 18:00 (Europe/Berlin, UTC+01:00)"."""
    day = f"{WEEKDAYS[moment.weekday()].capitalize()}, {moment.day} {_MONTHS[moment.month - 1]}"
    offset = f"{moment:%z}"
    return f"{day} {moment.year}, {moment:%H:%M} ({moment.tzinfo}, UTC{offset[:3]}:{offset[3:5]})"


def short(moment: datetime) -> str:
    """Return "Sun 22 Nov, 18:00"."""
    day = WEEKDAYS[moment.weekday()].capitalize()[:3]
    return f"{day} {moment.day} {_MONTHS[moment.month - 1][:3]}, {moment:%H:%M}"


def as_data(value: object, depth: int = 0) -> object:
    """Return *value* as JSON that holds no controls, no text beyond bounds, and nothing endless."""
    match value:
        case None | bool() | int():
            return value
        case float():
            return value if isfinite(value) else None
        case str():
            return cut(value, _LONGEST_PLACE)
        case Mapping() if depth < _DEEPEST:
            return {cut(str(key), _LONGEST): as_data(one, depth + 1) for key, one in value.items()}
        case list() | tuple() if depth < _DEEPEST:
            return [as_data(one, depth + 1) for one in value[:_MOST]]
        case _:
            return None
