"""A pool of processes under limits of time and memory, after pebble."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as FutureTimeoutError
from pathlib import Path
from typing import TypeVar

from pebble import ProcessExpired, ProcessPool

T = TypeVar("T")
R = TypeVar("R")


class ProcessWorkers:
    """Runs functions in at most *processes* children; a child lives for one call of `map`."""

    def __init__(self, processes: int | None = None, preload: Sequence[str] = ()) -> None:
        self._processes = processes or max(1, min(8, os.cpu_count() or 1))
        self._preload = list(preload)

    def map(
        self,
        function: Callable[[T], R],
        items: Sequence[T],
        *,
        timeout_s: float,
        memory_bytes: int,
    ) -> Iterator[R | Exception]:
        """Yield *function* of each item, or the failure in its place, in order.

        A call that takes longer than *timeout_s* is killed and fails with TimeoutError, one that
        asks for more than *memory_bytes* fails with MemoryError; the others go on.
        """
        if not items:
            return
        pool = ProcessPool(
            max_workers=min(self._processes, len(items)),
            initializer=_limit_memory,
            initargs=[memory_bytes],
            context=self._context(),
        )
        try:
            futures = [pool.schedule(function, args=[item], timeout=timeout_s) for item in items]
            for future in futures:
                try:
                    yield future.result()
                except FutureTimeoutError:
                    yield TimeoutError(f"took longer than {timeout_s:g} s")
                except ProcessExpired:
                    yield MemoryError("made its process break down")
                except Exception as error:  # noqa: BLE001 - a failure is part of the result
                    yield error
            pool.close()  # type: ignore[no-untyped-call] # pebble leaves these without types
        except BaseException:
            pool.stop()  # type: ignore[no-untyped-call]
            raise
        finally:
            pool.join()

    def _context(self) -> multiprocessing.context.BaseContext:
        methods = multiprocessing.get_all_start_methods()
        # A fork of this process would copy its threads' locks; the fork server has no threads.
        context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        context.set_forkserver_preload(self._preload)
        return context


def _limit_memory(memory_bytes: int) -> None:
    try:
        import resource
    except ImportError:  # no such limit on this system: time and size must do
        return
    # What the interpreter and its libraries have mapped already comes on top.
    mapped = _mapped_bytes()
    resource.setrlimit(resource.RLIMIT_AS, (mapped + memory_bytes, mapped + memory_bytes))


def _mapped_bytes() -> int:
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 1 << 30
