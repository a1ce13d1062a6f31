"""Publish: marks a built issue as out, so that its articles do not return."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from newsletter.errors import IssueError
from newsletter.issue import dump, load
from newsletter.model import Issue, Status
from newsletter.pipeline.build import put
from newsletter.pipeline.compose import Stopwatch
from newsletter.ports import Issues, Output


def publish(
    week: str | None, issues: Issues, templates: Mapping[str, str], output: Output
) -> tuple[Issue, Path]:
    """Publish the issue of *week*, the latest built if None; return it and its folder.

    Publishing a published issue changes nothing, but that its files are there again.

    Raises:
        IssueError: it was never built, or a later one is out already.
    """
    built = issues.built(week) if week else issues.latest_built()
    if built is None:
        named = f"{week} has not" if week else "no issue has"
        option = f" --week {week}" if week else ""
        raise IssueError(f"{named} been built; build it first: newsletter build-issue{option}")
    issue = load(built.content)
    if built.status == Status.PUBLISHED:
        folder, _, _ = put(issue, templates, output, Stopwatch())
        return issue, folder
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
    issue = replace(issue, status=Status.PUBLISHED)
    folder, _, _ = put(issue, templates, output, Stopwatch())
    issues.save_issue(replace(built, status=issue.status, content=dump(issue)))
    return issue, folder
