"""Measures the headlines: DATA.jsonl [--sentence-case] [--show N], from the repository root."""

import argparse
import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from summaries import story_of

from newsletter.model import Assignment, Story, Summary
from newsletter.summarise import summarise
from newsletter.summarise.heading.agreement import contradicts, shares
from newsletter.summarise.heading.teases import is_asking, is_cut, is_teasing
from newsletter.summarise.heading.titles import tidy, typographic

_LONG = 100  # characters


def is_title(headline: str, story: Story) -> bool:
    """Tell whether a headline is the title of one of the story's articles, its case aside."""
    plain = headline.casefold()
    return any(
        plain in {tidied.casefold(), typographic(tidied).casefold()}
        for article in story.articles
        if (tidied := tidy(article.title, article.source))
    )


def is_at_odds(summary: Summary, story: Story) -> bool:
    """Tell whether the headline has nothing of the summary's first sentence, or another figure."""
    if not summary.sentences:
        return False
    first = summary.sentences[0]
    language = next(a.language for a in story.articles if a.id == first.article_id)
    return contradicts(summary.headline, first.text, language) or not shares(
        summary.headline, first.text, language
    )


def measure(
    records: list[dict[str, Any]], assignment: Assignment
) -> tuple[list[Summary], dict[str, float]]:
    """Return every record's summary and the figures over all headlines."""
    stories = [story_of(record) for record in records]
    began = time.process_time()
    summaries = [summarise(story, assignment) for story in stories]
    spent = time.process_time() - began
    pairs = list(zip(summaries, stories, strict=True))
    lines = [summary.headline for summary in summaries]
    titles = sum(is_title(summary.headline, story) for summary, story in pairs)
    return summaries, {
        "stories": len(stories),
        "titles": titles,
        "made": sum(map(bool, lines)) - titles,
        "empty": sum(not line for line in lines),
        "questions": sum(map(is_asking, lines)),
        "teases": sum(map(is_teasing, lines)),
        "cut": sum(map(is_cut, lines)),
        "over_100_characters": sum(len(line) > _LONG for line in lines),
        "not_agreeing": sum(is_at_odds(summary, story) for summary, story in pairs),
        "mean_words": round(statistics.fmean(len(line.split()) for line in lines), 1),
        "ms_per_summary": round(1000 * spent / len(stories), 2),
    }


def main() -> None:
    """Run the measurement that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--sentence-case", action="store_true")
    parser.add_argument("--show", type=int, default=0, help="print so many headlines first")
    options = parser.parse_args()
    with options.data.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    if not records:
        parser.error(f"{options.data}: holds no stories")
    assignment = Assignment(sentence_case=options.sentence_case)
    summaries, figures = measure(records, assignment)
    for summary in summaries[: options.show]:
        sys.stdout.write(f"{summary.headline}\n")
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
