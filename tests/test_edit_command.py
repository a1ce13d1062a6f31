"""`newsletter edit`: a built issue is changed by hand, and printed anew at once."""

import json
from pathlib import Path

import pytest
from edited_weeks import WEEK, headlines, printed
from hands import ran
from untouched import untouched_in

from newsletter.issue import load

Capture = pytest.CaptureFixture[str]
FLOOD = "Flood reaches the old mill at Lowmere"
LIBRARY = "Library lends out its old laptops with the seats"
CRANES = "Port hands its night cranes to software"
FERRY = "Ferry sails on its own waste heat"


@pytest.fixture
def week(request: pytest.FixtureRequest, tmp_path: Path, capsys: Capture) -> Path:
    return untouched_in(tmp_path / "week", request, capsys)


def test_what_the_options_ask_for_is_done_and_printed(week: Path, capsys: Capture):
    code = ran(
        week, "edit", WEEK, "--drop", "2", "--headline", "1", "Mill under water",
        "--intro", "A *wet* week.", "--closing", "Bye.", "--note", "We erred.", "--because", "rain",
    )  # fmt: skip

    issue = printed(week)
    assert code == 0
    assert headlines(issue) == {"Town": ["Mill under water"], "Coast": [CRANES, FERRY]}
    assert (issue.intro, issue.closing, issue.note) == ("A *wet* week.", "Bye.", "We erred.")
    assert capsys.readouterr().out.splitlines()[:2] == [
        f"  1  dropped “{LIBRARY}”",
        f"  2  headline of “{FLOOD}”: “Mill under water”",
    ]


def test_options_are_followed_in_the_order_in_which_they_stand(week: Path):
    assert ran(week, "edit", "--section", "1", "Coast", "--move", "1", "1", "--drop", "2") == 0
    assert headlines(printed(week)) == {"Coast": [FLOOD, CRANES, FERRY]}


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (["--headline", "3", "Cranes"], "drop and headline"),
        (["--pin", "3"], "drop and pin"),
        (["--move", "3", "2"], "drop and move"),
    ],
)
def test_no_drop_is_lost_to_another_wish_for_the_same_story(
    week: Path, capsys: Capture, other: list[str], said: str
):
    assert ran(week, "edit", "--drop", "3", *other) == 1

    told = f"two wishes contradict each other: {said} of “{CRANES}”; ask for one of them"
    assert told in capsys.readouterr().err
    assert headlines(printed(week))["Coast"] == [CRANES, FERRY]


def test_two_headlines_of_one_story_are_refused(week: Path, capsys: Capture):
    code = ran(week, "edit", "--headline", "1", "Wet", "--headline", "1", "Dry", "--drop", "2")

    assert code == 1
    assert "two wishes contradict each other: headline of" in capsys.readouterr().err
    assert headlines(printed(week))["Town"] == [FLOOD, LIBRARY]


def test_stories_change_places_and_sections(week: Path):
    code = ran(week, "edit", "--move", "4", "1", "--section", "2", "coast", "--lead", "4")

    assert code == 0
    assert list(headlines(printed(week))) == ["Coast", "Town"]
    assert headlines(printed(week))["Coast"][0] == FERRY
    assert LIBRARY in headlines(printed(week))["Coast"]


def test_a_place_that_no_section_has_is_its_end_or_wrong_usage(week: Path, capsys: Capture):
    assert ran(week, "edit", "--move", "1", "9999") == 0
    before = printed(week)
    capsys.readouterr()

    assert ran(week, "edit", "--move", "1", "9" * 23) == 2

    assert "is not in the range 1<=x<=9999" in capsys.readouterr().err
    assert printed(week) == before


def test_the_words_of_a_summary_are_hers(week: Path):
    ran(week, "edit", "--summary", "1", "Stay dry.")

    story = printed(week).stories[0]
    assert ([one.text for one in story.summary], story.by) == (["Stay dry."], "editor")


def test_what_cannot_be_done_changes_nothing_at_all(week: Path, capsys: Capture):
    code = ran(week, "edit", "--drop", "1", "--section", "2", "Sea")

    assert code == 1
    assert "there is no section 'Sea'; sections: Town, Coast" in capsys.readouterr().err
    assert headlines(printed(week))["Town"] == [FLOOD, LIBRARY]


def test_json_tells_which_edits_were_made(week: Path, capsys: Capture):
    ran(week, "edit", "--drop", "1", "--json")

    told = json.loads(capsys.readouterr().out)
    assert (told["issue"], told["made"], told["edits"][0]["kind"]) == (WEEK, [1], "drop")
    assert told["edits"][0]["by"] == "Ida"


def test_one_way_of_changing_at_a_time(week: Path, capsys: Capture):
    assert ran(week, "edit", "--drop", "1", "--file", "kept.md") == 2
    assert "go one at a time" in capsys.readouterr().err


def test_an_issue_that_is_published_stays_as_it_is(week: Path, capsys: Capture):
    ran(week, "publish", WEEK)

    assert ran(week, "edit", WEEK, "--drop", "1") == 1
    assert "published" in capsys.readouterr().err


def _by_hand(week: Path, old: str, new: str) -> Path:
    file = week / "dist" / WEEK / "issue.json"
    file.write_text(file.read_text().replace(old, new))
    return file


def test_a_hand_changed_issue_is_taken_in_and_then_the_builds_own(week: Path, capsys: Capture):
    file = _by_hand(week, f'"headline": "{FLOOD}"', '"headline": "Mill under water"')

    assert ran(week, "edit", "--drop", "2") == 1
    assert "--import" in capsys.readouterr().err
    assert ran(week, "edit", "--import", str(file)) == 0
    assert ran(week, "edit", "--drop", "2") == 0
    assert headlines(printed(week))["Town"] == ["Mill under water"]


def test_a_hand_changed_copy_is_taken_in_too(week: Path, tmp_path: Path):
    text = (week / "dist" / WEEK / "issue.json").read_text()
    copy = tmp_path / "copy.json"
    copy.write_text(text.replace('"intro": ""', '"intro": "Hello."'))

    assert ran(week, "edit", "--import", str(copy)) == 0
    assert printed(week).intro == "Hello."


def test_what_no_edit_can_change_is_named_and_nothing_is_taken_in(week: Path, capsys: Capture):
    file = _by_hand(week, '"title": "The Tide"', '"title": "The Ebb"')
    before = file.read_bytes()

    assert ran(week, "edit", "--import", str(file)) == 1
    assert f"{file}: title: no edit can change this" in capsys.readouterr().err
    assert file.read_bytes() == before


@pytest.mark.parametrize("text", ["", "{", '{"version": 1}', "\x00"])
def test_a_file_that_is_no_issue_is_named(week: Path, tmp_path: Path, capsys: Capture, text: str):
    file = tmp_path / "odd.json"
    file.write_text(text)

    assert ran(week, "edit", "--import", str(file)) == 1
    assert str(file) in capsys.readouterr().err


def test_an_imported_issue_is_what_the_printed_one_becomes(week: Path):
    file = week / "dist" / WEEK / "issue.json"
    data = json.loads(file.read_text())
    town, coast = data["sections"]
    coast["stories"].insert(0, town["stories"].pop())
    data["closing"] = "See you."
    data["sponsor"] = {"name": "Ferry Co", "text": "Sail."}
    file.write_text(json.dumps(data))
    wanted = load(file.read_text())

    assert ran(week, "edit", "--import", str(file)) == 0
    assert headlines(printed(week)) == headlines(wanted)
    assert (printed(week).closing, printed(week).sponsor) == (wanted.closing, wanted.sponsor)
