"""How the daemon ends: what may be interrupted is, the rest ends first."""

import asyncio
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from newsletter.scheduler import Ended, Ending


@contextmanager
def ending(**given: object) -> Iterator[Ending]:
    """An ending that would not take the tests with it."""
    cut: list[int] = []
    with Ending(**{"cut_short": cut.append, **given}) as found:  # type: ignore[arg-type]
        yield found


def ended(work: Callable[[], object]) -> Ended:
    with pytest.raises(Ended) as told:
        work()
    return told.value


@pytest.mark.parametrize(("signum", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_signal_interrupts_what_is_under_way(signum: int, code: int) -> None:
    with ending():
        told = ended(lambda: signal.raise_signal(signum))

    assert told.exit_code == code


def test_a_signal_goes_through_an_event_loop_and_its_tasks() -> None:
    async def wait() -> None:
        await asyncio.sleep(60)

    async def work() -> None:
        asyncio.get_running_loop().call_soon(signal.raise_signal, signal.SIGTERM)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(wait())
            tasks.create_task(wait())

    with ending():
        told = ended(lambda: asyncio.run(work()))

    assert told.exit_code == 0


def test_what_is_to_be_whole_ends_before_the_signal_is_heard() -> None:
    done = []

    def work() -> None:
        with end.whole():
            with end.whole():
                signal.raise_signal(signal.SIGTERM)
            done.append("the outer block")
        done.append("what came after it")

    with ending() as end:
        ended(work)

    assert done == ["the outer block"]


def test_a_failure_of_what_was_to_be_whole_does_not_hide_the_signal() -> None:
    def work() -> None:
        with end.whole():
            signal.raise_signal(signal.SIGTERM)
            raise ValueError

    with ending() as end:
        ended(work)


def test_it_is_raised_once_so_that_claims_can_be_given_back() -> None:
    given_back = []

    def work() -> None:
        try:
            signal.raise_signal(signal.SIGTERM)
        finally:
            with end.whole():
                given_back.append("publish 2026-W47")
            given_back.append("gather")

    with ending() as end:
        ended(work)

    assert given_back == ["publish 2026-W47", "gather"]


def test_a_second_signal_ends_at_once() -> None:
    cut: list[int] = []
    was_cut = threading.Event()

    def cut_short(code: int) -> None:
        cut.append(code)
        was_cut.set()

    def work() -> None:
        with end.whole():
            signal.raise_signal(signal.SIGTERM)
            signal.raise_signal(signal.SIGINT)
            was_cut.wait(60)

    with ending(cut_short=cut_short) as end:
        ended(work)

    assert cut == [130]


def test_what_takes_too_long_to_end_is_cut_short() -> None:
    cut = threading.Event()
    was_cut = []

    def work() -> None:
        with end.whole():
            signal.raise_signal(signal.SIGTERM)
            was_cut.append(cut.wait(60))

    with ending(within_s=0.01, cut_short=lambda code: cut.set()) as end:
        ended(work)

    assert was_cut == [True]


def test_what_hears_no_signal_for_long_is_cut_short_too(tmp_path: Path) -> None:
    # A database that another process has locked is waited for where Python runs no handler.
    # The signal comes once that has begun and this frame is the innermost one again: from then on
    # Python runs nothing in the main thread before the lock is had.
    code = """if True:
        import os, signal, sqlite3, sys, threading, time
        from newsletter.scheduler import Ending
        held, wanted = (sqlite3.connect("x.db", timeout=600, isolation_level=None) for _ in "ab")
        held.execute("BEGIN IMMEDIATE")
        main, frame, begun = threading.get_ident(), sys._getframe(), threading.Event()
        def strike():
            begun.wait()
            while sys._current_frames()[main] is not frame:
                time.sleep(0.001)
            os.kill(os.getpid(), signal.SIGTERM)
        wanted.set_trace_callback(lambda _: begun.set())
        threading.Thread(target=strike).start()
        with Ending(within_s=0.2):
            wanted.execute("BEGIN IMMEDIATE")
    """

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=300
    )

    assert done.returncode == 0
    assert "cut short" in done.stderr


def test_afterwards_signals_mean_what_they_meant_before() -> None:
    before = signal.getsignal(signal.SIGINT)

    with ending():
        pass

    assert signal.getsignal(signal.SIGINT) is before


def test_in_another_thread_nothing_is_deferred_and_nothing_raised() -> None:
    came_through = threading.Event()

    def work(end: Ending) -> None:
        with end.whole():
            came_through.set()

    with ending() as end:
        thread = threading.Thread(target=work, args=(end,))
        thread.start()
        thread.join()

    assert came_through.is_set()
