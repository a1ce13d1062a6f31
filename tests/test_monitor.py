"""What the daemon says of itself over HTTP: whether it is well, and its figures."""

import json
import logging
import os
import resource
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from prometheus_client.parser import text_string_to_metric_families

from newsletter.errors import ServeError, StoreError
from newsletter.monitor import Facts, Figures, Pulse, monitoring
from newsletter.monitor.pulse import LONGEST_S, STALE_S

NOW = datetime(2026, 11, 22, 17, tzinfo=UTC)


class Seconds:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@contextmanager
def served(
    pulse: Pulse | None = None, facts: Callable[[], Facts] = Facts
) -> Iterator[tuple[str, Figures]]:
    figures = Figures(facts)
    health = (pulse or Pulse()).health
    with monitoring("127.0.0.1", 0, health=health, metrics=figures.page) as url:
        yield url, figures


def asked(url: str, path: str, method: str = "GET") -> tuple[int, str]:
    connection = HTTPConnection(urlsplit(url).netloc, timeout=60)
    try:
        connection.request(method, path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def figures_of(page: str) -> dict[tuple[str, ...], float]:
    """Return each figure by its name and the values of its labels."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }


def test_a_daemon_whose_last_tick_went_well_is_well() -> None:
    pulse = Pulse()
    pulse.ticked(NOW, datetime(2026, 11, 22, 18, tzinfo=UTC))

    with served(pulse) as (url, _):
        status, said = asked(url, "/healthz")

    assert status == 200
    assert json.loads(said)["status"] == "ok"
    assert json.loads(said)["last_tick"] == "2026-11-22T17:00:00Z"
    assert json.loads(said)["next"] == "2026-11-22T18:00:00Z"


def test_one_whose_last_tick_failed_is_not_and_says_why() -> None:
    pulse = Pulse()
    pulse.failed(StoreError("newsletter.db: the disk is full; make room"))

    with served(pulse) as (url, _):
        status, said = asked(url, "/healthz")

    assert status == 503
    assert json.loads(said)["reason"] == "newsletter.db: the disk is full; make room"


def test_a_tick_that_goes_well_again_makes_it_well() -> None:
    pulse = Pulse()
    pulse.failed(StoreError("gone"))
    pulse.ticked(NOW, None)

    assert pulse.health()[0]


def test_one_that_has_not_ticked_for_five_minutes_is_not_well() -> None:
    clock = Seconds()
    pulse = Pulse(clock)
    pulse.ticked(NOW, None)

    clock.at += STALE_S + 1

    assert not pulse.health()[0]


def test_a_build_that_takes_long_is_no_illness_but_one_that_never_ends_is() -> None:
    clock = Seconds()
    pulse = Pulse(clock)

    with pulse.working("publish 2026-W47"):
        clock.at += STALE_S + 1
        well, said = pulse.health()
        clock.at += LONGEST_S

        assert well
        assert said["working"] == {"publish 2026-W47": STALE_S + 1}
        assert not pulse.health()[0]


def test_the_figures_are_what_prometheus_reads() -> None:
    facts = Facts(
        next_instant=datetime(2026, 11, 29, 17, tzinfo=UTC),
        last_published=NOW,
        articles=412,
        feeds=9,
        failing_feeds=2,
        notices={"sent": 3, "failed": 1},
        claims={("publish", "2026-W47"): 2.5},
    )

    with served(facts=lambda: facts) as (url, figures):
        figures.ticked()
        figures.ticked(failed=True)
        figures.ran("publish", "done")
        figures.took("publish", 3.0)
        figures.told("sent")
        found = figures_of(asked(url, "/metrics")[1])

    assert found["newsletter_ticks_total", "ok"] == 1
    assert found["newsletter_ticks_total", "failed"] == 1
    assert found["newsletter_runs_total", "publish", "done"] == 1
    assert found["newsletter_run_seconds_sum", "publish"] == 3.0
    assert found["newsletter_notices_told_total", "sent"] == 1
    assert found["newsletter_last_published_timestamp_seconds",] == NOW.timestamp()
    assert found["newsletter_articles",] == 412
    assert found["newsletter_feeds_failing",] == 2
    assert found["newsletter_notices", "failed"] == 1
    assert found["newsletter_claim_age_seconds", "publish", "2026-W47"] == 2.5
    assert found["newsletter_store_up",] == 1


def test_a_store_that_cannot_be_read_is_a_figure_and_the_rest_is_still_told() -> None:
    def gone() -> Facts:
        raise StoreError("gone")

    with served(facts=gone) as (url, figures):
        figures.ticked()
        status, page = asked(url, "/metrics")

    assert status == 200
    assert figures_of(page)["newsletter_store_up",] == 0
    assert figures_of(page)["newsletter_ticks_total", "ok"] == 1


def test_the_store_is_not_asked_for_every_scrape() -> None:
    clock, reads = Seconds(), []
    figures = Figures(lambda: reads.append(1) or Facts(), clock=clock)

    figures.page()
    figures.page()
    clock.at += 11
    figures.page()

    assert len(reads) == 2


@pytest.mark.parametrize(("method", "path"), [("POST", "/metrics"), ("GET", "/etc/passwd")])
def test_nothing_else_can_be_asked_for(method: str, path: str) -> None:
    with served() as (url, _):
        status, _ = asked(url, path, method)

    assert status in (404, 501)


def test_only_the_head_may_be_asked_for() -> None:
    with served() as (url, _):
        assert asked(url, "/healthz", "HEAD") == (200, "")


def test_one_that_says_nothing_does_not_keep_others_waiting() -> None:
    with served() as (url, _):
        place = urlsplit(url)
        with socket.create_connection((place.hostname or "", place.port or 0)):
            status, _ = asked(url, "/healthz")

    assert status == 200


def test_where_no_file_may_be_opened_it_waits_without_haste_and_then_answers(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG, "newsletter.monitor")
    with served() as (url, _), socket.socket() as client:
        place = urlsplit(url)
        client.settimeout(0.6)
        began = time.monotonic()

        with no_more_files():
            client.connect((place.hostname, place.port))
            client.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
            while "cannot let anybody in" not in caplog.text:
                assert time.monotonic() < began + 60
                time.sleep(0.01)
            with pytest.raises(TimeoutError):
                client.recv(1)
        client.settimeout(60)
        answer = client.recv(12)
        took_s = time.monotonic() - began

    assert answer == b"HTTP/1.0 200"
    # Twice a second, as long as that may take here.
    assert caplog.text.count("cannot let anybody in") <= 2 * took_s + 2


@contextmanager
def no_more_files() -> Iterator[None]:
    """Let this process open no file while the block lasts."""
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    free = os.dup(0)
    os.close(free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (free, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)


def test_a_port_that_is_taken_is_told_in_one_line() -> None:
    with served() as (url, _):
        port = urlsplit(url).port or 0
        with pytest.raises(ServeError, match=f"127.0.0.1:{port} cannot be had") as told:
            monitoring("127.0.0.1", port, health=Pulse().health, metrics=bytes).__enter__()

    assert "\n" not in str(told.value)
