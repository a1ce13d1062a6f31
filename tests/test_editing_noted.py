"""What an editor is told of a story that a rebuild made another: its headline, place, members."""

import pytest
from edited import base, edited, headline, lead, made, merge, move, pin, ranked, split, told

from newsletter.issue.editing import apply
from newsletter.issue.naming import told_as_it_stands
from newsletter.model import Wish


@pytest.mark.parametrize(
    "wish", [lead(story="b"), pin(story="b"), move(story="b", place=1)], ids=lambda one: one.kind
)
def test_a_story_that_came_out_under_another_headline_says_which_it_had(wish: Wish):
    edits = made(base({"Technology": ranked("a", "b")}), wish)

    found = apply(base({"Technology": [*ranked("a"), told("b", headline="New")]}), edits)

    assert found.effects[0].note == "its headline was “Headline of b”"


def test_of_a_headline_that_is_the_editors_nothing_is_said():
    of = base({"Technology": ranked("a", "b")})
    edits = made(of, headline(story="b", text="Hers"), pin(story="b"))

    found = apply(base({"Technology": [*ranked("a"), told("b", headline="New")]}), edits)

    assert [one.note for one in found.effects] == ["", ""]


def test_where_a_story_stands_is_said_where_newer_ones_came_before_it():
    edits = made(base({"Technology": ranked("a", "b", "c")}), move(story="c", place=2))
    later = base({"Technology": [told("n", score=200.0), *ranked("a", "b", "c")]})

    found = apply(later, edits)

    assert told_as_it_stands(found.effects[0], found) == (
        "put “Headline of c” at place 2 of Technology; stands at 3 now"
    )


def test_where_it_stands_as_it_was_put_nothing_more_is_said():
    found = edited(base(), move(story="b", place=1))

    assert "now" not in told_as_it_stands(found.effects[0], found)


def test_stories_that_were_merged_or_split_say_that_their_members_are_by_hand():
    of = base({"Technology": [*ranked("a", "b"), told("c", "d")]})
    edits = made(of, merge(story="a", ids=("b",)), split(story="c", ids=("d",)))

    found = apply(base({"Technology": [told("a", "b"), *ranked("c", "d", "e")]}), edits)

    parts = {story.id: story.by_hand for story in found.issue.stories}
    assert parts == {"a": ("members",), "c": ("members",), "d": ("members",), "e": ()}
