#!/usr/bin/env python3
# ruff: noqa: T201  (a tool: it prints what it measures)
"""Scores the product's own story clustering language by language.

    python tests/bench/languages.py [DATA.jsonl] [--time] [--wrong]

DATA is as for stories.py; without it, data/languages.jsonl: in each of sixteen languages eight
invented events told three times, once as a headline only or nearly so, twelve single articles
on like topics, and two that tell another flood and another loss in the very words of one of the
events. Each language is clustered by itself, then all of them in one window.

The eight English articles tell the eight German events. The row `de+en` is the window of both; the
lines below the table say how many of its stories hold both languages, and how many of those are of
one event. English by itself has no pairs, and no row.
"""

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from stories import Score, bcubed, mean, pairwise, predict, read, table

from newsletter.model import Article
from newsletter.text.words import base_language
from newsletter.workspace import word_frequencies

_DATA = Path(__file__).with_name("data") / "languages.jsonl"
_OTHER = "en"  # tells events of another language
_TOLD_BY_OTHER = "de"


def scored(
    name: str,
    articles: Sequence[Article],
    gold: Mapping[str, str],
    background: Mapping[str, Mapping[str, float]],
) -> tuple[Score, Mapping[str, str]]:
    """Return the row of a window under *name*, and its prediction."""
    begun = time.process_time()
    prediction = predict(articles, background, copies=False)
    spent = time.process_time() - begun
    wanted = [gold[article.id] for article in articles]
    found = [prediction[article.id] for article in articles]
    whole, pairs = bcubed(wanted, found), pairwise(wanted, found)
    alone = [article.id for article in articles]
    row = Score(
        data=name,
        articles=len(articles),
        gold_stories=len(set(wanted)),
        stories=len(set(found)),
        bcubed_p=whole[0],
        bcubed_r=whole[1],
        bcubed_f1=whole[2],
        pair_p=pairs[0],
        pair_r=pairs[1],
        pair_f1=pairs[2],
        floor_f1=bcubed(wanted, alone)[2],
        ms_per_article=1000 * spent / len(articles),
    )
    return row, prediction


def across(
    articles: Sequence[Article], gold: Mapping[str, str], prediction: Mapping[str, str]
) -> str:
    """Return in words how many stories hold several languages, and how many of them rightly."""
    members: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        members[prediction[article.id]].append(article)
    mixed = [held for held in members.values() if len({a.language for a in held}) > 1]
    right = sum(len({gold[article.id] for article in held}) == 1 for held in mixed)
    return f"{len(mixed)} stories in several languages, {right} of one event"


def faults(
    articles: Sequence[Article], gold: Mapping[str, str], prediction: Mapping[str, str]
) -> list[str]:
    """Return a line for each story that mixes events and each event that is in pieces."""
    found: dict[str, list[Article]] = defaultdict(list)
    pieces: dict[str, set[str]] = defaultdict(set)
    for article in articles:
        found[prediction[article.id]].append(article)
        pieces[gold[article.id]].add(prediction[article.id])
    mixed = [
        "mixed: " + " | ".join(a.title for a in held)
        for held in found.values()
        if len({gold[a.id] for a in held}) > 1
    ]
    torn = [
        "torn:  " + " || ".join(" | ".join(a.title for a in found[p]) for p in sorted(parts))
        for parts in pieces.values()
        if len(parts) > 1
    ]
    return mixed + torn


def main() -> None:
    """Score the file named on the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="?", type=Path, default=_DATA, help="gold stories")
    parser.add_argument("--time", action="store_true", help="let dates play their part")
    parser.add_argument("--wrong", action="store_true", help="list what is mixed and what is torn")
    options = parser.parse_args()
    articles, gold = read(options.data, use_dates=options.time)
    spoken = sorted({base_language(article.language) for article in articles})
    background = word_frequencies(spoken)
    rows: list[Score] = []
    for language in spoken:
        own = [a for a in articles if base_language(a.language) == language]
        if language != _OTHER:
            row, prediction = scored(language, own, gold, background)
            rows.append(row)
            if options.wrong:
                print(f"{language}:", *faults(own, gold, prediction), sep="\n  ", file=sys.stderr)
    windows = {
        "together": [a for a in articles if base_language(a.language) != _OTHER],
        f"{_TOLD_BY_OTHER}+{_OTHER}": [
            a for a in articles if base_language(a.language) in {_TOLD_BY_OTHER, _OTHER}
        ],
    }
    shown = [*rows, mean(rows)]
    notes: list[str] = []
    for name, window in windows.items():
        row, prediction = scored(name, window, gold, background)
        shown.append(row)
        notes.append(f"{name}: {across(window, gold, prediction)}")
    print(table(shown), *notes, sep="\n")


if __name__ == "__main__":
    main()
