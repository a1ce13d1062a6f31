"""How the web pages of articles are kept, and what an article gains from its own."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace

import sqlalchemy as sa

from newsletter.model import Article, DateSource, Page, PageVisit
from newsletter.store.rows import replace_rows
from newsletter.store.tables import articles, pages

_IN_ONE_QUERY = 500  # values in one IN (…): older SQLite takes 999 parameters at most
_PAGE = tuple(field.name for field in fields(Page))


def save_pages(connection: sa.Connection, found: Iterable[PageVisit]) -> None:
    """Keep *found* in place of earlier readings of the same articles' pages."""
    rows = [
        {"article_id": visit.article_id, "at": visit.at, "error": visit.error}
        | {name: getattr(visit.page, name, None) for name in _PAGE}
        for visit in found
    ]
    replace_rows(connection, pages, rows)


def page_visits(connection: sa.Connection, article_ids: Iterable[str]) -> Mapping[str, PageVisit]:
    """Return the last reading of those articles' pages that were tried, by article id."""
    wanted = sorted(set(article_ids))
    found: dict[str, PageVisit] = {}
    for start in range(0, len(wanted), _IN_ONE_QUERY):
        some = wanted[start : start + _IN_ONE_QUERY]
        query = sa.select(pages).where(pages.c.article_id.in_(some))
        found.update((visit.article_id, visit) for visit in _visits(connection, query))
    return found


def pages_within(
    connection: sa.Connection, window: sa.ColumnElement[bool]
) -> Mapping[str, PageVisit]:
    """Return the readings that found a page, of the articles in *window*, by article id."""
    query = sa.select(pages).join(articles).where(window, pages.c.url.is_not(None))
    return {visit.article_id: visit for visit in _visits(connection, query)}


def with_page(article: Article, visit: PageVisit | None) -> Article:
    """Return *article* with what its page adds: a longer text, and what its feed did not say.

    A page cannot have been published after it was read: such a date is that of the reading.
    """
    if visit is None or visit.page is None:
        return article
    page = visit.page
    if article.published is None and page.published is not None:
        published = min(page.published, visit.at)
        article = replace(article, published=published, date_source=DateSource.DOCUMENT)
    return replace(
        article,
        title=article.title or page.title,
        text=page.text if len(page.text) > len(article.text) else article.text,
        author=article.author or page.author,
        image=article.image or page.image,
        page=page.canonical or page.url,
    )


def _visits(connection: sa.Connection, query: sa.Select[tuple[object, ...]]) -> Iterator[PageVisit]:
    for row in connection.execute(query).mappings():
        page = Page(**{name: row[name] for name in _PAGE}) if row["url"] else None
        yield PageVisit(article_id=row["article_id"], at=row["at"], page=page, error=row["error"])
