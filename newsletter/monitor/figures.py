"""The daemon's figures as Prometheus reads them."""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from newsletter.errors import NewsletterError

log = logging.getLogger(__name__)

FRESH_S = 10.0  # for so long the store is not asked again
_SECONDS = (0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the store and the schedule say at one moment.

    `claims` holds, by job and period, for how many seconds its owner has given no sign of life.
    """

    next_instant: datetime | None = None
    last_published: datetime | None = None
    articles: int = 0
    feeds: int = 0
    failing_feeds: int = 0
    notices: Mapping[str, int] = field(default_factory=dict)
    claims: Mapping[tuple[str, str], float] = field(default_factory=dict)


class Figures:
    """Counts what the daemon does, and asks *read* for the rest when somebody wants to know it."""

    def __init__(
        self, read: Callable[[], Facts], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._registry = CollectorRegistry()
        self._ticks = Counter(
            "newsletter_ticks",
            "Ticks that have ended, by outcome.",
            ["outcome"],
            registry=self._registry,
        )
        self._runs = Counter(
            "newsletter_runs",
            "Jobs of the weekly run that have ended here, by job and state.",
            ["job", "state"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "newsletter_run_seconds",
            "How long the jobs of the weekly run took here.",
            ["job"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._told = Counter(
            "newsletter_notices_told",
            "Messages about the run that were sent here, by outcome.",
            ["state"],
            registry=self._registry,
        )
        for outcome in ("ok", "failed"):
            self._ticks.labels(outcome)
        self._registry.register(_FromStore(read, clock))

    def ticked(self, *, failed: bool = False) -> None:
        """Count a tick."""
        self._ticks.labels("failed" if failed else "ok").inc()

    def ran(self, job: str, state: str) -> None:
        """Count a job that has ended."""
        self._runs.labels(job, state).inc()

    def took(self, job: str, seconds: float) -> None:
        """Note how long a job took."""
        self._seconds.labels(job).observe(seconds)

    def told(self, state: str) -> None:
        """Count a message that was sent, or was not."""
        self._told.labels(state).inc()

    def page(self) -> bytes:
        """Return all figures in Prometheus' text format, 0.0.4."""
        return generate_latest(self._registry)


class _FromStore(Collector):
    """What is read when it is asked for, at most every few seconds."""

    def __init__(self, read: Callable[[], Facts], clock: Callable[[], float]) -> None:
        self._read = read
        self._clock = clock
        self._lock = threading.Lock()
        self._known: tuple[float, Facts | None] | None = None

    def describe(self) -> Iterable[Metric]:
        """Return nothing: what is described is not read when the collector is registered."""
        return ()

    def collect(self) -> Iterable[Metric]:
        """Yield the figures of the store, without most of them where it cannot be read."""
        facts = self._facts()
        yield _gauge("newsletter_store_up", "1 if the database can be read.", float(bool(facts)))
        if facts is None:
            return
        for name, text, moment in (
            ("next_instant", "When the next issue is to be published.", facts.next_instant),
            ("last_published", "When the last issue was published.", facts.last_published),
        ):
            if moment:
                yield _gauge(f"newsletter_{name}_timestamp_seconds", text, moment.timestamp())
        yield _gauge(
            "newsletter_articles",
            "Articles that the feeds of feeds.yaml brought in the last 365 days.",
            facts.articles,
        )
        yield _gauge("newsletter_feeds", "Feeds that are asked.", facts.feeds)
        yield _gauge(
            "newsletter_feeds_failing", "Feeds whose last visit failed.", facts.failing_feeds
        )
        notices = GaugeMetricFamily(
            "newsletter_notices", "The last messages about the run, by state.", labels=["state"]
        )
        for state in ("pending", "sending", "sent", "failed", "unsure"):
            notices.add_metric([state], facts.notices.get(state, 0))
        yield notices
        claims = GaugeMetricFamily(
            "newsletter_claim_age_seconds",
            "Seconds since the last sign of life of whoever does a job.",
            labels=["job", "period"],
        )
        for (job, period), age_s in sorted(facts.claims.items()):
            claims.add_metric([job, period], age_s)
        yield claims

    def _facts(self) -> Facts | None:
        with self._lock:
            now = self._clock()
            if self._known is None or now - self._known[0] >= FRESH_S:
                try:
                    self._known = now, self._read()
                except NewsletterError as error:
                    log.warning("figures of the store could not be read reason=%s", error)
                    self._known = now, None
            return self._known[1]


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value=value)
