"""Asks many feeds at once, conditionally, each under the guard of `newsletter.net`."""

import asyncio
import queue
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress

from newsletter.errors import FetchError
from newsletter.model import Document, Feed, Unchanged, Visit
from newsletter.net import Fetched, Fetcher
from newsletter.text.markup import one_line
from newsletter.text.urls import host_of

_AT_ONCE = 64  # open connections over all hosts: enough to hide latency, few enough for any router

_Outcome = Document | Unchanged | FetchError
_Result = tuple[Feed, _Outcome]


class HttpFeeds:
    """Feeds over http and https: concurrent over hosts, a few at a time on each."""

    def __init__(self, fetcher: Fetcher, *, per_host: int, total_s: float) -> None:
        self._fetcher = fetcher
        self._per_host = per_host
        self._total_s = total_s

    def look(self, feeds: Sequence[tuple[Feed, Visit]]) -> Iterator[_Result]:
        """Yield what came of each feed as it comes, all within the total time."""
        if not feeds:
            return
        results: queue.SimpleQueue[_Result | BaseException | None] = queue.SimpleQueue()
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=self._work, args=(loop, feeds, results), daemon=True)
        thread.start()
        try:
            while (result := results.get()) is not None:
                if isinstance(result, BaseException):
                    raise result
                yield result
        finally:
            with suppress(RuntimeError):  # the loop is closed: all is done
                loop.call_soon_threadsafe(_cancel_all, loop)
            thread.join()

    def _work(
        self,
        loop: asyncio.AbstractEventLoop,
        feeds: Sequence[tuple[Feed, Visit]],
        results: "queue.SimpleQueue[_Result | BaseException | None]",
    ) -> None:
        try:
            loop.run_until_complete(self._all(feeds, results))
            loop.run_until_complete(loop.shutdown_asyncgens())
        except asyncio.CancelledError:
            pass  # the reader went away: nobody is left to tell
        except BaseException as error:  # noqa: BLE001 - handed over to the thread that asked
            results.put(error)
        finally:
            loop.close()
            results.put(None)

    async def _all(
        self,
        feeds: Sequence[tuple[Feed, Visit]],
        results: "queue.SimpleQueue[_Result | BaseException | None]",
    ) -> None:
        at_once = asyncio.Semaphore(_AT_ONCE)
        by_host: defaultdict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(self._per_host)
        )
        end = asyncio.get_running_loop().time() + self._total_s

        async def one(feed: Feed, visit: Visit) -> None:
            try:
                async with asyncio.timeout_at(end):
                    async with by_host[host_of(feed.url)], at_once:
                        outcome = await self._outcome(feed, visit)
            except TimeoutError:
                outcome = FetchError(f"no time left (fetch.total is {self._total_s:g} s)")
            results.put((feed, outcome))

        async with asyncio.TaskGroup() as tasks:
            for feed, visit in feeds:
                tasks.create_task(one(feed, visit))

    async def _outcome(self, feed: Feed, visit: Visit) -> _Outcome:
        try:
            answer = await self._fetcher.get(
                feed.url, etag=visit.etag, last_modified=visit.last_modified
            )
        except FetchError as error:
            return error
        except Exception as error:  # noqa: BLE001 - whatever a server brings about costs its feed
            return FetchError(f"cannot be asked: {type(error).__name__}: {one_line(str(error))}")
        return Unchanged() if answer.status == 304 else _document(answer)


def _document(answer: Fetched) -> Document:
    return Document(
        url=answer.url,
        content=answer.content,
        content_type=answer.content_type,
        etag=answer.etag,
        last_modified=answer.last_modified,
    )


def _cancel_all(loop: asyncio.AbstractEventLoop) -> None:
    for task in asyncio.all_tasks(loop):
        task.cancel()
