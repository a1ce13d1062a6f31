"""`newsletter why`: what an editor is told of a story, and of two."""

import json
from pathlib import Path
from shutil import copytree

import pytest
from desks import NOW, built, built_in

from newsletter.cli.app import run
from newsletter.cli.explaining import terms

TRAIN = "Night trains return\n\nTwo sleepers a week link Velsum and the coast. Bicycles travel.\n"
Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_in(tmp_path_factory.mktemp("week"), {"c.txt": TRAIN})


@pytest.fixture
def week(once: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built week: the flood, told by two, and a train."""
    folder = copytree(once, tmp_path / "week")
    monkeypatch.chdir(folder)
    capsys.readouterr()
    return folder


def said(capsys: Capture, *arguments: str) -> str:
    assert run(["why", *arguments]) == 0
    return capsys.readouterr().out


def listed(capsys: Capture) -> str:
    assert run(["stories", "list", "--all", "--json"]) == 0
    return capsys.readouterr().out


def test_shared_terms_are_told_with_their_weights(week: Path, capsys: Capture):
    out = said(capsys, "1")

    assert "shared: " in out
    assert "%" in out.split("shared: ")[1].splitlines()[0]


def test_every_line_fits_80_columns(week: Path, capsys: Capture):
    out = said(capsys, "1") + said(capsys, "2") + said(capsys, "1", "2")

    assert max(map(len, out.splitlines())) <= 80


def test_each_article_is_numbered_and_says_how_near_it_is(week: Path, capsys: Capture):
    out = said(capsys, "1")
    told = json.loads(said(capsys, "1", "--json"))

    assert all(article["id"] in out for article in told["articles"])
    assert all(article["to_story"] > 0 for article in told["articles"])
    assert "to the story" in out


def test_a_story_is_found_by_any_of_its_articles(week: Path, capsys: Capture):
    told = json.loads(said(capsys, "1", "--json"))

    other = [json.loads(said(capsys, one["id"], "--json")) for one in told["articles"]]

    assert [one["id"] for one in other] == [told["id"]] * 2


def test_two_stories_are_compared(week: Path, capsys: Capture):
    out = said(capsys, "1", "2")
    told = json.loads(said(capsys, "1", "2", "--json"))["compared"]

    assert out.startswith("two stories: similarity ")
    assert told["similarity"] < told["threshold"]


def test_an_article_is_compared_with_the_rest_of_its_story(week: Path, capsys: Capture):
    story = json.loads(said(capsys, "1", "--json"))
    member = next(one["id"] for one in story["articles"] if one["id"] != story["id"])

    told = json.loads(said(capsys, "1", member, "--json"))["compared"]

    assert told["same_story"]
    assert told["similarity"] > told["threshold"]


def test_a_story_is_not_compared_with_itself(week: Path, capsys: Capture):
    assert run(["why", "1", "1"]) == 1

    assert "is named twice" in capsys.readouterr().err


def test_what_the_editor_decided_on_two_stories_is_told(week: Path, capsys: Capture):
    story = json.loads(said(capsys, "1", "--json"))
    one, other = (article["id"] for article in story["articles"])
    run(["stories", "split", "1", "2"])
    built()
    capsys.readouterr()

    assert "the editor decided that they stand apart" in said(capsys, one, other)
    assert "kept apart by the editor" in said(capsys, one)


def test_a_decision_that_no_build_has_heeded_yet_says_so(week: Path, capsys: Capture):
    one, other = (article["id"] for article in json.loads(said(capsys, "1", "--json"))["articles"])
    run(["stories", "split", "1", "2"])
    capsys.readouterr()

    out = said(capsys, one, other)

    assert "stand apart, from the next build on: newsletter build-issue" in out


def test_of_what_is_not_alike_no_terms_are_told():
    unlike = {"score": 0.004, "terms": ["in"], "weights": [1.0]}

    assert list(terms(unlike)) == []
    assert list(terms({**unlike, "score": 0.2})) == ["    shared: in 100%"]


def test_a_repeat_says_what_it_repeats_and_what_was_looked_at(week: Path, capsys: Capture):
    run(["publish", "--now", NOW])
    (week / "seeds/d.txt").write_text(TRAIN.replace("Two sleepers a week link", "A week links"))
    assert run(["build-issue", "--offline", "--now", "2026-11-27T12:00:00Z"]) == 0
    capsys.readouterr()
    [repeat] = json.loads(listed(capsys))["stories"]

    out = said(capsys, repeat["id"])

    assert "not in the issue: told in 2026-W47, nothing new since" in out
    assert "2026-W47 (similarity " in out
    assert "looked at were the figures, names, days and words" in " ".join(out.split())
