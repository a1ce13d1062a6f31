"""What a person changed in issue.json is not written over, and goes out if she wants it to."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from desks import NOW, built

from newsletter.cli.app import run
from newsletter.pipeline import build

ISSUE = "dist/2026-W47/issue.json"
HEADLINE = "The mill stands"


def change(workspace: Path, do: Callable[[dict], None]) -> None:
    data = json.loads((workspace / ISSUE).read_text())
    do(data)
    (workspace / ISSUE).write_text(json.dumps(data, ensure_ascii=False))


def reheadline(data: dict) -> None:
    data["sections"][0]["stories"][0]["headline"] = HEADLINE


def test_a_build_stops_at_a_changed_issue_and_names_the_ways_on(
    built_week: Path, capsys: pytest.CaptureFixture[str]
):
    change(built_week, reheadline)
    before = (built_week / ISSUE).read_text()
    capsys.readouterr()

    assert built() == 1

    said = capsys.readouterr().err
    assert "changed by hand" in said
    assert "headline" in said
    assert f"newsletter edit 2026-W47 --import {built_week / ISSUE}" in said
    assert "--discard" in said
    assert (built_week / ISSUE).read_text() == before


def test_a_build_that_discards_writes_its_own_issue(built_week: Path):
    change(built_week, reheadline)

    assert built("--discard") == 0

    assert HEADLINE not in (built_week / ISSUE).read_text()


def test_another_layout_of_the_same_values_is_no_change(built_week: Path):
    change(built_week, lambda data: None)

    assert built() == 0


def test_render_prints_what_was_changed_and_leaves_issue_json_alone(built_week: Path):
    change(built_week, reheadline)
    before = (built_week / ISSUE).read_bytes()

    assert run(["render", "--now", NOW]) == 0

    assert HEADLINE in (built_week / "dist/2026-W47/index.html").read_text()
    assert (built_week / ISSUE).read_bytes() == before


def test_publish_publishes_what_was_changed_and_says_so(
    built_week: Path, capsys: pytest.CaptureFixture[str]
):
    change(built_week, reheadline)

    assert run(["publish", "--now", NOW]) == 0

    assert "changed by hand" in capsys.readouterr().err
    assert run(["show", "--json", "--now", NOW]) == 0
    story = json.loads(capsys.readouterr().out)["sections"][0]["stories"][0]
    assert story["headline"] == HEADLINE


def test_publish_refuses_an_issue_that_was_moved_to_another_week(
    built_week: Path, capsys: pytest.CaptureFixture[str]
):
    change(built_week, lambda data: data.update(id="2026-W48"))

    assert run(["publish", "--now", NOW]) == 1

    assert "stay as they were built" in capsys.readouterr().err


def test_nonsense_is_named_by_line_and_key(built_week: Path, capsys: pytest.CaptureFixture[str]):
    text = (built_week / ISSUE).read_text().replace('"score": ', '"score": "high", "scor": ')
    (built_week / ISSUE).write_text(text)
    line = text[: text.index('"score"')].count("\n") + 1

    assert run(["render", "--now", NOW]) == 1

    assert f"issue.json:{line}: sections[0].stories[0].score" in capsys.readouterr().err


def test_what_is_written_while_a_build_composes_is_not_lost(
    built_week: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    composed = build.compose

    def while_she_writes(*arguments: Any, **named: Any) -> Any:
        change(built_week, reheadline)
        return composed(*arguments, **named)

    monkeypatch.setattr(build, "compose", while_she_writes)

    assert built() == 1

    assert "changed by hand" in capsys.readouterr().err
    assert HEADLINE in (built_week / ISSUE).read_text()
