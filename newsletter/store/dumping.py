"""All that the store remembers, as JSON can hold it: the same memory is the same dump."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from newsletter.store.tables import (
    answers,
    article_keys,
    article_origins,
    articles,
    decisions,
    edits,
    events,
    frequencies,
    issues,
    notices,
    pages,
    readings,
    runs,
    visits,
)

_Row = dict[str, Any]


def dump(connection: sa.Connection) -> Mapping[str, object]:
    """Return all that is remembered, by table, each row an object, in an order of its own.

    Left out are who worked on what, how often and when (owners, fences, attempts, signs of life),
    the numbers of events, the versions of edits, and what is made from articles anew (paragraphs,
    embeddings).
    """
    return {
        "articles": _rows(connection, articles, "id"),
        "article_keys": _rows(connection, article_keys, "key"),
        "article_origins": _rows(connection, article_origins, "article_id", "origin"),
        "pages": _rows(connection, pages, "article_id"),
        "readings": _rows(connection, readings, "article_id", without=("shingles",)),
        "frequencies": _rows(connection, frequencies, "language", "term"),
        "decisions": _rows(connection, decisions, "article_id", "other_id"),
        "answers": _rows(connection, answers, "key"),
        "visits": _rows(connection, visits, "url"),
        "issues": _rows(connection, issues, "id", without=("edits",)),
        "edits": _rows(connection, edits, "issue_id", "number", without=("changed",)),
        "runs": _rows(connection, runs, "job", "period", only=("job", "period", "state", "cause")),
        "events": _events(connection),
    }


def _rows(
    connection: sa.Connection,
    table: sa.Table,
    *key: str,
    only: tuple[str, ...] = (),
    without: tuple[str, ...] = (),
) -> list[_Row]:
    wanted = [
        column
        for column in table.c
        if column.name not in without and (not only or column.name in only)
    ]
    rows = [_plain(row) for row in connection.execute(sa.select(*wanted)).mappings()]
    # Here, not in the query: databases differ in how they sort text.
    return sorted(rows, key=_by(*key))


def _by(*names: str) -> Callable[[_Row], tuple[Any, ...]]:
    return lambda row: tuple(row[name] for name in names)


def _events(connection: sa.Connection) -> list[_Row]:
    """Return the events in the order they happened, each with the channels it is told on."""
    told: dict[int, list[_Row]] = {}
    columns = (notices.c.event_id, notices.c.channel, notices.c.state)
    for event_id, channel, state in connection.execute(sa.select(*columns)):
        told.setdefault(event_id, []).append({"channel": channel, "state": state})
    rows = connection.execute(sa.select(events).order_by(events.c.id)).mappings().all()
    return [
        {name: value for name, value in _plain(row).items() if name != "id"}
        | {"notices": sorted(told.get(row["id"], []), key=_by("channel"))}
        for row in rows
    ]


def _plain(row: sa.RowMapping) -> _Row:
    return {name: _as_json(value) for name, value in row.items()}


def _as_json(value: Any) -> Any:
    match value:
        case datetime():
            return value.isoformat()
        case tuple():
            return list(value)
        case _:
            return value
