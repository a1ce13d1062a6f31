"""An issue.json that was never remembered is taken in, and what others did since stays."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from manuscripts import Desk, base, told

from newsletter.issue import dump
from newsletter.issue.hand_changes import wishes_of
from newsletter.model import Wish

START = Desk(base())
HEADLINE = Wish(kind="headline", story="tale0", text="Cranes")
TECHNOLOGY, ENERGY = "Technology", "Energy & climate"


def taken_in(found: Desk, now: Desk) -> Desk:
    """Return what becomes of *now* as the issue.json of *found* is taken in."""
    return now.changed(wishes_of(dump(found.opened.issue), now.opened.issue, now.opened))


def order(desk: Desk) -> dict[str, list[str]]:
    return {part.name: [one.id for one in part.stories] for part in desk.opened.issue.sections}


@pytest.mark.parametrize(
    "since",
    [
        [Wish(kind="pin", story="tale6"), Wish(kind="move", story="tale2", place=1)],
        [Wish(kind="drop", story="tale1")],
        [Wish(kind="lead", story="tale3")],
        [Wish(kind="section", story="tale4", section="Science", place=1)],
        [Wish(kind="headline", story="tale5", text="Weather"), Wish(kind="drop", story="tale3")],
    ],
    ids=["brought in and moved", "dropped", "led", "put elsewhere", "written on"],
)
def test_what_others_did_since_stays(since: Sequence[Wish]):
    now = START.changed(since, by="Bob")

    after = taken_in(START.changed([HEADLINE]), now)

    assert order(after) == order(now)
    assert {one.id: one.headline for one in after.opened.issue.stories}["tale0"] == "Cranes"


@pytest.mark.parametrize(
    "lost",
    [
        [Wish(kind="drop", story="tale1"), HEADLINE],
        [Wish(kind="move", story="tale2", place=1)],
        [Wish(kind="section", story="tale1", section=ENERGY, place=2)],
        [Wish(kind="section", story="tale1", section="Science", place=1)],
        [Wish(kind="lead", story="tale4")],
        [Wish(kind="move", story="tale6", place=1), Wish(kind="drop", story="tale3")],
    ],
    ids=["dropped", "moved", "put elsewhere", "put alone", "led", "brought in"],
)
def test_what_was_done_in_there_is_done_where_nothing_was_done_since(lost: Sequence[Wish]):
    found = START.changed(lost)

    after = taken_in(found, START)

    assert order(after) == order(found)


def test_what_was_placed_in_there_stands_behind_what_it_stands_behind_there():
    found = START.changed([Wish(kind="move", story="tale0", place=2)])
    now = START.changed([Wish(kind="move", story="tale1", place=3)], by="Bob")

    after = taken_in(found, now)

    assert order(now)[TECHNOLOGY] == ["tale0", "tale2", "tale1"]
    assert order(after)[TECHNOLOGY] == ["tale2", "tale1", "tale0"]


def test_a_drop_in_there_is_told_from_what_somebody_brought_back_since():
    dropped = START.changed([Wish(kind="drop", story="tale3")])
    found = dropped.changed([Wish(kind="drop", story="tale4")])
    (drop,) = dropped.edits
    now = replace(dropped, edits=(replace(drop, reverted_at=drop.at, changed=2),))

    after = taken_in(found, now)

    assert order(after)[ENERGY] == ["tale3"]


def test_of_another_build_what_it_leaves_out_was_not_dropped():
    found = START.changed([Wish(kind="drop", story="tale1"), HEADLINE])
    built_again = replace(
        START.base,
        issue=replace(START.base.issue, generated_at=START.base.issue.publishes_at),
    )

    after = taken_in(found, Desk(built_again))

    assert order(after) == order(START)


def test_a_text_that_was_known_here_does_not_come_back():
    intro = Wish(kind="intro", text="Hello.")
    summary = Wish(kind="summary", story="tale1", text="Keys move. Nobody minds.")
    known = START.changed([HEADLINE, intro, summary])
    found = known.changed([Wish(kind="headline", story="tale2", text="Court")])
    now = known.changed(
        [
            replace(HEADLINE, text="Cranes by night"),
            replace(intro, text="Good evening."),
            replace(summary, text="Keys stay."),
        ],
        by="Bob",
    )

    wishes = wishes_of(dump(found.opened.issue), now.opened.issue, now.opened)

    assert told(wishes) == [("headline", "tale2", "Court")]


def test_a_story_that_was_known_here_and_dropped_since_comes_in_for_a_new_text_alone():
    known = START.changed([Wish(kind="pin", story="tale6"), Wish(kind="pin", story="tale5")])
    found = known.changed([Wish(kind="headline", story="tale5", text="Weather")])
    dropped = [Wish(kind="drop", story="tale6"), Wish(kind="drop", story="tale5")]

    after = taken_in(found, known.changed(dropped, by="Bob"))

    assert "tale6" not in order(after)[TECHNOLOGY]
    assert order(after)["Science"] == ["tale5"]
