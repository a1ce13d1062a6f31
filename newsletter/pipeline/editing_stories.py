"""Stories merged and split as edits: the decisions that one makes, and how it is taken back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from newsletter.errors import IssueError, WishError
from newsletter.issue.dump import moment
from newsletter.model import Decision, Edit
from newsletter.pipeline.deciding import Change, after_all, merged, split
from newsletter.pipeline.listing import Listed

# What an edit's `order` begins its lines with; those of "was" it made before it was brought back.
_MADE, _GONE, _WAS = "made", "gone", "was"

_Id = tuple[str, tuple[str, str], datetime]
_Step = tuple[datetime, int, tuple[Decision, ...], tuple[Decision, ...]]


def decided(
    edit: Edit, stories: Sequence[Listed], known: Sequence[Decision], now: datetime
) -> tuple[Edit, Change]:
    """Return a merge or a split that remembers what it changed, and what that is.

    *stories* are all of the build, *known* the decisions so far. The edit's `order` keeps the
    decisions that it made, and those that it took the place of.

    Raises:
        WishError: one of its stories is not there, or nothing would be merged or split.
    """
    story = _named(str(edit.story), stories)
    try:
        if edit.kind == "merge":
            others = [_named(id_, stories) for id_ in edit.ids]
            change = merged([story, *others], known, now)
        else:
            change = split(story, edit.ids, known, now)
    except WishError:
        raise
    except IssueError as error:
        raise WishError(str(error)) from error
    pairs = {_pair(one) for one in (*change.made, *change.revoked)}
    gone = tuple(one for one in known if _pair(one) in pairs)
    order = (*(_kept(_MADE, one) for one in change.made), *(_kept(_GONE, one) for one in gone))
    return replace(edit, order=order), change


def taken_back(edit: Edit, edits: Sequence[Edit], known: Sequence[Decision]) -> Change:
    """Return what changes the decisions into those of the same *edits* without *edit*.

    *edits* are all of the issue. In whatever order they are taken back, with none of them left all
    is as it was before the first. What was decided otherwise since on the same articles stays.
    """
    standing = [one for one in edits if one.reverted_at is None or one.number == edit.number]
    left = [one for one in standing if one.number != edit.number]
    original = _not_by(edits, known)
    before, after = _replayed(original, standing), _replayed(original, left)
    revoked = tuple(one for one in known if _id(one) in before.keys() - after.keys())
    taken = {_pair(one) for one in known} - {_pair(one) for one in revoked}
    made = tuple(one for id_, one in after.items() if id_ not in before and _pair(one) not in taken)
    return Change(made=made, revoked=revoked)


def brought_back(edit: Edit, known: Sequence[Decision], now: datetime) -> tuple[Edit, Change]:
    """Return *edit* made once more, as the last word on its articles, and what that changes."""
    at = after_all(known, now)
    once, gone = _read(edit, _MADE), _read(edit, _GONE)
    made = tuple(replace(one, at=at) for one in once)
    pairs = {_pair(one) for one in (*made, *gone)}
    revoked = tuple(one for one in known if _pair(one) in pairs)
    order = (
        *(_kept(_WAS, one) for one in (*_read(edit, _WAS), *once)),
        *(_kept(_MADE, one) for one in made),
        *(_kept(_GONE, one) for one in (*gone, *revoked)),
    )
    return replace(edit, order=tuple(dict.fromkeys(order))), Change(made=made, revoked=revoked)


def _not_by(edits: Sequence[Edit], known: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that none of *edits* made, also those that one took the place of."""
    own = {_id(one) for edit in edits for what in (_WAS, _MADE) for one in _read(edit, what)}
    gone = (one for edit in edits for one in _read(edit, _GONE))
    return tuple({_id(one): one for one in (*known, *gone) if _id(one) not in own}.values())


def _replayed(original: Sequence[Decision], edits: Sequence[Edit]) -> dict[_Id, Decision]:
    """Return the decisions that hold once each of *edits* was made at its moment."""
    steps: list[_Step] = [(one.at, 0, (one,), ()) for one in original]
    for edit in edits:
        made = _read(edit, _MADE)
        if made:  # all of one moment, after all that was decided by then
            steps.append((made[0].at, edit.number, made, _read(edit, _GONE)))
    holding: dict[tuple[str, str], Decision] = {}
    for _, _, made, gone in sorted(steps, key=lambda step: step[:2]):
        for one in gone:
            holding.pop(_pair(one), None)
        holding.update({_pair(one): one for one in made})
    return {_id(one): one for one in holding.values()}


def _named(id_: str, stories: Sequence[Listed]) -> Listed:
    for story in stories:
        if id_ == story.id or any(id_ == article for article, _, _ in story.articles):
            return story
    raise WishError(f"{id_}: no story of this week has this id; newsletter stories list shows all")


def _pair(decision: Decision) -> tuple[str, str]:
    first, second = sorted((decision.article_id, decision.other_id))
    return first, second


def _id(decision: Decision) -> _Id:
    return decision.kind, _pair(decision), decision.at


def _kept(what: str, decision: Decision) -> str:
    return " ".join(
        (what, decision.kind, decision.article_id, decision.other_id, str(moment(decision.at)))
    )


def _read(edit: Edit, what: str) -> tuple[Decision, ...]:
    """Return the decisions that an edit keeps as *what*; a line that is none is passed over."""
    found = []
    for line in edit.order:
        match line.split(" "):
            case [begin, "together" | "apart" as kind, one, other, at] if begin == what:
                found.append(
                    Decision(
                        kind="together" if kind == "together" else "apart",
                        article_id=one,
                        other_id=other,
                        at=datetime.fromisoformat(at),
                    )
                )
    return tuple(found)
