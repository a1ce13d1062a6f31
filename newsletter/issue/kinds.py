"""What a value of issue.json must be beyond its type: a link, a week, a time zone, a size."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from zoneinfo import ZoneInfo

from newsletter.model import (
    Counts,
    Dated,
    Earlier,
    Issue,
    Masthead,
    PrintedArticle,
    PrintedStory,
    Sender,
    Sponsor,
)
from newsletter.text.urls import link

# What of a story an editor may have decided, in the order in which it is told.
BY_HAND = ("headline", "summary", "picture", "place", "section", "pin", "lead", "members")

_Check = Callable[[object], str | None]

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*")
_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+")
_WEEK = re.compile(r"[0-9]{4}-W[0-9]{2}")
_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?|-W[0-9]{2})?")
_SCHEME = re.compile(r"\s*[A-Za-z][A-Za-z0-9+.-]*:")


def fault_of(kind: type, name: str) -> _Check | None:
    """Return what tells the fault of a value for that field, None where any value of its type does.

    It returns None for a value that is right.
    """
    return _CHECKS.get((kind, name))


def _link(value: object) -> str | None:
    return None if link(str(value)) else f"{str(value)[:60]!r} is no link; write https://…"


def _unsubscribe(value: object) -> str | None:
    return _link(value) if _SCHEME.match(str(value)) else None


def _zone(value: object) -> str | None:
    try:
        ZoneInfo(str(value))
    except (KeyError, ValueError, OSError):  # OSError: a folder of zones, a name too long
        return f"{value!r} is no time zone; write it like Europe/Berlin"
    return None


def _language(value: object) -> str | None:
    if _LANGUAGE.fullmatch(str(value)):
        return None
    return f"{value!r} is no language; write its code, such as en or pt-BR"


def _week(value: object) -> str | None:
    if _WEEK.fullmatch(str(value)) and _is_date(str(value)):
        return None
    return f"{value!r} is no week; write it like 2026-W47"


def _date(value: object) -> str | None:
    if _DATE.fullmatch(str(value)) and _is_date(str(value)):
        return None
    return f"{value!r} is no date; write a day, week, month or year like 2026-11-22, 2026-W47"


def _is_date(text: str) -> bool:
    whole = text + {4: "-01-01", 7: "-01"}.get(len(text), "")
    try:
        date.fromisoformat(whole)
    except ValueError:
        return False
    return True


def _address(value: object) -> str | None:
    if _ADDRESS.fullmatch(str(value)):
        return None
    return f"{value!r} is no e-mail address; write name@example.org"


def _size(value: object) -> str | None:
    is_right = isinstance(value, int) and value > 0
    return None if is_right else f"{value} is too small; write pixels, 1 or more"


def _count(value: object) -> str | None:
    return (
        None if isinstance(value, int) and value >= 0 else f"{value} is too small; write 0 or more"
    )


def _by_hand(value: object) -> str | None:
    strange = [one for one in value if one not in BY_HAND] if isinstance(value, tuple) else []
    if not strange:
        return None
    return f"{str(strange[0])[:40]!r} is nothing that is done by hand; known: {', '.join(BY_HAND)}"


_CHECKS: Mapping[tuple[type, str], _Check] = {
    (Issue, "id"): _week,
    (Earlier, "issue_id"): _week,
    (Masthead, "language"): _language,
    (Masthead, "timezone"): _zone,
    (Masthead, "url"): _link,
    (Sender, "address"): _address,
    (Sender, "unsubscribe"): _unsubscribe,
    (Sponsor, "url"): _link,
    (PrintedStory, "by_hand"): _by_hand,
    (PrintedArticle, "url"): _link,
    (PrintedArticle, "image"): _link,
    (PrintedArticle, "image_width"): _size,
    (PrintedArticle, "image_height"): _size,
    (Dated, "date"): _date,
    (Counts, "articles"): _count,
    (Counts, "outlets"): _count,
    (Counts, "stories"): _count,
    (Counts, "chosen"): _count,
}
