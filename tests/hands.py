"""A week that two editors have changed, for tests of what is told of it."""

import shutil
from pathlib import Path

import pytest
from edited_weeks import CONFIG, a_copy, desk_in, named

from newsletter.cli.app import run
from newsletter.model import Wish
from newsletter.pipeline.editing import change, opened

BERLIN = CONFIG + "timezone: Europe/Berlin\neditor: Ida\n"
_EDITED = pytest.StashKey[Path]()
INTRO = "A wet week.\n\nRead on."
SUMMARY = (
    "Stay dry. The river Aar rose by two metres on Friday and reached the old mill at Lowmere."
)


def changed(
    folder: Path, minutes: int, by: str, *wishes: tuple[str, str, str], why: str = ""
) -> None:
    """Have *by* change the week, so many minutes after one: kind, words of a headline, text."""
    with desk_in(folder, by=by, seconds=minutes * 60) as desk:
        now = opened(None, desk)
        asked = [
            Wish(kind=kind, story=named(now, words).id if words else None, text=text)  # type: ignore[arg-type]
            for kind, words, text in wishes
        ]
        change(None, asked, desk, cause=why)


def edited_in(folder: Path, request: pytest.FixtureRequest) -> Path:
    """Lay out in *folder* a week in Berlin's time that Ida and Ole have changed: five edits."""
    stash = request.config.stash
    if _EDITED not in stash:
        stash[_EDITED] = _edited(request.getfixturevalue("tmp_path_factory").mktemp("edited"))
    return Path(shutil.copytree(stash[_EDITED], folder))


def _edited(folder: Path) -> Path:
    a_copy(folder, config=BERLIN)
    changed(folder, 0, "Ida", ("headline", "flood reaches", "Mill under water"))
    changed(folder, 2, "Ida", ("intro", "", INTRO))
    changed(folder, 5, "Ole", ("drop", "library", ""), ("pin", "court", ""), why="told last week")
    changed(folder, 50, "Ida", ("summary", "mill under", SUMMARY))
    return folder


def ran(folder: Path, *arguments: str, minutes: int = 60) -> int:
    """Run a command on the week, so many minutes after one."""
    hour, minute = divmod(13 * 60 + minutes, 60)
    now = f"2026-11-20T{hour:02}:{minute:02}:00Z"
    return run([*arguments, "--config", f"{folder}/feeds.yaml", "--now", now])
