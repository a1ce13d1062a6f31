"""In which order the stories of a section stand, once an editor has put some of them in place."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import takewhile

from newsletter.model import PrintedStory


def in_order(
    composed: Sequence[str], order: Sequence[str], moved: AbstractSet[str] = frozenset()
) -> list[str]:
    """Return *composed* (ids) in *order*, without what is not in it.

    What the order does not know stands directly behind what it comes behind in *composed*, at the
    front where that is nothing; what was *moved* draws nothing with it, and where it was moved to
    the front it stays there. Done twice it is done once.
    """
    inside, ordered = frozenset(composed), frozenset(order)
    known = [id_ for id_ in order if id_ in inside]
    following: dict[str | None, list[str]] = {}  # runs of unknown ones by the known one before
    behind: str | None = None
    for id_ in composed:
        if id_ not in ordered:
            following.setdefault(behind, []).append(id_)
        elif id_ not in moved:
            behind = id_
    first = list(takewhile(lambda id_: id_ in moved, known))
    found = [*first, *following.get(None, ())]
    for id_ in known[len(first) :]:
        found += [id_, *following.get(id_, ())]
    return found


def put_by_rank(story: PrintedStory, stories: Sequence[PrintedStory]) -> int:
    """Return where *story* would stand among *stories*: before the first that ranks below it."""
    rank = (-story.score, story.id)
    return next((at for at, one in enumerate(stories) if (-one.score, one.id) > rank), len(stories))
