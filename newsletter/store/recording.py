"""How articles are kept: one row each, found again by any of their keys."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

import sqlalchemy as sa

from newsletter.model import Article, DateSource, Recorded, Status
from newsletter.store.pages import pages_within, with_page
from newsletter.store.rows import seen_within
from newsletter.store.tables import article_keys, article_origins, articles, issues

_IN_ONE_QUERY = 500  # values in one IN (…): older SQLite takes 999 parameters at most
_WORDS = (
    "title", "text", "url", "source", "named", "author", "published", "date_source", "language",
    "categories",
)  # fmt: skip
_CONTENT = (*_WORDS, "image")
_REWRITTEN = (*_CONTENT, "kept_from")
# In place of an origin: the article is known from the issue that printed it, and its wording gives
# way to that of whoever brings it.
ADOPTED = ""
# How many times longer the text of another feed's entry for the same page must be to replace the
# one that is kept: a full text replaces a teaser, two teasers do not take turns.
_FULLER = 2.0

_Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What was recorded, and under which pairs of article id and origin."""

    recorded: Recorded
    pairs: frozenset[tuple[str, str]]


def record(
    connection: sa.Connection,
    found: Iterable[Article],
    *,
    not_before: datetime | None,
    is_seed: bool,
) -> Kept:
    """Keep *found*, in order, and return what was new, what changed and where each stands."""
    batch = list(found)
    ids = _ids_by_key(connection, {key for article in batch for key in article.keys})
    rows = _rows(connection, {*ids.values(), *(article.id for article in batch)})
    new: dict[str, _Row] = {}
    changed: dict[str, _Row] = {}
    fresh_keys: dict[str, str] = {}
    pairs: dict[tuple[str, str], None] = {}
    for article in batch:
        article_id = next((ids[key] for key in article.keys if key in ids), article.id)
        row = _row(article, article_id, not_before)
        if article_id in rows:
            _keep_date(row, rows[article_id], seen_at=article.first_seen)
        if article_id not in rows:
            new[article_id] = rows[article_id] = row
        elif _supersedes(row, rows[article_id]):
            row["first_seen"] = rows[article_id]["first_seen"]
            row["image"] = row["image"] or rows[article_id]["image"]
            rows[article_id] = row
            (new if article_id in new else changed)[article_id] = row
        for key in article.keys:
            if key not in ids:
                ids[key] = fresh_keys[key] = article_id
        pairs.update(dict.fromkeys((article_id, origin) for origin in article.origins))
    _write(connection, new, changed, fresh_keys)
    first_seen = {id_: row["first_seen"] for id_, row in rows.items()}
    returned = _keep_origins(connection, list(pairs), is_seed=is_seed)
    if batch and returned:
        seen_at = max(filter(None, (batch[0].first_seen, not_before)))
        _see_again(connection, returned, first_seen, seen_at)
    return Kept(
        recorded=Recorded(new=frozenset(new), changed=frozenset(changed)), pairs=frozenset(pairs)
    )


def withdraw_seeds(
    connection: sa.Connection,
    kept: Collection[tuple[str, str]],
    *,
    failed: Collection[str],
    now: datetime,
) -> None:
    """Take back, as of *now*, the seeds that are not among *kept* and not among *failed*.

    A folder among *failed* stands for every seed in it: what cannot be seen is not gone.
    """
    live = sa.select(article_origins).where(
        article_origins.c.is_seed, article_origins.c.withdrawn_at.is_(None)
    )
    for row in connection.execute(live).mappings().all():
        pair = (row["article_id"], row["origin"])
        if pair not in kept and not _is_among(row["origin"], failed):
            connection.execute(
                sa.update(article_origins).where(_is_pair(pair)).values(withdrawn_at=now)
            )


def within(
    connection: sa.Connection, since: datetime | None, until: datetime
) -> tuple[Article, ...]:
    """Return the articles first seen in `[since, until)` and not taken back by then, by id."""
    taken_back = article_origins.c.withdrawn_at
    window = seen_within(since, until)
    found = _joined(connection, window, sa.or_(taken_back.is_(None), taken_back >= until))
    return tuple(found.values())


