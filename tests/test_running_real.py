"""The weekly run over a real workspace: seeds are read, issues built, printed and published."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from desks import CONFIG, FLOOD_A, files

from newsletter.cli.assembly_build import building
from newsletter.cli.assembly_run import run_desk
from newsletter.config import load
from newsletter.deliver import OutputFolder
from newsletter.errors import IssueError
from newsletter.model import Event
from newsletter.pipeline.build import build
from newsletter.pipeline.running import RunDesk, tick
from newsletter.ports import Output
from newsletter.store import open_store

INSTANT = datetime(2026, 11, 22, 18, tzinfo=UTC)
BEFORE = INSTANT - timedelta(days=1)
WEEK = timedelta(days=7)
ISSUE = "dist/2026-W47/issue.json"
NIGHT_TRAINS = (
    "Night trains return to the Lowland line\n\nTwo sleepers a week link Lowmere and the coast from"
    " May. Tickets start at 49 crowns. Bicycles travel, cars do not.\n"
)


@contextmanager
def desk_in(folder: Path, database: str = "newsletter.db") -> Iterator[RunDesk]:
    with open_store(f"sqlite:///{folder}/{database}") as store:
        yield run_desk(
            load(folder / "feeds.yaml"),
            store,
            owner="test",
            keeping=lambda claim: nullcontext(),
            wall=lambda: INSTANT,
            channels=lambda kind: (),
            offline=True,
        )


def lay_out(folder: Path, schedule: str = "") -> None:
    config = CONFIG.replace("{max_age: 400d}", "{max_age: 400d, min_stories: 1}")
    (folder / "feeds.yaml").write_text(f"{config}{schedule}")
    (folder / "seeds").mkdir(parents=True)
    (folder / "seeds" / "a.txt").write_text(FLOOD_A)


@pytest.fixture(scope="module")
def weeks_in(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a workspace the day before its instant, and a copy of it afterwards."""
    before = tmp_path_factory.mktemp("room") / "before"
    before.mkdir()
    lay_out(before)
    with desk_in(before) as desk:
        tick(desk, BEFORE)
    after = shutil.copytree(before, before.parent / "after")
    with desk_in(after) as desk:
        tick(desk, INSTANT)
    return before, after


def test_an_issue_is_printed_and_published_in_one_go(weeks_in: tuple[Path, Path]):
    _, after = weeks_in

    issue = json.loads((after / ISSUE).read_text())
    with desk_in(after) as desk:
        (event,) = desk.store.events("2026-W47")
        built = desk.store.built("2026-W47")
    assert (issue["status"], issue["published_at"]) == ("published", "2026-11-22T18:00:00Z")
    assert built
    assert built.content == (after / ISSUE).read_text()
    assert event.details["url"] == "https://tide.example/2026-W47/"
    assert event.details["headlines"] == ["Flood reaches the old mill at Lowmere"]


def test_a_run_that_was_killed_between_files_and_rows_ends_like_any_other(
    weeks_in: tuple[Path, Path], tmp_path: Path
):
    before, after = weeks_in
    room = shutil.copytree(before, tmp_path / "room")
    shutil.copytree(after / "dist", room / "dist")

    with desk_in(room) as desk:
        tick(desk, INSTANT)

    assert files(room / "dist") == files(after / "dist")


def test_a_draft_that_was_changed_and_approved_goes_out_as_it_stands(tmp_path: Path):
    lay_out(tmp_path, "schedule: {review: {window: 12h}}\n")
    with desk_in(tmp_path) as desk:
        tick(desk, BEFORE)
        tick(desk, INSTANT - timedelta(hours=12))
        data = json.loads((tmp_path / ISSUE).read_text())
        data["sections"][0]["stories"][0]["headline"] = "The mill stands"
        (tmp_path / ISSUE).write_text(json.dumps(data))
        desk.store.note(
            Event(kind="approved", at=BEFORE, week="2026-W47", cause="approved by hand")
        )

        tick(desk, INSTANT)

        event = desk.store.events("2026-W47")[-1]
    issue = json.loads((tmp_path / ISSUE).read_text())
    assert event.kind == "published"
    assert issue["status"] == "published"
    assert event.details["headlines"] == ["The mill stands"]


def test_a_runner_without_a_disk_does_not_repeat_what_lies_in_the_output_folder(
    weeks_in: tuple[Path, Path], tmp_path: Path
):
    _, after = weeks_in
    room = shutil.copytree(after, tmp_path / "room")
    (room / "newsletter.db").unlink()
    (room / "dist" / "2026-W46").mkdir()
    (room / "dist" / "2026-W46" / "issue.json").write_text("{}")
    (room / "seeds" / "c.txt").write_text(NIGHT_TRAINS)

    with desk_in(room) as desk:
        done = tick(desk, INSTANT + WEEK).did

    assert [(one.period, one.text) for one in done if one.job == "publish"] == [
        ("2026-W47", "found in the output folder: taken as published"),
        ("2026-W48", "published: built and published"),
    ]
    issue = json.loads((room / "dist/2026-W48/issue.json").read_text())
    headlines = [story["headline"] for part in issue["sections"] for story in part["stories"]]
    assert headlines == ["Night trains return to the Lowland line"]


def test_a_store_that_holds_something_takes_nothing_from_the_output_folder(
    weeks_in: tuple[Path, Path],
):
    _, after = weeks_in
    with desk_in(after) as desk:
        assert desk.adopt(INSTANT) == ()


def test_an_issue_that_comes_out_while_it_is_built_is_not_written_over(
    weeks_in: tuple[Path, Path], tmp_path: Path
):
    before, _ = weeks_in
    room = shutil.copytree(before, tmp_path / "room")
    built = []

    def other(*_: object) -> None:
        with desk_in(room) as desk:
            tick(desk, INSTANT)
        built.append((room / ISSUE).read_bytes())

    with desk_in(room) as desk, pytest.raises(IssueError, match="is published"):
        by_hand(room, desk, other)

    assert (room / ISSUE).read_bytes() == built[0]


def test_nor_is_one_that_comes_out_while_its_build_is_paused_before_moving_files(
    weeks_in: tuple[Path, Path], tmp_path: Path
):
    before, _ = weeks_in
    room = shutil.copytree(before, tmp_path / "room")
    built = []

    class Paused(OutputFolder):
        def write_issue(self, *words: Any, **more: Any) -> Path:
            with desk_in(room) as desk:
                tick(desk, INSTANT)
            built.append((room / ISSUE).read_bytes())
            return super().write_issue(*words, **more)

    with desk_in(room) as desk, pytest.raises(IssueError, match="is published"):
        # As in a transaction that the database has ended: the other one need not wait.
        by_hand(room, desk, lambda gathered: None, output=Paused(room / "dist"), begin=None)

    assert (room / ISSUE).read_bytes() == built[0]


def by_hand(
    room: Path, desk: RunDesk, heard: object, *, output: Output | None = None, **changes: object
) -> None:
    from newsletter import wiring
    from newsletter.cli.assembly import gathering

    configuration = load(room / "feeds.yaml")
    doors = gathering(
        configuration,
        desk.store,
        wiring.workers(),
        INSTANT - timedelta(hours=1),
        offline=True,
        retry=False,
        progress=lambda done, of: None,
    )
    settled = building(
        configuration,
        desk.store,
        doors,
        week=None,
        output=None,
        discard=False,
        announce=lambda stage: None,
    )
    press = replace(settled.press, output=output or settled.press.output)
    build(replace(settled, press=press, **{"begin": desk.store.transaction, **changes}), heard)
