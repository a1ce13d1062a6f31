"""`newsletter why`: why a story is one story, and why it stands where it does."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from newsletter.cli.options import Talk, options
from newsletter.cli.telling import print_json
from newsletter.cli.weeks import issue_named, story_named, week_named
from newsletter.config import load


@click.command("why")
@click.argument("story")
@options("week", "config", "now", "json", "talk")
def command(
    story: str, week: str | None, config: Path, now: datetime, as_json: bool, talk: Talk
) -> None:
    """Tell why STORY is one story, and why it stands where it does.

    STORY is its number in the issue (`newsletter show`), its id, or the beginning of it.
    """
    from newsletter import wiring

    del talk
    configuration = load(config)
    with wiring.store(configuration) as store:
        built = issue_named(week_named(week, configuration, now), store)
    content, report = json.loads(built.content), json.loads(built.report)
    by_id = {one["id"]: one for one in report["stories"]}
    printed = [by_id[one["id"]] for part in content["sections"] for one in part["stories"]]
    passed_over = {one["story"]["id"]: one for one in report["passed_over"]}
    found = story_named(story, printed, also=[one["story"] for one in passed_over.values()])
    reason = passed_over[found["id"]]["reason"] if found["id"] in passed_over else None
    if as_json:
        print_json({"issue": built.id, "not_chosen": reason, **found})
        return
    for line in _lines(found, reason):
        click.echo(line)


def _lines(story: Mapping[str, Any], reason: str | None) -> Iterator[str]:
    yield click.style(story["headline"] or "(no headline)", bold=True)
    yield f"story {story['id']} in {story['section']}, score {story['score']:g}"
    if reason:
        yield f"not in the issue: {reason}"
    yield f"rank: {'; '.join(story['reasons'])}"
    yield ""
    yield "articles:"
    for article in story["articles"]:
        mark = "lead" if article["lead"] else "copy" if article["copy_of"] else "    "
        yield f"  {mark}  {article['source']}: {article['title'] or 'untitled'}"
    yield ""
    yield "why one story:" if len(story["articles"]) > 1 else "why alone:"
    yield from (f"  {line}" for line in story["why"])
    nearest = story["nearest"]
    if nearest and len(story["articles"]) > 1:
        yield (
            f"  nearest outside: {nearest['other']}"
            f" (similarity {nearest['score']:.2f}, needed {nearest['threshold']:.2f})"
        )
    summary = story["summary"]
    if summary:
        yield ""
        yield f"summary{'' if summary['sure'] else ' (unsure: read it before it goes out)'}:"
        for sentence in summary["sentences"]:
            yield f"  {sentence['source']}: {sentence['text']}"
