"""Check: asks feeds now, whatever their next try, and says what each of them is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from newsletter.errors import FetchError, ParseError
from newsletter.model import Document, Feed, Visit
from newsletter.parse import FeedJob, parse_feed
from newsletter.parse.feed.discovery import Advertised, advertised
from newsletter.pipeline.reading import PARSE_MEMORY, PARSE_TIMEOUT_S
from newsletter.pipeline.visiting import reason_of
from newsletter.ports import FeedSource, Workers


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """The doors and the circumstances of asking feeds outside of a gather."""

    source: FeedSource
    workers: Workers
    now: datetime
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a feed is: `entries` that it holds and its `title`, or the `reason` why it is none.

    `answered` is false where nothing came that could be looked at.
    `advertised` are the feeds that a web page in the feed's place names; `moved_to` is where
    permanent redirects led.
    """

    feed: Feed
    is_ok: bool
    reason: str = ""
    answered: bool = True
    entries: int = 0
    title: str = ""
    advertised: tuple[Advertised, ...] = ()
    moved_to: str | None = None


def check(feeds: Sequence[Feed], with_: Asking) -> Iterator[Checked]:
    """Yield what each of *feeds* is, as they answer."""
    failed: list[Checked] = []

    def jobs() -> Iterator[FeedJob]:
        # Without validators: "nothing has changed" would not say whether it can be read.
        asked = [(feed, Visit(url=feed.url)) for feed in feeds]
        for feed, outcome in with_.source.look(asked):
            if isinstance(outcome, Document):
                yield FeedJob(
                    document=outcome, feed=feed, seen_at=with_.now, language=with_.language
                )
            else:
                reason = str(outcome) if isinstance(outcome, FetchError) else "answers with nothing"
                failed.append(Checked(feed=feed, is_ok=False, reason=reason, answered=False))

    for job, found in with_.workers.map(
        understand, jobs(), timeout_s=PARSE_TIMEOUT_S, memory_bytes=PARSE_MEMORY
    ):
        if isinstance(found, Exception):
            reason = reason_of(found)
            yield Checked(feed=job.feed, is_ok=False, reason=reason)
        else:
            yield found
    yield from failed


def understand(job: FeedJob) -> Checked:
    """Return what a feed's document is; of one that is no feed, the feeds that it advertises."""
    try:
        parsed = parse_feed(job)
    except ParseError as error:
        return Checked(
            feed=job.feed,
            is_ok=False,
            reason=str(error),
            advertised=advertised(job.document),
            moved_to=job.document.moved_to,
        )
    return Checked(
        feed=job.feed,
        is_ok=True,
        entries=parsed.found,
        title=parsed.title,
        moved_to=job.document.moved_to,
    )