def postpone(connection: sa.Connection, article_ids: Iterable[str], until: datetime) -> None:
    """Let those articles count as first seen at *until*."""
    for some in _batches(sorted(set(article_ids))):
        later = sa.update(articles).where(articles.c.id.in_(some)).values(first_seen=until)
        connection.execute(later)


def by_id(connection: sa.Connection, article_ids: Iterable[str]) -> Mapping[str, Article]:
    """Return those articles that are known, whatever became of them since, by id."""
    wanted = sorted(set(article_ids))
    found: dict[str, Article] = {}
    for some in _batches(wanted):
        found |= _joined(connection, articles.c.id.in_(some))
    return found


def rhythms(connection: sa.Connection, since: datetime) -> Mapping[str, tuple[datetime, ...]]:
    """Return when the articles of each feed appeared since *since*, in order of time."""
    appeared = sa.func.coalesce(articles.c.published, articles.c.first_seen)
    query = (
        sa.select(article_origins.c.origin, appeared)
        .join(articles, article_origins.c.article_id == articles.c.id)
        .where(sa.not_(article_origins.c.is_seed), appeared >= since)
        .order_by(article_origins.c.origin, appeared)
    )
    found: dict[str, list[datetime]] = {}
    for origin, moment in connection.execute(query):
        found.setdefault(origin, []).append(moment)
    return {origin: tuple(moments) for origin, moments in found.items()}


def _joined(
    connection: sa.Connection,
    which: sa.ColumnElement[bool],
    origins: sa.ColumnElement[bool] | None = None,
) -> dict[str, Article]:
    """Return the articles with their origins and what their pages add, by id and in its order."""
    query = (
        sa.select(articles, article_origins.c.origin)
        .join(article_origins, article_origins.c.article_id == articles.c.id)
        .where(which, sa.true() if origins is None else origins)
        .order_by(articles.c.id)
    )
    found: dict[str, _Row] = {}
    for row in connection.execute(query).mappings():
        article = found.setdefault(row["id"], {**row, "origins": ()})
        # Sorted here: databases differ in how they sort text.
        article["origins"] = tuple(sorted((*article["origins"], row["origin"])))
    read = pages_within(connection, which)
    return {id_: with_page(_article(row), read.get(id_)) for id_, row in found.items()}


def known_as(connection: sa.Connection, found: Collection[Article]) -> dict[str, str]:
    """Return as which article each of *found* is known, by its own id; the unknown are left out."""
    by_key = _ids_by_key(connection, {key for article in found for key in article.keys})
    own = _rows(connection, {article.id for article in found})
    known = {id_: id_ for id_ in own}
    for article in found:
        for key in article.keys:
            if key in by_key:
                known.setdefault(article.id, by_key[key])
    return known


