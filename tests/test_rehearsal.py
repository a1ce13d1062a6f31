"""Three weeks through the command line: nothing is printed twice, what goes on says so."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rehearsal
from servers import serving_folder

from newsletter.cli.app import run

Story = dict[str, Any]


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A workspace in which three issues were built and published, a week apart."""
    workspace = tmp_path_factory.mktemp("rehearsal")
    served = workspace / "served"
    served.mkdir()
    with serving_folder(served) as address:
        rehearsal.laid_out(workspace, address)
        config = ["--config", str(workspace / "feeds.yaml")]
        for week in range(3):
            for outlet, feed in rehearsal.feeds(week).items():
                path = served / f"{rehearsal.slug(outlet)}.xml"
                path.write_text(feed)
                # Two weeks may be built within a second, which is as fine as Last-Modified is.
                os.utime(path, (rehearsal.friday(week).timestamp(),) * 2)
            now = ["--now", rehearsal.friday(week).isoformat()]
            assert run(["build-issue", *config, *now, "--quiet"]) == 0
            assert run(["publish", *config, *now, "--quiet"]) == 0
        yield workspace


def stories(workspace: Path, week: int) -> list[Story]:
    path = workspace / "dist" / rehearsal.WEEKS[week] / "issue.json"
    issue = json.loads(path.read_text(encoding="utf-8"))
    return [story for section in issue["sections"] for story in section["stories"]]


def on_the_fire(workspace: Path, week: int) -> Story:
    [found] = [s for s in stories(workspace, week) if "ferry" in s["headline"].lower()]
    return found


def test_no_article_is_printed_twice(weeks: Path) -> None:
    printed = Counter(
        article["id"]
        for week in range(3)
        for story in stories(weeks, week)
        for article in story["articles"]
    )

    assert max(printed.values()) == 1


def test_every_story_of_a_week_is_printed_but_the_repeat(weeks: Path) -> None:
    told = [len(stories(weeks, week)) for week in range(3)]

    assert told == [5, 4, 4]


def test_only_the_first_telling_of_a_story_is_new(weeks: Path) -> None:
    updates = [
        story["headline"] for week in range(3) for story in stories(weeks, week) if story["earlier"]
    ]

    assert updates == [on_the_fire(weeks, week)["headline"] for week in (1, 2)]


def test_the_story_that_goes_on_says_what_is_new(weeks: Path) -> None:
    new = on_the_fire(weeks, 1)["new"]

    assert new == ["1 more outlet: Meridian Daily", "new name: Henk Otter", "since Tuesday"]


def test_the_third_issue_has_the_timeline_of_both_before(weeks: Path) -> None:
    story = on_the_fire(weeks, 2)

    assert [one["issue_id"] for one in story["earlier"]] == ["2026-W45", "2026-W46"]
    page = (weeks / "dist/2026-W47/index.html").read_text(encoding="utf-8")
    for week in (0, 1):
        told = on_the_fire(weeks, week)
        assert f'href="../{rehearsal.WEEKS[week]}/index.html#{told["id"]}"' in page


def test_links_to_earlier_issues_lead_somewhere(weeks: Path) -> None:
    for one in on_the_fire(weeks, 2)["earlier"]:
        page = weeks / "dist" / one["issue_id"] / "index.html"

        assert f'id="{one["story_id"]}"' in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("week", "news"), [(1, "Marta Lind has resigned"), (2, "charged three managers")]
)
def test_an_update_opens_with_the_news(weeks: Path, week: int, news: str) -> None:
    assert news in on_the_fire(weeks, week)["summary"][0]["text"]


def test_the_repeat_is_left_out_and_the_editor_is_told_why(
    weeks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not [s for s in stories(weeks, 1) if "Velsum" in s["headline"]]

    config = str(weeks / "feeds.yaml")
    assert run(["stories", "list", "--week", "W46", "--all", "--json", "--config", config]) == 0

    assert "told in 2026-W45, nothing new since" in capsys.readouterr().out
