"""Copies of a database: a file of SQLite as it stands at one moment, rows from engine to engine."""

import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from newsletter.errors import StoreError
from newsletter.store.opening import BUSY_TIMEOUT_S
from newsletter.store.tables import events, metadata
from newsletter.store.telling import DAMAGED, LOCKED, way_out

_BATCH = 500  # rows at a time
_RETRY_S = 0.05


@contextmanager
def temporary_beside(path: Path) -> Iterator[Path]:
    """Yield the name of an empty file in the folder of *path*, removed at the end if still there.

    Raises:
        StoreError: nothing can be written there.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise StoreError(
            f"{path}: cannot be written ({error.strerror}); name a file in a folder that exists and"
            " that this user may write"
        ) from error
    os.close(handle)
    part = Path(name)
    try:
        yield part
    finally:
        for left in (part, *(part.with_name(part.name + end) for end in ("-journal", "-wal"))):
            left.unlink(missing_ok=True)


def put_in_place(part: Path, path: Path) -> None:
    """Let *part* be *path*, whole and on the disk, or leave *path* as it was.

    Raises:
        StoreError: the disk does not take it.
    """
    try:
        _flush(part)
        part.replace(path)
        _flush(path.parent)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror})") from error


def copy_sqlite(source: Path, target: Path) -> None:
    """Make the database *target* what *source* is at one moment, while others may write both.

    Whoever else has *target* open sees the old one or the new one, whole.

    Raises:
        StoreError: one of the two is locked for long, damaged or no database, or the disk is full.
    """
    end = time.monotonic() + BUSY_TIMEOUT_S

    def waiting(status: int, _remaining: int, _total: int) -> None:
        # Python asks again and again, for as long as it takes.
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > end:
            raise StoreError(f"{source}: {LOCKED}")

    try:
        with _opened(source) as from_, _opened(target) as to:
            from_.backup(to, pages=-1, progress=waiting, sleep=_RETRY_S)
    except sqlite3.Error as error:
        raise StoreError(f"{source}: {way_out(error)}") from error


def check_sqlite(path: Path, name: str) -> None:
    """Do nothing if the database *path* is sound; *name* is what a person calls it.

    Raises:
        StoreError: it is damaged, or no database.
    """
    try:
        with _opened(path) as connection:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as error:
        raise StoreError(f"{name}: {way_out(error)}") from error
    if found != ("ok",):
        raise StoreError(f"{name}: {DAMAGED}")


def copy_rows(source: sa.Connection, target: sa.Connection) -> None:
    """Put all rows of *source* in place of those of *target*; both are at the newest version."""
    for table in reversed(metadata.sorted_tables):
        target.execute(sa.delete(table))
    for table in metadata.sorted_tables:
        rows = source.execute(sa.select(table), execution_options={"yield_per": _BATCH})
        for some in rows.mappings().partitions(_BATCH):
            target.execute(sa.insert(table), [_clean(row) for row in some])
    if target.dialect.name == "postgresql":
        # Numbers that were given by hand are not counted: the next event would take the first.
        last = sa.func.coalesce(sa.func.max(events.c.id), 0) + 1
        sequence = sa.func.pg_get_serial_sequence("events", "id")
        target.execute(sa.select(sa.func.setval(sequence, last, sa.false())).select_from(events))


def _clean(row: sa.RowMapping) -> dict[str, Any]:
    # SQLite keeps a NUL within a text, PostgreSQL refuses it.
    return {
        name: value.replace("\x00", "\ufffd") if isinstance(value, str) else value
        for name, value in row.items()
    }


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    # "rw": a mistyped name does not make an empty database.
    uri = f"{path.absolute().as_uri()}?mode=rw"
    with closing(sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT_S)) as connection:
        yield connection


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
