"""Making: the jobs of the weekly run; each ends in one transaction with all its effects."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from newsletter.errors import IssueError, NothingToPrintError
from newsletter.model import Built, Claim, Event, WeekState
from newsletter.pipeline import announcing
from newsletter.pipeline.ailing import ailed, untold
from newsletter.pipeline.announcing import Made
from newsletter.pipeline.due import Due, is_out, period_of, slot
from newsletter.pipeline.rundesk import RunDesk, sealed
from newsletter.ports import RunStore

_BY_HAND = "published as it stood: it had been changed by hand"
_LEFT = "changed by hand since it was built, and left as it stands"


class OvertakenError(Exception):
    """What was done by somebody else meanwhile makes a build needless; nothing of it is kept."""


def gather(desk: RunDesk, claim: Claim, due: Due, now: datetime) -> str:
    """Ask feeds and seeds, and note which feeds want an eye, each spell once."""
    brought = desk.gather(now)
    found = untold(brought.ailing, desk.store.events()) if brought.ailing else ()
    with sealed(desk, claim) as joined:
        if found:
            joined.note(ailed(found, now), channels=desk.channels("feeds"))
        joined.end_run(claim, "done", now=now)
    del due
    fails = f"; {brought.failed} of {brought.asked} feeds failed" if brought.failed else ""
    return f"{brought.new} new article{'' if brought.new == 1 else 's'}{fails}"


def prune(desk: RunDesk, claim: Claim, due: Due, now: datetime) -> str:
    """Let go of old articles."""
    del due
    gone = desk.prune(now)
    with sealed(desk, claim) as joined:
        joined.end_run(claim, "done", now=now)
    return f"{gone} old article{'' if gone == 1 else 's'} let go of"


def draft(desk: RunDesk, claim: Claim, due: Due, now: datetime) -> str:
    """Build the issue for its editor, unless she has approved or changed what is built."""
    state, made = _state(desk.store, due.week), desk.stands(due.week, desk.store)
    stale = _outdated(made, desk.store.last_published())
    if made and not stale and state == "approved":
        return _end(desk, claim, now, "approved already")
    if made and not stale and made.is_changed:
        with sealed(desk, claim) as joined:
            _note_draft(desk, joined, due, now, cause=_LEFT)
            joined.end_run(claim, "done", now=now, cause=_LEFT)
        return _LEFT
    cause = _again(stale, state) if stale and state else "built for review"

    @contextmanager
    def begin() -> Iterator[RunStore]:
        with sealed(desk, claim) as joined:
            _see_that_it_is_wanted(joined, due.week, state, unwanted=("skipped",))
            yield joined
            _note_draft(desk, joined, due, now, cause=cause)
            _note_gathered(desk, joined, now)
            joined.end_run(claim, "done", now=now, cause=cause)

    try:
        desk.build(due.week, now, begin)
    except (OvertakenError, NothingToPrintError) as error:
        is_empty = isinstance(error, NothingToPrintError)
        return _end(desk, claim, now, "there is nothing to print yet" if is_empty else str(error))
    return cause


def remind(desk: RunDesk, claim: Claim, due: Due, now: datetime) -> str:
    """Note that a draft still waits for its editor."""
    with sealed(desk, claim) as joined:
        made = desk.stands(due.week, joined)
        if made is None or _state(joined, due.week) != "draft":
            said = "no draft waits any more"
        else:
            event = announcing.reminded(made, due, now, unless_approved=desk.unless_approved)
            joined.note(event, channels=desk.channels("reminder"))
            said = event.cause
        joined.end_run(claim, "done", now=now, cause=said)
    return said


def publish(desk: RunDesk, claim: Claim, due: Due, now: datetime) -> str:
    """Publish the issue, hold it or skip it: what the editor said, the schedule and it deserve."""
    is_there = _ready(desk, claim, due, now)
    with sealed(desk, claim) as joined:
        said = _concluded(desk, joined, due, now, is_there=is_there)
        joined.end_run(claim, "done", now=now, cause=said)
    return said


def _ready(desk: RunDesk, claim: Claim, due: Due, now: datetime) -> bool:
    """See that the issue is built as it is to go out; False where there is nothing to print."""
    state, made = _state(desk.store, due.week), desk.stands(due.week, desk.store)
    if is_out(due.week, desk.store) or state in ("held", "skipped"):
        return True
    stale = _outdated(made, desk.store.last_published())
    is_reviewed = desk.timing.window is not None
    stands = state == "approved" or (is_reviewed and state == "draft")
    if made and not stale and (stands or made.is_changed):
        return True

    @contextmanager
    def begin() -> Iterator[RunStore]:
        with sealed(desk, claim) as joined:
            _see_that_it_is_wanted(joined, due.week, state, unwanted=("held", "skipped"))
            yield joined
            if stale and state in ("draft", "approved"):
                _note_draft(desk, joined, due, now, cause=_again(stale, state))
            elif is_reviewed:
                _note_draft(desk, joined, due, now, cause="built late: there was no draft")
            _note_gathered(desk, joined, now)

    try:
        desk.build(due.week, now, begin)
    except NothingToPrintError:
        return False
    except OvertakenError:
        pass  # the conclusion sees for itself
    return True


def _concluded(desk: RunDesk, joined: RunStore, due: Due, now: datetime, *, is_there: bool) -> str:
    """Say what becomes of a week that is built; return it in words."""
    if is_out(due.week, joined):
        return "was published already"
    state = _state(joined, due.week)
    if state in ("held", "skipped"):
        return f"{state} by the editor"
    made = desk.stands(due.week, joined) if is_there else None
    is_approved = state == "approved"
    if made is None or (made.stories < desk.min_stories and not is_approved):
        event = announcing.skipped(made, due, now, min_stories=desk.min_stories)
    elif is_approved:
        event = _out(desk, joined, due, now, "approved, and published as it stood")
    elif desk.timing.window is None:
        said = _BY_HAND if made.is_changed else "built and published"
        event = _out(desk, joined, due, now, said)
    elif desk.unless_approved == "publish":
        said = "nobody approved it; published all the same, as unless_approved says"
        event = _out(desk, joined, due, now, said)
    else:
        event = announcing.held(due, now)
    joined.note(event, channels=desk.channels(event.kind))
    return f"{event.kind}: {event.cause}"


def _out(desk: RunDesk, joined: RunStore, due: Due, now: datetime, said: str) -> Event:
    return announcing.published(desk.publish(due.week, joined, now), due, now, cause=said)


def _note_draft(desk: RunDesk, joined: RunStore, due: Due, now: datetime, *, cause: str) -> None:
    """Note that an issue waits for its editor; what she has held or skipped stays so."""
    made = desk.stands(due.week, joined)
    if made is None:
        raise IssueError(f"{due.week}: was built and is not there any more; it is built again")
    state = _state(joined, due.week)
    event = announcing.drafted(made, due, now, unless_approved=desk.unless_approved, cause=cause)
    joined.note(event, channels=desk.channels("draft"))
    if state in ("held", "skipped"):
        joined.note(announcing.still(state, due, now))


def _note_gathered(desk: RunDesk, joined: RunStore, now: datetime) -> None:
    """Note that feeds need not be asked again in this slot: a build has just done so."""
    claim = joined.claim(
        "gather",
        period_of(slot(desk.timing, now)),
        owner=desk.owner,
        now=now,
        beat_at=desk.wall(),
        lease_s=desk.lease_s,
    )
    if claim:
        joined.end_run(claim, "done", now=now)


def _see_that_it_is_wanted(
    joined: RunStore, week: str, before: WeekState | None, *, unwanted: tuple[WeekState, ...]
) -> None:
    """See that a build of *week*, which was *before*, does not go over what was done meanwhile.

    Raises:
        OvertakenError: it would.
    """
    if is_out(week, joined):
        raise OvertakenError("was published already")
    state = _state(joined, week)
    if state in unwanted or (state == "approved" and before != "approved"):
        raise OvertakenError(f"{state} meanwhile")


def _end(desk: RunDesk, claim: Claim, now: datetime, cause: str) -> str:
    with sealed(desk, claim) as joined:
        joined.end_run(claim, "done", now=now, cause=cause)
    return cause


def _state(store: RunStore, week: str) -> WeekState | None:
    found = store.week_state(week)
    return found[0] if found else None


def _outdated(made: Made | None, last: Built | None) -> str:
    """Return which issue came out since *made* was built and may hold its articles, "" if none."""
    if made is None or last is None or (made.since and made.since >= last.until):
        return ""
    return last.id


def _again(since: str, state: WeekState | None) -> str:
    lost = "; its approval no longer counts" if state == "approved" else ""
    return f"built again, as {since} came out after it was built{lost}"
