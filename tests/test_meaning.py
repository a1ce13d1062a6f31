"""Vectors of articles: made once, kept, and made anew for what has changed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from newsletter.model import Article
from newsletter.pipeline.meaning import vectors_of
from newsletter.pipeline.window import Window
from newsletter.store import Store, open_store

NOW = datetime(2026, 11, 16, 6, tzinfo=UTC)
WINDOW = Window(
    id="2026-W47", publishes_at=NOW, since=None, until=NOW.replace(hour=7), is_coming=True
)


class CountingModel:
    """An embedding model that only sees how long a text is, and remembers what it was asked."""

    def __init__(self, name: str = "fake one") -> None:
        self.name = name
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        angles = np.array([len(text) for text in texts], dtype=np.float32) / 100
        return np.stack([np.cos(angles), np.sin(angles)], axis=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path}/newsletter.db") as opened:
        opened.record([FLOOD, ELECTION])
        yield opened


def article(id_: str, title: str) -> Article:
    return Article(
        id=id_,
        keys=(f"guid {id_}",),
        title=title,
        text="It happened.",
        source="The Ledger",
        first_seen=NOW,
        origins=("https://ledger.example/feed",),
    )


FLOOD = article("a", "Flood in the valley")
ELECTION = article("b", "Election day")


def test_a_model_is_asked_once_for_each_article(store: Store):
    model = CountingModel()
    first = vectors_of([FLOOD, ELECTION], WINDOW, embedder=model, memory=store)

    again = vectors_of([FLOOD, ELECTION], WINDOW, embedder=model, memory=store)

    assert len(model.asked) == 2
    assert {id_: row.tolist() for id_, row in again.items()} == {
        id_: row.tolist() for id_, row in first.items()
    }


def test_an_article_that_has_changed_is_asked_for_again(store: Store):
    model = CountingModel()
    vectors_of([FLOOD, ELECTION], WINDOW, embedder=model, memory=store)

    vectors_of([replace(FLOOD, title="Flood"), ELECTION], WINDOW, embedder=model, memory=store)

    assert model.asked[2:] == ["Flood\nIt happened."]


def test_what_another_model_said_is_not_taken(store: Store):
    vectors_of([FLOOD], WINDOW, embedder=CountingModel(), memory=store)
    other = CountingModel("fake two")

    vectors_of([FLOOD], WINDOW, embedder=other, memory=store)

    assert len(other.asked) == 1
