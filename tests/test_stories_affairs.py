"""Large stories: an affair that goes on for days is one story, and draws nothing else in."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from bench.affair import AFFAIR, HARD, USUAL, outcome, week
from scipy.sparse import csr_array

from newsletter.model import Article
from newsletter.stories.affairs import joined
from newsletter.stories.linkage import Families
from newsletter.stories.similarity import Window
from newsletter.stories.weights import Weighed
from newsletter.workspace import word_frequencies

BACKGROUND = word_frequencies(["en"])
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
FIRST, SECOND = (0, 1, 2, 3), (4, 5, 6, 7)


def window(*days: float | None, outlets: int = 99) -> Window:
    """Articles of those days, by so many outlets in turn."""
    articles = [
        Article(
            id=f"{place:02}",
            title="",
            text="",
            source=f"{place % outlets}.example",
            published=None if day is None else MONDAY + timedelta(days=day),
            first_seen=MONDAY,
        )
        for place, day in enumerate(days)
    ]
    nothing = csr_array((len(days), 0))
    return Window.of(articles, Weighed(terms=(), weights=nothing, evidence=nothing), use_dates=True)


def near(score: float, count: int) -> csr_array:
    """Articles that are all so near to one another."""
    return csr_array(np.full((count, count), score) - score * np.eye(count))


@pytest.mark.parametrize(("seed", "shared"), [(1, USUAL), (3, HARD)], ids=["usual", "hard"])
def test_an_affair_of_a_week_is_one_story_or_two(seed: int, shared: tuple[float, float]):
    found = outcome(week(seed, BACKGROUND["en"], shared), BACKGROUND)

    assert found.affair_stories <= 2
    assert (found.strangers, found.false_pairs) == (0, 0)


def test_a_made_up_week_has_one_large_affair():
    stories = Counter(week(1, BACKGROUND["en"]).values())

    assert stories.pop(AFFAIR) == 25
    assert max(stories.values()) <= 4


def test_a_stage_joins_the_one_of_two_days_before():
    days = (1.0,) * 4 + (3.0,) * 4

    assert joined([FIRST, SECOND], near(0.15, 8), window(*days)) == (FIRST + SECOND,)


@pytest.mark.parametrize("later", [1.2, 9.0, None], ids=["next hours", "next week", "no date"])
def test_what_no_days_or_too_many_divide_stays_as_it_was(later: float | None):
    days = (1.0,) * 4 + (later,) * 4

    assert joined([FIRST, SECOND], near(0.15, 8), window(*days)) == (FIRST, SECOND)


def test_what_few_outlets_tell_has_no_stages():
    days = (1.0,) * 4 + (3.0,) * 4

    assert joined([FIRST, SECOND], near(0.15, 8), window(*days, outlets=3)) == (FIRST, SECOND)


def test_stages_chain_from_day_to_day_and_a_large_affair_takes_what_comes_of_it():
    days = np.repeat([1.0, 3.0, 5.0, 7.0], [4, 4, 4, 3])
    stages = [(0, 1, 2, 3), (4, 5, 6, 7), (8, 9, 10, 11), (12, 13, 14)]
    scores = csr_array(np.where(np.abs(days[:, None] - days) <= 2.0, 0.15, 0.0))

    assert joined(stages, scores, window(*days.tolist())) == (tuple(range(15)),)


def test_stages_that_the_editor_parted_stay_apart():
    days = (1.0,) * 4 + (3.0,) * 4
    families = Families(together=[FIRST, SECOND], apart=[(2, 5)])

    found = joined([FIRST, SECOND], near(0.15, 8), window(*days), families)

    assert found == (FIRST, SECOND)
