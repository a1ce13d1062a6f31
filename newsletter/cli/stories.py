"""`newsletter stories`: shows all stories of a week, and takes the editor's word on them."""

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.options import Talk, options
from newsletter.cli.telling import counted, print_json
from newsletter.cli.weeks import article_named, issue_named, story_named, week_named
from newsletter.config import load
from newsletter.model import Status

if TYPE_CHECKING:
    from newsletter.model import Built, Decision
    from newsletter.pipeline.deciding import Change
    from newsletter.pipeline.listing import Listed

_SCORE = re.compile(r"^scores [\d.]+, ")
_SHOWN = 30  # stories in a list that nobody asked to have whole
_LEAST_WIDTH = 80  # columns, and where nobody says how many there are
_DRY_RUN = click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")


@dataclass(frozen=True, slots=True)
class _Word:
    """What an editor's word changes, how it is told, and on what it was said, line by line."""

    change: "Change"
    told: str
    details: Sequence[str] = ()


@click.group("stories")
def command() -> None:
    """List the stories of a week; merge and split them by hand.

    What you decide is kept: it holds at every later build, whatever articles come.
    """


@command.command("list", short_help="List all stories of a week, printed or not.")
@click.argument("week_", metavar="[WEEK]", required=False)
@click.option("--all", "whole", is_flag=True, help="List them all; also -v.")
@options("week", "config", "now", "json", "talk")
def list_(
    week_: str | None,
    whole: bool,
    week: str | None,
    config: Path,
    now: datetime,
    as_json: bool,
    talk: Talk,
) -> None:
    """List the stories of WEEK (the latest built), printed or not, by rank.

    A story without a number (–) is not in the issue; the line above it says why. A star marks what
    was decided since the issue was built.
    """
    from newsletter import wiring
    from newsletter.pipeline.deciding import awaited
    from newsletter.pipeline.listing import heeded, listed

    if week and week_ and week != week_:
        raise click.UsageError(f"WEEK is given twice, as {week_} and {week}; write one of them")
    configuration = load(config)
    with wiring.store(configuration) as store:
        built = issue_named(week_named(week or week_, configuration, now), store)
        known = store.decisions()
    stories = listed(built)
    is_open = built.status != Status.PUBLISHED  # what is out waits for nothing
    waiting = awaited(stories, known, heeded(built)) if is_open else frozenset()
    if as_json:
        rows = [_as_json(story, is_awaited=story.id in waiting) for story in stories]
        print_json({"issue": built.id, "status": built.status.value, "stories": rows})
        return
    shown = stories if whole or talk.verbose else stories[:_SHOWN]
    for line in _table(shown, waiting):
        click.echo(line)
    if not talk.quiet:
        for line in _footnotes(len(stories) - len(shown), len(waiting)):
            click.echo(line, err=True)


@command.command("merge", short_help="Make one story of several.")
@click.argument("stories", nargs=-1, required=True, metavar="STORY STORY…")
@_DRY_RUN
@options("week", "config", "now", "json", "talk")
def merge(
    stories: tuple[str, ...],
    dry_run: bool,
    week: str | None,
    config: Path,
    now: datetime,
    as_json: bool,
    talk: Talk,
) -> None:
    """Make one story of two or more.

    STORY is a number in the issue, an id or the beginning of one, also that of an article.
    """
    from newsletter.pipeline.deciding import merged

    def decided(found: Sequence["Listed"], known: Sequence["Decision"]) -> "_Word":
        named = list(
            {one.id: one for one in (story_named(text, found) for text in stories)}.values()
        )
        held = counted(sum(len(one.articles) for one in named), "article")
        return _Word(
            merged(named, known, now),
            f"{', '.join(one.id for one in named)} become one story of {held}",
            [f"{one.id}  {one.headline or '(no headline)'}" for one in named],
        )

    _decide(decided, week, config, now, dry_run=dry_run, as_json=as_json, talk=talk)


@command.command("split", short_help="Take articles out of a story.")
@click.argument("story")
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE…")
@_DRY_RUN
@options("week", "config", "now", "json", "talk")
def split(
    story: str,
    articles: tuple[str, ...],
    dry_run: bool,
    week: str | None,
    config: Path,
    now: datetime,
    as_json: bool,
    talk: Talk,
) -> None:
    """Take ARTICLE… out of STORY: together they are a story of their own, the rest stays one.

    ARTICLE is its number in the story (`newsletter why STORY`), its id, or the beginning of it.
    """
    from newsletter.pipeline.deciding import split as split_

    def decided(found: Sequence["Listed"], known: Sequence["Decision"]) -> "_Word":
        whole = story_named(story, found)
        leaving = {article_named(text, whole) for text in articles}
        rest = len(whole.articles) - len(leaving)
        return _Word(
            split_(whole, leaving, known, now),
            f"{counted(len(leaving), 'article')} of {whole.id} set apart from the other {rest}",
            [
                f"{id_}  {source}: {title or 'untitled'}"
                for id_, title, source in whole.articles
                if id_ in leaving
            ],
        )

    _decide(decided, week, config, now, dry_run=dry_run, as_json=as_json, talk=talk)


