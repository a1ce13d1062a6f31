"""What the tables that are kept for each article have in common."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from newsletter.store.tables import articles


def storable(text: str) -> str:
    """Return *text* with marks in place of what no database takes: lone surrogates, and NUL.

    For words that come from an exception and were cleaned by nobody.
    """
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")


def seen_within(since: datetime | None, until: datetime) -> sa.ColumnElement[bool]:
    """Return the condition that an article was first seen in `[since, until)`."""
    window = articles.c.first_seen < until
    return window if since is None else window & (articles.c.first_seen >= since)


def replace_rows(
    connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]]
) -> None:
    """Keep *rows* in place of those of the same articles; the last of several for one wins."""
    latest = {row["article_id"]: row for row in rows}
    if not latest:
        return
    known = sa.delete(table).where(table.c.article_id == sa.bindparam("known_id"))
    connection.execute(known, [{"known_id": article_id} for article_id in latest])
    connection.execute(sa.insert(table), list(latest.values()))


def forget_rows(connection: sa.Connection, table: sa.Table, before: datetime) -> None:
    """Let go of the rows of articles first seen before *before*."""
    old = sa.select(articles.c.id).where(articles.c.first_seen < before)
    connection.execute(sa.delete(table).where(table.c.article_id.in_(old)))
