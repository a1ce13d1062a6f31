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
    from newsletter.cli.by_hand import Hand
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
    """Tell why STORY is one story, and why it stands where it does: by rank, or by whose hand.

    STORY is its number in the issue (`newsletter show`), its id, or the beginning of it; the id of
    any of its articles will do. With OTHER, a story or an article: tell how near the two are.
    """
    from newsletter import wiring
    from newsletter.cli.by_hand import hand_in, hand_json, hand_lines
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
        edits = store.edits(built.id)
    hand = hand_in(named[0].id, [id_ for id_, _, _ in named[0].articles], built, edits)
    zone = configuration.settings.timezone
    found = _explained(named[0], json.loads(built.report))
    composed = {"headline": found["headline"], "section": found["section"]}
    found = {**found, "headline": _headline(hand, found), "section": named[0].section}
    if as_json:
        why_not = None if named[0].number else hand.reason or named[0].reason
        kept = {"issue": built.id, "number": named[0].number, "not_chosen": why_not}
        own = {"composed": composed, "by_hand": hand_json(hand, zone)}
        print_json({**kept, **found, **own, **({"compared": compared} if compared else {})})
        return
    year = int(json.loads(built.content)["publishes_at"][:4])
    by_hand = hand_lines(hand, composed["headline"], zone)
    explained = lines(found, named[0], year, reason=hand.reason, by_hand=by_hand)
    for line in compared_lines(compared) if compared else explained:
        click.echo(line)


def _headline(hand: "Hand", found: Mapping[str, Any]) -> str:
    """Return the headline that a story is printed under, its composed one if it is not."""
    return hand.story.headline if hand.story else str(found["headline"])


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
