"""What came out and the database does not know, as it was lost or an older one was put back."""

import json
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from desks import FLOOD_B
from test_running_real import BEFORE, INSTANT, ISSUE, NIGHT_TRAINS, WEEK, desk_in, lay_out

from newsletter.cli.app import run
from newsletter.model import Frequencies
from newsletter.pipeline.running import tick
from newsletter.store import Store, open_store
from newsletter.store.backup import backup, restore

NEXT = "dist/2026-W48/issue.json"
REVIEWED = "schedule: {review: {window: 12h}}\n"
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace in which 2026-W47 came out, with a backup of the day before."""
    room = tmp_path_factory.mktemp("published") / "room"
    room.mkdir()
    lay_out(room)
    with desk_in(room) as desk:
        tick(desk, BEFORE)
    backup(url_of(room), room / "saturday.db")
    with desk_in(room) as desk:
        tick(desk, INSTANT)
    (room / "seeds" / "b.txt").write_text(NIGHT_TRAINS)
    return room


@pytest.fixture
def room(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of that workspace, as the present folder."""
    found: Path = shutil.copytree(published, tmp_path / "room")
    monkeypatch.chdir(found)
    return found


def url_of(folder: Path) -> str:
    return f"sqlite:///{folder}/newsletter.db"


def state_of(store: Store) -> str | None:
    found = store.week_state("2026-W47")
    return found[0] if found else None


def headlines(file: Path) -> list[str]:
    sections = json.loads(file.read_text())["sections"]
    return [story["headline"] for section in sections for story in section["stories"]]


def change(file: Path, **fields: object) -> None:
    file.write_text(json.dumps(json.loads(file.read_text()) | fields))


def test_what_came_out_after_the_backup_does_not_come_again(room: Path):
    restore(url_of(room), room / "saturday.db", force=True)

    with desk_in(room) as desk:
        first = tick(desk, INSTANT + timedelta(hours=6)).did
        again = desk.adopt(INSTANT + timedelta(hours=7))
        tick(desk, INSTANT + WEEK)

    assert first[0].text == "found in the output folder: taken as published"
    assert again == ()
    assert json.loads((room / ISSUE).read_text())["published_at"] == "2026-11-22T18:00:00Z"
    assert headlines(room / NEXT) == ["Night trains return to the Lowland line"]


def test_the_words_of_what_came_out_after_the_backup_are_remembered_as_publishing_does(
    tmp_path: Path,
):
    published = two_articles_in(tmp_path)
    restore(url_of(tmp_path), tmp_path / "saturday.db", force=True)

    with desk_in(tmp_path) as desk:
        taken = desk.adopt(INSTANT + DAY)
        adopted = desk.store.history()
        readings = desk.store.readings(None, INSTANT)

    assert taken == ("2026-W47",)
    assert adopted == published != Frequencies()
    assert readings == {}


def test_of_what_a_lost_database_held_the_titles_alone_count_for_no_words(tmp_path: Path):
    two_articles_in(tmp_path)
    (tmp_path / "newsletter.db").unlink()

    with desk_in(tmp_path) as desk:
        taken = desk.adopt(INSTANT + DAY)
        adopted = desk.store.history()

    assert (taken, adopted) == (("2026-W47",), Frequencies())


def two_articles_in(folder: Path) -> Frequencies:
    """Publish an issue of two articles, with a backup of the day before; return its words."""
    lay_out(folder)
    (folder / "seeds" / "b.md").write_text(FLOOD_B)
    with desk_in(folder) as desk:
        tick(desk, BEFORE)
    backup(url_of(folder), folder / "saturday.db")
    with desk_in(folder) as desk:
        tick(desk, INSTANT)
        return desk.store.history()


def test_restore_says_what_it_takes_from_the_output_folder(
    room: Path, capsys: pytest.CaptureFixture[str]
):
    now = (INSTANT + DAY).isoformat()

    assert run(["restore", "saturday.db", "--force", "--now", now]) == 0
    said = capsys.readouterr().err
    assert run(["restore", "saturday.db", "--force", "--now", now, "--json"]) == 0

    assert "2026-W47, which came out after the backup, is taken from dist/" in said
    assert json.loads(capsys.readouterr().out)["adopted"] == ["2026-W47"]


@pytest.mark.parametrize("command", ["build-issue", "gather"])
def test_a_command_that_comes_first_after_a_loss_takes_what_came_out(
    room: Path, command: str, capsys: pytest.CaptureFixture[str]
):
    (room / "newsletter.db").unlink()
    call = [command, "--offline", "--now", (INSTANT + 2 * DAY).isoformat()]

    assert run(call) == 0
    said = capsys.readouterr().err
    assert run(call) == 0

    assert said.count("2026-W47, which the database did not know, is taken from dist/") == 1
    assert "dist/" not in capsys.readouterr().err
    with desk_in(room) as desk:
        tick(desk, INSTANT + 3 * DAY)
        tick(desk, INSTANT + WEEK)
    assert headlines(room / NEXT) == ["Night trains return to the Lowland line"]


