"""`newsletter history`: what happened to a week, when and why, and who was told."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from desks import CONFIG
from feed_desks import Asked

from newsletter.cli.app import run
from newsletter.config import load
from newsletter.model import Event, EventKind
from newsletter.wiring import store

MORNING = datetime(2026, 11, 22, 5, tzinfo=UTC)


@pytest.fixture
def berlin(workspace: Path) -> Path:
    (workspace / "feeds.yaml").write_text(CONFIG + "timezone: Europe/Berlin\n")
    return workspace


def note(
    workspace: Path,
    kind: EventKind,
    hours: int,
    cause: str,
    *,
    week: str | None = "2026-W47",
    channels: Iterable[str] = (),
) -> None:
    with store(load(workspace / "feeds.yaml")) as opened:
        event = Event(kind=kind, at=MORNING + timedelta(hours=hours), cause=cause, week=week)
        opened.note(event, channels=tuple(channels))


def history(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    capsys.readouterr()
    assert run(["history", *arguments]) == 0
    return capsys.readouterr().out.splitlines()


def test_a_week_is_told_newest_last_in_local_time(berlin: Path, capsys: pytest.CaptureFixture[str]):
    note(berlin, "draft", 0, "built for review: 12 stories")
    note(berlin, "approved", 3, "approved by hand: reads well")
    note(berlin, "skipped", 4, "skipped by hand", week="2026-W48")

    lines = history(capsys, "2026-W47")

    assert lines == [
        "2026-11-22 06:00  draft        built for review: 12 stories",
        "2026-11-22 09:00  approved     approved by hand: reads well",
    ]


def test_all_weeks_are_told_with_what_belongs_to_none(
    berlin: Path, capsys: pytest.CaptureFixture[str]
):
    note(berlin, "published", 12, "on time")
    note(berlin, "feeds", 14, "2 feeds fail", week=None)

    lines = history(capsys)

    assert lines == [
        "2026-W47  2026-11-22 18:00  published    on time",
        "          2026-11-22 20:00  feeds        2 feeds fail",
    ]


def test_it_says_how_each_event_was_told(berlin: Path, capsys: pytest.CaptureFixture[str]):
    note(berlin, "held", 0, "nobody approved it", channels=["a", "b", "c", "d", "e"])
    later = MORNING + timedelta(minutes=5)
    with store(load(berlin / "feeds.yaml")) as opened:
        a, b, c, d, _ = opened.notices_due(MORNING, most=9)
        for one in (a, b, c, d):
            opened.take_notice(one, beat_at=MORNING)
        opened.settle_notice(a, "sent")
        opened.settle_notice(b, "pending", error="HTTP 500", next_try=later)
        opened.settle_notice(c, "failed", error="no such host")
        opened.settle_notice(d, "unsure", error="cut off")

    lines = history(capsys, "W47", "--now", "2026-11-22T09:00:00Z")

    assert [line.strip() for line in lines[1:]] == [
        "a: told",
        "b: not told yet, tried again from 2026-11-22 06:05: HTTP 500",
        "c: not told, given up after 1 attempt: no such host",
        "d: may have been told or not, and is not told again: cut off",
        "e: not told yet",
    ]


def test_an_address_that_is_told_is_named_as_feeds_yaml_has_it(
    berlin: Path, capsys: pytest.CaptureFixture[str]
):
    text = (berlin / "feeds.yaml").read_text()
    notify = "smtp: {host: localhost}\nnotify: [{email: ida@tide.example}]\n"
    (berlin / "feeds.yaml").write_text(text + notify)
    note(berlin, "held", 0, "nobody approved it", channels=["email:ida@tide.example"])

    lines = history(capsys)

    assert "ida@tide.example" in lines[1]


def test_json_holds_events_state_and_notices(berlin: Path, told: Asked):
    note(berlin, "draft", 0, "built for review")
    note(berlin, "published", 12, "on time", channels=["command:0123abcd"])

    answer = told("history", "2026-W47")

    assert (answer["issue"], answer["state"]) == ("2026-W47", "published")
    first, last = answer["events"]
    assert (first["kind"], first["cause"], first["told"]) == ("draft", "built for review", [])
    assert (last["at"], last["local"]) == ("2026-11-22T17:00:00Z", "2026-11-22T18:00:00+01:00")
    assert last["told"] == [
        {
            "channel": "command:0123abcd",
            "label": "command:0123abcd",
            "state": "pending",
            "attempts": 0,
            "next_try": None,
            "error": "",
        }
    ]


def test_a_week_to_which_nothing_has_happened_says_so(
    berlin: Path, capsys: pytest.CaptureFixture[str]
):
    assert run(["history", "2026-W47"]) == 0

    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "nothing has happened to 2026-W47 yet\n"
