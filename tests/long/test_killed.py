"""The weekly run, killed at two hundred instants over gathering, building and publishing."""

import random
import sys
from pathlib import Path

import pytest
from killing import bench

TIMES = 200


def test_wherever_a_run_is_killed_the_next_one_ends_where_it_would_have_ended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    dice = random.Random(11)
    killed = half_written = 0

    with bench(tmp_path) as found:
        wanted, takes_s = found.undisturbed()
        for _ in range(TIMES):
            found.lay_out()
            killed += found.run_and_kill(dice.uniform(0.05, takes_s))
            folder = found.place / "dist" / "2026-W47"
            half_written += folder.is_dir() and len(list(folder.iterdir())) < len(
                [name for name in wanted[1] if name.startswith("2026-W47/")]
            )
            found.run()
            assert found.left() == wanted

    with capsys.disabled():
        sys.stdout.write(f"\nkilled {killed} of {TIMES} runs of {takes_s:.1f} s; all ended alike\n")
    assert killed > TIMES / 2
    assert half_written == 0
