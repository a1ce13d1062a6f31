"""A real PostgreSQL for tests: one server for all, a fresh database for each.

A test asks for `postgres_url`; conftest imports the fixtures.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple, NoReturn

import pytest
from servers import port_for_another

# Its libraries are loaded with the server: most tests want neither.

_READY_S = 120
_SHARED = "shared"
_NAMES = count(1)


class Server(NamedTuple):
    """A PostgreSQL that listens on a socket in *folder* and on a loopback *port*."""

    folder: Path
    port: int

    def url(self, database: str) -> str:
        """Return the URL of a database, asked without a password."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}&port={self.port}"

    def tell(self, statement: str, database: str = "postgres") -> None:
        """Have the server do what no transaction can hold."""
        import sqlalchemy as sa

        engine = sa.create_engine(self.url(database), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()


_SERVER = pytest.StashKey[Server | str]()  # a text where there is none: the reason


@pytest.fixture
def postgres(request: pytest.FixtureRequest) -> Server:
    """The server that all tests share.

    Where there is none the test is skipped; with NEWSLETTER_POSTGRESQL=required in the
    environment, as in CI, it fails instead.
    """
    return _server(request.config)


@pytest.fixture
def postgres_url(postgres: Server) -> Iterator[str]:
    """The URL of a store of its own, up to date and empty, that ends with the test."""
    yield from _fresh(postgres, template="newsletter")


@pytest.fixture
def bare_postgres_url(postgres: Server) -> Iterator[str]:
    """The URL of a database without a table, that ends with the test."""
    yield from _fresh(postgres, template="template1")


@pytest.fixture
def emptied_postgres_url(postgres: Server) -> str:
    """The URL of a store that is up to date and empty, but was other tests' before.

    It is had in a tenth of the time of one of its own; the test closes what it opens.
    """
    from newsletter.store.tables import metadata

    tables = reversed(metadata.sorted_tables)
    postgres.tell(";".join(f"DELETE FROM {table.name}" for table in tables), _SHARED)
    return postgres.url(_SHARED)


def _fresh(server: Server, *, template: str) -> Iterator[str]:
    name = f"test_{next(_NAMES)}"
    server.tell(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield server.url(name)
    server.tell(f"DROP DATABASE {name} WITH (FORCE)")


def _server(config: pytest.Config) -> Server:
    import sqlalchemy as sa

    if _SERVER not in config.stash:
        try:
            config.stash[_SERVER] = _started(config)
        except (OSError, subprocess.SubprocessError, sa.exc.SQLAlchemyError) as error:
            config.stash[_SERVER] = f"PostgreSQL does not start: {error}"
    found = config.stash[_SERVER]
    return _missing(found) if isinstance(found, str) else found


def _missing(why: str) -> NoReturn:
    if os.environ.get("NEWSLETTER_POSTGRESQL") == "required":
        pytest.fail(why, pytrace=False)
    pytest.skip(why)


def _started(config: pytest.Config) -> Server:
    binaries = _binaries()
    # Not below pytest's folder: a socket's path has room for 107 characters, and root's own
    # folders are closed to the server's user.
    folder = Path(tempfile.mkdtemp(prefix="newsletter-pg-"))
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    if _is_root():
        shutil.chown(folder, "postgres", "postgres")
    # Sorted as in most installations, by the rules of a language: byte by byte is how SQLite sorts,
    # and would hide that the two differ.
    language = ["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US"]
    subprocess.run(
        [
            *_as_user(),
            str(binaries / "initdb"),
            f"--pgdata={folder}/data",
            "--username=postgres",
            "--encoding=UTF8",
            "--auth-local=trust",
            "--auth-host=scram-sha-256",
            "--no-sync",
            "--no-instructions",
            *language,
        ],
        check=True,
        capture_output=True,
        cwd="/",
    )
    from newsletter.store import open_store

    with port_for_another() as port:
        server = Server(folder, port)
        process = _running(binaries, server)
        config.add_cleanup(lambda: _stop(process))
        _wait(server, process)
    server.tell("CREATE DATABASE newsletter")
    with open_store(server.url("newsletter")):
        pass
    server.tell(f"CREATE DATABASE {_SHARED} TEMPLATE newsletter")
    return server


def _running(binaries: Path, server: Server) -> "subprocess.Popen[bytes]":
    command = [
        *_as_user("--pdeathsig", "INT"),  # it ends with the test run, however that ends
        str(binaries / "postgres"),
        "-D",
        f"{server.folder}/data",
        f"--unix_socket_directories={server.folder}",
        f"--port={server.port}",
        "--listen_addresses=127.0.0.1",
        "--fsync=off",
        "--full_page_writes=off",
        "--synchronous_commit=off",
        "--shared_buffers=32MB",
        "--max_connections=60",
    ]
    with (server.folder / "log").open("wb") as log:
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log, cwd="/")


def _binaries() -> Path:
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if not found:
        raise FileNotFoundError("no initdb below /usr/lib/postgresql; apt install postgresql")
    return max(found, key=lambda path: int(path.parent.name))


def _is_root() -> bool:
    return os.geteuid() == 0


def _as_user(*also: str) -> list[str]:
    """Return the words before a command that have it run as no root, which initdb refuses."""
    user = ["--reuid=postgres", "--regid=postgres", "--clear-groups"] if _is_root() else []
    return ["setpriv", *user, *also] if user or also else []


def _wait(server: Server, process: "subprocess.Popen[bytes]") -> None:
    import sqlalchemy as sa

    end = time.monotonic() + _READY_S
    while True:
        try:
            return server.tell("SELECT 1")
        except sa.exc.OperationalError:
            if process.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.05)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
