"""Signs of life while a job is done, until it ends or somebody else has it."""

import threading
from collections.abc import Callable

import pytest

from newsletter.errors import StoreError
from newsletter.scheduler import keeping

NAME = "publish 2026-W47"


class Beats:
    """Signs of life that fail, or are refused, as told; a test can wait for their number."""

    def __init__(self, *outcomes: bool | Exception) -> None:
        self.outcomes = list(outcomes)
        self.count = 0
        self.changed = threading.Condition()

    def __call__(self) -> bool:
        with self.changed:
            outcome = self.outcomes[min(self.count, len(self.outcomes) - 1)]
            self.count += 1
            self.changed.notify_all()
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def wait_for(self, count: int) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: self.count >= count, 60)


def kept(beats: Callable[[], bool]) -> "keeping":  # type: ignore[valid-type]
    return keeping(beats, NAME, every_s=0.005)


def test_signs_of_life_are_given_until_the_block_ends() -> None:
    beats = Beats(True)

    with kept(beats):
        beats.wait_for(3)
    given = beats.count

    assert not [thread for thread in threading.enumerate() if thread.name == f"beat {NAME}"]
    assert beats.count == given


def test_a_database_that_is_busy_is_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    beats = Beats(StoreError("newsletter.db: another process has it locked"), True)

    with kept(beats):
        beats.wait_for(2)

    assert f"job={NAME}" in caplog.text


def test_once_somebody_else_has_the_job_no_more_are_given(
    caplog: pytest.LogCaptureFixture,
) -> None:
    beats = Beats(False)

    with kept(beats):
        beats.wait_for(1)
        for thread in threading.enumerate():
            if thread.name == f"beat {NAME}":
                thread.join(60)

    assert beats.count == 1
    assert "taken over" in caplog.text


def test_what_the_block_raises_goes_through() -> None:
    with pytest.raises(ZeroDivisionError), kept(Beats(True)):
        raise ZeroDivisionError
