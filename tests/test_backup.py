"""`newsletter backup` and `restore`, as an editor meets them."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from feed_desks import Asked

from newsletter.cli.app import run
from newsletter.config import load
from newsletter.model import Article, Event
from newsletter.wiring import store

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def remember(workspace: Path, *names: str) -> None:
    found = [
        Article(
            id=name,
            keys=(f"guid {name}",),
            title=f"Report {name}",
            text="The Aar rose.",
            source="Harbour Post",
            first_seen=NOW,
            origins=("https://harbour.example/feed",),
        )
        for name in names
    ]
    with store(load(workspace / "feeds.yaml")) as opened:
        opened.record(found)
        opened.note(Event(kind="skipped", at=NOW, week="2026-W46", cause="skipped by hand"))


def dumped(capsys: pytest.CaptureFixture[str]) -> dict[str, list[dict[str, object]]]:
    capsys.readouterr()
    assert run(["dump"]) == 0
    found: dict[str, list[dict[str, object]]] = json.loads(capsys.readouterr().out)
    return found


def titles(capsys: pytest.CaptureFixture[str]) -> list[object]:
    return [one["title"] for one in dumped(capsys)["articles"]]


def test_what_was_saved_is_brought_back_whole(built_week: Path, capsys: pytest.CaptureFixture[str]):
    before = dumped(capsys)

    assert run(["backup", "saved.db"]) == 0
    (built_week / "newsletter.db").unlink()
    assert run(["restore", "saved.db"]) == 0

    said = capsys.readouterr()
    assert "saved 2 articles, 1 issue (0 published), " in said.out
    assert "brought back 2 articles, 1 issue (0 published), " in said.out
    assert "lies in" not in said.err
    assert dumped(capsys) == before


def test_a_backup_is_not_written_over_unless_told(
    workspace: Path, capsys: pytest.CaptureFixture[str]
):
    remember(workspace, "a")
    (workspace / "saved.db").write_text("last year's")

    assert run(["backup", "saved.db"]) == 1

    assert "saved.db: is there already" in capsys.readouterr().err
    assert (workspace / "saved.db").read_text() == "last year's"
    assert run(["backup", "saved.db", "--force"]) == 0


def test_a_database_that_is_not_empty_is_replaced_only_when_told_and_is_kept(
    workspace: Path, capsys: pytest.CaptureFixture[str]
):
    remember(workspace, "a")
    assert run(["backup", "saved.db"]) == 0
    remember(workspace, "b")
    capsys.readouterr()

    assert run(["restore", "saved.db"]) == 1
    assert "--force" in capsys.readouterr().err
    assert titles(capsys) == ["Report a", "Report b"]

    assert run(["restore", "saved.db", "--force"]) == 0
    assert "newsletter.db.before-restore" in capsys.readouterr().err
    assert titles(capsys) == ["Report a"]
    shutil.copy(workspace / "newsletter.db.before-restore", workspace / "newsletter.db")
    assert titles(capsys) == ["Report a", "Report b"]


def test_what_is_no_backup_changes_nothing(workspace: Path, capsys: pytest.CaptureFixture[str]):
    remember(workspace, "a")
    (workspace / "letter.txt").write_text("Dear editor,")
    capsys.readouterr()

    assert run(["restore", "letter.txt", "--force"]) == 1
    assert run(["restore", "none.db", "--force"]) == 1

    said = capsys.readouterr().err.splitlines()
    assert "letter.txt" in said[0]
    assert "none.db: there is no such file" in said[1]
    assert titles(capsys) == ["Report a"]
    assert list(workspace.glob("*before-restore*")) == []


def test_both_answer_in_json(workspace: Path, told: Asked):
    remember(workspace, "a")

    saved = told("backup", "saved.db")
    restored = told("restore", "saved.db", "--force")

    assert (saved["articles"], saved["issues"], saved["published"]) == (1, 0, 0)
    assert saved["size"] == (workspace / "saved.db").stat().st_size
    assert saved["file"] == restored["file"] == str(workspace / "saved.db")
    assert restored["old_database"] == str(workspace / "newsletter.db.before-restore")


def test_a_server_is_saved_and_replaced_and_what_it_held_is_kept(
    workspace: Path,
    postgres_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    monkeypatch.setenv("NEWSLETTER_DATABASE", postgres_url)
    remember(workspace, "a")
    assert run(["backup", "saved.db"]) == 0
    remember(workspace, "b")

    assert run(["restore", "saved.db", "--force"]) == 0

    assert titles(capsys) == ["Report a"]
    monkeypatch.setenv("NEWSLETTER_DATABASE", "newsletter.db.before-restore")
    assert titles(capsys) == ["Report a", "Report b"]
