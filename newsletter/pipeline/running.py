"""Running: one tick of the weekly run does what is due, one job after the other."""

import logging
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from newsletter.errors import FencedError, NewsletterError
from newsletter.model import WEEK_STATES, Claim, Job, RunState
from newsletter.pipeline import announcing, making
from newsletter.pipeline.due import Due, Timing, agenda, is_out
from newsletter.pipeline.making import NotYetError, OverdueError, wait_min
from newsletter.pipeline.rundesk import Begin, Brought, RunDesk, claimed, sealed
from newsletter.ports import RunStore
from newsletter.text.markup import one_line

__all__ = ["Begin", "Brought", "Did", "RunDesk", "Tick", "Timing", "tick"]

log = logging.getLogger(__name__)

_LOOK_AGAIN = timedelta(minutes=30)  # whether there is something to print by now
_TOLD_FROM = 2  # tries: what the next one mends need not be told
_CUT_SHORT = "it was cut short"
_OUT = "was published already"
_JOBS: Mapping[Job, Callable[[RunDesk, Claim, Due, datetime], str]] = {
    "gather": making.gather,
    "draft": making.draft,
    "remind": making.remind,
    "publish": making.publish,
    "prune": making.prune,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Did:
    """What became of one job for one period; `text` is one line for people."""

    job: Job
    period: str
    state: RunState
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """What a tick did, when there is something to do next, and what others have claimed.

    `next_at` is by the clock of the schedule. `busy` names job and period, `publish 2026-W47`.
    """

    did: tuple[Did, ...]
    next_at: datetime | None
    busy: tuple[str, ...]


def tick(desk: RunDesk, now: datetime) -> Tick:
    """Do what is due at *now*, each job once; one that fails costs itself alone.

    Raises:
        StoreError: the store cannot be asked.
    """
    did = [_adopted(week) for week in desk.adopt(now)]
    busy: list[str] = []
    tried: set[tuple[Job, str]] = set()
    while True:
        # Asked anew after each job: what it did decides on what comes after it.
        found = agenda(desk.timing, now, desk.store)
        one = next((one for one in found.due if (one.job, one.period) not in tried), None)
        if one is None:
            break
        tried.add((one.job, one.period))
        done = _did(desk, one, now) if one.how == "do" else _decided(desk, one, now)
        if done:
            did.append(done)
        elif _is_claimed(desk, one):
            busy.append(f"{one.job} {one.period}")
    return Tick(did=tuple(did), next_at=found.next_at, busy=tuple(busy))


def _did(desk: RunDesk, one: Due, now: datetime) -> Did | None:
    """Do a job; None where it is, or becomes, somebody else's."""
    claim = claimed(desk, desk.store, one.job, one.period, now)
    if claim is None:
        return None
    try:
        with desk.keeping(claim):
            text = _JOBS[one.job](desk, claim, one, now)
        log.info("done job=%s period=%s what=%s", one.job, one.period, text)
        return Did(job=one.job, period=one.period, state="done", text=text)
    except Exception as error:  # noqa: BLE001 - the other jobs of the tick are to be done
        return _not_done(desk, claim, one, now, error)
    except BaseException as told:
        # A signal may come in the midst of a query, whose answer lives on in the frames of the
        # traceback, and with it SQLite's lock on the file: this process would wait for itself.
        traceback.clear_frames(told.__traceback__)
        # Whoever comes next need not wait for the claim to lapse, but if it must.
        with suppress(NewsletterError):
            desk.store.release(claim)
        raise


def _not_done(desk: RunDesk, claim: Claim, one: Due, now: datetime, error: Exception) -> Did | None:
    """Say of a job that was begun and not done what becomes of it; None: somebody else's."""
    try:
        if isinstance(error, FencedError):
            raise error
        with sealed(desk, claim) as joined:
            if isinstance(error, NotYetError):
                making.note_gathered(desk, joined, now)
                return _put_off(joined, claim, one, now, str(error))
            if isinstance(error, OverdueError):
                log.error("too late job=%s period=%s", one.job, one.period)
                return _missed(desk, joined, claim, one, now, cause=str(error))
            did = _failed(desk, joined, claim, one, now, _reason(error))
    except FencedError:
        log.warning("taken over by another process job=%s period=%s", one.job, one.period)
        return None
    _log_failure(did, error)
    return did


def _put_off(joined: RunStore, claim: Claim, one: Due, now: datetime, cause: str) -> Did:
    """Have a job for which it is too early looked at again: that is no failure."""
    again = now + _LOOK_AGAIN
    if again < one.until:
        joined.end_run(claim, "waiting", now=now, cause=cause, next_try=again)
    else:
        joined.end_run(claim, "done", now=now, cause=cause)
    return Did(job=one.job, period=one.period, state="done", text=cause)


def _failed(
    desk: RunDesk, joined: RunStore, claim: Claim, one: Due, now: datetime, reason: str
) -> Did:
    """Have a job that failed tried again, or give it up, loudly where it was for a week."""
    wait = wait_min(claim)
    again = now + timedelta(minutes=wait)
    is_of_week = one.job in ("draft", "publish")
    did = Did(
        job=one.job,
        period=one.period,
        state="waiting",
        text=f"failed: {reason}; tried again in {wait} min",
    )
    if is_of_week and is_out(one.week, joined):
        joined.end_run(claim, "done", now=now, cause=_OUT)
        return replace(did, state="done", text=_OUT)
    if again < one.until:
        joined.end_run(claim, "waiting", now=now, cause=reason, next_try=again)
        if is_of_week and claim.attempts >= _TOLD_FROM:
            _note_failing(desk, joined, claim, one, now, reason, again)
        return did
    if is_of_week:
        return _gave_up(desk, joined, claim, one, now, attempts=claim.attempts, reason=reason)
    joined.end_run(claim, "failed", now=now, cause=reason)
    return replace(did, state="failed", text=f"given up: {reason}")


def _note_failing(
    desk: RunDesk,
    joined: RunStore,
    claim: Claim,
    one: Due,
    now: datetime,
    reason: str,
    next_try: datetime,
) -> None:
    """Note, once, that a week's job fails again and again; the week stays what it was."""
    events = joined.events(one.week)
    before = next((event for event in reversed(events) if event.kind in WEEK_STATES), None)
    event = announcing.failing(one, now, attempts=claim.attempts, error=reason, next_try=next_try)
    if joined.note(event, channels=desk.channels("failed")) and before:
        joined.note(announcing.again(before))


def _log_failure(did: Did, error: Exception) -> None:
    level = {"waiting": logging.WARNING, "failed": logging.ERROR}.get(did.state, logging.INFO)
    trace = None if isinstance(error, NewsletterError) else error
    log.log(level, "job=%s period=%s what=%s", did.job, did.period, did.text, exc_info=trace)


def _decided(desk: RunDesk, one: Due, now: datetime) -> Did | None:
    """Note a week as missed, given up, or passed over; None where somebody else is at it."""
    with desk.whole(), desk.store.transaction() as joined:
        before = joined.run_of(one.job, one.period)
        claim = claimed(desk, joined, one.job, one.period, now)
        if claim is None:
            return None
        if one.how == "pass":
            joined.end_run(claim, "done", now=now, cause=one.cause)
            return Did(job=one.job, period=one.period, state="done", text=one.cause)
        if before and before.attempts:
            reason = before.cause or _CUT_SHORT
            did = _gave_up(desk, joined, claim, one, now, attempts=before.attempts, reason=reason)
        else:
            state = joined.week_state(one.week)
            is_word = state is not None and state[0] == "approved" and state[1] > one.instant
            cause = announcing.approved_in_vain(state[1], one.until) if state and is_word else ""
            did = _missed(desk, joined, claim, one, now, cause=cause)
    log.error("%s job=%s period=%s what=%s", did.state, one.job, one.period, did.text)
    return did


def _gave_up(
    desk: RunDesk,
    joined: RunStore,
    claim: Claim,
    one: Due,
    now: datetime,
    *,
    attempts: int,
    reason: str,
) -> Did:
    """Note that a week's job was given up; what the editor has held or skipped stays so."""
    said = f"{announcing.tried(attempts)}; last: {reason}"
    found = joined.week_state(one.week)
    event = announcing.failed(one, now, attempts=attempts, error=reason)
    joined.note(event, channels=desk.channels("failed"))
    if found and found[0] in ("held", "skipped"):
        joined.note(announcing.still(found[0], one, now))
    joined.end_run(claim, "failed", now=now, cause=said)
    return Did(job=one.job, period=one.period, state="failed", text=f"given up: {said}")


def _missed(
    desk: RunDesk, joined: RunStore, claim: Claim, one: Due, now: datetime, *, cause: str
) -> Did:
    """Note that a week was not published in time."""
    event = announcing.missed(one, now, catch_up=desk.timing.catch_up, cause=cause)
    joined.note(event, channels=desk.channels("missed"))
    joined.end_run(claim, "missed", now=now, cause=event.cause)
    return Did(job=one.job, period=one.period, state="missed", text=event.cause)


def _is_claimed(desk: RunDesk, one: Due) -> bool:
    run = desk.store.run_of(one.job, one.period)
    return run is not None and run.state == "running"


def _adopted(week: str) -> Did:
    return Did(
        job="publish",
        period=week,
        state="done",
        text="found in the output folder: taken as published",
    )


def _reason(error: Exception) -> str:
    """Return in one line what went wrong."""
    said = one_line(str(error))
    if isinstance(error, NewsletterError):
        return said
    return f"unexpected {type(error).__name__}: {said} (a fault in newsletter)"