def _ids_by_key(connection: sa.Connection, keys: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for some in _batches(sorted(keys)):
        query = sa.select(article_keys).where(article_keys.c.key.in_(some))
        found.update((row.key, row.article_id) for row in connection.execute(query))
    return found


def _rows(connection: sa.Connection, ids: set[str]) -> dict[str, _Row]:
    found: dict[str, _Row] = {}
    for some in _batches(sorted(ids)):
        query = sa.select(articles).where(articles.c.id.in_(some))
        found.update((row["id"], dict(row)) for row in connection.execute(query).mappings())
    return found


def _row(article: Article, article_id: str, not_before: datetime | None) -> _Row:
    row = {name: getattr(article, name) for name in _CONTENT}
    first_seen = max(article.first_seen, not_before) if not_before else article.first_seen
    return row | {
        "id": article_id,
        "first_seen": first_seen,
        "date_source": article.date_source.value,
        "kept_from": article.origins[0],
    }


def _keep_date(row: _Row, known: _Row, *, seen_at: datetime) -> None:
    """Let *row* keep the date that is known where its own is only that of the visit.

    A date in the future is taken for the moment it was seen: seen again, it would move each time.
    """
    if row["published"] == seen_at and known["published"] and known["published"] < seen_at:
        row["published"], row["date_source"] = known["published"], known["date_source"]


def _supersedes(row: _Row, known: _Row) -> bool:
    if known["kept_from"] not in {row["kept_from"], ADOPTED}:
        return len(row["text"]) > _FULLER * max(len(known["text"]), 1)
    # Addresses of pictures change by themselves, signed anew for every visit: that is no news.
    has_first_image = row["image"] is not None and known["image"] is None
    return has_first_image or any(row[name] != known[name] for name in _WORDS)


def _write(
    connection: sa.Connection, new: dict[str, _Row], changed: dict[str, _Row], keys: dict[str, str]
) -> None:
    if new:
        connection.execute(sa.insert(articles), list(new.values()))
    if changed:
        values: dict[str, Any] = {name: sa.bindparam(name) for name in _REWRITTEN}
        known = articles.c.id == sa.bindparam("known_id")
        rows = [{**row, "known_id": id_} for id_, row in changed.items()]
        connection.execute(sa.update(articles).where(known).values(values), rows)
    if keys:
        rows = [{"key": key, "article_id": id_} for key, id_ in keys.items()]
        connection.execute(sa.insert(article_keys), rows)


def _keep_origins(
    connection: sa.Connection, pairs: Sequence[tuple[str, str]], *, is_seed: bool
) -> dict[str, datetime]:
    """Keep *pairs*, and return the articles that were taken back and are here again, since when."""
    known: dict[tuple[str, str], datetime | None] = {}
    for some in _batches(sorted({article_id for article_id, _ in pairs})):
        query = sa.select(article_origins).where(article_origins.c.article_id.in_(some))
        known.update(
            ((row.article_id, row.origin), row.withdrawn_at) for row in connection.execute(query)
        )
    rows = [
        {"article_id": article_id, "origin": origin, "is_seed": is_seed}
        for article_id, origin in pairs
        if (article_id, origin) not in known
    ]
    if rows:
        connection.execute(sa.insert(article_origins), rows)
    returned: dict[str, datetime] = {}
    for pair in pairs:
        withdrawn_at = known.get(pair)
        if withdrawn_at is not None:
            back = sa.update(article_origins).where(_is_pair(pair)).values(withdrawn_at=None)
            connection.execute(back)
            returned[pair[0]] = withdrawn_at
    return returned


def _see_again(
    connection: sa.Connection,
    returned: dict[str, datetime],
    first_seen: dict[str, datetime],
    seen_at: datetime,
) -> None:
    """Let an article that was away at the cut-off of its issue count as first seen *seen_at*.

    It was never printed, and its window is closed: as it stood it would belong to no issue.
    """
    published = issues.c.status == Status.PUBLISHED.value
    for article_id, withdrawn_at in returned.items():
        cut_off = connection.scalar(
            sa.select(sa.func.min(issues.c.until)).where(
                published, issues.c.until > first_seen[article_id]
            )
        )
        if cut_off is not None and withdrawn_at < cut_off:
            connection.execute(
                sa.update(articles).where(articles.c.id == article_id).values(first_seen=seen_at)
            )


def _is_among(origin: str, failed: Collection[str]) -> bool:
    return origin in failed or any(str(above) in failed for above in PurePosixPath(origin).parents)


def _is_pair(pair: tuple[str, str]) -> sa.ColumnElement[bool]:
    article_id, origin = pair
    return sa.and_(article_origins.c.article_id == article_id, article_origins.c.origin == origin)


def _article(row: _Row) -> Article:
    return Article(
        id=row["id"],
        first_seen=row["first_seen"],
        origins=row["origins"],
        **{name: row[name] for name in _CONTENT if name != "date_source"},
        date_source=DateSource(row["date_source"]),
    )


def _batches(values: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(values), _IN_ONE_QUERY):
        yield values[start : start + _IN_ONE_QUERY]
