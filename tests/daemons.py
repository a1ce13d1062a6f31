"""Two daemons on one store that are killed and paused at random, week after week.

Real processes run the real loop, by a clock that stands in a file.
"""

import json
import os
import random
import signal
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from nurseries import BEFORE, CLOCK, YAML, Nursery, story

from newsletter.config import Configuration, load
from newsletter.model import Built, Event
from newsletter.store import open_store
from newsletter.weeks import instant, plan

REVIEW = ", review: {window: 12h, unless_approved: publish}"
_LONGEST_S = 240.0  # for a week, however busy the machine
_LOOK_S = 0.02
_HARMS = 2  # in a week at most: on a slow machine no build would come to its end between them
_NAMES = (
    "Aldermoor Brinewick Castlebury Dunharrow Eastmere Fallowgate Greywater Hollinford Inverlane "
    "Jutborough Kestrelholm Langthorpe Marrowdale Netherby Oxcombe Pellworth Quarrington Ravensea "
    "Saltmarsh Thornbridge Ulverden Vexford Westerleigh Yarrowfield"
).split()


@dataclass
class Figures:
    """What was done to the daemons, and what came of it."""

    weeks: int = 0
    kills: int = 0
    pauses: int = 0
    fenced: int = 0
    seconds: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        longest = max(self.seconds, default=0.0)
        mean = sum(self.seconds) / max(1, len(self.seconds))
        return (
            f"{self.weeks} weeks, {self.kills} kills, {self.pauses} pauses, {self.fenced} claims"
            f" taken from stale owners; {mean:.1f} s a week, at most {longest:.1f} s"
        )


class Yard:
    """A workspace with daemons at work in it, in the hands of a test."""

    def __init__(self, folder: Path, nursery: "Nursery", database: str, lease_s: float) -> None:
        self.folder = folder
        self.figures = Figures()
        self.daemons: list[int] = []
        self._nursery = nursery
        self._lease_s = lease_s
        self._database = database if "://" in database else f"sqlite:///{folder / database}"

    @property
    def configuration(self) -> Configuration:
        return load(self.folder / "feeds.yaml")

    def start(self) -> int:
        """Start one more daemon."""
        self.daemons.append(self._nursery.start(self.folder, self._lease_s))
        return self.daemons[-1]

    def set_clock(self, now: datetime) -> None:
        """Set the schedule's clock of all daemons."""
        fresh = self.folder / f"{CLOCK}.new"
        fresh.write_text(now.isoformat())
        fresh.replace(self.folder / CLOCK)

    def weeks(self, count: int) -> Iterator[tuple[str, datetime]]:
        """Yield the next weeks and their instants, each with a document of its own to print."""
        for week, at in plan(self.configuration.settings.weekly, BEFORE, count):
            name = _NAMES[self.figures.weeks % len(_NAMES)]
            (self.folder / "seeds" / f"{week}.txt").write_text(story(name, week))
            yield week, at
            self.figures.weeks += 1

    def wait(self, week: str, kind: str, chaos: "Chaos | None" = None) -> None:
        """Return when *kind* is what became of *week*; let *chaos* do harm meanwhile."""
        began, harms = time.monotonic(), 0
        with open_store(self._database) as store:
            while not any(event.kind == kind for event in store.events(week)):
                assert time.monotonic() < began + _LONGEST_S, self.log()
                if chaos and harms < _HARMS and chaos.is_time():
                    chaos.harm(self)
                    harms += 1
                time.sleep(_LOOK_S)
        self.figures.seconds.append(time.monotonic() - began)

    def wait_for_beginning(self) -> None:
        """Return when a daemon has had its first start: what lay before it is not made up."""
        self.wait_for("gather")

    def wait_for(self, said: str) -> None:
        """Return when a daemon has said that."""
        end = time.monotonic() + _LONGEST_S
        while said not in self.log():
            assert time.monotonic() < end, self.log()
            time.sleep(_LOOK_S)

    def at_work(self, week: str) -> int:
        """Return the daemon that publishes *week*, as soon as one does."""
        end = time.monotonic() + _LONGEST_S
        with open_store(self._database) as store:
            while time.monotonic() < end:
                run = store.run_of("publish", week)
                if run and run.state == "running":
                    return int(run.owner.split("/")[-2])
        raise AssertionError(self.log())

    def kill(self, daemon: int) -> None:
        """End a daemon as a power cut does, and wait until it is gone."""
        os.kill(daemon, signal.SIGKILL)
        self._nursery.wait(daemon)
        self.daemons.remove(daemon)
        self.figures.kills += 1

    @contextmanager
    def paused(self, daemon: int) -> Iterator[None]:
        """Stop a daemon while the block lasts, as a laptop's sleep does."""
        os.kill(daemon, signal.SIGSTOP)
        self.figures.pauses += 1
        try:
            yield
        finally:
            os.kill(daemon, signal.SIGCONT)

    def attempts(self, week: str) -> int:
        """Return how many times it was begun to publish *week*, without what was given back."""
        with open_store(self._database) as store:
            run = store.run_of("publish", week)
        return run.attempts if run else 0

    def tell_to_end(self, daemon: int) -> tuple[int, float]:
        """End one daemon as it is to be ended; return its exit code and how long that took."""
        began = time.monotonic()
        os.kill(daemon, signal.SIGTERM)
        self.daemons.remove(daemon)
        return self._nursery.wait(daemon), time.monotonic() - began

    @contextmanager
    def asleep(self, week: str) -> Iterator[bool]:
        """Stop whoever publishes *week* while the block lasts; yield whether it was still at it.

        It is stopped when it has nothing locked: nobody can take over from one that holds the
        lock of a file, all wait for it to wake.
        """
        daemon, is_asleep = self.at_work(week), False
        while not is_asleep:
            with self.paused(daemon):
                if self._is_free():
                    is_asleep = True
                    yield self._publishes(daemon, week)
            time.sleep(_LOOK_S / 4)

    def _publishes(self, daemon: int, week: str) -> bool:
        with open_store(self._database) as store:
            run = store.run_of("publish", week)
        return bool(run and run.state == "running" and f"/{daemon}/" in run.owner)

    def _is_free(self) -> bool:
        file = self.folder / "newsletter.db"
        with closing(sqlite3.connect(file, timeout=0.05, isolation_level=None)) as database:
            try:
                # Not BEGIN IMMEDIATE: who sleeps while it reads lets nobody end a transaction.
                database.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError:
                return False
            return True

    def end(self) -> list[int]:
        """End all daemons as they are to be ended; return their exit codes."""
        for daemon in self.daemons:
            os.kill(daemon, signal.SIGTERM)
        codes = [self._nursery.wait(daemon) for daemon in self.daemons]
        self.daemons.clear()
        self.figures.fenced = self.log().count("taken over by another process job=")
        return codes

    def log(self) -> str:
        """Return what all daemons have said."""
        return (self.folder / "log").read_text()

    def published(self) -> list[Built]:
        """Return the published issues, oldest first."""
        with open_store(self._database) as store:
            return list(reversed(store.published(1000)))

    def events(self, kind: str) -> list[Event]:
        """Return what happened of that kind, in order."""
        with open_store(self._database) as store:
            return [event for event in store.events() if event.kind == kind]

    def printed(self) -> list[str]:
        """Return the ids of the articles of all published issues, one for each time."""
        return [
            article["id"]
            for issue in self.published()
            for section in json.loads(issue.content)["sections"]
            for story in section["stories"]
            for article in story["articles"]
        ]

    def left_over(self) -> list[str]:
        """Return what lies in dist/ that is not meant to be there."""
        return sorted(path.name for path in (self.folder / "dist").glob(".*"))


