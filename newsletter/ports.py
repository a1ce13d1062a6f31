"""The doors of the house: what the use cases ask of the edges, and nothing else."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from newsletter.errors import FetchError
from newsletter.model import Article, Document, Feed, Issue, SeedFolder, Story, Summary, Visit

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A feed's answer that nothing has changed since the last visit (304)."""


Outcome = Document | Unchanged | FetchError


class FeedSource(Protocol):
    """Asks feeds for their documents."""

    def look(self, feeds: Sequence[tuple[Feed, Visit]]) -> Iterator[tuple[Feed, Outcome]]:
        """Yield what came of each feed, as it comes; a failure is an outcome, not an exception."""


class SeedSource(Protocol):
    """Reads the editor's own documents."""

    def read(self, folder: SeedFolder) -> Iterator[tuple[str, Document | FetchError]]:
        """Yield origin (path below the workspace) and content of each file, by name."""


class Workers(Protocol):
    """Runs a function over many items under limits; one that overruns costs itself alone."""

    def map(
        self,
        function: Callable[[T], R],
        items: Sequence[T],
        *,
        timeout_s: float,
        memory_bytes: int,
    ) -> Iterator[R | Exception]:
        """Yield results, or the failure in place of a result, in the order of *items*."""


class Summariser(Protocol):
    """Writes the summary of a story."""

    def __call__(self, story: Story) -> Summary:
        """Return headline and sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What came of recording a document's articles: how many were new or had changed."""

    new: int = 0
    changed: int = 0


class Articles(Protocol):
    """The store's memory of articles."""

    def record(self, articles: Iterable[Article]) -> Recorded:
        """Keep *articles*; one known by any of its keys is updated, its id and first sight stay."""

    def withdraw(self, kept: Iterable[str], now: datetime) -> None:
        """Take back the seeds whose origin is not among *kept*: their files are gone or changed."""

    def within(self, since: datetime | None, until: datetime) -> tuple[Article, ...]:
        """Return the articles first seen in `[since, until)` and not withdrawn by *until*, by id."""


class Visits(Protocol):
    """The store's memory of feeds."""

    def visits(self) -> Mapping[str, Visit]:
        """Return the last visit to each feed by its URL."""

    def save_visits(self, visits: Iterable[Visit]) -> None:
        """Remember *visits* in place of earlier ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """An issue as it was last built, and the report that explains it (JSON values)."""

    issue: Issue
    report: Mapping[str, object]


class Issues(Protocol):
    """The store's memory of issues."""

    def built(self, issue_id: str) -> Built | None:
        """Return the issue as last built, None if it never was."""

    def built_ids(self) -> tuple[str, ...]:
        """Return the ids of all built issues, oldest first."""

    def published(self) -> tuple[Issue, ...]:
        """Return the published issues by cut-off, oldest first."""

    def save_issue(self, built: Built) -> None:
        """Remember *built* in place of an earlier build of the same id."""
