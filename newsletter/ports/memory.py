"""Doors to the store: articles, their words, visits, issues, decisions."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Protocol

from newsletter.model import (
    Article,
    Built,
    Decision,
    Embedding,
    Frequencies,
    PageVisit,
    Reading,
    Recorded,
    Visit,
)
from newsletter.text.paragraphs import ParagraphHashes


class Answers(Protocol):
    """The store's memory of what language models answered."""

    def answer(self, key: str) -> tuple[str, int, int] | None:
        """Return the answer kept under *key* and its tokens in and out, None without one."""

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


class Articles(Protocol):
    """The store's memory of articles."""

    def record(self, articles: Iterable[Article]) -> Recorded:
        """Keep *articles*; one known by any of its keys is updated, its id and first sight stay.

        An article is never first seen before the cut-off of the last published issue, whatever
        the clock says: it would belong to no issue.
        """

    def record_seeds(
        self, articles: Iterable[Article], *, failed: Collection[str], now: datetime
    ) -> Recorded:
        """Keep *articles* as all the seeds there are; take back the others as of *now*.

        A seed whose origin is among *failed* could not be read this time and stays.
        """

    def within(self, since: datetime | None, until: datetime) -> tuple[Article, ...]:
        """Return the articles first seen in `[since, until)` and not taken back by then, by id."""

    def postpone(self, article_ids: Iterable[str], until: datetime) -> None:
        """Let those articles count as first seen at *until*."""

    def by_id(self, article_ids: Iterable[str]) -> Mapping[str, Article]:
        """Return those articles that are known, whatever became of them since, by id."""

    def rhythms(self, since: datetime) -> Mapping[str, tuple[datetime, ...]]:
        """Return when the articles of each origin appeared since *since*, in order of time.

        An article appeared when it was published, or was first seen where that is not known.
        """


class Pages(Protocol):
    """The store's memory of the web pages of articles."""

    def page_visits(self, article_ids: Iterable[str]) -> Mapping[str, PageVisit]:
        """Return the last reading of those articles' pages that were tried, by article id."""

    def save_pages(self, found: Iterable[PageVisit]) -> None:
        """Remember *found* in place of earlier readings; an article's text grows by its page's."""


class Words(Protocol):
    """The store's memory of the words of articles, and of how common words were before."""

    def readings(self, since: datetime | None, until: datetime) -> Mapping[str, Reading]:
        """Return the readings of the articles first seen in `[since, until)` by article id."""

    def save_readings(self, found: Iterable[Reading]) -> None:
        """Remember *found* in place of earlier readings of the same articles."""

    def history(self) -> Frequencies:
        """Return how often terms stood in the weeks that are out."""

    def close_week(self, known: Frequencies, *, before: datetime) -> None:
        """Remember *known* as the history; let go of the readings of what was first seen before."""


class Paragraphs(Protocol):
    """The store's memory of what outlets print."""

    def paragraphs(self, outlets: Collection[str]) -> Mapping[str, tuple[ParagraphHashes, ...]]:
        """Return what is kept of the paragraphs of *outlets* by outlet."""

    def paragraph_digests(self) -> Mapping[str, str]:
        """Return from which text each article's paragraphs were made, by article id."""

    def save_paragraphs(self, found: Iterable[ParagraphHashes]) -> None:
        """Remember *found* in place of what was kept of the same articles."""


class Embeddings(Protocol):
    """The store's memory of what an embedding model made of articles."""

    def embeddings(
        self, since: datetime | None, until: datetime, *, model: str
    ) -> Mapping[str, Embedding]:
        """Return what *model* made of the articles first seen in `[since, until)` by article id."""

    def save_embeddings(self, found: Iterable[Embedding]) -> None:
        """Remember *found* in place of earlier vectors of the same articles."""


class Decisions(Protocol):
    """The store's memory of what the editor decided on pairs of articles."""

    def decisions(self) -> tuple[Decision, ...]:
        """Return all of it, in order of time."""

    def decide(self, made: Iterable[Decision], *, revoked: Collection[Decision] = ()) -> None:
        """Remember what was *made*, the last word on its pairs, and let go of *revoked*."""


class Visits(Protocol):
    """The store's memory of feeds."""

    def visits(self) -> Mapping[str, Visit]:
        """Return the last visit to each feed by its URL."""

    def save_visits(self, visits: Iterable[Visit]) -> None:
        """Remember *visits* in place of earlier ones."""


class Issues(Protocol):
    """The store's memory of issues."""

    def built(self, issue_id: str) -> Built | None:
        """Return the issue as last built, None if it never was."""

    def latest_built(self) -> Built | None:
        """Return the built issue of the latest week, None if there is none."""

    def last_published(self) -> Built | None:
        """Return the published issue with the latest cut-off, None if there is none."""

    def published(self, most: int) -> tuple[Built, ...]:
        """Return the *most* published issues with the latest cut-offs, the latest first."""

    def save_issue(self, built: Built) -> None:
        """Remember *built* in place of an earlier build of the same week."""
