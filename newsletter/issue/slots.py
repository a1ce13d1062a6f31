"""What an edit lays hold of: two edits of one slot cannot both hold."""

from newsletter.model import Edit, Wish
from newsletter.model.editing import EditKind

Slot = tuple[str, ...]

OF_THE_ISSUE: frozenset[EditKind] = frozenset({"intro", "closing", "note", "sponsor"})
OF_PLACES: frozenset[EditKind] = frozenset({"move", "section"})
OF_CLUSTERING: frozenset[EditKind] = frozenset({"merge", "split"})
# What gives a story work keeps it in the issue, whatever its rank.
KEEPS: frozenset[EditKind] = frozenset(
    {"pin", "move", "section", "lead", "headline", "summary", "picture"}
)
_NAMES: dict[EditKind, str] = {
    "pin": "presence",
    "drop": "presence",
    "move": "place",
    "section": "place",
}


def slot(edit: Edit | Wish, story: str | None = None) -> Slot:
    """Return the slot of *edit*: ("headline", "abc"), ("presence", "abc"), ("intro",), ("lead",).

    *story* is the id of the story that it came to, the one that it names if None. Pin and drop
    share a slot, as do move and section; a merge or a split has one for itself and its ids.
    """
    name = _NAMES.get(edit.kind, edit.kind)
    if edit.kind == "lead" or edit.kind in OF_THE_ISSUE:
        return (name,)
    of = (name, story or edit.story or "")
    return (*of, *edit.ids) if edit.kind in OF_CLUSTERING else of
