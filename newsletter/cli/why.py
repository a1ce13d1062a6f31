"""`newsletter why`: why a story is one story, and why it stands where it does."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsletter.cli.comparing import compared_json, compared_lines
from newsletter.cli.explaining import lines
from newsletter.cli.options import Talk, options
from newsletter.cli.telling import print_json
from newsletter.cli.weeks import issue_named, story_or_article_named, week_named
from newsletter.config import load

if TYPE_CHECKING:
    from newsletter.pipeline.listing import Listed


@click.command("why")
@click.argument("story")
@click.argument("other", required=False)
@options("week", "config", "now", "json", "talk")
def command(
    story: str,
    other: str | None,
    week: str | None,
    config: Path,
    now: datetime,
    as_json: bool,
    talk: Talk,
) -> None:
    """Tell why STORY is one story, and why it stands where it does.

    STORY is its number in the issue (`newsletter show`), its id, or the beginning of it; the id of
    any of its articles will do. With OTHER, a story or an article: tell how near the two are.
    """
    from newsletter import wiring
    from newsletter.pipeline.listing import listed

    del talk
    configuration = load(config)
    compared = None
    with wiring.store(configuration) as store:
        built = issue_named(week_named(week, configuration, now), store)
        stories = listed(built)
        named = story_or_article_named(story, stories)
        if other is not None:
            second = story_or_article_named(other, stories)
            compared = compared_json(named, second, built, configuration, store)
    found = _explained(named[0], json.loads(built.report))
    if as_json:
        kept = {"issue": built.id, "number": named[0].number, "not_chosen": named[0].reason}
        print_json({**kept, **found, **({"compared": compared} if compared else {})})
        return
    year = int(json.loads(built.content)["publishes_at"][:4])
    for line in compared_lines(compared) if compared else lines(found, named[0], year):
        click.echo(line)


def _explained(story: "Listed", report: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return all that is kept on *story*: in brief for those far down the list."""
    explained = (*report["stories"], *(one["story"] for one in report["passed_over"]))
    for one in explained:
        if one["id"] == story.id:
            return dict(one)
    return {
        "id": story.id,
        "headline": story.headline,
        "section": story.section,
        "score": story.score,
        "reasons": [],
        "why": [],
        "articles": [
            {"id": id_, "title": title, "source": source, "lead": place == 0, "copy_of": None}
            for place, (id_, title, source) in enumerate(story.articles)
        ],
        "bonds": [],
        "nearest": None,
        "summary": None,
    }
