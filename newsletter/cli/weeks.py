"""Weeks and stories as they are named on the command line."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

from newsletter.config import Configuration
from newsletter.errors import IssueError
from newsletter.model import Built
from newsletter.ports import Issues
from newsletter.weeks import parse_issue_id

if TYPE_CHECKING:
    from newsletter.pipeline.listing import Listed


_MANY = 6  # ids in one line
_SHOWN = 80  # characters of what was written


def week_named(text: str | None, configuration: Configuration, now: datetime) -> str | None:
    """Return the issue id that *text* names, None if it is None; what is none is a usage error."""
    if text is None:
        return None
    try:
        return parse_issue_id(text, now, configuration.settings.timezone)
    except ValueError as error:
        raise click.UsageError(f"WEEK: {error}") from error


def issue_named(week: str | None, issues: Issues) -> Built:
    """Return the built issue of *week*, the latest if None.

    Raises:
        IssueError: it was never built.
    """
    built = issues.built(week) if week else issues.latest_built()
    if built is None:
        raise IssueError(
            f"{week} has not been built; build it: newsletter build-issue --week {week}"
            if week
            else "no issue has been built yet; build one: newsletter build-issue"
        )
    return built


def story_named(text: str, stories: Sequence["Listed"]) -> "Listed":
    """Return the story of *stories* with that number, id or article, or the start of an id.

    Raises:
        IssueError: none or several have it.
    """
    return story_or_article_named(text, stories)[0]


def story_or_article_named(text: str, stories: Sequence["Listed"]) -> tuple["Listed", str | None]:
    """Return the story that *text* names and, if it names one article of it, that one's id.

    A story bears the id of one of its articles: that names the story.

    Raises:
        IssueError: none or several have it.
    """
    wanted = text.strip().lower()
    if wanted.isdecimal():
        numbered = [story for story in stories if str(story.number) == wanted.lstrip("0")]
        if numbered:
            return numbered[0], None
    if not wanted:
        raise IssueError(
            "STORY is empty; write a story's number, its id, or the id of one of its articles"
            " (newsletter stories list shows them)"
        )
    found = [story for story in stories if story.id.startswith(wanted)]
    if len(found) == 1:
        return found[0], None
    named = {
        id_: story
        for story in stories
        for id_, _, _ in story.articles
        if id_.startswith(wanted) and story not in found
    }
    if len(named) == 1 and not found:
        ((id_, story),) = named.items()
        return story, id_
    holding = {story.id: story for story in (*found, *named.values())}
    if len(holding) == 1:
        return next(iter(holding.values())), None
    if holding:
        raise IssueError(f"{text!r} may be any of {_some(list(holding))}; write more of its id")
    printed = sum(story.number is not None for story in stories)
    raise IssueError(
        f"no story {text[:_SHOWN]!r} in this issue of {printed};{_meant(wanted, stories)}"
        " `newsletter stories list --all` names"
        f" {'the one' if len(stories) == 1 else f'all {len(stories)}'} of the week,"
        " --week W those of another"
    )


def article_named(text: str, story: "Listed") -> str:
    """Return the id of the article of *story* with that number (from 1), id or start of an id.

    Raises:
        IssueError: none or several have it.
    """
    wanted = text.strip().lower()
    ids = [id_ for id_, _, _ in story.articles]
    if wanted.isdecimal() and 1 <= int(wanted) <= len(ids):
        return ids[int(wanted) - 1]
    found = [id_ for id_ in ids if wanted and id_.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        raise IssueError(f"{text!r} may be any of {_some(found)}; write more of its id")
    count = f"its only one is {ids[0]}" if len(ids) == 1 else f"it has {len(ids)}"
    raise IssueError(
        f"no article {text!r} in story {story.id}: {count};"
        f" `newsletter why {story.id}` shows them with number and id"
    )


def _meant(wanted: str, stories: Sequence["Listed"]) -> str:
    """Return " did you mean …?" where a story's headline or id is like what was *wanted*."""
    from newsletter.issue.nearest import nearest

    by_name = {name: story for story in stories for name in (story.headline, story.id) if name}
    near = None if wanted.isdecimal() else nearest(wanted, by_name)
    if near is None:
        return ""
    story = by_name[near]
    return f" did you mean {story.number or story.id} (“{story.headline or story.id}”)?"


def _some(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - _MANY} more" if len(ids) > _MANY else ""
    return ", ".join(ids[:_MANY]) + more
