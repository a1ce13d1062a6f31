"""Catching up: merges and splits taken in before their stories are made once these are there."""

from collections.abc import KeysView, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from newsletter.errors import WishError
from newsletter.issue.slots import OF_CLUSTERING
from newsletter.model import Decision, Edit
from newsletter.pipeline.deciding import Change
from newsletter.pipeline.edited import EditedIssues
from newsletter.pipeline.editing_stories import decided
from newsletter.pipeline.listing import Listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """All edits of an issue and all decisions on stories, as they are with `steps` made.

    `known` are the decisions that are kept so far; `steps` are the edits that waited, in their
    order, as they are to be kept, and what each changes.
    """

    edits: tuple[Edit, ...]
    decisions: tuple[Decision, ...]
    known: tuple[Decision, ...]
    steps: tuple[tuple[Edit, Change], ...] = ()

    def is_of(self, edits: Sequence[Edit], known: Sequence[Decision]) -> bool:
        """Return whether these are its *edits* that waited, and its *known* decisions."""
        versions = {edit.number: edit.changed for edit in edits}
        return tuple(known) == self.known and all(
            versions.get(edit.number) == edit.changed for edit, _ in self.steps
        )

    def keep(self, week: str, store: EditedIssues) -> tuple[Edit, ...]:
        """Make the steps in *store*; return all edits of the issue of *week* as they are then."""
        for edit, change in self.steps:
            store.change_edits(week, [edit])
            store.decide(change.made, revoked=change.revoked)
        return store.edits(week)


def caught_up(hand: Hand, stories: Sequence[Listed], now: datetime) -> Hand:
    """Return *hand* with the merges and splits that waited for *stories*; itself if none did.

    Of those on the same articles one is made: for the next the stories are to be composed with it.
    What was merged or split by a later edit stays as it is.
    """
    touched: set[str] = set()
    for edit in filter(_waits, hand.edits):
        own = _articles(edit, stories)
        later = (one for one in hand.edits if one.number > edit.number and _holds(one))
        if not own or not touched.isdisjoint(own) or any(own & {*one.articles} for one in later):
            continue
        try:
            edit = replace(edit, articles=tuple(own))
            made, change = decided(edit, stories, hand.decisions, now)
        except WishError:  # its stories are one already, or nothing would be left of one
            continue
        touched |= own
        hand = Hand(
            edits=tuple(made if one.number == edit.number else one for one in hand.edits),
            decisions=_with(change, hand.decisions),
            known=hand.known,
            steps=(*hand.steps, (made, change)),
        )
    return hand


def _waits(edit: Edit) -> bool:
    """Return whether *edit* is a merge or a split that has decided nothing yet."""
    return edit.kind in OF_CLUSTERING and not edit.order and edit.reverted_at is None


def _holds(edit: Edit) -> bool:
    """Return whether *edit* is a merge or a split that decided something, and stands."""
    return edit.kind in OF_CLUSTERING and bool(edit.order) and edit.reverted_at is None


def _articles(edit: Edit, stories: Sequence[Listed]) -> KeysView[str]:
    """Return the articles of the stories that *edit* names, by id; none if one is not there."""
    holders = {id_: story for story in stories for id_, _, _ in story.articles}
    named = [holders.get(id_) for id_ in (edit.story or "", *edit.ids)]
    found = {story.id: story for story in named if story is not None}
    if None in named or (edit.kind == "split" and len(found) > 1):
        found = {}
    return dict.fromkeys(id_ for story in found.values() for id_, _, _ in story.articles).keys()


def _with(change: Change, known: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return the *known* decisions after *change*."""
    pairs = {frozenset((one.article_id, one.other_id)) for one in (*change.made, *change.revoked)}
    left = (one for one in known if frozenset((one.article_id, one.other_id)) not in pairs)
    return (*left, *change.made)
