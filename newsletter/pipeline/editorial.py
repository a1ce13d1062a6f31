"""The editor's word on a week: approved, held, skipped; and what building it again takes back."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Literal

from newsletter import weeks
from newsletter.errors import IssueError
from newsletter.issue import load
from newsletter.issue.dump import moment
from newsletter.model import WEEK_STATES, Built, Event, EventKind, Issue, Status, WeekState
from newsletter.pipeline.handmade import as_it_stands
from newsletter.ports import Output
from newsletter.ports.running import RunStore
from newsletter.text.markup import one_line
from newsletter.weeks import Schedule

Channels = Callable[[EventKind], Collection[str]]
Stop = Literal["held", "skipped"]

_HEADLINES = 12  # that a message names
_REASON = 300  # characters of the editor's own words
_SHOWN = 40  # characters of what is no week
_AHEAD = timedelta(weeks=53)  # a week that lies farther off is a slip of the pen
_MAY_STOP: Mapping[Stop, tuple[WeekState | None, ...]] = {
    "held": (None, "draft", "approved", "failed"),
    "skipped": (None, "draft", "approved", "held", "failed"),
}
_GIVEN_UP: Mapping[WeekState, str] = {
    "skipped": "skipped",
    "failed": "given up after failures",
    "missed": "missed",
}


def approve(
    week: str | None,
    store: RunStore,
    schedule: Schedule,
    now: datetime,
    channels: Channels,
    *,
    because: str = "",
    output: Output | None = None,
) -> Event:
    """Note that the issue of *week* may be published, the built one that waits if None.

    With *output* it is approved as its issue.json there stands, by hand or not. Returns what was
    noted, or the event (it has an id) since which the week is approved already.

    Raises:
        IssueError: it is no week, is not built, cannot be published any more, or nothing waits.
    """
    with store.transaction() as joined:
        built = _to_be_approved(week, joined)
        known = _last_state(built.id, joined)
        if known and known.kind == "approved":
            return known
        issue, changes = as_it_stands(built, output) if output else (load(built.content), ())
        details = {
            **summary(issue),
            "instant": moment(weeks.instant(schedule, built.id)),
            "changes": list(changes),
        }
        event = Event(
            kind="approved",
            at=now,
            week=built.id,
            cause=_cause("approved by hand", because),
            details=details,
        )
        joined.note(event, channels=channels("approved"))
        return event


def hold(
    week: str | None,
    store: RunStore,
    schedule: Schedule,
    now: datetime,
    channels: Channels,
    *,
    because: str = "",
) -> Event:
    """Note that *week*, the coming one if None, is not published until it is approved.

    Returns what was noted, or the event (it has an id) since which the week is held already.

    Raises:
        IssueError: there is nothing to hold: it is no week, is out, over, skipped or missed.
    """
    return _stop("held", week, store, schedule, now, channels, because)


def skip(
    week: str | None,
    store: RunStore,
    schedule: Schedule,
    now: datetime,
    channels: Channels,
    *,
    because: str = "",
) -> Event:
    """Note that *week*, the coming one if None, is left out: its articles go into the next.

    Returns what was noted, or the event (it has an id) since which the week is skipped already.

    Raises:
        IssueError: there is nothing to skip: it is no week, is out, over or missed.
    """
    return _stop("skipped", week, store, schedule, now, channels, because)


def rebuilt(
    week: str,
    store: RunStore,
    now: datetime,
    channels: Channels,
    *,
    is_reviewed: bool = False,
    details: Mapping[str, object] | None = None,
) -> bool:
    """Note that *week* was built by hand; True if it was approved, which it is no more.

    What waits for an editor is a draft from then on, and so is every week where *is_reviewed*. A
    held or skipped week stays so: building it is no word on whether it goes out.
    """
    with store.transaction() as joined:
        known = joined.week_state(week)
        state = known[0] if known else None
        if state in ("draft", "approved", "failed") or (state is None and is_reviewed):
            again = "again " if state else ""
            joined.note(
                Event(
                    kind="draft",
                    at=now,
                    week=week,
                    cause=f"built {again}by hand",
                    details=details or {},
                ),
                channels=channels("draft"),
            )
        return state == "approved"


def summary(issue: Issue) -> dict[str, object]:
    """Return what a message tells of an issue: title, stories, headlines, problems."""
    return {
        "title": issue.masthead.title,
        "stories": len(issue.stories),
        "headlines": [
            story.headline or story.articles[0].title for story in issue.stories[:_HEADLINES]
        ],
        "problems": list(issue.problems),
    }


def _to_be_approved(week: str | None, store: RunStore) -> Built:
    """Return the built issue that an approval is for, where it may still be published."""
    built = _named(week, store) if week else _waiting(store)
    last = store.last_published()
    if last and (built.since is None or built.since < last.until):
        raise IssueError(
            f"{built.id} was built before {last.id} was published and may repeat it;"
            f" build it again: newsletter build-issue --week {built.id}"
        )
    return built


def _named(week: str, store: RunStore) -> Built:
    _see_that_it_is_a_week(week)
    _see_that_it_is_open(week, store, "approved")
    built = store.built(week)
    if built is None:
        raise IssueError(
            f"{week} has not been built: there is nothing to approve; build it first:"
            f" newsletter build-issue --week {week}"
        )
    return built


def _waiting(store: RunStore) -> Built:
    """Return the issue that waits for the editor's word: the latest, unless it is out or given up.

    Raises:
        IssueError: none waits; one that was given up is to be named.
    """
    latest = store.latest_built()
    if latest is None:
        raise IssueError("no issue has been built yet; build one: newsletter build-issue")
    if latest.status == Status.PUBLISHED:
        raise IssueError(
            f"nothing waits to be approved: {latest.id} is published, and no issue has been built"
            " since; build the next one: newsletter build-issue"
        )
    state = store.week_state(latest.id)
    if state and state[0] in _GIVEN_UP:
        raise IssueError(
            f"nothing waits to be approved: {latest.id} was {_GIVEN_UP[state[0]]}; to have it"
            f" published all the same: newsletter approve {latest.id}"
        )
    return latest


def _stop(
    kind: Stop,
    week: str | None,
    store: RunStore,
    schedule: Schedule,
    now: datetime,
    channels: Channels,
    because: str,
) -> Event:
    target = week or weeks.coming(schedule, now)
    _see_that_it_is_a_week(target)
    if target > weeks.coming(schedule, now + _AHEAD):
        raise IssueError(f"{target} lies more than a year ahead: it cannot be {kind} yet")
    instant = weeks.instant(schedule, target)
    with store.transaction() as joined:
        _see_that_it_is_open(target, joined, kind)
        known = _last_state(target, joined)
        if known and known.kind == kind:
            return known
        _see_that_it_may_stop(kind, target, known, instant, now, joined)
        event = Event(
            kind=kind,
            at=now,
            week=target,
            cause=_cause(f"{kind} by hand", because),
            details={"instant": moment(instant), "reason": _said(because)},
        )
        joined.note(event, channels=channels(kind))
        return event


def _see_that_it_may_stop(
    kind: Stop,
    week: str,
    known: Event | None,
    instant: datetime,
    now: datetime,
    store: RunStore,
) -> None:
    state = known.kind if known else None
    if state not in _MAY_STOP[kind]:
        raise IssueError(
            f"{week} was {state} and does not go out unless you approve it (newsletter approve"
            f" {week}): it cannot be {kind}"
        )
    if known is None and instant < now and store.built(week) is None:
        raise IssueError(
            f"{week} is over and was never built: it cannot be {kind}; its articles go into the"
            " next issue"
        )


def _see_that_it_is_a_week(week: str) -> None:
    """See that *week* is an issue's id, as the calendar and the store have it.

    Raises:
        IssueError: it is not.
    """
    try:
        is_one = weeks.following(weeks.preceding(week)) == week
    except (ValueError, OverflowError):  # the calendar ends at both sides
        is_one = False
    if not is_one:
        raise IssueError(f"{week[:_SHOWN]!r} is no week; write it as 2026-W47")


def _see_that_it_is_open(week: str, store: RunStore, wanted: str) -> None:
    """See that neither *week* nor a later one is out.

    Raises:
        IssueError: one is.
    """
    built, state = store.built(week), store.week_state(week)
    if (built and built.status == Status.PUBLISHED) or (state and state[0] == "published"):
        raise IssueError(
            f"{week} is published and cannot be {wanted} any more; to print it anew:"
            f" newsletter publish {week} --republish"
        )
    last = store.last_published()
    if last and week < last.id:
        raise IssueError(
            f"{week} cannot be {wanted}: {last.id}, which came after it, is out already and holds"
            " its articles"
        )


def _last_state(week: str, store: RunStore) -> Event | None:
    return next((one for one in reversed(store.events(week)) if one.kind in WEEK_STATES), None)


def _cause(done: str, because: str) -> str:
    reason = _said(because)
    return f"{done}: {reason}" if reason else done


def _said(because: str) -> str:
    return one_line(because)[:_REASON]
