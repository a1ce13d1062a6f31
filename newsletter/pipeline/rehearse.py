"""Rehearse: composes the coming issue from what the store holds, and leaves no trace."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from newsletter.model import Edit, Embedding, Frequencies, Issue, Reading
from newsletter.pipeline.choosing import keeping
from newsletter.pipeline.compose import Sources, compose
from newsletter.pipeline.edited import as_edited, named_by
from newsletter.pipeline.material import Brief
from newsletter.pipeline.stopwatch import Stopwatch
from newsletter.pipeline.window import Window
from newsletter.ports import Embeddings, Paragraphs, Words
from newsletter.text.paragraphs import ParagraphHashes


def rehearse(
    window: Window,
    brief: Brief,
    now: datetime,
    sources: Sources,
    edits: Sequence[Edit] = (),
) -> Issue:
    """Return the issue of *window* as a build would make it now with *edits*, without the network.

    Nothing is asked and nothing remembered: a build after it makes what it would have made.

    Raises:
        IssueError: there is not one article to make it of.
    """
    unsaved = replace(
        sources,
        words=UnsavedWords(sources.words),
        paragraphs=UnsavedParagraphs(sources.paragraphs),
        full_text=None,
        desk=None,
    )
    composed = compose(
        window,
        brief,
        now,
        unsaved,
        Stopwatch(),
        named=named_by(edits),
        choosing=keeping(edits),
    )
    return as_edited(composed.base, edits, min_stories=brief.min_stories).issue


class UnsavedWords:
    """The store's memory of words, which forgets what it is told."""

    def __init__(self, memory: Words) -> None:
        self._memory = memory

    def readings(self, since: datetime | None, until: datetime) -> Mapping[str, Reading]:
        """Return what the store holds."""
        return self._memory.readings(since, until)

    def save_readings(self, found: Iterable[Reading]) -> None:
        """Save nothing."""

    def history(self) -> Frequencies:
        """Return what the store holds."""
        return self._memory.history()

    def close_week(self, known: Frequencies, *, before: datetime) -> None:
        """Close nothing."""


class UnsavedParagraphs:
    """The store's memory of paragraphs; what it is told it knows until it is let go of."""

    def __init__(self, memory: Paragraphs) -> None:
        self._memory = memory
        self._told: dict[str, ParagraphHashes] = {}

    def paragraphs(self, outlets: Collection[str]) -> Mapping[str, tuple[ParagraphHashes, ...]]:
        """Return what the store holds, and in place of it what was told since."""
        found = {
            outlet: tuple(row for row in rows if row.article_id not in self._told)
            for outlet, rows in self._memory.paragraphs(outlets).items()
        }
        for row in self._told.values():
            if row.outlet in outlets:
                found[row.outlet] = (*found.get(row.outlet, ()), row)
        return found

    def paragraph_digests(self) -> Mapping[str, str]:
        """Return those of the store, and in place of them those that were told since."""
        told = {id_: row.digest for id_, row in self._told.items()}
        return {**self._memory.paragraph_digests(), **told}

    def save_paragraphs(self, found: Iterable[ParagraphHashes]) -> None:
        """Know *found*; save nothing."""
        self._told.update({row.article_id: row for row in found})


class UnsavedEmbeddings:
    """The store's memory of vectors, which forgets what it is told."""

    def __init__(self, memory: Embeddings) -> None:
        self._memory = memory

    def embeddings(
        self, since: datetime | None, until: datetime, *, model: str
    ) -> Mapping[str, Embedding]:
        """Return what the store holds."""
        return self._memory.embeddings(since, until, model=model)

    def save_embeddings(self, found: Iterable[Embedding]) -> None:
        """Save nothing."""
