"""Weeks and stories as they are named on the command line."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import click

from newsletter.config import Configuration
from newsletter.errors import IssueError
from newsletter.model import Built
from newsletter.ports import Issues
from newsletter.weeks import parse_issue_id


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


def story_named(
    text: str, stories: Sequence[dict[str, Any]], also: Sequence[dict[str, Any]] = ()
) -> dict[str, Any]:
    """Return the story of *stories* (in printed order) with that number, id or start of an id.

    An id may also be that of one of *also*, which have no number.

    Raises:
        IssueError: none or several have it.
    """
    if text.isdecimal() and 1 <= int(text) <= len(stories):
        return stories[int(text) - 1]
    beginning = text.strip().lower() or "an empty text"
    found = [story for story in (*stories, *also) if story["id"].startswith(beginning)]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(story["id"] for story in found)
        raise IssueError(f"{text!r} may be any of {ids}; write more of its id")
    raise IssueError(
        f"no story {text!r} in this issue; `newsletter show` names its {len(stories)} by number and"
        " id, with -v those that were passed over as well"
    )
