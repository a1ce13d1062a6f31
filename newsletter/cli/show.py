"""`newsletter show`: the issue in the terminal."""

import json
import textwrap
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from newsletter.cli.options import Talk, options
from newsletter.cli.telling import counted
from newsletter.cli.weeks import issue_named, week_named
from newsletter.config import load
from newsletter.issue import load as load_issue
from newsletter.model import Built, Difference, Issue, PrintedStory

_WIDTH = 88  # columns: as wide as text reads well
_NAME = 40  # characters of a source's name within a sentence
_INDENT = "    "


@click.command("show")
@options("week-argument", "config", "now", "json", "talk")
def command(week: str | None, config: Path, now: datetime, as_json: bool, talk: Talk) -> None:
    """Show the issue of WEEK (the latest built) in the terminal.

    With --json: issue.json as it was built. The numbers are what `newsletter why` takes. With -v
    each story says which sources confirm its sentences, and the stories that were passed over
    follow, each with its id and the reason.
    """
    from newsletter import wiring

    configuration = load(config)
    with wiring.store(configuration) as store:
        built = issue_named(week_named(week, configuration, now), store)
    if as_json:
        click.echo(built.content, nl=False)
        return
    for line in _lines(load_issue(built.content), verbose=talk.verbose):
        click.echo(line)
    if talk.verbose:
        for line in _passed_over(built):
            click.echo(line)


def _lines(issue: Issue, *, verbose: bool) -> Iterator[str]:
    zone = ZoneInfo(issue.masthead.timezone)
    counts = issue.counts
    yield click.style(f"{issue.masthead.title}, {issue.id}", bold=True) + f" ({issue.status})"
    yield (
        f"for {issue.publishes_at.astimezone(zone):%A %Y-%m-%d %H:%M} ({issue.masthead.timezone}),"
        f" from {counted(counts.articles, 'article')} of {counted(counts.outlets, 'source')}"
    )
    for kind, text in (("note", issue.note), ("intro", issue.intro)):
        yield from _own(kind, text)
    number = 0
    for section in issue.sections:
        yield ""
        yield click.style(section.name.upper(), bold=True)
        for story in section.stories:
            number += 1
            yield ""
            yield from _story(number, story, issue.publishes_at.astimezone(zone), verbose=verbose)
    yield from _own("closing", issue.closing)
    if issue.sponsor:
        yield from _own("sponsor", f"{issue.sponsor.name}: {issue.sponsor.text}".strip(": "))
    for kind, texts in (("problem", issue.problems), ("warning", issue.warnings)):
        for place, text in enumerate(texts):
            if place == 0:
                yield ""
            yield f"{kind}: {text}"


def _own(kind: str, text: str) -> Iterator[str]:
    """Yield the newsletter's own words, Markdown as it was written."""
    for place, paragraph in enumerate(text.split("\n\n") if text else ()):
        yield ""
        if place == 0:
            yield click.style(kind.upper(), bold=True)
        yield from _wrapped(paragraph)


def _passed_over(built: Built) -> Iterator[str]:
    from newsletter.pipeline.listing import listed

    reasons = {one.id: one.reason for one in listed(built)}
    passed_over = [one["story"] for one in json.loads(built.report)["passed_over"]]
    left = [story for story in passed_over if reasons[story["id"]]]  # the others were brought in
    if left:
        yield ""
        yield click.style("PASSED OVER", bold=True)
    for story in left:
        yield f"{story['id']}  {story['headline'] or '(no headline)'}: {reasons[story['id']]}"


def _story(
    number: int, story: PrintedStory, publishes: datetime, *, verbose: bool
) -> Iterator[str]:
    marks = "Update: " if story.earlier else ""
    marks += "" if story.genre == "news" else f"{story.genre.capitalize()}: "
    headline = f"{marks}{story.headline or '(no headline)'}"
    first, *rest = textwrap.wrap(headline, _WIDTH - len(_INDENT)) or [""]
    yield f"{number:>2}. " + click.style(first, bold=True)
    yield from (_INDENT + click.style(line, bold=True) for line in rest)
    if not story.sure:
        yield click.style(f"{_INDENT}{_unsure(story)}: newsletter why {number}", fg="yellow")
    yield from _wrapped(_told(story, publishes))
    for difference in story.differences:
        yield from _wrapped(_differing(difference, story))
    if story.earlier:
        yield from _wrapped(f"New: {'; '.join(story.new)}") if story.new else ()
        told = "; ".join(f"{one.issue_id} “{one.headline}”" for one in story.earlier)
        yield from _wrapped(f"Before: {told}")
    if verbose:
        yield from _confirmed(story)
    if story.by == "llm" and story.summary:
        yield click.style(f"{_INDENT}summary by a language model", dim=True)
    for article in story.articles:
        date = f", {_day(article.published, publishes)}" if article.published else ""
        copy = " (copy)" if article.copy_of else ""
        link = f"  {article.url}" if article.url else ""
        yield click.style(f"{_INDENT}- {article.source}{date}{copy}{link}", dim=True)
    yield click.style(f"{_INDENT}{story.id}: {'; '.join(story.reasons)}", dim=True)


def _told(story: PrintedStory, publishes: datetime) -> str:
    from newsletter.render.sentences import pieces, printed

    return printed(pieces(story.summary, publishes.year))


def _unsure(story: PrintedStory) -> str:
    if not story.summary:
        return "only the headline: read the sources before sending"
    return "read before sending"


def _day(moment: datetime, publishes: datetime) -> str:
    from newsletter.render.dates import short_day

    return short_day(moment.astimezone(publishes.tzinfo), publishes)


def _differing(difference: Difference, story: PrintedStory) -> str:
    about = f" on {difference.about}" if difference.about else ""
    said = (
        f"{one.value} ({', '.join(_sources(one.article_ids, story))})" for one in difference.said
    )
    return f"Sources differ{about}: {'; '.join(said)}."


def _confirmed(story: PrintedStory) -> Iterator[str]:
    for number, sentence in enumerate(story.summary, start=1):
        if sentence.confirmed_by:
            others = _sources(sentence.confirmed_by, story)
            outlets = counted(len(others), "outlet")
            yield from _wrapped(f"Sentence {number} is confirmed by {outlets}: {', '.join(others)}")


def _sources(article_ids: Sequence[str], story: PrintedStory) -> tuple[str, ...]:
    """Return the outlets of those articles, each once, in the story's order."""
    wanted = set(article_ids)
    return tuple(
        dict.fromkeys(
            textwrap.shorten(one.source, _NAME, placeholder="…")
            for one in story.articles
            if one.id in wanted
        )
    )


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT, break_long_words=False
    )
