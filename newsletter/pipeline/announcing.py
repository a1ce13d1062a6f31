"""Announcing: what became of a week, as the events that an editor is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from newsletter.issue.dump import moment
from newsletter.model import CHECKED, Event, Issue
from newsletter.pipeline.due import Due

_HEADLINES = 12  # that a message names
_LATE = timedelta(minutes=30)  # later than that, a reader may have noticed
_LONGEST = 500  # characters of an error that are kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What there is to tell of an issue that is built.

    `since` is where its window begins; `is_changed` tells that a person changed it since it was
    built. `errors` counts what the check found wrong, `url` is where it will be read, if anywhere.
    """

    week: str
    since: datetime | None
    title: str
    stories: int
    headlines: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    errors: int = 0
    folder: str = ""
    url: str | None = None
    is_changed: bool = False


def made_of(issue: Issue, folder: Path, *, is_changed: bool = False) -> Made:
    """Return what there is to tell of *issue*, whose files lie in *folder*."""
    url = issue.masthead.url
    return Made(
        week=issue.id,
        since=issue.since,
        title=issue.masthead.title,
        stories=len(issue.stories),
        headlines=tuple(story.headline for story in issue.stories[:_HEADLINES]),
        problems=issue.problems,
        warnings=issue.warnings,
        errors=sum(problem.startswith(CHECKED) for problem in issue.problems),
        folder=str(folder),
        url=f"{url}/{issue.id}/" if url else None,
        is_changed=is_changed,
    )


def drafted(made: Made, due: Due, now: datetime, *, unless_approved: str, cause: str) -> Event:
    """Return the event of a draft that an editor may look at."""
    return Event(
        kind="draft",
        at=now,
        week=due.week,
        key=f"draft:{due.period}:{moment(now)}",
        cause=cause,
        details=_draft_details(made, due, unless_approved),
    )


def reminded(made: Made, due: Due, now: datetime, *, unless_approved: str) -> Event:
    """Return the event that a draft still waits for its editor."""
    then = "published all the same" if unless_approved == "publish" else "held"
    return Event(
        kind="reminder",
        at=now,
        week=due.week,
        key=f"reminder:{due.period}",
        cause=f"nobody has approved it yet; at its instant it is {then}",
        details=_draft_details(made, due, unless_approved),
    )


def published(made: Made, due: Due, now: datetime, *, cause: str) -> Event:
    """Return the event that an issue is out."""
    late = now - due.instant
    is_late = late > _LATE
    return Event(
        kind="published",
        at=now,
        week=due.week,
        key=f"published:{due.week}",
        cause=f"{cause}, {_span(late)} late" if is_late else cause,
        details={
            "title": made.title,
            "stories": made.stories,
            "headlines": list(made.headlines),
            "problems": list(made.problems),
            "url": made.url,
            "folder": made.folder,
            "late": is_late,
            "instant": moment(due.instant),
        },
    )


def held(due: Due, now: datetime) -> Event:
    """Return the event that a draft was not published, as nobody approved it."""
    reason = "nobody approved it"
    return Event(
        kind="held",
        at=now,
        week=due.week,
        key=f"held:{due.period}",
        cause=reason,
        details={"instant": moment(due.instant), "reason": reason},
    )


def still(kind: str, due: Due, now: datetime) -> Event:
    """Return the event that a week stays held, or skipped, whatever was built of it."""
    cause = f"stays {kind}, as the editor said"
    return Event(
        kind="skipped" if kind == "skipped" else "held",
        at=now,
        week=due.week,
        cause=cause,
        details={"instant": moment(due.instant), "reason": cause},
    )


def skipped(made: Made | None, due: Due, now: datetime, *, min_stories: int) -> Event:
    """Return the event that an issue is too thin to go out; None is thinner than anything."""
    stories = made.stories if made else 0
    return Event(
        kind="skipped",
        at=now,
        week=due.week,
        key=f"skipped:{due.period}",
        cause=(
            f"thin: {stories} of at least {min_stories} stories"
            if made
            else "there was not one article to make it of"
        )
        + "; what there is goes into the next issue",
        details={
            "instant": moment(due.instant),
            "stories": stories,
            "min_stories": min_stories,
        },
    )


def failed(due: Due, now: datetime, *, attempts: int, error: str) -> Event:
    """Return the event that a week's job was given up."""
    what = "the draft could not be built" if due.job == "draft" else "it could not be published"
    return Event(
        kind="failed",
        at=now,
        week=due.week,
        key=f"failed:{due.job}:{due.period}",
        cause=f"{what}, tried {attempts} times: {error}"[:_LONGEST],
        details={"job": due.job, "attempts": attempts, "error": error[:_LONGEST]},
    )


def missed(due: Due, now: datetime, *, catch_up: timedelta, error: str = "") -> Event:
    """Return the event that nobody was there to publish a week, nor soon enough afterwards."""
    tried = f"; the last try failed: {error}" if error else ""
    return Event(
        kind="missed",
        at=now,
        week=due.week,
        key=f"missed:{due.week}",
        cause=(
            f"nothing ran from its instant to {_span(catch_up)} after it{tried};"
            " its articles go into the next issue"
        )[:_LONGEST],
        details={
            "instant": moment(due.instant),
            "catch_up_h": round(catch_up.total_seconds() / 3600, 2),
        },
    )


def _draft_details(made: Made, due: Due, unless_approved: str) -> Mapping[str, object]:
    folder = Path(made.folder)
    return {
        "title": made.title,
        "stories": made.stories,
        "headlines": list(made.headlines),
        "problems": list(made.problems),
        "warnings": list(made.warnings),
        "errors": made.errors,
        "instant": moment(due.instant),
        "unless_approved": unless_approved,
        "folder": made.folder,
        "check": str(folder / "check.html"),
        "page": str(folder / "index.html"),
    }


def _span(span: timedelta) -> str:
    hours = span / timedelta(hours=1)
    return f"{hours:.0f} h" if hours >= 1 else f"{span / timedelta(minutes=1):.0f} min"
