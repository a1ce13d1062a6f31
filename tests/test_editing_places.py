"""Where a story is put: behind the one that its editor saw before it, whatever moved meanwhile."""

import json

import pytest
from edited import base, drop, made, move, order, ranked, section
from hypothesis import given
from hypothesis import strategies as st

from newsletter.errors import WishError
from newsletter.issue.editing import apply
from newsletter.issue.wishes import resolve
from newsletter.model import Wish
from newsletter.preview.editing_wishes import asked

OF = base({"Technology": ranked("a", "b", "c", "d"), "Energy": ranked("e", "f")})
GONE = made(OF, drop(story="a"), by="Bob")


def after(wish: Wish) -> dict[str, list[str]]:
    """Return the order of the stories once Bob has dropped the first and *wish* is done."""
    return order(apply(OF, made(OF, wish, edits=GONE)))


def test_a_story_comes_right_behind_the_one_it_was_put_behind_though_another_left_meanwhile():
    assert after(move(story="d", place=3, behind="b"))["Technology"] == ["b", "d", "c"]
    assert after(move(story="d", place=3))["Technology"] == ["b", "c", "d"]


def test_what_was_put_first_is_first():
    assert after(move(story="d", place=1, behind=""))["Technology"] == ["d", "b", "c"]
    assert after(section(story="d", section="Energy", place=1, behind=""))["Energy"][0] == "d"


@pytest.mark.parametrize("behind", ["a", "e", "d", "unknown"])
def test_the_place_counts_where_the_story_before_is_not_in_that_section(behind: str):
    assert after(move(story="d", place=2, behind=behind))["Technology"] == ["b", "d", "c"]


def test_a_story_comes_into_another_section_behind_the_one_that_was_seen_there():
    wish = section(story="c", section="Energy", place=1, behind="e")

    assert after(wish)["Energy"] == ["e", "c", "f"]


def test_a_move_behind_what_is_gone_needs_a_place():
    with pytest.raises(WishError, match="no place is named"):
        resolve(move(story="d", behind="a"), apply(OF, GONE), OF, at=GONE[0].at, by="Ada")


@given(st.sampled_from("abcd"), st.integers(1, 4))
def test_in_the_issue_that_was_seen_both_say_the_same(story: str, place: int):
    others = [one for one in "abcd" if one != story]
    behind = ["", *others][place - 1]

    by_both, by_place = (
        order(apply(OF, made(OF, move(story=story, place=place, behind=one))))
        for one in (behind, None)
    )

    assert by_both == by_place


def test_the_page_may_say_behind_which_story():
    wishes = [
        {"kind": "move", "story": "d", "place": 3, "behind": "b"},
        {"kind": "section", "story": "d", "section": "Energy", "place": 1, "behind": ""},
    ]

    read = asked(json.dumps({"wishes": wishes}).encode()).wishes

    assert read == (
        move(story="d", place=3, behind="b"),
        section(story="d", section="Energy", place=1, behind=""),
    )
