"""Choosing with an editor's hand: what she keeps comes first, what a build chose stays."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from edited_weeks import (
    WEEK,
    build,
    desk,
    headlines,
    later,
    named,
    printed,
    seen,
    week,
)
from fakes import NOW

from newsletter.cli.app import run
from newsletter.model import Article, Continuation, Decision, Earlier, PrintedStory, Story, Wish
from newsletter.pipeline.choosing import as_built
from newsletter.pipeline.editing import EditingDesk, change, undo
from newsletter.stories.rank import Desk, choose, rank

__all__ = ["desk", "week"]  # fixtures, by whose names the tests ask for them

NEWS = Desk(sections=(("News", 2),), section_of={"news": "News"}, stories=3, per_source=1)
EARLIER = Earlier(issue_id="2026-W46", story_id="z", headline="Told", publishes_at=NOW, score=0.5)


def stories(count: int, *, source: str = "") -> Sequence[Story]:
    """Return stories s0, s1, …, each newer than the next, of outlets of their own if none."""
    return [
        Story(
            id=f"s{number}",
            articles=(
                Article(
                    id=f"s{number}",
                    title="Title",
                    text="word " * 100,
                    url=f"https://example.org/{number}",
                    source=source or f"Outlet {number}",
                    published=NOW - timedelta(days=number),
                    first_seen=NOW,
                    origins=("news",),
                ),
            ),
            copies={},
        )
        for number in range(count)
    ]


def test_kept_stories_count_for_what_is_left_to_the_others():
    desk = replace(NEWS, sections=(("News", None),))

    choice = choose(rank(stories(5), desk, NOW), desk, kept={"s4"})

    assert [one.story.id for one in choice.chosen] == ["s0", "s1", "s4"]
    assert {reason for _, reason in choice.passed_over} == {
        "the issue was full (issue.stories is 3)"
    }


def test_of_more_kept_stories_than_fit_all_are_printed_and_no_other():
    kept = {"s1", "s2", "s3", "s4"}

    choice = choose(rank(stories(6, source="The Ledger"), NEWS, NOW), NEWS, kept=kept)

    assert {one.story.id for one in choice.chosen} == kept


def test_a_kept_story_is_printed_though_it_was_told_before_or_scores_low():
    [repeat] = stories(1)
    repeat = replace(repeat, continuation=Continuation(earlier=(EARLIER,)))
    desk = replace(NEWS, min_score=99)

    choice = choose(rank([repeat], desk, NOW), desk, kept={"s0"})

    assert len(choice.chosen) == 1


def test_at_a_new_build_a_pinned_story_takes_one_of_the_places(week: Path, desk: EditingDesk):
    herring = named(seen(desk), "herring").id
    pinned = change(WEEK, [Wish(kind="pin", story=herring)], desk)

    build(week)

    assert len(pinned.opened.issue.stories) == 5
    assert len(printed(week).stories) == 4
    assert herring in {story.id for story in printed(week).stories}


def test_a_dropped_story_keeps_its_place_from_others(week: Path, desk: EditingDesk):
    change(WEEK, [Wish(kind="drop", story=named(seen(desk), "flood").id)], desk)

    build(week)

    assert len(printed(week).stories) == 3


def test_what_was_brought_in_is_printed_at_the_next_build_as_it_was_read(
    week: Path, desk: EditingDesk
):
    herring = named(seen(desk), "herring")
    change(WEEK, [Wish(kind="pin", story=herring.id)], desk)
    before = {story.id: story for story in (*seen(desk).issue.stories, *_spare(desk))}

    build(week)

    after = (*printed(week).stories, *_spare(desk))
    told = [(one.headline, one.summary, one.articles) for one in after]
    assert told == [
        (one.headline, one.summary, one.articles) for one in (before[two.id] for two in after)
    ]
    assert len(herring.summary) > 1


def _spare(desk: EditingDesk) -> list[PrintedStory]:
    """Return the candidates, as an editor reads them."""
    return [one.story for one in seen(desk).candidates]


@pytest.mark.parametrize("is_rebuilt", [False, True])
def test_of_a_full_issue_the_reason_names_the_places_of_the_dropped(
    week: Path, desk: EditingDesk, capsys: pytest.CaptureFixture[str], *, is_rebuilt: bool
):
    change(WEEK, [Wish(kind="drop", story=named(seen(desk), "flood").id)], desk)
    if is_rebuilt:
        build(week)

    reasons = {one.reason for one in seen(desk).candidates}
    capsys.readouterr()
    assert run(["show", "-v", "--config", f"{week}/feeds.yaml", "--now", NOW.isoformat()]) == 0
    shown = capsys.readouterr().out

    full = "the issue was full (issue.stories is 4"
    assert f"{full}; 1 dropped by hand keeps its place)" in reasons
    assert f"{full})" not in reasons
    assert f": {full}; 1 dropped by hand keeps its place)" in shown
    assert f"{full})" not in shown


def test_a_merge_lets_no_other_story_in_and_undone_all_is_as_it_was(desk: EditingDesk):
    before = seen(desk)
    cranes, flood = named(before, "cranes").id, named(before, "flood").id

    merged = change(WEEK, [Wish(kind="merge", story=cranes, ids=(flood,))], desk).opened
    undone = undo(WEEK, later(desk, 240)).opened

    there = {story.id for story in before.issue.stories}
    assert len(merged.issue.stories) == len(there) - 1
    assert {story.id for story in merged.issue.stories} < there
    assert all("without it" in one.reason for one in merged.candidates[:1])
    assert headlines(undone) == headlines(before.issue)


def test_of_a_story_that_was_split_the_larger_part_stays_though_the_other_ranks_higher():
    desk = replace(NEWS, stories=1, sections=(("News", None),))
    first, second, third = stories(3)
    rest = replace(second, articles=(*second.articles, *third.articles), copies={"s2": "s1"})
    parts, built = rank([first, rest], desk, NOW), [("s2", "s1", "s0")]
    apart = Decision(kind="apart", article_id="s0", other_id="s2", at=NOW)

    split = as_built(built, [apart])(parts, desk)
    undone = as_built(built, [])(parts, desk)

    assert [one.story.id for one in split.chosen] == ["s0", "s1"]
    assert [one.story.id for one in undone.chosen] == ["s0"]


def test_of_a_story_that_fell_apart_where_none_ranks_one_stays():
    first, second, third = stories(3)
    desk = replace(NEWS, stories=1, sections=(("News", None),))

    left = as_built([("s1", "s2")], [])(rank([first, second, third], desk, NOW), desk)

    assert [one.story.id for one in left.chosen] == ["s1"]
