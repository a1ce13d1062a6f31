"""Puts real things behind the doors that a gather has."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from newsletter import wiring
from newsletter.config import Configuration
from newsletter.pipeline.health import RHYTHM_SPAN, Health, health
from newsletter.store import Store

if TYPE_CHECKING:
    from newsletter.pipeline.gather import Gathering
    from newsletter.workers import ProcessWorkers


def gathering(
    configuration: Configuration,
    store: Store,
    workers: "ProcessWorkers",
    now: datetime,
    *,
    offline: bool,
    retry: bool,
    progress: Callable[[int, int], None],
) -> "Gathering":
    """Return the doors of a gather."""
    from newsletter.pipeline.gather import Gathering

    return Gathering(
        feeds=None if offline else wiring.feeds(configuration),
        seeds=wiring.seeds(configuration),
        workers=workers,
        articles=store,
        visits=store,
        words=store,
        paragraphs=store,
        now=now,
        language=configuration.settings.language,
        zone=configuration.settings.timezone,
        retry=retry,
        progress=progress,
    )


def feeds_health(configuration: Configuration, store: Store, now: datetime) -> tuple[Health, ...]:
    """Return how each feed of feeds.yaml is, from what the store remembers."""
    rhythms = store.rhythms(now - RHYTHM_SPAN)
    return health(configuration.feeds, store.visits(), rhythms, now)
