"""A published issue stays as it is, unless its editor publishes it again."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import feedparser
import pytest
from desks import NOW, files

from newsletter.cli.app import run
from newsletter.issue import load
from newsletter.model import Event
from newsletter.store import open_store

WEEK = "2026-W47"
FOLDER = f"dist/{WEEK}"
LATER = "2026-11-24T09:00:00Z"


@pytest.fixture(scope="session")
def out(flood: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose week is published; tests work on copies of it."""
    folder = tmp_path_factory.mktemp("out")
    shutil.copytree(flood, folder, dirs_exist_ok=True)
    assert run(["publish", "--now", NOW, "--config", str(folder / "feeds.yaml")]) == 0
    return folder


@pytest.fixture
def week(out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace whose week is published."""
    shutil.copytree(out, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def events(workspace: Path) -> list[Event]:
    with open_store(f"sqlite:///{workspace}/newsletter.db") as store:
        return list(store.events(WEEK))


def change(workspace: Path, do: Callable[[Any], None]) -> None:
    path = workspace / FOLDER / "issue.json"
    data = json.loads(path.read_text())
    do(data)
    path.write_text(json.dumps(data, ensure_ascii=False))


def reheadline(data: Any) -> None:
    data["sections"][0]["stories"][0]["headline"] = "The mill stands"


def own_template(workspace: Path) -> None:
    (workspace / "templates").mkdir()
    (workspace / "templates" / "web.html.j2").write_text(
        '{% extends "package/web.html.j2" %}{% block footer %}<p>Ours</p>{% endblock %}'
    )


def publish(*more: str) -> int:
    return run(["publish", WEEK, "--now", LATER, *more])


def test_an_issue_says_when_it_was_published_and_so_does_the_history(week: Path):
    issue = load((week / FOLDER / "issue.json").read_text())

    (event,) = events(week)
    assert issue.published_at == event.at
    assert issue.published_at
    assert issue.published_at.isoformat() == "2026-11-20T12:00:00+00:00"
    assert issue.updated_at is None
    assert (event.kind, event.cause) == ("published", "published by hand")
    assert event.key == f"published:{WEEK}"
    assert event.details["stories"] == 1
    assert event.details["url"] == f"https://tide.example/{WEEK}/"


def test_a_published_issue_is_in_the_feeds_the_map_and_the_archive(week: Path):
    feed = feedparser.parse((week / "dist/feed.xml").read_bytes())

    assert not feed.bozo
    assert [entry.id for entry in feed.entries] == [f"https://tide.example/{WEEK}/index.html"]
    assert {path.name for path in (week / "dist").iterdir()} == {
        WEEK, "index.html", "latest.html", "feed.xml", "feed.json", "sitemap.xml"
    }  # fmt: skip


def test_publishing_it_again_changes_nothing(week: Path):
    before = files(week / "dist")

    assert publish() == 0

    assert files(week / "dist") == before
    assert len(events(week)) == 1


def test_publishing_it_again_puts_back_what_is_missing_and_nothing_else(
    week: Path, capsys: pytest.CaptureFixture[str]
):
    before = files(week / "dist")
    for name in ("email.html", "issue.json", "check.html"):
        (week / FOLDER / name).unlink()
    (week / "dist/feed.xml").unlink()
    (week / FOLDER / "issue.txt").write_text("mine")

    assert publish() == 0

    after = files(week / "dist")
    assert after.keys() == before.keys()
    assert after[f"{WEEK}/issue.txt"] == b"mine"
    assert {name for name in after if after[name] != before[name]} <= {
        f"{WEEK}/issue.txt", f"{WEEK}/check.html"
    }  # fmt: skip
    assert "put back as it was published: check.html, email.html, issue.json" in (
        capsys.readouterr().err
    )


def test_a_hand_on_a_published_issue_changes_nothing_and_is_told_the_way_on(
    week: Path, capsys: pytest.CaptureFixture[str]
):
    change(week, reheadline)
    before = files(week / "dist")

    assert publish() == 0

    said = capsys.readouterr().err
    assert "changed by hand since it was published" in said
    assert "story 1: headline" in said
    assert f"newsletter publish {WEEK} --republish" in said
    assert files(week / "dist") == before
    assert b"The mill stands" not in before["feed.xml"]


def test_republishing_takes_what_was_changed_by_hand_and_says_so(
    week: Path, capsys: pytest.CaptureFixture[str]
):
    change(week, reheadline)

    assert publish("--republish") == 0

    said = capsys.readouterr().err
    assert "changed by hand: story 1: headline" in said
    assert "files that changed: email.html, index.html, issue.eml, issue.md, issue.txt" in said
    issue = load((week / FOLDER / "issue.json").read_text())
    assert issue.updated_at
    assert issue.updated_at.isoformat() == "2026-11-24T09:00:00+00:00"
    (entry,) = feedparser.parse((week / "dist/feed.xml").read_bytes()).entries
    assert (entry.title, entry.updated) == ("Week 47: The mill stands", LATER)
    assert entry.published == NOW


def test_republishing_is_noted_with_what_changed(week: Path):
    change(week, reheadline)

    publish("--republish")

    first, event = events(week)
    assert (first.kind, event.kind, event.key) == ("published", "republished", None)
    assert event.cause.startswith("published again with story 1: headline changed by hand")
    assert event.details["changes"] == ["story 1: headline"]
    assert "index.html" in event.details["files"]  # type: ignore[operator]


def test_republishing_takes_todays_templates(week: Path, capsys: pytest.CaptureFixture[str]):
    own_template(week)

    assert publish("--republish", "--json") == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["issue"], told["changes"], told["files"]) == (WEEK, [], ["index.html"])
    assert "Ours" in (week / FOLDER / "index.html").read_text()
    assert events(week)[-1].cause == (
        "published again with other templates; files that changed: index.html"
    )


def test_republishing_what_has_not_changed_does_nothing(
    week: Path, capsys: pytest.CaptureFixture[str]
):
    before = files(week / "dist")

    assert publish("--republish") == 0

    assert "nothing has changed" in capsys.readouterr().err
    assert files(week / "dist") == before
    assert len(events(week)) == 1


def test_after_republishing_a_hand_is_no_news_any_more(
    week: Path, capsys: pytest.CaptureFixture[str]
):
    change(week, reheadline)
    publish("--republish")
    before = files(week / "dist")
    capsys.readouterr()

    assert publish() == 0

    assert "by hand" not in capsys.readouterr().err
    assert files(week / "dist") == before


def test_only_what_is_published_can_be_republished(
    built_week: Path, capsys: pytest.CaptureFixture[str]
):
    assert publish("--republish") == 1
    assert run(["publish", "--republish"]) == 1

    said = capsys.readouterr().err
    assert f"{WEEK} is not published" in said
    assert "no issue is published yet" in said
    assert not (built_week / "dist/feed.xml").exists()


def test_an_issue_that_is_none_any_more_is_not_republished(
    week: Path, capsys: pytest.CaptureFixture[str]
):
    (week / FOLDER / "issue.json").write_text("{")
    before = files(week / "dist")

    assert publish("--republish") == 1

    assert "issue.json:1: is no JSON" in capsys.readouterr().err
    assert files(week / "dist") == before


def test_render_changes_no_file_of_a_published_issue(
    week: Path, capsys: pytest.CaptureFixture[str]
):
    change(week, reheadline)
    before = files(week / "dist")

    assert run(["render", WEEK]) == 1

    said = capsys.readouterr().err
    assert "index.html" in said
    assert f"newsletter publish {WEEK} --republish" in said
    assert files(week / "dist") == before


def test_render_shows_what_a_published_issue_would_be(
    week: Path, capsysbinary: pytest.CaptureFixture[bytes]
):
    change(week, reheadline)

    assert run(["render", WEEK, "--format", "text"]) == 0

    assert b"The mill stands" in capsysbinary.readouterr().out


def test_render_puts_back_files_of_a_published_issue(week: Path):
    before = files(week / FOLDER)
    (week / FOLDER / "issue.txt").unlink()

    assert run(["render", WEEK]) == 0

    assert files(week / FOLDER)["issue.txt"] == before["issue.txt"]


def test_a_publication_that_was_cut_short_is_no_hand(
    built_week: Path, out: Path, capsys: pytest.CaptureFixture[str]
):
    for name, content in files(out / FOLDER).items():
        (built_week / FOLDER / name).write_bytes(content)

    assert publish() == 0

    assert "by hand" not in capsys.readouterr().err
    assert b'"published_at": "2026-11-24T09:00:00Z"' in files(built_week / FOLDER)["issue.json"]


def test_what_was_changed_by_hand_goes_out_with_an_issue_and_is_told(
    built_week: Path, capsys: pytest.CaptureFixture[str]
):
    change(built_week, reheadline)

    assert publish("--json") == 0

    captured = capsys.readouterr()
    assert json.loads(captured.out)["changes"] == ["story 1: headline"]
    assert "with what was changed by hand: story 1: headline" in captured.err


def test_words_by_hand_outlive_a_publication_that_was_cut_short(
    built_week: Path, capsys: pytest.CaptureFixture[str]
):
    change(built_week, reheadline)
    database = built_week / "newsletter.db"
    before = database.read_bytes()
    publish()
    database.write_bytes(before)  # as if it had been killed between the files and the rows
    capsys.readouterr()

    assert publish("--json") == 0

    assert json.loads(capsys.readouterr().out)["changes"] == ["story 1: headline"]
    assert load(files(built_week / FOLDER)["issue.json"]).stories[0].headline == "The mill stands"


def test_a_publication_that_fails_leaves_no_trace(
    built_week: Path, capsys: pytest.CaptureFixture[str]
):
    (built_week / "templates").mkdir()
    (built_week / "templates" / "feed.html.j2").write_text("{{ issue.nonsense }}")
    before = files(built_week / "dist")

    assert publish() == 1

    assert "templates/feed.html.j2:1" in capsys.readouterr().err
    assert files(built_week / "dist") == before
    assert events(built_week) == []
