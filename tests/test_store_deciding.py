"""What the store remembers of words, of the weeks before, and of the editor's decisions."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsletter.model import Article, Built, Decision, Frequencies, Reading, Status
from newsletter.store import Store, open_store

NOW = datetime(2026, 11, 16, 6, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path}/newsletter.db") as opened:
        opened.record([article(id_) for id_ in ("a", "b", "c")])
        yield opened


def article(id_: str, seen: datetime = NOW) -> Article:
    return Article(
        id=id_,
        keys=(f"guid {id_}",),
        title=f"Rain over {id_}",
        text="It rained.",
        source="The Ledger",
        first_seen=seen,
        origins=("https://ledger.example/feed",),
    )


def reading(id_: str, digest: str = "first") -> Reading:
    return Reading(
        article_id=id_,
        digest=digest,
        title=f"rain {id_}",
        words="it rain",
        shingles=b"\x01\x00\x00\x00",
    )


def decision(first: str, second: str, kind: str = "together", hours: int = 0) -> Decision:
    at = NOW + timedelta(hours=hours)
    return Decision(kind=kind, article_id=first, other_id=second, at=at)  # type: ignore[arg-type]


def test_a_reading_comes_back_as_it_was_kept_the_last_in_place_of_the_first(store: Store):
    store.save_readings([reading("a"), reading("b")])

    store.save_readings([reading("a", "second")])

    assert store.readings(None, NOW + WEEK) == {"a": reading("a", "second"), "b": reading("b")}


def test_readings_are_those_of_the_window(store: Store):
    store.record([article("late", NOW + WEEK)])
    store.save_readings([reading("a"), reading("late")])

    assert set(store.readings(NOW + WEEK, NOW + 2 * WEEK)) == {"late"}


def test_a_closed_week_leaves_its_frequencies_and_lets_go_of_its_readings(store: Store):
    known = Frequencies(articles={"en": 2.5}, held={"en": {"rain": 1.5}})
    store.record([article("late", NOW + WEEK)])
    store.save_readings([reading("a"), reading("late")])

    store.close_week(known, before=NOW + WEEK)

    assert store.history() == known
    assert set(store.readings(None, NOW + 2 * WEEK)) == {"late"}


def test_the_last_word_on_a_pair_holds_whichever_of_the_two_is_named_first(store: Store):
    store.decide([decision("a", "b")])

    store.decide([decision("b", "a", "apart", hours=1)])

    assert store.decisions() == (decision("a", "b", "apart", hours=1),)


def test_decisions_come_in_the_order_in_which_they_were_made(store: Store):
    store.decide([decision("a", "b", hours=2)])
    store.decide([decision("b", "c", hours=1)])

    assert [one.other_id for one in store.decisions()] == ["c", "b"]


def test_a_decision_can_be_taken_back(store: Store):
    store.decide([decision("a", "b")])

    store.decide([], revoked=store.decisions())

    assert store.decisions() == ()


def test_an_article_is_found_by_its_id_whenever_it_was_seen(store: Store):
    store.record([article("late", NOW + 9 * WEEK)])

    found = store.by_id(["late", "a", "nobody"])

    assert {id_: one.title for id_, one in found.items()} == {
        "a": "Rain over a",
        "late": "Rain over late",
    }


def test_the_latest_of_the_published_issues_come_first_drafts_do_not(store: Store):
    for week, status in ((44, "published"), (45, "published"), (46, "published"), (47, "ready")):
        store.save_issue(
            Built(
                id=f"2026-W{week}",
                status=Status(status),
                since=None,
                until=NOW + week * WEEK,
                content="{}",
                report="[]",
            )
        )

    assert [built.id for built in store.published(2)] == ["2026-W46", "2026-W45"]
