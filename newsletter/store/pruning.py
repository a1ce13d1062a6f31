"""How the store lets go of what is old."""

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

import sqlalchemy as sa

from newsletter.model import Status
from newsletter.store.tables import (
    article_keys,
    article_origins,
    articles,
    decisions,
    embeddings,
    issues,
    pages,
    paragraphs,
    readings,
    runs,
)

_IN_ONE_QUERY = 400  # ids in one IN (…), twice in one of them: older SQLite takes 999 parameters
# An issue that an older version wrote is understood as well: it is not read, but looked through.
_ID = re.compile(r'"id"\s*:\s*"([^"]*)"')
_MADE = (pages, readings, embeddings, paragraphs)


def prune(connection: sa.Connection, *, before: datetime, keep: Collection[str]) -> int:
    """Let go of the articles first seen before *before*, but for *keep* and live seeds.

    Return how many. One that was printed, and one without a date of its own, leaves its keys
    behind: its feed may show it for years, no date would tell that it is old, and it would be
    printed a second time. What an issue that is out was composed as goes with its articles; what
    editors changed in it stays.
    """
    old = _old(connection, before) - set(keep)
    husks = old & (_undated(connection, before) | _printed(connection))
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
    out = (issues.c.status == Status.PUBLISHED.value) & (issues.c.until < before)
    connection.execute(sa.update(issues).where(out, issues.c.base != "").values(base=""))
    return len(old - husks) + len(emptied)


def _old(connection: sa.Connection, before: datetime) -> set[str]:
    live = sa.select(article_origins.c.article_id).where(
        article_origins.c.is_seed, article_origins.c.withdrawn_at.is_(None)
    )
    query = sa.select(articles.c.id).where(
        articles.c.first_seen < before, articles.c.id.not_in(live)
    )
    return set(connection.scalars(query))


def _undated(connection: sa.Connection, before: datetime) -> set[str]:
    # One that is dated ahead is kept with its first sight as its date, which would be a later one.
    is_undated = articles.c.published.is_(None) | (articles.c.published >= articles.c.first_seen)
    return set(
        connection.scalars(
            sa.select(articles.c.id).where(articles.c.first_seen < before, is_undated)
        )
    )


def _printed(connection: sa.Connection) -> set[str]:
    """Return the ids that stand in published issues, those of articles among them."""
    query = sa.select(issues.c.content).where(issues.c.status == Status.PUBLISHED.value)
    return {id_ for content in connection.scalars(query) for id_ in _ID.findall(content)}


def _batches(ids: Iterable[str]) -> Iterator[list[str]]:
    values = sorted(ids)
    for start in range(0, len(values), _IN_ONE_QUERY):
        yield values[start : start + _IN_ONE_QUERY]
