"""`newsletter edits`: what was changed by hand is listed, taken back, brought back, carried on."""

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from edited_weeks import WEEK, a_copy, build, desk_in, headlines, named, printed
from hands import BERLIN, INTRO, changed, edited_in, ran

from newsletter.model import Wish
from newsletter.pipeline.editing import change, opened

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def week(request: pytest.FixtureRequest, tmp_path: Path, capsys: Capture) -> Path:
    """A week that Ida and Ole have changed."""
    found = edited_in(tmp_path / "week", request)
    capsys.readouterr()
    return found


@pytest.fixture
def fresh(tmp_path: Path, capsys: Capture) -> Path:
    """The same week elsewhere, that nobody has changed."""
    found = a_copy(tmp_path / "fresh", config=BERLIN)
    capsys.readouterr()
    return found


def listed(folder: Path, capsys: Capture) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert ran(folder, "edits", "--json") == 0
    rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["edits"]
    return rows


def refused(folder: Path, capsys: Capture, *arguments: str, code: int = 1) -> str:
    """Return what a command says that changes nothing."""
    before = listed(folder, capsys)
    assert ran(folder, "edits", *arguments) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert listed(folder, capsys) == before
    return said.err


def test_edits_are_numbered_lines_that_say_when_by_whom_and_what(week: Path, capsys: Capture):
    assert ran(week, "edits") == 0

    assert capsys.readouterr().out.splitlines() == [
        "  1  2026-11-20 14:00  Ida  headline of “Flood reaches the old mill at Lowmere”:",
        "                            “Mill under water”",
        "  2  2026-11-20 14:02  Ida  intro: “A wet week. Read on.”",
        "  3  2026-11-20 14:05  Ole  dropped “Library lends out its old laptops with the",
        "                            seats”",
        "                            because: told last week",
        "  4  2026-11-20 14:05  Ole  pinned “Court stops a landlord from scoring tenants”",
        "                            because: told last week",
        "  5  2026-11-20 14:50  Ida  summary of “Mill under water”: “Stay dry. The river",
        "                            Aar rose by two metres on Friday and reached the old",
        "                            mill a…”",
    ]


def test_an_issue_that_nobody_changed_says_how_to_change_it(fresh: Path, capsys: Capture):
    assert ran(fresh, "edits") == 0

    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"nothing was changed by hand in {WEEK}; to change it: newsletter e")


def test_what_became_of_each_is_said_below_it(week: Path, capsys: Capture):
    changed(week, 55, "Ole", ("headline", "mill under", "Mill flooded"))
    ran(week, "edits", "--revert", "2")
    capsys.readouterr()

    ran(week, "edits")

    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert "overruled: edit 6 of Ole holds" in lines
    assert "reverted by Ida, 2026-11-20 15:00" in lines


def test_json_has_each_edit_whole_with_its_state(week: Path, capsys: Capture):
    first, second, *_ = rows = listed(week, capsys)

    assert [row["number"] for row in rows] == [1, 2, 3, 4, 5]
    assert {row["state"] for row in rows} == {"applied"}
    assert (second["text"], second["by"], second["story"]) == (INTRO, "Ida", None)
    assert first["what"] == (
        "headline of “Flood reaches the old mill at Lowmere”: “Mill under water”"
    )
    assert first["came_to"] == first["story"]


def test_one_taken_back_is_printed_no_more_and_can_be_brought_back(week: Path, capsys: Capture):
    assert ran(week, "edits", WEEK, "--revert", "1") == 0
    back = capsys.readouterr()
    without = headlines(printed(week))["Town"][0]
    assert ran(week, "edits", WEEK, "--bring-back", "1") == 0

    assert back.out.startswith("  1  taken back: headline of “Flood reaches")
    assert back.err == f"{WEEK} is printed anew\n"
    assert without == "Flood reaches the old mill at Lowmere"
    assert headlines(printed(week))["Town"][0] == "Mill under water"


