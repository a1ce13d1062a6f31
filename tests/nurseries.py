"""Where the daemons of the tests come from: forks of a process that has loaded what they need.

So one that is killed is there again at once.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newsletter.config import load

YAML = """\
title: The Tide
timezone: Europe/Berlin
database: {database}
schedule: {{publish: sunday 18:00{review}}}
issue: {{max_age: 400d, min_stories: 1}}
sections:
  - name: From our shelf
    seeds: seeds/
"""
BEFORE = datetime(2026, 11, 15, 12, tzinfo=UTC)  # of the first start
CLOCK = "clock"


class Nursery:
    """A process that has loaded what a daemon needs, and forks one whenever it is told to."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def start(self, folder: Path, lease_s: float) -> int:
        """Start a daemon and return its number."""
        return int(self._ask({"start": str(folder), "lease_s": lease_s}))

    def command(self, folder: Path, *arguments: str) -> int:
        """Start a command of `newsletter` in *folder* and return its number."""
        return int(self._ask({"start": str(folder), "command": arguments}))

    def wait(self, daemon: int) -> int:
        """Return the exit code of who ends; negative for a signal, as `Popen` has it."""
        return int(self._ask({"wait": daemon}))

    def close(self) -> None:
        """End it, with whoever it has started that is still there."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()

    def _ask(self, what: dict[str, object]) -> str:
        asked, answers = self._process.stdin, self._process.stdout
        assert asked
        assert answers
        asked.write(json.dumps(what) + "\n")
        asked.flush()
        return answers.readline()


@contextmanager
def nursery() -> Iterator[Nursery]:
    """Yield where daemons come from; it takes its time to be ready."""
    found = Nursery()
    try:
        yield found
    finally:
        found.close()


def story(name: str, week: str) -> str:
    return (
        f"{name} opens its new library\n\n"
        f"The mayor of {name} opened a library of nine floors on Thursday, after {week} had"
        f" begun with rain. {name} paid forty million crowns for it.\n"
    )


def _breed() -> None:
    """Answer what the nursery is asked, a line each, until nobody asks any more."""
    _warm_up()
    # One who is told to end before it hears that ends as soon as it does.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    for line in sys.stdin:
        asked = json.loads(line)
        if "wait" in asked:
            _, status = os.waitpid(asked["wait"], 0)
            print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201
            continue
        child = os.fork()
        if child == 0:
            code = 1
            try:
                folder = Path(asked["start"])
                told = asked.get("command")
                code = _obey(folder, told) if told else _work(folder, asked["lease_s"])
            finally:
                os._exit(code)
        print(child, flush=True)  # noqa: T201


def _warm_up() -> None:
    """Publish a week once, so that daemons are born with all modules and tables loaded."""
    from fakes import InlineWorkers

    from newsletter import sources, wiring
    from newsletter.cli.app import run

    assert sources
    # Each daemon would load the parsers anew, which takes longer than to publish a week.
    wiring.workers = InlineWorkers  # type: ignore[assignment]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "seeds").mkdir()
        (folder / "seeds" / "a.txt").write_text(story("Aldermoor", "2026-W01"))
        text = YAML.format(database="newsletter.db", review="")
        (folder / "feeds.yaml").write_text(text)
        with redirect_stdout(sys.stderr):
            for now in (BEFORE, BEFORE + timedelta(hours=6)):
                once = ["run", "--once", "--offline", "--now", now.isoformat(), "-q"]
                assert run([*once, "--config", str(folder / "feeds.yaml")]) == 0


def _obey(folder: Path, command: Sequence[str]) -> int:
    """Run a command in *folder*, its output in the file `log`, and return its exit code."""
    from newsletter.cli.app import run

    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    os.chdir(folder)
    log = os.open("log", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.dup2(log, 1)
    os.dup2(log, 2)
    return run([*command])


@contextmanager
def _heard() -> Iterator[None]:
    """Let SIGTERM through, as somebody is there to hear it."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    yield


def _work(folder: Path, lease_s: float) -> int:
    """Be a daemon by the clock in *folder*; return the exit code."""
    from newsletter import wiring
    from newsletter.cli.logs import log_to_stderr
    from newsletter.cli.options import Talk
    from newsletter.cli.watching import Watch
    from newsletter.cli.weekly import Weekly
    from newsletter.monitor import Facts, Figures, Pulse
    from newsletter.scheduler import Ended, Ending, Pace, Wakes, loop

    os.chdir(folder)
    log = os.open("log", os.O_WRONLY | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    log_to_stderr("text", Talk(), news=True)
    config = folder / "feeds.yaml"
    configuration = load(config)

    def clock() -> datetime:
        return datetime.fromisoformat((folder / CLOCK).read_text())

    try:
        with (
            Ending() as ending,
            _heard(),
            wiring.store(configuration) as store,
            Wakes(every_s=0.25) as wakes,
        ):
            weekly = Weekly(
                config, configuration, store, ending=ending, offline=True, lease_s=lease_s
            )
            watch = Watch(weekly, Pulse(), Figures(Facts))
            pace = Pace(busy_s=0.1, soonest_s=0.05, failed_s=0.2, longest_s=1.0)
            loop(lambda: watch(clock()), clock=clock, wakes=wakes, pace=pace)
    except Ended as told:
        return told.exit_code


if __name__ == "__main__":
    _breed()
