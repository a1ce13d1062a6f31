"""A workspace for the doctor to look at, one check at a time."""

import os
import shutil
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsletter.cli.assembly_doctor import Examination
from newsletter.pipeline.doctor import Finding, examine
from newsletter.store import open_store

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module", name="fresh_database")
def made_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("database") / "newsletter.db"
    with open_store(f"sqlite:///{file}"):
        return file


@pytest.fixture(name="store")
def kept_store(workspace: Path, fresh_database: Path) -> Path:
    """A workspace that has a database in which nothing has happened."""
    shutil.copy(fresh_database, workspace)
    os.utime("newsletter.db", (AT.timestamp(), AT.timestamp()))
    return workspace


def looked(*wanted: str, now: datetime = AT, offline: bool = True) -> list[Finding]:
    """Return what these checks of the workspace find; the others are not made."""
    one = Examination(
        Path("feeds.yaml"), now=now, wall=lambda: AT, offline=offline, environment=os.environ
    )
    return list(examine(check for check in one.checks() if check[0] in wanted))


def configured(workspace: Path, more: str) -> None:
    config = workspace / "feeds.yaml"
    config.write_text(f"{config.read_text()}{more}\n")


def verdicts(found: Iterable[Finding]) -> list[str]:
    return [one.verdict for one in found]
