"""Reads a folder of feed documents and says what was found, how fast, and what feedparser finds.

python tests/bench/parse.py FOLDER [--json]
"""
# ruff: noqa: T201  (a tool: it prints what it measures)

import argparse
import json
import sys
import time
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser

from newsletter.errors import ParseError
from newsletter.model import Document, Feed
from newsletter.parse import FeedJob, ParsedFeed, parse_feed

SEEN = datetime(2026, 11, 22, tzinfo=UTC)
PASSES = 3  # the fastest counts: other work on the machine only ever adds


class _Stream:
    def __init__(self, content: bytes) -> None:
        self._content = content

    def read(self) -> bytes:
        return self._content


def peer_count(content: bytes) -> int | str:
    """Return how many entries plain feedparser finds, or how it failed."""
    try:
        return len(feedparser.parse(_Stream(content)).entries)
    except Exception as error:  # noqa: BLE001 - how it fails is what is asked
        return type(error).__name__


def job_of(path: Path, seen: frozenset[str] = frozenset()) -> FeedJob:
    """Return the job of reading a file as if it had come from a feed of its name."""
    url = f"https://feeds.example/{path.name}"
    return FeedJob(
        document=Document(url=url, content=path.read_bytes()),
        feed=Feed(url=url, section="News"),
        seen_at=SEEN,
        language="en",
        seen=seen,
    )


def read(job: FeedJob) -> ParsedFeed | str:
    """Return what the product makes of a document, or why it makes nothing."""
    try:
        return parse_feed(job)
    except ParseError as error:
        return str(error)


def timed(*works: Callable[[], Any]) -> list[tuple[float, Any]]:
    """Return the CPU seconds of each work's fastest pass, and its result; passes take turns."""
    best = [float("inf")] * len(works)
    results: list[Any] = [None] * len(works)
    for _ in range(PASSES):
        for n, work in enumerate(works):
            started = time.process_time()
            results[n] = work()
            best[n] = min(best[n], time.process_time() - started)
    return list(zip(best, results, strict=True))


def reason_of(mine: ParsedFeed | str, peers: int | str) -> str | None:
    """Return in what a document's count differs from feedparser's, None where it does not."""
    found = mine if isinstance(mine, str) else mine.found
    if found == peers or (isinstance(mine, str) and peers == 0):
        return None
    if isinstance(mine, ParsedFeed) and peers == 0:
        return f"{found} against none: a dialect that feedparser does not read"
    return f"{found} against {peers}"


def measured(paths: list[Path]) -> dict[str, Any]:
    """Return the figures of one run over *paths*."""
    warnings.simplefilter("ignore")
    jobs = [job_of(path) for path in paths]
    (peer_s, peers), (first_s, results) = timed(
        lambda: [peer_count(job.document.content) for job in jobs],
        lambda: [read(job) for job in jobs],
    )
    again = [
        job_of(path, frozenset(result.entries) if isinstance(result, ParsedFeed) else frozenset())
        for path, result in zip(paths, results, strict=True)
    ]
    [(again_s, later)] = timed(lambda: [read(job) for job in again])
    read_ = [result for result in results if isinstance(result, ParsedFeed)]
    size = sum(len(job.document.content) for job in jobs)
    entries = sum(result.found for result in read_)
    return {
        "documents": len(paths),
        "failed": {
            path.name: result
            for path, result in zip(paths, results, strict=True)
            if isinstance(result, str)
        },
        "entries": entries,
        "articles": sum(len(result.articles) for result in read_),
        "feedparser_entries": sum(count for count in peers if isinstance(count, int)),
        "differences": {
            path.name: reason
            for path, result, count in zip(paths, results, peers, strict=True)
            if (reason := reason_of(result, count))
        },
        "bytes": size,
        "cpu_s": round(first_s, 3),
        "mb_per_s": round(size / 1e6 / first_s, 2),
        "entries_per_s": round(entries / first_s),
        "feedparser_cpu_s": round(peer_s, 3),
        "times_as_fast": round(peer_s / first_s, 2),
        "seen_cpu_s": round(again_s, 3),
        "seen_times_as_fast": round(peer_s / again_s, 1),
        "seen_articles": sum(len(one.articles) for one in later if isinstance(one, ParsedFeed)),
        "never_skipped": sum(not result.entries for result in read_),
        "with_image": sum(article.image is not None for one in read_ for article in one.articles),
        "with_date": sum(
            article.published is not None for one in read_ for article in one.articles
        ),
    }


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    figures = measured(sorted(path for path in given.folder.iterdir() if path.is_file()))
    if given.json:
        print(json.dumps(figures, indent=2))
        return 0
    for name, value in figures.items():
        if isinstance(value, dict):
            print(f"{name}: {len(value)}")
            for path, reason in value.items():
                print(f"  {path}: {reason}")
        else:
            print(f"{name}: {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
