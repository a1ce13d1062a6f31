"""Deciding: what the editor's word on stories means for pairs of articles."""

from datetime import UTC, datetime, timedelta

import pytest
from fakes import NOW
from hypothesis import given
from hypothesis import strategies as st

from newsletter.errors import IssueError
from newsletter.model import Built, Decision, Status
from newsletter.pipeline.deciding import (
    Change,
    awaited,
    merged,
    reset,
    see_that_it_is_open,
    split,
)
from newsletter.pipeline.listing import Listed
from newsletter.stories.decisions import Settled, settle


def story(ids: str) -> Listed:
    return Listed(
        id=ids[0],
        number=None,
        headline=f"Story {ids}",
        section="News",
        score=1.0,
        outlets=len(ids),
        reason=None,
        articles=tuple((id_, f"Title {id_}", f"{id_}.example") for id_ in ids),
    )


def after(known: list[Decision], change: Change) -> list[Decision]:
    """What the store holds then: the last word on each pair."""
    pairs = {frozenset((one.article_id, one.other_id)) for one in (*change.made, *change.revoked)}
    kept = [one for one in known if frozenset((one.article_id, one.other_id)) not in pairs]
    return [*kept, *change.made]


def settled(*changes: Change) -> Settled:
    known: list[Decision] = []
    for change in changes:
        known = after(known, change)
    return settle(known)


def test_merging_binds_every_article_of_both():
    found = settled(merged([story("ab"), story("cd")], [], NOW))

    assert found.together == (frozenset("abcd"),)


def test_a_story_is_not_merged_with_itself():
    with pytest.raises(IssueError, match="is one story already"):
        merged([story("ab"), story("ab")], [], NOW)


def test_splitting_parts_those_who_leave_from_those_who_stay():
    found = settled(split(story("abcd"), {"c", "d"}, [], NOW))

    assert found.together == (frozenset("ab"), frozenset("cd"))
    assert found.apart == {("a", "c"), ("a", "d"), ("b", "c"), ("b", "d")}


@pytest.mark.parametrize("leaving", ["abc", "x"], ids=["all", "a stranger"])
def test_a_split_leaves_something_on_both_sides(leaving: str):
    with pytest.raises(IssueError, match="a "):
        split(story("abc"), set(leaving), [], NOW)


def test_the_last_word_wins_even_if_the_clock_was_set_back():
    first = merged([story("ab"), story("cd")], [], NOW)
    known = list(first.made)

    second = split(story("abcd"), {"c", "d"}, known, NOW - timedelta(days=9))

    assert ("a", "c") in settle(after(known, second)).apart


def test_a_word_is_taken_back_whole():
    first = merged([story("ab"), story("cd")], [], NOW)
    second = split(story("ef"), {"f"}, first.made, NOW)
    known = [*first.made, *second.made]

    change = reset(story("c"), known)

    assert set(change.revoked) == set(first.made)
    assert reset(story("x"), known) == Change()


def test_stories_that_are_not_yet_as_decided_are_awaited():
    change = merged([story("ab"), story("c")], [], NOW)

    assert awaited([story("ab"), story("c"), story("d")], change.made) == {"a", "c"}
    assert awaited([story("abc"), story("d")], change.made) == frozenset()


def test_a_story_that_is_to_be_split_is_awaited():
    change = split(story("abc"), {"c"}, [], NOW)

    assert awaited([story("abc")], change.made) == {"a"}
    assert awaited([story("ab"), story("c")], change.made) == frozenset()


def test_a_published_issue_is_not_decided_on():
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    out = Built(
        id="2026-W47", status=Status.PUBLISHED, since=None, until=moment, content="", report=""
    )

    with pytest.raises(IssueError, match="2026-W47 is published and stays as it is"):
        see_that_it_is_open(out)


PARTS = st.permutations("abcdefgh").map(lambda ids: (ids[:2], ids[2:5], ids[5:]))


@given(st.lists(PARTS, min_size=1, max_size=6), st.integers(0, 2))
def test_a_merge_and_a_split_hold_whatever_was_decided_before(parts, gap: int):
    known: list[Decision] = []
    for step, (one, other, rest) in enumerate(parts):
        now = NOW + timedelta(hours=step * gap)
        known = after(known, merged([story(one), story(other)], known, now))
        joined = settle(known)
        known = after(known, split(story([*rest, *one]), set(one), known, now))
        parted = settle(known)

        assert any({*one, *other} <= group for group in joined.together)
        assert any({*one, *other} <= group for group in parted.together)
        assert all(tuple(sorted((a, b))) in parted.apart for a in one for b in rest)


def test_stories_that_a_word_taken_back_has_made_await_the_next_build():
    held = {("together", "a", "b")}

    assert awaited([story("ab"), story("c")], [], held) == {"a"}


def test_a_word_that_was_said_again_was_not_taken_back():
    again = Decision(kind="together", article_id="b", other_id="a", at=NOW)

    assert awaited([story("ab")], [again], {("together", "a", "b")}) == frozenset()
