"""Gather: every source costs itself alone, and what is known is not told as new."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fakes import NOW, InlineWorkers, ScriptedFeeds, rss

from newsletter.errors import FetchError
from newsletter.model import Document, Feed, SeedFolder
from newsletter.pipeline.gather import Gathered, Gathering, gather
from newsletter.sources import SeedFiles
from newsletter.store import Store, open_store

FLOOD = Feed(url="https://ledger.example/feed", section="News", name="The Ledger")
PORT = Feed(url="https://harbour.example/feed", section="News")
FOLDER = SeedFolder(path="seeds", section="News")

FLOOD_FEED = rss(("Flood reaches the mill", "https://ledger.example/flood", "Water rose."))
PORT_FEED = rss(("Port opens at night", "https://harbour.example/port", "Cranes move."))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path}/news.db") as opened:
        yield opened


@pytest.fixture
def doors(store: Store, tmp_path: Path) -> Gathering:
    (tmp_path / "seeds").mkdir()
    return Gathering(
        feeds=ScriptedFeeds({FLOOD.url: FLOOD_FEED, PORT.url: PORT_FEED}),
        seeds=SeedFiles(tmp_path),
        workers=InlineWorkers(),
        articles=store,
        visits=store,
        now=NOW,
        language="en",
        zone="UTC",
    )


def titles(store: Store) -> set[str]:
    return {article.title for article in store.within(None, NOW + timedelta(days=30))}


def test_articles_of_all_feeds_are_kept(store: Store, doors: Gathering):
    gathered = gather([FLOOD, PORT], [], doors)

    assert [(row.status, row.new) for row in gathered.feeds] == [("ok", 1), ("ok", 1)]
    assert titles(store) == {"Flood reaches the mill", "Port opens at night"}


def test_a_feed_that_fails_costs_itself_alone(store: Store, doors: Gathering):
    answers = {FLOOD.url: FetchError("answers 404 Not Found"), PORT.url: PORT_FEED}

    gathered = gather([FLOOD, PORT], [], replace(doors, feeds=ScriptedFeeds(answers)))

    flood, port = gathered.feeds
    assert (flood.status, flood.reason, flood.since) == ("failed", "answers 404 Not Found", NOW)
    assert port.status == "ok"
    assert titles(store) == {"Port opens at night"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html><body>Hello</body></html>", "web page"),
        (b"", "empty"),
        (b"\x89PNG\x00\x01\x02", "no feed"),
        (b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 5000 + b'">]><rss/>', "entities"),
    ],
    ids=["web page", "empty", "binary", "entities"],
)
def test_what_is_no_feed_is_named_with_the_reason(doors: Gathering, content: bytes, said: str):
    answers = {FLOOD.url: Document(url=FLOOD.url, content=content)}

    (row,) = gather([FLOOD], [], replace(doors, feeds=ScriptedFeeds(answers))).feeds

    assert row.status == "failed"
    assert said in row.reason


def test_a_feed_that_goes_on_failing_says_since_when(doors: Gathering):
    broken = replace(doors, feeds=ScriptedFeeds({FLOOD.url: FetchError("no answer within 30 s")}))
    gather([FLOOD], [], broken)

    (row,) = gather([FLOOD], [], replace(broken, now=NOW + timedelta(days=1))).feeds

    assert row.since == NOW


def test_the_same_body_is_unchanged_though_the_server_gives_no_validators(doors: Gathering):
    gather([FLOOD], [], doors)

    (row,) = gather([FLOOD], [], doors).feeds

    assert (row.status, row.new) == ("unchanged", 0)
    assert row.reason


def test_a_matching_validator_is_unchanged(doors: Gathering):
    tagged = replace(doors, feeds=ScriptedFeeds({FLOOD.url: replace(FLOOD_FEED, etag='"1"')}))
    gather([FLOOD], [], tagged)

    (row,) = gather([FLOOD], [], tagged).feeds

    assert row.status == "unchanged"


def test_a_document_that_could_not_be_read_is_read_again_next_time(store: Store, doors: Gathering):
    gather([FLOOD], [], replace(doors, feeds=ScriptedFeeds({FLOOD.url: rss(etag='"1"')})))
    spoilt = Document(url=FLOOD.url, content=b"<html>", etag='"2"')
    gather([FLOOD], [], replace(doors, feeds=ScriptedFeeds({FLOOD.url: spoilt})))

    (row,) = gather([FLOOD], [], replace(doors, feeds=ScriptedFeeds({FLOOD.url: spoilt}))).feeds

    assert row.status == "failed"
    assert store.visits()[FLOOD.url].etag == '"1"'


def test_offline_and_disabled_feeds_are_skipped_and_say_why(doors: Gathering):
    off = replace(PORT, enabled=False)

    gathered = gather([FLOOD, off], [], replace(doors, feeds=None))

    assert [row.status for row in gathered.feeds] == ["skipped", "skipped"]
    assert ["offline" in row.reason for row in gathered.feeds] == [True, False]


def test_seeds_are_read_beside_the_feeds(store: Store, doors: Gathering, tmp_path: Path):
    (tmp_path / "seeds" / "notes.txt").write_text("A quiet night\n\nNobody came. It rained.\n")
    (tmp_path / "seeds" / "empty.txt").write_text("")

    gathered = gather([FLOOD], [FOLDER], doors)

    assert [(row.path, row.status, row.reason) for row in gathered.seeds] == [
        ("seeds/empty.txt", "failed", "is empty"),
        ("seeds/notes.txt", "ok", ""),
    ]
    assert "A quiet night" in titles(store)


def test_a_seed_taken_out_of_its_folder_is_taken_back(
    store: Store, doors: Gathering, tmp_path: Path
):
    path = tmp_path / "seeds" / "notes.txt"
    path.write_text("A quiet night\n\nNobody came. It rained.\n")
    gather([], [FOLDER], doors)
    path.unlink()

    gather([], [FOLDER], doors)

    assert titles(store) == set()


SILENCE = FetchError("no connection within 10 s", is_silent=True)
REFUSAL = FetchError("answers 503 Service Unavailable", status=503)


def again(asked: list[Feed], doors: Gathering, times: int, **more: object) -> Gathered:
    """Gather *times* times, an hour apart, and return the last outcome."""
    for hour in range(times):
        gathered = gather(asked, [], replace(doors, now=NOW + timedelta(hours=hour), **more))
    return gathered


def test_a_feed_that_goes_on_failing_is_left_alone_for_a_while(doors: Gathering):
    source = ScriptedFeeds({FLOOD.url: REFUSAL, PORT.url: PORT_FEED})

    flood, port = again([FLOOD, PORT], doors, 4, feeds=source).feeds

    assert (flood.status, flood.failures, flood.reason) == ("skipped", 3, str(REFUSAL))
    assert flood.next_try is not None
    assert port.status == "unchanged"


def test_a_feed_that_waits_is_asked_where_the_editor_insists(doors: Gathering):
    source = ScriptedFeeds({FLOOD.url: REFUSAL})

    flood = again([FLOOD], doors, 4, feeds=source, retry=True).feeds[0]

    assert (flood.status, flood.failures) == ("failed", 4)


def test_a_feed_that_answers_again_no_longer_waits(doors: Gathering):
    again([FLOOD], doors, 5, feeds=ScriptedFeeds({FLOOD.url: REFUSAL}), retry=True)

    flood = again([FLOOD], doors, 1, retry=True).feeds[0]

    assert (flood.status, flood.failures, flood.next_try) == ("ok", 0, None)


def test_without_a_network_no_feed_is_made_to_wait(doors: Gathering):
    source = ScriptedFeeds({FLOOD.url: SILENCE, PORT.url: SILENCE})

    gathered = again([FLOOD, PORT], doors, 6, feeds=source)

    assert [(row.status, row.failures) for row in gathered.feeds] == [("failed", 6)] * 2
    assert [row.next_try for row in gathered.feeds] == [None, None]


def test_a_silent_feed_waits_where_others_answer(doors: Gathering):
    source = ScriptedFeeds({FLOOD.url: SILENCE, PORT.url: PORT_FEED})

    assert again([FLOOD, PORT], doors, 3, feeds=source).feeds[0].next_try is not None


def test_the_entries_that_were_seen_are_handed_back_to_the_parser(store: Store, doors: Gathering):
    again([FLOOD], doors, 1)

    assert len(store.visits()[FLOOD.url].entries) == 1


def test_a_feed_counts_its_entries_though_none_is_new(doors: Gathering):
    more = rss(
        ("Flood reaches the mill", "https://ledger.example/flood", "Water rose."),
        ("Flood leaves the mill", "https://ledger.example/ebb", "Water fell."),
    )
    again([FLOOD], doors, 1)

    row = again([FLOOD], doors, 1, feeds=ScriptedFeeds({FLOOD.url: more})).feeds[0]

    assert (row.new, row.found) == (1, 2)


def test_an_article_in_two_feeds_is_counted_for_one(store: Store, doors: Gathering):
    source = ScriptedFeeds({FLOOD.url: FLOOD_FEED, PORT.url: FLOOD_FEED})

    gathered = again([FLOOD, PORT], doors, 1, feeds=source)

    assert gathered.new == len(titles(store)) == 1
