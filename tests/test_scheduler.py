"""The daemon's loop: a tick after each wake, soon where something is due, whatever failed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from newsletter.errors import StoreError
from newsletter.scheduler import Pace, Wakes, loop

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


class EndOfTest(BaseException):
    """Ends the loop, as a signal does."""


@dataclass(frozen=True)
class Found:
    """What a tick says of the next one."""

    next_at: datetime | None = None
    busy: tuple[str, ...] = ()


@dataclass
class ByHand:
    """Wakes the loop at once, some times; keeps when it was to be woken, how long it rested."""

    times: int = 1
    soons: list[float] = field(default_factory=list)
    rests: list[float] = field(default_factory=list)

    def wait(self) -> None:
        self.times -= 1
        if self.times < 0:
            raise EndOfTest

    def soon(self, in_s: float) -> None:
        self.soons.append(in_s)

    def rest(self, for_s: float) -> None:
        self.rests.append(for_s)


def run(
    tick: Callable[[], Found], wakes: ByHand, now: Callable[[], datetime] = lambda: NOON
) -> None:
    with pytest.raises(EndOfTest):
        loop(tick, clock=now, wakes=wakes)


def test_the_next_tick_comes_when_the_next_thing_is_due() -> None:
    wakes = ByHand()

    run(lambda: Found(next_at=NOON + timedelta(seconds=12)), wakes)

    assert wakes.soons == [12]


def test_what_is_due_already_does_not_make_the_loop_spin() -> None:
    wakes = ByHand()

    run(lambda: Found(next_at=NOON - HOUR), wakes)

    assert wakes.soons == [Pace().soonest_s]


def test_what_another_process_is_at_is_looked_after_soon() -> None:
    wakes = ByHand()

    run(lambda: Found(next_at=NOON + HOUR, busy=("publish 2026-W47",)), wakes)

    assert wakes.soons == [Pace().busy_s]


def test_a_tick_that_fails_does_not_end_the_loop_and_is_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    outcomes = iter([StoreError("newsletter.db: another process has it locked"), Found()])
    told: list[Exception] = []

    def tick() -> Found:
        outcome = next(outcomes)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    wakes = ByHand(times=2)
    with pytest.raises(EndOfTest):
        loop(tick, clock=lambda: NOON, wakes=wakes, failed=told.append)

    assert [str(error) for error in told] == ["newsletter.db: another process has it locked"]
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]
    assert "works again" in caplog.records[1].message


def test_a_fault_of_ours_is_logged_with_its_traceback(caplog: pytest.LogCaptureFixture) -> None:
    def tick() -> Found:
        raise ZeroDivisionError("division by zero")

    run(tick, ByHand())

    assert caplog.records[0].exc_info
    assert "ZeroDivisionError" in caplog.records[0].message


def test_failures_in_a_row_are_spaced_out_up_to_a_minute() -> None:
    def tick() -> Found:
        raise StoreError("gone")

    wakes = ByHand(times=6)
    run(tick, wakes)

    assert wakes.rests == [5, 10, 20, 40, 60, 60]


def test_after_a_sleep_the_next_tick_goes_by_the_clock_as_it_is_then() -> None:
    clock = iter([NOON, NOON + 9 * HOUR])
    wakes = ByHand(times=2)

    run(lambda: Found(next_at=NOON + 10 * HOUR), wakes, now=lambda: next(clock))

    assert wakes.soons == [10 * 3600, 3600]


def test_the_first_wake_is_there_at_once_and_the_others_keep_coming() -> None:
    with Wakes(every_s=0.02) as wakes:
        for _ in range(4):
            wakes.wait()


def test_a_moment_between_two_wakes_wakes_too() -> None:
    with Wakes(every_s=600) as wakes:
        wakes.wait()
        wakes.soon(0.01)
        wakes.wait()


def test_a_clock_set_back_by_a_day_does_not_let_it_sleep_for_a_day(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with Wakes(every_s=600) as wakes:
        wakes.wait()
        # To APScheduler, a clock that is set back is a next time that lies far ahead.
        job = wakes.scheduler.get_job("wake")
        job.modify(next_run_time=datetime.now(UTC) + timedelta(days=1))
        wakes.every_s = 0.05  # from here on: no wake may come before the clock is set back
        wakes.wait()

        assert "set back" in caplog.text
        assert wakes.scheduler.get_job("wake").next_run_time < datetime.now(UTC) + HOUR
