"""Announcing: what became of a week, as the events that an editor is told."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from newsletter.issue.dump import moment
from newsletter.model import CHECKED, Event, Issue
from newsletter.pipeline.due import Due

_HEADLINES = 12  # that a message names
_LATE = timedelta(minutes=30)  # later than that, a reader may have noticed
_LONGEST = 500  # characters of an error that are kept
_FAILED = {"publish": "it could not be published", "draft": "the draft could not be built"}


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


def reminded(
    made: Made, due: Due, now: datetime, *, unless_approved: str, min_stories: int
) -> Event:
    """Return the event that a draft still waits for its editor."""
    then = "published all the same" if unless_approved == "publish" else "held"
    if made.stories < min_stories:
        then = f"skipped, as it is {_thin(made.stories, min_stories)}"
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


def held(due: Due, now: datetime, *, is_late: bool = False) -> Event:
    """Return the event that a draft was not published, as nobody approved it, or could."""
    reason = (
        "it was built too late: nobody could look at it in time"
        if is_late
        else "nobody approved it"
    )
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


def again(event: Event) -> Event:
    """Return the event that a week is as far as *event* said, whatever failed since then."""
    cause = f"stays {event.kind}, though a try failed"
    # At its own moment: since when a week is approved decides on how long that is heeded.
    return replace(event, cause=cause, key=None, id=0)


def skipped(
    made: Made | None, due: Due, now: datetime, *, min_stories: int, silence: str = ""
) -> Event:
    """Return the event that an issue is too thin to go out; None is thinner than anything.

    *silence* says which feeds could not be read, if that may be why.
    """
    stories = made.stories if made else 0
    why = f", and {silence}" if silence else ""
    thin = f"{_thin(stories, min_stories)}{why}; what there is goes into the next issue"
    return Event(
        kind="skipped",
        at=now,
        week=due.week,
        key=f"skipped:{due.period}",
        cause=thin if made else f"there was not one article to make it of{why}",
        details={
            "instant": moment(due.instant),
            "stories": stories,
            "min_stories": min_stories,
        },
    )


def failing(due: Due, now: datetime, *, attempts: int, error: str, next_try: datetime) -> Event:
    """Return the event that a week's job fails again and again, and is still tried."""
    until = f"; tried again until {_text(due.until)}"
    cause = f"{_FAILED[due.job]}, {tried(attempts)}; last: {error}"
    return Event(
        kind="failed",
        at=now,
        week=due.week,
        key=f"failed:{due.job}:{due.period}:first",
        cause=f"{cause[: _LONGEST - len(until)]}{until}",
        details={
            "job": due.job,
            "attempts": attempts,
            "error": error[:_LONGEST],
            "next_try": moment(next_try),
        },
    )


def failed(due: Due, now: datetime, *, attempts: int, error: str) -> Event:
    """Return the event that a week's job was given up."""
    return Event(
        kind="failed",
        at=now,
        week=due.week,
        key=f"failed:{due.job}:{due.period}",
        cause=f"{_FAILED[due.job]}, {tried(attempts)}; last: {error}"[:_LONGEST],
        details={"job": due.job, "attempts": attempts, "error": error[:_LONGEST]},
    )


def tried(attempts: int) -> str:
    """Return in words how often something was tried."""
    return f"tried {attempts} times" if attempts != 1 else "tried once"


def missed(due: Due, now: datetime, *, catch_up: timedelta, cause: str = "") -> Event:
    """Return the event that a week was not published in time: nothing ran, or for *cause*."""
    why = cause or f"nothing ran from its instant to {_span(catch_up)} after it"
    return Event(
        kind="missed",
        at=now,
        week=due.week,
        key=f"missed:{due.period}",
        cause=f"{why}; its articles go into the next issue",
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


def approved_in_vain(since: datetime, until: datetime) -> str:
    """Return in words that nothing ran in the time for which an approval is heeded."""
    return f"it was approved on {_text(since)}, but nothing ran for {_span(until - since)}"


def _thin(stories: int, min_stories: int) -> str:
    return f"thin: {stories} of at least {min_stories} stories"


def _text(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _span(span: timedelta) -> str:
    hours = span / timedelta(hours=1)
    return f"{hours:.0f} h" if hours >= 1 else f"{span / timedelta(minutes=1):.0f} min"
