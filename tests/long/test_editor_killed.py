"""The preview, killed at fifty instants while edits stream in: what was answered is there."""

import random
import sys
from pathlib import Path

import pytest
from editor_bench import laid_out
from editor_killed import killed_again_and_again
from nurseries import nursery

TIMES = 50


def test_wherever_the_preview_is_killed_every_edit_that_was_answered_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    laid_out(tmp_path)

    with nursery() as forks:
        tally = killed_again_and_again(tmp_path, forks, times=TIMES, dice=random.Random(11))

    with capsys.disabled():
        sys.stdout.write(f"\n{tally.told}\n")
    assert tally.faults == []
    assert tally.kills == TIMES
