"""An issue that editors work on over HTTP, in a preview that may be killed: what is kept of it."""

import json
import os
import re
import signal
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from desks import FORMATS, built
from doors import HASH, PASSWORD
from nurseries import Nursery

from newsletter.issue import load
from newsletter.issue.base import load_base
from newsletter.issue.editing import apply
from newsletter.issue.seal import sealed
from newsletter.model import Base, Edit, Issue
from newsletter.store import open_store

WEEK = "2026-W47"
CONFIG = f"""\
title: The Tide
url: https://tide.example
issue: {{max_age: 400d, stories: 12, per_source: 9}}
preview: {{password: "{HASH}"}}
sections:
  - {{name: Harbour, seeds: seeds/harbour}}
  - {{name: Town, seeds: seeds/town}}
  - {{name: Power, seeds: seeds/power}}
"""
_STORIES = {
    "harbour": (
        ("Ferry to Harn ends in March", "The council of Harn ends the winter ferry after years"),
        ("Cranes learn to work at night", "Nine cranes lifted freight by lamplight on Thursday"),
        ("Seals return to the outer mole", "Biologists counted forty grey seals upon warm stones"),
        ("A lighthouse is sold to a painter", "The buyer wants to live beneath the turning lens"),
        ("Dredgers find a wooden anchor", "Archaeologists date the oak to the fourteenth century"),
        ("Pilots strike over short nights", "Steersmen ask that shifts leave eight hours of sleep"),
    ),
    "town": (
        ("Library opens nine floors", "Readers queued along the square before breakfast"),
        ("School kitchens drop sugar", "Cooks replace sweet puddings by baked apples and nuts"),
        ("Bakery robots take Sunday shifts", "Machines knead dough while apprentices stay in bed"),
        ("Tram line nine gets grass", "Gardeners seed clover between the rails of the avenue"),
        ("Mayor Holt will not run again", "Ida Holt leaves office when her second term expires"),
        ("Court fines a landlord twice", "Judges found mould in thirty flats of one company"),
    ),
    "power": (
        ("Salt battery survives frost", "Engineers froze sodium cells for a month in Lowmere"),
        ("Island runs a week on wind", "Turbines alone fed every kettle on Skarn since Monday"),
        ("Dam turbines rest for eels", "Operators stop the blades while young fish migrate"),
        ("Solar roofs glut the noon market", "Prices fell below zero on eleven sunny weekdays"),
        ("Old mine heats a swimming hall", "Warm water rises from flooded coal shafts at Brack"),
        ("Copper thieves darken a suburb", "Cables vanished overnight from three substations"),
    ),
}  # fmt: skip


def laid_out(folder: Path) -> Path:
    """Build a week of eighteen stories in *folder*, of which twelve are in the issue."""
    for section, stories in _STORIES.items():
        (folder / "seeds" / section).mkdir(parents=True)
        for number, (title, text) in enumerate(stories):
            document = (
                f"---\ntitle: {title}\nsource: {section.title()} Post {number}\n"
                f"url: https://{section}{number}.example/1\ndate: 2026-11-19\n---\n{text}.\n"
            )
            (folder / "seeds" / section / f"{number}.md").write_text(document)
    (folder / "feeds.yaml").write_text(CONFIG)
    assert built("--quiet", "--config", str(folder / "feeds.yaml")) == 0
    return folder


@dataclass(frozen=True)
class Kept:
    """What lies in a workspace: the edits, what they were applied to, and the issue on disk."""

    edits: tuple[Edit, ...]
    base: Base
    content: str
    files: Mapping[str, bytes]

    @property
    def issue(self) -> Issue:
        return load(self.content)

    @property
    def states(self) -> Mapping[int, str]:
        """What has become of each edit, by its number."""
        return {one.edit.number: one.state for one in apply(self.base, self.edits).effects}

    @property
    def is_whole(self) -> bool:
        """Whether all formats are there, and issue.json is as a program wrote it."""
        text = self.files.get("issue.json", b"").decode()
        return self.files.keys() >= FORMATS and sealed(text) and bool(load(text).stories)


