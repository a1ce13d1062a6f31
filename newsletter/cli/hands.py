"""What editors changed in an issue and what became of it, as commands tell it."""

from collections.abc import Collection, Sequence
from dataclasses import asdict

from newsletter.cli.instants import as_local, utc_text
from newsletter.errors import IssueError
from newsletter.issue import load
from newsletter.issue.base import load_base
from newsletter.issue.editing import apply
from newsletter.issue.wishes import told
from newsletter.model import Built, Candidate, Edit, Edited, Effect


def edited_of(built: Built, edits: Sequence[Edit]) -> Edited:
    """Return a built issue with *edits*, and what became of each.

    Where its base is gone, or is of a version that is no longer read, the issue is taken as it
    stands: what was not reverted counts as applied.

    Raises:
        IssueError: not even the issue itself can be read.
    """
    if built.base:
        try:
            return apply(load_base(built.base), edits)
        except IssueError:
            pass
    effects = tuple(
        Effect(edit=one, state="reverted" if one.reverted_at else "applied", story=one.story)
        for one in edits
    )
    return Edited(issue=load(built.content, built.id), candidates=(), effects=effects)


def candidates_of(built: Built) -> tuple[Candidate, ...]:
    """Return the stories that were not chosen for an issue, () where its base is gone."""
    if not built.base:
        return ()
    try:
        return load_base(built.base).candidates
    except IssueError:
        return ()


def effects_on(ids: Collection[str], edited: Edited) -> tuple[Effect, ...]:
    """Return what was changed on the story of these *ids* and not taken back, by number.

    They are its own and those of its articles; what was merged with it or split off it counts.
    """
    return tuple(
        effect
        for effect in edited.effects
        if effect.state != "reverted"
        and not {effect.story or effect.edit.story, *_others(effect.edit)}.isdisjoint(ids)
    )


def _others(edit: Edit) -> tuple[str, ...]:
    return edit.ids if edit.kind in ("merge", "split") else ()


def effect_json(effect: Effect, edited: Edited, zone: str) -> dict[str, object]:
    """Return an edit as `--json` shows it; `came_to` is the id of the story that it came to."""
    edit = effect.edit
    return {
        "number": edit.number,
        "kind": edit.kind,
        "at": utc_text(edit.at),
        "local": as_local(edit.at, zone).isoformat(),
        "by": edit.by,
        "cause": edit.cause,
        "what": told(edit, edited),
        "state": effect.state,
        "note": effect.note,
        "came_to": effect.story,
        "story": edit.story,
        "name": edit.name,
        "articles": list(edit.articles),
        "text": edit.text,
        "section": edit.section,
        "order": list(edit.order),
        "ids": list(edit.ids),
        "sponsor": asdict(edit.sponsor) if edit.sponsor else None,
        "reverted_at": utc_text(edit.reverted_at) if edit.reverted_at else None,
        "reverted_by": edit.reverted_by,
        "version": edit.changed,
    }
