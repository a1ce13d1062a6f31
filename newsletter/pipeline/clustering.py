"""Clustering: the articles of a window become stories, by their words and the editor's word."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from newsletter.model import Article, Story
from newsletter.pipeline.window import Window
from newsletter.ports import Decisions, Words
from newsletter.stories import cluster
from newsletter.text.words import base_language

Background = Callable[[Iterable[str]], Mapping[str, Mapping[str, float]]]


def stories_of(
    held: Sequence[Article],
    window: Window,
    *,
    background: Background,
    words: Words,
    decisions: Decisions,
) -> tuple[Story, ...]:
    """Return the stories that *held*, the articles of *window*, tell."""
    del window, words, decisions
    languages = sorted({base_language(article.language) for article in held})
    return cluster(held, background=background(languages))
