"""What the store keeps of language models' answers."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsletter.store import open_store
from newsletter.store.store import Store

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path}/newsletter.db") as opened:
        yield opened


def save(store: Store, key: str, content: str, at: datetime = NOW) -> None:
    store.save_answer(key, model="tiny", content=content, tokens_in=812, tokens_out=64, made_at=at)


def test_an_answer_is_kept_with_what_it_took(store: Store):
    save(store, "a" * 64, "桥已关闭。[1] 🌉")

    assert store.answer("a" * 64) == ("桥已关闭。[1] 🌉", 812, 64)


def test_what_was_never_asked_has_no_answer(store: Store):
    save(store, "a" * 64, "The bridge is shut. [1]")

    assert store.answer("b" * 64) is None


def test_the_last_answer_to_a_question_counts(store: Store):
    save(store, "a" * 64, "The bridge is shut. [1]")
    save(store, "a" * 64, "The bridge is open. [1]")

    assert store.answer("a" * 64) == ("The bridge is open. [1]", 812, 64)


def test_an_answer_is_let_go_after_ninety_days(store: Store):
    save(store, "a" * 64, "Old. [1]", NOW - timedelta(days=91))
    save(store, "b" * 64, "Less old. [1]", NOW - timedelta(days=89))

    save(store, "c" * 64, "New. [1]")

    assert [bool(store.answer(key * 64)) for key in "abc"] == [False, True, True]
