"""`newsletter init`: a workspace from nothing."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.cli.app import run
from newsletter.config import load
from newsletter.config.loading import read_settings
from newsletter.config.starting import fresh_files

OPML = """\
<opml version="2.0"><body>
<outline text="Sea"><outline text="The Gull" xmlUrl="https://gull.example/feed"/></outline>
<outline text="Loose" xmlUrl="https://loose.example/feed"/>
</body></opml>
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_fresh_workspace_is_a_good_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["init", "news", "--title", "The Tide: daily"]) == 0

    configuration = load(tmp_path / "news/feeds.yaml")
    assert configuration.settings.title == "The Tide: daily"
    assert [folder.path for folder in configuration.seed_folders] == ["seeds/"]
    assert (tmp_path / "news/seeds/README.md").is_file()
    assert "newsletter.db" in (tmp_path / "news/.gitignore").read_text()
    assert "newsletter build-issue" in capsys.readouterr().out


def test_its_first_issue_can_be_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    run(["init", "."])
    (tmp_path / "seeds/a.txt").write_text(
        "Night trains return\n\nTwo sleepers run to the coast again. They are full every night."
    )

    assert run(["build-issue", "--offline"]) == 0


def test_feeds_are_taken_from_another_program(tmp_path: Path):
    (tmp_path / "mine.opml").write_text(OPML)

    assert run(["init", "news", "--opml", "mine.opml"]) == 0

    feeds = load(tmp_path / "news/feeds.yaml").feeds
    assert [(feed.name, feed.section) for feed in feeds] == [("Loose", "News"), ("The Gull", "Sea")]


def test_where_there_is_a_configuration_nothing_is_touched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "feeds.yaml").write_text("title: mine\n")

    assert run(["init", "."]) == 1

    assert "is there already" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["feeds.yaml"]


def test_what_lies_there_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / ".gitignore").write_text("mine\n")

    assert run(["init", ".", "--json"]) == 0

    assert (tmp_path / ".gitignore").read_text() == "mine\n"
    assert json.loads(capsys.readouterr().out)["files"] == ["seeds/README.md", "feeds.yaml"]


def test_a_list_that_cannot_be_read_leaves_no_half_workspace(tmp_path: Path):
    assert run(["init", "news", "--opml", "none.opml"]) == 1

    assert not (tmp_path / "news").exists()


@given(st.text(min_size=1, max_size=40).filter(str.strip))
@settings(deadline=None)
def test_any_title_makes_a_good_configuration(title: str):
    title = title.encode("utf-8", "ignore").decode("utf-8") or "T"

    settings_ = read_settings(fresh_files(f"T{title}")["feeds.yaml"], "feeds.yaml")

    assert settings_.title == f"T{title}"
