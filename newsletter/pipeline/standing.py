"""The issue as it stands: its issue.json in the output folder, else as it was last built."""

from dataclasses import dataclass
from pathlib import Path

from newsletter.errors import IssueError
from newsletter.issue import load
from newsletter.model import Edition, Issue
from newsletter.pipeline.handmade import ISSUE_FILE
from newsletter.ports import Issues, Output

_FORMATS = ("index.html", "email.html", "issue.md", "issue.txt", "issue.eml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An issue, the bytes of its issue.json, and its edition if that lies there whole."""

    issue: Issue
    content: bytes
    edition: Edition | None


def standing(week: str | None, issues: Issues, output: Output) -> Standing:
    """Return the issue of *week* as it stands, the latest if None.

    Raises:
        IssueError: there is none, or its issue.json is none.
    """
    week = week or _latest(issues, output)
    files = output.read_issue(week)
    if ISSUE_FILE in files:
        content = files[ISSUE_FILE]
        name = str(output.root / week / ISSUE_FILE)
    else:
        built = issues.built(week)
        if built is None:
            raise IssueError(
                f"{week} has not been built; build it: newsletter build-issue --week {week}"
            )
        content, name = built.content.encode(), ISSUE_FILE
    issue = load(content, name)
    if issue.id != week:
        raise IssueError(f"{name}: id is {issue.id!r}, but the folder is that of {week}")
    whole = all(format_ in files for format_ in _FORMATS)
    edition = Edition(files={name: files[name] for name in _FORMATS}) if whole else None
    return Standing(issue=issue, content=content, edition=edition)


def _latest(issues: Issues, output: Output) -> str:
    built = issues.latest_built()
    found = [built.id] if built else []
    found += (Path(path).parent.name for path, _ in output.issues())
    if not found:
        raise IssueError("no issue has been built yet; build one: newsletter build-issue")
    return max(found)
