"""Names of processes: one that has ended on this machine is known to be gone."""

import subprocess
import sys

from newsletter.scheduler.owners import is_gone, owner


def name_of_one_that_ended() -> str:
    code = "from newsletter.scheduler.owners import owner; print(owner())"
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()


def test_this_process_is_there():
    assert not is_gone(owner())


def test_a_process_that_ended_is_gone():
    assert is_gone(name_of_one_that_ended())


def test_nobody_knows_of_a_process_on_another_machine():
    ended = name_of_one_that_ended().split("/")

    assert not is_gone("/".join(["elsewhere", *ended[1:]]))
    assert not is_gone("/".join([ended[0], "another-start", *ended[2:]]))


def test_a_number_that_another_process_got_since_is_not_the_one_that_was():
    *where, number, _ = owner().split("/")

    assert is_gone("/".join([*where, number, "1"]))


def test_what_is_no_name_of_a_process_is_left_alone():
    assert not is_gone("")
    assert not is_gone("somebody")
