"""Puts real things behind the doors that a build has."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from newsletter import wiring
from newsletter.cli.assembly_press import press_of
from newsletter.config import Configuration
from newsletter.pipeline.build import Building
from newsletter.pipeline.gather import Gathering
from newsletter.pipeline.material import Brief
from newsletter.pipeline.meaning import vectors_of
from newsletter.pipeline.window import window_of
from newsletter.pipeline.writing import WritingDesk
from newsletter.store import Store


def building(
    configuration: Configuration,
    store: Store,
    doors: Gathering,
    *,
    week: str | None,
    output: Path | None,
    discard: bool,
    announce: Callable[[str], None],
) -> Building:
    """Return the doors and the settled parts of a build.

    Raises:
        ConfigError: the embedding model or the language model cannot be had.
        IssueError: the week asked for cannot be built.
        TemplateError: the templates cannot be read.
    """
    settings = configuration.settings
    embedder = wiring.embedder(configuration)
    return Building(
        window=window_of(week, settings.weekly, doors.now, store),
        brief=brief_of(configuration),
        gathering=doors,
        issues=store,
        words=store,
        paragraphs=store,
        decisions=store,
        background=wiring.word_frequencies,
        common_words=wiring.common_words,
        summarise=wiring.summariser(),
        press=press_of(configuration, store, doors.now, output=output),
        pages=wiring.pages(configuration) if doors.feeds else None,
        pictures=wiring.pictures(configuration) if doors.feeds else None,
        page_visits=store,
        vectors=partial(vectors_of, embedder=embedder, memory=store) if embedder else None,
        desk=writing_desk(configuration, store, doors.now),
        discard=discard,
        announce=announce,
    )


def writing_desk(configuration: Configuration, store: Store, now: datetime) -> WritingDesk | None:
    """Return who else writes summaries, None where nobody does."""
    writer = wiring.writer(configuration)
    if writer is None:
        return None
    limits = configuration.settings.summaries
    return WritingDesk(
        writer=writer,
        answers=store,
        now=now,
        concurrency=limits.concurrency,
        budget=limits.budget,
    )


def brief_of(configuration: Configuration) -> Brief:
    """Return what the editor asked of every issue."""
    settings = configuration.settings
    return Brief(
        masthead=configuration.masthead,
        feeds=configuration.feeds,
        folders=configuration.seed_folders,
        sections=tuple((section.name, section.stories) for section in settings.sections),
        stories=settings.issue.stories,
        per_source=settings.issue.per_source,
        min_stories=settings.issue.min_stories,
        max_age=settings.issue.max_age,
        min_score=settings.issue.min_score,
        full=settings.summaries.full,
        sentence_case=settings.summaries.headlines == "sentence",
        layout=configuration.layout,
        intro=settings.intro,
        closing=settings.closing,
        sponsor=configuration.sponsor,
    )