def test_what_a_gather_brought_back_before_is_known_to_have_come_out(room: Path):
    (room / "newsletter.db").unlink()
    dist = (room / "dist").rename(room / "away")
    assert run(["gather", "--offline", "--now", (INSTANT + DAY).isoformat()]) == 0
    dist.rename(room / "dist")

    with desk_in(room) as desk:
        tick(desk, INSTANT + 2 * DAY)
        tick(desk, INSTANT + WEEK)

    assert headlines(room / NEXT) == ["Night trains return to the Lowland line"]


def test_an_older_draft_of_what_came_out_gives_way_to_it(tmp_path: Path):
    lay_out(tmp_path, REVIEWED)
    with desk_in(tmp_path) as desk:
        tick(desk, BEFORE)
        tick(desk, INSTANT - timedelta(hours=12))
    backup(url_of(tmp_path), tmp_path / "drafted.db")
    assert publish_by_hand(tmp_path) == 0
    restore(url_of(tmp_path), tmp_path / "drafted.db", force=True)

    with desk_in(tmp_path) as desk:
        taken = desk.adopt(INSTANT + DAY)
        state = desk.store.week_state("2026-W47")

    assert taken == ("2026-W47",)
    assert state == ("published", INSTANT - timedelta(hours=1))


def publish_by_hand(folder: Path) -> int:
    now = (INSTANT - timedelta(hours=1)).isoformat()
    return run(["publish", "2026-W47", "--config", str(folder / "feeds.yaml"), "--now", now])


def test_a_draft_that_only_a_hand_calls_published_did_not_come_out(tmp_path: Path):
    lay_out(tmp_path, REVIEWED)
    with desk_in(tmp_path) as desk:
        tick(desk, BEFORE)
        tick(desk, INSTANT - timedelta(hours=12))
        change(tmp_path / ISSUE, status="published")

        assert desk.adopt(INSTANT + DAY) == ()


def test_an_issue_that_is_just_being_published_is_left_to_whoever_does_it(room: Path):
    with open_store(url_of(room)) as store:
        built, ready = store.built("2026-W47"), store.run_of("publish", "2026-W47")
    assert built
    assert ready
    restore(url_of(room), room / "saturday.db", force=True)

    with desk_in(room) as desk:
        desk.store.save_issue(replace(built, status=type(built.status)("ready")))
        desk.store.claim(
            "publish", "2026-W47", owner="killed", now=INSTANT, beat_at=INSTANT, lease_s=15.0
        )
        assert desk.adopt(INSTANT) == ()


@pytest.mark.parametrize("schedule", ["", REVIEWED], ids=["too thin", "held"])
def test_what_did_not_come_out_is_not_taken_as_published_when_the_database_is_lost(
    tmp_path: Path, schedule: str
):
    lay_out(tmp_path, schedule)
    if not schedule:
        file = tmp_path / "feeds.yaml"
        file.write_text(file.read_text().replace("min_stories: 1", "min_stories: 2"))
    with desk_in(tmp_path) as desk:
        tick(desk, BEFORE)
        tick(desk, INSTANT)
    (tmp_path / "newsletter.db").unlink()

    assert (
        run(
            [
                "gather",
                "--offline",
                "--config",
                str(tmp_path / "feeds.yaml"),
                "--now",
                (INSTANT + DAY).isoformat(),
            ]
        )
        == 0
    )

    with open_store(url_of(tmp_path)) as store:
        assert state_of(store) is None


def test_a_first_issue_that_was_built_by_hand_came_out_at_its_instant(room: Path):
    (room / "newsletter.db").unlink()
    change(room / ISSUE, status="ready", published_at=None)

    with desk_in(room) as desk:
        before = desk.adopt(INSTANT - timedelta(seconds=1))
        after = desk.adopt(INSTANT)

    assert (before, after) == ((), ("2026-W47",))


def test_beside_an_issue_that_came_out_one_that_does_not_say_so_did_not(room: Path):
    (room / "newsletter.db").unlink()
    shutil.copytree(room / "dist/2026-W47", room / "dist/2026-W46")
    change(room / "dist/2026-W46/issue.json", id="2026-W46", status="ready", published_at=None)

    with desk_in(room) as desk:
        assert desk.adopt(INSTANT) == ("2026-W47",)


def test_an_issue_of_a_week_that_has_not_begun_is_left_out(room: Path):
    (room / "newsletter.db").unlink()

    with desk_in(room) as desk:
        assert desk.adopt(INSTANT - 3 * WEEK) == ()
