"""`newsletter run`, the daemon: a real process, from its first line to its end by a signal."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
from servers import port_for_another

from newsletter.cli.weekly import Weekly
from newsletter.config import load
from newsletter.scheduler import Ending
from newsletter.store import open_store
from newsletter.weeks import WEEKDAYS

_LONGEST_S = 240.0
NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
ALSO = """\
schedule: {{publish: {day} 12:00, gather: {gather}h, review: {{window: 6h}}}}
monitor: {{port: {port}}}
"""
COMMAND = [sys.executable, "-m", "newsletter", "run", "--offline", "--log-format", "json"]


@pytest.fixture
def daemon(workspace: Path) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """A daemon at work, and where its monitor listens."""
    now = datetime.now(UTC)
    with port_for_another() as port:
        with (workspace / "feeds.yaml").open("a") as feeds:
            # A daemon goes by the clock: neither instant, draft nor a second gather are to be near.
            day = WEEKDAYS[(now.weekday() + 3) % 7]
            gather = max((5, 7, 11), key=lambda hours: till_the_next(hours, now))
            feeds.write(ALSO.format(day=day, gather=gather, port=port))
        process = subprocess.Popen(COMMAND, cwd=workspace, stderr=subprocess.PIPE, text=True)
        yield process, f"http://127.0.0.1:{port}"
        process.kill()
        process.communicate()


def till_the_next(hours: int, now: datetime) -> timedelta:
    """Return how long it is to the next gather where feeds are asked every so many *hours*."""
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return timedelta(hours=hours) - (now - epoch) % timedelta(hours=hours)


def health(url: str) -> dict[str, object]:
    """Return what a daemon says of itself, once its first tick has ended."""
    end = time.monotonic() + _LONGEST_S
    while time.monotonic() < end:
        try:
            with urlopen(f"{url}/healthz", timeout=30) as answer:
                said: dict[str, object] = json.load(answer)
                if said["last_tick"]:
                    return said
        except HTTPError as error:
            error.close()
        except (URLError, ConnectionError):
            pass
        time.sleep(0.02)
    raise AssertionError("the daemon did not come to its first tick")


def test_a_daemon_says_where_it_is_works_and_ends_when_told(
    daemon: tuple["subprocess.Popen[str]", str],
) -> None:
    process, url = daemon
    said = health(url)
    with urlopen(f"{url}/metrics", timeout=30) as answer:
        figures = answer.read().decode()

    os.kill(process.pid, signal.SIGTERM)
    _, log = process.communicate(timeout=60)

    assert process.returncode == 0
    assert said["status"] == "ok"
    assert 'newsletter_runs_total{job="gather",state="done"} 1.0' in figures
    lines = [json.loads(line) for line in log.splitlines()]
    told = " | ".join(line["message"] for line in lines)
    for part in ("The Tide: 20", "review: a draft on ", "told: nobody", f"monitor: {url}/healthz"):
        assert part in told
    assert [line["period"][-1] for line in lines if line.get("job") == "gather"] == ["Z"]


@pytest.fixture
def weekly(workspace: Path) -> Iterator[Weekly]:
    """The weekly run of a workspace, in the hands of a test."""
    config = workspace / "feeds.yaml"
    with Ending() as ending, open_store(f"sqlite:///{workspace / 'newsletter.db'}") as store:
        yield Weekly(config, load(config), store, ending=ending, offline=True)


def test_a_changed_feeds_yaml_is_heeded_at_the_next_tick(weekly: Weekly, workspace: Path) -> None:
    weekly.tick(NOON)
    with (workspace / "feeds.yaml").open("a") as feeds:
        feeds.write("schedule: {publish: friday 06:00}\n")

    found = weekly.tick(NOON)

    assert weekly.configuration.settings.weekly.weekday == 4
    assert not found.did


def test_one_with_faults_is_told_and_what_it_said_before_stands(
    weekly: Weekly, workspace: Path, caplog: pytest.LogCaptureFixture
) -> None:
    weekly.tick(NOON)
    with (workspace / "feeds.yaml").open("a") as feeds:
        feeds.write("schedule: {publish: sunday 25:00}\n")

    weekly.tick(NOON)
    weekly.tick(NOON)

    assert weekly.configuration.settings.weekly.weekday == 6
    assert caplog.text.count("feeds.yaml has faults") == 1
