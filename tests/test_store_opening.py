"""A database opened: made, brought up to date, or told why not."""

import sqlite3
import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

from newsletter import store as store_room
from newsletter.errors import StoreError
from newsletter.model import Article, Reading
from newsletter.store import open_store
from newsletter.store.tables import metadata

NOW = datetime(2026, 11, 16, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)


def article(name: str) -> Article:
    return Article(
        id=name, keys=(name,), title=name, text="", source="S", first_seen=NOW, origins=("f",)
    )


def test_a_new_database_is_made_and_opening_it_again_changes_nothing(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/newsletter.db"

    with open_store(url) as first:
        first.record([article("a")])
    with open_store(url) as second:
        kept = second.within(None, NOW + HOUR)

    assert [found.id for found in kept] == ["a"]


def test_the_migrations_make_the_tables_that_the_code_knows(tmp_path: Path):
    with open_store(f"sqlite:///{tmp_path}/newsletter.db"):
        pass
    engine = sa.create_engine(f"sqlite:///{tmp_path}/newsletter.db")

    with engine.connect() as connection, warnings.catch_warnings():
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    engine.dispose()

    assert differences == []


def before_stories(path: Path) -> sa.Engine:
    """Return a database as it was before readings and decisions were kept, with an article."""
    engine = sa.create_engine(f"sqlite:///{path}")
    config = Config()
    config.set_main_option("script_location", str(Path(store_room.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
    with engine.begin() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO articles (id, title, text, source, named, date_source, first_seen,"
                " language, kept_from) VALUES ('a', 'Rain', '', 'S', 1, 'feed',"
                " '2026-11-16 06:00:00', 'en', 'f')"
            )
        )
    return engine


def test_a_database_of_an_earlier_version_keeps_what_it_holds(tmp_path: Path):
    before_stories(tmp_path / "newsletter.db").dispose()

    with open_store(f"sqlite:///{tmp_path}/newsletter.db") as store:
        store.save_readings(
            [Reading(article_id="a", digest="d", title="rain", words="", shingles=b"")]
        )

        assert list(store.readings(None, NOW + HOUR)) == ["a"]


def test_a_migration_that_was_cut_short_begins_anew(tmp_path: Path):
    before_stories(tmp_path / "newsletter.db").dispose()
    connection = sqlite3.connect(tmp_path / "newsletter.db", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("CREATE TABLE readings (article_id TEXT)")
    connection.close()  # as when a process ends in the middle

    with open_store(f"sqlite:///{tmp_path}/newsletter.db") as store:
        assert store.decisions() == ()


def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path):
    path = tmp_path / "newsletter.db"
    with open_store(f"sqlite:///{path}"):
        pass
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()

    with pytest.raises(StoreError, match=r"newer version.*upgrade newsletter"):
        open_store(f"sqlite:///{path}").__enter__()


def test_a_file_that_is_no_database_is_told(tmp_path: Path):
    path = tmp_path / "newsletter.db"
    path.write_text("Rain fell over Velsum. " * 200)

    with pytest.raises(StoreError, match="no SQLite database; name another"):
        open_store(f"sqlite:///{path}").__enter__()


def test_a_damaged_database_is_told(tmp_path: Path):
    path = tmp_path / "newsletter.db"
    with open_store(f"sqlite:///{path}") as store:
        store.record([article(f"a{number}") for number in range(200)])
    content = path.read_bytes()
    path.write_bytes(content[:8192] + b"\xff" * (len(content) - 8192))

    with (
        pytest.raises(StoreError, match="damaged; restore it from a backup"),
        open_store(f"sqlite:///{path}") as store,
    ):
        store.record([article("b")])


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sqlite:////nowhere/at/all/newsletter.db", "folder does not exist; make it, or change"),
        ("sqlite:////tmp", "cannot be opened; check its folder"),
        ("teledata://reader:secret@host/news", "nothing is installed for teledata: databases"),
        ("postgresql+nothing://reader:secret@host/news", "nothing is installed for"),
        ("postgresql://reader:secret@host:port/news", "write a path such as newsletter.db"),
        ("", "write a path such as newsletter.db"),
    ],
    ids=["folder", "a folder itself", "scheme", "driver", "port", "empty"],
)
def test_a_database_that_cannot_be_used_is_told_with_a_way_out(url: str, said: str):
    with pytest.raises(StoreError, match=said) as caught:
        open_store(url).__enter__()

    assert "secret" not in str(caught.value)
