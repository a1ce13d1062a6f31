"""Making: the jobs of the weekly run; each ends in one transaction with all its effects."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Literal

from newsletter.errors import IssueError, NothingToPrintError
from newsletter.model import Built, Claim, WeekState
from newsletter.pipeline import announcing
from newsletter.pipeline.ailing import ailed, untold
from newsletter.pipeline.announcing import Made
from newsletter.pipeline.due import Due, is_out, period_of, slot
from newsletter.pipeline.rundesk import Begin, Brought, RunDesk, claimed, sealed
from newsletter.ports import RunStore

_APPROVED = "approved, and published as it stood"
_BY_HAND = "published as it stood: it had been changed by hand"
_LATE = "built late: there was no draft before its instant"
_SILENT = "could be read"  # what every text about feeds that all failed says
_LONGEST_WAIT_MIN = 30  # between two tries
_FEEDS = 5  # that are named
_LEFT = "changed by hand since it was built, and left as it stands"


Came = Literal["stood", "built", "empty"]  # "empty": there is nothing to print


class OvertakenError(Exception):
    """What was done by somebody else meanwhile makes a build needless; nothing of it is kept."""


class SilentFeedsError(IssueError):
    """Every feed failed, and without them there is too little to print."""


class NotYetError(Exception):
    """There is nothing to print yet: that is no failure, and looked at again."""


class OverdueError(Exception):
    """The machine slept, or stood still, until it was too late to publish."""


def wait_min(claim: Claim) -> int:
    """Return how many minutes after a try that failed the next one is made, 1 to 30."""
    return int(min(2 ** min(claim.attempts - 1, 16), _LONGEST_WAIT_MIN))


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
            note_gathered(desk, joined, now)
            joined.end_run(claim, "done", now=now, cause=cause)

    try:
        desk.build(due.week, now, begin)
    except NothingToPrintError as error:
        raise NotYetError("there is nothing to print yet") from error
    except OvertakenError as error:
        return _end(desk, claim, now, str(error))
    return cause


def remind(desk: RunDesk, claim: Claim, due: Due, now: datetime) -> str:
    """Note that a draft still waits for its editor."""
    with sealed(desk, claim) as joined:
        made = desk.stands(due.week, joined)
        if made is None or _state(joined, due.week) != "draft":
            said = "no draft waits any more"
        else:
            event = announcing.reminded(
                made,
                due,
                now,
                unless_approved=desk.unless_approved,
                min_stories=desk.min_stories,
            )
            joined.note(event, channels=desk.channels("reminder"))
            said = event.cause
        joined.end_run(claim, "done", now=now, cause=said)
    return said


def publish(desk: RunDesk, claim: Claim, due: Due, now: datetime) -> str:
    """Publish the issue, hold it or skip it: what the editor said, the schedule and it deserve."""
    begun_at, tried_before = desk.wall(), desk.store.run_of(due.job, due.period)
    came = _ready(desk, claim, due, now)
    silence = ""
    if came != "stood" and _is_too_little(desk, due, came):
        was_silent = bool(tried_before and _SILENT in tried_before.cause)
        silence = _silence(desk.gather(now), was_silent=was_silent)
    if silence:
        is_last = now + timedelta(minutes=wait_min(claim)) >= due.until
        if came == "empty" or not is_last:
            raise SilentFeedsError(f"{silence}, and there is too little to print without them")
    with sealed(desk, claim) as joined:
        # Reckoned by the wall: the schedule's clock stands still during a tick.
        asleep = max(timedelta(), desk.wall() - begun_at)
        said = _concluded(
            desk, joined, due, now, is_there=came != "empty", silence=silence, asleep=asleep
        )
        joined.end_run(claim, "done", now=now, cause=said)
    return said


def _is_too_little(desk: RunDesk, due: Due, came: Came) -> bool:
    made = desk.stands(due.week, desk.store) if came == "built" else None
    return made is None or made.stories < desk.min_stories


def _silence(brought: Brought, *, was_silent: bool) -> str:
    """Return in words that not one feed could be read, "" where one was; *was_silent*: before.

    Feeds that failed again and again are left alone for hours: that none was asked is no news.
    """
    if brought.failed < brought.asked or not (brought.asked or was_silent):
        return ""
    more = ", …" if len(brought.failing) > _FEEDS else ""
    names = f" ({', '.join(brought.failing[:_FEEDS])}{more})" if brought.failing else ""
    return f"not one of the feeds{names} {_SILENT}"


def _ready(desk: RunDesk, claim: Claim, due: Due, now: datetime) -> Came:
    """See that the issue is built as it is to go out, and say how it came to be there."""
    state, made = _state(desk.store, due.week), desk.stands(due.week, desk.store)
    if is_out(due.week, desk.store) or state in ("held", "skipped"):
        return "stood"
    stale = _outdated(made, desk.store.last_published())
    if made and not stale and (made.is_changed or _is_settled(desk, claim, made, state)):
        return "stood"
    told = _again(stale, state) if stale and state in ("draft", "approved") else ""
    if not told and desk.timing.window is not None and state != "draft":
        then = "; approve it and it goes out at the next tick"
        told = f"{_LATE}{then if desk.unless_approved == 'hold' else ''}"
    try:
        desk.build(due.week, now, _at_its_instant(desk, claim, due, now, before=state, told=told))
    except NothingToPrintError:
        return "empty"
    except OvertakenError:
        return "stood"  # the conclusion sees for itself
    return "built"


def _is_settled(desk: RunDesk, claim: Claim, made: Made, state: WeekState | None) -> bool:
    """Return whether what is built was there for its editor to look at, and is what she saw."""
    if state == "approved":
        return True
    if state != "draft" or desk.timing.window is None:
        return False
    # Built, it may be, by an earlier try while no feed could be read.
    return made.stories >= desk.min_stories or claim.attempts == 1


def _at_its_instant(
    desk: RunDesk, claim: Claim, due: Due, now: datetime, *, before: WeekState | None, told: str
) -> Begin:
    """Return what begins the transaction of a build that is to go out; the editor is *told* of it.

    "": she is not; *before* is what its week was.
    """

    @contextmanager
    def begin() -> Iterator[RunStore]:
        with sealed(desk, claim) as joined:
            _see_that_it_is_wanted(joined, due.week, before, unwanted=("held", "skipped"))
            yield joined
            if told:
                _note_draft(desk, joined, due, now, cause=told)
            note_gathered(desk, joined, now)

    return begin


def _concluded(
    desk: RunDesk,
    joined: RunStore,
    due: Due,
    now: datetime,
    *,
    is_there: bool,
    silence: str,
    asleep: timedelta,
) -> str:
    """Say what becomes of a week that is built; return it in words.

    Raises:
        OverdueError: it is to be published, and it is too late for that.
    """
    if is_out(due.week, joined):
        return "was published already"
    state, since = joined.week_state(due.week) or (None, None)
    if state in ("held", "skipped"):
        return f"{state} by the editor"
    is_approved = state == "approved"
    made = desk.stands(due.week, joined) if is_there else None
    if made is None or (made.stories < desk.min_stories and not is_approved):
        event = announcing.skipped(made, due, now, min_stories=desk.min_stories, silence=silence)
    elif desk.unless_approved == "hold" and desk.timing.window and not is_approved:
        is_late = since is not None and since >= due.instant
        event = announcing.held(due, now, is_late=is_late)
    elif now + asleep > due.until:
        raise OverdueError("it was begun in time, but the machine slept until it was too late")
    else:
        cause = _why_out(desk, made, is_approved=is_approved)
        event = announcing.published(desk.publish(due.week, joined, now), due, now, cause=cause)
    joined.note(event, channels=desk.channels(event.kind))
    return f"{event.kind}: {event.cause}"


def _why_out(desk: RunDesk, made: Made, *, is_approved: bool) -> str:
    """Return in words on whose word an issue goes out, and whether by somebody's hand."""
    if is_approved:
        return f"{_APPROVED}{', with what was changed by hand' if made.is_changed else ''}"
    if desk.timing.window is None:
        return _BY_HAND if made.is_changed else "built and published"
    return "nobody approved it; published all the same, as unless_approved says"


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


def note_gathered(desk: RunDesk, joined: RunStore, now: datetime) -> None:
    """Note that feeds need not be asked again in this slot: a build has just done so."""
    claim = claimed(desk, joined, "gather", period_of(slot(desk.timing, now)), now)
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
