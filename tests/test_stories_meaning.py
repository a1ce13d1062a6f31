"""Likeness to an embedding model, held against the week's own strangers."""

from datetime import UTC, datetime

import numpy as np

from newsletter.model import Article
from newsletter.stories import cluster
from newsletter.stories.meaning import Meaning

ROWS = np.array([0, 0])
OTHERS = np.array([1, 2])


def crowd(size: int, *, lean: float) -> dict[str, np.ndarray]:
    """Return unit vectors in every direction, all leaning to one: as some models' do."""
    rows = np.random.default_rng(7).normal(size=(size, 32)) + lean
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return {f"{place:03}": row.astype(np.float32) for place, row in enumerate(rows)}


def test_the_same_meaning_is_one_and_a_stranger_nothing():
    vectors = crowd(50, lean=0.0)
    vectors["001"] = vectors["000"]

    same, stranger = Meaning.of(sorted(vectors), vectors).likeness(ROWS, OTHERS)

    assert (round(float(same), 6), stranger) == (1.0, 0.0)


def test_a_model_to_which_all_texts_are_alike_says_no_more_than_another():
    vectors = crowd(50, lean=1.0)
    vectors["001"] = vectors["000"]

    same, stranger = Meaning.of(sorted(vectors), vectors).likeness(ROWS, OTHERS)

    assert vectors["000"] @ vectors["002"] > 0.4
    assert (round(float(same), 6), stranger) == (1.0, 0.0)


def test_an_article_without_a_vector_is_like_no_other():
    vectors = crowd(50, lean=0.0)
    ids = sorted(vectors)
    del vectors["000"]

    assert Meaning.of(ids, vectors).likeness(ROWS, OTHERS).tolist() == [0.0, 0.0]


def test_what_the_words_leave_open_one_meaning_decides():
    titles = (
        "Ferry burns off Velsum, forty saved",
        "Ship fire near Velsum: all aboard are safe",
        *(f"Council {place} votes on budget {place}" for place in range(40)),
    )
    articles = [
        Article(
            id=f"{place:03}",
            title=title,
            text="",
            source=f"Outlet {place}",
            first_seen=datetime(2026, 11, 16, tzinfo=UTC),
        )
        for place, title in enumerate(titles)
    ]
    vectors = crowd(len(articles), lean=0.0)
    vectors["001"] = vectors["000"]

    by_words, by_both = (
        {story.id: len(story.articles) for story in cluster(articles, background={}, vectors=told)}
        for told in (None, vectors)
    )

    assert (by_words["000"], by_both["000"]) == (1, 2)
