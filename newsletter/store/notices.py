"""How it is kept which events have been told on which channels."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from newsletter.model import Notice, NoticeState
from newsletter.store.events import event_of
from newsletter.store.rows import storable
from newsletter.store.tables import events, notices

# Nothing is being sent for so long. What was taken later than this after the moment before which
# senders are given up was taken by a clock that has been set back since.
_LONGEST = timedelta(hours=1)


def due(connection: sa.Connection, now: datetime, most: int) -> tuple[Notice, ...]:
    """Return what is pending and whose next try has come, oldest first."""
    is_due = notices.c.next_try.is_(None) | (notices.c.next_try <= now)
    query = _all().where(notices.c.state == "pending", is_due)
    return _found(connection, query.order_by(notices.c.event_id, notices.c.channel).limit(most))


def take(connection: sa.Connection, notice: Notice, *, beat_at: datetime) -> bool:
    """Mark it as being sent and count the attempt; False where somebody else has taken it."""
    free = (notices.c.state == "pending") & (notices.c.attempts == notice.attempts)
    values: dict[str, Any] = {
        "state": "sending",
        "taken_at": beat_at,
        "next_try": None,
        "attempts": notices.c.attempts + 1,
    }
    taken = sa.update(notices).where(_is_notice(notice), free).values(values)
    return connection.execute(taken).rowcount == 1


def settle(
    connection: sa.Connection,
    notice: Notice,
    state: NoticeState,
    *,
    error: str,
    next_try: datetime | None,
) -> None:
    """Say what became of it; of what has been sent or has failed for good, nothing is changed."""
    is_open = notices.c.state.in_(("pending", "sending", "unsure"))
    values: dict[str, Any] = {
        "state": state,
        "taken_at": None,
        "next_try": next_try,
        "error": storable(error),
    }
    connection.execute(sa.update(notices).where(_is_notice(notice), is_open).values(values))


def lapse(connection: sa.Connection, before: datetime) -> tuple[Notice, ...]:
    """Mark as unsure, and return, what has been being sent since *before*, oldest first."""
    is_over = (notices.c.taken_at < before) | (notices.c.taken_at >= before + _LONGEST)
    lapsed = sa.and_(notices.c.state == "sending", is_over)
    query = _all().where(lapsed).order_by(notices.c.event_id, notices.c.channel)
    keys = [(one.event.id, one.channel) for one in _found(connection, query)]
    if not keys:
        return ()
    connection.execute(sa.update(notices).where(lapsed).values(state="unsure", taken_at=None))
    changed = _all().where(sa.tuple_(notices.c.event_id, notices.c.channel).in_(keys))
    return _found(connection, changed.order_by(notices.c.event_id, notices.c.channel))


def latest(connection: sa.Connection, most: int, state: NoticeState | None) -> tuple[Notice, ...]:
    """Return the *most* last notices (of *state* alone, if given), the latest first."""
    query = _all().order_by(notices.c.event_id.desc(), notices.c.channel).limit(most)
    return _found(connection, query if state is None else query.where(notices.c.state == state))


def _all() -> sa.Select[Any]:
    own = (notices.c.channel, notices.c.state, notices.c.attempts, notices.c.error)
    # Both tables have a key and more of the same name; the event's own come under theirs.
    return sa.select(events, *own, notices.c.next_try).join(
        events, notices.c.event_id == events.c.id
    )


def _found(connection: sa.Connection, query: sa.Select[Any]) -> tuple[Notice, ...]:
    return tuple(_notice(dict(row)) for row in connection.execute(query).mappings())


def _notice(row: Mapping[str, Any]) -> Notice:
    return Notice(
        event=event_of(row),
        channel=row["channel"],
        state=row["state"],
        attempts=row["attempts"],
        next_try=row["next_try"],
        error=row["error"],
    )


def _is_notice(notice: Notice) -> sa.ColumnElement[bool]:
    return sa.and_(notices.c.event_id == notice.event.id, notices.c.channel == notice.channel)
