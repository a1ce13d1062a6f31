"""Sees that who says a word on an issue has seen all that was changed in it."""

from datetime import datetime

from newsletter.errors import ClashError
from newsletter.issue import load
from newsletter.issue.base import load_base
from newsletter.issue.editing import version
from newsletter.issue.naming import thing
from newsletter.model import Clash, Edited
from newsletter.ports.running import RunStore


def see_that_all_is_seen(
    week: str, store: RunStore, seen: int | None, generated_at: datetime | None = None
) -> None:
    """Do nothing if *week* is as it was at version *seen* of its edits, built at *generated_at*.

    Where one of the two is None, any will do.

    Raises:
        ClashError: it was built again, which no edit tells of, or edits were made, taken back or
            brought back since; it has each of these.
    """
    built = store.built(week)
    if built is None:
        return
    issue, edits = load(built.content), store.edits(week)
    new = [] if seen is None else [edit for edit in edits if edit.changed > seen]
    is_rebuilt = generated_at not in (None, issue.generated_at)
    if not new and not is_rebuilt:
        return
    candidates = load_base(built.base).candidates if built.base else ()
    edited = Edited(issue=issue, candidates=candidates, effects=())
    found = tuple(Clash(edit=edit, what=thing(edit, edited)) for edit in new)
    told = ", ".join(f"{one.what} (by {one.edit.reverted_by or one.edit.by})" for one in found)
    faults = ["it was built again since you looked"] if is_rebuilt else []
    faults += [f"it was changed since you looked: {told}"] if new else []
    raise ClashError(
        f"{week}: {'; '.join(faults)}; nothing was noted: see what it is now, and say it once more",
        clashes=found,
        version=version(edits),
    )
