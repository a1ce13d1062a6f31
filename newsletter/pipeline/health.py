"""Health: which feeds live, which fail, which have fallen silent, and since when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Literal

from newsletter.model import Feed, Visit
from newsletter.pipeline.visiting import has_moved

RHYTHM_SPAN = timedelta(days=365)  # how far back a feed's own rhythm is looked for
FAILING_LONG = timedelta(days=7)  # shorter failures mend themselves, or are told of at the gather
_SILENT_FROM = timedelta(days=14)  # a daily feed may take a holiday
_RHYTHM_FROM = 5  # articles: fewer have no rhythm
_FAR_LONGER = 4.0  # times the usual gap between two articles …
_LONGER = 1.5  # … and than the longest there was
_WEEKS = 8  # that articles are counted over
_NEWEST = 10  # articles whose ages are told


FeedStatus = Literal["ok", "new", "failing", "gone", "moved", "silent", "disabled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a feed is.

    `status` is ok, new (never asked), failing, gone (410), moved (for good), silent (for far longer
    than its own rhythm) or disabled; `note` says more in words. `articles_a_week` is the mean over
    eight weeks, or since the feed's first article if that is later; `median_age` is that of its ten
    newest articles. `wants_eye` is true where the editor should do something.
    """

    feed: Feed
    status: FeedStatus
    note: str = ""
    last_success: datetime | None = None
    failures: int = 0
    failing_since: datetime | None = None
    articles_a_week: float | None = None
    median_age: timedelta | None = None
    next_try: datetime | None = None
    moved_to: str | None = None
    wants_eye: bool = False


def health(
    feeds: Sequence[Feed],
    visits: Mapping[str, Visit],
    rhythms: Mapping[str, tuple[datetime, ...]],
    now: datetime,
) -> tuple[Health, ...]:
    """Return how each of *feeds* is, in their order.

    *rhythms* holds, by feed URL, when its articles of the last `RHYTHM_SPAN` appeared.
    """
    return tuple(
        _health(feed, visits.get(feed.url), rhythms.get(feed.url, ()), now) for feed in feeds
    )


def _health(
    feed: Feed, visit: Visit | None, appeared: tuple[datetime, ...], now: datetime
) -> Health:
    past = tuple(sorted(moment for moment in appeared if moment <= now))
    status, note, wants_eye = _judged(feed, visit, past, now)
    visit = visit or Visit(url=feed.url)
    return Health(
        feed=feed,
        status=status,
        note=note,
        last_success=visit.succeeded_at,
        failures=visit.failures,
        failing_since=visit.failing_since,
        articles_a_week=_a_week(past, now),
        median_age=_median([now - moment for moment in past[-_NEWEST:]]) if past else None,
        next_try=visit.next_try if feed.enabled else None,
        moved_to=visit.moved_to,
        wants_eye=wants_eye,
    )


def _judged(
    feed: Feed, visit: Visit | None, appeared: tuple[datetime, ...], now: datetime
) -> tuple[FeedStatus, str, bool]:
    """Return the status, what there is to say, and whether the editor should hear it."""
    if not feed.enabled:
        return "disabled", "", False
    if visit is None or visit.checked_at is None:
        return "new", "not asked yet", False
    if visit.failures:
        if visit.gone:
            return "gone", visit.error or "", True
        since = visit.failing_since or now
        return "failing", visit.error or "", now - since >= FAILING_LONG
    if visit.moved_to:
        return "moved", f"has moved for good to {visit.moved_to}", has_moved(visit, now)
    silence = _silence(appeared, now)
    if silence:
        return "silent", silence, True
    return "ok", "", False


def _silence(appeared: tuple[datetime, ...], now: datetime) -> str:
    """Return for how long a feed has been silent against its rhythm, "" if not for long."""
    if len(appeared) < _RHYTHM_FROM:
        return ""
    gaps = [later - earlier for earlier, later in pairwise(appeared)]
    usual, longest, quiet = _median(gaps), max(gaps), now - appeared[-1]
    if quiet < max(_SILENT_FROM, _FAR_LONGER * usual, _LONGER * longest):
        return ""
    return f"nothing new for {quiet.days} days; {_every(usual)} before that"


def _every(gap: timedelta) -> str:
    days = gap / timedelta(days=1)
    if days < 1.5:
        return "an article a day or more"
    return f"an article every {days:.0f} days"


def _a_week(appeared: tuple[datetime, ...], now: datetime) -> float | None:
    if not appeared:
        return None
    week = timedelta(weeks=1)
    span = min(_WEEKS * week, max(now - appeared[0], week))
    return round(sum(moment >= now - span for moment in appeared) / (span / week), 1)


def _median(spans: Sequence[timedelta]) -> timedelta:
    return timedelta(seconds=median(span.total_seconds() for span in spans))
