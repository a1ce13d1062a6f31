"""Puts real things behind the doors that a use case has."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from newsletter import wiring
from newsletter.config import Configuration
from newsletter.pipeline.build import Building
from newsletter.pipeline.gather import Gathering
from newsletter.pipeline.material import Brief
from newsletter.pipeline.window import window_of
from newsletter.store import Store
from newsletter.workspace import read_templates


def gathering(
    configuration: Configuration,
    store: Store,
    now: datetime,
    *,
    offline: bool,
    progress: Callable[[int, int], None],
) -> Gathering:
    """Return the doors of a gather."""
    return Gathering(
        feeds=None if offline else wiring.feeds(configuration),
        seeds=wiring.seeds(configuration),
        workers=wiring.workers(),
        articles=store,
        visits=store,
        now=now,
        language=configuration.settings.language,
        zone=configuration.settings.timezone,
        progress=progress,
    )


def building(
    configuration: Configuration,
    store: Store,
    doors: Gathering,
    *,
    week: str | None,
    output: Path | None,
    announce: Callable[[str], None],
) -> Building:
    """Return the doors and the settled parts of a build.

    Raises:
        IssueError: the week asked for cannot be built.
        TemplateError: the templates cannot be read.
    """
    settings = configuration.settings
    return Building(
        window=window_of(week, settings.weekly, doors.now, store),
        brief=Brief(
            masthead=configuration.masthead,
            feeds=configuration.feeds,
            folders=configuration.seed_folders,
            sections=tuple((section.name, section.stories) for section in settings.sections),
            stories=settings.issue.stories,
            per_source=settings.issue.per_source,
            min_stories=settings.issue.min_stories,
            max_age=settings.issue.max_age,
        ),
        gathering=doors,
        issues=store,
        background=wiring.word_frequencies,
        common_words=wiring.common_words,
        summarise=wiring.summarise,
        templates=read_templates(configuration.workspace),
        output=wiring.output_folder(configuration, output),
        announce=announce,
    )
