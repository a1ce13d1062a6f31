"""An issue whose summaries a language model writes, built from the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from desks import CONFIG, NOW, built
from llm_server import Endpoint, Talk, answers, fails, model_server

from newsletter.cli.app import run

KEY = "sk-lowmere-1911"
TOLD = "The Aar rose by two metres and reached the old mill at Lowmere."
NEXT = "Mayor Ida Holt said the dam upstream had held."
ISSUE = "dist/2026-W47/issue.json"


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOWMERE_KEY", KEY)


def ask(server: Endpoint, workspace: Path) -> None:
    (workspace / "feeds.yaml").write_text(
        f"{CONFIG}summaries:\n  backend: openai\n  base_url: {server.base_url}\n  model: tiny\n"
        "  api_key_env: LOWMERE_KEY\n"
    )


def tells(first: str) -> Talk:
    """Return the talk of a model that cites what it was shown on the houses and on the dam."""

    def reply(asked: dict[str, Any]) -> str:
        lines = asked["messages"][-1]["content"].splitlines()
        numbers = [
            next(line.partition("]")[0] for line in lines if words in line) + "]"
            for words in ("rose by two metres", "Forty people left", "dam upstream had held")
        ]
        return f"{first} {numbers[0]}{numbers[1]}\n{NEXT} {numbers[2]}"

    return answers(reply)


def test_a_summary_that_stands_the_check_is_printed_and_its_author_named(
    workspace: Path, key: None, capsys: pytest.CaptureFixture[str]
):
    with model_server(tells(TOLD)) as server:
        ask(server, workspace)

        assert built() == 0

    (story,) = json.loads((workspace / ISSUE).read_text())["sections"][0]["stories"]
    told = capsys.readouterr().out
    assert story["by"] == "llm"
    assert [one["text"] for one in story["summary"]] == [TOLD, NEXT]
    assert story["summary"][1]["cites"][0]["text"].endswith("said the dam upstream had held.")
    assert "1 by tiny; 1 call" in told
    assert KEY not in told


def test_a_lie_is_refused_and_the_editor_reads_why(
    workspace: Path, key: None, capsys: pytest.CaptureFixture[str]
):
    with model_server(tells(TOLD.replace("two", "nine"))) as server:
        ask(server, workspace)
        built()
    capsys.readouterr()

    assert run(["why", "1", "--now", NOW]) == 0

    (story,) = json.loads((workspace / ISSUE).read_text())["sections"][0]["stories"]
    told = " ".join(capsys.readouterr().out.split())
    assert story["by"] == "extractive"
    assert "the language model's summary was refused: a number" in told


def test_an_endpoint_that_fails_does_not_keep_an_issue_from_being_built(
    workspace: Path, key: None, capsys: pytest.CaptureFixture[str]
):
    with model_server(fails("401 Unauthorized")) as server:
        ask(server, workspace)

        assert built("--json") == 0

    found = json.loads(capsys.readouterr().out)
    assert found["writing"]["accepted"] == 0
    assert "refused us (401)" in found["writing"]["refused"][0][1]


def test_without_its_key_nothing_is_built_and_the_variable_named(
    workspace: Path, capsys: pytest.CaptureFixture[str]
):
    with model_server(tells(TOLD)) as server:
        ask(server, workspace)

        assert built() == 2

    assert "the environment variable LOWMERE_KEY is not set" in capsys.readouterr().err
    assert server.asked == []
