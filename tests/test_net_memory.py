"""Memory of all bodies under way: bounded, and nobody waits for ever."""

import asyncio
import time

from fetching import Clock, turns
from hypothesis import given
from hypothesis import strategies as st
from servers import answer, says, serving

from newsletter.model import Feed, Visit
from newsletter.net import Fetcher, Limits, Memory
from newsletter.net.memory import FREE
from newsletter.sources import HttpFeeds

BODY = 1_000_000
STEP = 100_000


async def grown(memory: Memory, sizes: list[int]) -> tuple[int, int]:
    """Let bodies of *sizes* grow side by side; return the most held at once and how many ended."""
    held = most = ended = 0

    async def one(size: int) -> None:
        nonlocal held, most, ended
        with memory.share() as share:
            while share.held < size:
                if not share.grow(STEP):
                    await share.admission()
                held += STEP
                most = max(most, held)
                await asyncio.sleep(0)
            held -= share.held
            ended += 1

    await asyncio.gather(*(one(size) for size in sizes))
    return most, ended


@given(st.lists(st.integers(1, BODY // STEP).map(lambda steps: steps * STEP), max_size=30))
def test_bodies_never_hold_more_than_there_is_and_all_of_them_end(sizes: list[int]):
    most, ended = asyncio.run(grown(Memory(3 * BODY, BODY), sizes))

    assert ended == len(sizes)
    assert most <= 4 * BODY + len(sizes) * (FREE + STEP)


def test_small_bodies_do_not_wait_for_large_ones():
    async def all_of_it() -> bool:
        memory = Memory(BODY, BODY)
        with memory.share() as large, memory.share() as small:
            assert large.grow(BODY)
            return small.grow(FREE)

    assert asyncio.run(all_of_it())


def test_a_body_that_waits_gets_on_when_another_is_done():
    async def all_of_it() -> None:
        memory = Memory(BODY, BODY)
        with memory.share() as second:
            with memory.share() as first:
                assert first.grow(BODY)
                assert not second.grow(BODY)
                waiting = asyncio.ensure_future(second.admission())
                await asyncio.sleep(0)
                assert not waiting.done()
            await waiting

    asyncio.run(asyncio.wait_for(all_of_it(), 60))


def test_a_body_that_gives_up_waiting_takes_nobodys_turn():
    async def all_of_it() -> None:
        memory = Memory(BODY, BODY)
        with memory.share() as second, memory.share() as third:
            with memory.share() as first:
                first.grow(BODY)
                second.grow(BODY)
                third.grow(BODY)
                gives_up = asyncio.ensure_future(second.admission())
                waiting = asyncio.ensure_future(third.admission())
                await asyncio.sleep(0)
                gives_up.cancel()
            await waiting

    asyncio.run(asyncio.wait_for(all_of_it(), 60))


def test_waiting_for_room_is_not_on_the_clock_of_the_feed():
    async def all_of_it(url: str, fetcher: Fetcher) -> bytes:
        clock = Clock()
        memory = fetcher.memory(0)
        with memory.share() as mine:
            with memory.share() as other:
                other.grow(BODY)
                fetch = asyncio.ensure_future(fetcher.get(url, share=mine))
                while mine.held <= FREE:
                    assert not fetch.done()
                    await asyncio.sleep(0)
                await turns()
                clock.now += 1.5  # more than it has, less than the two seconds that room is kept
                await turns()
                assert not fetch.done()
            return (await fetch).content

    with serving(says(answer(bytes(BODY)))) as server:
        limits = Limits(timeout_s=1.0, max_bytes=BODY, allow_private=server.allowed)
        got = asyncio.run(all_of_it(server.url(), Fetcher(limits, "Test/1")))

    assert got == bytes(BODY)


def test_a_drip_keeps_room_only_for_what_it_has():
    async def all_of_it() -> None:
        clock = Clock()
        memory = Memory(2 * BODY, BODY)
        with memory.share() as one, memory.share() as two, memory.share() as third:
            for drip in (one, two):
                assert drip.grow(FREE + STEP)
            assert not third.grow(FREE + STEP)
            waiting = asyncio.ensure_future(third.admission())
            await turns()
            assert not waiting.done()
            clock.now += 2.1
            await turns()
            assert waiting.done()  # though neither of the drips has ended

    asyncio.run(all_of_it())


def test_a_reader_who_is_slow_slows_the_asking():
    with serving(says(answer(bytes(2_000_000)))) as server:
        limits = Limits(allow_private=server.allowed)
        source = HttpFeeds(Fetcher(limits, "Test/1"), per_host=1, total_s=30)
        asked = [Feed(url=server.url(f"/{number}"), section="News") for number in range(40)]
        outcomes = source.look([(feed, Visit(url=feed.url)) for feed in asked])
        next(outcomes)
        until = time.monotonic() + 10
        while len(server.asked) < 16 and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(0.2)  # enough for all the rest, if nothing held it back
        seen = len(server.asked)
        rest = len(list(outcomes))

    assert seen <= 18
    assert rest == 39
