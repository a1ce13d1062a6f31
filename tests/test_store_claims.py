"""Who may do a job of the weekly run: one at a time, and nobody who was taken for dead."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from engines import (
    DAY,
    ENGINES,
    HOUR,
    NOW,
    SECOND,
    article,
    claimed,
    event,
    issue,
    sure,
    url_on,
)
from postgres import emptied_postgres_url, postgres  # noqa: F401 - fixtures

from newsletter.errors import FencedError
from newsletter.model import Claim, Run
from newsletter.store import Store, open_store


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest) -> str:
    return url_on(request.param, request)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with open_store(url) as opened:
        yield opened


def test_a_job_is_claimed_once(store: Store):
    first = claimed(store)

    assert first == Claim(job="publish", period="2026-W47", owner="one", fence=1, attempts=1)
    assert claimed(store, "two") is None
    assert claimed(store, "one") is None


def test_another_period_and_another_job_are_claimed_for_themselves(store: Store):
    claimed(store)

    assert claimed(store, "two", period="2026-W48")
    assert claimed(store, "two", job="draft")


def test_a_run_tells_how_far_it_has_come(store: Store):
    claim = sure(claimed(store, wall=NOW + HOUR))
    begun = Run(
        job="publish",
        period="2026-W47",
        state="running",
        owner="one",
        fence=1,
        attempts=1,
        beat_at=NOW + HOUR,
        started_at=NOW,
    )

    assert store.run_of("publish", "2026-W48") is None
    assert store.run_of("publish", "2026-W47") == begun
    store.end_run(claim, "done", now=NOW + SECOND)
    assert store.run_of("publish", "2026-W47") == replace(
        begun, state="done", ended_at=NOW + SECOND
    )


def test_of_ten_claimers_at_once_one_has_the_job(url: str):
    with open_store(url) as shared:
        with ThreadPoolExecutor(10) as threads:
            found = list(threads.map(lambda number: claimed(shared, f"{number}"), range(10)))

        assert [claim.fence for claim in found if claim] == [1]


_CLAIMS = """
import sys
from datetime import UTC, datetime
from newsletter.store import open_store
now = datetime(2026, 11, 22, 17, tzinfo=UTC)
with open_store(sys.argv[1]) as store:
    for number in range(20):
        claim = store.claim("gather", f"{number}", owner=sys.argv[2], now=now, beat_at=now,
                            lease_s=15)
        if claim:
            store.end_run(claim, "done", now=now)
            print(number)
