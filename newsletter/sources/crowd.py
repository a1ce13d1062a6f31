"""Asks many URLs at once, a few at a time on each host, all within one time and one memory."""

import asyncio
import threading
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from typing import Generic, TypeVar
from urllib.parse import urlsplit

from newsletter.errors import FetchError, OutOfTimeError
from newsletter.net import Fetcher, Memory, Share
from newsletter.sources.loop import Loop
from newsletter.sources.network import Network
from newsletter.sources.shelf import Shelf
from newsletter.text.markup import one_line
from newsletter.text.urls import host_of

T = TypeVar("T")
R = TypeVar("R")
Ask = Callable[[T, Share], Awaitable[R]]

_AT_ONCE = 64  # open connections over all hosts: enough to hide latency, few enough for any router
_UNDER_WAY_BYTES = 60_000_000  # of bodies that are being read: four of the largest
_SHELF_BYTES = 30_000_000  # of bodies that wait for the reader: as much as she takes at a time


class Crowd:
    """Runs one coroutine for each of many URLs, in a thread that ends with the reader's interest.

    A reader who is slow slows the asking: bodies that she has not taken yet are bounded in bytes,
    and what she comes for after the time is up is not given to her, since she would go on for long.
    Where the first hosts are all silent and none answers, there is no network: the rest is not
    tried.
    """

    def __init__(self, fetcher: Fetcher, *, per_host: int, total_s: float) -> None:
        self._fetcher = fetcher
        self._per_host = per_host
        self._total_s = total_s

    def ask(
        self, asked: Sequence[tuple[str, T]], one: Ask[T, R], *, began: float | None = None
    ) -> Iterator[tuple[T, R | FetchError]]:
        """Yield what came of each thing that is *asked* under its URL, as it comes.

        The total time runs from *began* (of `time.monotonic`), from now if that is not given.

        *one* gets the thing and the share of memory that its body is to be counted on; whatever it
        raises is that thing's failure.
        """
        if not asked:
            return
        end = (time.monotonic() if began is None else began) + self._total_s
        out_of_time = OutOfTimeError(f"no time left (fetch.total is {self._total_s:g} s)")
        run = _Run(
            asked,
            one,
            memory=self._fetcher.memory(_UNDER_WAY_BYTES),
            per_host=self._per_host,
            end=end,
            out_of_time=out_of_time,
        )
        thread = threading.Thread(target=run.work, daemon=True, name="crowd")
        thread.start()
        try:
            for thing, outcome in run.shelf.things():
                is_late = not isinstance(outcome, FetchError) and time.monotonic() >= end
                yield thing, out_of_time if is_late else outcome
        finally:
            run.stop()
            thread.join()


class _Run(Generic[T, R]):
    def __init__(
        self,
        asked: Sequence[tuple[str, T]],
        one: Ask[T, R],
        *,
        memory: Memory,
        per_host: int,
        end: float,
        out_of_time: OutOfTimeError,
    ) -> None:
        self._asked = asked
        self._one = one
        self._end = end  # of the loop's clock, which is that of `time.monotonic`
        self._out_of_time = out_of_time
        self._loop = Loop()
        self._memory = memory
        self._at_once = asyncio.Semaphore(_AT_ONCE)
        self._by_host: defaultdict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(per_host)
        )
        self._network = Network({_place(url) for url, _ in asked})
        self.shelf: Shelf[tuple[T, R | FetchError]] = Shelf(self._loop, _SHELF_BYTES)

    def work(self) -> None:
        try:
            self._loop.run_until_complete(self._all())
        except asyncio.CancelledError:
            pass  # the reader went away: nobody is left to tell
        except BaseException as error:  # noqa: BLE001 - handed over to the thread that asked
            self.shelf.end(error)
        finally:
            with suppress(asyncio.CancelledError):  # the reader went away at this very moment
                self._loop.run_until_complete(_end_others())
            self._loop.close()
            self.shelf.end()

    def stop(self) -> None:
        with suppress(RuntimeError):  # the loop is closed: all is done
            self._loop.call_soon_threadsafe(self._cancel_all)

    def _cancel_all(self) -> None:
        for task in asyncio.all_tasks(self._loop):
            task.cancel()

    async def _all(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            for url, thing in self._asked:
                tasks.create_task(self._turn(url, thing))

    async def _turn(self, url: str, thing: T) -> None:
        # No time limit on waiting: when the time is up, all who are under way end, and so does
        # everyone after them. Nor on laying down: what was fetched in time is not lost to a reader
        # who is slow, and until then it keeps its place, so that no more is fetched than she reads.
        async with self._by_host[host_of(url)], self._at_once:
            with self._memory.share() as share:
                outcome = await self._outcome(url, thing, share)
                held = 0 if isinstance(outcome, FetchError) else share.held
                await self.shelf.put((thing, outcome), held)

    async def _outcome(self, url: str, thing: T, share: Share) -> R | FetchError:
        try:
            async with asyncio.timeout_at(self._end):
                if not await self._network.is_there():
                    return FetchError(
                        "not tried: no host answers; is there a network?", is_silent=True
                    )
                with self._network.asking(_place(url)) as told:
                    told.outcome = await self._try(thing, share)
                    return told.outcome
        except TimeoutError:
            return self._out_of_time

    async def _try(self, thing: T, share: Share) -> R | FetchError:
        if self._loop.time() >= self._end:
            raise TimeoutError
        try:
            return await self._one(thing, share)
        except FetchError as error:
            return _bare(error)
        except Exception as error:  # noqa: BLE001 - whatever a server brings about costs its feed
            return FetchError(f"cannot be asked: {type(error).__name__}: {one_line(str(error))}")


def _bare(error: FetchError) -> FetchError:
    """Return *error* without its traceback: that would hold on to the body that was being read."""
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)


def _place(url: str) -> str:
    """Return host and port: two servers on one machine answer each for itself."""
    try:
        parts = urlsplit(url)
        return f"{(parts.hostname or '').rstrip('.')}:{parts.port or parts.scheme}"
    except ValueError:
        return url


async def _end_others() -> None:
    """End what was left behind, such as a look at a robots.txt that nobody waits for any more."""
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
