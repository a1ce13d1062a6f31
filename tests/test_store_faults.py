"""A database that is full, locked, read-only or gone: one line that helps, and nothing lost."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from engines import DAY, NOW, article, claimed, event, sure, url_on
from postgres import Server
from sqlalchemy.pool import NullPool

from newsletter.errors import FencedError, StoreError
from newsletter.store import Store, open_store, opening

# Far more than SQLite holds in memory: some of it is in the file when the process ends.
_ENDS_AMID = """
import os, sys
from datetime import UTC, datetime
from newsletter.model import Article
from newsletter.store import open_store
now = datetime(2026, 11, 22, 17, tzinfo=UTC)
def article(number):
    return Article(id=f"b{number}", keys=(f"b{number}",), title="", text="rain " * 20_000,
                   source="S", first_seen=now, origins=("f",))
with open_store(f"sqlite:///{sys.argv[1]}") as store, store.transaction() as joined:
    joined.record(map(article, range(80)))
    os._exit(9)
"""


@pytest.fixture
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    url_on("sqlite", request)
    return tmp_path / "newsletter.db"


@pytest.fixture
def postgres_store(request: pytest.FixtureRequest) -> Iterator[Store]:
    with open_store(url_on("postgresql", request)) as opened:
        yield opened


def only_line(caught: pytest.ExceptionInfo[StoreError]) -> str:
    said = str(caught.value)
    assert "\n" not in said
    return said


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the database as a process that writes for long."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield


def test_a_database_that_stays_locked_is_told_and_had_when_it_is_free(
    path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(opening, "BUSY_TIMEOUT_S", 0.05)  # 30 s are too long for a test

    with open_store(f"sqlite:///{path}") as store:
        with locked(path), pytest.raises(StoreError) as caught:
            store.record([article("a")])
        store.record([article("a")])

        assert only_line(caught) == (
            f"{path}: another process has it locked; wait for that one to end"
        )
        assert set(store.by_id("a")) == {"a"}


def test_a_full_disk_undoes_the_transaction_and_leaves_what_was_there(path: Path):
    url = f"sqlite:///{path}"
    with open_store(url) as store:
        store.record([article("a")])
        claim = sure(claimed(store))

    cramped = under(path, "max_page_count = 100")  # as on a full disk, SQLite says SQLITE_FULL
    with pytest.raises(StoreError) as caught, cramped.transaction() as joined:  # noqa: PT012
        joined.note(event("published"), channels=["email:desk@example.org"])
        joined.record([article("b", text="rain " * 500_000)])
        joined.end_run(claim, "done", now=NOW)

    assert only_line(caught) == f"{path}: the disk is full; make room"
    with open_store(url) as store:
        assert [one.id for one in store.within(None, NOW + DAY)] == ["a"]
        assert (store.events(), store.notices(most=1)) == ((), ())
        store.end_run(claim, "done", now=NOW)


def under(path: Path, pragma: str) -> Store:
    """Return the store in a database whose connections begin with *pragma*."""
    engine = sa.create_engine(f"sqlite:///{path}", poolclass=NullPool)

    def prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.execute(f"PRAGMA {pragma}")

    sa.event.listen(engine, "connect", prepare)
    return Store(engine.connect, engine.begin, str(path))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write what is read-only")
def test_a_file_that_may_not_be_written_is_told(path: Path):
    path.chmod(0o444)

    with open_store(f"sqlite:///{path}") as store:
        assert store.is_empty()
        with pytest.raises(StoreError, match="it is read-only; give this user the right"):
            store.record([article("a")])


def test_a_database_that_is_read_only_can_be_read_and_says_so(path: Path):
    store = under(path, "query_only = ON")

    with pytest.raises(StoreError) as caught:
        store.record([article("a")])

    assert store.is_empty()
    assert only_line(caught) == f"{path}: it is read-only; give this user the right to write it"


def test_a_process_that_ends_amid_a_transaction_leaves_what_was_there(path: Path):
    with open_store(f"sqlite:///{path}") as store:
        store.record([article("a")])

    ended = subprocess.run([sys.executable, "-c", _ENDS_AMID, str(path)], check=False)

    assert ended.returncode == 9
    with open_store(f"sqlite:///{path}") as store:
        assert [one.id for one in store.within(None, NOW + DAY)] == ["a"]
        assert claimed(store)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (
            "postgresql+psycopg://reader:secret@127.0.0.1:1/news",
            "postgresql+psycopg://reader:***@127.0.0.1:1/news",
        ),
        (
            "postgresql+psycopg://reader@/news?host=/nowhere&password=secret",
            "postgresql+psycopg://reader@/news",
        ),
    ],
    ids=["port", "socket"],
)
def test_a_postgresql_that_is_down_is_told_in_one_line(url: str, name: str):
    with pytest.raises(StoreError) as caught:
        open_store(url).__enter__()

    said = "nobody answers there; start PostgreSQL, or correct database:"
    assert only_line(caught) == f"{name}: {said}"


def test_a_refused_password_is_told_without_it(postgres: Server):
    at = f"127.0.0.1:{postgres.port}/newsletter"

    with pytest.raises(StoreError) as caught:
        open_store(f"postgresql+psycopg://postgres:secret@{at}").__enter__()

    assert only_line(caught) == (
        f"postgresql+psycopg://postgres:***@{at}: it refuses the user or the password; correct the"
        " URL of database:"
    )


def test_a_database_that_postgresql_does_not_have_is_told(
    postgres: Server,
):
    with pytest.raises(StoreError, match="no database of that name; make one"):
        open_store(postgres.url("nothing")).__enter__()


def test_a_writer_does_not_wait_for_ever(postgres_store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(opening, "BUSY_TIMEOUT_S", 0.05)

    with postgres_store.transaction(), pytest.raises(StoreError, match="has it locked; wait"):
        postgres_store.record([article("a")])

    assert postgres_store.is_empty()


def test_postgresql_ends_a_transaction_whose_process_says_nothing_for_two_minutes(
    postgres: Server,
):
    engine, _ = opening.engine_of(postgres.url("newsletter"))

    with opening.writing(engine).begin() as connection:
        found = [
            connection.exec_driver_sql(f"SHOW {setting}").scalar()
            for setting in ("idle_in_transaction_session_timeout", "lock_timeout")
        ]
    engine.dispose()

    assert found == ["2min", "30s"]


def test_a_connection_that_the_server_dropped_while_nobody_asked_is_made_anew(
    postgres_store: Store,
    postgres: Server,
):
    postgres_store.record([article("a")])

    postgres.tell(
        "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity"
        " WHERE datname = 'shared' AND pid <> pg_backend_pid()"
    )

    assert set(postgres_store.by_id("a")) == {"a"}


def test_a_url_too_long_for_postgresql_is_not_taken_for_a_full_disk(postgres_store: Store):
    far = "https://ledger.example/" + "".join(f"{n * 7919:x}" for n in range(2_000))

    with pytest.raises(StoreError, match="a URL is too long for PostgreSQL") as caught:
        postgres_store.record([article("a", origins=(far,))])

    assert not isinstance(caught.value, FencedError)
