"""What the store keeps of articles' web pages, and of how often feeds bring something."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

import newsletter.store
from newsletter.model import Article, DateSource, Page, PageVisit, Recorded, Visit
from newsletter.store import Store, open_store

NOW = datetime(2026, 11, 16, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)
TEASER = "It rained …"
FULL = "It rained for nine hours, the port said, and the gates were closed before noon."
PAGE = Page(
    url="https://ledger.example/rain",
    canonical="https://courier.example/rain",
    title="Rain",
    text=FULL,
    author="Anna Berg",
    source="The Courier",
    published=NOW - HOUR,
    language="en-GB",
    image="https://ledger.example/rain.jpg",
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path}/newsletter.db") as opened:
        yield opened


def article(id_: str = "a", **fields: Any) -> Article:
    given = {
        "keys": (f"guid {id_}",),
        "title": "Rain over Velsum",
        "text": TEASER,
        "source": "The Ledger",
        "first_seen": NOW,
        "origins": ("https://ledger.example/feed",),
    }
    return Article(id=id_, **{**given, **fields})


def found(store: Store) -> Article:
    [kept] = store.within(None, NOW + HOUR)
    return kept


def test_an_articles_picture_and_categories_come_back(store: Store):
    whole = article(image="https://ledger.example/a.jpg", categories=("rain, hail", "ports"))

    store.record([whole])

    assert found(store) == replace(whole, keys=())


def test_another_address_of_a_picture_is_no_change_and_the_first_picture_is(store: Store):
    store.record([article()])

    first = store.record([article(image="https://ledger.example/a.jpg?signed=1")])
    again = store.record([article(image="https://ledger.example/a.jpg?signed=2")])

    assert (first.changed, again) == ({"a"}, Recorded())


def test_a_page_visit_comes_back_as_it_was_saved_the_latest_by_article(store: Store):
    store.record([article("a"), article("b"), article("c")])
    failed = PageVisit(article_id="a", at=NOW, error="answers 500")
    read = PageVisit(article_id="a", at=NOW + HOUR, page=PAGE)
    other = PageVisit(article_id="b", at=NOW, error="is empty")

    store.save_pages([])
    store.save_pages([failed, other])
    store.save_pages([failed, read])

    assert store.page_visits(["a", "b", "c", "unknown"]) == {"a": read, "b": other}


def test_an_article_takes_from_its_page_what_its_feed_did_not_say(store: Store):
    store.record([article()])

    store.save_pages([PageVisit(article_id="a", at=NOW, page=PAGE)])

    kept = found(store)
    assert (kept.text, kept.author, kept.image) == (FULL, "Anna Berg", PAGE.image)
    assert (kept.published, kept.date_source) == (NOW - HOUR, DateSource.DOCUMENT)
    assert (kept.title, kept.source) == ("Rain over Velsum", "The Ledger")
    assert kept.page == "https://courier.example/rain"


def test_what_the_feed_said_stays(store: Store):
    said = article(
        text=FULL * 2,
        author="Jo Tamm",
        image="https://ledger.example/own.jpg",
        published=NOW - 2 * HOUR,
        date_source=DateSource.ENTRY,
    )
    store.record([said])

    store.save_pages([PageVisit(article_id="a", at=NOW, page=replace(PAGE, canonical=None))])

    assert found(store) == replace(said, keys=(), page=PAGE.url)


def test_a_page_is_not_published_after_it_was_read(store: Store):
    store.record([article()])
    ahead = replace(PAGE, published=NOW + timedelta(days=900))

    store.save_pages([PageVisit(article_id="a", at=NOW, page=ahead)])

    assert found(store).published == NOW


def test_a_failed_reading_changes_no_article(store: Store):
    store.record([article()])

    store.save_pages([PageVisit(article_id="a", at=NOW, error="answers 404")])

    assert found(store) == replace(article(), keys=())


def test_an_edited_entry_does_not_lose_its_page(store: Store):
    store.record([article()])
    store.save_pages([PageVisit(article_id="a", at=NOW, page=PAGE)])

    store.record([article(text="It hailed …")])

    assert found(store).text == FULL


def test_the_rhythm_of_a_feed_is_told_from_when_its_articles_appeared(store: Store):
    one, other = "https://a.example/feed", "https://b.example/feed"
    store.record(
        [
            article("a", origins=(one,), published=NOW - 5 * HOUR),
            article("b", origins=(one,)),
            article("c", origins=(one, other), published=NOW - 9 * HOUR),
            article("d", origins=(one,), published=NOW - 99 * HOUR),
        ]
    )
    store.record_seeds([article("e", origins=("seeds/e.txt",))], failed=(), now=NOW)

    rhythms = store.rhythms(NOW - 9 * HOUR)

    assert rhythms == {one: (NOW - 9 * HOUR, NOW - 5 * HOUR, NOW), other: (NOW - 9 * HOUR,)}


def test_new_articles_of_several_feeds_are_told_by_their_own_ids(store: Store):
    store.record([article("a", keys=("url 1",))])

    recorded = store.record(
        [
            article("b", keys=("url 1",), origins=("https://b.example/feed",)),
            article("c", keys=("url 2",), origins=("https://b.example/feed",)),
            article("d", keys=("guid 3", "url 2"), origins=("https://c.example/feed",)),
        ]
    )

    assert recorded == Recorded(new=frozenset("c"))


def test_a_visits_entries_and_moves_come_back(store: Store):
    visit = Visit(
        url="https://a.example/feed",
        entries=("0f", "1e"),
        next_try=NOW,
        gone=True,
        moved_to="https://b.example/feed",
        moved_since=NOW - HOUR,
    )

    store.save_visits([visit])

    assert store.visits() == {visit.url: visit}


def test_a_database_of_the_first_version_is_brought_up_to_date_with_what_it_holds(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/newsletter.db"
    _make_first_version(url)

    with open_store(url) as store:
        kept = found(store)
        store.save_pages([PageVisit(article_id="a", at=NOW, page=PAGE)])
        visits = store.visits()

        assert (kept.id, kept.text, kept.categories, kept.image) == ("a", TEASER, (), None)
        assert kept.published == NOW - HOUR
        assert visits == {"u": Visit(url="u", failures=2)}
        assert found(store).text == FULL


def _make_first_version(url: str) -> None:
    config = Config()
    folder = Path(newsletter.store.__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder))
    config.set_main_option("path_separator", "os")
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.exec_driver_sql(
            "INSERT INTO articles (id, title, text, source, named, published, date_source,"
            " first_seen, language, kept_from) VALUES ('a', 'Rain', ?, 'S', 1,"
            " '2026-11-16 05:00:00.000000', 'entry', '2026-11-16 06:00:00.000000', 'en', 'f')",
            (TEASER,),
        )
        connection.exec_driver_sql("INSERT INTO article_origins VALUES ('a', 'f', 0, NULL)")
        connection.exec_driver_sql("INSERT INTO visits (url, failures) VALUES ('u', 2)")
    engine.dispose()