def test_undo_takes_back_what_one_did_last_oneself_and_redo_brings_it_back(
    week: Path, capsys: Capture
):
    changed(week, 55, "Ole", ("closing", "", "Bye."))

    assert ran(week, "edits", "--undo") == 0
    undone = capsys.readouterr().out
    assert ran(week, "edits", "--redo") == 0

    assert undone.startswith("  5  taken back: summary of “Mill under water”")
    assert [row["state"] for row in listed(week, capsys)] == ["applied"] * 6


def test_a_change_in_json_says_which_edits_it_made(week: Path, capsys: Capture):
    assert ran(week, "edits", "--undo", "--json") == 0

    answer = json.loads(capsys.readouterr().out)
    assert (answer["made"], answer["was_approved"], answer["version"]) == ([5], False, 6)
    assert answer["edits"][4]["reverted_by"] == "Ida"


def test_an_approved_issue_is_a_draft_again(week: Path, capsys: Capture):
    ran(week, "approve", WEEK)
    capsys.readouterr()

    ran(week, "edits", "--undo")

    assert f"{WEEK} was approved and is a draft again" in capsys.readouterr().err


def test_what_was_exported_makes_the_same_issue_elsewhere(
    week: Path, fresh: Path, tmp_path: Path, capsys: Capture
):
    file = str(tmp_path / "edits.yaml")

    assert ran(week, "edits", "--export", file) == 0
    assert ran(fresh, "edits", "--import", file) == 0

    assert printed(fresh).sections == printed(week).sections
    assert printed(fresh).intro == INTRO
    causes = [row["cause"] for row in listed(fresh, capsys)]
    assert causes[2] == "taken in from edits.yaml; made by Ole on 2026-11-20; told last week"


def test_taking_in_the_same_twice_changes_nothing(week: Path, tmp_path: Path, capsys: Capture):
    file = str(tmp_path / "edits.yaml")
    ran(week, "edits", "--export", file)
    before = listed(week, capsys)

    assert ran(week, "edits", "--import", file) == 0

    assert "nothing was changed" in capsys.readouterr().out
    assert listed(week, capsys) == before


def test_what_was_overruled_since_holds_again_when_it_is_taken_in(
    week: Path, tmp_path: Path, capsys: Capture
):
    file = str(tmp_path / "edits.yaml")
    ran(week, "edits", "--export", file)
    changed(week, 55, "Ole", ("headline", "mill under", "Mill flooded"))

    ran(week, "edits", "--import", file)

    assert headlines(printed(week))["Town"][0] == "Mill under water"
    assert [row["state"] for row in listed(week, capsys)][5:] == ["overruled", "applied"]


def test_an_edit_whose_story_is_not_there_waits_for_it(
    fresh: Path, tmp_path: Path, capsys: Capture
):
    file = tmp_path / "edits.yaml"
    edit = "kind: headline, at: '2026-11-20T13:00:00Z', by: Ole, story: abcdefghijkl, text: Gone"
    file.write_text(f"version: 1\nissue: {WEEK}\nedits: [{{{edit}}}]\n")

    assert ran(fresh, "edits", "--import", str(file)) == 0

    said = capsys.readouterr()
    assert said.out == "  1  headline of story abcdefghijkl: “Gone” (waiting)\n"
    assert "its story is not among those of this build" in said.err
    assert [row["state"] for row in listed(fresh, capsys)] == ["waiting"]


def test_a_merge_is_made_anew_elsewhere(week: Path, fresh: Path, tmp_path: Path, capsys: Capture):
    file = str(tmp_path / "edits.yaml")
    with desk_in(week, by="Ole", seconds=3400) as desk:
        now = opened(None, desk)
        ferry, port = (named(now, words).id for words in ("ferry sails", "port hands"))
        change(None, [Wish(kind="merge", story=ferry, ids=(port,))], desk)
    ran(week, "edits", "--export", file)

    assert ran(fresh, "edits", "--import", file) == 0

    assert listed(fresh, capsys)[-1]["state"] == "applied"
    assert headlines(printed(fresh)) == headlines(printed(week))


