"""`newsletter why` says which parts of a story are by hand, by whom and when."""

import json
from pathlib import Path
from typing import Any

import pytest
from edited_weeks import desk_in, named
from hands import changed, edited_in, ran

from newsletter.pipeline.editing import opened

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    folder = edited_in(tmp_path_factory.mktemp("why") / "week", request)
    changed(folder, 51, "Ole", ("headline", "mill under", "Mill flooded"), why="plainer")
    return folder


@pytest.fixture
def story(week: Path, request: pytest.FixtureRequest) -> str:
    """The id of the story that a test names by words of its headline."""
    with desk_in(week) as desk:
        return named(opened(None, desk), request.param).id


def why(week: Path, capsys: Capture, *arguments: str) -> list[str]:
    capsys.readouterr()
    assert ran(week, "why", *arguments) == 0
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("story", ["mill flooded"], indirect=True)
def test_parts_by_hand_are_told_with_whose_and_when(week: Path, story: str, capsys: Capture):
    lines = why(week, capsys, story)

    begin = lines.index("by hand:")
    assert lines[0] == "Mill flooded"
    assert lines[begin + 1 : lines.index("", begin)] == [
        "  headline by Ida, 2026-11-20 14:00",
        "    overruled: edit 6 of Ole holds",
        "    headline of “Flood reaches the old mill at Lowmere”: “Mill under water”",
        "  summary by Ida, 2026-11-20 14:50",
        "    by hand: Stay dry.",
        "    Flood reaches the old mill at Lowmere: The river Aar rose by two metres on",
        "      Friday and reached the old mill at Lowmere.",
        "    what it was composed as stands below",
        "  headline by Ole, 2026-11-20 14:51, because: plainer",
        "    composed as: Flood reaches the old mill at Lowmere",
    ]


@pytest.mark.parametrize("story", ["library"], indirect=True)
def test_a_story_that_was_dropped_says_by_whom(week: Path, story: str, capsys: Capture):
    lines = why(week, capsys, story)

    assert "not in the issue: dropped by Ole" in lines
    assert "  left out by Ole, 2026-11-20 14:05, because: told last week" in lines


@pytest.mark.parametrize("story", ["court"], indirect=True)
def test_a_story_that_was_brought_in_says_what_spoke_against_it(
    week: Path, story: str, capsys: Capture
):
    lines = why(week, capsys, story)

    assert any(line.startswith("brought in by hand: ") for line in lines)
    assert "  pin by Ole, 2026-11-20 14:05, because: told last week" in lines
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("story", ["ferry"], indirect=True)
def test_a_story_that_nobody_touched_says_nothing_of_it(week: Path, story: str, capsys: Capture):
    assert "by hand:" not in why(week, capsys, story)


@pytest.mark.parametrize("story", ["library"], indirect=True)
def test_json_has_the_edits_of_the_story_each_with_its_part(
    week: Path, story: str, capsys: Capture
):
    told: dict[str, Any] = json.loads("\n".join(why(week, capsys, story, "--json")))

    assert (told["number"], told["not_chosen"]) == (None, "dropped by Ole")
    [drop] = told["by_hand"]
    assert (drop["part"], drop["by"], drop["number"], drop["state"]) == (
        "left out",
        "Ole",
        3,
        "applied",
    )


@pytest.mark.parametrize("story", ["mill flooded"], indirect=True)
def test_json_has_what_was_composed_beside_what_is_printed(week: Path, story: str, capsys: Capture):
    told: dict[str, Any] = json.loads("\n".join(why(week, capsys, story, "--json")))

    assert (told["headline"], told["number"], told["not_chosen"]) == ("Mill flooded", 1, None)
    assert told["composed"] == {
        "headline": "Flood reaches the old mill at Lowmere",
        "section": "Town",
    }
