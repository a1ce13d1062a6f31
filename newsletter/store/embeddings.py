"""How the vectors that an embedding model made of articles are kept."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa

from newsletter.model import Embedding
from newsletter.store.tables import articles, embeddings


def within(
    connection: sa.Connection, since: datetime | None, until: datetime, *, model: str
) -> Mapping[str, Embedding]:
    """Return what *model* made of the articles first seen in `[since, until)` by article id."""
    window = articles.c.first_seen < until
    if since is not None:
        window &= articles.c.first_seen >= since
    query = sa.select(embeddings).join(articles).where(window, embeddings.c.model == model)
    rows = connection.execute(query).mappings()
    return {row["article_id"]: Embedding(**row) for row in rows}


def save(connection: sa.Connection, found: Iterable[Embedding]) -> None:
    """Keep *found* in place of earlier vectors of the same articles."""
    latest = {one.article_id: one for one in found}
    if not latest:
        return
    known = sa.delete(embeddings).where(embeddings.c.article_id == sa.bindparam("known_id"))
    connection.execute(known, [{"known_id": article_id} for article_id in latest])
    connection.execute(sa.insert(embeddings), [asdict(one) for one in latest.values()])


def forget(connection: sa.Connection, before: datetime) -> None:
    """Let go of the vectors of articles first seen before *before*."""
    old = sa.select(articles.c.id).where(articles.c.first_seen < before)
    connection.execute(sa.delete(embeddings).where(embeddings.c.article_id.in_(old)))
