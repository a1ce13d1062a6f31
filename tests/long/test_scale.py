"""A week of many thousand articles: what one costs does not grow with the others."""

import time
from datetime import UTC, datetime

import pytest

from newsletter.model import Article
from newsletter.stories import cluster, read
from newsletter.workspace import word_frequencies

MONDAY = datetime(2026, 3, 9, tzinfo=UTC)
COMMON = (
    "the of and to in a that it for on with as was at by from said had not are but were have this "
    "who they after its will year which been would new people two one out last when some there "
    "could government city report million week three court police minister company state time"
).split()


def article(number: int) -> Article:
    """An article in common words and names that no other article has."""
    told = [
        COMMON[(number * 7 + place * place * 3) % len(COMMON)]
        if place % 3
        else f"name{number}x{place % 40}"
        for place in range(150)
    ]
    return Article(
        id=f"{number:012d}",
        title=" ".join(told[:8]),
        text=" ".join(told),
        source=f"Outlet {number % 50}",
        published=MONDAY,
        first_seen=MONDAY,
    )


def cost_ms(count: int) -> float:
    """CPU milliseconds an article that reading and clustering a week of *count* takes."""
    week = [article(number) for number in range(count)]
    background = word_frequencies(["en"])
    begun = time.process_time()
    stories = cluster(week, background=background, readings={one.id: read(one) for one in week})
    spent = time.process_time() - begun
    assert len(stories) == count
    return 1000 * spent / count


@pytest.mark.parametrize(("smaller", "larger"), [(2_000, 20_000)])
def test_an_article_costs_the_same_in_a_week_ten_times_as_large(smaller: int, larger: int):
    cost_ms(500)  # tables are loaded once

    assert cost_ms(larger) < 1.5 * cost_ms(smaller)
