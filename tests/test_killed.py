"""The weekly run, killed: run again, it ends where it would have ended."""

import random
from collections.abc import Iterator

import pytest
from killing import Bench, bench

TIMES = 4  # the long tests do it two hundred times


@pytest.fixture(scope="module")
def killed_bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with bench(tmp_path_factory.mktemp("killed")) as found:
        yield found


def test_a_run_that_was_killed_ends_like_one_that_was_not(killed_bench: Bench):
    wanted, takes_s = killed_bench.undisturbed()
    dice = random.Random(7)

    for _ in range(TIMES):
        killed_bench.lay_out()
        killed_bench.run_and_kill(dice.uniform(0.05, takes_s))
        killed_bench.run()

        assert killed_bench.left() == wanted
    assert "2026-W47/index.html" in wanted[1]
    assert "feed.xml" in wanted[1]
