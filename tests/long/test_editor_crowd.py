"""Two editors on one issue: two hundred edits of texts, places and presence, in between."""

import sys
from pathlib import Path

import pytest
from editor_bench import laid_out
from editor_crowd import crowd, lost
from nurseries import nursery

WISHES = 100  # of each


@pytest.mark.parametrize("seed", [1, 2])
def test_of_two_hundred_interleaved_edits_none_is_lost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], seed: int
):
    laid_out(tmp_path)

    with nursery() as forks:
        run = crowd(tmp_path, forks, wishes=WISHES, seed=seed * 100)

    with capsys.disabled():
        sys.stdout.write(f"\n{run.told}\n")
    assert len(run.acks) == 2 * WISHES
    assert lost(run) == []
    assert run.left.is_whole
    assert run.left.files["issue.json"].decode() == run.left.content
