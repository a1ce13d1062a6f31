"""Edits of two editors at once, and of one whose preview is killed: what was answered is kept."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from editor_bench import laid_out
from editor_crowd import crowd, lost
from editor_killed import killed_again_and_again
from nurseries import Nursery, nursery

WISHES = 10  # of each editor; the long tests ask for a hundred
TIMES = 2  # the long tests kill fifty times


@pytest.fixture(scope="module")
def forks() -> Iterator[Nursery]:
    with nursery() as found:
        yield found


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose week is built; tests work on copies of it."""
    return laid_out(tmp_path_factory.mktemp("week"))


def test_what_two_editors_change_at_once_is_kept_or_told_as_a_clash(
    forks: Nursery, week: Path, tmp_path: Path
):
    shutil.copytree(week, tmp_path, dirs_exist_ok=True)

    run = crowd(tmp_path, forks, wishes=WISHES, seed=5)

    assert len(run.acks) == 2 * WISHES
    assert lost(run) == []
    assert run.left.is_whole
    assert run.left.files["issue.json"].decode() == run.left.content


def test_what_was_answered_as_done_is_there_after_a_kill(
    forks: Nursery, week: Path, tmp_path: Path
):
    shutil.copytree(week, tmp_path, dirs_exist_ok=True)

    tally = killed_again_and_again(tmp_path, forks, times=TIMES, dice=random.Random(3))

    assert tally.faults == []
    assert (tally.kills, tally.acks >= TIMES) == (TIMES, True)
