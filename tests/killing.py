"""A weekly run that is killed at some instant and run again: what is left, beside one that was not.

The schedule's clock is given, so that two runs of one moment must end in the same state.
"""

import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from desks import FLOOD_A, FLOOD_B, files
from nurseries import Nursery, nursery
from servers import serving_folder

from newsletter.store import open_store

BEFORE = "2026-11-21T12:00:00Z"  # the daemon's first start, a day before the instant
AT = "2026-11-22T18:00:10Z"
EVENTS = (
    ("Ferry line to Harn closes in March", "The council of Harn ends the ferry line in March."),
    ("Court fines the port of Velsum", "A court fined the port of Velsum four million crowns."),
    ("Bridge at Ellery opens after nine years", "The bridge at Ellery was opened by the minister."),
    ("Grain stores burn in Bramfield", "A fire in Bramfield destroyed two grain stores on Friday."),
)
_RUN = ("run", "--once", "--now")
_Left = tuple[object, Mapping[str, bytes]]


@dataclass(frozen=True)
class Bench:
    """A workspace that was started a day before its instant, and where copies of it are worked on.

    All copies lie at one place in turn: paths stand in what is remembered. Runs are forks of a
    process that has loaded all modules, so that a kill hits the work and not the loading.
    """

    base: Path
    place: Path
    nursery: Nursery

    def lay_out(self) -> None:
        """Put a fresh copy in place."""
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(self.base, self.place)

    def run(self, now: str = AT) -> None:
        """Run what is due to its end."""
        number = self.nursery.command(self.place, *_RUN, now)
        assert self.nursery.wait(number) == 0, (self.place / "log").read_text()

    def run_and_kill(self, after_s: float, now: str = AT) -> bool:
        """Kill a run after so many seconds; tell whether it was still there."""
        number = self.nursery.command(self.place, *_RUN, now)
        # Not before it is time, and not to wait for anything: the instant is the dice's.
        threading.Event().wait(after_s)
        os.kill(number, signal.SIGKILL)
        return self.nursery.wait(number) == -signal.SIGKILL

    def left(self) -> _Left:
        """Return all that is remembered, and the files of dist/."""
        with open_store(f"sqlite:///{self.place / 'newsletter.db'}") as store:
            return store.dump(), files(self.place / "dist")

    def undisturbed(self) -> tuple[_Left, float]:
        """Return what a run leaves that nobody kills, and how many seconds it takes."""
        self.lay_out()
        began = time.monotonic()
        self.run()
        return self.left(), time.monotonic() - began


@contextmanager
def bench(folder: Path) -> Iterator[Bench]:
    """Yield a bench below *folder*, with two feeds that a server on loopback serves."""
    served, base = folder / "served", folder / "base"
    served.mkdir()
    (base / "seeds").mkdir(parents=True)
    (base / "seeds" / "a.txt").write_text(FLOOD_A)
    (base / "seeds" / "b.md").write_text(FLOOD_B)
    with serving_folder(served) as address, nursery() as forks:
        (base / "feeds.yaml").write_text(
            "title: The Tide\nurl: https://tide.example\n"
            f"issue: {{max_age: 400d, min_stories: 1}}\nfetch: {{allow_private: ['{address}']}}\n"
            "sections:\n  - name: News\n    feeds:\n"
            f"      - {{url: 'http://{address}/a.xml', name: Ledger}}\n"
            f"      - {{url: 'http://{address}/b.xml', name: Harbour Post}}\n"
            "  - name: From our shelf\n    seeds: seeds/\n"
        )
        found = Bench(base=base, place=folder / "place", nursery=forks)
        for name in ("a", "b"):
            _serve(served / f"{name}.xml", EVENTS[:2], name)
        found.lay_out()
        found.run(BEFORE)
        shutil.rmtree(base)
        shutil.copytree(found.place, base)
        for name in ("a", "b"):
            _serve(served / f"{name}.xml", EVENTS, name)
        yield found


def _serve(path: Path, events: tuple[tuple[str, str], ...], outlet: str) -> None:
    items = "".join(
        f"<item><title>{title}</title><link>https://{outlet}.example/{number}</link>"
        f"<guid>{outlet}{number}</guid><description>{text} Outlet {outlet} spoke to witnesses."
        "</description></item>"
        for number, (title, text) in enumerate(events)
    )
    path.write_text(f'<rss version="2.0"><channel><title>{outlet}</title>{items}</channel></rss>')
