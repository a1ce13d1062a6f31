"""What the store remembers of the paragraphs that outlets print."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from newsletter import store as store_room
from newsletter.model import Article, Frequencies
from newsletter.store import Store, open_store
from newsletter.text.paragraphs import ParagraphHashes

NOW = datetime(2026, 11, 16, 6, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path}/newsletter.db") as opened:
        opened.record([article("a"), article("b")])
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


def row(id_: str, outlet: str = "the ledger", hashes: tuple[int, ...] = (1, 2**64 - 1)):
    return ParagraphHashes(article_id=id_, outlet=outlet, digest="d" * 32, hashes=hashes)


def test_paragraphs_come_back_as_they_were_kept_by_outlet(store: Store):
    store.save_paragraphs([row("a"), row("b", "the post", ())])

    found = store.paragraphs({"the ledger", "the post", "nobody"})

    assert found == {"the ledger": (row("a"),), "the post": (row("b", "the post", ()),)}


def test_the_last_that_was_kept_of_an_article_holds(store: Store):
    store.save_paragraphs([row("a")])

    store.save_paragraphs([row("a", hashes=(7,))])

    assert store.paragraphs({"the ledger"}) == {"the ledger": (row("a", hashes=(7,)),)}


def test_the_digests_tell_what_was_read(store: Store):
    store.save_paragraphs([row("a"), row("b")])

    assert store.paragraph_digests() == {"a": "d" * 32, "b": "d" * 32}


def test_a_published_week_lets_go_of_what_is_older_than_four_weeks(store: Store):
    store.record([article("old", NOW - 4 * WEEK), article("young", NOW - 3 * WEEK)])
    store.save_paragraphs([row("old"), row("young"), row("a")])

    store.close_week(Frequencies(), before=NOW + timedelta(hours=1))

    assert set(store.paragraph_digests()) == {"a", "young"}


def test_a_thousand_outlets_can_be_asked_for_at_once(store: Store):
    store.save_paragraphs([row("a")])

    found = store.paragraphs({"the ledger", *(f"paper {number}" for number in range(2_000))})

    assert set(found) == {"the ledger"}


def test_a_database_without_paragraphs_keeps_what_it_holds(tmp_path: Path):
    engine = sa.create_engine(f"sqlite:///{tmp_path}/older.db")
    config = Config()
    config.set_main_option("script_location", str(Path(store_room.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        connection.execute(
            sa.text(
                "INSERT INTO articles (id, title, text, source, named, date_source, first_seen,"
                " language, kept_from) VALUES ('a', 'Rain', '', 'S', 1, 'feed',"
                " '2026-11-16 06:00:00', 'en', 'f')"
            )
        )
        connection.execute(
            sa.text(
                "INSERT INTO readings (article_id, digest, title, words, shingles)"
                " VALUES ('a', 'd', 'rain', '', '')"
            )
        )
    engine.dispose()

    with open_store(f"sqlite:///{tmp_path}/older.db") as store:
        store.save_paragraphs([row("a")])

        assert set(store.readings(None, NOW + WEEK)) == set(store.paragraph_digests()) == {"a"}
