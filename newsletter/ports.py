"""The doors of the house: what the use cases ask of the edges, and nothing else."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from newsletter.errors import FetchError
from newsletter.model import (
    Article,
    Assignment,
    Built,
    Decision,
    Document,
    Embedding,
    Feed,
    Frequencies,
    PageVisit,
    Reading,
    Recorded,
    SeedFolder,
    Story,
    Summary,
    Unchanged,
    Visit,
)
from newsletter.text.paragraphs import ParagraphHashes

T = TypeVar("T")
R = TypeVar("R")


Outcome = Document | Unchanged | FetchError  # of asking one feed


class FeedSource(Protocol):
    """Asks feeds for their documents."""

    def look(self, feeds: Sequence[tuple[Feed, Visit]]) -> Iterator[tuple[Feed, Outcome]]:
        """Yield what came of each feed, as it comes; a failure is an outcome, not an exception."""


class PageSource(Protocol):
    """Asks for the web pages of articles."""

    def read(self, urls: Sequence[str]) -> Iterator[tuple[str, Document | FetchError]]:
        """Yield what came of each URL, as it comes; what robots.txt forbids is a FetchError."""


class PictureSize(Protocol):
    """How large a picture is in pixels, and its format: jpeg, png, gif or webp."""

    @property
    def width(self) -> int:
        """Return its width."""

    @property
    def height(self) -> int:
        """Return its height."""

    @property
    def kind(self) -> str:
        """Return its format."""


class Pictures(Protocol):
    """Asks for the pictures of articles."""

    def measure(self, urls: Sequence[str]) -> Iterator[tuple[str, PictureSize | FetchError]]:
        """Yield the size of the picture at each URL, as it comes, or why there is none."""


class SeedSource(Protocol):
    """Reads the editor's own documents."""

    def read(self, folder: SeedFolder) -> Iterator[tuple[str, Document | FetchError]]:
        """Yield origin (path below the workspace) and content of each file, by name."""


class Workers(Protocol):
    """Runs a function over many items under limits; one that overruns costs itself alone."""

    def map(
        self,
        function: Callable[[T], R],
        items: Iterable[T],
        *,
        timeout_s: float,
        memory_bytes: int,
    ) -> Iterator[tuple[T, R | Exception]]:
        """Yield each item with its result, or with the failure in its place, as they come.

        *items* is drawn from as calls end: only a few items are held at a time.
        """


class Summariser(Protocol):
    """Writes the summary of a story."""

    def __call__(self, story: Story, assignment: Assignment) -> Summary:
        """Return headline and sentences, no more than the *assignment* asks for."""


class Reply(Protocol):
    """What a language model said, or why there is nothing: `failure` in an editor's words.

    Tokens are as the endpoint counts them, None where it does not. `is_down` tells a failure that
    the next question will most likely meet as well; `calls` is how many requests it took.
    """

    @property
    def content(self) -> str:
        """Return what it said, its reasoning perhaps among it."""

    @property
    def tokens_in(self) -> int | None:
        """Return how long the question was."""

    @property
    def tokens_out(self) -> int | None:
        """Return how long the answer was, its reasoning counted."""

    @property
    def failure(self) -> str:
        """Return why there is no answer, "" where there is."""

    @property
    def is_down(self) -> bool:
        """Return whether the next question is likely to fail as well."""

    @property
    def calls(self) -> int:
        """Return how many requests it took."""


class Writer(Protocol):
    """A language model; `name` and `host` tell which, for what is kept of its answers."""

    @property
    def name(self) -> str:
        """Return the name of the model."""

    @property
    def host(self) -> str:
        """Return host and port of its endpoint."""

    @property
    def answer_tokens(self) -> int:
        """Return how many tokens an answer may take at most."""

    def __call__(self, messages: Sequence[Mapping[str, str]]) -> Reply:
        """Return what it says to *messages*; a failure is part of the reply, not an exception.

        May be called from several threads.
        """


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


class Output(Protocol):
    """Where editions are put, each complete or absent."""

    @property
    def root(self) -> Path:
        """Return the folder that holds the issues' folders."""

    def check(self) -> None:
        """See that it can be written, before anything is done that would be lost."""

    def read_issue(self, issue_id: str) -> Mapping[str, bytes]:
        """Return the files of an issue that lie in its folder by name, none if it has none."""

    def write_issue(self, issue_id: str, files: Mapping[str, bytes]) -> Path:
        """Put an issue's files in place and return their folder."""

    def write_pages(self, files: Mapping[str, bytes]) -> None:
        """Put pages beside the issues."""

    def issues(self) -> Iterator[tuple[str, str]]:
        """Yield name and text of each issue.json that is there, newest week first."""


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


class Embedder(Protocol):
    """An embedding model; `name` tells which, for what is kept of it."""

    @property
    def name(self) -> str:
        """Return library and model."""

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row of length 1 for each text, of length 0 for one without words."""


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
