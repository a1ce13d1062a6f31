"""Visits: what is asked next of a feed, and when, after what the last looks brought."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from newsletter.errors import FetchError, OutOfTimeError
from newsletter.model import Document, Feed, Unchanged, Visit

MOVED_AFTER = timedelta(days=7)  # a permanent redirect that held so long was no slip
_PATIENCE = 2  # failures in a row that cost no waiting: most mend themselves within the hour
_FIRST_WAIT = timedelta(hours=2)  # more than the usual hour between two gathers
_LONGEST_WAIT = timedelta(days=1)
_GONE_WAIT = timedelta(days=7)
_NEVER = datetime.min.replace(tzinfo=UTC)
_JITTER = 0.2  # of the wait, so that feeds of one broken host do not come back all at once


def asked_as(visit: Visit, now: datetime) -> Visit:
    """Return *visit* as a source is to use it: with `moved_to` only where that is asked instead."""
    return visit if has_moved(visit, now) else replace(visit, moved_to=None)


def has_moved(visit: Visit, now: datetime) -> bool:
    """Tell whether the feed's permanent redirect has held long enough to be believed."""
    held = visit.moved_to and visit.moved_since
    return bool(held and visit.moved_since and now - visit.moved_since >= MOVED_AFTER)


def is_waiting(visit: Visit, now: datetime) -> bool:
    """Tell whether a failing feed is to be left alone for now."""
    # A wait longer than the longest there is comes of a clock that ran ahead.
    return visit.next_try is not None and now < visit.next_try <= now + 2 * _GONE_WAIT


def reason_of(error: Exception) -> str:
    """Return why something could not be read, as it is told; never empty.

    A process at the end of its memory tells that in its library's words, or in none.
    """
    if isinstance(error, MemoryError):
        return "takes more memory to be read than anything that somebody wrote; it is not read"
    return str(error) or type(error).__name__


def failed(visit: Visit, error: Exception, now: datetime, *, network: bool = True) -> Visit:
    """Return the visit after a failure.

    The wait doubles with each failure after the second, up to a day, and varies by feed; what the
    server asked for (`Retry-After`) comes first. Where the whole *network* was down, or the time of
    the gather was up, the feed is not to blame and does not wait.
    """
    failures = visit.failures + 1
    gone = isinstance(error, FetchError) and error.status == 410
    blamed = network and not isinstance(error, OutOfTimeError)
    wait = _wait(visit.url, failures, error, gone=gone) if blamed else None
    return replace(
        visit,
        checked_at=now,
        failures=failures,
        failing_since=visit.failing_since or now,
        error=reason_of(error),
        next_try=now + wait if wait else None,
        gone=gone,
        # A move that leads nowhere is forgotten: the old URL may be right again.
        moved_to=None if blamed else visit.moved_to,
        moved_since=None if blamed else visit.moved_since,
    )


def succeeded(visit: Visit, answer: Document | Unchanged, now: datetime) -> Visit:
    """Return the visit after an answer that could be read; of a document, validators and hash."""
    moved_to = answer.moved_to
    if moved_to is None and has_moved(visit, now):
        moved_to = visit.moved_to  # asked there directly, and it answered there
    if moved_to == visit.url:
        moved_to = None  # asked at its old place after all, and it answered there
    settled = moved_to == visit.moved_to
    known = visit.moved_since if settled else None
    visit = replace(
        cleared(visit, now),
        moved_to=moved_to,
        moved_since=(known or now) if moved_to else None,
    )
    if isinstance(answer, Unchanged):
        # Another place than the last time may say so of what it never gave us: read it next time.
        return visit if settled else replace(visit, etag=None, last_modified=None)
    return replace(
        visit,
        etag=answer.etag,
        last_modified=answer.last_modified,
        body_hash=body_hash(answer),
    )


def cleared(visit: Visit, now: datetime) -> Visit:
    """Return the visit after a look that went well: no failures, asked again at any time.

    Validators, hash and entries stay as they were.
    """
    return replace(
        visit,
        checked_at=now,
        succeeded_at=now,
        failures=0,
        failing_since=None,
        error=None,
        next_try=None,
        gone=False,
    )


def body_hash(document: Document) -> str:
    """Return 64 hexadecimal digits that stand for a document's bytes (SHA-256)."""
    return hashlib.sha256(document.content).hexdigest()


def due(
    feeds: Sequence[tuple[Feed, Visit]], now: datetime, *, retry: bool
) -> tuple[list[tuple[Feed, Visit]], list[tuple[Feed, Visit]]]:
    """Return those to be asked now, as they are to be asked, and those that wait.

    With *retry* none waits. Those that were not read for longest come first: where the time does
    not suffice for all, it is not always the same ones that are left over.
    """
    asked: list[tuple[Feed, Visit]] = []
    waiting: list[tuple[Feed, Visit]] = []
    for feed, visit in feeds:
        if is_waiting(visit, now) and not retry:
            waiting.append((feed, visit))
        else:
            asked.append((feed, asked_as(visit, now)))
    asked.sort(key=lambda pair: pair[1].succeeded_at or _NEVER)
    return asked, waiting


def _wait(url: str, failures: int, error: Exception, *, gone: bool) -> timedelta | None:
    if isinstance(error, FetchError) and error.retry_after_s is not None:
        return timedelta(seconds=error.retry_after_s)
    if gone:
        return _varied(_GONE_WAIT, url, failures)
    if failures <= _PATIENCE:
        return None
    doublings = min(failures - _PATIENCE - 1, 10)
    return _varied(min(_FIRST_WAIT * 2**doublings, _LONGEST_WAIT), url, failures)


def _varied(wait: timedelta, url: str, failures: int) -> timedelta:
    """Return *wait* up to a fifth shorter or longer; the same for the same feed and failure."""
    drawn = hashlib.sha256(f"{failures} {url}".encode("utf-8", "surrogatepass")).digest()[:4]
    share = int.from_bytes(drawn) / 2**32
    return wait * (1 + _JITTER * (2 * share - 1))
