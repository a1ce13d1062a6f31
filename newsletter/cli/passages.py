"""How `newsletter history` shows what happened to a week, on lines and as JSON."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import click

from newsletter.cli.instants import as_local, utc_text
from newsletter.cli.telling import counted
from newsletter.cli.timeline import Build, Deed, Passage, Sitting
from newsletter.model import Event, Notice

_WEEK = 8  # columns: 2026-W47
_SHOWN = 5  # changes that are named, of those made together
_COLOURS = {
    "published": "green",
    "republished": "green",
    "approved": "green",
    "failed": "red",
    "missed": "red",
    "notifier": "red",
    "feeds": "yellow",
    "held": "yellow",
    "skipped": "yellow",
    "edited": "cyan",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How it is shown: who was told of an event (by its id), what channels are called, the zone.

    `what` tells of a change in words; `is_whole` names them all, however many were made together.
    """

    told: Mapping[int, Sequence[Notice]]
    labels: Mapping[str, str]
    zone: str
    what: Callable[[Deed], str]
    is_whole: bool = False


def lines(passage: Passage, ways: Ways, *, is_of_many: bool) -> Iterator[str]:
    """Yield what happened and when, and below it who was told, or what was changed."""
    of = passage.week if isinstance(passage, Event) else None
    week = f"{of or '':{_WEEK}}  " if is_of_many else ""
    at = f"{as_local(passage.at, ways.zone):%Y-%m-%d %H:%M}"
    kind, cause = _said(passage, ways)
    yield f"{week}{at}  {click.style(f'{kind:<11}', fg=_COLOURS.get(kind))}  {cause}"
    for line in _below(passage, ways):
        yield " " * (len(week) + len(at) + 15) + line


def passage_json(passage: Passage, week: str | None, ways: Ways) -> dict[str, object]:
    """Return what `--json` says of what happened; what was changed has `by`, `until`, `edits`."""
    kind, cause = _said(passage, ways)
    shown: dict[str, object] = {
        "issue": week,
        "kind": kind,
        "at": utc_text(passage.at),
        "local": as_local(passage.at, ways.zone).isoformat(),
        "cause": cause,
        "details": {},
        "told": [],
    }
    match passage:
        case Event():
            told = [_notice_json(one, ways.labels) for one in ways.told.get(passage.id, ())]
            return {**shown, "issue": passage.week, "details": dict(passage.details), "told": told}
        case Build():
            return {**shown, "details": {"stories": passage.stories}}
        case Sitting():
            edits = [_deed_json(one, ways) for one in passage.deeds]
            return {**shown, "by": passage.by, "until": utc_text(passage.until), "edits": edits}


def _said(passage: Passage, ways: Ways) -> tuple[str, str]:
    """Return in words what happened, and why, or what it was."""
    match passage:
        case Event():
            return passage.kind, passage.cause
        case Build():
            return "built", _stories(passage.stories)
        case Sitting(deeds=(deed,)):
            return "edited", f"by {deed.by}: {_told(deed, ways)}"
        case Sitting():
            return "edited", f"by {passage.by}: {passage.counted}{_until(passage, ways.zone)}"


def _below(passage: Passage, ways: Ways) -> Iterator[str]:
    if isinstance(passage, Event):
        for notice in ways.told.get(passage.id, ()):
            label = ways.labels.get(notice.channel, notice.channel)
            yield f"{label}: {_arrival(notice, ways.zone)}"
    if isinstance(passage, Sitting) and len(passage.deeds) > 1:
        shown = passage.deeds if ways.is_whole else passage.deeds[:_SHOWN]
        for deed in shown:
            yield _told(deed, ways)
        if more := len(passage.deeds) - len(shown):
            yield f"and {more} more: -v names them"


def _stories(count: int) -> str:
    return "1 story" if count == 1 else f"{count} stories"


def _told(deed: Deed, ways: Ways) -> str:
    return f"{'taken back: ' if deed.is_taken_back else ''}{ways.what(deed)}"


def _until(sitting: Sitting, zone: str) -> str:
    first, last = (f"{as_local(at, zone):%H:%M}" for at in (sitting.at, sitting.until))
    return f" (until {last})" if last != first else ""


def _arrival(notice: Notice, zone: str) -> str:
    """Return in words how far a notice has come."""
    because = f": {notice.error}" if notice.error else ""
    match notice.state:
        case "sent":
            return "told"
        case "sending":
            return "being told"
        case "unsure":
            return f"may have been told or not, and is not told again{because}"
        case "failed":
            return f"not told, given up after {counted(notice.attempts, 'attempt')}{because}"
        case "pending" if notice.next_try and notice.attempts:
            again = f"{as_local(notice.next_try, zone):%Y-%m-%d %H:%M}"
            return f"not told yet, tried again from {again}{because}"
        case "pending":
            return "not told yet"


def _notice_json(notice: Notice, labels: Mapping[str, str]) -> dict[str, object]:
    return {
        "channel": notice.channel,
        "label": labels.get(notice.channel, notice.channel),
        "state": notice.state,
        "attempts": notice.attempts,
        "next_try": utc_text(notice.next_try) if notice.next_try else None,
        "error": notice.error,
    }


def _deed_json(deed: Deed, ways: Ways) -> dict[str, object]:
    return {
        "number": deed.edit.number,
        "kind": deed.edit.kind,
        "at": utc_text(deed.at),
        "taken_back": deed.is_taken_back,
        "what": ways.what(deed),
    }
