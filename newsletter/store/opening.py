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

NEWEST = "0007"  # the last of migrations/versions
_KNOWN = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
_LOCK = 0x6E657773  # "news": the number of PostgreSQL's advisory lock for whoever writes
BUSY_TIMEOUT_S = 30  # how long to wait for another process's transaction
# After this, PostgreSQL ends a transaction that says nothing: its process may be paused, or its
# machine gone, and all others would wait for it.
_SILENT_S = 120
_CONNECT_TIMEOUT_S = 10  # for a host that does not answer at all


@contextmanager
def open_store(url: str) -> Iterator[Store]:
    """Yield the store behind a SQLAlchemy URL, its tables brought up to date; close it after.

    Raises:
        StoreError: it cannot be opened, is no database, or was written by a newer version.
    """
    engine, name = engine_of(url)
    try:
        bring_up_to_date(engine, name)
        yield Store(engine.connect, writing(engine).begin, name)
    finally:
        engine.dispose()


def engine_of(url: str | sa.URL) -> tuple[sa.Engine, str]:
    """Return the way to the database of a SQLAlchemy URL, and its name without a password.

    Raises:
        StoreError: the URL is none, or there is no folder for the file that it names.
    """
    try:
        target = make_url(url)
        kind = target.get_backend_name()
        engine = sa.create_engine(target, **_options(target))
    except (sa.exc.NoSuchModuleError, ImportError) as error:
        raise StoreError(
            f"database: nothing is installed for {str(url).split(':')[0]}: databases ({error});"
            " for PostgreSQL: pip install 'newsletter[postgresql]', URL postgresql+psycopg://…"
        ) from error
    except (sa.exc.ArgumentError, ValueError) as error:
        # Not whole: it may hold a password.
        scheme, is_url, _ = str(url).partition("://")
        begin = f"{scheme}://…" if is_url else scheme
        raise StoreError(
            f"database: {begin!r} is neither a path nor a SQLAlchemy URL; write a path such as"
            " newsletter.db, or postgresql+psycopg://user:password@host/name"
        ) from error
    # Not what follows the question mark: a password may stand there, too.
    name = target.set(query={}).render_as_string(hide_password=True)
    if kind == "sqlite":
        if target.database:
            name = target.database
            if not Path(target.database).parent.is_dir():
                raise StoreError(f"{name}: its folder does not exist; make it, or change database:")
        sa.event.listen(engine, "connect", _prepare)
        sa.event.listen(engine, "begin", _begin)
    elif kind == "postgresql":
        sa.event.listen(engine, "begin", _wait_for_writers)
    return engine, name


def writing(engine: sa.Engine) -> sa.Engine:
    """Return *engine* as whoever will change something uses it: one at a time."""
    return engine.execution_options(**{WRITES: True})


def _options(target: sa.URL) -> dict[str, Any]:
    match target.get_backend_name():
        case "sqlite":
            return {"connect_args": {"timeout": BUSY_TIMEOUT_S}}
        case "postgresql":
            wait = (
                {} if "connect_timeout" in target.query else {"connect_timeout": _CONNECT_TIMEOUT_S}
            )
            # A connection of an hour ago may be gone: the server was restarted, a firewall forgot.
            return {"connect_args": wait, "pool_pre_ping": True}
        case _:
            return {}


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
        connection.exec_driver_sql(
            f"SELECT set_config('lock_timeout', '{BUSY_TIMEOUT_S}s', true),"
            f" set_config('idle_in_transaction_session_timeout', '{_SILENT_S}s', true)"
        )
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def version_of(connection: sa.Connection) -> str | None:
    """Return the number of the last migration that a database has seen, None for none of ours."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return version


def bring_up_to_date(engine: sa.Engine, name: str) -> None:
    """Make the tables, or give them the form that this version knows.

    Raises:
        StoreError: the database cannot be used, or was written by a newer version.
    """
    with telling(name):
        with engine.connect() as connection:
            version = version_of(connection)
        if version == NEWEST:
            return
        if version is not None and version not in _KNOWN:
            raise StoreError(
                f"{name}: was written by a newer version of newsletter (its schema is {version},"
                f" this one knows {NEWEST}); upgrade newsletter, or name another database"
            )
        _migrate(engine)


def _migrate(engine: sa.Engine) -> None:
    # Only now: Alembic takes longer to import than a small issue takes to build.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    with writing(engine).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
