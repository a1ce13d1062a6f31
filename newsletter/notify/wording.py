"""What is said of each kind of event: what happened, why, what is wrong, what can be done."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import cast

from newsletter.model import Event, EventKind
from newsletter.notify.about import About, counted
from newsletter.notify.details import Details, as_data, cut, whole
from newsletter.notify.fate import is_over, of_approved, of_draft
from newsletter.notify.feeds import feeds_note
from newsletter.notify.note import Listing, Note, Paper

_SUBJECT = 150  # characters: more than any inbox shows
_NAME = 50
_JOBS: Mapping[str, str] = MappingProxyType(
    {
        "gather": "the feeds could not be gathered",
        "draft": "the draft could not be built",
        "remind": "the reminder could not be made",
        "publish": "it could not be published",
        "prune": "old articles could not be cleared away",
    }
)
_TOLD_WHY: tuple[EventKind, ...] = ("failed", "missed", "notifier")  # by their own sentences
_NO_REASONS = ("built for review",)  # it says no more than that there is a draft
# What follows is told in the note's own sentences.
_SAID_BEFORE = ("; at its instant it is ", "; what there is goes into the next issue")
_UNSURE = re.compile(r"\bmay have\b|\bended before it heard\b|^unexpected ")
# What an event is called in a sentence about it.
_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "draft": "the draft",
        "reminder": "the reminder",
        "approved": "the approval",
        "published": "the publication",
        "republished": "the new publication",
        "held": "the holding",
        "skipped": "the skipping",
        "failed": "the failure",
        "missed": "the missing",
        "feeds": "the feeds that want a look",
    }
)


def note_of(event: Event, paper: Paper) -> Note:
    """Return what is told of *event*, whatever its details hold or lack."""
    about = About(event=event, found=Details(event.details, paper.zone), paper=paper)
    said = _SAYS[event.kind](about)
    cause = cut(event.cause, 500)
    says = said.says
    if why := _why(event.kind, cause):
        says = (*says, f"Why: {why}")
    name = cut(paper.title, _NAME)
    details = as_data(event.details)
    return replace(
        said,
        subject=cut(f"{name}: {said.subject}", _SUBJECT),
        says=says,
        cause=cause,
        details=cast("dict[str, object]", details),
    )


def trial_note(paper: Paper, at: datetime) -> Note:
    """Return what is sent to try a channel out."""
    name = cut(paper.title, _NAME)
    return Note(
        kind="test",
        key=f"test-{at:%Y%m%dT%H%M%S}",
        at=at,
        newsletter=cut(paper.title, 200),
        subject=f"{name}: a test",
        says=(
            "This is a test: messages about the weekly run arrive here.",
            "Nothing happened, and there is nothing to do.",
        ),
        workspace=cut(paper.workspace, 1_000),
    )


def _draft(about: About) -> Note:
    return _review(about, f"{about.week} is ready for review")


def _reminder(about: About) -> Note:
    return _review(about, f"{about.week} still waits for you")


def _review(about: About, subject: str) -> Note:
    when, fate = of_draft(about)
    errors = about.found.count("errors")
    with_errors = f", with {counted(errors, 'error', 'errors')}" if errors else ""
    return about.note(
        f"{subject}{with_errors}{when}",
        fate,
        f"In it: {about.issue}." if about.issue else "",
        wrong=about.wrong,
        look=about.look,
        commands=about.commands("approve", "hold", "skip", "preview"),
        places=about.places(),
        listing=about.stories,
    )


def _approved(about: About) -> Note:
    when, fate = of_approved(about)
    return about.note(
        f"{about.week} is approved{when}",
        fate,
        f"In it: {about.issue}." if about.issue else "",
        commands=about.commands(*(("publish",) if is_over(about) else ("hold",)), "preview"),
        places=about.places(),
    )


def _published(about: About) -> Note:
    issue, due = about.issue, about.due
    is_late = about.found.found.get("late") is True
    return about.note(
        f"{about.week} is published{', late' if is_late else ''}{f': {issue}' if issue else ''}",
        f"It is out. In it: {issue}." if issue else "It is out.",
        f"It was due on {whole(due)}." if is_late and due else "",
        wrong=about.wrong,
        places=about.places(is_out=True),
        listing=about.stories,
    )


def _republished(about: About) -> Note:
    changes = about.found.texts("changes")
    return about.note(
        f"{about.week} is published anew",
        "It was out already, and has been changed.",
        wrong=about.wrong,
        places=about.places(is_out=True),
        listing=Listing(title="What changed", items=changes) if changes else None,
    )


def _held(about: About) -> Note:
    due = about.due
    reason = "" if about.event.cause else about.found.sentence("reason")
    return about.note(
        f"{about.week} is held: it is not published",
        f"It is not published{f' on {whole(due)}' if due else ''}; it waits for your word.",
        f"Why: {reason}" if reason else "",
        commands=about.commands("approve", "skip", "preview"),
        places=about.places(),
    )


def _skipped(about: About) -> Note:
    stories, fewest = about.found.count("stories"), about.found.count("min_stories")
    few = ""
    if stories is not None and fewest is not None and stories < fewest:
        few = f"{counted(stories, 'story', 'stories')}, {fewest} are the fewest"
    due, after = about.due, "" if stories == 0 else ": its articles go into the next issue"
    return about.note(
        f"{about.week} is skipped{f': {few}' if few else ''}",
        f"It is not published{f' on {whole(due)}' if due else ''}{after}.",
        commands=about.commands("history"),
        places=about.places(),
    )


def _failed(about: About) -> Note:
    job, attempts = about.found.text("job"), about.found.count("attempts")
    error, what = about.found.sentence("error"), _JOBS.get(job, "the weekly run could not go on")
    tries = f" after {counted(attempts, 'try', 'tries')}" if attempts else ""
    by_hand = about.commands("build-issue --week", "publish") if job in ("draft", "publish") else ()
    goes_on = bool(about.found.text("next_try"))
    again = "and is tried again by itself" if goes_on else "and is not tried again"
    return about.note(
        f"{about.week if about.event.week else 'The weekly run'}"
        f" {'is failing' if goes_on else 'failed'}: {what}",
        f"{_begun(what)}{tries}, {again}.",
        f"Error: {error}" if error else f"Why: {cut(about.event.cause, 500)}",
        "What was published before stays as it is; no article is lost, the next issue takes them.",
        commands=(
            ("newsletter doctor", "look for the cause, with the remedy"),
            *by_hand,
            *about.commands("history"),
        ),
        places=about.places(),
    )


def _missed(about: About) -> Note:
    due, catch_up = about.due, about.found.number("catch_up_h")
    within = f" within {catch_up:g} hours" if catch_up else " in time"
    nothing = f"Nothing ran, and it could not be made up{within} (schedule.catch_up)."
    return about.note(
        f"{about.week} was missed: it is not published",
        f"It was due on {whole(due)}." if due else "",
        f"Why: {cut(about.event.cause, 500)}" if about.event.cause else nothing,
        "No article is lost: they go into the next issue.",
        commands=(
            ("newsletter plan", "the coming instants"),
            ("newsletter doctor", "what would keep the weekly run from running"),
            *about.commands("history"),
        ),
    )


def _notifier(about: About) -> Note:
    found = about.found
    week = found.text("week") or about.event.week or ""
    what = f"{_KINDS.get(found.text('kind'), 'the weekly run')}{f' of {week}' if week else ''}"
    channel, error = found.text("channel") or "A channel", found.sentence("error")
    because = f": {error}" if error else ""
    # Events of before have no state; then only the reason tells.
    state = found.text("state")
    if state == "unsure" or (not state and _UNSURE.search(error)):
        subject = f"a message may not have arrived: {what}"
        says = f"Nobody knows whether {channel} was told of {what}{because}."
    else:
        subject = f"a message did not arrive: {what}"
        says = f"{channel} was not told of {what}{because}."
    return about.note(
        subject,
        says,
        "It is not sent there again.",
        commands=(
            ("newsletter notify", "send a test to everyone who is told"),
            *about.commands("history"),
        ),
    )


def _why(kind: EventKind, cause: str) -> str:
    """Return what of *cause* is not said already, "" if nothing."""
    if kind in _TOLD_WHY or cause in _NO_REASONS:
        return ""
    for begin in _SAID_BEFORE:
        cause = cause.partition(begin)[0]
    return cause


def _begun(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


_SAYS: Mapping[EventKind, Callable[[About], Note]] = MappingProxyType(
    {
        "draft": _draft,
        "reminder": _reminder,
        "approved": _approved,
        "published": _published,
        "republished": _republished,
        "held": _held,
        "skipped": _skipped,
        "failed": _failed,
        "missed": _missed,
        "feeds": feeds_note,
        "notifier": _notifier,
    }
)
