"""What is said on stderr of feeds that fail: each once, in one line, with the way out."""

from datetime import timedelta

import pytest
from fakes import NOW

from newsletter.cli.healthiness import health_line, tell_health, told_by_health
from newsletter.cli.options import Talk
from newsletter.cli.telling import tell_gathered
from newsletter.model import Feed
from newsletter.pipeline.gather import FeedRow, Gathered
from newsletter.pipeline.health import Health


def failing(name: str, *, days: int, failures: int = 9) -> Health:
    return Health(
        feed=Feed(url=f"https://{name}.example/", section="S", name=name),
        status="failing",
        note="answers 500",
        failures=failures,
        failing_since=NOW - timedelta(days=days),
        wants_eye=days >= 7,
    )


def gathered(*found: Health) -> Gathered:
    rows = [
        FeedRow(feed=one.feed, status="failed", reason=one.note, failures=one.failures)
        for one in found
    ]
    return Gathered(feeds=tuple(rows), seeds=(), new=0, changed=0)


def test_a_feed_that_has_failed_for_long_is_told_once(capsys: pytest.CaptureFixture[str]):
    found = (failing("old", days=9), failing("young", days=1))

    tell_gathered(gathered(*found), Talk(), told_later=told_by_health(found))
    tell_health(found)

    lines = capsys.readouterr().err.splitlines()
    assert [line.partition(" https")[0] for line in lines] == ["failed: young", "failing: old"]


def test_what_is_cut_off_at_the_end_is_told_before(capsys: pytest.CaptureFixture[str]):
    found = tuple(failing(f"f{n}", days=9) for n in range(12))

    tell_gathered(gathered(*found), Talk(), told_later=told_by_health(found))
    tell_health(found)

    err = capsys.readouterr().err
    assert all(err.count(f"https://f{n}.example/") == 1 for n in range(12))
    assert "2 more feeds want an eye" in err


def test_the_reason_comes_first_and_one_failure_is_not_counted():
    often, once = failing("a", days=9), failing("b", days=9, failures=1)

    assert health_line(often) == (
        "a https://a.example/: answers 500 (9 times in a row, since 2026-11-11, last read: never)"
    )
    assert health_line(once).endswith("answers 500 (since 2026-11-11, last read: never)")
