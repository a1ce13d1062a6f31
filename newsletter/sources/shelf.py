"""Hands things from an event loop to a reader in another thread, bounded in bytes."""

import asyncio
import queue
from collections.abc import Iterator
from contextlib import suppress
from typing import Generic, TypeVar

T = TypeVar("T")


class Shelf(Generic[T]):
    """Where the loop lays things down until the reader comes; full, it makes the loop wait."""

    def __init__(self, loop: asyncio.AbstractEventLoop, max_bytes: int) -> None:
        self._loop = loop
        self._max_bytes = max_bytes
        self._held = 0
        self._freed = asyncio.Event()
        self._queue: queue.SimpleQueue[tuple[T, int] | BaseException | None] = queue.SimpleQueue()

    async def put(self, thing: T, size: int) -> None:
        """Lay *thing* down as soon as there is room; one that is larger than all goes alone."""
        while size and self._held and self._held + size > self._max_bytes:
            self._freed.clear()
            await self._freed.wait()
        self._held += size
        self._queue.put((thing, size))

    def end(self, error: BaseException | None = None) -> None:
        """Tell the reader that nothing more comes, or what went wrong."""
        self._queue.put(error)

    def things(self) -> Iterator[T]:
        """Yield what is laid down, in that order, until the end; for the reader's thread.

        Raises:
            BaseException: what `end` was given.
        """
        while (taken := self._queue.get()) is not None:
            if isinstance(taken, BaseException):
                raise taken
            thing, size = taken
            if size:
                with suppress(RuntimeError):  # the loop is closed: nobody waits for room
                    self._loop.call_soon_threadsafe(self._free, size)
            yield thing

    def _free(self, size: int) -> None:
        self._held -= size
        self._freed.set()
