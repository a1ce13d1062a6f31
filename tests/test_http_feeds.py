"""Many feeds at once: each is told once, few at a time on a host, all within the time there is."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from pace import slowness
from servers import Asked, Server, Talk, answer, by_path, says, serving

from newsletter.errors import FetchError
from newsletter.model import Document, Feed, Unchanged, Visit
from newsletter.net import Fetcher, Limits
from newsletter.sources import HttpFeeds


def source(*servers: Server, per_host: int = 4, total_s: float = 60.0) -> HttpFeeds:
    allowed = frozenset().union(*(server.allowed for server in servers))
    fetcher = Fetcher(Limits(timeout_s=60, max_bytes=100_000, allow_private=allowed), "Test/1")
    return HttpFeeds(fetcher, per_host=per_host, total_s=total_s)


def feeds(server: Server, count: int) -> list[tuple[Feed, Visit]]:
    urls = [server.url(f"/{number}") for number in range(count)]
    return [(Feed(url=url, section="News"), Visit(url=url)) for url in urls]


def slowly(seconds: float) -> Talk:
    def talk(connection: socket.socket, asked: Asked) -> None:
        time.sleep(seconds)
        connection.sendall(answer(asked.target.encode()))

    return talk


def until_it_hangs_up(connection: socket.socket, asked: Asked) -> None:
    connection.recv(1)


def test_no_feeds_are_no_work():
    assert list(source().look([])) == []


def test_every_feed_is_told_once_with_its_own_document():
    with serving(slowly(0)) as server:
        asked = feeds(server, 20)
        got = dict(source(server).look(asked))

    assert {feed.url for feed in got} == {feed.url for feed, _ in asked}
    for feed, document in got.items():
        assert isinstance(document, Document)
        assert feed.url.endswith(document.content.decode())


def test_a_304_is_unchanged_and_asked_with_what_the_last_visit_left():
    with serving(says(answer(status="304 Not Modified", length=False))) as server:
        feed = Feed(url=server.url(), section="News")
        [(_, outcome)] = source(server).look([(feed, Visit(url=feed.url, etag='"7"'))])

    assert outcome == Unchanged()
    assert server.asked[0].header("If-None-Match") == '"7"'


def test_a_host_is_asked_only_a_few_things_at_a_time():
    lock, pair = threading.Lock(), threading.Barrier(2)
    under_way, most = 0, 0

    def talk(connection: socket.socket, asked: Asked) -> None:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        pair.wait(60)
        time.sleep(0.02)  # for a third one, if there were any
        with lock:
            under_way -= 1  # before the answer, which lets the next one go
        connection.sendall(answer(b"<rss/>"))

    with serving(talk) as server:
        outcomes = list(source(server, per_host=2).look(feeds(server, 12)))

    assert all(isinstance(outcome, Document) for _, outcome in outcomes)
    assert len(outcomes) == 12
    assert most == 2


def test_a_failure_costs_one_feed():
    def talk(connection: socket.socket, asked: Asked) -> None:
        connection.sendall(b"nonsense" if asked.target == "/1" else answer(b"<rss/>"))

    with serving(talk) as server:
        asked = feeds(server, 3)
        bad = Feed(url="http://[::1", section="News")
        got = list(source(server).look([*asked, (bad, Visit(url=bad.url))]))

    failed = {feed.url for feed, outcome in got if isinstance(outcome, FetchError)}
    assert failed == {server.url("/1"), bad.url}
    assert len(got) == 4


def test_what_is_left_when_the_time_is_up_fails_with_that_reason():
    began = time.monotonic()
    with serving(until_it_hangs_up) as server:
        got = list(source(server, per_host=1, total_s=0.3).look(feeds(server, 5)))
        took = time.monotonic() - began

    assert [str(outcome) for _, outcome in got] == ["no time left (fetch.total is 0.3 s)"] * 5
    assert took < 20 * slowness()


def test_what_a_slow_reader_comes_for_too_late_is_not_given_to_her(
    monkeypatch: pytest.MonkeyPatch,
):
    later_s = 0.0
    clock = SimpleNamespace(monotonic=lambda: time.monotonic() + later_s)
    monkeypatch.setattr("newsletter.sources.crowd.time", clock)
    with serving(says(answer(b"<rss/>"))) as server:
        found = source(server, total_s=60).look(feeds(server, 3))
        [_, first] = next(found)
        later_s = 60.0  # she has read the first one
        rest = [str(outcome) for _, outcome in found]

    assert isinstance(first, Document)
    assert rest == ["no time left (fetch.total is 60 s)"] * 2


def test_a_reader_who_goes_away_ends_the_work():
    def talk(connection: socket.socket, asked: Asked) -> None:
        if asked.target == "/0":
            connection.sendall(answer(b"<rss/>"))
        else:
            connection.recv(1)

    before = threading.active_count()
    with serving(talk) as server:
        outcomes = source(server).look(feeds(server, 4))
        next(outcomes)
        began = time.monotonic()
        outcomes.close()
        took = time.monotonic() - began

    assert took < 20 * slowness()
    assert threading.active_count() <= before


def test_a_reader_who_stops_at_an_error_of_her_own_ends_the_work():
    with serving(slowly(0)) as server:
        outcomes = source(server).look(feeds(server, 3))
        next(outcomes)

        with pytest.raises(KeyError):
            outcomes.throw(KeyError)


@contextmanager
def dead_ports(count: int) -> Iterator[list[int]]:
    """Ports of this machine that are taken, but where nobody listens."""
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    yield [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()


def on_ports(ports: list[int], each: int) -> list[tuple[Feed, Visit]]:
    urls = [f"http://127.0.0.1:{port}/{number}" for number in range(each) for port in ports]
    return [(Feed(url=url, section="News"), Visit(url=url)) for url in urls]


def asking(ports: list[int]) -> HttpFeeds:
    allowed = frozenset(("127.0.0.1", port) for port in ports)
    return HttpFeeds(Fetcher(Limits(allow_private=allowed), "Test/1"), per_host=4, total_s=60)


@pytest.mark.parametrize("hosts", [3, 20])
def test_where_no_host_answers_the_rest_is_not_tried(hosts: int):
    with dead_ports(hosts) as ports:
        outcomes = [outcome for _, outcome in asking(ports).look(on_ports(ports, 10))]

    assert all(isinstance(outcome, FetchError) and outcome.is_silent for outcome in outcomes)
    untried = [outcome for outcome in outcomes if str(outcome).startswith("not tried: no host")]
    assert len(untried) > len(outcomes) / 2


def test_one_host_that_answers_with_an_error_keeps_all_going():
    with dead_ports(20) as ports, serving(says(answer(status="500 Oops"))) as server:
        asked = [*on_ports(ports, 1), *feeds(server, 3), *on_ports(ports, 3)]
        got = [str(outcome) for _, outcome in asking([*ports, server.port]).look(asked)]

    assert len(got) == len(asked)
    assert not any("not tried" in outcome for outcome in got)


def test_what_we_refuse_ourselves_says_nothing_of_the_network():
    with dead_ports(2) as ports:
        private = Feed(url="http://127.0.0.1:9/", section="News")
        asked = [(private, Visit(url=private.url)), *on_ports(ports, 20)]
        got = [str(outcome) for _, outcome in asking(ports).look(asked)]

    assert sum("not on the public internet" in outcome for outcome in got) == 1
    assert any("not tried" in outcome for outcome in got)


def test_a_feed_is_asked_where_its_visit_says_that_it_has_moved():
    with serving(by_path({"/new": answer(b"new")})) as server:
        feed = Feed(url=server.url("/old"), section="News")
        visit = Visit(url=feed.url, moved_to=server.url("/new"), etag='"7"')
        [(told, outcome)] = source(server).look([(feed, visit)])

    assert told is feed
    assert isinstance(outcome, Document)
    assert (outcome.content, outcome.moved_to) == (b"new", None)
    assert server.asked[0].header("If-None-Match") == '"7"'


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone", "403 Forbidden"])
def test_a_feed_that_has_left_its_new_place_is_asked_at_the_old_one(status: str):
    with serving(by_path({"/new": answer(status=status), "/old": answer(b"old")})) as server:
        feed = Feed(url=server.url("/old"), section="News")
        visit = Visit(url=feed.url, moved_to=server.url("/new"), etag='"7"')
        [(_, outcome)] = source(server).look([(feed, visit)])

    assert isinstance(outcome, Document)
    assert (outcome.content, outcome.moved_to) == (b"old", feed.url)
    assert server.asked[1].header("If-None-Match") is None


def test_a_new_place_that_is_only_busy_is_not_given_up():
    with serving(says(answer(status="503 Later", headers="Retry-After: 90"))) as server:
        feed = Feed(url=server.url("/old"), section="News")
        visit = Visit(url=feed.url, moved_to=server.url("/new"))
        [(_, outcome)] = source(server).look([(feed, visit)])

    assert isinstance(outcome, FetchError)
    assert outcome.retry_after_s == 90
    assert len(server.asked) == 1


def test_a_permanent_redirect_is_handed_on():
    moved = answer(status="301 Moved", headers="Location: /new")
    with serving(by_path({"/old": moved, "/new": answer(b"new")})) as server:
        feed = Feed(url=server.url("/old"), section="News")
        [(_, outcome)] = source(server).look([(feed, Visit(url=feed.url))])

    assert isinstance(outcome, Document)
    assert outcome.moved_to == server.url("/new")
