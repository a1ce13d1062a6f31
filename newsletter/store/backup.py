"""Copies all that the store remembers into one file, and puts such a file back, on either engine.

A backup is a database of SQLite, whatever the store is kept in.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from newsletter.errors import StoreError
from newsletter.store.copying import (
    check_sqlite,
    copy_rows,
    copy_sqlite,
    put_in_place,
    temporary_beside,
)
from newsletter.store.opening import bring_up_to_date, engine_of, version_of, writing
from newsletter.store.tables import articles, edits, events, issues, notices, runs
from newsletter.store.telling import LOCKED, telling

_ALIVE_S = 60  # a run that gave a sign of life within this is being worked on
_SAVED = "before-restore"
_BESIDE = ("", "-journal", "-wal", "-shm")  # what SQLite keeps beside a database is part of it


def backup(url: str, file: Path) -> None:
    """Write all that the store at *url* remembers into *file*, as it is at one moment.

    Others may write meanwhile. *file* is complete or as it was before, at every instant.

    Raises:
        StoreError: the store or the file cannot be used, or they are one and the same.
    """
    with _engine(url) as (engine, name):
        if engine.dialect.name != "sqlite":
            bring_up_to_date(engine, name)
            with temporary_beside(file) as part:
                _export(engine, name, part)
                put_in_place(part, file)
            return
        path = _file_of(engine, name)
        if not path.is_file():
            raise StoreError(f"{path}: there is no such database, and so nothing to back up")
        if file.exists() and file.samefile(path):
            raise StoreError(f"{file}: is the database itself; name another file")
        with temporary_beside(file) as part:
            copy_sqlite(path, part)
            check_sqlite(part, str(path))
            _ours(part, str(path))
            put_in_place(part, file)


def restore(url: str, file: Path, *, force: bool) -> None:
    """Put what *file* holds in place of all that the store at *url* remembers, all or nothing.

    A file of an earlier version is brought up to date; *file* itself stays as it is. What was still
    to be told when it was written is marked as unsure: it may have been told since, and nothing is
    told twice. With *force*, an SQLite database that is not empty, or damaged, is kept beside as
    `NAME.before-restore`.

    Raises:
        StoreError: *file* is no backup, is damaged or of a newer version; or, without *force*, the
            store is not empty, or somebody is at work on it.
    """
    if not file.is_file():
        raise StoreError(f"{file}: there is no such file; name one that `newsletter backup` wrote")
    with _engine(url) as (engine, name):
        is_sqlite = engine.dialect.name == "sqlite"
        target = _file_of(engine, name) if is_sqlite else None
        if target and target.exists() and target.samefile(file):
            raise StoreError(f"{file}: is the database itself; name a backup")
        with _fresh_copy(file, beside=target) as fresh:
            if target:
                _replace_sqlite(engine, target, fresh, force=force)
            else:
                _replace_rows(engine, name, fresh, force=force)


@contextmanager
def _fresh_copy(file: Path, beside: Path | None) -> Iterator[Path]:
    """Yield a copy of a backup, sound, up to date and with nothing left to be told."""
    with temporary_beside(beside or file) as part:
        copy_sqlite(file, part)
        check_sqlite(part, str(file))
        _ours(part, str(file))
        with _engine(_sqlite(part)) as (engine, _):
            bring_up_to_date(engine, str(file))
            with telling(str(file)), writing(engine).begin() as connection:
                is_open = notices.c.state.in_(("pending", "sending"))
                connection.execute(sa.update(notices).where(is_open).values(state="unsure"))
        yield part


def _replace_sqlite(engine: sa.Engine, target: Path, fresh: Path, *, force: bool) -> None:
    if target.exists() and not _is_usable(engine, target, force=force):
        engine.dispose()
        _set_aside(target)
    if not target.exists():
        put_in_place(fresh, target)
        return
    with telling(str(target)), engine.connect() as connection:
        _allow(connection, str(target), force=force)
        is_empty = _is_empty(connection)
    engine.dispose()
    if not is_empty:
        with temporary_beside(target) as part:
            copy_sqlite(target, part)
            put_in_place(part, _free_name(target))
    # Into the file, not in place of it: whoever has it open would go on with the old one.
    copy_sqlite(fresh, target)


def _is_usable(engine: sa.Engine, target: Path, *, force: bool) -> bool:
    """Return whether *target* is a database of this version; False only with *force*.

    Raises:
        StoreError: it is not and may not be put aside, or somebody else has it locked.
    """
    try:
        check_sqlite(target, str(target))
        bring_up_to_date(engine, str(target))
    except StoreError as error:
        if not force or LOCKED in str(error):
            raise
        return False
    return True


def _replace_rows(engine: sa.Engine, name: str, fresh: Path, *, force: bool) -> None:
    bring_up_to_date(engine, name)
    with (
        _engine(_sqlite(fresh)) as (from_, _),
        telling(name),
        from_.connect() as source,
        writing(engine).begin() as connection,
    ):
        _allow(connection, name, force=force)
        copy_rows(source, connection)


def _export(engine: sa.Engine, name: str, part: Path) -> None:
    with _engine(_sqlite(part)) as (to, _):
        bring_up_to_date(to, str(part))
        with telling(name), engine.connect() as opened, writing(to).begin() as target:
            source = opened.execution_options(isolation_level="REPEATABLE READ")
            copy_rows(source, target)


def _allow(connection: sa.Connection, name: str, *, force: bool) -> None:
    """Do nothing if what the store remembers may be replaced.

    Raises:
        StoreError: it may not.
    """
    if force:
        return
    now = datetime.now(UTC)
    for run in connection.execute(sa.select(runs).where(runs.c.state == "running")):
        if abs((now - run.beat_at).total_seconds()) < _ALIVE_S:
            raise StoreError(
                f"{name}: {run.job} {run.period} is being worked on by {run.owner}; stop"
                " `newsletter run` first, or add --force"
            )
    if not _is_empty(connection):
        raise StoreError(
            f"{name}: is not empty, and all that it remembers would be replaced; back it up"
            " (newsletter backup FILE), then add --force"
        )


def _is_empty(connection: sa.Connection) -> bool:
    columns = (articles.c.id, issues.c.id, events.c.id, edits.c.number)
    return not any(connection.execute(sa.select(one).limit(1)).first() for one in columns)


def _ours(path: Path, name: str) -> None:
    with _engine(_sqlite(path)) as (engine, _), telling(name), engine.connect() as connection:
        if version_of(connection) is None:
            raise StoreError(f"{name}: is a database, but not one of newsletter's")


def _file_of(engine: sa.Engine, name: str) -> Path:
    if not engine.url.database or engine.url.database == ":memory:":
        raise StoreError(f"{name}: lives in memory and cannot be copied; name a file")
    return Path(engine.url.database)


def _set_aside(target: Path) -> None:
    # With its journal: SQLite would apply that to whatever stands in its place.
    saved = _free_name(target)
    for end in _BESIDE:
        part = target.with_name(target.name + end)
        if part.exists():
            part.replace(saved.with_name(saved.name + end))


def _free_name(target: Path) -> Path:
    number, found = 1, target.with_name(f"{target.name}.{_SAVED}")
    while found.exists():
        number += 1
        found = target.with_name(f"{target.name}.{_SAVED}-{number}")
    return found


def _sqlite(path: Path) -> sa.URL:
    return sa.URL.create("sqlite", database=str(path))  # a path may hold what a URL gives a meaning


@contextmanager
def _engine(url: str | sa.URL) -> Iterator[tuple[sa.Engine, str]]:
    engine, name = engine_of(url)
    try:
        yield engine, name
    finally:
        engine.dispose()
