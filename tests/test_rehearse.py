"""The preview composes what a build would, and leaves no trace of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from desks import NOW, built, files

from newsletter.cli.app import run
from newsletter.cli.assembly_preview import Bench
from newsletter.issue import load

MOMENT = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(config=tmp_path / "feeds.yaml", output=None, now=lambda: MOMENT)


def test_what_is_rehearsed_is_what_is_built(workspace: Path, bench: Bench):
    run(["gather", "--offline", "--now", NOW])
    rehearsed = bench.shown(bench.rebuilt(), None).issue

    built()

    issue = load((workspace / "dist/2026-W47/issue.json").read_text())
    assert replace(rehearsed, warnings=issue.warnings) == issue


def test_rehearsing_changes_nothing_on_disk(workspace: Path, bench: Bench):
    run(["gather", "--offline", "--now", NOW])
    before = files(workspace)

    bench.shown(bench.rebuilt(), None)

    assert files(workspace) == before


def test_an_issue_that_is_not_out_yet_follows_feeds_yaml(built_week: Path, bench: Bench):
    config = built_week / "feeds.yaml"
    config.write_text(config.read_text().replace("title: The Tide", "title: The Ebb"))

    shown = bench.shown("2026-W47", None)

    assert b"The Ebb" in shown.edition.files["index.html"]


def test_what_an_editor_wrote_does_not_follow_feeds_yaml(built_week: Path, bench: Bench):
    run(["edit", "--now", NOW, "--intro", "Good morning.", "--closing", "Gone again."])
    run(["edits", "--now", NOW, "--revert", "2"])
    config = built_week / "feeds.yaml"
    config.write_text(config.read_text() + "intro: From the file.\nclosing: Goodbye.\n")

    shown = bench.shown("2026-W47", None).issue
    rehearsed = bench.shown(bench.rebuilt(), None).issue

    assert (shown.intro, shown.closing) == ("Good morning.", "Goodbye.")
    assert (rehearsed.intro, rehearsed.closing) == ("Good morning.", "Goodbye.")


def test_what_is_edited_after_it_was_rehearsed_is_shown(built_week: Path, bench: Bench):
    later = replace(bench, now=lambda: MOMENT + timedelta(hours=1))
    later.rebuilt()

    run(["edit", "--now", NOW, "--headline", "1", "The mill stands in water"])

    assert later.shown("2026-W47", None).issue.stories[0].headline == "The mill stands in water"


def test_a_published_issue_stays_as_it_is(built_week: Path, bench: Bench):
    run(["publish", "--now", NOW])
    config = built_week / "feeds.yaml"
    config.write_text(config.read_text().replace("title: The Tide", "title: The Ebb"))

    shown = bench.shown("2026-W47", None)

    assert b"The Ebb" not in shown.edition.files["index.html"]


def test_the_list_names_what_was_written_and_what_was_rehearsed(built_week: Path, bench: Bench):
    run(["publish", "--now", NOW])

    (row,) = bench.issues()

    assert (row.id, row.status.value, row.is_written) == ("2026-W47", "published", True)
    assert row.bytes


def test_an_issue_can_be_seen_in_another_theme(built_week: Path, bench: Bench):

    themes = bench.themes()
    shown = bench.shown("2026-W47", "briefing")

    assert set(themes) >= {"modern", "broadsheet", "briefing"}
    assert shown.issue.layout.theme == "briefing"


def test_what_is_shown_says_whether_it_was_written(built_week: Path, bench: Bench):

    assert bench.shown("2026-W47", None).is_written
    assert not bench.shown("2026-W47", "briefing").is_written


def test_an_issue_that_can_no_longer_be_sent_is_shown_as_a_draft(built_week: Path, bench: Bench):
    config = built_week / "feeds.yaml"
    config.write_text(config.read_text().replace("url: https://tide.example\n", "", 1))

    shown = bench.shown("2026-W47", None)

    assert shown.issue.status.value == "draft"
    assert any("url is missing" in one.title for one in shown.report.errors)