class Chaos:
    """Harm at random moments, the same for the same seed: a kill, or a pause past the lease."""

    def __init__(self, seed: int, *, every_s: tuple[float, float], lease_s: float) -> None:
        self._dice = random.Random(seed)
        self._every_s = every_s
        self._pause_s = 1.5 * lease_s
        self._plan()

    def is_time(self) -> bool:
        return time.monotonic() >= self._next

    def harm(self, yard: Yard) -> None:
        """Kill a daemon and start it again, or stop one for longer than its lease."""
        victim = self._dice.choice(yard.daemons)
        if self._dice.random() < 0.7:
            yard.kill(victim)
            yard.start()
        else:
            with yard.paused(victim):
                time.sleep(self._pause_s)
        self._plan()

    def _plan(self) -> None:
        self._next = time.monotonic() + self._dice.uniform(*self._every_s)


@contextmanager
def yard(
    folder: Path,
    nursery: Nursery,
    *,
    database: str = "newsletter.db",
    lease_s: float = 2.0,
    review: bool = False,
) -> Iterator[Yard]:
    """Yield a workspace with two daemons at work that have had their first start."""
    (folder / "seeds").mkdir()
    (folder / "log").touch()
    text = YAML.format(database=database, review=REVIEW if review else "")
    (folder / "feeds.yaml").write_text(text)
    found = Yard(folder, nursery, database, lease_s)
    found.set_clock(BEFORE)
    try:
        found.start()
        found.start()
        found.wait_for_beginning()
        yield found
    finally:
        for daemon in list(found.daemons):
            found.kill(daemon)


def expect_each_week_once(yard: Yard, weeks: Sequence[str]) -> None:
    """Expect each week to be published once, with its own article alone, and no gap between two."""
    issues = yard.published()
    assert [issue.id for issue in issues] == list(weeks)
    assert [event.week for event in yard.events("published")] == list(weeks)
    assert len(yard.printed()) == len(set(yard.printed())) == len(weeks)
    for earlier, later in pairwise(issues):
        assert later.since == earlier.until
    weekly = yard.configuration.settings.weekly
    for issue in issues:
        assert issue.until - instant(weekly, issue.id) < timedelta(hours=1)
        on_disk = (yard.folder / "dist" / issue.id / "issue.json").read_text()
        assert on_disk == issue.content
