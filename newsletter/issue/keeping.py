"""Which stories edits keep in an issue, whatever their rank."""

from collections.abc import Mapping, Sequence

from newsletter.issue.finding import holder_of
from newsletter.issue.slots import KEEPS
from newsletter.model import Edit


def kept_by(edits: Sequence[Edit], holders: Mapping[str, str]) -> frozenset[str]:
    """Return the ids of the stories that *edits* keep; *holders* has that of each article.

    A drop takes a story out of them, work on it after that brings it back; an edit that was taken
    back does neither. Edits count in the order of their numbers, those without one last.
    """
    kept: dict[str, bool] = {}
    for edit in sorted(edits, key=lambda one: one.number or float("inf")):
        of = holder_of(edit, holders) if edit.reverted_at is None else None
        if of is not None and (edit.kind in KEEPS or edit.kind == "drop"):
            kept[of] = edit.kind != "drop"
    return frozenset(id_ for id_, is_kept in kept.items() if is_kept)
