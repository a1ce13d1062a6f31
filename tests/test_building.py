"""An issue built from the command line: what lies there, which week it is, what does not return."""

import json
from pathlib import Path

import pytest
from desks import FORMATS, NOW, built, files

from newsletter.cli.app import run


def test_an_issue_lies_there_in_six_formats_with_its_archive(workspace: Path):
    assert built() == 0

    dist = workspace / "dist"
    assert {path.name for path in (dist / "2026-W47").iterdir()} == FORMATS | {"check.html"}
    assert {path.name for path in dist.iterdir()} == {"2026-W47", "index.html", "latest.html"}
    assert "2026-W47/index.html" in (dist / "latest.html").read_text()


def test_two_documents_on_one_event_are_one_story_with_two_sources(built_week: Path):
    issue = json.loads((built_week / "dist/2026-W47/issue.json").read_text())

    (story,) = issue["sections"][0]["stories"]
    assert {article["source"] for article in story["articles"]} == {
        "Flood reaches the old mill at Lowmere",
        "Harbour Post",
    }
    assert 2 <= len(story["summary"]) <= 4


def test_every_format_names_every_source(built_week: Path):
    for name in FORMATS - {"issue.eml"}:
        text = (built_week / "dist/2026-W47" / name).read_text()
        assert "Harbour Post" in text, name
        assert "https://harbour.example/flood" in text, name


def test_building_twice_gives_the_same_bytes(built_week: Path):
    first = files(built_week / "dist")

    built()

    assert files(built_week / "dist") == first


def test_json_tells_what_was_done(workspace: Path, capsys: pytest.CaptureFixture[str]):
    built("--json")

    told = json.loads(capsys.readouterr().out)
    assert told["issue"] == "2026-W47"
    assert Path(told["output"]) == workspace / "dist/2026-W47"
    assert {Path(name).name for name in told["files"]} == FORMATS | {"check.html"}
    assert told["feeds"] == []
    assert told["counts"]["stories"] == 1
    assert set(told["timings"]) >= {"gather", "stories", "summaries", "render"}


def test_another_folder_stands_for_dist(workspace: Path):
    built("--output", "elsewhere")

    assert (workspace / "elsewhere/2026-W47/issue.json").exists()
    assert not (workspace / "dist").exists()


def test_the_workspace_is_where_the_configuration_lies(
    workspace: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))

    assert built("--config", str(workspace / "feeds.yaml")) == 0
    assert (workspace / "dist/2026-W47/index.html").exists()


def test_the_issue_can_be_read_and_questioned_in_the_terminal(
    built_week: Path, capsys: pytest.CaptureFixture[str]
):
    assert run(["show"]) == 0
    shown = capsys.readouterr().out
    assert run(["why", "1", "--week", "W47", "--now", NOW]) == 0
    why = capsys.readouterr().out

    assert "Harbour Post, 19 Nov" in shown
    assert "tells the same as" in why
    assert "lowmere" in why.lower()


def test_a_published_issue_stays_and_its_articles_do_not_return(
    built_week: Path, capsys: pytest.CaptureFixture[str]
):
    assert run(["publish", "--now", NOW]) == 0

    assert built() == 1
    assert "published" in capsys.readouterr().err
    assert built("--week", "2026-W48") == 1
    assert "not one article" in capsys.readouterr().err
    issue = json.loads((built_week / "dist/2026-W47/issue.json").read_text())
    assert issue["status"] == "published"


def test_what_comes_after_publication_is_the_next_issue(built_week: Path):
    run(["publish", "--now", NOW])
    (built_week / "seeds/c.txt").write_text(
        "Night trains return to the Lowland line\n\nTwo sleepers a week link Lowmere and the"
        " coast from May. Tickets start at 49 crowns. Bicycles travel, cars do not.\n"
    )

    assert run(["build-issue", "--offline", "--now", "2026-11-24T12:00:00Z"]) == 0

    issue = json.loads((built_week / "dist/2026-W48/issue.json").read_text())
    headlines = [story["headline"] for part in issue["sections"] for story in part["stories"]]
    assert headlines == ["Night trains return to the Lowland line"]
    archive = (built_week / "dist/index.html").read_text()
    assert "2026-W47/" in archive
    assert "2026-W48/" not in archive


def test_an_issue_built_before_another_was_published_may_repeat_it_and_is_built_again(
    built_week: Path, capsys: pytest.CaptureFixture[str]
):
    run(["build-issue", "--offline", "--now", "2026-11-25T12:00:00Z"])

    assert run(["publish", "W47", "--now", NOW]) == 0
    assert run(["publish", "W48", "--now", NOW]) == 1

    assert "build it again: newsletter build-issue --week 2026-W48" in capsys.readouterr().err


def test_an_earlier_week_is_rebuilt_from_what_it_held(built_week: Path):
    before = json.loads((built_week / "dist/2026-W47/issue.json").read_text())
    later = "2026-11-25T09:00:00Z"

    assert run(["build-issue", "--offline", "--week", "W47", "--now", later]) == 0

    after = json.loads((built_week / "dist/2026-W47/issue.json").read_text())
    assert after["sections"] == before["sections"]
    assert (after["until"], after["generated_at"]) == (before["until"], later)


@pytest.mark.parametrize("week", ["2026-W30", "2027-W30"])
def test_a_week_nobody_has_data_for_says_so(
    workspace: Path, week: str, capsys: pytest.CaptureFixture[str]
):
    assert built("--week", week) == 1

    assert "nobody has data" in capsys.readouterr().err


def test_what_a_clock_set_back_stamps_into_a_built_window_is_the_next_issue(built_week: Path):
    late = built_week / "seeds/c.txt"
    late.write_text(
        "Night trains return to the Lowland line\n\nTwo sleepers a week link Lowmere and the"
        " coast from May. Tickets start at 49 crowns. Bicycles travel, cars do not.\n"
    )
    run(["gather", "--offline", "--now", "2026-11-19T12:00:00Z"])

    run(["publish", "--now", NOW])

    assert run(["build-issue", "--offline", "--now", "2026-11-24T12:00:00Z"]) == 0
    issue = json.loads((built_week / "dist/2026-W48/issue.json").read_text())
    headlines = [story["headline"] for part in issue["sections"] for story in part["stories"]]
    assert headlines == ["Night trains return to the Lowland line"]
