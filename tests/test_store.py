"""What the store remembers, and what it says when it cannot."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.model import Article, Built, DateSource, Recorded, Status, Visit
from newsletter.store import Store, open_store

NOW = datetime(2026, 11, 16, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path}/newsletter.db") as opened:
        yield opened


def article(id_: str, **fields: Any) -> Article:
    given_ = {
        "keys": (f"guid {id_}",),
        "title": f"Rain over {id_}",
        "text": "It rained.",
        "source": "The Ledger",
        "first_seen": NOW,
        "origins": ("https://ledger.example/feed",),
    }
    return Article(id=id_, **{**given_, **fields})


def seed(id_: str, path: str, **fields: Any) -> Article:
    return article(id_, origins=(path,), **fields)


def issue(week: int, until: datetime, status: Status = Status.PUBLISHED) -> Built:
    return Built(
        id=f"2026-W{week}", status=status, since=None, until=until, content="{}", report="[]"
    )


def all_of(store: Store) -> list[Article]:
    return list(store.within(None, NOW + timedelta(days=365)))


def test_an_article_comes_back_as_it_was_recorded(store: Store):
    whole = article(
        "a",
        url="https://ledger.example/rain",
        author="Anna Berg",
        published=NOW - HOUR,
        date_source=DateSource.ENTRY,
        language="de",
        named=False,
    )

    store.record([whole])

    assert all_of(store) == [Article(**{**fields(whole), "keys": ()})]


def fields(whole: Article) -> dict[str, Any]:
    return {name: getattr(whole, name) for name in Article.__slots__}


def test_an_article_is_new_once_then_changed_when_its_words_change(store: Store):
    later = NOW + HOUR

    first = store.record([article("a")])
    again = store.record([article("a", first_seen=later)])
    edited = store.record([article("a", text="It hailed.", first_seen=later)])
    [kept] = all_of(store)

    assert first == Recorded(new=frozenset("a"))
    assert again == Recorded()
    assert edited == Recorded(changed=frozenset("a"))
    assert (kept.id, kept.text, kept.first_seen) == ("a", "It hailed.", NOW)


@pytest.mark.parametrize(
    "keys", [("guid 1",), ("url u",), ("guid 2", "url u"), ("guid 1", "url v")]
)
def test_an_article_is_found_again_by_any_of_its_keys(store: Store, keys: tuple[str, ...]):
    store.record([article("a", keys=("guid 1", "url u"))])

    recorded = store.record([article("b", keys=keys, text="It hailed.")])

    assert recorded == Recorded(changed=frozenset("a"))
    assert [found.id for found in all_of(store)] == ["a"]


def test_a_key_learnt_later_finds_the_article_too(store: Store):
    store.record([article("a", keys=("guid 1", "url u"))])
    store.record([article("b", keys=("guid 2", "url u"))])

    recorded = store.record([article("c", keys=("guid 2",))])

    assert recorded.new == frozenset()


def test_two_feeds_with_one_page_are_one_article_with_two_origins(store: Store):
    batch = [
        article("a", keys=("guid 1", "url u"), origins=("https://a.example/feed",)),
        article("b", keys=("guid 2", "url u"), origins=("https://b.example/feed",)),
    ]

    recorded = store.record(batch)
    [kept] = all_of(store)

    assert recorded.new == {"a"}
    assert kept.origins == ("https://a.example/feed", "https://b.example/feed")


def test_a_full_text_from_another_feed_replaces_a_teaser(store: Store):
    store.record([article("a", keys=("url u",), text="It rained.")])

    full = article("b", keys=("url u",), text="It rained all day. " * 9, origins=("other",))
    recorded = store.record([full])

    assert recorded.changed == {"a"}
    assert all_of(store)[0].text == full.text


def test_two_teasers_do_not_take_turns(store: Store):
    one = article("a", keys=("url u",), text="It rained.", origins=("one",))
    other = article("b", keys=("url u",), text="It rained hard.", origins=("other",))
    store.record([one, other])

    for _ in range(2):
        assert store.record([one, other]) == Recorded()

    assert all_of(store)[0].text == "It rained."


def test_thousands_of_articles_are_recorded_at_once(store: Store):
    batch = [article(f"{number:05}") for number in range(2_500)]

    assert len(store.record(batch).new) == 2_500
    assert store.record(batch) == Recorded()


def test_two_runs_at_once_record_each_article_once(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/newsletter.db"
    batch = [article(f"{number:04}") for number in range(1_500)]

    with open_store(url):
        pass

    def record(_: int) -> Recorded:
        with open_store(url) as own:
            return own.record(batch)

    with ThreadPoolExecutor(4) as runs:
        recorded = list(runs.map(record, range(8)))

    assert sorted(len(one.new) for one in recorded) == [0] * 7 + [1_500]


def test_a_window_holds_its_first_moment_and_not_its_last(store: Store):
    store.record([article("a"), article("b", first_seen=NOW + HOUR)])

    assert [found.id for found in store.within(NOW, NOW + HOUR)] == ["a"]
    assert [found.id for found in store.within(NOW + HOUR, NOW + 2 * HOUR)] == ["b"]


@settings(max_examples=examples(0.25), deadline=None)
@given(
    st.lists(st.integers(0, 50), min_size=1, max_size=12),
    st.lists(st.integers(1, 50), max_size=5, unique=True),
)
def test_windows_tile_time(seen: list[int], cuts: list[int]):
    bounds = [None, *(NOW + HOUR * cut for cut in sorted(cuts)), NOW + HOUR * 51]

    with open_store("sqlite://") as store:
        store.record(
            article(f"a{number}", first_seen=NOW + HOUR * hours)
            for number, hours in enumerate(seen)
        )
        printed = [
            found.id
            for since, until in pairwise(bounds)
            if until is not None
            for found in store.within(since, until)
        ]

    assert sorted(printed) == sorted(f"a{number}" for number in range(len(seen)))


def test_an_article_is_never_first_seen_before_the_last_cut_off(store: Store):
    store.save_issue(issue(46, NOW))
    store.save_issue(issue(47, NOW + 9 * HOUR, Status.READY))

    store.record([article("a", first_seen=NOW - HOUR)])

    assert [found.id for found in store.within(NOW, NOW + HOUR)] == ["a"]


def test_a_seed_that_is_gone_is_taken_back_and_one_that_returns_is_back(store: Store):
    rain, wind = seed("a", "seeds/rain.txt"), seed("b", "seeds/wind.txt")

    store.record_seeds([rain, wind], failed=(), now=NOW)
    store.record_seeds([rain], failed=(), now=NOW + HOUR)
    left = [found.id for found in all_of(store)]
    recorded = store.record_seeds([rain, wind], failed=(), now=NOW + 2 * HOUR)

    assert left == ["a"]
    assert recorded == Recorded()
    assert [found.id for found in all_of(store)] == ["a", "b"]


def test_what_was_there_until_a_cut_off_belongs_to_its_window(store: Store):
    store.record_seeds([seed("a", "seeds/rain.txt")], failed=(), now=NOW)
    store.record_seeds([], failed=(), now=NOW + HOUR)

    assert [found.id for found in store.within(None, NOW + HOUR)] == ["a"]
    assert store.within(None, NOW + 2 * HOUR) == ()


def test_a_seed_that_was_away_at_the_cut_off_belongs_to_the_next_issue(store: Store):
    store.record_seeds([seed("a", "seeds/a.txt")], failed=(), now=NOW)
    store.record_seeds([], failed=(), now=NOW + HOUR)
    store.save_issue(issue(46, NOW + 2 * HOUR))

    back = seed("a", "seeds/a.txt", first_seen=NOW + 3 * HOUR)
    store.record_seeds([back], failed=(), now=NOW + 3 * HOUR)

    assert [found.id for found in store.within(NOW + 2 * HOUR, NOW + 4 * HOUR)] == ["a"]


def test_a_seed_that_was_printed_does_not_return_with_its_file(store: Store):
    store.record_seeds([seed("a", "seeds/a.txt")], failed=(), now=NOW)
    store.save_issue(issue(46, NOW + HOUR))
    store.record_seeds([], failed=(), now=NOW + 2 * HOUR)

    back = seed("a", "seeds/a.txt", first_seen=NOW + 3 * HOUR)
    store.record_seeds([back], failed=(), now=NOW + 3 * HOUR)

    assert store.within(NOW + HOUR, NOW + 4 * HOUR) == ()


@pytest.mark.parametrize("failed", ["seeds/may/rain.txt", "seeds/may", "seeds"])
def test_a_seed_that_could_not_be_read_stays(store: Store, failed: str):
    store.record_seeds([seed("a", "seeds/may/rain.txt")], failed=(), now=NOW)

    store.record_seeds([], failed={failed}, now=NOW + HOUR)

    assert [found.id for found in all_of(store)] == ["a"]


def test_a_failure_elsewhere_keeps_no_seed(store: Store):
    store.record_seeds([seed("a", "seeds/may/rain.txt")], failed=(), now=NOW)

    store.record_seeds([], failed={"seeds/ma", "seeds/may/rain"}, now=NOW + HOUR)

    assert all_of(store) == []


def test_an_edited_seed_takes_the_place_of_what_it_was(store: Store):
    store.record_seeds([seed("a", "seeds/rain.txt", keys=("text 1",))], failed=(), now=NOW)

    edited = seed("b", "seeds/rain.txt", keys=("text 2",), first_seen=NOW + HOUR)
    store.record_seeds([edited], failed=(), now=NOW + HOUR)

    assert [found.id for found in all_of(store)] == ["b"]


def test_an_article_that_a_feed_carries_outlives_its_seed(store: Store):
    store.record([article("a", keys=("url u",), origins=("https://a.example/feed",))])
    store.record_seeds([seed("b", "seeds/rain.txt", keys=("url u",))], failed=(), now=NOW)

    store.record_seeds([], failed=(), now=NOW + HOUR)

    assert [found.origins for found in all_of(store)] == [("https://a.example/feed",)]


def test_visits_come_back_as_they_were_saved_the_latest_by_url(store: Store):
    url = "https://ledger.example/feed"
    whole = Visit(
        url=url,
        etag='W/"1"',
        last_modified="Sun, 1 Nov 2026 06:00:00 GMT",
        body_hash="f" * 64,
        checked_at=NOW,
        succeeded_at=NOW - HOUR,
        failures=3,
        failing_since=NOW - HOUR,
        error="answers 500",
    )
    other = Visit(url="https://b.example/feed")

    store.save_visits([])
    store.save_visits([Visit(url=url), other])
    store.save_visits([Visit(url=url), whole])

    assert store.visits() == {url: whole, other.url: other}


def test_a_store_without_issues_says_so(store: Store):
    assert store.built("2026-W47") is None
    assert store.latest_built() is None
    assert store.last_published() is None


def test_a_week_built_again_replaces_its_earlier_build(store: Store):
    store.save_issue(issue(47, NOW, Status.DRAFT))
    store.save_issue(issue(47, NOW + HOUR, Status.READY))

    assert store.built("2026-W47") == issue(47, NOW + HOUR, Status.READY)


def test_the_latest_week_and_the_last_published_cut_off_are_told_apart(store: Store):
    store.save_issue(issue(48, NOW + 9 * HOUR, Status.DRAFT))
    store.save_issue(issue(46, NOW + HOUR))
    store.save_issue(issue(45, NOW))

    assert store.latest_built() == issue(48, NOW + 9 * HOUR, Status.DRAFT)
    assert store.last_published() == issue(46, NOW + HOUR)


def test_a_date_that_is_only_that_of_the_visit_does_not_move_an_article_each_time(store: Store):
    def seen(at: datetime, **fields: Any) -> Article:
        return article("a", first_seen=at, published=at, date_source=DateSource.ENTRY, **fields)

    store.record([seen(NOW)])

    again = store.record([seen(NOW + HOUR)])
    edited = store.record([seen(NOW + 2 * HOUR, text="It rained for hours.")])

    assert (again, edited.changed) == (Recorded(), {"a"})
    assert [one.published for one in all_of(store)] == [NOW]
