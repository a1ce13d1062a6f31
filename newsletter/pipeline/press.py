"""The press: an issue is rendered, checked and put in place, with the site around it."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from newsletter.errors import IssueError
from newsletter.issue import dump, glance, load
from newsletter.model import CHECKED, Built, CheckReport, Edition, Finding, Glance, Issue, Status
from newsletter.pipeline.found import keep_found
from newsletter.pipeline.stopwatch import Stopwatch
from newsletter.ports import Issues, Output
from newsletter.render import FULL_TEXT, render, render_site
from newsletter.render.checking import Known, check, check_page

log = logging.getLogger(__name__)

_CHECKED_ANYWAY = ("thin: ", "a link over http")  # the check looks for itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What printing needs: templates, the folder, and what the check is to know of an issue.

    `issues`, if given, are what the site shows of published issues, whatever was changed by hand in
    the files of the folder since. `before_moving` is called when files are written and not yet in
    place; they stay away where it raises.
    """

    templates: Mapping[str, str]
    output: Output
    known: Callable[[Issue], Known]
    issues: Issues | None = None
    before_moving: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """An issue as it was printed: with what the check holds against it, its files and report.

    `content` is its issue.json.
    """

    issue: Issue
    content: str
    folder: Path
    files: tuple[str, ...]
    report: CheckReport
    edition: Edition


def fenced(press: Press, built: Built, issues: Issues) -> Press:
    """Return *press* so that it moves no file where *issues* do not hold *built* any more.

    With *issues* of a transaction nor where that is over: PostgreSQL ends one whose process was
    paused for long, and somebody else may have published since. While it lasts, nobody can.
    """

    def see_that_it_stands() -> None:
        if issues.built(built.id) != built:
            raise IssueError(f"{built.id} was built or published by another process meanwhile")

    return replace(press, before_moving=see_that_it_stands)


def printed(issue: Issue, press: Press, watch: Stopwatch, *, is_by_hand: bool = False) -> Printed:
    """Render *issue*, check it, and put it and the site's pages in place.

    An issue that the check finds faults in becomes a draft that names them; one that is published
    stays so. What *is_by_hand*, changed in its issue.json, is not sealed as the program's own.

    An issue.json that lies there and that nobody remembers is kept (see `found`).

    Raises:
        TemplateError, OutputError: nothing was written.
    """
    with watch.stage("render"):
        edition = render(issue, press.templates)
    with watch.stage("check"):
        report = inspected(issue, edition, press.known(issue))
        issue = judged(issue, report)
    content = dump(issue, is_by_hand=is_by_hand)

    def keep() -> None:
        press.before_moving()
        if press.issues:  # last of all: what is remembered by then was not found
            keep_found(issue, press.issues, press.output)

    files = put(issue, edition, report, press, watch, content=content.encode(), moving=keep)
    return Printed(
        issue=issue,
        content=content,
        folder=files[0],
        files=files[1],
        report=report,
        edition=edition,
    )


def put(
    issue: Issue,
    edition: Edition,
    report: CheckReport,
    press: Press,
    watch: Stopwatch,
    *,
    content: bytes | None = None,
    moving: Callable[[], None] | None = None,
) -> tuple[Path, tuple[str, ...]]:
    """Put an issue's files and the site's pages in place; return the folder and the files' names.

    *content* is its issue.json if that is to stay as it was written; *moving* is called before the
    issue's files are moved, as the press's `before_moving` is if it is not given.

    Raises:
        TemplateError, OutputError: nothing was written, or the issue alone; the next print puts
            the pages beside it.
    """
    with watch.stage("write"):
        files = {
            **edition.files,
            "issue.json": dump(issue).encode() if content is None else content,
            "check.html": check_page(report, issue, press.templates),
        }
        pages = site(press, issue)
        folder = press.output.write_issue(
            issue.id, files, before_moving=moving or press.before_moving
        )
        press.output.write_pages(pages, before_moving=press.before_moving)
    return folder, tuple(sorted(files))


def site(press: Press, printed: Issue | None = None) -> Mapping[str, bytes]:
    """Return the pages beside the issues of the output folder, *printed* being one of them.

    Raises:
        TemplateError: a template of theirs has a fault.
    """
    whole, older = [printed] if printed else [], []
    for one, name, text in _listed(press):  # newest first
        if printed and one.id == printed.id:
            continue
        if one.status == Status.PUBLISHED and len(whole) <= FULL_TEXT:
            with _left_out():
                whole.append(load(text, name))
        else:
            older.append(one)
    return render_site(whole, press.templates, older=older)


def _listed(press: Press) -> Iterator[tuple[Glance, str, str]]:
    """Yield what there is of each issue in the folder: at a glance, its file's name and text."""
    for name, text in press.output.issues():
        with _left_out():
            found = glance(text, name)
            built = press.issues.built(found.id) if press.issues else None
            if built and built.status == Status.PUBLISHED and built.content != text:
                found, text = glance(built.content, name), built.content
            elif built:  # a publication that was cut short may have left it as published
                found = replace(found, status=built.status)
            yield found, name, text


@contextmanager
def _left_out() -> Iterator[None]:
    try:
        yield
    except IssueError as error:
        log.warning("issue left out of the archive reason=%s", str(error).partition("\n")[0])


def inspected(issue: Issue, edition: Edition, known: Known) -> CheckReport:
    """Return what the check finds in *edition*, and what composing found in *issue* before it."""
    report = check(issue, edition, known)
    own = [
        Finding(rule="issue-problem", group="issue", verdict="error", title=problem)
        for problem in issue.problems
        if not problem.startswith(CHECKED)
    ]
    doubts = [
        Finding(rule="issue-warning", group="issue", verdict="warning", title=warning)
        for warning in issue.warnings
        if not warning.startswith(_CHECKED_ANYWAY)
    ]
    others = [one for one in report.findings if one.verdict not in {"error", "warning"}]
    return replace(report, findings=(*own, *report.errors, *doubts, *report.warnings, *others))


def judged(issue: Issue, report: CheckReport) -> Issue:
    """Return *issue* with the errors of *report* among its problems, in place of older ones."""
    found = tuple(
        f"{CHECKED}{one.title}, but {one.detail}" if one.detail else f"{CHECKED}{one.title}"
        for one in report.errors
        if one.group != "issue"
    )
    problems = (*(text for text in issue.problems if not text.startswith(CHECKED)), *found)
    status = issue.status
    if status != Status.PUBLISHED:
        status = Status.DRAFT if problems else Status.READY
    return replace(issue, problems=problems, status=status)
