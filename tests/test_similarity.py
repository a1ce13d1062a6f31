"""How near articles are: what a large window must not change."""

from datetime import UTC, datetime

import numpy as np
import pytest
from scipy.sparse import csr_array

from newsletter.model import Article
from newsletter.stories.similarity import Window, nearness, pairs
from newsletter.stories.weights import Weighed

COUNT, THIS_WEEK, TERMS = 300, 100, 40
SEEN = datetime(2026, 3, 9, tzinfo=UTC)


@pytest.fixture
def window() -> Window:
    """A hundred articles of this week and twice as many of last month, in the same words."""
    dice = np.random.default_rng(5)
    weights = dice.random((COUNT, TERMS)) * (dice.random((COUNT, TERMS)) < 0.4)
    weights /= np.linalg.norm(weights, axis=1, keepdims=True)
    article = Article(id="any", title="", text="", source="", first_seen=SEEN)
    return Window(
        articles=(article,) * COUNT,
        weighed=Weighed(
            terms=tuple(f"term{n:02}" for n in range(TERMS)),
            weights=csr_array(weights),
            evidence=csr_array(np.where(weights > 0, 1.5, 0.0)),
        ),
        days=np.where(np.arange(COUNT) < THIS_WEEK, 30.0, 0.0),
    )


def test_the_crowd_around_an_article_is_that_of_its_own_days(window: Window):
    rows = np.arange(COUNT)

    found = pairs(window)

    for row in range(0, THIS_WEEK, 10):
        near = nearness(window, np.full(COUNT - 1, row), rows[rows != row])
        crowd = min(np.sort(near)[::-1][20:40].mean(), 0.2)
        assert found.scale[row] == pytest.approx(((crowd + 0.04) / 0.1) ** 0.5, rel=0.01)


def test_each_pair_comes_once_the_smaller_row_first(window: Window):
    found = pairs(window)

    assert (found.rows < found.others).all()
    assert len(set(zip(found.rows.tolist(), found.others.tolist(), strict=True))) == len(found.rows)
    assert (found.near > 0).all()
