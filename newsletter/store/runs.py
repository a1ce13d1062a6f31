"""How the jobs of the weekly run are kept: who has claimed them, and how far they have come."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from newsletter.errors import FencedError
from newsletter.model import Claim, Job, Run, RunState
from newsletter.store.rows import storable
from newsletter.store.tables import runs


def claim(
    connection: sa.Connection,
    job: Job,
    period: str,
    *,
    owner: str,
    now: datetime,
    beat_at: datetime,
    lease_s: float,
) -> Claim | None:
    """Return the right to do *job* for *period*, None where it is not to be had.

    Fence and attempts are one above those before. Nobody else may write between the reading and
    the writing of this.
    """
    known = run_of(connection, job, period)
    if known and not _is_free(known, now=now, beat_at=beat_at, lease_s=lease_s):
        return None
    made = Claim(
        job=job,
        period=period,
        owner=owner,
        fence=known.fence + 1 if known else 1,
        attempts=known.attempts + 1 if known else 1,
    )
    values: dict[str, Any] = {
        "state": "running",
        "owner": owner,
        "fence": made.fence,
        "attempts": made.attempts,
        "beat_at": beat_at,
        "started_at": now,
        "ended_at": None,
        "next_try": None,
    }
    if known:
        connection.execute(sa.update(runs).where(_is_run(job, period)).values(values))
    else:
        connection.execute(sa.insert(runs), {"job": job, "period": period, "cause": "", **values})
    return made


def beat(connection: sa.Connection, held: Claim, *, beat_at: datetime) -> bool:
    """Give a sign of life; False where somebody else has taken over."""
    alive = sa.update(runs).where(_is_latest(held)).values(beat_at=beat_at)
    return connection.execute(alive).rowcount == 1


def check(connection: sa.Connection, held: Claim) -> None:
    """Do nothing while *held* holds.

    Raises:
        FencedError: somebody else has taken over.
    """
    holding = sa.select(runs.c.fence).where(_holds(held))
    if connection.execute(holding).first() is None:
        raise _fenced(held)


def end(
    connection: sa.Connection,
    held: Claim,
    state: RunState,
    *,
    now: datetime,
    cause: str,
    next_try: datetime | None,
) -> None:
    """Say how it ended.

    Raises:
        FencedError: somebody else has taken over; nothing is changed.
    """
    values = {"state": state, "ended_at": now, "cause": storable(cause), "next_try": next_try}
    ended = sa.update(runs).where(_holds(held)).values(values)
    if connection.execute(ended).rowcount != 1:
        raise _fenced(held)


def release(connection: sa.Connection, held: Claim) -> None:
    """Give the claim up as if it had never been; the next one still has a higher fence."""
    values: dict[str, Any] = {"state": "waiting", "attempts": runs.c.attempts - 1}
    connection.execute(sa.update(runs).where(_holds(held)).values(values))


def run_of(connection: sa.Connection, job: Job, period: str) -> Run | None:
    """Return how far that job has come, None if nobody has begun it."""
    row = connection.execute(sa.select(runs).where(_is_run(job, period))).mappings().first()
    return Run(**row) if row else None


def latest(connection: sa.Connection, most: int) -> tuple[Run, ...]:
    """Return the *most* runs that began last, the latest first."""
    order = (runs.c.started_at.desc(), runs.c.period.desc(), runs.c.job)
    query = sa.select(runs).order_by(*order).limit(most)
    return tuple(Run(**row) for row in connection.execute(query).mappings())


def _is_free(known: Run, *, now: datetime, beat_at: datetime, lease_s: float) -> bool:
    match known.state:
        case "running":
            # Before or after: a clock that was set back must not lock a job until it has caught up.
            return abs((beat_at - known.beat_at).total_seconds()) >= lease_s
        case "waiting":
            return known.next_try is None or known.next_try <= now
        case _:
            return False


def _is_run(job: Job, period: str) -> sa.ColumnElement[bool]:
    return sa.and_(runs.c.job == job, runs.c.period == period)


def _is_latest(held: Claim) -> sa.ColumnElement[bool]:
    # The owner as well: fences begin anew where an older copy of the database was put back.
    mine = (runs.c.fence == held.fence) & (runs.c.owner == held.owner)
    return sa.and_(_is_run(held.job, held.period), mine)


def _holds(held: Claim) -> sa.ColumnElement[bool]:
    return sa.and_(_is_latest(held), runs.c.state == "running")


def _fenced(held: Claim) -> FencedError:
    return FencedError(
        f"{held.job} {held.period}: another process has taken it over; what this one did of it"
        " does not count, and nothing needs to be done"
    )
