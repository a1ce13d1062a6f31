"""Clustering: the articles of a window become stories, by their words and the editor's word."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from newsletter.model import Article, Reading, Recorded, Story
from newsletter.pipeline.window import Window
from newsletter.ports import Articles, Decisions, Words
from newsletter.stories import cluster, read, unread
from newsletter.stories.decisions import settle
from newsletter.text.words import base_language

Vectors = Callable[[Sequence[Article], Window], Mapping[str, NDArray[np.float32]]]
Background = Callable[[Iterable[str]], Mapping[str, Mapping[str, float]]]

_BATCH = 1_000  # readings saved in one transaction


def stories_of(
    held: Sequence[Article],
    window: Window,
    *,
    background: Background,
    words: Words,
    decisions: Decisions,
    vectors: Vectors | None = None,
) -> tuple[Story, ...]:
    """Return the stories that *held*, the articles of *window*, tell.

    *vectors* asks an embedding model for what it makes of them. What was not read yet as it stands
    now (its text grew by its page, its language was judged otherwise) is read, and remembered for
    the next build.
    """
    languages = sorted({base_language(article.language) for article in held})
    return cluster(
        held,
        background=background(languages),
        readings=_readings(held, window, words),
        history=words.history(),
        decisions=settle(decisions.decisions()),
        vectors=vectors(held, window) if vectors else None,
    )


def save_readings(recorded: Recorded, articles: Articles, words: Words) -> None:
    """Read what was *recorded* new or changed, so that no build has to."""
    found = articles.by_id(recorded.new | recorded.changed)
    words.save_readings([read(article) for article in found.values()])


def _readings(held: Sequence[Article], window: Window, words: Words) -> Mapping[str, Reading]:
    known = words.readings(window.since, window.until)
    missing = unread(held, known)
    made: dict[str, Reading] = {}
    for start in range(0, len(missing), _BATCH):
        batch = {article.id: read(article) for article in missing[start : start + _BATCH]}
        words.save_readings(batch.values())
        made |= batch
    return {**known, **made}
