"""Runs an issue through the gauntlet: one honest feed among hostile ones, from the command line."""

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hostile import Case, entry, feed, xml
from sampling import Sampler
from servers import Asked, serving

from newsletter.model import Article
from newsletter.store import open_store

NOW = "2026-11-20T12:00:00Z"
HONEST_TITLE = "Ferry sails again after the storm"
_HONEST = xml(feed(entry(title=HONEST_TITLE.encode(), link=b"https://honest.example/ferry")))


@dataclass(frozen=True)
class Outcome:
    """What came of the issue: what was said, what was kept, what was printed, what it cost."""

    exit_code: int
    said: dict[str, Any]
    told: list[str]
    urls: dict[str, str]
    articles: tuple[Article, ...]
    editions: dict[str, str]
    seconds: float
    peak_mb: float

    def reason(self, case: Case) -> str:
        """Return what the editor reads of a case, "" if its feed was read."""
        row = next(row for row in self.said["feeds"] if row["url"] == self.urls[case.name])
        return "" if row["status"] == "ok" else row["reason"] or row["status"]


def run_through(found: Iterable[Case], folder: Path, fetch: str = "") -> Outcome:
    """Build an issue in *folder* from an honest feed and all those of *found*.

    *fetch* are further keys of `fetch:`, each followed by a comma.
    """
    named = {str(number): case for number, case in enumerate(found)}

    def talk(connection: Any, asked: Asked) -> None:
        name = asked.target.partition("?")[0].strip("/")
        (named[name].talk if name in named else _HONEST)(connection, asked)

    with serving(talk) as server:
        urls = {case.name: server.url(f"/{number}") for number, case in named.items()}
        lines = "".join(f"      - {url}\n" for url in (server.url("/"), *urls.values()))
        (folder / "feeds.yaml").write_text(
            "title: The Tide\nurl: https://tide.example\n"
            f"fetch: {{{fetch} per_host: 64, allow_private: ['127.0.0.1:{server.port}']}}\n"
            f"sections:\n  - name: All\n    feeds:\n{lines}"
        )
        began = datetime.now(UTC)
        process = subprocess.Popen(
            [sys.executable, "-m", "newsletter", "build-issue", "--json", "--now", NOW],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        with Sampler(process.pid) as sampler:
            out, err = process.communicate()
        seconds = (datetime.now(UTC) - began).total_seconds()
    with open_store(f"sqlite:///{folder}/newsletter.db") as store:
        articles = store.within(None, datetime(2100, 1, 1, tzinfo=UTC))
    return Outcome(
        exit_code=process.returncode,
        said=json.loads(out),
        told=err.splitlines(),
        urls=urls,
        articles=articles,
        editions={
            path.name: path.read_text(encoding="utf-8") for path in folder.glob("dist/*/*.*")
        },
        seconds=seconds,
        peak_mb=sampler.peak_mb,
    )
