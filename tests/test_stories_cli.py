"""`newsletter stories`: all stories of a week, and the editor's word on them."""

import json
from pathlib import Path
from shutil import copytree

import pytest
from desks import CONFIG, NOW, built, built_in

from newsletter.cli.app import run

TRAIN = """\
Night trains return to the Lowland line

Two sleepers a week link Velsum and the coast from May. Bicycles travel, cars do not.
"""
BAKERY = """\
Bakery wins a prize for its rye loaf

Judges tasted ninety breads and liked the crust of one from Harn. The oven is a century old.
"""
Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_in(tmp_path_factory.mktemp("week"), {"c.txt": TRAIN, "d.txt": BAKERY})


@pytest.fixture
def week(once: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built week: the flood, told by two, a train and a bakery."""
    folder = copytree(once, tmp_path / "week")
    monkeypatch.chdir(folder)
    capsys.readouterr()
    return folder


def listed(capsys: Capture) -> list[dict]:
    return json.loads(said(capsys, "stories", "list", "--json"))["stories"]


def found(capsys: Capture, word: str) -> dict:
    """The story that one of its articles names with *word*."""
    return next(
        story
        for story in listed(capsys)
        if any(word in article["title"] for article in story["articles"])
    )


def said(capsys: Capture, *arguments: str) -> str:
    capsys.readouterr()
    assert run(list(arguments)) == 0
    return capsys.readouterr().out


def refused(capsys: Capture, *arguments: str) -> str:
    capsys.readouterr()
    assert run(list(arguments)) == 1
    return capsys.readouterr().err


def test_all_stories_of_the_week_are_listed(week: Path, capsys: Capture):
    out = said(capsys, "stories", "list")

    assert "Night trains return" in out
    assert "Bakery wins" in out
    assert [line.split()[0] for line in out.splitlines()[1:]] == ["1", "2", "3"]


def test_a_story_that_is_not_printed_is_listed_with_the_reason(week: Path, capsys: Capture):
    (week / "feeds.yaml").write_text(CONFIG.replace("{max_age: 400d}", "{stories: 1}"))
    built()

    out = said(capsys, "stories", "list", "W47")

    assert "not chosen: the issue was full (issue.stories is 1)" in out
    assert [line.split()[0] for line in out.splitlines()[-2:]] == ["–", "–"]


def test_a_week_is_named_once(week: Path, capsys: Capture):
    assert run(["stories", "list", "W46", "--week", "W47"]) == 2


def test_merged_stories_stay_one_at_every_later_build(week: Path, capsys: Capture):
    train, bakery = found(capsys, "trains"), found(capsys, "Bakery")

    out = said(capsys, "stories", "merge", train["id"], bakery["id"])
    assert "takes effect at the next build: newsletter build-issue" in out
    built()
    (week / "seeds/e.txt").write_text("Fair opens\n\nA fair opened in Harn. It has nine rides.\n")
    built()

    assert found(capsys, "trains")["id"] == found(capsys, "Bakery")["id"]


def test_the_id_of_a_story_that_went_into_another_still_leads_to_it(week: Path, capsys: Capture):
    ids = [found(capsys, "trains")["id"], found(capsys, "Bakery")["id"]]
    said(capsys, "stories", "merge", *ids)
    built()

    whys = [json.loads(said(capsys, "why", id_, "--json")) for id_ in ids]

    assert whys[0]["id"] == whys[1]["id"]
    assert [bond["kind"] for bond in whys[0]["bonds"]] == ["editor"]


def test_an_article_that_was_split_off_stays_apart(week: Path, capsys: Capture):
    flood = found(capsys, "Flood")
    assert len(flood["articles"]) == 2

    out = said(capsys, "stories", "split", flood["id"], "2")
    assert "1 article" in out
    built()
    built()

    assert found(capsys, "Flood")["id"] != found(capsys, "Lowmere leaves")["id"]


def test_what_was_decided_is_taken_back(week: Path, capsys: Capture):
    flood = found(capsys, "Flood")
    said(capsys, "stories", "split", flood["id"], "2")
    built()

    assert "1 decision" in said(capsys, "stories", "reset", flood["id"])
    built()

    assert len(found(capsys, "Flood")["articles"]) == 2
    assert "nothing was decided" in said(capsys, "stories", "reset", flood["id"])


def test_stories_that_await_the_next_build_bear_a_star(week: Path, capsys: Capture):
    said(capsys, "stories", "merge", "2", "3")

    before = said(capsys, "stories", "list")
    built()
    after = said(capsys, "stories", "list")

    assert (before.count("*"), after.count("*")) == (2, 0)


def test_a_trial_run_decides_nothing(week: Path, capsys: Capture):
    out = said(capsys, "stories", "merge", "1", "2", "--dry-run")

    assert out.startswith("would be: ")
    assert not any(story["decided_since"] for story in listed(capsys))


def test_a_decision_is_told_in_json(week: Path, capsys: Capture):
    told = json.loads(said(capsys, "stories", "merge", "2", "3", "--json"))

    assert told["issue"] == "2026-W47"
    assert [kind for kind, _, _ in told["made"]] == ["together"]


def test_stories_of_a_published_issue_stay_as_they_are(week: Path, capsys: Capture):
    run(["publish", "--now", NOW])

    told = refused(capsys, "stories", "merge", "1", "2")

    assert "2026-W47 is published and stays as it is" in told


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["merge", "1", "9"], "no story '9' in this issue of 3"),
        (["merge", "1", "1"], "is one story already"),
        (["split", "1", "7"], "no article '7' in story"),
        (["split", "1", "1", "2"], "would be left without an article"),
        (["reset", ""], "STORY is empty"),
    ],
    ids=["unknown story", "one story twice", "unknown article", "all articles", "empty"],
)
def test_a_wrong_name_is_told_with_the_way_out(
    week: Path, capsys: Capture, arguments: list[str], message: str
):
    assert message in refused(capsys, "stories", *arguments)


def test_what_is_merged_and_what_is_split_off_is_named(week: Path, capsys: Capture):
    merged = said(capsys, "stories", "merge", "2", "3")
    split = said(capsys, "stories", "split", "1", "2")

    assert "Night trains return" in merged
    assert "Bakery wins" in merged
    assert len(split.splitlines()) == 2


def test_what_was_taken_back_bears_a_star_until_the_next_build(week: Path, capsys: Capture):
    said(capsys, "stories", "merge", "2", "3")
    built()
    said(capsys, "stories", "reset", "2")

    before = said(capsys, "stories", "list")
    built()
    after = said(capsys, "stories", "list")

    assert (before.count("*"), after.count("*")) == (1, 0)


def test_stories_that_are_out_wait_for_nothing(week: Path, capsys: Capture):
    said(capsys, "stories", "merge", "2", "3")
    run(["publish", "--now", NOW])

    assert "*" not in said(capsys, "stories", "list")


def test_a_merged_story_stays_one_as_new_articles_come(week: Path, capsys: Capture):
    said(capsys, "stories", "merge", "2", "3")
    built()
    whole = found(capsys, "trains")
    (week / "seeds/e.txt").write_text(TRAIN.replace("Two sleepers a week link", "Sleepers join"))
    built()

    grown = found(capsys, "Bakery")

    assert (grown["id"], len(grown["articles"])) == (whole["id"], 3)
