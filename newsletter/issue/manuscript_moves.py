"""From one order of stories to another: the fewest moves, each in terms of the issue before it."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

Order = Mapping[str, Sequence[str]]  # sections and the ids of their stories


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A story is put at a place (from 1) of a section; `crosses` from another, or from outside."""

    story: str
    section: str
    place: int
    crosses: bool


def moves(
    now: Order, before: Order, after: Order, *, loose: AbstractSet[str] = frozenset()
) -> Iterator[Move]:
    """Yield what puts the stories of *now* in the order of *after*, one after another.

    Only those move that *after* has otherwise than *before*, the fewest that will do. Stories of
    *now* that neither knows stay beside those that they stand behind. What is in *after* alone
    comes in; what is in *before* alone is for the caller to drop, first. What is *loose* is put
    even where it stands.
    """
    state = {name: list(ids) for name, ids in now.items()}
    was = {id_: name for name, ids in before.items() for id_ in ids}
    for name, wanted in after.items():
        own = [id_ for id_ in wanted if was.get(id_) == name and id_ not in loose]
        staying = in_order(before.get(name, ()), own)
        ids = state.setdefault(name, [])
        for number, id_ in enumerate(wanted):
            if id_ in staying:
                continue
            behind = next((one for one in reversed(wanted[:number]) if one in ids), None)
            place = _place(ids, id_, behind)
            if id_ not in loose and id_ in ids and ids.index(id_) == place:
                continue
            home = next((there for there in state.values() if id_ in there), None)
            if home is not None:
                home.remove(id_)
            ids.insert(place, id_)
            yield Move(story=id_, section=name, place=place + 1, crosses=home is not ids)


def _place(ids: Sequence[str], id_: str, behind: str | None) -> int:
    """Return where in *ids* without *id_* it stands right behind another, first for None."""
    rest = [one for one in ids if one != id_]
    return rest.index(behind) + 1 if behind is not None else 0


def in_order(before: Sequence[str], wanted: Sequence[str]) -> set[str]:
    """Return the most of *wanted* that stand in their order in *before*, too.

    Longest increasing subsequence by patience sorting, after Fredman 1975.
    """
    number = {id_: place for place, id_ in enumerate(before)}
    tails: list[int] = []  # the smallest number that ends a run of each length
    ends: list[str] = []
    previous: dict[str, str | None] = {}
    for id_ in wanted:
        at = bisect_left(tails, number[id_])
        previous[id_] = ends[at - 1] if at else None
        if at == len(tails):
            tails.append(number[id_])
            ends.append(id_)
        else:
            tails[at], ends[at] = number[id_], id_
    found: set[str] = set()
    last = ends[-1] if ends else None
    while last is not None:
        found.add(last)
        last = previous[last]
    return found
