"""Turns what a database driver raises into one line that a person can act on."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from newsletter.errors import StoreError

_WAYS_OUT = (
    ("readonly", "it is read-only; give this user the right to write it"),
    ("read-only", "it is read-only; give this user the right to write it"),
    ("unable to open", "it cannot be opened; check its folder and its rights"),
    ("not a database", "it is no SQLite database; name another one with database:"),
    ("malformed", "it is damaged; restore it from a backup"),
    ("locked", "another process has it locked; wait for that one to end"),
    ("no such table", "it lacks a table; restore it from a backup, or name another database"),
    ("full", "the disk is full; make room"),
)


@contextmanager
def telling(name: str) -> Iterator[None]:
    """Raise StoreError, with *name* and a way out, in place of SQLAlchemy's errors."""
    try:
        yield
    except DBAPIError as error:
        said = str(error.orig)
        way_out = next((way for mark, way in _WAYS_OUT if mark in said), said.split("\n")[0])
        raise StoreError(f"{name}: {way_out}") from error
    except SQLAlchemyError as error:
        raise StoreError(f"{name}: {error}") from error
