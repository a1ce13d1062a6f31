"""Keeps the issue.json that lies in place of another and that nobody remembers having written."""

import logging
import shlex
from dataclasses import replace

from newsletter.errors import IssueError, OutputError
from newsletter.issue import dump, load
from newsletter.issue.seal import sealed
from newsletter.model import Built, Issue, PrintedStory, Section
from newsletter.pipeline.handmade import ISSUE_FILE
from newsletter.ports import Issues, Output

log = logging.getLogger(__name__)


def keep_found(issue: Issue, issues: Issues, output: Output) -> None:
    """Keep a copy of the issue.json that *issue* is to be written over, if words of it got lost.

    Such as one that was edited with another database, or before a backup was restored, or by a
    process that was killed. What a person changed by hand is seen to before (see `handmade`). Where
    the copy cannot be kept the log says so, and nothing else happens.
    """
    content = output.read_issue(issue.id).get(ISSUE_FILE)
    if content is None or not _is_lost(content, issue, issues.built(issue.id)):
        return
    said = f"{issue.id}: its {ISSUE_FILE} was written by a run that was not remembered, or by"
    try:
        kept = output.keep_found(issue.id, content)
    except OutputError as error:
        log.warning("%s another database, and is written over; %s", said, error)
    else:
        way_on = f"`newsletter edit {issue.id} --import {shlex.quote(str(kept))}` takes it in"
        log.warning("%s another database; it is kept as %s; %s", said, kept, way_on)


def _is_lost(content: bytes, issue: Issue, built: Built | None) -> bool:
    """Return whether *content* says what neither *issue* nor what is remembered as *built* says."""
    text = content.decode("utf-8", "replace")
    if built and (text == built.content or not sealed(text)):
        return False
    known = (dump(issue), *([built.content] if built else []))
    return not any(_says_the_same(text, one) for one in known)


def _says_the_same(text: str, other: str) -> bool:
    try:
        found, known = load(text), load(other)
    except IssueError:  # of another version, it may be
        return text == other
    return _timeless(found, known) == known


def _timeless(issue: Issue, like: Issue) -> Issue:
    """Return *issue* with the states, moments and figures of *like*, which are nobody's words."""
    scored = {story.id: story for story in like.stories}
    return replace(
        issue,
        status=like.status,
        problems=like.problems,
        warnings=like.warnings,
        since=like.since,
        until=like.until,
        publishes_at=like.publishes_at,
        generated_at=like.generated_at,
        published_at=like.published_at,
        updated_at=like.updated_at,
        counts=like.counts,
        sections=tuple(
            Section(
                name=section.name,
                stories=tuple(_scored(one, scored.get(one.id, one)) for one in section.stories),
            )
            for section in issue.sections
        ),
    )


def _scored(story: PrintedStory, like: PrintedStory) -> PrintedStory:
    return replace(story, score=like.score, reasons=like.reasons)
