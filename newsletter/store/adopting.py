"""How an issue is kept of which only its issue.json is known, with the articles it printed."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from newsletter.model import Article, Built, Status
from newsletter.store.recording import ADOPTED, known_as
from newsletter.store.tables import article_keys, article_origins, articles, issues

_TICK = timedelta(seconds=1)
_SAID = (
    "title", "text", "url", "source", "named", "author", "published", "language", "image",
    "categories",
)  # fmt: skip


def adopt(connection: sa.Connection, built: Built, printed: Iterable[Article]) -> None:
    """Keep *built* and the articles it *printed*, as first seen just before its cut-off.

    An issue that is kept as published already stays as it is. What is known of an article stays,
    but that it was seen by then.
    """
    status = connection.scalar(sa.select(issues.c.status).where(issues.c.id == built.id))
    if status != Status.PUBLISHED.value:
        connection.execute(sa.delete(issues).where(issues.c.id == built.id))
        connection.execute(sa.insert(issues), {**asdict(built), "status": built.status.value})
    batch = list({article.id: article for article in printed}.values())
    ids = known_as(connection, batch)
    seen = built.until - _TICK
    late = sa.update(articles).where(
        articles.c.id == sa.bindparam("known_id"), articles.c.first_seen >= built.until
    )
    known = sorted(set(ids.values()))
    if known:
        connection.execute(late.values(first_seen=seen), [{"known_id": id_} for id_ in known])
    new = [article for article in batch if article.id not in ids]
    _insert(connection, articles, [_row(article) | {"first_seen": seen} for article in new])
    _insert(connection, article_origins, _origins(new, built.id))
    # None of their keys is known, or they would be; two of them may share one.
    keys = {key: article.id for article in reversed(new) for key in article.keys}
    _insert(
        connection, article_keys, [{"key": key, "article_id": id_} for key, id_ in keys.items()]
    )


def _row(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "date_source": article.date_source.value,
        "kept_from": ADOPTED,
        **{name: getattr(article, name) for name in _SAID},
    }


def _origins(new: Iterable[Article], issue_id: str) -> list[dict[str, Any]]:
    # An article without any origin is not read back; it came by the issue, for all that is known.
    return [
        {"article_id": article.id, "origin": origin, "is_seed": False}
        for article in new
        for origin in dict.fromkeys(article.origins or (issue_id,))
    ]


def _insert(connection: sa.Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(sa.insert(table), rows)
