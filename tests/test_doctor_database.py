"""What the doctor says of the database, and that it leaves it as it is."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from doctoring import AT, configured, kept_store, looked, made_database, verdicts  # noqa: F401 - fixtures
from mail_server import closed_port

from newsletter.cli.probing_database import look_at
from newsletter.pipeline.doctor_database import database


def test_a_database_that_is_not_there_yet_is_no_fault(workspace: Path):
    found = looked("database", "weekly run")

    assert verdicts(found) == ["ok", "warning"]
    assert "has never run here" in found[1].text


def test_a_file_that_is_no_database_is_a_fault_and_the_rest_is_looked_at(workspace: Path):
    (workspace / "newsletter.db").write_bytes(b"no database at all, whatever its name says" * 50)

    found = looked("database", "schedule", "weekly run", "feeds")

    assert verdicts(found) == ["fault", "ok"]


def test_a_damaged_database_is_a_fault(store: Path):
    file = store / "newsletter.db"
    content = bytearray(file.read_bytes())
    half = len(content) // 2 // 4096 * 4096
    content[half : half + 8192] = b"\xff" * 8192
    file.write_bytes(content)

    found = looked("database")

    assert verdicts(found) == ["fault"]


@pytest.mark.parametrize(
    ("version", "verdict"), [("9999", "fault"), ("0001", "warning")], ids=["newer", "older"]
)
def test_a_database_of_another_version_is_told_and_left_as_it_is(
    workspace: Path, version: str, verdict: str
):
    with closing(sqlite3.connect("newsletter.db")) as file, file:
        file.execute("CREATE TABLE alembic_version (version_num TEXT)")
        file.execute("INSERT INTO alembic_version VALUES (?)", [version])

    found = looked("database")

    assert verdicts(found) == [verdict]
    with closing(sqlite3.connect("newsletter.db")) as file:
        assert file.execute("SELECT * FROM alembic_version").fetchall() == [(version,)]


def test_a_database_of_another_program_is_a_fault(workspace: Path):
    with closing(sqlite3.connect("newsletter.db")) as file, file:
        file.execute("CREATE TABLE cookies (id INTEGER)")

    found = looked("database")

    assert verdicts(found) == ["fault"]
    assert "another program" in found[0].text


def test_a_database_that_somebody_writes_is_a_warning(
    store: Path,
):
    with closing(sqlite3.connect("newsletter.db", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")

        found = list(database(look_at("sqlite:///newsletter.db", wait_s=0.0)))

    assert verdicts(found) == ["ok", "warning"]
    assert "fuser -v newsletter.db" in found[1].remedy


def test_a_database_nobody_answers_for_is_a_fault_without_its_password(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
):
    url = f"postgresql+psycopg://tide:s3cret@127.0.0.1:{closed_port()}/tide"
    monkeypatch.setenv("NEWSLETTER_DATABASE", url)

    found = looked("database")

    assert verdicts(found) == ["fault"]
    assert "s3cret" not in str(found)


def test_a_database_on_postgresql_is_looked_at_as_well(
    workspace: Path,
    emptied_postgres_url: str,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setenv("NEWSLETTER_DATABASE", emptied_postgres_url)

    kept, ran_last = looked("database", "weekly run")

    assert kept.verdict == "ok"
    assert kept.text.endswith("writable")
    assert "never run" in ran_last.text


def test_a_postgresql_that_may_only_be_read_is_a_fault(
    workspace: Path,
    emptied_postgres_url: str,
    monkeypatch: pytest.MonkeyPatch,
):
    url = f"{emptied_postgres_url}&options=-c%20default_transaction_read_only%3Don"
    monkeypatch.setenv("NEWSLETTER_DATABASE", url)

    (found,) = looked("database")

    assert found.verdict == "fault"
    assert found.remedy == "give this user the right to write it"


def test_a_bare_postgresql_is_no_fault_and_stays_bare(
    workspace: Path,
    bare_postgres_url: str,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setenv("NEWSLETTER_DATABASE", bare_postgres_url)

    assert verdicts(looked("database")) == ["ok"]
    assert verdicts(looked("database")) == ["ok"]


@pytest.mark.parametrize("url", ["sqlite://", "nosuch://x", "postgresql+psycopg://[x"])
def test_what_is_no_database_url_is_a_fault(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, url: str
):
    monkeypatch.setenv("NEWSLETTER_DATABASE", url)

    found = looked("database")

    assert verdicts(found) == ["fault"]
