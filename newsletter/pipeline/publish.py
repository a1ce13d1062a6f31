"""Publish: marks a built issue as out, so that its articles do not return."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from newsletter.errors import IssueError
from newsletter.issue import dump, load
from newsletter.model import Built, Issue, Status
from newsletter.pipeline.build import put
from newsletter.pipeline.compose import Stopwatch
from newsletter.pipeline.material import CommonWords, in_their_languages
from newsletter.ports import Articles, Issues, Output, Words
from newsletter.stories import learned


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What publishing remembers a week by: its articles, and how common their words were."""

    articles: Articles
    words: Words
    common_words: CommonWords


def publish(
    week: str | None,
    issues: Issues,
    templates: Mapping[str, str],
    output: Output,
    memory: Memory | None = None,
) -> tuple[Issue, Path]:
    """Publish the issue of *week*, the latest built if None; return it and its folder.

    The words of its week go into *memory*, where the next ones are weighed by them. Publishing a
    published issue changes nothing, but that its files are there again.

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
    # Afterwards: a week that is cut short here is forgotten; before, it could count twice.
    if memory:
        _close(built, memory)
    return issue, folder


def _close(built: Built, memory: Memory) -> None:
    """Remember how common words were in the week of *built*, and let go of its readings."""
    found = memory.articles.within(built.since, built.until)
    held = in_their_languages(found, memory.common_words)
    readings = memory.words.readings(built.since, built.until)
    known = learned(memory.words.history(), held, readings)
    memory.words.close_week(known, before=built.until)
