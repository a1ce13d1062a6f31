"""`newsletter render`: the same issue.json makes the same bytes, with no memory of it."""

import json
import shutil
from pathlib import Path

import pytest
from desks import FORMATS, NOW, files

from newsletter.cli.app import run


def test_an_issue_rendered_again_is_the_same_to_the_byte(built_week: Path):
    before = files(built_week / "dist")

    assert run(["render", "2026-W47", "--now", NOW]) == 0

    assert files(built_week / "dist") == before


def test_another_machine_needs_only_issue_json(built_week: Path, tmp_path: Path):
    before = files(built_week / "dist")
    other = tmp_path / "other"
    (other / "2026-W47").mkdir(parents=True)
    shutil.copy(built_week / "dist/2026-W47/issue.json", other / "2026-W47")
    (built_week / "newsletter.db").unlink()

    assert run(["render", "2026-W47", "--output", str(other), "--now", NOW]) == 0

    assert files(other) == before


def test_an_issue_that_was_deleted_comes_back(built_week: Path):
    before = files(built_week / "dist")
    shutil.rmtree(built_week / "dist")

    assert run(["render", "--now", NOW]) == 0

    assert files(built_week / "dist") == before


def test_one_format_goes_to_stdout_and_nothing_is_written(
    built_week: Path, capfdbinary: pytest.CaptureFixture[bytes]
):
    before = files(built_week / "dist")
    capfdbinary.readouterr()

    assert run(["render", "--format", "text", "--now", NOW]) == 0

    assert capfdbinary.readouterr().out == before["2026-W47/issue.txt"]
    assert files(built_week / "dist") == before


def test_markdown_comes_without_front_matter_if_wanted(built_week: Path):

    assert run(["render", "--no-front-matter", "--now", NOW]) == 0

    assert (built_week / "dist/2026-W47/issue.md").read_text().startswith("# The Tide\n")


def test_json_names_the_files(built_week: Path, capsys: pytest.CaptureFixture[str]):

    assert run(["render", "--json", "--now", NOW]) == 0

    told = json.loads(capsys.readouterr().out)
    assert told["issue"] == "2026-W47"
    assert {Path(name).name for name in told["files"]} == FORMATS | {"check.html"}
    assert told["check"]["errors"] == 0


def test_without_an_issue_it_says_how_to_build_one(
    workspace: Path, capsys: pytest.CaptureFixture[str]
):
    assert run(["render", "--now", NOW]) == 1

    assert "newsletter build-issue" in capsys.readouterr().err
