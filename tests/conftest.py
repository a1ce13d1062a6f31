"""Fixtures that several tests ask for by name."""

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import _page_of_module, browser_page, shared_page  # noqa: F401 - fixtures
from desks import CONFIG, FLOOD_A, FLOOD_B, built_in
from feed_desks import Asked, asking, laid_out
from hypothesis import HealthCheck, settings
from postgres import (  # noqa: F401 - fixtures
    bare_postgres_url,
    emptied_postgres_url,
    postgres,
    postgres_url,
)
from servers import serving_folder

# The same examples in every run: a change is not to fail for what another one left undone. They
# are few, for nothing new is found by the same ones; the long tests look for others, and for more.
# A machine that is busy makes no law false: time is for the benchmarks.
settings.register_profile(
    "seeded",
    derandomize=True,
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("seeded")


@pytest.fixture(autouse=True)
def log() -> Iterator[None]:
    """No command that a test runs has the log of the next one written to its own stderr."""
    yield
    for name in ("newsletter", "newsletter.run", "apscheduler"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.setLevel(logging.NOTSET)
        logger.propagate = True


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "feeds.yaml").write_text(CONFIG)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text(FLOOD_A)
    (tmp_path / "seeds" / "b.md").write_text(FLOOD_B)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def flood(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose week is built; tests work on copies of it."""
    return built_in(tmp_path_factory.mktemp("flood"), {})


@pytest.fixture
def built_week(flood: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace whose week is built."""
    shutil.copytree(flood, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def feed_server(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder of feeds and the URL below which it is served."""
    folder = tmp_path / "served"
    folder.mkdir()
    with serving_folder(folder) as address:
        yield folder, f"http://{address}"


@pytest.fixture
def desk(workspace: Path, feed_server: tuple[Path, str]) -> tuple[Path, Path, str]:
    """A workspace with two feeds of a server, the server's folder and its URL."""
    laid_out(workspace, *feed_server)
    return workspace, *feed_server


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Asked:
    """What a command answers in JSON."""
    return asking(capsys)