def test_a_merge_of_stories_that_are_not_there_waits_and_decides_nothing(
    fresh: Path, tmp_path: Path, capsys: Capture
):
    file = tmp_path / "edits.yaml"
    edit = "kind: merge, at: '2026-11-20T13:00:00Z', by: Ole, story: aaaaaaaaaaaa"
    order = "order: [made together aaaaaaaaaaaa bbbbbbbbbbbb 2026-11-20T13:00:00Z]"
    file.write_text(
        f"version: 1\nissue: {WEEK}\nedits: [{{{edit}, ids: [bbbbbbbbbbbb], {order}}}]\n"
    )

    assert ran(fresh, "edits", "--import", str(file)) == 0
    assert [row["state"] for row in listed(fresh, capsys)] == ["waiting"]
    assert ran(fresh, "edits", "--undo") == ran(fresh, "edits", "--redo") == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--revert", "9"], f"{WEEK} has no edit 9"),
        (["--redo"], "nothing of yours to bring back"),
        (["--import", "none.yaml"], "none.yaml: cannot be read: No such file"),
        (["W03"], "2026-W03 has not been built"),
    ],
    ids=["no such number", "nothing to redo", "no such file", "no such issue"],
)
def test_what_cannot_be_done_is_said_in_one_line(
    week: Path, capsys: Capture, arguments: list[str], said: str
):
    told = refused(week, capsys, *arguments)

    assert said in told
    assert told.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", "is no text in UTF-8"),
        (b"version: 7\n", "holds no edits of version 1"),
        (b"x" * 4_000_001, "is larger than 4,000,000 bytes"),
        (
            b"version: 1\nissue: 2026-W47\nedits: [{kind: intro, at: '2026-11-20T13:00:00Z',"
            b" by: Ole, text: " + b"x" * 10_001 + b"}]\n",
            "at most 10,000 characters, this one has 10,001",
        ),
    ],
    ids=["no text", "another version", "too large", "too long an intro"],
)
def test_a_file_that_cannot_be_taken_in_changes_nothing(
    week: Path, tmp_path: Path, capsys: Capture, content: bytes, said: str
):
    (tmp_path / "edits.yaml").write_bytes(content)

    assert said in refused(week, capsys, "--import", str(tmp_path / "edits.yaml"))


def test_two_things_are_not_asked_for_at_once(week: Path, capsys: Capture):
    told = refused(week, capsys, "--undo", "--revert", "1", code=2)

    assert "--revert and --undo cannot be had at once" in told


def test_a_published_issue_is_listed_and_stays_as_it_is(week: Path, capsys: Capture):
    assert ran(week, "publish", WEEK) == 0
    capsys.readouterr()

    ran(week, "edits")

    assert capsys.readouterr().err == f"{WEEK} is published: it stays as it is\n"
    assert f"{WEEK} is published and stays as it is" in refused(week, capsys, "--undo")


def test_what_is_taken_in_brings_a_story_in_that_ranks_too_low_to_be_at_hand(
    fresh: Path, tmp_path: Path, capsys: Capture
):
    dice = Random(47)
    for number in range(30):
        words = ("".join(dice.choices("aeioulmnrst", k=7)).capitalize() for _ in range(12))
        (fresh / f"seeds/town/{number}.txt").write_text(
            f"Place {next(words)}\n\n{'. '.join(words)}.\n"
        )
    build(fresh)
    with desk_in(fresh) as desk:
        near = {one.story.id for one in opened(None, desk).candidates}
    capsys.readouterr()
    ran(fresh, "stories", "list", "--all", "--json")
    far = json.loads(capsys.readouterr().out)["stories"][-1]["id"]
    file = tmp_path / "edits.yaml"
    edit = f"kind: pin, at: '2026-11-20T13:00:00Z', by: Ole, story: {far}"
    file.write_text(f"version: 1\nissue: {WEEK}\nedits: [{{{edit}}}]\n")

    assert ran(fresh, "edits", "--import", str(file)) == 0

    assert far not in near
    assert far in {story.id for story in printed(fresh).stories}
