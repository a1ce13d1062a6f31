"""What a week costs per article is bounded: counted here, timed by `tests/bench/scale.py`."""

from functools import cache

import numpy as np
from bench.affair import Press
from bench.scale import common_words, made_up

from newsletter.model import Article
from newsletter.stories import cluster
from newsletter.stories.counting import count
from newsletter.stories.reading import readings_of
from newsletter.stories.similarity import (
    BUDGET,
    CANDIDATES,
    Window,
    candidates,
    pairs,
    proposing,
    scores,
)
from newsletter.stories.weights import HEAVIEST, weigh
from newsletter.workspace import word_frequencies

BACKGROUND = word_frequencies(["en"])
SEED, PATTERNS = 11, 40
LARGE = 1_000


@cache
def week(size: int) -> tuple[Article, ...]:
    """Made-up articles that resemble none of each other: the same ones in every run."""
    press = Press.of(SEED, BACKGROUND["en"])
    desk = press.topics[:60]
    told = [
        press.article(str(n), {press.event(desk): 0.7}, day=0.0, outlet=n) for n in range(PATTERNS)
    ]
    rows = [{"title": one.title, "text": one.text, "lang": "en"} for one in told]
    return tuple(made_up(rows, common_words(rows, 0.03), size))


@cache
def window(size: int) -> Window:
    articles = week(size)
    readings = readings_of(articles, {})
    return Window.of(articles, weigh(count(articles, readings), BACKGROUND), use_dates=True)


def test_no_story_eats_the_week():
    stories = cluster(week(LARGE), background=BACKGROUND)

    assert len(stories) > 0.95 * LARGE
    assert max(len(story.articles) for story in stories) <= 3


def test_an_article_is_compared_with_no_more_than_its_candidates():
    for _, (rows, others) in candidates(window(LARGE)):
        assert np.bincount(rows).max() <= CANDIDATES
        assert (rows != others).all()


def test_finding_candidates_costs_no_article_more_than_its_budget():
    weights = window(LARGE).weighed.weights
    held = np.bincount(weights.indices, minlength=weights.shape[1])

    proposed = proposing(weights)

    assert 0 < len(proposed) < weights.shape[1]  # this week is large enough to need a bound
    assert (held[proposed].astype(np.int64) ** 2).sum() <= BUDGET * LARGE


def test_what_is_kept_of_an_article_does_not_grow_with_the_week():
    weighed = window(LARGE).weighed

    found = pairs(window(LARGE))

    assert np.diff(weighed.weights.indptr).max() <= HEAVIEST
    assert len(found.rows) <= CANDIDATES * LARGE
    assert scores(found).nnz <= 2 * CANDIDATES * LARGE
