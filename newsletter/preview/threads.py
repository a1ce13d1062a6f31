"""Runs what may be slow beside the server, so that neither waits for the other."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from typing import TypeVar

T = TypeVar("T")


async def in_thread(work: Callable[[], T]) -> T:
    """Return what *work* returns, or raise what it raises, without holding up the event loop.

    The thread is a daemon: a server that is told to stop does not wait for it. What the caller's
    context holds, such as who asks, it sees as well.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()
    context = copy_context()

    def settle(result: T | None, error: BaseException | None) -> None:
        if done.cancelled():
            return
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(result)  # type: ignore[arg-type]  # None only if T allows it

    def run() -> None:
        result, fault = None, None
        try:
            result = context.run(work)
        except BaseException as error:  # noqa: BLE001  (it is raised where it is awaited)
            fault = error
        with suppress(RuntimeError):  # the loop has closed: nobody waits any more
            loop.call_soon_threadsafe(settle, result, fault)

    threading.Thread(target=run, name="preview", daemon=True).start()
    return await done
