"""Who leads: an order given since, and one taken back by a clock that was set back, both count."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from edited import base, drop, edited, lead, made, move, order, pin, reverted
from edited_weeks import headlines, printed
from hands import ran
from untouched import untouched_in

from newsletter.issue.editing import apply, version
from newsletter.model import Edit


def test_a_lead_that_is_moved_to_the_second_place_stands_there(
    tmp_path: Path, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
):
    week = untouched_in(tmp_path / "week", request, capsys)
    cranes, ferry = headlines(printed(week))["Coast"]

    ran(week, "edit", "--lead", "4")
    led = headlines(printed(week))
    ran(week, "edit", "--move", "1", "2")

    assert next(iter(led.values())) == [ferry, cranes]
    assert headlines(printed(week))["Coast"] == [cranes, ferry]


def test_so_does_one_that_is_moved_there_by_the_same_command(
    tmp_path: Path, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
):
    week = untouched_in(tmp_path / "week", request, capsys)
    cranes, ferry = headlines(printed(week))["Coast"]

    code = ran(week, "edit", "--lead", "4", "--move", "4", "2")

    assert code == 0
    assert headlines(printed(week))["Coast"] == [cranes, ferry]


def _set_back(edits: tuple[Edit, ...], number: int) -> tuple[Edit, ...]:
    """Return *edits* with the moment at which one was taken back before all of them."""
    long_ago = edits[0].at - timedelta(hours=1)
    return tuple(
        replace(one, reverted_at=long_ago) if one.number == number else one for one in edits
    )


def test_a_move_that_is_taken_back_goes_back_though_the_clock_was_set_back():
    edits = made(base(), move(story="c", place=1), move(story="b", place=3))
    assert order(apply(base(), edits))["Technology"] == ["c", "a", "b"]

    back = reverted(edits, 1)

    assert order(apply(base(), back))["Technology"] == ["a", "c", "b"]
    assert apply(base(), _set_back(back, 1)).issue == apply(base(), back).issue


def test_an_order_that_is_undone_and_brought_back_holds_no_move_that_was_taken_back():
    edits = made(base(), move(story="c", place=1), move(story="b", place=3))
    back = reverted(edits, 1)
    again = tuple(
        replace(one, changed=version(back) + 2) if one.number == 2 else one for one in back
    )

    assert apply(base(), again).issue == apply(base(), back).issue


def test_a_story_leads_again_where_the_one_that_took_its_place_is_dropped():
    found = edited(base(), lead(story="c"), lead(story="e"), drop(story="e"))

    assert [(one.edit.story, one.state) for one in found.effects if one.edit.kind == "lead"] == [
        ("c", "applied"),
        ("e", "waiting"),
    ]
    assert order(found) == {"Technology": ["c", "a", "b"], "Energy": ["d"]}
    assert [one.by_hand for one in found.issue.stories][:2] == [("lead",), ()]


def test_the_one_that_was_dropped_leads_once_it_comes_back():
    dropped = made(base(), lead(story="c"), lead(story="e"), drop(story="e"))

    for edits in (reverted(dropped, 3), made(base(), pin(story="e"), edits=dropped)):
        found = apply(base(), edits)

        assert order(found) == {"Energy": ["e", "d"], "Technology": ["a", "b", "c"]}
        assert [one.state for one in found.effects][:2] == ["overruled", "applied"]
