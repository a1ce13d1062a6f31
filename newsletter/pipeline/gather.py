"""Gather: asks every feed, reads every seed, and records what is new."""

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from newsletter.errors import FetchError, ParseError
from newsletter.model import Article, Document, Feed, Recorded, SeedFolder, Unchanged, Visit
from newsletter.parse import FeedJob, SeedJob, parse_feed, parse_seed
from newsletter.ports import (
    Articles,
    FeedSource,
    Outcome,
    SeedSource,
    Visits,
    Workers,
)

log = logging.getLogger(__name__)

PARSE_TIMEOUT_S = 20.0  # a thousand times what an honest feed takes
PARSE_MEMORY = 600_000_000  # bytes: forty times the largest document that is fetched
_BATCH = 32  # documents that are parsed and recorded together: bounds what is held in memory
_BATCH_BYTES = 30_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRow:
    """What came of one feed: `status` is ok, unchanged, failed or skipped.

    `failures` counts those in a row, `since` is when the first of them was.
    """

    feed: Feed
    status: str
    reason: str = ""
    new: int = 0
    failures: int = 0
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedRow:
    """What came of one seed: `status` is ok or failed."""

    path: str
    section: str
    status: str
    reason: str = ""
    new: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What a gather brought, feed by feed in the order of feeds.yaml, seed by seed."""

    feeds: tuple[FeedRow, ...]
    seeds: tuple[SeedRow, ...]
    new: int
    changed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """The doors and the circumstances of one gather. *feeds* None: the network is left alone."""

    feeds: FeedSource | None
    seeds: SeedSource
    workers: Workers
    articles: Articles
    visits: Visits
    now: datetime
    language: str
    zone: str
    progress: Callable[[int, int], None] = lambda done, of: None


def gather(feeds: Sequence[Feed], folders: Sequence[SeedFolder], with_: Gathering) -> Gathered:
    """Ask *feeds*, read *folders*, record the articles; one that fails costs itself alone."""
    seeds, recorded_seeds = _gather_seeds(folders, with_)
    asked = [feed for feed in feeds if feed.enabled] if with_.feeds else []
    rows: dict[str, FeedRow] = {}
    changed = len(recorded_seeds.changed)
    for row, recorded in _gather_feeds(asked, with_):
        rows[row.feed.url] = row
        changed += len(recorded.changed)
    for feed in feeds:
        if feed.url not in rows:
            reason = "offline: the network was not used" if feed.enabled else "enabled: false"
            rows[feed.url] = FeedRow(feed=feed, status="skipped", reason=reason)
    ordered = tuple(rows[feed.url] for feed in feeds)
    return Gathered(
        feeds=ordered,
        seeds=seeds,
        new=sum(row.new for row in ordered) + len(recorded_seeds.new),
        changed=changed,
    )


def _gather_seeds(
    folders: Sequence[SeedFolder], with_: Gathering
) -> tuple[tuple[SeedRow, ...], Recorded]:
    rows: list[SeedRow] = []
    found: list[Article] = []
    failed: set[str] = set()
    for folder in folders:
        for origin, outcome in with_.seeds.read(folder):
            try:
                if isinstance(outcome, FetchError):
                    raise outcome
                article = parse_seed(
                    SeedJob(
                        document=outcome,
                        origin=origin,
                        seen_at=with_.now,
                        language=with_.language,
                        zone=with_.zone,
                    )
                )
            except (FetchError, ParseError) as error:
                failed.add(origin)
                rows.append(_seed_row(origin, folder, reason=str(error)))
            else:
                found.append(article)
                rows.append(_seed_row(origin, folder))
    recorded = with_.articles.record_seeds(found, failed=failed, now=with_.now)
    ids = {article.origins[0]: article.id for article in found}
    counted = tuple(replace(row, new=int(ids.get(row.path) in recorded.new)) for row in rows)
    return counted, recorded


def _seed_row(origin: str, folder: SeedFolder, *, reason: str = "") -> SeedRow:
    status = "failed" if reason else "ok"
    return SeedRow(path=origin, section=folder.section, status=status, reason=reason)


def _gather_feeds(feeds: Sequence[Feed], with_: Gathering) -> Iterator[tuple[FeedRow, Recorded]]:
    if with_.feeds is None or not feeds:
        return
    known = with_.visits.visits()
    asked = [(feed, known.get(feed.url, Visit(url=feed.url))) for feed in feeds]
    visit_of = {feed.url: visit for feed, visit in asked}
    done = 0
    with_.progress(0, len(feeds))
    for batch in _batches(with_.feeds.look(asked)):
        yield from _settle(batch, visit_of, feeds, with_)
        done += len(batch)
        with_.progress(done, len(feeds))


def _batches(
    outcomes: Iterable[tuple[Feed, Outcome]],
) -> Iterator[list[tuple[Feed, Outcome]]]:
    batch: list[tuple[Feed, Outcome]] = []
    size = 0
    for feed, outcome in outcomes:
        batch.append((feed, outcome))
        size += len(outcome.content) if isinstance(outcome, Document) else 0
        if len(batch) >= _BATCH or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _settle(
    batch: Sequence[tuple[Feed, Outcome]],
    visit_of: Mapping[str, Visit],
    order: Sequence[Feed],
    with_: Gathering,
) -> Iterator[tuple[FeedRow, Recorded]]:
    """Parse and record a batch, and yield a row for each of its feeds."""
    place = {feed.url: number for number, feed in enumerate(order)}
    # Recorded in the order of feeds.yaml: of two feeds with one page, the first one's words stay.
    batch = sorted(batch, key=lambda pair: place[pair[0].url])
    fresh = [
        (feed, outcome)
        for feed, outcome in batch
        if isinstance(outcome, Document) and visit_of[feed.url].body_hash != _hash(outcome)
    ]
    parsed = dict(zip((feed.url for feed, _ in fresh), _parse(fresh, with_), strict=True))
    visits: list[Visit] = []
    for feed, outcome in batch:
        visit, recorded, reason = visit_of[feed.url], Recorded(), ""
        articles = parsed.get(feed.url, ())
        if isinstance(outcome, FetchError) or isinstance(articles, Exception):
            failure = outcome if isinstance(outcome, FetchError) else articles
            reason, status = str(failure) or type(failure).__name__, "failed"
            visit = _failed(visit, reason, with_.now)
            log.warning("feed failed url=%s reason=%s", feed.url, reason)
        else:
            status = "ok" if feed.url in parsed else "unchanged"
            recorded = with_.articles.record(articles)
            visit = _succeeded(visit, outcome, with_.now)
            reason = "" if status == "ok" else "nothing has changed since the last visit"
            log.debug("feed read url=%s status=%s new=%d", feed.url, status, len(recorded.new))
        visits.append(visit)
        row = FeedRow(
            feed=feed,
            status=status,
            reason=reason,
            new=len(recorded.new),
            failures=visit.failures,
            since=visit.failing_since,
        )
        yield row, recorded
    with_.visits.save_visits(visits)


def _parse(
    documents: Sequence[tuple[Feed, Outcome]], with_: Gathering
) -> Iterator[tuple[Article, ...] | Exception]:
    jobs = [
        FeedJob(document=document, feed=feed, seen_at=with_.now, language=with_.language)
        for feed, document in documents
        if isinstance(document, Document)
    ]
    return with_.workers.map(parse_feed, jobs, timeout_s=PARSE_TIMEOUT_S, memory_bytes=PARSE_MEMORY)


def _failed(visit: Visit, reason: str, now: datetime) -> Visit:
    return replace(
        visit,
        checked_at=now,
        failures=visit.failures + 1,
        failing_since=visit.failing_since or now,
        error=reason,
    )


def _succeeded(visit: Visit, outcome: Outcome, now: datetime) -> Visit:
    visit = replace(
        visit, checked_at=now, succeeded_at=now, failures=0, failing_since=None, error=None
    )
    if isinstance(outcome, Document):
        return replace(
            visit,
            etag=outcome.etag,
            last_modified=outcome.last_modified,
            body_hash=_hash(outcome),
        )
    assert isinstance(outcome, Unchanged)  # noqa: S101 - narrows for the type checker
    return visit


def _hash(document: Document) -> str:
    return hashlib.sha256(document.content).hexdigest()
