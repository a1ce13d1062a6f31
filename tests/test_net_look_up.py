"""Looking names up: in time, or not at all, and without anybody who waits for it at the end."""

import asyncio
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest
from fetching import BODY, Clock, get
from pace import slowness
from servers import answer, says, serving

from newsletter.errors import FetchError
from newsletter.model import Feed, Visit
from newsletter.net import Fetcher, Limits
from newsletter.sources import HttpFeeds
from newsletter.sources.loop import Loop

HANGING = """
import asyncio, threading
from newsletter.net import Fetcher, Limits, UnreachedError

def hang(host, port):
    threading.Event().wait()

fetcher = Fetcher(Limits(connect_timeout_s=0.2), "Test/1", look_up=hang)
try:
    asyncio.run(fetcher.get("http://feed.example/"))
except UnreachedError as error:
    print(error)
"""


class Hanging:
    """A name server that drops every packet, until the test ends."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.over = threading.Event()

    def __call__(self, host: str, port: int) -> list[tuple]:  # type: ignore[type-arg]
        self.asked.append(host)
        self.over.wait(60)
        return []


@pytest.fixture
def hanging() -> Iterator[Hanging]:
    look_up = Hanging()
    yield look_up
    look_up.over.set()


def test_a_name_that_does_not_exist_is_silent():
    with pytest.raises(FetchError, match=r"feed\.example: name not found") as caught:
        get("http://feed.example/", names={})

    assert caught.value.is_silent


def test_a_name_server_that_does_not_answer_is_told():
    def again(host: str, port: int) -> list[tuple]:  # type: ignore[type-arg]
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    fetcher = Fetcher(Limits(), "Test/1", look_up=again)

    with pytest.raises(FetchError, match=r"cannot be looked up; is there a network\?") as caught:
        asyncio.run(fetcher.get("http://feed.example/"))

    assert caught.value.is_silent


@pytest.mark.parametrize("host", ["a..b.example", "a" * 70 + ".example", "feed.example."])
def test_a_name_that_cannot_be_one_is_told(host: str):
    with pytest.raises(FetchError):
        get(f"http://{host}/", names={})


def test_a_name_is_found_and_the_address_behind_it_checked():
    with serving(says(answer(BODY))) as server:
        url = f"http://feed.example:{server.port}/"
        names = {"feed.example": "127.0.0.1"}
        allow = frozenset({("feed.example", server.port)})

        assert get(url, names=names, allow=allow).content == BODY
        with pytest.raises(
            FetchError, match=r"feed\.example is at 127\.0\.0\.1, not on the public"
        ):
            get(url, names=names)

    assert server.connections == 1


@pytest.mark.parametrize("timeout_s", [60, 0.3])
def test_the_time_to_connect_covers_the_look_up(hanging: Hanging, timeout_s: float):
    limits = Limits(timeout_s=timeout_s, connect_timeout_s=0.3)
    fetcher = Fetcher(limits, "Test/1", look_up=hanging)

    async def ask() -> None:
        clock = Clock()
        end = clock.now + 0.5
        asking = asyncio.ensure_future(fetcher.get("http://feed.example/"))
        while not asking.done():
            clock.now += 0.001 if hanging.asked else 0.0
            assert clock.now < end
            await asyncio.sleep(0)
        await asking

    with pytest.raises(FetchError, match="no connection within") as caught:
        asyncio.run(ask())

    assert caught.value.is_silent


def test_a_network_that_drops_all_packets_costs_the_time_of_one_connection(
    hanging: Hanging, monkeypatch: pytest.MonkeyPatch
):
    complete: list[float] = []

    def clock(loop: Loop) -> float:  # nobody's time is up before all of the first are under way
        if len(hanging.asked) < 64:
            return 0.0
        complete.append(time.monotonic())
        return complete[-1] - complete[0]

    monkeypatch.setattr(Loop, "time", clock)
    limits = Limits(connect_timeout_s=0.5)
    source = HttpFeeds(Fetcher(limits, "Test/1", look_up=hanging), per_host=4, total_s=60)
    asked = [Feed(url=f"https://outlet{number}.example/rss", section="N") for number in range(500)]
    began = time.monotonic()

    got = [outcome for _, outcome in source.look([(feed, Visit(url=feed.url)) for feed in asked])]

    assert time.monotonic() - began < 10 * slowness()
    assert len(hanging.asked) == 64
    assert all(isinstance(outcome, FetchError) and outcome.is_silent for outcome in got)
    assert sum("not tried: no host answers" in str(outcome) for outcome in got) == 436


def test_the_program_ends_though_a_look_up_hangs():
    began = time.monotonic()

    done = subprocess.run(
        [sys.executable, "-c", HANGING],
        capture_output=True,
        text=True,
        timeout=60 * slowness(),
        check=True,
    )

    assert done.stdout.strip() == "no connection within 0.2 s"
    assert time.monotonic() - began < 30 * slowness()
