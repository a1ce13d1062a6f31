"""Taking in: edits that were made elsewhere become edits of an issue, or wait for their stories."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from newsletter.errors import WishError
from newsletter.issue import typed
from newsletter.issue.editing import slot
from newsletter.issue.naming import KEPT
from newsletter.issue.slots import OF_CLUSTERING
from newsletter.model import Edit, Effect, Wish
from newsletter.pipeline.editing import Changed, EditingDesk, done
from newsletter.pipeline.editing_work import Work
from newsletter.pipeline.listing import listed
from newsletter.text.markup import one_line

_SAME = ("kind", "story", "text", "section", "order", "ids", "sponsor")
_SAID = 300  # characters of why and by whom


def take_in(week: str | None, found: Sequence[Edit], desk: EditingDesk, *, source: str) -> Changed:
    """Make *found* anew, in their order, as edits of the issue of *week*, the latest built if None.

    They come after all that is there, are the desk's editor's, and say that they are from *source*.
    Those that were reverted stay out, and those of what is so already: taking in the same twice
    changes nothing. One whose story is not there waits for it. See `change` for the rest.

    Raises:
        WishError: a text is too long, or empty where it may not be; nothing is changed.
    """
    clean = [_clean(one) for one in found if one.reverted_at is None]

    def act(work: Work) -> None:
        together: list[Edit] = []
        for edit in tuple(_fresh(clean, work.edits)):
            cause = _cause(edit, source)
            if edit.kind in OF_CLUSTERING:
                _keep(together, work)
                together = []
                if _is_taken(edit, work, cause):
                    continue
            made = replace(
                edit,
                number=0,
                at=desk.now,
                by=desk.by,
                cause=cause,
                name=one_line(edit.name)[:KEPT],
                changed=0,
            )
            together.append(made)
        _keep(together, work)
        if any(one.state == "waiting" and _is_near(one, work) for one in _made(work)):
            work.is_outdated = True

    return done(week, desk, act, None)


def _keep(made: Sequence[Edit], work: Work) -> None:
    """Keep *made*, all at once: each is applied with all others, which takes its time."""
    if made:
        first = work.store.add_edits(work.id, made[:-1])
        work.made.update({one.number: one for one in first})
        work.keep(made[-1], is_added=True)


def _made(work: Work) -> Iterator[Effect]:
    return (one for one in work.found.edited.effects if one.edit.number in work.made)


def _is_near(effect: Effect, work: Work) -> bool:
    """Return whether the story that an edit waits for is of this week, but ranks too low.

    Composed anew it is at hand, for an edit names it.
    """
    wanted = {effect.edit.story, *effect.edit.articles}
    known = {id_ for one in listed(work.found.built) for id_, _, _ in one.articles}
    return effect.story is None and not known.isdisjoint(wanted)


def _fresh(found: Sequence[Edit], known: Sequence[Edit]) -> Iterator[Edit]:
    """Yield the edits of *found* that are of something which is not so already."""
    holding = {slot(one): one for one in known if one.reverted_at is None}
    wanted = {slot(one): one for one in found}
    for edit in found:
        held = holding.get(slot(edit))
        if held is None or _said(held) != _said(wanted[slot(edit)]):
            yield edit


def _said(edit: Edit) -> tuple[object, ...]:
    """Return what an edit asks for; what a merge or a split decided is of its own workspace."""
    names = _SAME if edit.kind not in OF_CLUSTERING else ("kind", "story", "ids")
    return tuple(getattr(edit, name) for name in names)


def _is_taken(edit: Edit, work: Work, cause: str) -> bool:
    """Merge or split as *edit* did, if its stories are there and not so already."""
    try:
        work.take(Wish(kind=edit.kind, story=edit.story, ids=edit.ids), cause)
    except WishError:
        return False
    return True


def _clean(edit: Edit) -> Edit:
    """Return *edit* as if it had been typed here, without what only its own workspace knows.

    Raises:
        WishError: its text is none.
    """
    clean = typed.cleaned(edit)
    return replace(clean, order=()) if edit.kind in OF_CLUSTERING else clean


def _cause(edit: Edit, source: str) -> str:
    by = f"made by {edit.by} on {edit.at:%Y-%m-%d}" if edit.by else ""
    parts = (f"taken in from {source}", by, edit.cause)
    return one_line("; ".join(part for part in parts if part))[:_SAID]
