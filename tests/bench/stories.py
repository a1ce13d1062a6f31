#!/usr/bin/env python3
# ruff: noqa: T201  (a tool: it prints what it measures)
"""Scores the product's own story clustering against gold stories.

    python tests/bench/stories.py DATA.jsonl [DATA.jsonl ...] [--copies] [--time]
                                  [--curve] [--out PRED.json] [--json]

DATA has one article a line: id, title, text, url, source, published (ISO 8601 or empty), lang and
story (gold). Each file is clustered by itself with what the product ships, nothing else; dates are
left out unless --time is given. PRED maps each article's id to its cluster's.

With --curve each file is scored at thresholds around the one that ships: what is asked of a story
moves, everything else stays.

Prints B-cubed precision, recall and F1 (Bagga and Baldwin 1998), the same over pairs of articles,
and the floor: the B-cubed F1 of leaving every article alone.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from newsletter.model import Article
from newsletter.stories import THRESHOLD, cluster, copy_groups
from newsletter.text.words import base_language
from newsletter.workspace import word_frequencies

CURVE = (0.75, 0.8, 0.85, 0.9, 0.95, 1.0, 1.05, 1.1, 1.2, 1.3, 1.5)  # times the threshold

_SEEN = datetime(2026, 1, 5, tzinfo=UTC)  # one visit for all: what was seen first tells nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One row of the table."""

    data: str
    articles: float
    gold_stories: float
    stories: float
    bcubed_p: float
    bcubed_r: float
    bcubed_f1: float
    pair_p: float
    pair_r: float
    pair_f1: float
    floor_f1: float
    ms_per_article: float


def read(path: Path, *, use_dates: bool) -> tuple[tuple[Article, ...], Mapping[str, str]]:
    """Return the articles of a file and the gold story of each by id."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    articles = tuple(
        Article(
            id=str(row["id"]),
            title=(row.get("title") or "").strip(),
            text=row.get("text") or "",
            url=row.get("url") or None,
            source=row.get("source") or "",
            published=_date(row.get("published")) if use_dates else None,
            first_seen=_SEEN,
            language=row.get("lang") or "en",
        )
        for row in rows
    )
    return articles, {str(row["id"]): str(row["story"]) for row in rows}


def _date(text: str | None) -> datetime | None:
    if not text:
        return None
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def predict(
    articles: Sequence[Article],
    background: Mapping[str, Mapping[str, float]],
    *,
    copies: bool,
    threshold: float = THRESHOLD,
) -> Mapping[str, str]:
    """Return the cluster of each article by id, from the functions that the product runs."""
    if copies:
        originals = copy_groups(articles)
        return {article.id: originals.get(article.id, article.id) for article in articles}
    stories = cluster(articles, background=background, threshold=threshold)
    return {article.id: story.id for story in stories for article in story.articles}


def bcubed(gold: Sequence[str], found: Sequence[str]) -> tuple[float, float, float]:
    """Return B-cubed precision, recall and F1, one vote an article."""
    of_gold, of_found = Counter(gold), Counter(found)
    cells = Counter(zip(gold, found, strict=True))
    precision = sum(n * n / of_found[f] for (_, f), n in cells.items()) / len(gold)
    recall = sum(n * n / of_gold[g] for (g, _), n in cells.items()) / len(gold)
    return precision, recall, _f1(precision, recall)


def pairwise(gold: Sequence[str], found: Sequence[str]) -> tuple[float, float, float]:
    """Return precision, recall and F1 over pairs; without any pair there is nothing wrong."""
    together = _pairs(Counter(zip(gold, found, strict=True)))
    in_gold, in_found = _pairs(Counter(gold)), _pairs(Counter(found))
    precision = together / in_found if in_found else 1.0
    recall = together / in_gold if in_gold else 1.0
    return precision, recall, _f1(precision, recall)


def _pairs(sizes: Mapping[object, int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes.values())


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def score(
    path: Path, options: argparse.Namespace, threshold: float = THRESHOLD
) -> tuple[Score, Mapping[str, str]]:
    """Return a file's row and its prediction."""
    articles, gold_by_id = read(path, use_dates=options.time)
    background = word_frequencies(sorted({base_language(article.language) for article in articles}))
    begun = time.process_time()
    prediction = predict(articles, background, copies=options.copies, threshold=threshold)
    spent = time.process_time() - begun
    gold = [gold_by_id[article.id] for article in articles]
    found = [prediction[article.id] for article in articles]
    whole, pairs = bcubed(gold, found), pairwise(gold, found)
    row = Score(
        data=f"{path.parent.name}/{path.name}",
        articles=len(articles),
        gold_stories=len(set(gold)),
        stories=len(set(found)),
        bcubed_p=whole[0],
        bcubed_r=whole[1],
        bcubed_f1=whole[2],
        pair_p=pairs[0],
        pair_r=pairs[1],
        pair_f1=pairs[2],
        floor_f1=bcubed(gold, [article.id for article in articles])[2],
        ms_per_article=1000 * spent / len(articles),
    )
    return row, prediction


def mean(rows: Sequence[Score]) -> Score:
    """Return the mean of every figure over the rows."""
    names = [field.name for field in fields(Score) if field.name != "data"]
    return Score(data="mean", **{n: sum(getattr(r, n) for r in rows) / len(rows) for n in names})


def table(rows: Sequence[Score]) -> str:
    """Return the rows as a plain table."""
    width = max(len(row.data) for row in rows)
    head = "articles   gold  found | B3  P     R     F1 | pair P    R     F1 | floor | ms/article"
    lines = [f"{'':{width}}  {head}"]
    lines += [
        f"{r.data:{width}}  {r.articles:8.0f} {r.gold_stories:6.0f} {r.stories:6.0f}"
        f" | {r.bcubed_p:.3f} {r.bcubed_r:.3f} {r.bcubed_f1:.3f}"
        f" |  {r.pair_p:.3f} {r.pair_r:.3f} {r.pair_f1:.3f}"
        f" |  {r.floor_f1:.3f} | {r.ms_per_article:10.2f}"
        for r in rows
    ]
    return "\n".join(lines)


def main() -> None:
    """Score the files named on the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="+", type=Path, help="gold stories, one article a line")
    parser.add_argument("--copies", action="store_true", help="score near-duplicates instead")
    parser.add_argument("--time", action="store_true", help="let dates play their part")
    parser.add_argument("--curve", action="store_true", help="score at thresholds round about")
    parser.add_argument("--out", type=Path, help="write article id -> cluster id, as JSON")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    if options.curve:
        for times in CURVE:
            found = [score(path, options, times * THRESHOLD)[0] for path in options.data]
            print(f"threshold {times * THRESHOLD:.3f}")
            print(table([*found, mean(found)] if len(found) > 1 else found), "\n")
        return
    rows: list[Score] = []
    predictions: dict[str, str] = {}
    for path in options.data:
        row, prediction = score(path, options)
        rows.append(row)
        predictions.update(prediction)
    if options.out:
        options.out.write_text(json.dumps(predictions, indent=0, sort_keys=True), encoding="utf-8")
    if options.json:
        print(json.dumps({"data": [asdict(r) for r in rows], "mean": asdict(mean(rows))}, indent=1))
    else:
        print(table([*rows, mean(rows)] if len(rows) > 1 else rows))


if __name__ == "__main__":
    main()