@command.command("reset", short_help="Take back what was decided on a story.")
@click.argument("story")
@_DRY_RUN
@options("week", "config", "now", "json", "talk")
def reset(
    story: str,
    dry_run: bool,
    week: str | None,
    config: Path,
    now: datetime,
    as_json: bool,
    talk: Talk,
) -> None:
    """Take back every merge and split that touched STORY."""
    from newsletter.pipeline.deciding import reset as reset_

    def decided(found: Sequence["Listed"], known: Sequence["Decision"]) -> "_Word":
        named = story_named(story, found)
        change = reset_(named, known)
        words = len({one.at for one in change.revoked})
        taken = f"{counted(words, 'decision')} on {named.id} taken back"
        return _Word(change, taken if words else f"nothing was decided on {named.id}")

    _decide(decided, week, config, now, dry_run=dry_run, as_json=as_json, talk=talk)


def _decide(
    decided: Callable[[Sequence["Listed"], Sequence["Decision"]], "_Word"],
    week: str | None,
    config: Path,
    now: datetime,
    *,
    dry_run: bool,
    as_json: bool,
    talk: Talk,
) -> None:
    """Keep what is *decided* on the stories of a week, and say what it was."""
    from newsletter import wiring
    from newsletter.pipeline.deciding import see_that_it_is_open
    from newsletter.pipeline.listing import listed

    configuration = load(config)
    with wiring.store(configuration) as store:
        built = issue_named(week_named(week, configuration, now), store)
        see_that_it_is_open(built)
        word = decided(listed(built), store.decisions())
        change = word.change
        if not dry_run and (change.made or change.revoked):
            store.decide(change.made, revoked=change.revoked)
    if as_json:
        print_json(_changed_json(built, change, dry_run=dry_run))
    elif not talk.quiet:
        changes = change.made or change.revoked
        option = f" --week {built.id}" if week else ""
        effect = f"; takes effect at the next build: newsletter build-issue{option}"
        click.echo(f"{'would be: ' if dry_run else ''}{word.told}{effect if changes else ''}")
        for line in word.details:
            click.echo(f"  {_cut(line, _columns() - 2)}")


def _changed_json(built: "Built", change: "Change", *, dry_run: bool) -> dict[str, object]:
    pairs = {
        name: [[one.kind, one.article_id, one.other_id] for one in decisions]
        for name, decisions in (("made", change.made), ("revoked", change.revoked))
    }
    return {"issue": built.id, "dry_run": dry_run, **pairs}


def _as_json(story: "Listed", *, is_awaited: bool) -> dict[str, object]:
    return {
        "number": story.number,
        "id": story.id,
        "headline": story.headline,
        "section": story.section,
        "score": story.score,
        "outlets": story.outlets,
        "chosen": story.number is not None,
        "not_chosen": story.reason,
        "decided_since": is_awaited,
        "articles": [
            {"id": id_, "title": title, "source": source} for id_, title, source in story.articles
        ],
    }


def _table(stories: Sequence["Listed"], waiting: frozenset[str]) -> Iterator[str]:
    width = _columns()
    longest = max((len(story.section) for story in stories), default=0)
    section_width = max(7, min(longest, 14))
    yield click.style(f" no  {'id':<13} out  score  {'section':<{section_width}}  story", dim=True)
    reason = None
    for story in stories:
        # The score has a column of its own: what it is not would head each line anew.
        told = story.reason and _SCORE.sub("", story.reason)
        if told and told != reason:
            reason = told
            yield click.style(f"not chosen: {reason}", dim=True)
        number = str(story.number) if story.number else "–"
        star = "*" if story.id in waiting else " "
        start = (
            f"{number:>3}  {story.id}{star} {story.outlets:>3}  {story.score:>5.2f}"
            f"  {_cut(story.section, section_width):<{section_width}}  "
        )
        yield start + _cut(story.headline or "(no headline)", width - len(start))


def _footnotes(left_out: int, waiting: int) -> Iterator[str]:
    if waiting:
        yield "* decided since the build; takes effect at the next: newsletter build-issue"
    if left_out:
        yield f"{left_out:,} more, ranked lower: newsletter stories list --all"


def _columns() -> int:
    return max(_LEAST_WIDTH, shutil.get_terminal_size((_LEAST_WIDTH, 0)).columns)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1].rstrip()}…"
