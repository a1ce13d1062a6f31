"""Published issues stay: what is missing is put back, and changes go out only when told to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from newsletter.errors import IssueError
from newsletter.issue import load
from newsletter.issue.dump import moment
from newsletter.model import Built, Edition, Event, Issue, Status
from newsletter.pipeline.announcing import made_of
from newsletter.pipeline.handmade import ISSUE_FILE, as_it_stands, changed
from newsletter.pipeline.press import Press, fenced, inspected, printed, site
from newsletter.pipeline.stopwatch import Stopwatch
from newsletter.ports import Issues
from newsletter.ports.running import RunStore
from newsletter.render import render
from newsletter.render.checking import check_page

_CHECK_FILE = "check.html"
_LATE = timedelta(minutes=30)  # as the weekly run has it
_NAMED = 8  # changes in one sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A published issue that stays as it is, the files that were put back.

    `changes` is what a person changed in its issue.json since, which nobody reads.
    """

    issue: Issue
    folder: Path
    put_back: tuple[str, ...]
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Republished:
    """A published issue that went out anew.

    `changes` is what a person changed in its issue.json, `files` are those whose bytes are others
    than before; without either nothing was done, but that missing files are there again.
    """

    issue: Issue
    folder: Path
    changes: tuple[str, ...]
    files: tuple[str, ...]


def keep(built: Built, press: Press) -> Kept:
    """Put back the files of a published issue that are missing in its folder, as it was published.

    And the pages beside the issues. Files that are there stay, whatever is in them.

    Raises:
        TemplateError, OutputError: nothing was written, or the issue's files alone.
    """
    issue, there = load(built.content), press.output.read_issue(built.id)
    missing = _missing(built, issue, press, there)
    pages = site(press, issue)
    folder = press.output.root / built.id
    if missing:
        folder = press.output.write_issue(built.id, missing, before_moving=press.before_moving)
    press.output.write_pages(pages, before_moving=press.before_moving)
    text = there.get(ISSUE_FILE)
    return Kept(
        issue=issue,
        folder=folder,
        put_back=tuple(sorted(missing)),
        changes=changed(built, text.decode("utf-8", "replace")) if text is not None else (),
    )


def republish(
    week: str | None,
    store: RunStore,
    press: Press,
    *,
    now: datetime,
    channels: Collection[str] = (),
) -> Republished:
    """Publish the published issue of *week*, the last if None, once more as its issue.json stands.

    It is rendered anew with today's templates and says when it was updated; what is written,
    remembered and noted (to be told on *channels*) is one transaction if *store* is in one.

    Raises:
        IssueError: it is not published, or was changed to what is no issue.
        TemplateError, OutputError: nothing was written, or the issue's files alone.
    """
    built = store.built(week) if week else store.last_published()
    if built is None or built.status != Status.PUBLISHED:
        raise IssueError(
            f"{week} is not published, so it cannot be published again; first: newsletter publish"
            f" {week}"
            if week
            else "no issue is published yet; first: newsletter publish"
        )
    press = fenced(press, built, store)
    before = load(built.content)
    issue, changes = as_it_stands(built, press.output)
    issue = replace(
        issue,
        status=Status.PUBLISHED,
        published_at=before.published_at,
        updated_at=before.updated_at,
    )
    files = differing(render(issue, press.templates), press.output.read_issue(built.id))
    if not changes and not files:
        kept = keep(built, press)
        return Republished(issue=kept.issue, folder=kept.folder, changes=(), files=())
    issue = replace(issue, updated_at=now)
    out = printed(issue, press, Stopwatch(), is_by_hand=bool(changes))
    store.save_issue(replace(built, content=out.content))
    event = _republished(out.issue, out.folder, changes, files, now)
    store.note(event, channels=channels)
    return Republished(issue=out.issue, folder=out.folder, changes=changes, files=files)


def differing(edition: Edition, there: Mapping[str, bytes]) -> tuple[str, ...]:
    """Return the names of the files of *edition* that are *there* with other bytes."""
    return tuple(
        name
        for name, content in sorted(edition.files.items())
        if name in there and there[name] != content
    )


def see_that_it_stays(issue: Issue, edition: Edition, issues: Issues, press: Press) -> None:
    """Do nothing if *issue* is not published, or *edition* changes no file that is there.

    Raises:
        IssueError: it is, and files of it would be others.
    """
    built = issues.built(issue.id)
    if issue.status != Status.PUBLISHED and (built is None or built.status != Status.PUBLISHED):
        return
    others = differing(edition, press.output.read_issue(issue.id))
    if others:
        raise IssueError(
            f"{issue.id} is published and stays as it is, but {', '.join(others)} would change;"
            f" `newsletter publish {issue.id} --republish` publishes it anew,"
            " --format prints one of them"
        )


def by_hand(issue: Issue, folder: Path, now: datetime) -> Event:
    """Return the event that *issue* was published by hand."""
    return Event(
        kind="published",
        at=now,
        week=issue.id,
        key=f"published:{issue.id}",
        cause="published by hand",
        details={**_details(issue, folder), "late": now - issue.publishes_at > _LATE},
    )


def _republished(
    issue: Issue, folder: Path, changes: tuple[str, ...], files: tuple[str, ...], now: datetime
) -> Event:
    why = f"with {_some(changes)} changed by hand" if changes else "with other templates"
    which = _some(files) or "none but issue.json"
    return Event(
        kind="republished",
        at=now,
        week=issue.id,
        cause=f"published again {why}; files that changed: {which}",
        details={**_details(issue, folder), "changes": list(changes), "files": list(files)},
    )


def _details(issue: Issue, folder: Path) -> dict[str, object]:
    made = made_of(issue, folder)
    return {
        "title": made.title,
        "stories": made.stories,
        "headlines": list(made.headlines),
        "problems": list(made.problems),
        "url": made.url,
        "folder": made.folder,
        "instant": moment(issue.publishes_at),
    }


def _missing(
    built: Built, issue: Issue, press: Press, there: Mapping[str, bytes]
) -> Mapping[str, bytes]:
    """Return the files that belong into the issue's folder and are not *there*."""
    edition = render(issue, press.templates)
    found = {**edition.files, ISSUE_FILE: built.content.encode()}
    missing = {name: content for name, content in found.items() if name not in there}
    if _CHECK_FILE not in there:
        report = inspected(issue, edition, press.known(issue))
        missing[_CHECK_FILE] = check_page(report, issue, press.templates)
    return missing


def _some(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
