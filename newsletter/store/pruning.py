"""How the store lets go of what is old."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

import sqlalchemy as sa

from newsletter.store.tables import (
    article_keys,
    article_origins,
    articles,
    decisions,
    embeddings,
    pages,
    paragraphs,
    readings,
    runs,
)

_IN_ONE_QUERY = 400  # ids in one IN (…), twice in one of them: older SQLite takes 999 parameters
_MADE = (pages, readings, embeddings, paragraphs)


def prune(connection: sa.Connection, *, before: datetime, keep: Collection[str]) -> int:
    """Let go of the articles first seen before *before*, but for *keep* and live seeds.

    Return how many. One without a date leaves its keys behind: its feed may show it for years, no
    date would tell that it is old, and it would be printed a second time.
    """
    old = _old(connection, before) - set(keep)
    undated = sa.select(articles.c.id).where(articles.c.published.is_(None))
    husks = old & set(connection.scalars(undated.where(articles.c.first_seen < before)))
    emptied = husks & set(connection.scalars(sa.select(articles.c.id).where(articles.c.text != "")))
    for some in _batches(old):
        for table in _MADE:
            connection.execute(sa.delete(table).where(table.c.article_id.in_(some)))
        either = decisions.c.article_id.in_(some) | decisions.c.other_id.in_(some)
        connection.execute(sa.delete(decisions).where(either))
    for some in _batches(emptied):
        nothing = {"text": "", "image": None, "categories": ()}
        connection.execute(sa.update(articles).where(articles.c.id.in_(some)).values(nothing))
    for some in _batches(old - husks):
        for table in (article_keys, article_origins):
            connection.execute(sa.delete(table).where(table.c.article_id.in_(some)))
        connection.execute(sa.delete(articles).where(articles.c.id.in_(some)))
    # One a slot, for years; the other jobs' are the memory of what was done for each week.
    over = (runs.c.job == "gather") & (runs.c.state != "running") & (runs.c.started_at < before)
    connection.execute(sa.delete(runs).where(over))
    return len(old - husks) + len(emptied)


def _old(connection: sa.Connection, before: datetime) -> set[str]:
    live = sa.select(article_origins.c.article_id).where(
        article_origins.c.is_seed, article_origins.c.withdrawn_at.is_(None)
    )
    query = sa.select(articles.c.id).where(
        articles.c.first_seen < before, articles.c.id.not_in(live)
    )
    return set(connection.scalars(query))


def _batches(ids: Iterable[str]) -> Iterator[list[str]]:
    values = sorted(ids)
    for start in range(0, len(values), _IN_ONE_QUERY):
        yield values[start : start + _IN_ONE_QUERY]
