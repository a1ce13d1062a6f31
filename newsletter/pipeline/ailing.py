"""Ailing: the feeds that want an editor's eye, and of which of them she has not been told."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from newsletter.issue.dump import moment
from newsletter.model import Event, Visit
from newsletter.pipeline.health import Health
from newsletter.text.urls import shown_url, with_shown_urls


@dataclass(frozen=True, slots=True, kw_only=True)
class Ailing:
    """A feed that fails, is gone, has moved or has fallen silent, and since when (ISO 8601).

    `url` is all of it, with what may be secret; `name` and `note` may be shown.
    """

    url: str
    name: str
    note: str
    since: str


def ailing(
    found: Iterable[Health],
    visits: Mapping[str, Visit],
    rhythms: Mapping[str, tuple[datetime, ...]],
) -> tuple[Ailing, ...]:
    """Return those of *found* that want an eye, in their order."""
    return tuple(
        Ailing(
            url=one.feed.url,
            name=one.feed.name or shown_url(one.feed.url),
            note=with_shown_urls(one.note) or one.status,
            since=_since(one, visits.get(one.feed.url), rhythms.get(one.feed.url, ())),
        )
        for one in found
        if one.wants_eye
    )


def untold(found: Sequence[Ailing], told: Iterable[Event]) -> tuple[Ailing, ...]:
    """Return those of *found* whose spell no event in *told* names."""
    if not found:
        return ()
    known = {
        # Events of before feeds had an id hold the whole URL.
        (feed.get("id") or _id_of(str(feed.get("url"))), feed.get("since"))
        for event in told
        if event.kind == "feeds"
        for feed in _feeds(event)
    }
    return tuple(one for one in found if (_id_of(one.url), one.since) not in known)


def ailed(found: Sequence[Ailing], now: datetime) -> Event:
    """Return the event that *found*, one or more, want an eye.

    It goes to webhooks and chats: of a feed's URL it holds what may be shown, and an `id` that
    tells it from others.
    """
    spells = sorted(f"{one.url} {one.since}" for one in found)
    digest = hashlib.sha256("\n".join(spells).encode()).hexdigest()[:16]
    count = "1 feed wants" if len(found) == 1 else f"{len(found)} feeds want"
    return Event(
        kind="feeds",
        at=now,
        key=f"feeds:{digest}",
        cause=f"{count} a look: newsletter feeds check",
        details={
            "feeds": [
                {
                    "id": _id_of(one.url),
                    "name": one.name,
                    "url": shown_url(one.url),
                    "note": one.note,
                    "since": one.since,
                }
                for one in found
            ]
        },
    )


def _id_of(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:16]


def _since(one: Health, visit: Visit | None, appeared: Sequence[datetime]) -> str:
    match one.status:
        case "failing" | "gone":
            begun = one.failing_since
        case "moved":
            begun = visit.moved_since if visit else None
        case _:
            begun = max(appeared, default=None)
    return f"{one.status} {moment(begun)}" if begun else one.status


def _feeds(event: Event) -> list[Mapping[str, object]]:
    found = event.details.get("feeds")
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []
