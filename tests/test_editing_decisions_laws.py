"""Merges and splits are taken back in any order: what is left is as if they had never been made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.model import Decision, Edit
from newsletter.pipeline.deciding import Change
from newsletter.pipeline.editing_stories import brought_back, decided, taken_back
from newsletter.pipeline.listing import Listed
from newsletter.stories.decisions import settle

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
ARTICLES = "abcde"


def listed(ids: Iterable[str]) -> Listed:
    first, *others = ids
    return Listed(
        id=first,
        number=None,
        headline="",
        section="",
        score=1.0,
        outlets=1,
        reason=None,
        articles=tuple((one, "", "") for one in (first, *others)),
    )


@dataclass
class Week:
    """What is decided on a week's articles, kept as the store keeps it, and the edits of it."""

    known: tuple[Decision, ...] = ()
    edits: list[Edit] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        return NOON + timedelta(minutes=len(self.edits))

    @property
    def stories(self) -> list[Listed]:
        groups = [sorted(group) for group in settle(self.known).together]
        alone = [[one] for one in ARTICLES if not any(one in group for group in groups)]
        return [listed(ids) for ids in sorted((*groups, *alone))]

    def decide(self, change: Change) -> None:
        made = {frozenset((one.article_id, one.other_id)): one for one in change.made}
        gone = {frozenset((one.article_id, one.other_id)) for one in change.revoked} | made.keys()
        left = [one for one in self.known if {one.article_id, one.other_id} not in gone]
        self.known = tuple(sorted((*left, *made.values()), key=repr))

    def say(self, kind: str, story: str, *ids: str) -> None:
        edit = Edit(
            number=len(self.edits) + 1, kind=kind, at=self.now, by="A", story=story, ids=ids
        )
        edit, change = decided(edit, self.stories, self.known, self.now)
        self.edits.append(edit)
        self.decide(change)

    def revert(self, number: int) -> None:
        edit = self.edits[number - 1]
        self.decide(taken_back(edit, tuple(self.edits), self.known))
        self.edits[number - 1] = replace(edit, reverted_at=self.now)

    def bring_back(self, number: int) -> None:
        edit, change = brought_back(self.edits[number - 1], self.known, self.now)
        self.edits[number - 1] = replace(edit, reverted_at=None)
        self.decide(change)


@st.composite
def weeks(draw: st.DrawFn) -> tuple[tuple[Decision, ...], Week]:
    """Return what was decided before there were edits, and a week with many."""
    pairs = st.lists(st.sampled_from(ARTICLES), min_size=2, max_size=2, unique=True).map(sorted)
    before = tuple(
        Decision(
            kind=draw(st.sampled_from(("together", "apart"))),
            article_id=one,
            other_id=other,
            at=NOON - timedelta(hours=hours + 1),
        )
        for hours, (one, other) in enumerate(
            draw(st.lists(pairs, max_size=3, unique_by=tuple))
        )
    )  # fmt: skip
    week = Week(tuple(sorted(before, key=repr)))
    start = week.known
    for _ in range(draw(st.integers(1, 7))):
        _happens(draw, week)
    return start, week


def _happens(draw: st.DrawFn, week: Week) -> None:
    what = draw(st.sampled_from(("merge", "split", "revert", "bring back")))
    stories = week.stories
    large = [one for one in stories if len(one.articles) > 1]
    standing = [one.number for one in week.edits if one.reverted_at is None]
    back = [one.number for one in week.edits if one.reverted_at is not None]
    if what == "merge" and len(stories) > 1:
        one, other = draw(st.permutations(stories))[:2]
        week.say("merge", one.id, other.id)
    elif what == "split" and large:
        ids = [id_ for id_, _, _ in draw(st.sampled_from(large)).articles]
        leaving = draw(st.integers(1, len(ids) - 1))
        week.say("split", ids[0], *ids[leaving:])
    elif what == "revert" and standing:
        week.revert(draw(st.sampled_from(standing)))
    elif what == "bring back" and back:
        week.bring_back(draw(st.sampled_from(back)))


@given(weeks(), st.data())
def test_with_every_edit_taken_back_in_any_order_all_is_decided_as_before(
    drawn: tuple[tuple[Decision, ...], Week], data: st.DataObject
):
    before, week = drawn
    standing = [one.number for one in week.edits if one.reverted_at is None]

    for number in data.draw(st.permutations(standing)):
        week.revert(number)

    assert week.known == before


@pytest.mark.parametrize("order", list(permutations((1, 2, 3))))
def test_what_stands_does_not_care_in_which_order_the_others_were_taken_back(order: Sequence[int]):
    first, other = Week(), Week()
    for week in (first, other):
        week.say("merge", "a", "b")
        week.say("merge", "a", "c")
        week.say("split", "a", "b")

    for number in order[:2]:
        first.revert(number)
    for number in sorted(order[:2]):
        other.revert(number)

    assert first.known == other.known
    first.revert(order[2])
    assert first.known == ()


def test_what_somebody_decided_since_on_the_same_articles_stays():
    week = Week()
    week.say("merge", "a", "b")
    week.say("split", "a", "b")
    theirs = Decision(
        kind="together", article_id="a", other_id="b", at=NOON + timedelta(hours=1)
    )  # fmt: skip
    week.decide(Change(made=(theirs,)))

    week.revert(1)
    week.revert(2)

    assert week.known == (theirs,)
