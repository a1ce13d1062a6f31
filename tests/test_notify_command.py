"""A note given to a program: what it is told, and what is told of it."""

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from noting import DRAFT, HOSTILE, note
from pace import slowness

from newsletter.errors import NotifyError
from newsletter.notify.command import Command


def program(folder: Path, source: str, **changes: Any) -> Command:
    """Return a command that runs *source*, which has `sys`, `os` and `time` at hand."""
    (folder / "tell.py").write_text(f"import os, sys, time\n{source}\n")
    words = (sys.executable, "-S", "tell.py", "--quiet")
    return Command(
        **{"words": words, "folder": folder, "environment": os.environ, "timeout_s": 60.0} | changes
    )


def fails(folder: Path, source: str, **changes: Any) -> NotifyError:
    with pytest.raises(NotifyError) as caught:
        program(folder, source, **changes).deliver(note())
    return caught.value


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def test_a_program_reads_the_event_on_stdin_and_its_name_in_the_environment(tmp_path: Path):
    source = (
        "names = [os.environ['NEWSLETTER_EVENT'], os.environ['NEWSLETTER_WEEK']]\n"
        "open('told', 'w').write('\\n'.join([*sys.argv[1:], *names, sys.stdin.read()]))"
    )
    headlines = {"headlines": list(HOSTILE)}

    program(tmp_path, source).deliver(note(details=DRAFT | headlines))

    *words, read = (tmp_path / "told").read_text().split("\n", 3)
    assert words == ["--quiet", "draft", "2026-W47"]
    assert json.loads(read)["event"] == "draft"
    assert len(json.loads(read)["details"]["headlines"]) == len(HOSTILE)


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last words of a program are waited for, however busy the machine is."""
    monkeypatch.setattr("newsletter.notify.command._PATIENCE_S", 60.0)


@pytest.mark.usefixtures("patient")
def test_a_program_says_by_its_exit_code_that_it_failed_and_why_in_its_last_line(tmp_path: Path):
    error = fails(tmp_path, "print('one\\n\\x1b[31mno pager here', file=sys.stderr); sys.exit(3)")

    assert str(error).endswith("ended with exit code 3: [31mno pager here")
    assert error.is_sure
    assert not error.is_final


def test_a_program_that_hangs_is_killed_with_its_children(tmp_path: Path):
    words = ("/bin/sh", "-c", "sleep 300 & echo $! > child; wait")
    timeout_s = round(2 * slowness(), 1)
    begun = time.monotonic()

    error = fails(tmp_path, "", words=words, timeout_s=timeout_s)

    assert not error.is_sure
    assert f"did not end within {timeout_s:g} s" in str(error)
    assert time.monotonic() - begun < 30 * slowness()
    child = int((tmp_path / "child").read_text())
    while is_running(child):  # killed, but a busy machine takes its time
        assert time.monotonic() - begun < 30 * slowness()


def test_a_program_may_leave_a_child_behind(tmp_path: Path):
    words = ("/bin/sh", "-c", "sleep 300 & echo $! > child")
    begun = time.monotonic()

    program(tmp_path, "", words=words).deliver(note())

    assert time.monotonic() - begun < 30 * slowness()
    child = int((tmp_path / "child").read_text())
    assert is_running(child)
    os.kill(child, signal.SIGKILL)


@pytest.mark.usefixtures("patient")
def test_a_program_that_says_much_is_heard_to_its_last_line(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    source = (
        "for _ in range(10): os.write(1, b'x' * 1_000_000); os.write(2, b'y' * 1_000_000)\n"
        "print('\\nthe end', file=sys.stderr); sys.exit(1)"
    )

    error = fails(tmp_path, source)

    assert str(error).endswith("exit code 1: the end")
    assert capfd.readouterr() == ("", "")


def test_a_program_need_not_read(tmp_path: Path):
    details = DRAFT | {"headlines": ["x" * 4_000] * 50, "problems": ["y" * 4_000] * 50}

    program(tmp_path, "os.close(0)").deliver(note(details=details))


def test_a_program_that_a_signal_ends_has_failed(tmp_path: Path):
    error = fails(tmp_path, "os.kill(os.getpid(), 9)")

    assert "was ended by signal 9" in str(error)


def test_a_program_that_is_not_there_is_not_looked_for_again(tmp_path: Path):
    error = fails(tmp_path, "", words=("./tell-nobody",))

    assert error.is_final
    assert "./tell-nobody cannot be started: No such file" in str(error)
