"""A week of invented stories, some printed and some not, and the desk at which it is edited."""

import atexit
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from desks import NOW

from newsletter import wiring
from newsletter.cli.app import run
from newsletter.cli.assembly_edit import editing_desk
from newsletter.config import load
from newsletter.issue import load as load_issue
from newsletter.model import Edited, Issue, Opened, PrintedStory, Wish
from newsletter.pipeline.editing import EditingDesk
from newsletter.pipeline.editing_desk import lying
from newsletter.pipeline.errands import Errands

WEEK = "2026-W47"
MOMENT = datetime(2026, 11, 20, 13, tzinfo=UTC)

CONFIG = """\
title: The Tide
url: https://tide.example
sender: {name: The Tide, address: tide@tide.example, postal_address: 1 Quay Street, unsubscribe: https://tide.example/bye}
issue: {max_age: 400d, stories: 4, per_source: 9, min_stories: 2}
sections:
  - name: Town
    seeds: seeds/town/
  - name: Coast
    seeds: seeds/coast/
"""
# Longer ones rank higher: the last one of each section is not printed.
_TOWN = {
    "flood": "Flood reaches the old mill at Lowmere\n\nThe river Aar rose by two metres on Friday "
    "and reached the old mill at Lowmere. Forty people left their houses before midnight. The "
    "mayor, Ida Holt, said the dam upstream had held. The water is expected to fall on Sunday. "
    "Volunteers filled nine hundred sandbags along the churchyard wall.",
    "library": "Library lends out its old laptops with the seats\n\nBorrowers in Velsum keep the "
    "machine for a year and bring it back to be mended. Half of the first forty came back with a "
    "list of wishes. The librarian, Tom Reeve, wants to add screwdrivers to the shelf by the door.",
    "court": "Court stops a landlord from scoring tenants\n\nA regional court found that 4,100 "
    "applicants were ranked by a system nobody could explain. The landlord must tell each of them "
    "why they were refused.",
}
_COAST = {
    "cranes": "Port hands its night cranes to software\n\nThe harbour of Korvik moved 61,000 "
    "containers between ten at night and six in the morning with staff on call only. Two cranes "
    "stopped in fog and waited for daylight. The union accepts the trial until June and wants the "
    "night supplement kept. A second terminal follows in spring if the insurers agree.",
    "ferry": "Ferry sails on its own waste heat\n\nThe engine of the Sandholm ferry warms the "
    "cabins all winter. Fuel bills fell by a tenth, the captain, Nils Berg, told passengers. Two "
    "sister ships are to be rebuilt in autumn at the yard in Ellery.",
    "herring": "Fishermen land twice as much herring\n\nBoats of Rauental landed twice as much "
    "herring in May as in the year before. The quota was raised in Brussels in March.",
}
FERRY_AGAIN = (
    "---\ntitle: Waste heat warms the cabins of the Sandholm ferry\nsource: Harbour Post\n"
    "url: https://harbour.example/ferry\ndate: 2026-11-20\n---\nThe engine of the Sandholm ferry "
    "warms the cabins all winter on waste heat. Fuel bills fell by a tenth, said the captain, "
    "Nils Berg. Two sister ships are to be rebuilt in autumn at the yard in Ellery.\n"
)


def laid_out(folder: Path, *, config: str = CONFIG, more: int = 0) -> Path:
    """Lay out a workspace with the week's documents and *more* small ones, and build its issue."""
    (folder / "feeds.yaml").write_text(config)
    for section, documents in (("town", _TOWN), ("coast", _COAST)):
        (folder / "seeds" / section).mkdir(parents=True)
        for name, text in documents.items():
            (folder / "seeds" / section / f"{name}.txt").write_text(text + "\n")
    for number in range(more):
        # Names of their own keep them apart.
        what = "".join(chr(ord("a") + (number * step + step) % 26) for step in (3, 5, 7, 11, 17))
        text = (
            f"{what.title()}ers win the {what}ing cup\n\nAll {what}s of {what.title()} cheered.\n"
        )
        (folder / "seeds" / "town" / f"{what}.txt").write_text(text)
    assert build(folder) == 0
    return folder


@cache
def built_once(config: str = CONFIG) -> Path:
    """Return the workspace of a week that was built, of which tests take copies."""
    folder = tempfile.mkdtemp(prefix="edited-week-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return laid_out(Path(folder), config=config)


@cache
def two_ferries() -> Path:
    """Return the same, built again after a second outlet had told of the ferry."""
    folder = a_copy(Path(tempfile.mkdtemp(prefix="edited-week-")))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "seeds/coast/again.md").write_text(FERRY_AGAIN)
    assert build(folder) == 0
    return folder


def a_copy(folder: Path, *, config: str = CONFIG) -> Path:
    """Return *folder*, a copy of the week that was built with *config*."""
    return Path(shutil.copytree(built_once(config), folder, dirs_exist_ok=True))


@pytest.fixture
def week(tmp_path: Path) -> Path:
    return a_copy(tmp_path / "week")


@pytest.fixture
def ferry_week(tmp_path: Path) -> Path:
    """A week whose ferry has two outlets."""
    return Path(shutil.copytree(two_ferries(), tmp_path / "week"))


@pytest.fixture
def desk(week: Path) -> Iterator[EditingDesk]:
    with desk_in(week) as found:
        yield found


def build(folder: Path, *more: str, now: str = NOW) -> int:
    """Build the week in *folder*."""
    config = f"{folder}/feeds.yaml"
    return run(["build-issue", "--offline", "--now", now, "--config", config, *more])


@contextmanager
def desk_in(folder: Path, *, by: str = "Ada", seconds: int = 0) -> Iterator[EditingDesk]:
    """Yield the desk of *by*, so many seconds after one in the afternoon."""
    configuration = load(folder / "feeds.yaml")
    with wiring.store(configuration) as store:
        yield editing_desk(configuration, store, MOMENT + timedelta(seconds=seconds), by=by)


def later(desk: EditingDesk, seconds: int = 120, *, by: str = "") -> EditingDesk:
    """Return *desk* so many seconds later, and somebody else at it if named."""
    return replace(desk, now=desk.now + timedelta(seconds=seconds), by=by or desk.by)


def printed(folder: Path) -> Issue:
    """Return the issue as it lies in the output folder."""
    return load_issue((folder / "dist" / WEEK / "issue.json").read_text())


def headlines(of: Issue | Opened) -> Mapping[str, list[str]]:
    """Return the headlines of an issue's stories by section."""
    issue = of.issue if isinstance(of, Opened) else of
    return {part.name: [story.headline for story in part.stories] for part in issue.sections}


def seen(desk: EditingDesk) -> Edited:
    """Return the week as it lies before its editor, neither rendered nor checked: that is dear."""
    return lying(WEEK, desk.store, desk, Errands(desk.recompose, None)).edited


def named(found: Opened | Edited, words: str) -> PrintedStory:
    """Return the story, printed or not, whose headline holds *words*."""
    stories = (*found.issue.stories, *(one.story for one in found.candidates))
    return next(story for story in stories if words.casefold() in story.headline.casefold())


def merging(desk: EditingDesk, first: str, second: str) -> Wish:
    """Return the wish that two stories be one, named by words of their headlines."""
    found = seen(desk)
    return Wish(kind="merge", story=named(found, first).id, ids=(named(found, second).id,))
