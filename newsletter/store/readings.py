"""How the words of articles are kept, and how often terms stood in the weeks that are out."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa

from newsletter.model import Frequencies, Reading
from newsletter.store.rows import forget_rows, replace_rows, seen_within
from newsletter.store.tables import articles, frequencies, readings

_ALL = ""  # the term that stands for every article of a language


def within(
    connection: sa.Connection, since: datetime | None, until: datetime
) -> Mapping[str, Reading]:
    """Return the readings of the articles first seen in `[since, until)` by article id."""
    query = sa.select(readings).join(articles).where(seen_within(since, until))
    found = (Reading(**row) for row in connection.execute(query).mappings())
    return {reading.article_id: reading for reading in found}


def save(connection: sa.Connection, found: Iterable[Reading]) -> None:
    """Keep *found* in place of earlier readings of the same articles."""
    replace_rows(connection, readings, [asdict(one) for one in found])


def forget(connection: sa.Connection, before: datetime) -> None:
    """Let go of the readings of articles first seen before *before*."""
    forget_rows(connection, readings, before)


def history(connection: sa.Connection) -> Frequencies:
    """Return how often terms stood in the weeks that are out."""
    totals: dict[str, float] = {}
    held: dict[str, dict[str, float]] = {}
    for language, term, count in connection.execute(sa.select(frequencies)):
        if term == _ALL:
            totals[language] = count
        else:
            held.setdefault(language, {})[term] = count
    return Frequencies(articles=totals, held=held)


def save_history(connection: sa.Connection, known: Frequencies) -> None:
    """Keep *known* in place of what was known."""
    connection.execute(sa.delete(frequencies))
    rows = [
        {"language": language, "term": term, "articles": count}
        for language, total in known.articles.items()
        for term, count in ((_ALL, total), *known.held.get(language, {}).items())
    ]
    if rows:
        connection.execute(sa.insert(frequencies), rows)
