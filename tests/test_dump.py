"""`newsletter dump`: the same memory prints the same, whoever worked on it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsletter.cli.app import run
from newsletter.config import load
from newsletter.model import Article, Event
from newsletter.wiring import store

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def article(name: str) -> Article:
    return Article(
        id=name,
        keys=(f"guid {name}",),
        title=f"Report {name}",
        text="The Aar rose.",
        source="Harbour Post",
        first_seen=NOW,
        origins=("https://harbour.example/feed",),
    )


def dumped(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    assert run(["dump", *arguments]) == 0
    return capsys.readouterr().out


def test_it_prints_what_is_remembered_as_json(workspace: Path, capsys: pytest.CaptureFixture[str]):
    with store(load(workspace / "feeds.yaml")) as opened:
        opened.record([article("a")])
        opened.note(Event(kind="skipped", at=NOW, week="2026-W47", cause="skipped by hand"))

    remembered = json.loads(dumped(capsys))

    assert [one["title"] for one in remembered["articles"]] == ["Report a"]
    assert [one["cause"] for one in remembered["events"]] == ["skipped by hand"]


def test_the_order_in_which_articles_came_does_not_show(
    workspace: Path, capsys: pytest.CaptureFixture[str]
):
    texts = []
    for names in ("abc", "cab"):
        with store(load(workspace / "feeds.yaml")) as opened:
            for name in names:
                opened.record([article(name)])
        texts.append(dumped(capsys, "--json"))
        (workspace / "newsletter.db").unlink()

    assert texts[0] == texts[1]


def test_who_did_the_work_and_how_often_it_was_tried_does_not_show(
    workspace: Path, capsys: pytest.CaptureFixture[str]
):
    texts = []
    for owner, tries in (("one", 1), ("two", 2)):
        with store(load(workspace / "feeds.yaml")) as opened:
            for number in range(tries):
                claim = opened.claim(
                    "publish",
                    "2026-W47",
                    owner=owner,
                    now=NOW,
                    beat_at=NOW + timedelta(minutes=number),
                    lease_s=15,
                )
                assert claim
            opened.end_run(claim, "done", now=NOW)
        texts.append(dumped(capsys))
        (workspace / "newsletter.db").unlink()

    assert texts[0] == texts[1]
