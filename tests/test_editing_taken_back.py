"""What was done to an issue's stories is taken back in any order: all is as it was before it."""

from itertools import count
from pathlib import Path
from random import Random

import pytest
from edited_weeks import (
    CONFIG,
    WEEK,
    a_copy,
    build,
    desk,
    desk_in,
    headlines,
    later,
    merging,
    named,
    printed,
    seen,
)
from edited_weeks import (
    ferry_week as week,
)

from newsletter.model import PrintedStory, Wish
from newsletter.pipeline.editing import EditingDesk, change, redo, revert, undo

__all__ = ["desk", "week"]  # fixtures, by whose names the tests ask for them


def a_wish(random: Random, desk: EditingDesk) -> Wish:
    """Return what an editor may do to one of the stories, printed or not."""
    found = seen(desk)
    stories = [*found.issue.stories, *(one.story for one in found.candidates)]
    large = [one for one in stories if len(one.articles) > 1]
    kind = random.choice(("merge", "merge", "split", "pin", "drop"))
    story: PrintedStory = random.choice(large if kind == "split" and large else stories)
    if kind == "merge":
        other = random.choice([one for one in stories if one is not story])
        return Wish(kind="merge", story=story.id, ids=(other.id,))
    if kind == "split" and large:
        return Wish(kind="split", story=story.id, ids=(random.choice(story.articles).id,))
    if kind == "drop" and story in found.issue.stories:
        return Wish(kind="drop", story=story.id)
    return Wish(kind="pin", story=story.id)


@pytest.mark.parametrize("seed", [4, 8, 10, 14, 22, 55])
def test_whatever_is_done_and_taken_back_in_any_order_leaves_the_issue_as_it_was(
    desk: EditingDesk, seed: int
):
    random, seconds = Random(seed), count(200, 200)
    for _ in range(seed % 3):
        change(WEEK, [a_wish(random, desk)], later(desk, next(seconds)))
    before = seen(desk)

    made = [
        edit.number
        for _ in range(random.randint(2, 3))
        for edit in change(WEEK, [a_wish(random, desk)], later(desk, next(seconds))).made
    ]
    for number in random.sample(made, len(made)):
        revert(WEEK, number, later(desk, next(seconds)))

    assert seen(desk).issue == before.issue
    assert seen(desk).candidates == before.candidates


def test_of_two_merges_that_were_undone_a_candidate_is_one_again(desk: EditingDesk):
    before = seen(desk).issue
    change(WEEK, [merging(desk, "flood", "library")], desk)
    change(WEEK, [merging(desk, "court", "flood")], later(desk, 120))

    undo(WEEK, later(desk, 240))
    undo(WEEK, later(desk, 360))

    assert seen(desk).issue == before


def test_a_candidate_merged_with_a_story_that_was_pinned_at_the_build_goes_out_again(
    tmp_path: Path,
):
    week = a_copy(tmp_path, config=CONFIG.replace("stories: 4", "stories: 2"))
    with desk_in(week) as desk:
        change(WEEK, [Wish(kind="pin", story=named(seen(desk), "library").id)], desk)
    assert build(week) == 0
    before = headlines(printed(week))
    with desk_in(week, seconds=600) as desk:
        joining = merging(desk, "library", "court")

        change(WEEK, [joining], desk)
        undo(WEEK, later(desk, 120))
        redo(WEEK, later(desk, 240))
        undone = undo(WEEK, later(desk, 360)).opened

    assert headlines(undone) == before


def test_a_candidate_that_was_in_a_story_when_that_was_built_goes_out_when_it_is_taken_out(
    week: Path, desk: EditingDesk
):
    before = headlines(printed(week))
    change(WEEK, [merging(desk, "flood", "court")], desk)
    assert build(week) == 0

    undo(WEEK, later(desk, 240))

    assert headlines(seen(desk).issue) == before
