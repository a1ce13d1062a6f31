"""The life of a week in one line of time: what happened to it, what editors changed meanwhile."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from newsletter.model import Edit, EditKind, Event

_SITTING = timedelta(minutes=30)  # without a change: whoever goes on then has begun anew
_NOTED = timedelta(minutes=10)  # after its moment, a build may have been noted
_PLURALS: dict[EditKind, str] = {"summary": "summaries"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """An edit that was made, or taken back, at one moment by one person."""

    edit: Edit
    at: datetime
    by: str
    is_taken_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """What one person changed in a week with no long pause and nothing else in between."""

    deeds: tuple[Deed, ...]

    @property
    def at(self) -> datetime:
        """When it began."""
        return self.deeds[0].at

    @property
    def until(self) -> datetime:
        """When the last of it was done."""
        return self.deeds[-1].at

    @property
    def by(self) -> str:
        """Whose it was."""
        return self.deeds[0].by

    @property
    def counted(self) -> str:
        """What was done, by kind: "2 headlines, 1 drop; 1 taken back"."""
        made = Counter(one.edit.kind for one in self.deeds if not one.is_taken_back)
        kinds = ", ".join(_many(kind, count) for kind, count in made.items())
        back = sum(one.is_taken_back for one in self.deeds)
        return "; ".join(part for part in (kinds, f"{back} taken back" if back else "") if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """The last build of an issue, where nothing was noted of it: it was built without review."""

    at: datetime
    stories: int


Passage = Event | Sitting | Build


def timeline(
    events: Sequence[Event], edits: Iterable[Edit], build: Build | None = None
) -> Iterator[Passage]:
    """Yield what happened to a week and what was changed in it, in the order it happened.

    *build* is left out where an event tells of it.
    """
    rest: list[Build | Deed] = list(_deeds(edits))
    if build and not any(_tells_of(event, build) for event in events):
        place = sum(deed.at < build.at for deed in rest)
        rest.insert(place, build)
    for event in events:
        count = next((n for n, one in enumerate(rest) if not _is_before(one, event)), len(rest))
        yield from _sittings(rest[:count])
        rest = rest[count:]
        yield event
    yield from _sittings(rest)


def _is_before(one: Build | Deed, event: Event) -> bool:
    # Of one second: an editor changes a draft that is there, and approves what she has changed; one
    # that had been approved is a draft again because of it.
    is_built = event.kind == "draft" and not event.cause.startswith("edited ")
    is_first = isinstance(one, Build) or not is_built
    return one.at < event.at or (one.at == event.at and is_first)


def _tells_of(event: Event, build: Build) -> bool:
    return event.kind == "draft" and build.at <= event.at <= build.at + _NOTED


def _deeds(edits: Iterable[Edit]) -> list[Deed]:
    found = []
    for edit in edits:
        found.append(Deed(edit=edit, at=edit.at, by=edit.by))
        if edit.reverted_at is not None:
            back = Deed(edit=edit, at=edit.reverted_at, by=edit.reverted_by, is_taken_back=True)
            found.append(back)
    return sorted(found, key=lambda one: (one.at, one.is_taken_back, one.edit.number))


def _sittings(found: Iterable[Build | Deed]) -> Iterator[Build | Sitting]:
    together: list[Deed] = []
    for one in found:
        goes_on = (
            isinstance(one, Deed)
            and together
            and one.by == together[-1].by
            and one.at - together[-1].at <= _SITTING
        )
        if together and not goes_on:
            yield Sitting(deeds=tuple(together))
            together = []
        if isinstance(one, Deed):
            together.append(one)
        else:
            yield one
    if together:
        yield Sitting(deeds=tuple(together))


def _many(kind: EditKind, count: int) -> str:
    return f"{count} {kind if count == 1 else _PLURALS.get(kind, f'{kind}s')}"
