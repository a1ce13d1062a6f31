"""`newsletter approve`, `hold` and `skip`, as an editor meets them."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from desks import CONFIG, NOW, built
from feed_desks import Asked

from newsletter.cli.app import run
from newsletter.config import load
from newsletter.wiring import store

AFTER = "2026-11-23T09:00:00Z"  # the Monday after the instant


def state(workspace: Path) -> str | None:
    with store(load(workspace / "feeds.yaml")) as opened:
        known = opened.week_state("2026-W47")
    return known[0] if known else None


def test_approve_says_what_is_approved_when_it_goes_out_and_how_to_have_it_at_once(
    built_week: Path, capsys: pytest.CaptureFixture[str]
):
    (built_week / "feeds.yaml").write_text(CONFIG + "timezone: Europe/Berlin\n")
    capsys.readouterr()

    assert run(["approve", "--now", NOW]) == 0

    said = capsys.readouterr()
    assert said.out == (
        "2026-W47 is approved, 1 headline; newsletter run publishes it on"
        " Sunday 2026-11-22 18:00 +01:00 (2026-11-22 17:00 UTC)\n"
    )
    assert "newsletter publish 2026-W47" in said.err
    assert state(built_week) == "approved"


def test_an_issue_approved_after_its_instant_goes_out_at_the_next_tick(
    built_week: Path, capsys: pytest.CaptureFixture[str]
):
    capsys.readouterr()

    assert run(["approve", "--now", AFTER]) == 0

    assert "at its next tick" in capsys.readouterr().out


def test_approving_names_the_problems_and_what_was_changed_by_hand(
    built_week: Path, capsys: pytest.CaptureFixture[str]
):
    path = built_week / "dist/2026-W47/issue.json"
    data = json.loads(path.read_text())
    data["problems"] = ["nobody has read it"]
    data["sections"][0]["stories"][0]["headline"] = "The mill stands"
    path.write_text(json.dumps(data))
    capsys.readouterr()

    assert run(["approve", "--now", NOW]) == 0

    said = capsys.readouterr().err
    assert "problem: nobody has read it" in said
    assert "changed by hand: " in said
    assert "headline" in said


def test_approving_twice_is_no_fault(built_week: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["approve", "--now", NOW]) == 0
    capsys.readouterr()

    assert run(["approve", "2026-W47", "--now", NOW]) == 0

    assert "2026-W47 is approved already" in capsys.readouterr().out


def test_what_is_not_built_is_not_approved(workspace: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["approve", "--now", NOW]) == 1

    assert "newsletter build-issue" in capsys.readouterr().err


def test_hold_says_what_becomes_of_the_articles(
    built_week: Path, capsys: pytest.CaptureFixture[str]
):
    capsys.readouterr()

    assert run(["hold", "--now", NOW, "--because", "the mayor resigned"]) == 0

    said = capsys.readouterr().out
    assert "2026-W47 is held: it is not published until you approve it" in said
    assert "2026-W48" in said
    assert state(built_week) == "held"


def test_a_week_can_be_skipped_before_anything_is_built(
    workspace: Path, capsys: pytest.CaptureFixture[str]
):
    assert run(["skip", "--now", NOW]) == 0

    assert capsys.readouterr().out == (
        "2026-W47 is skipped: its articles go into the next issue, 2026-W48\n"
    )
    assert state(workspace) == "skipped"


def test_each_word_answers_in_json(built_week: Path, told: Asked):
    skipped = told("skip", "--now", NOW, "--because", "holidays")
    approved = told("approve", "W47", "--now", NOW)
    again = told("approve", "W47", "--now", NOW)

    assert (skipped["issue"], skipped["state"], skipped["changed"]) == (
        "2026-W47",
        "skipped",
        True,
    )
    assert skipped["cause"] == "skipped by hand: holidays"
    assert (approved["state"], approved["stories"], approved["problems"]) == ("approved", 1, [])
    assert approved["publishes_at"] == "2026-11-22T18:00:00Z"
    assert again["changed"] is False


def test_a_week_that_is_none_is_wrong_usage(workspace: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["hold", "sunday", "--now", NOW]) == 2

    assert "write it as 2026-W47" in capsys.readouterr().err


@pytest.mark.parametrize(("word", "said"), [("hold", "held"), ("skip", "skipped")])
def test_what_is_not_to_go_out_is_published_by_hand_only_once_it_is_approved(
    built_week: Path, capsys: pytest.CaptureFixture[str], word: str, said: str
):
    assert run([word, "--now", NOW]) == 0

    assert run(["publish", "--now", NOW]) == 1

    assert f"2026-W47 is {said}; if it is to go out" in capsys.readouterr().err
    assert state(built_week) == said
    assert run(["approve", "W47", "--now", NOW]) == 0
    assert run(["publish", "--now", NOW]) == 0


def test_what_is_published_is_not_held(built_week: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["publish", "--now", NOW]) == 0

    assert run(["hold", "--now", NOW]) == 1

    assert "is published and cannot be held" in capsys.readouterr().err


def test_building_an_approved_issue_again_puts_it_back_to_draft_and_says_so(
    built_week: Path, capsys: pytest.CaptureFixture[str]
):
    assert run(["approve", "--now", NOW]) == 0
    capsys.readouterr()

    assert built() == 0

    assert (
        "2026-W47 was approved; built again, it is a draft: newsletter approve 2026-W47"
        in capsys.readouterr().err
    )
    assert state(built_week) == "draft"


def test_building_a_held_issue_leaves_it_held_and_says_so(
    built_week: Path, capsys: pytest.CaptureFixture[str]
):
    assert run(["hold", "--now", NOW]) == 0
    capsys.readouterr()

    assert built() == 0

    assert "2026-W47 was held and does not go out" in capsys.readouterr().err
    assert state(built_week) == "held"


def test_a_build_that_fails_leaves_the_approval(built_week: Path):
    assert run(["approve", "--now", NOW]) == 0
    issue = built_week / "dist/2026-W47/issue.json"
    issue.write_text(issue.read_text().replace("Lowmere", "Highmere"))

    assert built() == 1

    assert state(built_week) == "approved"


def test_a_build_by_hand_is_a_draft_where_drafts_are_reviewed(workspace: Path):
    (workspace / "feeds.yaml").write_text(CONFIG + "schedule: {review: {window: 12h}}\n")

    assert built() == 0

    with store(load(workspace / "feeds.yaml")) as opened:
        (event,) = opened.events()
        assert opened.notices(most=9) == ()
    assert (event.kind, event.cause) == ("draft", "built by hand")
    assert event.at == datetime.fromisoformat(NOW).astimezone(UTC)
    assert event.details["stories"] == 1
    assert event.details["unless_approved"] == "hold"
    assert str(event.details["check"]).endswith("dist/2026-W47/check.html")


def test_whoever_is_to_be_told_is_told_at_once(
    built_week: Path, capsys: pytest.CaptureFixture[str]
):
    notify = "notify: [{command: [tee, told.json]}]\n"
    (built_week / "feeds.yaml").write_text(CONFIG + notify)

    assert run(["hold", "--now", NOW, "--because", "the mayor resigned"]) == 0

    assert "the mayor resigned" in (built_week / "told.json").read_text()
    assert "told: held 2026-W47" in capsys.readouterr().err


def test_what_was_noted_stands_though_nobody_could_be_told(
    built_week: Path, capsys: pytest.CaptureFixture[str]
):
    (built_week / "feeds.yaml").write_text(CONFIG + 'notify: [{command: ["false"]}]\n')
    capsys.readouterr()

    assert run(["approve", "--now", NOW]) == 0

    assert "not told yet" in capsys.readouterr().err
    assert state(built_week) == "approved"
    assert run(["history", "--now", NOW]) == 0
    assert "not told yet, tried again from 2026-11-20 12:01" in capsys.readouterr().out
