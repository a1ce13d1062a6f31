"""The store's doors on one engine: articles and their words, pages, visits, issues, decisions."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from newsletter.model import (
    Article,
    Built,
    Decision,
    Embedding,
    Frequencies,
    PageVisit,
    Reading,
    Recorded,
    Status,
    Visit,
)
from newsletter.store import (
    adopting,
    answers,
    decisions,
    dumping,
    embeddings,
    pages,
    paragraphs,
    pruning,
    readings,
    recording,
)
from newsletter.store.running import Running
from newsletter.store.tables import articles, issues, visits
from newsletter.text.paragraphs import ParagraphHashes

WRITES = "newsletter_writes"  # the execution option of connections that will change something


class Store(Running):
    """A database behind the store's doors; each call is a transaction, unless it is within one."""

    @contextmanager
    def transaction(self) -> "Iterator[Store]":
        """Yield a store whose calls are one transaction, begun at once and alone in writing.

        It is committed when the block ends, and undone when the block raises.
        """
        with self._write() as connection:

            def joined() -> AbstractContextManager[sa.Connection]:
                return nullcontext(connection)

            yield Store(joined, joined, self._name)

    def record(self, articles: Iterable[Article]) -> Recorded:
        """Keep *articles*; one known by any of its keys is updated, its id and first sight stay."""
        with self._write() as connection:
            return recording.record(
                connection, articles, not_before=_cut_off(connection), is_seed=False
            ).recorded

    def record_seeds(
        self, articles: Iterable[Article], *, failed: Collection[str], now: datetime
    ) -> Recorded:
        """Keep *articles* as all the seeds there are; take back the others as of *now*."""
        with self._write() as connection:
            kept = recording.record(
                connection, articles, not_before=_cut_off(connection), is_seed=True
            )
            recording.withdraw_seeds(connection, kept.pairs, failed=failed, now=now)
            return kept.recorded

    def within(self, since: datetime | None, until: datetime) -> tuple[Article, ...]:
        """Return the articles first seen in `[since, until)` and not taken back by then, by id."""
        with self._read() as connection:
            return recording.within(connection, since, until)

    def postpone(self, article_ids: Iterable[str], until: datetime) -> None:
        """Let those articles count as first seen at *until*."""
        with self._write() as connection:
            recording.postpone(connection, article_ids, until)

    def by_id(self, article_ids: Iterable[str]) -> Mapping[str, Article]:
        """Return those articles that are known, whatever became of them since, by id."""
        with self._read() as connection:
            return recording.by_id(connection, article_ids)

    def rhythms(self, since: datetime) -> Mapping[str, tuple[datetime, ...]]:
        """Return when the articles of each feed appeared since *since*, in order of time."""
        with self._read() as connection:
            return recording.rhythms(connection, since)

    def readings(self, since: datetime | None, until: datetime) -> Mapping[str, Reading]:
        """Return the readings of the articles first seen in `[since, until)` by article id."""
        with self._read() as connection:
            return readings.within(connection, since, until)

    def save_readings(self, found: Iterable[Reading]) -> None:
        """Remember *found* in place of earlier readings of the same articles."""
        with self._write() as connection:
            readings.save(connection, found)

    def embeddings(
        self, since: datetime | None, until: datetime, *, model: str
    ) -> Mapping[str, Embedding]:
        """Return what *model* made of the articles first seen in `[since, until)` by article id."""
        with self._read() as connection:
            return embeddings.within(connection, since, until, model=model)

    def save_embeddings(self, found: Iterable[Embedding]) -> None:
        """Remember *found* in place of earlier vectors of the same articles."""
        with self._write() as connection:
            embeddings.save(connection, found)

    def history(self) -> Frequencies:
        """Return how often terms stood in the weeks that are out."""
        with self._read() as connection:
            return readings.history(connection)

    def close_week(self, known: Frequencies, *, before: datetime) -> None:
        """Remember *known* as the history; let go of the readings of what was first seen before."""
        with self._write() as connection:
            readings.save_history(connection, known)
            readings.forget(connection, before)
            embeddings.forget(connection, before)
            paragraphs.forget(connection, before)

    def paragraphs(self, outlets: Collection[str]) -> Mapping[str, tuple[ParagraphHashes, ...]]:
        """Return what is kept of the paragraphs of *outlets* by outlet."""
        with self._read() as connection:
            return paragraphs.of_outlets(connection, outlets)

    def paragraph_digests(self) -> Mapping[str, str]:
        """Return from which text each article's paragraphs were made, by article id."""
        with self._read() as connection:
            return paragraphs.digests(connection)

    def save_paragraphs(self, found: Iterable[ParagraphHashes]) -> None:
        """Remember *found* in place of what was kept of the same articles."""
        with self._write() as connection:
            paragraphs.save(connection, found)

    def answer(self, key: str) -> tuple[str, int, int] | None:
        """Return a language model's answer kept under *key* and its tokens in and out, or None."""
        with self._read() as connection:
            return answers.known(connection, key)

    def save_answer(
        self,
        key: str,
        *,
        model: str,
        content: str,
        tokens_in: int,
        tokens_out: int,
        made_at: datetime,
    ) -> None:
        """Keep an answer for 90 days, in place of an earlier one under *key*."""
        with self._write() as connection:
            answers.save(
                connection,
                key,
                model=model,
                content=content,
                tokens_in=tokens_in,
                tokens_out=tokens_out,
                made_at=made_at,
            )

    def decisions(self) -> tuple[Decision, ...]:
        """Return what the editor decided on pairs of articles, in order of time."""
        with self._read() as connection:
            return decisions.known(connection)

    def decide(self, made: Iterable[Decision], *, revoked: Collection[Decision] = ()) -> None:
        """Remember what was *made*, the last word on its pairs, and let go of *revoked*."""
        with self._write() as connection:
            decisions.decide(connection, made, revoked=revoked)

    def page_visits(self, article_ids: Iterable[str]) -> Mapping[str, PageVisit]:
        """Return the last reading of those articles' pages that were tried, by article id."""
        with self._read() as connection:
            return pages.page_visits(connection, article_ids)

    def save_pages(self, found: Iterable[PageVisit]) -> None:
        """Remember *found* in place of earlier readings; an article's text grows by its page's."""
        with self._write() as connection:
            pages.save_pages(connection, found)

    def visits(self) -> Mapping[str, Visit]:
        """Return the last visit to each feed by its URL."""
        with self._read() as connection:
            rows = connection.execute(sa.select(visits)).mappings()
            return {row["url"]: Visit(**row) for row in rows}

    def save_visits(self, found: Iterable[Visit]) -> None:
        """Remember *found* in place of earlier visits."""
        latest = {visit.url: visit for visit in found}
        rows = [
            {name: getattr(visit, name) for name in Visit.__slots__} for visit in latest.values()
        ]
        if not rows:
            return
        with self._write() as connection:
            known = sa.delete(visits).where(visits.c.url == sa.bindparam("known_url"))
            connection.execute(known, [{"known_url": row["url"]} for row in rows])
            connection.execute(sa.insert(visits), rows)

    def built(self, issue_id: str) -> Built | None:
        """Return the issue as last built, None if it never was."""
        return self._issue(sa.select(issues).where(issues.c.id == issue_id))

    def latest_built(self) -> Built | None:
        """Return the built issue of the latest week, None if there is none."""
        return self._issue(sa.select(issues).order_by(issues.c.id.desc()).limit(1))

    def last_published(self) -> Built | None:
        """Return the published issue with the latest cut-off, None if there is none."""
        return next(iter(self.published(1)), None)

    def published(self, most: int) -> tuple[Built, ...]:
        """Return the *most* published issues with the latest cut-offs, the latest first."""
        query = (
            sa.select(issues)
            .where(issues.c.status == Status.PUBLISHED.value)
            .order_by(issues.c.until.desc())
            .limit(most)
        )
        with self._read() as connection:
            return tuple(_built(dict(row)) for row in connection.execute(query).mappings())

    def save_issue(self, built: Built) -> None:
        """Remember *built* in place of an earlier build of the same week."""
        row = {name: getattr(built, name) for name in Built.__slots__}
        row["status"] = built.status.value
        with self._write() as connection:
            connection.execute(sa.delete(issues).where(issues.c.id == built.id))
            connection.execute(sa.insert(issues), row)

    def adopt(self, built: Built, articles: Iterable[Article]) -> None:
        """Keep a published issue of which only its issue.json is known, and what it printed.

        The articles count as first seen just before its cut-off, and are known again by their ids
        and by the keys they bring. What is known of it, or of them, stays.
        """
        with self._write() as connection:
            adopting.adopt(connection, built, articles)

    def is_empty(self) -> bool:
        """Return whether there is no article and no issue."""
        with self._read() as connection:
            return not any(
                connection.execute(sa.select(column).limit(1)).first()
                for column in (articles.c.id, issues.c.id)
            )

    def prune(self, *, before: datetime, keep: Collection[str]) -> int:
        """Let go of articles first seen before *before*, not in *keep* and no live seeds.

        All that hangs on them goes with them. Of one without a date its title and keys stay, so
        that it is not new when its feed still shows it. The base of what was published for a window
        that ended before goes as well, its edits stay. Return how many articles were let go of.
        """
        with self._write() as connection:
            return pruning.prune(connection, before=before, keep=keep)

    def dump(self) -> Mapping[str, object]:
        """Return all that is remembered, as JSON can hold it; the same memory is the same dump.

        Left out are owners, fences, attempts and signs of life, the numbers of events, the versions
        of edits, and what is made from articles anew.
        """
        with self._read() as connection:
            return dumping.dump(connection)

    def _issue(self, query: sa.Select[tuple[object, ...]]) -> Built | None:
        with self._read() as connection:
            row = connection.execute(query).mappings().first()
        return _built(dict(row)) if row else None


def _built(row: Mapping[str, Any]) -> Built:
    return Built(**{**row, "status": Status(row["status"])})


def _cut_off(connection: sa.Connection) -> datetime | None:
    published = issues.c.status == Status.PUBLISHED.value
    cut_off: datetime | None = connection.scalar(
        sa.select(issues.c.until).where(published).order_by(issues.c.until.desc()).limit(1)
    )
    return cut_off
