"""Two daemons on one store, killed and paused at random: each week is published once."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from daemons import Chaos, Yard, expect_each_week_once, yard
from nurseries import Nursery, nursery
from pace import slowness

LEASE_S = 1.0
WEEKS = 5
TRIES = 10  # to catch one at its work: it may be done before it is asleep


@pytest.fixture(scope="module")
def daemons() -> Iterator[Nursery]:
    with nursery() as found:
        yield found


def run_weeks(two: Yard, chaos: Chaos) -> list[str]:
    """Let weeks pass, the last one undisturbed, and return them."""
    weeks = []
    for week, at in two.weeks(WEEKS):
        two.set_clock(at)
        weeks.append(week)
        two.wait(week, "published", chaos if len(weeks) < WEEKS else None)
    return weeks


def test_kills_and_pauses_cost_no_week_and_print_none_twice(
    tmp_path: Path, daemons: Nursery
) -> None:
    with yard(tmp_path, daemons, lease_s=LEASE_S) as two:
        weeks = run_weeks(two, Chaos(7, every_s=(0.1, 0.8), lease_s=LEASE_S))

        assert two.end() == [0, 0]
        expect_each_week_once(two, weeks)
        assert two.left_over() == []
    with closing(sqlite3.connect(tmp_path / "newsletter.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_the_same_on_postgresql(
    tmp_path: Path,
    daemons: Nursery,
    postgres_url: str,
) -> None:
    with yard(tmp_path, daemons, database=postgres_url, lease_s=LEASE_S) as two:
        weeks = run_weeks(two, Chaos(11, every_s=(0.1, 0.8), lease_s=LEASE_S))

        assert two.end() == [0, 0]
        expect_each_week_once(two, weeks)
        assert two.left_over() == []


def test_one_that_slept_past_its_lease_is_fenced_off_when_it_wakes(
    tmp_path: Path, daemons: Nursery
) -> None:
    with yard(tmp_path, daemons, lease_s=LEASE_S * slowness()) as two:
        weeks = []
        for week, at in two.weeks(TRIES):
            weeks.append(week)
            two.set_clock(at)
            with two.asleep(week) as was_at_work:
                two.wait(week, "published")
            if was_at_work:
                break
        two.wait_for("taken over by another process")

        assert two.end() == [0, 0]
        expect_each_week_once(two, weeks)


def test_one_that_is_told_to_end_gives_its_week_to_the_other_at_once(
    tmp_path: Path, daemons: Nursery
) -> None:
    with yard(tmp_path, daemons, lease_s=600) as two:
        ((week, at),) = two.weeks(1)
        two.set_clock(at)

        code, seconds = two.tell_to_end(two.at_work(week))
        two.wait(week, "published")

        assert code == 0
        assert seconds < 10 * slowness()
        assert two.attempts(week) == 1, two.log()
        expect_each_week_once(two, [week])
