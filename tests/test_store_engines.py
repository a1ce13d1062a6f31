"""What the store keeps comes back the same from either engine."""

import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from engines import DAY, ENGINES, HOUR, NOW, article, issue, url_on

from newsletter import store as store_room
from newsletter.model import (
    DateSource,
    Decision,
    Embedding,
    Frequencies,
    Page,
    PageVisit,
    Reading,
    Recorded,
    Status,
    Visit,
)
from newsletter.store import Store, open_store
from newsletter.store.tables import metadata
from newsletter.text.paragraphs import ParagraphHashes


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest) -> str:
    return url_on(request.param, request)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with open_store(url) as opened:
        yield opened


def test_an_article_comes_back_whole_with_its_origins_in_order(store: Store):
    whole = article(
        "a",
        url="https://ledger.example/rain",
        author="Ånna Berg",
        published=NOW - HOUR,
        date_source=DateSource.ENTRY,
        language="de",
        named=False,
        image="https://ledger.example/a.jpg",
        categories=("rain, hail", "ports"),
        origins=("B", "a", "https://a.example/feed", "http://b.example/feed"),
    )

    recorded = store.record([whole])
    [kept] = store.within(NOW, NOW + HOUR)

    assert recorded == Recorded(new=frozenset("a"))
    assert kept == replace(whole, keys=(), origins=tuple(sorted(whole.origins)))
    assert store.record([whole]) == Recorded()
    assert store.record([replace(whole, id="b", text="It hailed.")]).changed == {"a"}
    assert store.within(NOW + HOUR, NOW + DAY) == ()


def test_seeds_are_taken_back_and_come_back(store: Store):
    seed = article("a", origins=("seeds/rain.txt",))
    store.record_seeds([seed], failed=(), now=NOW)
    store.record_seeds([], failed=(), now=NOW + HOUR)

    assert store.within(None, NOW + DAY) == ()
    store.record_seeds([seed], failed=(), now=NOW + 2 * HOUR)
    assert [one.id for one in store.within(None, NOW + DAY)] == ["a"]


def test_what_is_made_of_articles_comes_back_and_goes_with_its_week(store: Store):
    store.record([article("a"), article("b")])
    reading = Reading(article_id="a", digest="d", title="rain", words="it rain", shingles=b"\0\1")
    vector = Embedding(article_id="a", model="m", digest="d", vector=b"\0\0\x80?")
    hashes = ParagraphHashes(article_id="a", outlet="the ledger", digest="d", hashes=(1, 2**64 - 1))
    page = PageVisit(article_id="a", at=NOW, page=Page(url="https://l.example/a", text="x" * 99))
    for _ in range(2):
        store.save_readings([reading])
        store.save_embeddings([vector])
        store.save_paragraphs([hashes])
        store.save_pages([page, PageVisit(article_id="b", at=NOW, error="is empty")])

    assert store.readings(NOW, NOW + HOUR) == {"a": reading}
    assert store.embeddings(NOW, NOW + HOUR, model="m") == {"a": vector}
    assert store.paragraphs({"the ledger"}) == {"the ledger": (hashes,)}
    assert store.page_visits(["a"]) == {"a": page}
    known = Frequencies(articles={"en": 2.5}, held={"en": {"rain": 1.5}})
    store.close_week(known, before=NOW + HOUR)
    assert store.history() == known
    assert store.readings(None, NOW + DAY) == {}
    assert store.rhythms(NOW - HOUR) == {"https://ledger.example/feed": (NOW, NOW)}


def test_visits_decisions_and_answers_come_back(store: Store):
    store.record([article("a"), article("b")])
    visit = Visit(url="u", etag='W/"1"', entries=("0f", "1e"), next_try=NOW, gone=True, failures=2)
    apart = Decision(kind="apart", article_id="a", other_id="b", at=NOW)
    for _ in range(2):
        store.save_visits([visit])
        store.decide([apart])
        store.save_answer("k", model="m", content="Rain.", tokens_in=3, tokens_out=1, made_at=NOW)

    assert store.visits() == {"u": visit}
    assert store.decisions() == (apart,)
    assert store.answer("k") == ("Rain.", 3, 1)
    store.decide([], revoked=[apart])
    assert store.decisions() == ()


def test_issues_come_back_the_latest_first(store: Store):
    store.save_issue(issue(48, NOW + DAY, Status.DRAFT))
    store.save_issue(issue(47, NOW))
    store.save_issue(issue(46, NOW - DAY))
    store.save_issue(issue(46, NOW - HOUR))

    assert store.latest_built() == issue(48, NOW + DAY, Status.DRAFT)
    assert store.published(9) == (issue(47, NOW), issue(46, NOW - HOUR))
    assert store.built("2026-W45") is None


def test_two_runs_at_once_record_each_article_once(url: str):
    batch = [article(f"{number:03}") for number in range(100)]

    def record(_: int) -> int:
        with open_store(url) as own:
            return len(own.record(batch).new)

    with ThreadPoolExecutor(4) as runs:
        assert sorted(runs.map(record, range(4))) == [0, 0, 0, 100]


@pytest.mark.parametrize("version", ["0001", "0005"])
def test_postgresql_is_brought_up_to_date_with_what_it_holds(
    bare_postgres_url: str,
    version: str,
):
    migrate_to(version, bare_postgres_url)

    with open_store(bare_postgres_url) as store:
        kept = store.events()
    engine = sa.create_engine(bare_postgres_url)
    with engine.connect() as connection, warnings.catch_warnings():
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    engine.dispose()

    assert [(one.kind, one.week, one.at) for one in kept] == [
        ("published", "2026-W45", NOW - DAY),
        ("published", "2026-W46", NOW),
    ]
    assert differences == []


def test_an_issue_of_before_edits_were_kept_has_no_base_and_no_edit(bare_postgres_url: str):
    migrate_to("0006", bare_postgres_url)

    with open_store(bare_postgres_url) as store:
        assert store.built("2026-W47") == issue(47, status=Status.DRAFT)
        assert store.edits("2026-W47") == ()


def migrate_to(version: str, url: str) -> None:
    """Make a database as an earlier version left it, with two published issues and a draft."""
    config = Config()
    config.set_main_option("script_location", str(Path(store_room.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        for id_, status, until in [
            ("2026-W46", "published", NOW),
            ("2026-W45", "published", NOW - DAY),
            ("2026-W47", "draft", NOW),
        ]:
            connection.execute(
                sa.text("INSERT INTO issues VALUES (:id, :status, NULL, :until, '{}', '[]')"),
                {"id": id_, "status": status, "until": until.replace(tzinfo=None)},
            )
    engine.dispose()
