"""Publish: marks a built issue as out, so that its articles do not return."""

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from newsletter.errors import IssueError
from newsletter.model import Built, Issue, Status
from newsletter.pipeline.compose import READ
from newsletter.pipeline.handmade import as_it_stands
from newsletter.pipeline.material import CommonWords, in_their_languages
from newsletter.pipeline.press import Press, fenced, printed
from newsletter.pipeline.republish import keep
from newsletter.pipeline.stopwatch import Stopwatch
from newsletter.ports import Articles, Issues, Words
from newsletter.stories import learned


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What publishing remembers a week by: its articles, and how common their words were."""

    articles: Articles
    words: Words
    common_words: CommonWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An issue that is out, its folder, and what a person had changed in it since it was built."""

    issue: Issue
    folder: Path
    changes: tuple[str, ...] = ()


def publish(
    week: str | None,
    issues: Issues,
    press: Press,
    memory: Memory | None = None,
    *,
    now: datetime | None = None,
) -> Published:
    """Publish the issue of *week*, the latest built if None, as its issue.json stands.

    It says that it was published at *now*. The words of its week go into *memory*, where the next
    ones are weighed by them. Publishing a published issue changes nothing, but that its files are
    there again. With *issues* and *memory* of one transaction all of it is done, or nothing.

    Raises:
        IssueError: it was never built, was changed to what is no issue, or a later one is out.
    """
    built = issues.built(week) if week else issues.latest_built()
    if built is None:
        named = f"{week} has not" if week else "no issue has"
        option = f" --week {week}" if week else ""
        raise IssueError(f"{named} been built; build it first: newsletter build-issue{option}")
    press = fenced(press, built, issues)
    if built.status == Status.PUBLISHED:
        kept = keep(built, press)
        return Published(issue=kept.issue, folder=kept.folder)
    last = issues.last_published()
    if last and last.id > built.id:
        raise IssueError(
            f"{built.id} cannot be published: {last.id}, which came after it, is out already"
            " and holds its articles"
        )
    if last and (built.since is None or built.since < last.until):
        raise IssueError(
            f"{built.id} was built before {last.id} was published and may repeat it;"
            f" build it again: newsletter build-issue --week {built.id}"
        )
    issue, changes = as_it_stands(built, press.output)
    issue = replace(issue, status=Status.PUBLISHED, published_at=now)
    out = printed(issue, press, Stopwatch(), is_by_hand=bool(changes))
    issues.save_issue(replace(built, status=out.issue.status, content=out.content))
    # Afterwards: a week that is cut short here is forgotten; before, it could count twice.
    if memory:
        _postpone(built, memory.articles)
        close_week(built, memory)
    return Published(issue=out.issue, folder=out.folder, changes=changes)


def _postpone(built: Built, articles: Articles) -> None:
    """Leave to the next issue what was stamped into the window of *built* after it was composed.

    By a gather that began before and ended after it, or by a clock that was set back.
    """
    report = json.loads(built.report)
    if READ in report:
        there = {article.id for article in articles.within(built.since, built.until)}
        articles.postpone(there - set(report[READ]), built.until)


def close_week(built: Built, memory: Memory, *, but: Collection[str] = ()) -> None:
    """Remember how common words were in the week of *built*, and let go of its readings.

    The articles of which *but* holds the ids do not count.
    """
    held = memory.articles.within(built.since, built.until)
    found = [article for article in held if article.id not in but]
    held = in_their_languages(found, memory.common_words)
    readings = memory.words.readings(built.since, built.until)
    known = learned(memory.words.history(), held, readings)
    memory.words.close_week(known, before=built.until)
