"""Opens a database: makes it, brings it up to date, or says why it cannot be used."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from newsletter.errors import StoreError
from newsletter.store.store import WRITES, Store
from newsletter.store.telling import telling

NEWEST = "0006"  # the last of migrations/versions
_KNOWN = ("0001", "0002", "0003", "0004", "0005", "0006")
_LOCK = 0x6E657773  # "news": the number of PostgreSQL's advisory lock for whoever writes
_BUSY_TIMEOUT_S = 30  # how long to wait for another process's transaction


@contextmanager
def open_store(url: str) -> Iterator[Store]:
    """Yield the store behind a SQLAlchemy URL, its tables brought up to date; close it after.

    Raises:
        StoreError: it cannot be opened, is no database, or was written by a newer version.
    """
    try:
        target = make_url(url)
        is_sqlite = target.get_backend_name() == "sqlite"
        engine = sa.create_engine(
            target, connect_args={"timeout": _BUSY_TIMEOUT_S} if is_sqlite else {}
        )
    except (sa.exc.NoSuchModuleError, ImportError) as error:
        raise StoreError(
            f"database: nothing is installed for {url.split(':')[0]}: databases ({error});"
            " for PostgreSQL: pip install 'newsletter[postgresql]', URL postgresql+psycopg://…"
        ) from error
    except (sa.exc.ArgumentError, ValueError) as error:
        # Not whole: it may hold a password.
        begin = f"{url.split('://')[0]}://…" if "://" in url else url
        raise StoreError(
            f"database: {begin!r} is neither a path nor a SQLAlchemy URL; write a path such as"
            " newsletter.db, or postgresql+psycopg://user:password@host/name"
        ) from error
    name = target.render_as_string(hide_password=True)
    if is_sqlite and target.database:
        name = target.database
        if not Path(target.database).parent.is_dir():
            raise StoreError(f"{name}: its folder does not exist; make it, or change database:")
    if is_sqlite:
        sa.event.listen(engine, "connect", _prepare)
        sa.event.listen(engine, "begin", _begin)
    elif target.get_backend_name() == "postgresql":
        sa.event.listen(engine, "begin", _wait_for_writers)
    try:
        with telling(name):
            _bring_up_to_date(engine, name)
        yield Store(engine.connect, engine.execution_options(**{WRITES: True}).begin, name)
    finally:
        engine.dispose()


def _prepare(connection: Any, _: object) -> None:
    # Python's driver begins a transaction only before the first change and never for a table: what
    # was read until then may be stale, and a migration that is killed stays half done.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    # Whoever reads in order to write takes the lock before reading, and others wait for it.
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _wait_for_writers(connection: sa.Connection) -> None:
    # As on SQLite: two that find an article missing at the same time must not both insert it. The
    # lock ends with the transaction, and with the process.
    if connection.get_execution_options().get(WRITES):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def _bring_up_to_date(engine: sa.Engine, name: str) -> None:
    with engine.connect() as connection:
        version = None
        if sa.inspect(connection).has_table("alembic_version"):
            version = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    if version == NEWEST:
        return
    if version is not None and version not in _KNOWN:
        raise StoreError(
            f"{name}: was written by a newer version of newsletter (its schema is {version},"
            f" this one knows {NEWEST}); upgrade newsletter, or name another database"
        )
    # Only now: Alembic takes longer to import than a small issue takes to build.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
