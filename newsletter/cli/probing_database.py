"""What the doctor asks of the database: it is looked at as it is, neither made nor brought up."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from newsletter.errors import StoreError
from newsletter.pipeline.doctor_database import Database
from newsletter.store import open_store
from newsletter.store.opening import NEWEST
from newsletter.store.telling import telling

_CONNECT_S = 5
_THOROUGH = 200_000_000  # bytes: reading more than that takes longer than anybody waits


def file_of(url: str) -> Path | None:
    """Return the file that SQLite keeps the database in, None where it is another's or no URL."""
    try:
        target = make_url(url)
    except (sa.exc.ArgumentError, ValueError):
        return None
    is_file = target.get_backend_name() == "sqlite" and target.database
    return Path(str(target.database)) if is_file else None


def look_at(url: str, *, wait_s: float = 2.0) -> Database:
    """Return how the database behind a SQLAlchemy URL is; a file is waited for so long.

    Raises:
        StoreError: it cannot be opened, read or written, or is no database.
    """
    file = file_of(url)
    if file is not None:
        return _sqlite(file, wait_s)
    try:
        target = make_url(url)
        if target.get_backend_name() == "sqlite":
            return Database(name=url, newest=NEWEST, is_in_memory=True)
        engine = sa.create_engine(target, connect_args={"connect_timeout": _CONNECT_S})
    except (sa.exc.SQLAlchemyError, ImportError, ValueError):
        # The store's own words on what is no URL, or has no driver.
        with open_store(url):
            return Database(name=url.partition(":")[0], newest=NEWEST, schema=NEWEST)
    return _postgresql(engine, target)


def _sqlite(file: Path, wait_s: float) -> Database:
    if not file.parent.is_dir():
        raise StoreError(f"{file}: its folder does not exist; make it, or change database:")
    if not file.exists():
        return Database(name=str(file), newest=NEWEST, file=file)

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(
            f"file:{quote(str(file))}?mode=rw", uri=True, timeout=wait_s, isolation_level=None
        )

    with _connected(sa.create_engine("sqlite://", creator=connect), str(file)) as connection:
        schema, is_foreign = _schema(connection)
        size = file.stat().st_size
        check = "integrity_check" if size < _THOROUGH else "quick_check"
        said = str(connection.exec_driver_sql(f"PRAGMA {check}(1)").scalar())
        return Database(
            name=str(file),
            newest=NEWEST,
            schema=schema,
            bytes=size,
            file=file,
            damage="" if said == "ok" else said,
            is_busy=not _can_begin(connection),
            is_foreign=is_foreign,
        )


def _can_begin(connection: sa.Connection) -> bool:
    """Begin to write, and leave it at that; False where somebody else is writing."""
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except sa.exc.OperationalError as error:
        if "locked" in str(error.orig):
            return False
        raise
    connection.exec_driver_sql("ROLLBACK")
    return True


def _postgresql(engine: sa.Engine, target: URL) -> Database:
    # What follows the "?" may be a password as well.
    name = target.set(query={}).render_as_string(hide_password=True)
    with _connected(engine, name) as connection:
        schema, is_foreign = _schema(connection)
        right = (
            "has_table_privilege('articles', 'INSERT')"
            if schema
            else "has_schema_privilege(current_schema(), 'CREATE')"
        )
        is_read_only = connection.scalar(sa.text("SHOW transaction_read_only")) == "on"
        if is_read_only or not connection.scalar(sa.text(f"SELECT {right}")):
            raise StoreError(f"{name}: it is read-only; give this user the right to write it")
        size = connection.scalar(sa.text("SELECT pg_database_size(current_database())"))
        return Database(
            name=name, newest=NEWEST, schema=schema, bytes=size or 0, is_foreign=is_foreign
        )


@contextmanager
def _connected(engine: sa.Engine, name: str) -> Iterator[sa.Connection]:
    try:
        with telling(name), engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _schema(connection: sa.Connection) -> tuple[str | None, bool]:
    """Return the schema's version, and whether the tables are another program's."""
    found = sa.inspect(connection)
    if found.has_table("alembic_version"):
        return connection.scalar(sa.text("SELECT version_num FROM alembic_version")), False
    return None, bool(found.get_table_names())
