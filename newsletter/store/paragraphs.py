"""How the hashes of articles' paragraphs are kept, by the outlet that printed them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta

import sqlalchemy as sa

from newsletter.store.rows import forget_rows, replace_rows
from newsletter.store.tables import paragraphs
from newsletter.text.paragraphs import ParagraphHashes

# An outlet that prints once a week shows only over several what it prints each time.
_KEPT = timedelta(weeks=4)
_BATCH = 500  # outlets in one query: SQLite takes a limited number of parameters


def of_outlets(
    connection: sa.Connection, outlets: Collection[str]
) -> Mapping[str, tuple[ParagraphHashes, ...]]:
    """Return what is kept of *outlets* by outlet, in order of article ids."""
    found: dict[str, list[ParagraphHashes]] = {}
    wanted = sorted(set(outlets))
    for start in range(0, len(wanted), _BATCH):
        query = (
            sa.select(paragraphs)
            .where(paragraphs.c.outlet.in_(wanted[start : start + _BATCH]))
            .order_by(paragraphs.c.article_id)
        )
        for row in connection.execute(query).mappings():
            found.setdefault(row["outlet"], []).append(ParagraphHashes(**row))
    return {outlet: tuple(rows) for outlet, rows in found.items()}


def digests(connection: sa.Connection) -> Mapping[str, str]:
    """Return from which text each article's paragraphs were made, by article id."""
    query = sa.select(paragraphs.c.article_id, paragraphs.c.digest)
    return {row.article_id: row.digest for row in connection.execute(query)}


def save(connection: sa.Connection, found: Iterable[ParagraphHashes]) -> None:
    """Keep *found* in place of what was kept of the same articles."""
    replace_rows(connection, paragraphs, [asdict(one) for one in found])


def forget(connection: sa.Connection, before: datetime) -> None:
    """Let go of the paragraphs of articles first seen more than four weeks before *before*."""
    forget_rows(connection, paragraphs, before - _KEPT)