def kept(folder: Path) -> Kept:
    with open_store(f"sqlite:///{folder / 'newsletter.db'}") as store:
        built_issue = store.built(WEEK)
        assert built_issue
        edits = store.edits(WEEK)
    place = folder / "dist" / WEEK
    there = place.iterdir() if place.is_dir() else ()
    files = {path.name: path.read_bytes() for path in there if path.is_file()}
    return Kept(edits, load_base(built_issue.base), built_issue.content, files)


@dataclass(frozen=True)
class Ack:
    """What a server answered to a wish: the version it was made of, and that it came to.

    `clashes` is empty where the wish was done.
    """

    by: str
    wish: Mapping[str, Any]
    seen: int
    version: int
    took_s: float
    clashes: Sequence[Mapping[str, Any]] = ()
    fault: str = ""


@dataclass
class Hand:
    """An editor who is logged in; `seen` is the version of the edits that her page shows."""

    base: str
    name: str
    cookie: str = ""
    token: str = ""
    seen: int = 0
    acks: list[Ack] = field(default_factory=list)

    def log_in(self) -> None:
        fields = {"name": self.name, "password": PASSWORD, "to": "/"}
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        status, headers, text = self._ask("POST", "/login", urlencode(fields), form)
        assert status == 303, text
        self.cookie = headers["set-cookie"].partition(";")[0]
        _, _, page = self._ask("GET", f"/issues/{WEEK}/edit")
        found = re.search(r'data-version="(\d+)".*data-token="([^"]+)"', page)
        assert found, page
        self.seen, self.token = int(found[1]), found[2]

    def wish(self, **wish: Any) -> Ack:
        """Ask for a change as the page does, and return what was answered.

        Raises:
            OSError, HTTPException: the server is gone; nothing is known.
        """
        began, seen = time.monotonic(), self.seen
        sent = json.dumps({"seen": seen, "wishes": [wish]})
        kind = {"Content-Type": "application/json", "X-Token": self.token}
        status, _, text = self._ask("POST", f"/issues/{WEEK}/edits", sent, kind)
        assert status in (200, 409, 422), text
        told = json.loads(text)
        self.seen = told.get("version", seen)
        ack = Ack(
            by=self.name,
            wish=wish,
            seen=seen,
            version=self.seen,
            took_s=time.monotonic() - began,
            clashes=told.get("clashes", ()),
            fault=told.get("fault", ""),
        )
        self.acks.append(ack)
        return ack

    def _ask(
        self, method: str, path: str, body: str | None = None, more: Mapping[str, str] | None = None
    ) -> tuple[int, Mapping[str, str], str]:
        connection = HTTPConnection(urlsplit(self.base).netloc, timeout=120)
        headers = {"Origin": self.base.rstrip("/"), "Cookie": self.cookie, **(more or {})}
        try:
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            # Of two cookies the session's, which comes first; the other one knows the browser.
            told = {name.casefold(): value for name, value in reversed(answer.getheaders())}
            return answer.status, told, answer.read().decode()
        finally:
            connection.close()


@dataclass
class Preview:
    """A preview in a process of its own, that may be killed."""

    process: int
    base: str
    nursery: Nursery
    is_over: bool = False

    def kill(self) -> None:
        """Kill it, unless it was: another process may have its number by now."""
        if not self.is_over:
            self.is_over = True
            os.kill(self.process, signal.SIGKILL)
            self.nursery.wait(self.process)


def previewing(folder: Path, nursery: Nursery) -> Preview:
    """Start a preview of *folder*, and return it when it listens."""
    log = folder / "log"
    log.unlink(missing_ok=True)
    number = nursery.command(folder, "preview", "--no-browser", "--port", "0")
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        said = log.read_text() if log.exists() else ""
        if told := re.search(r"(http://\S+?/)\S*\n", said):
            return Preview(number, told[1], nursery)
        assert not said.startswith("newsletter: "), said
        threading.Event().wait(0.02)
    raise AssertionError(log.read_text())


@contextmanager
def streaming(hand: Hand, wishes: Iterator[Mapping[str, Any]]) -> Iterator[threading.Thread]:
    """Let *hand* ask for one wish after the other beside the block, until her server is gone."""

    def stream() -> None:
        with suppress(OSError, HTTPException):
            for wish in wishes:
                hand.wish(**wish)

    thread = threading.Thread(target=stream)
    thread.start()
    try:
        yield thread
    finally:
        thread.join(120)
    assert not thread.is_alive()
