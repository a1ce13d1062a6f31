"""Steps: which edits say the same, and which are one step with the last, undone as one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from newsletter.issue.editing import version
from newsletter.issue.slots import OF_PLACES
from newsletter.model import Edit

_ONE_STEP = timedelta(seconds=60)
_SAME = ("story", "text", "section", "order", "ids", "sponsor")


def say_the_same(one: Edit, other: Edit) -> bool:
    """Return whether two edits ask for the same, whoever made them and when."""
    # Once a move into another section is done, it is one within it.
    is_of_a_kind = one.kind == other.kind or {one.kind, other.kind} <= OF_PLACES
    return is_of_a_kind and all(getattr(one, name) == getattr(other, name) for name in _SAME)


def amended(edits: Sequence[Edit], edit: Edit) -> Edit | None:
    """Return the last of all *edits* with what *edit* says, None if they are two steps.

    It keeps its moment: a step is over after a minute, however often it is amended.
    """
    last = edits[-1] if edits else None
    if (
        last is None
        or last.reverted_at is not None
        or last.changed != version(edits)
        or (last.by, last.kind, last.story) != (edit.by, edit.kind, edit.story)
        or not timedelta() <= edit.at - last.at <= _ONE_STEP
        or _is_given_up(last, edit)
    ):
        return None
    cause, name = edit.cause or last.cause, last.name or edit.name
    return replace(edit, number=last.number, at=last.at, cause=cause, name=name)


def _is_given_up(last: Edit, edit: Edit) -> bool:
    """Return whether most of what *last* says is gone in *edit*: somebody may want it back."""
    is_without_sponsor = last.sponsor is not None and edit.sponsor is None
    return is_without_sponsor or 2 * len(edit.text) < len(last.text)
