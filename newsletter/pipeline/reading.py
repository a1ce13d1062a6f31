"""Reading: what feeds answered, understood in worker processes as it comes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from newsletter.errors import FetchError
from newsletter.model import Article, Document, Feed, Unchanged, Visit
from newsletter.parse import FeedJob, ParsedFeed, parse_feed
from newsletter.pipeline.visiting import body_hash, succeeded
from newsletter.ports import FeedSource, Workers

PARSE_TIMEOUT_S = 20.0  # a thousand times what an honest feed takes
PARSE_MEMORY = 200_000_000  # bytes: large feeds are parsed in slices


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What came of asking one feed: its articles, or the failure.

    `visit` is that after an answer; on a failure, the one before it.
    """

    feed: Feed
    visit: Visit
    articles: tuple[Article, ...] = ()
    found: int = 0
    is_unchanged: bool = False
    failure: Exception | None = None

    @property
    def is_silent(self) -> bool:
        """Tell whether nobody answered at all, so that the network may be at fault."""
        return isinstance(self.failure, FetchError) and self.failure.is_silent


class Readings:
    """Asks feeds and parses what they answer, while others are still being asked."""

    def __init__(
        self,
        source: FeedSource,
        workers: Workers,
        known: Mapping[str, Visit],
        now: datetime,
        language: str,
    ) -> None:
        self._source = source
        self._workers = workers
        self._known = known
        self._now = now
        self._language = language
        self._settled: list[Reading] = []  # without any parsing

    def of(self, asked: Sequence[tuple[Feed, Visit]]) -> Iterator[Reading]:
        """Yield what came of each feed, as it comes."""
        for job, result in self._workers.map(
            parse_feed,
            self._jobs(asked),
            timeout_s=PARSE_TIMEOUT_S,
            memory_bytes=PARSE_MEMORY,
        ):
            yield from self._take_settled()
            yield self._parsed(job, result)
        yield from self._take_settled()

    def _jobs(self, asked: Sequence[tuple[Feed, Visit]]) -> Iterator[FeedJob]:
        """Yield what has to be parsed; the rest is settled here."""
        for feed, outcome in self._source.look(asked):
            visit = self._visit(feed)
            match outcome:
                case FetchError():
                    self._settled.append(Reading(feed=feed, visit=visit, failure=outcome))
                case Document() if body_hash(outcome) != visit.body_hash:
                    yield FeedJob(
                        document=outcome,
                        feed=feed,
                        seen_at=self._now,
                        language=self._language,
                        seen=frozenset(visit.entries),
                    )
                case Document() | Unchanged():
                    after = succeeded(visit, outcome, self._now)
                    self._settled.append(Reading(feed=feed, visit=after, is_unchanged=True))

    def _parsed(self, job: FeedJob, result: ParsedFeed | Exception) -> Reading:
        visit = self._visit(job.feed)
        if isinstance(result, Exception):
            return Reading(feed=job.feed, visit=visit, failure=result)
        after = succeeded(visit, job.document, self._now)
        return Reading(
            feed=job.feed,
            visit=replace(after, entries=result.entries),
            articles=result.articles,
            found=result.found,
        )

    def _take_settled(self) -> list[Reading]:
        settled, self._settled = self._settled, []
        return settled

    def _visit(self, feed: Feed) -> Visit:
        return self._known.get(feed.url, Visit(url=feed.url))
