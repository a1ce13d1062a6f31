"""Sees whether a person changed the issue.json of a built issue, so that nothing writes over it."""

import shlex
from contextlib import suppress
from dataclasses import replace

from newsletter.errors import IssueError
from newsletter.issue import dump, load
from newsletter.issue.changed import hand_changed
from newsletter.issue.seal import sealed
from newsletter.model import Built, Issue, Status
from newsletter.ports import Issues, Output

ISSUE_FILE = "issue.json"
_SHOWN = 5  # changes that are named


def stopped_by_hand(issue_id: str, issues: Issues, output: Output) -> None:
    """Do nothing if the issue.json of *issue_id* is as it was built, or is not there.

    Raises:
        IssueError: a person changed it: says what, and the ways on.
    """
    built, text = issues.built(issue_id), written(issue_id, output)
    if built is None or text is None:
        return
    changes = changed(built, text)
    if changes:
        file = shlex.quote(str(output.root / issue_id / ISSUE_FILE))
        raise IssueError(
            f"{file} was changed by hand ({_listed(changes)}) and would be written over;"
            f" `newsletter edit {issue_id} --import {file}` takes the changes into the issue,"
            " `newsletter build-issue --discard` gives them up"
        )


def written(issue_id: str, output: Output) -> str | None:
    """Return the text of the issue.json that lies in the output folder, None if none does."""
    content = output.read_issue(issue_id).get(ISSUE_FILE)
    return None if content is None else content.decode("utf-8", "replace")


def changed(built: Built, text: str) -> tuple[str, ...]:
    """Return in words what was changed by hand in *text* since the issue was built, () if nothing.

    What cannot be read as JSON was changed, too. What bears a seal that fits is the program's own,
    whatever was built: a build or a publication that was cut short before it was remembered. Of all
    else, issues of before there were seals among it, the values count.
    """
    if text == built.content or sealed(text):
        return ()
    with suppress(IssueError):
        text = dump(_as_if_built(load(text), load(built.content)))
    return hand_changed(text, built.content)


def _as_if_built(issue: Issue, built: Issue) -> Issue:
    """Return *issue* without what a publication cut short wrote beside a person's words."""
    if issue.status != Status.PUBLISHED:
        return issue
    if built.status == Status.PUBLISHED:  # that was published once more
        problems = issue.problems if issue.updated_at == built.updated_at else built.problems
        return replace(issue, problems=problems, updated_at=built.updated_at)
    return replace(
        issue,
        status=built.status,
        problems=built.problems,
        published_at=built.published_at,
        updated_at=built.updated_at,
    )


def as_it_stands(built: Built, output: Output) -> tuple[Issue, tuple[str, ...]]:
    """Return a built issue with what a person changed in its issue.json, and what that is.

    Raises:
        IssueError: what she wrote is no issue, or that of another week or window.
    """
    content = output.read_issue(built.id).get(ISSUE_FILE)
    changes = changed(built, content.decode("utf-8", "replace")) if content is not None else ()
    if content is None or not changes:
        return load(built.content), ()
    name = str(output.root / built.id / ISSUE_FILE)
    issue = load(content, name)
    if (issue.id, issue.since, issue.until) != (built.id, built.since, built.until):
        raise IssueError(
            f"{name}: id, since and until say which week this is and stay as they were built:"
            f" {built.id}; put them back, or build it again: newsletter build-issue"
            f" --week {built.id} --discard"
        )
    return issue, changes


def _listed(changes: tuple[str, ...]) -> str:
    more = f" and {len(changes) - _SHOWN} more" if len(changes) > _SHOWN else ""
    return ", ".join(changes[:_SHOWN]) + more
