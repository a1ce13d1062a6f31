"""`newsletter status`: what comes next, what became of weeks, what ran, what is wrong."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsletter.cli.app import run
from newsletter.model import Claim, Event, EventKind, Visit
from newsletter.scheduler import owner
from newsletter.store import Store, open_store

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WEEK = "2026-W47"
YAML = """\
title: The Tide
timezone: Europe/Berlin
schedule: {publish: sunday 18:00, review: {window: 12h}}
notify: [{webhook: "https://hooks.example/secret"}]
sections:
  - name: World
    feeds: [{url: "https://feeds.example/rss", name: Harbour Post}]
"""

Asked = Callable[..., str]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store of a workspace of one feed."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "feeds.yaml").write_text(YAML)
    with open_store(f"sqlite:///{tmp_path / 'newsletter.db'}") as found:
        yield found


@pytest.fixture
def asked(store: Store, capsys: pytest.CaptureFixture[str]) -> Asked:
    """What `newsletter status` prints."""

    def ask(*arguments: str) -> str:
        assert run(["status", "--now", NOW.isoformat(), *arguments]) == 0
        return capsys.readouterr().out

    return ask


def became(store: Store, kind: EventKind, cause: str) -> None:
    store.note(Event(kind=kind, at=NOW - timedelta(hours=7), cause=cause, week=WEEK))


def claimed(store: Store, owner: str, beat_at: datetime) -> Claim:
    claim = store.claim("publish", WEEK, owner=owner, now=NOW, beat_at=beat_at, lease_s=15)
    assert claim
    return claim


def test_a_workspace_that_never_ran_says_when_what_is_due(asked: Asked, tmp_path: Path) -> None:
    lines = asked().splitlines()

    assert [line.split("  ")[-1] for line in lines[1:4]] == [
        "draft, due",
        "reminder, if nobody has approved it, in 2 h",
        "publication, in 5 h",
    ]
    assert "2026-W47  Sunday 2026-11-22 15:00 +01:00" in lines[2]
    assert lines[-2:] == [
        f"database  {tmp_path / 'newsletter.db'}",
        f"output    {tmp_path / 'dist'}",
    ]


def test_a_draft_is_shown_with_its_cause_and_what_can_be_done(store: Store, asked: Asked) -> None:
    became(store, "draft", "built for review")

    said = asked()

    assert "2026-W47  draft since 2026-11-22 06:00: built for review" in said
    assert "you can   newsletter preview 2026-W47\n          newsletter approve 2026-W47\n" in said


def test_an_old_week_offers_nothing_to_do(store: Store, asked: Asked) -> None:
    store.note(Event(kind="held", at=NOW, cause="nobody approved it", week="2026-W45"))

    assert "you can" not in asked()


def test_a_run_that_waits_says_why_and_for_what(store: Store, asked: Asked) -> None:
    claim = claimed(store, owner(), NOW)
    again = NOW + timedelta(minutes=4)
    store.end_run(claim, "waiting", now=NOW, cause="the disk is full", next_try=again)

    assert "publish 2026-W47  waiting, again from 13:04: the disk is full" in asked()


def test_who_is_at_work_is_named_with_the_last_sign_of_life(store: Store, asked: Asked) -> None:
    claimed(store, owner(), datetime.now(UTC))

    (held,) = json.loads(asked("--json"))["claims"]

    assert (held["job"], held["period"], held["alive"]) == ("publish", WEEK, True)
    assert "at work   publish 2026-W47" in asked()


def test_who_gave_no_sign_of_life_for_long_is_gone(store: Store, asked: Asked) -> None:
    claimed(store, "elsewhere", datetime.now(UTC) - timedelta(seconds=40))

    assert "elsewhere, last sign of life 40 s ago, gone" in asked()


def test_a_feed_that_fails_is_shown_with_its_reason(store: Store, asked: Asked) -> None:
    failing = Visit(
        url="https://feeds.example/rss",
        checked_at=NOW,
        failures=3,
        failing_since=NOW - timedelta(days=2),
        error="no answer within 30 s",
    )
    store.save_visits([failing])

    assert "feeds     failing: Harbour Post" in asked()
    assert "no answer within 30 s" in asked()


def test_a_message_that_was_lost_is_shown_without_its_secret(store: Store, asked: Asked) -> None:
    from newsletter.config import load
    from newsletter.notify import channels

    (channel,) = channels(load(Path("feeds.yaml")).settings.notify)
    store.note(Event(kind="draft", at=NOW, cause="", week=WEEK), channels=[channel.id])
    (notice,) = store.notices_due(NOW, most=1)
    store.settle_notice(notice, "failed", error="answered 404")

    said = asked()

    assert "messages  draft 2026-W47 to webhook hooks.example: did not arrive: answered 404" in said
    assert "secret" not in said


def test_json_holds_the_same(store: Store, asked: Asked) -> None:
    became(store, "draft", "built for review")

    said = json.loads(asked("--json"))

    assert said["next"] == {
        "issue": WEEK,
        "publish": "2026-11-22T17:00:00Z",
        "local": "2026-11-22T18:00:00+01:00",
        "draft": "2026-11-22T05:00:00Z",
        "remind": "2026-11-22T14:00:00Z",
        "gather": "2026-11-22T12:00:00Z",
    }
    assert said["weeks"][0]["state"] == "draft"
    assert said["commands"][1] == "newsletter approve 2026-W47"


def test_a_password_in_the_database_url_is_not_shown(
    store: Store, asked: Asked, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from newsletter.cli.status import database
    from newsletter.config import load

    monkeypatch.setenv("NEWSLETTER_DATABASE", "postgresql+psycopg://me:pass@host/tide")

    assert database(load(Path("feeds.yaml"))) == "postgresql+psycopg://me:***@host/tide"
