"""Stand-ins with behaviour for the doors of the house."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from newsletter.errors import FetchError
from newsletter.model import Document, Feed, Unchanged, Visit

T = TypeVar("T")
R = TypeVar("R")

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class ScriptedFeeds:
    """Feeds that answer what they were told to, by URL; an ETag that matches means unchanged."""

    def __init__(self, answers: dict[str, Document | FetchError]) -> None:
        self.answers = answers

    def look(
        self, feeds: Sequence[tuple[Feed, Visit]]
    ) -> Iterator[tuple[Feed, Document | Unchanged | FetchError]]:
        for feed, visit in feeds:
            answer = self.answers[feed.url]
            if isinstance(answer, Document) and answer.etag and answer.etag == visit.etag:
                yield feed, Unchanged()
            else:
                yield feed, answer


class InlineWorkers:
    """Runs everything in this process: no limits, in order, failures in their places."""

    def map(
        self,
        function: Callable[[T], R],
        items: Iterable[T],
        *,
        timeout_s: float,
        memory_bytes: int,
    ) -> Iterator[tuple[T, R | Exception]]:
        for item in items:
            result: R | Exception
            try:
                result = function(item)
            except Exception as error:  # noqa: BLE001 - a failure is part of the result
                result = error
            yield item, result


def rss(*entries: tuple[str, str, str], etag: str | None = None) -> Document:
    """A feed of entries (title, link, text)."""
    items = "".join(
        f"<item><title>{title}</title><link>{url}</link><guid>{url}</guid>"
        f"<description>{text}</description></item>"
        for title, url, text in entries
    )
    return Document(
        url="https://feeds.example/rss",
        content=f'<rss version="2.0"><channel><title>F</title>{items}</channel></rss>'.encode(),
        content_type="application/rss+xml",
        etag=etag,
    )
