"""`newsletter plan`: the coming instants, and what the clocks do to them."""

import json
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from newsletter.cli.app import run
from newsletter.model import Built, Status
from newsletter.store import open_store

YAML = """\
title: The Tide
timezone: {zone}
schedule: {{publish: {at}}}
sections:
  - name: World
    seeds: seeds/
"""


@pytest.fixture
def planned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> "Plan":
    monkeypatch.chdir(tmp_path)
    return Plan(tmp_path, capsys)


class Plan:
    """What `newsletter plan` prints for a schedule."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys

    def __call__(self, zone: str, at: str, *arguments: str) -> str:
        (self.folder / "feeds.yaml").write_text(YAML.format(zone=zone, at=at))
        assert run(["plan", *arguments]) == 0
        return self.capsys.readouterr().out


def test_eight_weeks_are_listed_local_and_in_utc(planned: Plan) -> None:
    lines = planned("Europe/Berlin", "sunday 18:00", "--now", "2026-11-22T12:00:00Z").splitlines()

    assert len(lines) == 8
    assert lines[0].split("  ") == [
        "2026-W47",
        "Sunday 2026-11-22 18:00 +01:00",
        "2026-11-22 17:00 UTC",
    ]


def test_json_is_a_list_of_issues_with_the_same_moment_twice(planned: Plan) -> None:
    said = planned("Asia/Kolkata", "friday 06:30", "--json", "--now", "2026-11-22T12:00:00Z")
    rows = json.loads(said)

    assert rows[0]["issue"] == "2026-W48"
    assert rows[0]["at"] == "2026-11-27T01:00:00Z"
    assert rows[0]["local"] == "2026-11-27T06:30:00+05:30"
    for row in rows:
        assert datetime.fromisoformat(row["at"]) == datetime.fromisoformat(row["local"])


def test_a_time_that_is_skipped_is_pointed_out(planned: Plan) -> None:
    said = planned("Europe/Berlin", "sunday 02:30", "--now", "2027-03-28T00:00:00Z", "--weeks", "1")

    assert "Sunday 2027-03-28 03:00 +02:00" in said
    assert "the clock goes forward: there is no 02:30; the first time after it" in said


def test_a_time_that_occurs_twice_is_its_first_occurrence(planned: Plan) -> None:
    said = planned("Europe/Berlin", "sunday 02:30", "--now", "2026-10-25T00:00:00Z", "--weeks", "1")

    assert "Sunday 2026-10-25 02:30 +02:00  2026-10-25 00:30 UTC" in said
    assert "the clock goes back: the first 02:30" in said


def test_a_change_by_half_an_hour_is_seen(planned: Plan) -> None:
    said = planned(
        "Australia/Lord_Howe", "sunday 01:45", "--now", "2027-04-03T00:00:00Z", "--weeks", "1"
    )

    assert "01:45 +11:00" in said
    assert "the first 01:45" in said


def test_a_year_with_53_weeks_leaves_none_out(planned: Plan) -> None:
    said = planned("UTC", "monday 08:00", "--json", "--weeks", "60", "--now", "2026-11-22T12:00Z")
    rows = json.loads(said)

    assert [row["issue"] for row in rows][5:8] == ["2026-W53", "2027-W01", "2027-W02"]
    moments = [datetime.fromisoformat(row["at"]) for row in rows]
    assert {(later - earlier).days for earlier, later in pairwise(moments)} == {7}


def test_no_weeks_are_wrong_usage(planned: Plan) -> None:
    planned("UTC", "monday 08:00")

    assert run(["plan", "--weeks", "0"]) == 2


def test_an_issue_that_is_out_already_is_marked(planned: Plan) -> None:
    until = datetime(2026, 11, 22, 9, tzinfo=UTC)
    out = Built(
        id="2026-W47", status=Status.PUBLISHED, since=None, until=until, content="{}", report="{}"
    )
    with open_store(f"sqlite:///{planned.folder / 'newsletter.db'}") as store:
        store.save_issue(out)

    asked = ("Europe/Berlin", "sunday 18:00", "--now", "2026-11-22T12:00:00Z")

    assert planned(*asked).splitlines()[0].endswith("2026-11-22 17:00 UTC  published already")
    assert [row["published"] for row in json.loads(planned(*asked, "--json"))][:2] == [True, False]


def test_no_database_is_made_to_plan(planned: Plan) -> None:
    planned("UTC", "monday 08:00")

    assert not (planned.folder / "newsletter.db").exists()


def test_a_database_that_cannot_be_read_keeps_nobody_from_planning(planned: Plan) -> None:
    file = planned.folder / "newsletter.db"
    file.write_bytes(b"no database at all" * 100)

    assert len(planned("UTC", "monday 08:00").splitlines()) == 8
    assert file.read_bytes() == b"no database at all" * 100
