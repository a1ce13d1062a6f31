"""How it is kept what happened to each week, and on which channels it is to be told."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa

from newsletter.model import WEEK_STATES, Event, WeekState
from newsletter.store.rows import storable
from newsletter.store.tables import events, notices


def note(connection: sa.Connection, event: Event, channels: Collection[str]) -> bool:
    """Keep *event*, to be told on *channels*; False where one with its key is known already.

    Nobody else may write between the reading and the writing of this.
    """
    if event.key is not None:
        same = sa.select(events.c.id).where(events.c.key == event.key)
        if connection.execute(same).first() is not None:
            return False
    values = {
        "key": event.key,
        "kind": event.kind,
        "week": event.week,
        "at": event.at,
        "cause": storable(event.cause),
        "details": json.dumps(event.details, sort_keys=True),
    }
    adding = sa.insert(events).values(values).returning(events.c.id)
    event_id = connection.execute(adding).scalar_one()
    rows = [
        {"event_id": event_id, "channel": channel, "state": "pending", "attempts": 0, "error": ""}
        for channel in sorted(set(channels))
    ]
    if rows:
        connection.execute(sa.insert(notices), rows)
    return True


def latest(connection: sa.Connection, week: str | None, most: int | None) -> tuple[Event, ...]:
    """Return the last *most* events (of *week* alone, if given), in the order they happened."""
    query = sa.select(events).order_by(events.c.id.desc()).limit(most)
    if week is not None:
        query = query.where(events.c.week == week)
    rows = connection.execute(query).mappings().all()
    return tuple(event_of(dict(row)) for row in reversed(rows))


def week_states(
    connection: sa.Connection, week: str | None = None
) -> Mapping[str, tuple[WeekState, datetime]]:
    """Return how far each week (*week* alone, if given) has come and since when.

    It is the kind of its last event that is a state; a week without one is left out.
    """
    is_state = events.c.kind.in_(WEEK_STATES) & events.c.week.is_not(None)
    if week is not None:
        is_state &= events.c.week == week
    last = sa.select(sa.func.max(events.c.id)).where(is_state).group_by(events.c.week)
    query = sa.select(events.c.week, events.c.kind, events.c.at).where(events.c.id.in_(last))
    rows = connection.execute(query)
    return {row.week: (cast("WeekState", row.kind), row.at) for row in rows}


def event_of(row: Mapping[str, Any]) -> Event:
    """Return the event of a row of its table."""
    return Event(
        id=row["id"],
        key=row["key"],
        kind=row["kind"],
        week=row["week"],
        at=row["at"],
        cause=row["cause"],
        details=json.loads(row["details"]),
    )
