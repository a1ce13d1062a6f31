"""Two daemons on one store for twenty weeks of kills and pauses, on SQLite and on PostgreSQL."""

import random
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from daemons import Chaos, Yard, expect_each_week_once, yard
from nurseries import nursery

LEASE_S = 2.0
WEEKS = 20
WINDOW = timedelta(hours=12)


def run_weeks(two: Yard, *, seed: int) -> list[str]:
    """Let weeks pass, each with its draft, the last one undisturbed, and return them."""
    chaos = Chaos(seed, every_s=(0.1, 3.0), lease_s=LEASE_S)
    weeks = []
    for week, at in two.weeks(WEEKS):
        weeks.append(week)
        now = chaos if len(weeks) < WEEKS else None
        two.set_clock(at - WINDOW)
        two.wait(week, "draft", now)
        two.set_clock(at)
        two.wait(week, "published", now)
    return weeks


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_twenty_weeks_of_kills_and_pauses(
    tmp_path: Path,
    engine: str,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
) -> None:
    is_file = engine == "sqlite"
    database = "newsletter.db" if is_file else request.getfixturevalue("postgres_url")
    seed = random.randrange(1 << 32)

    with (
        nursery() as daemons,
        yard(tmp_path, daemons, database=database, lease_s=LEASE_S, review=True) as two,
    ):
        weeks = run_weeks(two, seed=seed)
        codes = two.end()
        with capsys.disabled():
            print(f"\n{engine}, seed {seed}: {two.figures}")  # noqa: T201

        assert codes == [0, 0]
        expect_each_week_once(two, weeks)
        assert two.left_over() == []
    if is_file:
        with closing(sqlite3.connect(tmp_path / "newsletter.db")) as found:
            assert found.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
