#!/usr/bin/env python3
# ruff: noqa: T201  (a tool: it prints what it measures)
"""Measures whether a story that was printed is known again, and whether it is news.

    python tests/bench/continuity.py [DATA.jsonl ...]

DATA has one article a line, as for stories.py. Of its gold stories every fourth is torn in two: one
half was printed, the other arrives. Every other fourth was printed whole, the rest arrives whole.
What arrives is clustered as the product does, and its continuations are held against the gold:
precision over links, recall over the arriving articles of torn stories, without dates.

The rule that tells repeats from updates is measured on pairs of our own (data/continuity.json):
an update that is called a repeat hides news, the other error costs a line. By the time they were
written they are "made", "later", "fresh" and "held"; the share of other words that counts was set
with all of them in sight, so none is a test of it any more. Prints one JSON object.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from stories import read

from newsletter.model import Article, Earlier
from newsletter.stories import cluster
from newsletter.stories.continuity import Printed, matches
from newsletter.stories.continuity_news import news_of
from newsletter.text.words import base_language
from newsletter.workspace import word_frequencies

PAIRS = Path(__file__).parent / "data" / "continuity.json"
_SEEDS = (1, 2, 3)
_PRINTED = 96  # eight issues of twelve stories
_OUT = datetime(2026, 1, 4, tzinfo=UTC)


def torn(
    articles: Sequence[Article], gold: Mapping[str, str], seed: int
) -> tuple[list[Printed], list[Article]]:
    """Return what was printed, by gold story, and what arrives."""
    chance = random.Random(seed)  # the same halves in every run
    members: dict[str, list[Article]] = defaultdict(list)
    for article in sorted(articles, key=lambda article: article.id):
        members[gold[article.id]].append(article)
    names = sorted(members)
    chance.shuffle(names)
    printed: list[Printed] = []
    arriving: list[Article] = []
    for place, name in enumerate(names):
        story = members[name]
        chance.shuffle(story)
        half = len(story) // 2
        number = Earlier(
            issue_id="2026-W01", story_id=name, headline="", publishes_at=_OUT, score=1.0
        )
        if len(printed) < _PRINTED and place % 4 == 0 and half:
            printed.append(Printed(number=number, articles=tuple(story[:half])))
            arriving += story[half:]
        elif len(printed) < _PRINTED and place % 4 == 1:
            printed.append(Printed(number=number, articles=tuple(story)))
        else:
            arriving += story
    return printed, arriving


def matching(path: Path) -> Mapping[str, object]:
    """Return precision and recall of continuations over one file."""
    articles, gold = read(path, use_dates=False)
    background = word_frequencies(sorted({base_language(article.language) for article in articles}))
    right = wrong = found = wanted = 0
    spent = 0.0
    for seed in _SEEDS:
        printed, arriving = torn(articles, gold, seed)
        stories = cluster(arriving, background=background)
        begun = time.process_time()
        matched = matches(stories, printed, background=background)
        spent += time.process_time() - begun
        names = {one.number.story_id for one in printed}
        wanted += sum(gold[article.id] in names for article in arriving)
        for story in stories:
            held = Counter(gold[article.id] for article in story.articles)
            for place in matched.get(story.id, {}):
                number = held[printed[place].number.story_id]
                right, wrong, found = right + (number > 0), wrong + (number == 0), found + number
    return {
        "data": f"{path.parent.name}/{path.name}",
        "links": right + wrong,
        "precision": round(right / max(1, right + wrong), 3),
        "recall": round(found / max(1, wanted), 3),
        "seconds": round(spent / len(_SEEDS), 2),
    }


def judging() -> Mapping[str, object]:
    """Return which updates among our pairs the rule hides as repeats, which repeats it shows."""
    pairs: list[dict[str, Any]] = json.loads(PAIRS.read_text(encoding="utf-8"))
    languages = sorted({pair["language"] for pair in pairs})
    background = word_frequencies(languages)
    counts: Counter[str] = Counter()
    wrong: dict[str, list[str]] = {"hidden": [], "shown": []}
    for pair in pairs:
        now, told = (
            [_article(f"{when}{n}", one, pair["language"]) for n, one in enumerate(pair[when])]
            for when in ("now", "told")
        )
        verdict = "update" if news_of(now, told, background=background) else "repeat"
        counts[pair["gold"]] += 1
        if verdict != pair["gold"]:
            wrong["hidden" if verdict == "repeat" else "shown"].append(
                f"{pair['set']}: {pair['name']}"
            )
    return {
        "pairs": counts,
        "updates_hidden": round(len(wrong["hidden"]) / counts["update"], 3),
        "repeats_shown": round(len(wrong["shown"]) / counts["repeat"], 3),
        **wrong,
    }


def _article(id_: str, told: Mapping[str, str], language: str) -> Article:
    published = datetime.fromisoformat(told["day"]).replace(tzinfo=UTC) + timedelta(hours=12)
    return Article(
        id=id_,
        title=told["title"],
        text=told["text"],
        source=told["source"],
        published=published,
        first_seen=published,
        language=language,
    )


def main() -> None:
    """Measure the files named on the command line, and the rule."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="*", type=Path, help="gold stories, one article a line")
    options = parser.parse_args()
    result = {"matching": [matching(path) for path in options.data], "judging": judging()}
    print(json.dumps(result, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
