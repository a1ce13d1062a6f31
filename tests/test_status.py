"""`newsletter status`: what comes next, what became of weeks, what ran, what is wrong."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsletter.cli.app import run
from newsletter.model import Built, Claim, Event, EventKind, Job, Status, Visit
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


def built(store: Store) -> None:
    store.save_issue(
        Built(
            id=WEEK,
            status=Status.DRAFT,
            since=None,
            until=NOW,
            content="{}",
            report="{}",
        )
    )


def done(store: Store, job: Job, period: str, *, ago: timedelta = timedelta(0)) -> None:
    beat_at = datetime.now(UTC) - ago
    claim = store.claim(job, period, owner=owner(), now=NOW, beat_at=beat_at, lease_s=15)
    assert claim
    store.end_run(claim, "done", now=NOW)


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
    built(store)
    became(store, "draft", "built for review")

    said = asked()

    assert "2026-W47  draft since 2026-11-22 06:00: built for review" in said
    assert "you can   newsletter preview 2026-W47\n          newsletter approve 2026-W47\n" in said


def test_a_week_that_is_not_built_offers_no_look_and_no_approval(
    store: Store, asked: Asked
) -> None:
    became(store, "held", "held by hand")

    commands = json.loads(asked("--json"))["commands"]

    assert commands == ["newsletter skip 2026-W47"]


def test_a_draft_that_is_built_is_done_and_not_due(store: Store, asked: Asked) -> None:
    became(store, "draft", "built for review")
    done(store, "draft", WEEK)

    said = asked()

    assert "draft, done at 2026-11-22 13:00" in said
    assert "draft, due" not in said
    assert "reminder, if nobody has approved it, in 2 h" in said
    assert json.loads(asked("--json"))["next"]["draft_done"] == "2026-11-22T12:00:00Z"


@pytest.mark.parametrize(
    ("state", "publication"),
    [
        ("approved", "  publication, in 5 h"),
        ("held", "  publication, if you approve it, in 5 h"),
        ("skipped", "  publication, skipped unless you approve it, in 5 h"),
    ],
)
def test_nobody_is_reminded_of_what_is_decided(
    store: Store, asked: Asked, state: EventKind, publication: str
) -> None:
    became(store, state, "by hand")

    said = asked()

    assert "reminder" not in said
    assert publication in said


def test_a_daemon_that_was_just_at_work_is_there(store: Store, asked: Asked) -> None:
    done(store, "gather", "2026-11-22T12:00:00Z", ago=timedelta(minutes=12, seconds=1))

    assert "daemon    last at work 12 min" in asked()
    assert json.loads(asked("--json"))["is_missing"] is False


def test_a_daemon_that_missed_two_rounds_is_asked_after(store: Store, asked: Asked) -> None:
    done(store, "gather", "2026-11-22T09:00:00Z", ago=timedelta(hours=3, seconds=1))

    said = json.loads(asked("--json"))

    assert "daemon    not seen for 3 h: is newsletter run running?" in asked()
    assert said["is_missing"] is True
    assert said["last_seen"] is not None


def test_a_daemon_that_never_ran_is_offered(asked: Asked) -> None:
    assert "daemon    never seen; newsletter run publishes" in asked()
    assert json.loads(asked("--json"))["last_seen"] is None


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

    assert re.search(r"elsewhere, last sign of life \d+ s ago, gone", asked())


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
    built(store)
    became(store, "draft", "built for review")

    said = json.loads(asked("--json"))

    assert said["next"] == {
        "issue": WEEK,
        "publish": "2026-11-22T17:00:00Z",
        "local": "2026-11-22T18:00:00+01:00",
        "draft": "2026-11-22T05:00:00Z",
        "remind": "2026-11-22T14:00:00Z",
        "gather": "2026-11-22T12:00:00Z",
        "draft_done": None,
        "remind_done": None,
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


def test_a_password_after_the_question_mark_is_not_shown(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newsletter.cli.status import database
    from newsletter.config import load

    monkeypatch.setenv("NEWSLETTER_DATABASE", "postgresql+psycopg:///tide?user=me&password=pass")

    assert database(load(Path("feeds.yaml"))) == "postgresql+psycopg:///tide"
