"""An issue.json that lies there and that nobody remembers is kept before it is written over."""

import json
import shutil
from pathlib import Path

import pytest
from edited_weeks import WEEK, build, desk_in, headlines, printed
from hands import ran
from untouched import untouched_in

from newsletter import wiring
from newsletter.cli.assembly_press import press_of
from newsletter.config import load
from newsletter.errors import IssueError
from newsletter.issue import load as load_issue
from newsletter.issue.hand_changes import wishes_of
from newsletter.model import Wish
from newsletter.pipeline.editing import change, opened
from newsletter.pipeline.publish import publish
from newsletter.pipeline.republish import republish

Capture = pytest.CaptureFixture[str]
LATER = "2026-11-20T14:00:00Z"
FOUND = f"{WEEK}.found.json"
FLOOD = "Flood reaches the old mill at Lowmere"


@pytest.fixture
def week(request: pytest.FixtureRequest, tmp_path: Path, capsys: Capture) -> Path:
    return untouched_in(tmp_path / "week", request, capsys)


@pytest.fixture
def laptop(week: Path, tmp_path: Path, capsys: Capture) -> Path:
    """The same week on another machine, with a headline, an intro and a drop of its editor."""
    there = Path(shutil.copytree(week, tmp_path / "laptop"))
    ran(there, "edit", "--headline", "1", "Mill under water", "--intro", "Wet.", "--drop", "2")
    capsys.readouterr()
    return there


def issue_json(folder: Path) -> Path:
    return folder / "dist" / WEEK / "issue.json"


def carry(laptop: Path, week: Path) -> bytes:
    """Carry the issue's file over, as a shared folder or git does, and return it."""
    content = issue_json(laptop).read_bytes()
    issue_json(week).write_bytes(content)
    return content


def test_a_build_keeps_what_another_database_wrote_and_says_so(
    week: Path, laptop: Path, capsys: Capture
):
    content = carry(laptop, week)

    code = build(week, now=LATER)

    assert code == 0
    assert (week / FOUND).read_bytes() == content
    assert f"newsletter edit {WEEK} --import {week / FOUND}" in capsys.readouterr().err
    assert not list((week / "dist").rglob("*found*"))


@pytest.mark.parametrize("command", [("edit", "--closing", "Bye."), ("publish",)])
def test_a_change_and_a_publication_keep_it_too(week: Path, laptop: Path, command: tuple[str, ...]):
    content = carry(laptop, week)

    assert ran(week, *command) == 0
    assert (week / FOUND).read_bytes() == content


def test_what_the_program_remembers_is_not_kept(week: Path):
    ran(week, "edit", "--headline", "1", "Mill under water")
    build(week, now=LATER)
    ran(week, "publish")

    assert not list(week.glob("*found*"))


def test_the_same_is_kept_once_and_another_beside_it(week: Path, laptop: Path):
    carry(laptop, week)
    build(week, now=LATER)
    carry(laptop, week)
    build(week, now=LATER)
    ran(laptop, "edit", "--intro", "Dry.")
    other = carry(laptop, week)

    build(week, now=LATER)

    assert sorted(path.name for path in week.glob("*found*")) == [f"{WEEK}.found-2.json", FOUND]
    assert (week / f"{WEEK}.found-2.json").read_bytes() == other


def test_where_no_copy_can_be_kept_the_build_goes_on(
    week: Path, laptop: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
):
    from newsletter.deliver import folder

    def full(path: Path, content: bytes) -> bool:
        raise OSError(28, "No space left on device", str(path))

    carry(laptop, week)
    monkeypatch.setattr(folder, "_kept", full)

    assert build(week, now=LATER) == 0
    assert "No space left on device" in capsys.readouterr().err


@pytest.mark.parametrize("is_built_again", [False, True], ids=["the same build", "another"])
def test_what_was_kept_is_taken_in(week: Path, laptop: Path, is_built_again: bool):
    carry(laptop, week)
    if is_built_again:
        (week / "seeds" / "town" / "bees.txt").write_text("Bees settle in\n\nBees like Velsum.\n")
        build(week, now=LATER)
    else:
        ran(week, "edit", "--closing", "Bye.")

    code = ran(week, "edit", "--import", str(week / FOUND))

    issue = printed(week)
    assert code == 0
    assert (headlines(issue)["Town"][0], issue.intro) == ("Mill under water", "Wet.")
    assert issue.closing == ("" if is_built_again else "Bye.")
    assert is_built_again or len(headlines(issue)["Town"]) == 1


class KilledError(Exception):
    """The process ends here."""


def attempt(week: Path, what: object, *, is_killed: bool) -> tuple[str, ...]:
    """Publish; *is_killed*: once files are moved, before it is remembered."""
    configuration = load(week / "feeds.yaml")
    with desk_in(week) as desk, wiring.store(configuration) as store:
        press = press_of(configuration, store, desk.now, output=None)
        with store.transaction() as joined:
            if is_killed:
                joined.save_issue = killed  # type: ignore[method-assign]
            found: tuple[str, ...] = what(WEEK, joined, press, now=desk.now).changes  # type: ignore[operator]
            return found


def killed(built: object) -> None:
    raise KilledError


def test_a_publication_cut_short_leaves_nothing_to_be_kept(week: Path):
    with pytest.raises(KilledError):
        attempt(week, publish, is_killed=True)

    attempt(week, publish, is_killed=False)

    assert not list(week.glob("*found*"))


def test_a_second_publication_cut_short_is_no_change_of_hers(week: Path):
    attempt(week, publish, is_killed=False)
    data = json.loads(issue_json(week).read_text())
    data["sections"][0]["stories"][0]["headline"] = "The mill stands"
    issue_json(week).write_text(json.dumps(data))
    with pytest.raises(KilledError):
        attempt(week, republish, is_killed=True)

    assert attempt(week, republish, is_killed=False) == ("story 1: headline",)


def test_what_is_saved_while_a_file_is_taken_in_is_not_given_up(week: Path):
    file = issue_json(week)
    file.write_text(file.read_text().replace(f'"headline": "{FLOOD}"', '"headline": "Wet"'))
    read = file.read_bytes()
    with desk_in(week) as desk:
        now = opened(WEEK, desk)
        built = desk.store.built(WEEK)
        assert built
        wishes = wishes_of(read, load_issue(built.content), now)
        file.write_bytes(read.replace(b'"intro": ""', b'"intro": "And more."'))

        with pytest.raises(IssueError, match="changed by hand"):
            change(WEEK, wishes, desk, discard=read)

        assert wishes == (Wish(kind="headline", story=wishes[0].story, text="Wet"),)
        assert b"And more." in file.read_bytes()
        assert desk.store.edits(WEEK) == ()