"""


def test_of_several_processes_one_does_each_job(url: str):
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", _CLAIMS, url, owner], stdout=subprocess.PIPE, text=True
        )
        for owner in ("one", "two", "three")
    ]
    done = [process.communicate()[0].split() for process in processes]

    assert [process.returncode for process in processes] == [0, 0, 0]
    assert sorted(int(one) for each in done for one in each) == list(range(20))


@pytest.mark.parametrize("away", [14 * SECOND, -14 * SECOND])
def test_a_claim_holds_while_its_owner_gives_signs_of_life(store: Store, away: timedelta):
    claimed(store)

    assert claimed(store, "two", wall=NOW + away) is None


@pytest.mark.parametrize("away", [15 * SECOND, -DAY], ids=["silence", "a clock set back"])
def test_a_claim_without_a_sign_of_life_is_taken_over_with_a_higher_fence(
    store: Store, away: timedelta
):
    claimed(store)

    taken = claimed(store, "two", wall=NOW + away)

    assert taken == Claim(job="publish", period="2026-W47", owner="two", fence=2, attempts=2)


def test_a_sign_of_life_keeps_a_claim(store: Store):
    claim = sure(claimed(store))

    alive = store.beat(claim, beat_at=NOW + 10 * SECOND)

    assert alive
    assert claimed(store, "two", wall=NOW + 20 * SECOND) is None


def stale(store: Store) -> Claim:
    """Return a claim that somebody else has taken over."""
    claim = sure(claimed(store))
    assert claimed(store, "two", wall=NOW + 20 * SECOND)
    return claim


def test_a_stale_owner_hears_that_it_was_taken_over(store: Store):
    claim = stale(store)

    assert not store.beat(claim, beat_at=NOW + 21 * SECOND)
    with pytest.raises(FencedError, match=r"publish 2026-W47: another process has taken it over"):
        store.check_claim(claim)


def test_a_stale_owner_changes_nothing(store: Store):
    claim = stale(store)
    before = store.run_of("publish", "2026-W47")

    with pytest.raises(FencedError):
        store.end_run(claim, "done", now=NOW)
    store.release(claim)

    assert store.run_of("publish", "2026-W47") == before


def test_what_a_stale_owner_did_in_one_transaction_with_its_end_is_undone(store: Store):
    claim = stale(store)

    with pytest.raises(FencedError), store.transaction() as joined:  # noqa: PT012 - one act
        joined.save_issue(issue(47))
        joined.note(event("published"), channels=("email:desk@example.org",))
        joined.end_run(claim, "done", now=NOW)

    assert store.built("2026-W47") is None
    assert (store.events(), store.notices(most=9)) == ((), ())


def test_a_fence_of_an_older_copy_of_the_database_is_no_claim(store: Store):
    claim = sure(claimed(store))

    assert not store.beat(replace(claim, owner="of before"), beat_at=NOW)


@pytest.mark.parametrize("state", ["done", "failed", "missed"])
def test_what_has_ended_for_good_is_not_claimed_again(store: Store, state: str):
    store.end_run(sure(claimed(store)), state, now=NOW, cause="so it is")  # type: ignore[arg-type]

    assert claimed(store, now=NOW + DAY, wall=NOW + DAY) is None


def test_a_failure_is_tried_again_when_its_time_has_come_and_attempts_are_counted(store: Store):
    claim = sure(claimed(store))
    store.end_run(claim, "waiting", now=NOW, cause="no disk", next_try=NOW + HOUR)

    early = claimed(store, now=NOW + HOUR - SECOND)
    again = sure(claimed(store, now=NOW + HOUR))

    assert early is None
    assert (again.fence, again.attempts) == (2, 2)


def test_a_run_that_ended_is_held_by_nobody(store: Store):
    claim = sure(claimed(store))
    store.end_run(claim, "done", now=NOW)

    with pytest.raises(FencedError):
        store.end_run(claim, "failed", now=NOW)
    with pytest.raises(FencedError):
        store.check_claim(claim)


def test_a_released_claim_counts_no_attempt_and_is_had_at_once(store: Store):
    store.release(sure(claimed(store)))

    again = claimed(store, "two")

    assert again == Claim(job="publish", period="2026-W47", owner="two", fence=2, attempts=1)


def test_the_runs_that_began_last_come_first(store: Store):
    def begin(period: str, at: datetime) -> None:
        claimed(store, job="gather", period=period, now=at)

    begin("2026-11-22T15:00:00Z", NOW - 2 * HOUR)
    begin("2026-11-22T17:00:00Z", NOW)
    begin("2026-11-22T16:00:00Z", NOW - HOUR)

    assert [run.started_at for run in store.runs(2)] == [NOW, NOW - HOUR]


def test_a_transaction_that_raises_leaves_nothing(store: Store):
    with pytest.raises(ZeroDivisionError), store.transaction() as joined:  # noqa: PT012 - one act
        joined.record([article("a")])
        claimed(joined)
        joined.note(event())
        raise ZeroDivisionError

    assert store.is_empty()
    assert (store.runs(9), store.events()) == ((), ())


def test_the_reason_of_a_failure_may_hold_what_no_database_takes(store: Store):
    store.end_run(sure(claimed(store)), "failed", now=NOW, cause="\ud800 and \x00")

    assert [run.cause for run in store.runs(1)] == ["? and \ufffd"]
