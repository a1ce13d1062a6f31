"""What the daemon tells of itself: its log, its health and its figures."""

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from newsletter import weeks
from newsletter.cli.weekly import Weekly
from newsletter.errors import ServeError
from newsletter.model import Claim
from newsletter.monitor import Facts, Figures, Pulse, monitoring
from newsletter.pipeline.running import Tick

if TYPE_CHECKING:
    from newsletter.config import Configuration
    from newsletter.pipeline.running import Did
    from newsletter.store import Store

log = logging.getLogger("newsletter.run")

_NOTICES = 500
_RUNS = 50


class Watch:
    """Ticks of the weekly run that are logged, counted and felt by the pulse."""

    def __init__(self, weekly: Weekly, pulse: Pulse, figures: Figures) -> None:
        self._weekly = weekly
        self._pulse = pulse
        self._figures = figures

    def __call__(self, now: datetime) -> Tick:
        """Do what is due at *now* and tell it."""
        found = self._weekly.tick(now, self._working)
        for one in found.did:
            self._figures.ran(one.job, one.state)
            log_done(one)
        for message in self._weekly.tell(now):
            self._figures.told(message.state)
            if message.state == "sent":  # failures are logged where they are met
                log.info("%s", message.text)
        self._figures.ticked()
        self._pulse.ticked(now, found.next_at)
        return found

    def failed(self, error: Exception) -> None:
        """Count a tick that failed with *error*."""
        self._figures.ticked(failed=True)
        self._pulse.failed(error)

    @contextmanager
    def _working(self, claim: Claim) -> Iterator[None]:
        began = time.monotonic()
        try:
            with self._pulse.working(f"{claim.job} {claim.period}"):
                yield
        finally:
            self._figures.took(claim.job, time.monotonic() - began)


@contextmanager
def watched(weekly: Weekly, clock: Callable[[], datetime]) -> "Iterator[tuple[Watch, str | None]]":
    """Yield ticks that are watched, and where they can be, None if feeds.yaml names no monitor.

    Where its port cannot be had, that is logged as an error: issues go out all the same.
    """
    pulse = Pulse()
    figures = Figures(lambda: facts_of(weekly.configuration, weekly.store, clock(), weekly.wall()))
    watch = Watch(weekly, pulse, figures)
    wanted = weekly.configuration.settings.monitor
    if wanted is None:
        yield watch, None
        return
    with ExitStack() as stack:
        url = None
        try:
            url = stack.enter_context(
                monitoring(wanted.host, wanted.port, health=pulse.health, metrics=figures.page)
            )
        except ServeError as error:
            log.log(logging.ERROR, "nobody can look in: %s", error)
        yield watch, url


def facts_of(
    configuration: "Configuration", store: "Store", now: datetime, wall: datetime
) -> Facts:
    """Return what the figures say of the store at *now*.

    Raises:
        StoreError: it cannot be read.
    """
    from newsletter.pipeline.health import RHYTHM_SPAN, health

    weekly = configuration.settings.weekly
    rhythms, visits = store.rhythms(now - RHYTHM_SPAN), store.visits()
    feeds = health(configuration.feeds, visits, rhythms, now)
    published = [since for state, since in store.week_states().values() if state == "published"]
    return Facts(
        next_instant=weeks.instant(weekly, weeks.coming(weekly, now)),
        last_published=max(published, default=None),
        articles=sum(len(moments) for moments in rhythms.values()),
        feeds=sum(feed.enabled for feed in configuration.feeds),
        failing_feeds=sum(one.status in ("failing", "gone") for one in feeds),
        notices=Counter(notice.state for notice in store.notices(most=_NOTICES)),
        claims={
            (run.job, run.period): max(timedelta(), wall - run.beat_at).total_seconds()
            for run in store.runs(_RUNS)
            if run.state == "running"
        },
    )


def log_done(one: "Did") -> None:
    """Log what was done, and what was missed; a failure is logged where it was met."""
    if one.state in ("waiting", "failed"):
        return
    log.log(
        logging.ERROR if one.state == "missed" else logging.INFO,
        "%s %s: %s: %s",
        one.job,
        one.period,
        one.state,
        one.text,
        extra={"job": one.job, "period": one.period, "state": one.state, "text": one.text},
    )
