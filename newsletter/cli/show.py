"""`newsletter show`: the issue in the terminal."""

import json
import textwrap
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from newsletter.cli.options import Talk, options
from newsletter.cli.telling import counted
from newsletter.cli.weeks import issue_named, week_named
from newsletter.config import load
from newsletter.issue import load as load_issue
from newsletter.model import Issue, PrintedStory

_WIDTH = 88  # columns: as wide as text reads well


@click.command("show")
@options("week-argument", "config", "now", "json", "talk")
def command(week: str | None, config: Path, now: datetime, as_json: bool, talk: Talk) -> None:
    """Show the issue of WEEK (the latest built) in the terminal.

    With --json: issue.json as it was built. The numbers are what `newsletter why` takes. With -v
    the stories that were passed over follow, each with its id and the reason.
    """
    from newsletter import wiring

    configuration = load(config)
    with wiring.store(configuration) as store:
        built = issue_named(week_named(week, configuration, now), store)
    if as_json:
        click.echo(built.content, nl=False)
        return
    for line in _lines(load_issue(built.content)):
        click.echo(line)
    if talk.verbose:
        for line in _passed_over(built.report):
            click.echo(line)


def _lines(issue: Issue) -> Iterator[str]:
    zone = ZoneInfo(issue.masthead.timezone)
    counts = issue.counts
    yield click.style(f"{issue.masthead.title}, {issue.id}", bold=True) + f" ({issue.status})"
    yield (
        f"for {issue.publishes_at.astimezone(zone):%A %Y-%m-%d %H:%M} ({issue.masthead.timezone}),"
        f" from {counted(counts.articles, 'article')} of {counted(counts.outlets, 'source')}"
    )
    number = 0
    for section in issue.sections:
        yield ""
        yield click.style(section.name.upper(), bold=True)
        for story in section.stories:
            number += 1
            yield ""
            yield from _story(number, story, zone)
    for kind, texts in (("problem", issue.problems), ("warning", issue.warnings)):
        for place, text in enumerate(texts):
            if place == 0:
                yield ""
            yield f"{kind}: {text}"


def _passed_over(report: str) -> Iterator[str]:
    passed_over = json.loads(report)["passed_over"]
    if passed_over:
        yield ""
        yield click.style("PASSED OVER", bold=True)
    for one in passed_over:
        story = one["story"]
        yield f"{story['id']}  {story['headline'] or '(no headline)'}: {one['reason']}"


def _story(number: int, story: PrintedStory, zone: ZoneInfo) -> Iterator[str]:
    indent = "    "
    headline = story.headline or "(no headline)"
    first, *rest = textwrap.wrap(headline, _WIDTH - len(indent)) or [""]
    yield f"{number:>2}. " + click.style(first, bold=True)
    yield from (indent + click.style(line, bold=True) for line in rest)
    summary = " ".join(sentence.text for sentence in story.summary)
    yield from textwrap.wrap(
        summary, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False
    )
    for article in story.articles:
        date = f", {article.published.astimezone(zone):%d %b}" if article.published else ""
        copy = " (copy)" if article.copy_of else ""
        link = f"  {article.url}" if article.url else ""
        yield click.style(f"{indent}- {article.source}{date}{copy}{link}", dim=True)
    yield click.style(f"{indent}{story.id}: {'; '.join(story.reasons)}", dim=True)
