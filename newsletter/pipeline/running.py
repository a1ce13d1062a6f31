"""Running: one tick of the weekly run does what is due, one job after the other."""

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from newsletter.errors import FencedError, NewsletterError
from newsletter.model import Claim, Job, RunState
from newsletter.pipeline import announcing, making
from newsletter.pipeline.due import Due, Timing, agenda, is_out
from newsletter.pipeline.rundesk import Begin, Brought, RunDesk, sealed
from newsletter.ports import RunStore

__all__ = ["Begin", "Brought", "Did", "RunDesk", "Tick", "Timing", "tick"]

log = logging.getLogger(__name__)

_LONGEST_WAIT_MIN = 30  # between two tries
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
    claim = desk.store.claim(
        one.job,
        one.period,
        owner=desk.owner,
        now=now,
        beat_at=desk.wall(),
        lease_s=desk.lease_s,
    )
    if claim is None:
        return None
    try:
        with desk.keeping(claim):
            text = _JOBS[one.job](desk, claim, one, now)
        log.info("done job=%s period=%s what=%s", one.job, one.period, text)
        return Did(job=one.job, period=one.period, state="done", text=text)
    except FencedError:
        log.warning("taken over by another process job=%s period=%s", one.job, one.period)
        return None
    except Exception as error:  # noqa: BLE001 - the other jobs of the tick are to be done
        return _failed(desk, claim, one, now, error)
    except BaseException:
        # Told to end: whoever comes next need not wait for the claim to lapse, but if it must.
        with suppress(NewsletterError):
            desk.store.release(claim)
        raise


def _failed(desk: RunDesk, claim: Claim, one: Due, now: datetime, error: Exception) -> Did | None:
    """Have a job that failed tried again, or give it up, loudly where it was for a week."""
    reason = _reason(error)
    wait_min = min(2 ** min(claim.attempts - 1, 16), _LONGEST_WAIT_MIN)
    again = now + timedelta(minutes=wait_min)
    is_of_week = one.job in ("draft", "publish")
    did = Did(
        job=one.job,
        period=one.period,
        state="waiting",
        text=f"failed: {reason}; tried again in {wait_min} min",
    )
    try:
        with sealed(desk, claim) as joined:
            if is_of_week and is_out(one.week, joined):
                did = replace(did, state="done", text=_OUT)
                joined.end_run(claim, "done", now=now, cause=_OUT)
            elif again < one.until:
                joined.end_run(claim, "waiting", now=now, cause=reason, next_try=again)
            else:
                did = replace(did, state="failed", text=f"given up: {reason}")
                joined.end_run(claim, "failed", now=now, cause=reason)
                if is_of_week:
                    _note_failure(desk, joined, claim, one, now, reason)
    except FencedError:
        log.warning("taken over by another process job=%s period=%s", one.job, one.period)
        return None
    _log_failure(did, error)
    return did


def _note_failure(
    desk: RunDesk, joined: RunStore, claim: Claim, one: Due, now: datetime, reason: str
) -> None:
    """Note that a week's job was given up; what the editor has held or skipped stays so."""
    found = joined.week_state(one.week)
    event = announcing.failed(one, now, attempts=claim.attempts, error=reason)
    joined.note(event, channels=desk.channels("failed"))
    if found and found[0] in ("held", "skipped"):
        joined.note(announcing.still(found[0], one, now))


def _log_failure(did: Did, error: Exception) -> None:
    level = {"waiting": logging.WARNING, "failed": logging.ERROR}.get(did.state, logging.INFO)
    trace = None if isinstance(error, NewsletterError) else error
    log.log(level, "job=%s period=%s what=%s", did.job, did.period, did.text, exc_info=trace)


def _decided(desk: RunDesk, one: Due, now: datetime) -> Did | None:
    """Note a week as missed, or passed over; None where somebody else is at it."""
    with desk.whole(), desk.store.transaction() as joined:
        before = joined.run_of(one.job, one.period)
        claim = joined.claim(
            one.job,
            one.period,
            owner=desk.owner,
            now=now,
            beat_at=desk.wall(),
            lease_s=desk.lease_s,
        )
        if claim is None:
            return None
        if one.how == "pass":
            joined.end_run(claim, "done", now=now, cause=one.cause)
            return Did(job=one.job, period=one.period, state="done", text=one.cause)
        error = before.cause if before else ""
        event = announcing.missed(one, now, catch_up=desk.timing.catch_up, error=error)
        joined.note(event, channels=desk.channels("missed"))
        joined.end_run(claim, "missed", now=now, cause=event.cause)
    log.error("missed job=%s period=%s", one.job, one.period)
    return Did(job=one.job, period=one.period, state="missed", text=f"missed: {event.cause}")


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
    said = " ".join(str(error).split())
    if isinstance(error, NewsletterError):
        return said
    return f"unexpected {type(error).__name__}: {said} (a fault in newsletter)"
