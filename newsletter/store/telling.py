"""Turns what a database driver raises into one line that a person can act on."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from newsletter.errors import StoreError

LOCKED = "another process has it locked; wait for that one to end"
DAMAGED = "it is damaged; restore it from a backup"
_READ_ONLY = "it is read-only; give this user the right to write it"
_FULL = "the disk is full; make room"
_LACKS = "it lacks a table; restore it from a backup, or name another database"
_PASSWORD = "it refuses the user or the password; correct the URL of database:"  # noqa: S105

# By the beginnings of SQLite's names of errors (sqlite.org/rescode.html) and PostgreSQL's SQLSTATEs
# (its manual, appendix A).
_BY_CODE = (
    ("SQLITE_READONLY", _READ_ONLY),
    ("SQLITE_PERM", _READ_ONLY),
    ("SQLITE_CANTOPEN", "it cannot be opened; check its folder and its rights"),
    ("SQLITE_NOTADB", "it is no SQLite database; name another one with database:"),
    ("SQLITE_CORRUPT", DAMAGED),
    ("SQLITE_BUSY", LOCKED),
    ("SQLITE_LOCKED", LOCKED),
    ("SQLITE_FULL", _FULL),
    ("SQLITE_IOERR", "its disk cannot be read or written; see whether it is full or failing"),
    ("SQLITE_TOOBIG", "a text is too long for it"),
    ("25006", _READ_ONLY),
    ("25P03", "a transaction waited too long for its own process; try again"),
    ("28", _PASSWORD),
    ("3D000", "there is no database of that name; make one (createdb), or correct database:"),
    ("42501", "its user lacks a right; grant it all rights on this database"),
    ("42P01", _LACKS),
    ("53100", _FULL),
    ("53300", "it has no connection left; raise its max_connections, or end what holds them"),
    ("54000", "a URL is too long for PostgreSQL (2,600 bytes); shorten it"),
    ("55P03", LOCKED),
    ("57", "its server was stopped; start it, and try again"),
    ("58030", "its disk cannot be read or written; see whether it is full or failing"),
    ("XX001", DAMAGED),
    ("XX002", DAMAGED),
)
# What has no code of its own: SQLite's answer to a wrong statement, and PostgreSQL's before there
# is a connection.
_BY_WORDS = (
    ("no such table", _LACKS),
    ("password", _PASSWORD),
    ("authentication failed", _PASSWORD),
    ("no pg_hba.conf entry", "it does not let this user in from here; see its pg_hba.conf"),
    ('role "', _PASSWORD),
    ("permission denied", "its user lacks a right; grant it all rights on this database"),
    ('database "', "there is no database of that name; make one (createdb), or correct database:"),
    ("Connection refused", "nobody answers there; start PostgreSQL, or correct database:"),
    ("No such file", "nobody answers there; start PostgreSQL, or correct database:"),
    ("resolve", "its host is not known; correct the URL of database:"),
    ("timeout expired", "nobody answers there in time; see whether PostgreSQL can be reached"),
    ("too many clients", "it has no connection left; raise its max_connections"),
    ("starting up", "its server is starting; try again in a moment"),
    ("shutting down", "its server was stopped; start it, and try again"),
    ("server closed the connection", "its server ended the connection; try again"),
    ("connection is lost", "its server ended the connection; try again"),
)


@contextmanager
def telling(name: str) -> Iterator[None]:
    """Raise StoreError, with *name* and a way out, in place of SQLAlchemy's errors."""
    try:
        yield
    except DBAPIError as error:
        raise StoreError(f"{name}: {way_out(error.orig)}") from error
    except SQLAlchemyError as error:
        raise StoreError(f"{name}: {str(error).partition(chr(10))[0]}") from error


def way_out(error: BaseException | None) -> str:
    """Return in one line what a driver's *error* means to whoever named the database."""
    said = str(error).partition("\n")[0]
    code = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None) or ""
    by_code = next((way for begin, way in _BY_CODE if code.startswith(begin)), None)
    if by_code:
        return by_code
    return next((way for words, way in _BY_WORDS if words in str(error)), said)
