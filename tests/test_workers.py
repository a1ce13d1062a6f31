"""Work in processes of its own: as it comes, under limits, and what fails fails alone."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pace import slowness

from newsletter.errors import ParseError
from newsletter.workers import ProcessWorkers

GENEROUS = 300_000_000


def results(workers: ProcessWorkers, function, items, timeout_s=60.0) -> list[object]:
    """What came of each item, in the order of the items."""
    pairs = list(workers.map(function, items, timeout_s=timeout_s, memory_bytes=GENEROUS))
    return [result for _, result in sorted(pairs, key=lambda pair: pair[0])]


def double(number: int) -> int:
    return 2 * number


def stumble_at_two(number: int) -> int:
    if number == 2:
        raise ParseError("is no feed")
    return number


def sleep_at_two(number: int) -> int:
    time.sleep(60 if number == 2 else 0)
    return number


def swell_at_two(number: int) -> int:
    return len(bytearray(2_000_000_000 if number == 2 else 1))


def die_at_two(number: int) -> int:
    if number == 2:
        os._exit(7)
    return number


@pytest.fixture(scope="module")
def workers() -> ProcessWorkers:
    return ProcessWorkers(2)


def test_no_items_are_no_work(workers: ProcessWorkers):
    assert list(workers.map(double, [], timeout_s=5, memory_bytes=GENEROUS)) == []


def test_each_result_comes_with_its_item(workers: ProcessWorkers):
    got = workers.map(double, range(20), timeout_s=60, memory_bytes=GENEROUS)

    assert sorted(got) == [(number, 2 * number) for number in range(20)]


def test_items_are_drawn_only_as_calls_end(workers: ProcessWorkers):
    drawn = []

    def items():
        for number in range(100):
            drawn.append(number)
            yield number

    next(workers.map(double, items(), timeout_s=60, memory_bytes=GENEROUS))

    assert len(drawn) < 20


def test_what_has_ended_does_not_wait_for_what_takes_long(workers: ProcessWorkers):
    got = workers.map(sleep_at_two, [2, 1, 3], timeout_s=60, memory_bytes=GENEROUS)

    assert {next(got), next(got)} == {(1, 1), (3, 3)}
    got.close()


def test_an_error_stands_in_the_place_of_its_result(workers: ProcessWorkers):
    got = results(workers, stumble_at_two, [1, 2, 3])

    assert (got[0], got[2]) == (1, 3)
    assert isinstance(got[1], ParseError)
    assert str(got[1]) == "is no feed"


def test_a_call_that_overruns_is_killed_and_the_others_go_on(workers: ProcessWorkers):
    timeout_s = round(2 * slowness(), 1)
    began = time.monotonic()

    got = results(workers, sleep_at_two, [1, 2, 3, 4], timeout_s=timeout_s)

    assert (got[0], *got[2:]) == (1, 3, 4)
    assert isinstance(got[1], TimeoutError)
    assert str(got[1]) == f"took longer than {timeout_s:g} s"
    assert time.monotonic() - began < 20 * slowness()


def test_a_call_that_asks_for_too_much_memory_fails_alone(workers: ProcessWorkers):
    got = results(workers, swell_at_two, [1, 2, 3])

    assert (got[0], got[2]) == (1, 1)
    assert isinstance(got[1], MemoryError)


def test_a_process_that_dies_costs_its_own_item(workers: ProcessWorkers):
    got = results(workers, die_at_two, [1, 2, 3])

    assert (got[0], got[2]) == (1, 3)
    assert isinstance(got[1], MemoryError)


def test_what_cannot_be_sent_to_a_process_fails_in_its_place(workers: ProcessWorkers):
    got = results(workers, lambda item: item, [1])

    assert len(got) == 1
    assert isinstance(got[0], Exception)


def test_where_no_process_can_be_started_every_call_fails_and_nothing_hangs():
    impossible = 1 << 80  # bytes: no system has a number for this limit

    got = list(ProcessWorkers(1).map(double, [1, 2, 3], timeout_s=5, memory_bytes=impossible))

    assert [str(failure) for _, failure in got] == ["no process could be started for it"] * 3


def test_where_processes_take_for_ever_to_start_every_call_fails_and_nothing_hangs():
    impatient = ProcessWorkers(1, start_s=0)

    got = list(impatient.map(double, [1, 2, 3], timeout_s=1e-6, memory_bytes=GENEROUS))

    assert [str(failure) for _, failure in got] == ["no process could be started for it"] * 3


def test_a_reader_who_goes_away_ends_the_processes(workers: ProcessWorkers):
    going_on = workers.map(sleep_at_two, [1, 2, 2, 2], timeout_s=60, memory_bytes=GENEROUS)
    next(going_on)
    began = time.monotonic()

    going_on.close()

    assert time.monotonic() - began < 10 * slowness()


# The children find nothing of what they were promised: whoever promised it is gone.
ENDS_WHILE_THEY_START = """
import os
from newsletter.workers import ProcessWorkers
def items():
    yield -1
    os._exit(0)
list(ProcessWorkers(2).map(abs, items(), timeout_s=60, memory_bytes=300_000_000))
"""
# Ctrl-C goes to all processes of a terminal, whatever they are at.
STRUCK_WHILE_IT_LOADS = """
from newsletter.workers import ProcessWorkers
found = ProcessWorkers(1, preload=("struck",))
print(list(found.map(abs, [-1], timeout_s=60, memory_bytes=300_000_000)))
"""


@pytest.mark.parametrize(
    ("program", "says"),
    [
        pytest.param(ENDS_WHILE_THEY_START, "", id="the program ends while they start"),
        pytest.param(STRUCK_WHILE_IT_LOADS, "[(-1, 1)]\n", id="Ctrl-C while they load"),
    ],
)
def test_whatever_befalls_the_processes_they_print_nothing(tmp_path: Path, program: str, says: str):
    (tmp_path / "struck.py").write_text("import os, signal; os.kill(os.getpid(), signal.SIGINT)")

    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        check=True,
        text=True,
    )

    assert (done.stdout, done.stderr) == (says, "")
