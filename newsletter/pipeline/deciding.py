"""Deciding: what the editor's word on stories means for pairs of articles."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from typing import TYPE_CHECKING, Literal

from newsletter.errors import IssueError
from newsletter.model import Built, Decision, Status
from newsletter.pipeline.listing import Listed, Pair, pair_of

if TYPE_CHECKING:
    from newsletter.stories.decisions import Settled

_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The decisions that an editor's word makes, and those it takes back."""

    made: tuple[Decision, ...] = ()
    revoked: tuple[Decision, ...] = ()


def see_that_it_is_open(built: Built) -> None:
    """See that the stories of *built* can still be decided on.

    Raises:
        IssueError: it is published.
    """
    if built.status == Status.PUBLISHED:
        raise IssueError(
            f"{built.id} is published and stays as it is; build the next issue"
            " (newsletter build-issue) and decide on its stories"
        )


def merged(stories: Sequence[Listed], known: Sequence[Decision], now: datetime) -> Change:
    """Return what makes one story of *stories*: each article is bound to the first story's lead.

    All of them are, for what only stood near its own story might fall off the larger one. What was
    said to keep any two of them apart is taken back.

    Raises:
        IssueError: fewer than two different stories are given.
    """
    ids = [
        id_ for story in {one.id: one for one in stories}.values() for id_, _, _ in story.articles
    ]
    if len({story.id for story in stories}) < 2:
        raise IssueError(
            f"{stories[0].id} is one story already; name two different ones"
            " (newsletter stories list shows them)"
        )
    inside = frozenset(ids)
    return Change(
        made=_bound(ids, after_all(known, now)),
        revoked=_within(known, "apart", inside, inside),
    )


def split(
    story: Listed, leaving: Collection[str], known: Sequence[Decision], now: datetime
) -> Change:
    """Return what lets *leaving* (article ids) leave *story* together, and the rest stay so.

    What was said to put any of both parts together is taken back.

    Raises:
        IssueError: none or all of the story's articles would leave.
    """
    gone = [id_ for id_, _, _ in story.articles if id_ in leaving]
    rest = [id_ for id_, _, _ in story.articles if id_ not in leaving]
    if not gone or not rest:
        raise IssueError(
            f"{story.id} would be left without an article; name those that are to leave it"
            if gone
            else f"{story.id} has none of these articles; newsletter why {story.id} numbers them"
        )
    at = after_all(known, now)
    apart = tuple(
        Decision(kind="apart", article_id=one, other_id=other, at=at)
        for one, other in product(gone, rest)
    )
    return Change(
        made=(*_bound(gone, at), *_bound(rest, at), *apart),
        revoked=_within(known, "together", frozenset(gone), frozenset(rest)),
    )


def reset(story: Listed, known: Sequence[Decision]) -> Change:
    """Return what takes back all that was decided on *story*.

    A word of the editor is taken back whole, with what it said of other articles: the decisions of
    one word are of one moment.
    """
    inside = {id_ for id_, _, _ in story.articles}
    moments = {one.at for one in known if {one.article_id, one.other_id} & inside}
    return Change(revoked=tuple(one for one in known if one.at in moments))


def awaited(
    stories: Sequence[Listed], known: Sequence[Decision], heeded: Collection[Pair] = ()
) -> frozenset[str]:
    """Return the ids of those *stories* that are not yet as the editor has decided.

    *heeded* is what held when they were built: of what was taken back since, each story that it
    touched is to come out anew.
    """
    story_of = {id_: story.id for story in stories for id_, _, _ in story.articles}
    taken_back = set(heeded) - {pair_of(one) for one in known}
    found = {story_of[id_] for _, *ids in taken_back for id_ in ids if id_ in story_of}
    if not known:
        return frozenset(found)
    from newsletter.stories.decisions import settle

    settled = settle(known)
    for group in settled.together:
        held = {story_of[id_] for id_ in group if id_ in story_of}
        found |= held if len(held) > 1 else set()
    for first, second in settled.apart:
        if first in story_of and story_of[first] == story_of.get(second):
            found.add(story_of[first])
    return frozenset(found)


def decided_between(
    some: Collection[str], others: Collection[str], settled: "Settled"
) -> Literal["together", "apart"] | None:
    """Return what holds between any of *some* and any of *others* (article ids), None if nothing.

    Of both, apart: one pair that must not meet keeps all from it.
    """
    pairs = {(min(pair), max(pair)) for pair in product(some, others)}
    if pairs & settled.apart:
        return "apart"
    if any(group & set(some) and group & set(others) for group in settled.together):
        return "together"
    return None


def _bound(ids: Sequence[str], at: datetime) -> tuple[Decision, ...]:
    first, *others = ids
    return tuple(
        Decision(kind="together", article_id=first, other_id=other, at=at) for other in others
    )


def _within(
    known: Sequence[Decision], kind: str, some: frozenset[str], others: frozenset[str]
) -> tuple[Decision, ...]:
    """Return the decisions of a *kind* between one of *some* and one of *others*."""
    return tuple(
        one
        for one in known
        if one.kind == kind
        and (
            (one.article_id in some and one.other_id in others)
            or (one.article_id in others and one.other_id in some)
        )
    )


def after_all(known: Sequence[Decision], now: datetime) -> datetime:
    """Return a moment after all that was decided, whatever the clock says: the last word wins."""
    return max([now, *(one.at + _TICK for one in known)])
