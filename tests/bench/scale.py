#!/usr/bin/env python3
# ruff: noqa: T201  (a tool: it prints what it measures)
"""Measures what recording and clustering cost as a week grows: flat per article, or not.

    python tests/bench/scale.py DATA.jsonl [DATA.jsonl ...] [--sizes 1000 10000 50000 100000]
                                [--common 0.03] [--json]

Articles are made from those of DATA (one a line: title, text, lang): the words that few articles
hold, and all numbers, are renamed in each of them, so that no two resemble each other; the common
words stay. They come from 200 sources within one week. Each size runs in a process of its own, on
a store of its own: the articles are recorded and read in batches as a gather does it, then the
week's stories are made as a build does it. Nothing is fetched or parsed.

Prints CPU seconds by stage, CPU milliseconds an article, and the greatest memory held.
"""

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from newsletter.model import Article
from newsletter.pipeline.clustering import save_readings, stories_of
from newsletter.pipeline.window import Window
from newsletter.store import open_store
from newsletter.workspace import word_frequencies

MONDAY = datetime(2026, 3, 9, tzinfo=UTC)
WEEK = timedelta(days=7)
SOURCES = 200
BATCH = 640  # articles recorded in one transaction: 32 feeds of twenty
_WORD = re.compile(r"[^\W_]+")

Row = dict[str, str]


def read(paths: Sequence[Path]) -> list[Row]:
    """Return title, text and language of every article of the files."""
    found = []
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            found += [json.loads(line) for line in lines if line.strip()]
    return [
        {
            "title": row.get("title") or "",
            "text": row["text"] or "",
            "lang": row.get("lang") or "en",
        }
        for row in found
    ]


def common_words(rows: Sequence[Row], share: float) -> frozenset[str]:
    """Return the words that at least *share* of the articles hold."""
    held = Counter(
        word
        for row in rows
        for word in {w.casefold() for w in _WORD.findall(f"{row['title']} {row['text']}")}
    )
    return frozenset(word for word, count in held.items() if count >= share * len(rows))


def renamed(text: str, number: int, common: frozenset[str]) -> str:
    """Return *text* with every word that is not common renamed, alike within one article."""

    def rename(match: re.Match[str]) -> str:
        word = match[0]
        if word.casefold() in common and not word.isdigit():
            return word
        digest = blake2b(f"{number} {word.casefold()}".encode(), digest_size=6).digest()
        if word.isdigit():
            return str(int.from_bytes(digest, "big"))[: len(word) + 3]
        made = "".join(chr(97 + byte % 26) for byte in digest)
        return made.capitalize() if word[0].isupper() else made

    return _WORD.sub(rename, text)


def made_up(rows: Sequence[Row], common: frozenset[str], count: int) -> Iterator[Article]:
    """Yield *count* articles that resemble none of each other, spread over one week."""
    for number in range(count):
        row = rows[number % len(rows)]
        source = number % SOURCES
        seen = MONDAY + WEEK * number / count
        yield Article(
            id=f"{number:012x}",
            keys=(f"guid {number}", f"https://outlet{source}.example/{number}"),
            title=renamed(row["title"], number, common),
            text=renamed(row["text"], number, common),
            url=f"https://outlet{source}.example/{number}",
            source=f"Outlet {source}",
            published=seen,
            first_seen=seen,
            language=row["lang"],
            origins=(f"https://outlet{source}.example/feed",),
        )


def measure(rows: Sequence[Row], share: float, count: int, folder: Path) -> dict[str, float]:
    """Return what *count* articles cost, in CPU seconds by stage, and the peak of memory."""
    common = common_words(rows, share)
    spent: Counter[str] = Counter()

    def timed(stage: str, begun: float) -> None:
        spent[stage] += time.process_time() - begun

    with open_store(f"sqlite:///{folder}/scale.db") as store:
        batch: list[Article] = []
        for number, article in enumerate(made_up(rows, common, count), start=1):
            batch.append(article)
            if number % BATCH == 0 or number == count:
                begun = time.process_time()
                recorded = store.record(batch)
                timed("record", begun)
                begun = time.process_time()
                save_readings(recorded, store, store)
                timed("read", begun)
                batch = []
        window = Window(
            id="2026-W11", publishes_at=MONDAY + WEEK, since=None, until=MONDAY + 2 * WEEK,
            is_coming=True,
        )  # fmt: skip
        begun = time.process_time()
        held = store.within(window.since, window.until)
        timed("load", begun)
        begun = time.process_time()
        stories = stories_of(
            held, window, background=word_frequencies, words=store, decisions=store
        )
        timed("cluster", begun)
    total = sum(spent.values())
    return {
        "articles": count,
        "stories": len(stories),
        "largest": max(len(story.articles) for story in stories),
        **{stage: round(seconds, 2) for stage, seconds in spent.items()},
        "cpu_s": round(total, 2),
        "ms_per_article": round(1000 * total / count, 3),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def main() -> None:
    """Measure the sizes named on the command line, each in a process of its own."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="+", type=Path, help="articles, one a line")
    parser.add_argument("--sizes", nargs="+", type=int, default=[1_000, 10_000, 50_000, 100_000])
    parser.add_argument("--common", type=float, default=0.03, help="share that makes a word common")
    parser.add_argument("--json", action="store_true", help="print one JSON object a size")
    options = parser.parse_args()
    if len(options.sizes) > 1:
        for size in options.sizes:
            data = [str(path) for path in options.data]
            told = ["--json"] if options.json else []
            one = [*data, "--sizes", str(size), "--common", str(options.common), *told]
            subprocess.run([sys.executable, __file__, *one], check=True)
        return
    with tempfile.TemporaryDirectory() as folder:
        found = measure(read(options.data), options.common, options.sizes[0], Path(folder))
    print(json.dumps(found) if options.json else "  ".join(f"{k} {v:g}" for k, v in found.items()))


if __name__ == "__main__":
    main()
