"""How the vectors that an embedding model made of articles are kept."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa

from newsletter.model import Embedding
from newsletter.store.rows import forget_rows, replace_rows, seen_within
from newsletter.store.tables import articles, embeddings


def within(
    connection: sa.Connection, since: datetime | None, until: datetime, *, model: str
) -> Mapping[str, Embedding]:
    """Return what *model* made of the articles first seen in `[since, until)` by article id."""
    is_wanted = seen_within(since, until) & (embeddings.c.model == model)
    query = sa.select(embeddings).join(articles).where(is_wanted)
    rows = connection.execute(query).mappings()
    return {row["article_id"]: Embedding(**row) for row in rows}


def save(connection: sa.Connection, found: Iterable[Embedding]) -> None:
    """Keep *found* in place of earlier vectors of the same articles."""
    replace_rows(connection, embeddings, [asdict(one) for one in found])


def forget(connection: sa.Connection, before: datetime) -> None:
    """Let go of the vectors of articles first seen before *before*."""
    forget_rows(connection, embeddings, before)
