"""Gather: asks every feed, reads every seed, and records what is new."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from newsletter.errors import FetchError
from newsletter.model import Article, Document, Feed, Recorded, SeedFolder, Visit
from newsletter.parse import SeedJob, parse_seed
from newsletter.pipeline.reading import PARSE_MEMORY, PARSE_TIMEOUT_S, Reading, Readings
from newsletter.pipeline.visiting import due, failed, reason_of
from newsletter.ports import Articles, FeedSource, Paragraphs, SeedSource, Visits, Words, Workers
from newsletter.text.urls import shown_url, with_shown_urls

log = logging.getLogger(__name__)

_BATCH = 32  # feeds recorded in one transaction: bounds what is held, and what a crash loses
_UNCHANGED = "nothing has changed since the last visit"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRow:
    """What came of one feed: `status` is ok, unchanged, failed or skipped.

    `failures` counts those in a row, `since` is when the first of them was, `next_try` when it is
    asked again if it has to wait. `found` counts its entries, `moved_to` is where it has moved for
    good; `is_silent` tells that nobody answered at all.
    """

    feed: Feed
    status: str
    reason: str = ""
    new: int = 0
    found: int = 0
    failures: int = 0
    since: datetime | None = None
    next_try: datetime | None = None
    moved_to: str | None = None
    is_silent: bool = False


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
    """What a gather brought, feed by feed in the order of feeds.yaml, seed by seed.

    `network` is false where feeds were asked and not one host answered.
    """

    feeds: tuple[FeedRow, ...]
    seeds: tuple[SeedRow, ...]
    new: int
    changed: int
    network: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """The doors and the circumstances of one gather.

    *feeds* None: the network is left alone. *retry*: feeds that wait after failures are asked, too.
    *words* and *paragraphs* None: articles are read only when an issue is built.
    """

    feeds: FeedSource | None
    seeds: SeedSource
    workers: Workers
    articles: Articles
    visits: Visits
    now: datetime
    language: str
    zone: str
    retry: bool = False
    words: Words | None = None
    paragraphs: Paragraphs | None = None
    progress: Callable[[int, int], None] = lambda done, of: None


def gather(feeds: Sequence[Feed], folders: Sequence[SeedFolder], with_: Gathering) -> Gathered:
    """Ask *feeds*, read *folders*, record the articles; one that fails costs itself alone."""
    seeds, recorded_seeds = _gather_seeds(folders, with_)
    asked = [feed for feed in feeds if feed.enabled] if with_.feeds else []
    rows: dict[str, FeedRow] = {}
    changed = len(recorded_seeds.changed)
    for batch, altered in _gather_feeds(asked, with_):
        rows.update((row.feed.url, row) for row in batch)
        changed += altered
    silences = [row.is_silent for row in rows.values() if row.status != "skipped"]
    network = not silences or not all(silences)
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
        network=network,
    )


def _gather_seeds(
    folders: Sequence[SeedFolder], with_: Gathering
) -> tuple[tuple[SeedRow, ...], Recorded]:
    rows: dict[str, SeedRow] = {}
    jobs: list[SeedJob] = []
    for folder in folders:
        for origin, outcome in with_.seeds.read(folder):
            rows[origin] = _seed_row(origin, folder)
            if isinstance(outcome, FetchError):
                rows[origin] = _seed_row(origin, folder, reason=str(outcome))
            else:
                jobs.append(_seed_job(origin, outcome, with_))
    found: dict[str, Article] = {}
    for job, result in with_.workers.map(
        parse_seed, jobs, timeout_s=PARSE_TIMEOUT_S, memory_bytes=PARSE_MEMORY
    ):
        if isinstance(result, Exception):
            rows[job.origin] = replace(rows[job.origin], status="failed", reason=reason_of(result))
        else:
            found[job.origin] = result
    articles = [found[origin] for origin in rows if origin in found]
    failed = {origin for origin in rows if origin not in found}
    recorded = with_.articles.record_seeds(articles, failed=failed, now=with_.now)
    _read(recorded, with_)
    ids = {article.origins[0]: article.id for article in articles}
    counted = tuple(
        replace(row, new=int(ids.get(row.path) in recorded.new)) for row in rows.values()
    )
    return counted, recorded


def _read(recorded: Recorded, with_: Gathering) -> None:
    """Read what was recorded new or changed, once for all the builds that ask for it."""
    if not (recorded.new or recorded.changed):
        return
    if with_.words:
        # Loaded only here: a gather that brings nothing new must not wait for it.
        from newsletter.pipeline.clustering import save_readings

        save_readings(recorded, with_.articles, with_.words)
    if with_.paragraphs:
        from newsletter.pipeline.repeating import save_paragraphs

        save_paragraphs(recorded, with_.articles, with_.paragraphs)


def _seed_job(origin: str, document: Document, with_: Gathering) -> SeedJob:
    return SeedJob(
        document=document,
        origin=origin,
        seen_at=with_.now,
        language=with_.language,
        zone=with_.zone,
    )


def _seed_row(origin: str, folder: SeedFolder, *, reason: str = "") -> SeedRow:
    status = "failed" if reason else "ok"
    return SeedRow(path=origin, section=folder.section, status=status, reason=reason)


def _gather_feeds(feeds: Sequence[Feed], with_: Gathering) -> Iterator[tuple[list[FeedRow], int]]:
    """Ask *feeds* and record what is new; yield rows, and how many articles were altered."""
    if with_.feeds is None or not feeds:
        return
    known = with_.visits.visits()
    asked, waiting = due(
        [(feed, known.get(feed.url, Visit(url=feed.url))) for feed in feeds],
        with_.now,
        retry=with_.retry,
    )
    yield [_row(feed, visit, "skipped", reason=visit.error or "") for feed, visit in waiting], 0
    readings = Readings(with_.feeds, with_.workers, known, with_.now, with_.language)
    silent: list[Reading] = []
    done = 0
    with_.progress(0, len(asked))
    for batch in _batches(readings.of(asked), place={feed.url: n for n, feed in enumerate(feeds)}):
        silent += [reading for reading in batch if reading.is_silent]
        yield _record([reading for reading in batch if not reading.is_silent], with_)
        done += len(batch)
        with_.progress(done, len(asked))
    # Only now it is known whether these feeds are at fault, or the network is.
    yield _record(silent, with_, network=len(silent) < len(asked))


def _batches(readings: Iterable[Reading], place: Mapping[str, int]) -> Iterator[list[Reading]]:
    """Yield *readings* some at a time, in the order of feeds.yaml within a batch.

    Recorded in that order: of two feeds with one page, the first one's words stay.
    """
    batch: list[Reading] = []
    for reading in readings:
        batch.append(reading)
        if len(batch) >= _BATCH:
            yield sorted(batch, key=lambda reading: place[reading.feed.url])
            batch = []
    yield sorted(batch, key=lambda reading: place[reading.feed.url])


def _record(
    batch: Sequence[Reading], with_: Gathering, *, network: bool = True
) -> tuple[list[FeedRow], int]:
    """Record a batch's articles in one transaction, then its visits; return rows and changes."""
    recorded = with_.articles.record([article for reading in batch for article in reading.articles])
    _read(recorded, with_)
    new = set(recorded.new)
    visits: list[Visit] = []
    rows: list[FeedRow] = []
    for reading in batch:
        feed, visit = reading.feed, reading.visit
        if reading.failure is not None:
            visit = failed(visit, reading.failure, with_.now, network=network)
            row = _row(feed, visit, "failed", reason=visit.error or "")
            row = replace(row, is_silent=reading.is_silent)
            reason = with_shown_urls(visit.error or "")
            log.warning("feed failed url=%s reason=%s", shown_url(feed.url), reason)
        elif reading.is_unchanged:
            row = _row(feed, visit, "unchanged", reason=_UNCHANGED)
        else:
            ids = {article.id for article in reading.articles}
            row = replace(_row(feed, visit, "ok"), new=len(new & ids), found=reading.found)
            new -= ids  # counted once, where two feeds bring one article
            log.debug("feed read url=%s new=%d", shown_url(feed.url), row.new)
        visits.append(visit)
        rows.append(row)
    with_.visits.save_visits(visits)
    return rows, len(recorded.changed)


def _row(feed: Feed, visit: Visit, status: str, *, reason: str = "") -> FeedRow:
    return FeedRow(
        feed=feed,
        status=status,
        reason=reason,
        failures=visit.failures,
        since=visit.failing_since,
        next_try=visit.next_try,
        moved_to=visit.moved_to,
    )
