"""`newsletter feeds list` and `check`, as an editor reads them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from desks import CONFIG, NOW
from feed_desks import Asked

from newsletter import wiring
from newsletter.cli.app import run
from newsletter.config import load
from newsletter.model import Visit


def test_a_check_asks_all_feeds_and_fails_if_one_does(desk: tuple[Path, Path, str], told: Asked):
    _, _, url = desk

    answer = told("feeds", "check", code=1)

    assert [(row["url"], row["status"], row["entries"]) for row in answer["feeds"]] == [  # type: ignore[attr-defined]
        (f"{url}/port.xml", "ok", 1),
        (f"{url}/none.xml", "failed", 0),
    ]
    assert told("feeds", "check", "The Port")["feeds"]


def test_a_check_that_goes_well_clears_failures_and_keeps_validators(
    desk: tuple[Path, Path, str], told: Asked
):
    workspace, _, url = desk
    configuration = load(workspace / "feeds.yaml")
    failing = {
        "failures": 4,
        "failing_since": datetime(2026, 11, 1, tzinfo=UTC),
        "error": "answers 500",
        "next_try": datetime(2027, 1, 1, tzinfo=UTC),
        "etag": '"e"',
        "body_hash": "h",
    }
    with wiring.store(configuration) as store:
        store.save_visits(
            Visit(url=f"{url}/{name}", **failing) for name in ("port.xml", "none.xml")
        )

    told("feeds", "check", "--now", NOW, code=1)

    with wiring.store(configuration) as store:
        visits = store.visits()
    good, bad = visits[f"{url}/port.xml"], visits[f"{url}/none.xml"]
    assert (good.failures, good.next_try, good.etag, good.body_hash) == (0, None, '"e"', "h")
    assert bad == Visit(url=f"{url}/none.xml", **failing)


def test_a_check_names_the_feeds_of_a_web_page(
    desk: tuple[Path, Path, str], capsys: pytest.CaptureFixture[str]
):
    _, folder, url = desk
    (folder / "none.xml").write_text(
        '<!doctype html><html><head><link rel="alternate" type="application/atom+xml"'
        ' title="All" href="all.xml"></head></html>'
    )

    assert run(["feeds", "check", "none.xml"]) == 1

    assert f"a feed is named there: {url}/all.xml (All)" in capsys.readouterr().out


def test_the_list_shows_each_feed_within_100_columns(
    desk: tuple[Path, Path, str], capsys: pytest.CaptureFixture[str]
):
    workspace, _, _ = desk
    long = "漢字の長い名前を持つ新聞社のフィード" + "x" * 80
    text = (workspace / "feeds.yaml").read_text().replace("The Port", long)
    (workspace / "feeds.yaml").write_text(text)
    run(["gather", "--now", NOW])
    capsys.readouterr()

    assert run(["feeds", "list", "--now", NOW]) == 0

    out = capsys.readouterr().out.splitlines()
    assert out[1] == "From our shelf"
    assert "ok" in out[2].split()
    assert "failing" in out[3].split()
    assert max(map(len, out)) <= 100


def test_the_list_fits_a_narrow_terminal_and_marks_what_fails_with_the_reason(
    desk: tuple[Path, Path, str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setenv("COLUMNS", "80")
    run(["gather", "--now", NOW])
    capsys.readouterr()

    assert run(["feeds", "list", "--now", NOW]) == 0

    out, err = capsys.readouterr()
    _, _, good, bad, reason = out.splitlines()
    assert good.startswith("  The Port")
    assert bad.startswith("! 127.0.0.1:")
    assert "404" in reason
    assert max(map(len, out.splitlines())) <= 80
    assert err == "2 feeds: 1 ok, 1 failing\n"


def test_the_list_can_be_narrowed_to_a_status(desk: tuple[Path, Path, str], told: Asked):
    _, _, url = desk
    told("gather", "--now", NOW)

    failing = told("feeds", "list", "--status", "failing", "--now", NOW)

    assert [row["url"] for row in failing["feeds"]] == [f"{url}/none.xml"]  # type: ignore[attr-defined]


def test_a_workspace_without_feeds_says_how_to_add_one(
    workspace: Path, capsys: pytest.CaptureFixture[str]
):
    (workspace / "feeds.yaml").write_text(CONFIG)

    assert run(["feeds", "list"]) == 0
    assert run(["feeds", "check"]) == 0

    assert capsys.readouterr().err.count("newsletter feeds add URL") == 2


def test_a_check_ends_with_what_failed(
    desk: tuple[Path, Path, str], capsys: pytest.CaptureFixture[str]
):
    workspace, _, _ = desk
    text = (workspace / "feeds.yaml").read_text().replace("port.xml", "lost.xml")
    (workspace / "feeds.yaml").write_text(text.replace("none.xml", "port.xml"))

    assert run(["feeds", "check"]) == 1

    out, err = capsys.readouterr()
    assert [line.partition(":")[0] for line in out.splitlines()] == ["ok", "failed"]
    assert err == "2 feeds asked: 1 ok, 1 failed\n"


def test_the_list_in_json_says_how_each_feed_is(desk: tuple[Path, Path, str], told: Asked):
    first = told("feeds", "list", "--now", NOW)

    assert [row["status"] for row in first["feeds"]] == ["new", "new"]  # type: ignore[attr-defined]
