"""Puts real things behind the doors of a gather, and of the adopting before it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter import wiring
from newsletter.cli.options import Talk
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


def adopt(
    configuration: Configuration,
    store: Store,
    now: datetime,
    talk: Talk,
    *,
    output: Path | None = None,
    which: str = "which the database did not know",
) -> tuple[str, ...]:
    """Take as published what came out and *store* does not know; return the weeks' ids.

    What gathers or builds does so first: what a lost database held would come twice. Each week is
    said on stderr, with *which* about it.
    """
    from newsletter.pipeline.adopting import adopt_published

    settings = configuration.settings
    folder = wiring.output_folder(configuration, output)
    taken = adopt_published(
        store,
        folder,
        settings.weekly,
        now,
        common_words=wiring.common_words,
        min_stories=settings.issue.min_stories,
        is_reviewed=settings.schedule.review is not None,
    )
    for week in () if talk.quiet else taken:
        click.echo(f"{week}, {which}, is taken from {folder.root.name}/", err=True)
    return taken


def feeds_health(configuration: Configuration, store: Store, now: datetime) -> tuple[Health, ...]:
    """Return how each feed of feeds.yaml is, from what the store remembers."""
    rhythms = store.rhythms(now - RHYTHM_SPAN)
    return health(configuration.feeds, store.visits(), rhythms, now)
