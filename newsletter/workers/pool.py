"""A pool of processes under limits of time and memory, after pebble."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, wait
from concurrent.futures import TimeoutError as FutureTimeoutError
from pathlib import Path
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

T = TypeVar("T")
R = TypeVar("R")

_START_S = 60.0  # to start a process and load the parsers, on a machine that is busy


class ProcessWorkers:
    """Runs functions in at most *processes* children; a child lives for one call of `map`."""

    def __init__(
        self,
        processes: int | None = None,
        preload: Sequence[str] = (),
        *,
        start_s: float = _START_S,
    ) -> None:
        self._start_s = start_s
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
        asks for more than *memory_bytes* fails with MemoryError; the others go on. Where no process
        can be started at all, every call fails.
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
            can_start = True
            for future in futures:
                # Its turn has come: what is before it is done, so at worst another call must first
                # be killed and a process started. The pool itself waits for a process for ever.
                if can_start:
                    wait([future], timeout=2 * timeout_s + self._start_s)
                    can_start = future.done()
                if not can_start:
                    pool.stop()  # type: ignore[no-untyped-call] # pebble leaves these without types
                yield _outcome(future, timeout_s)
            pool.close()  # type: ignore[no-untyped-call]
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


def _outcome(future: "Future[Any]", timeout_s: float) -> Any:
    """Return a call's result or its failure; one that has neither was never begun."""
    if not future.done():
        return ChildProcessError("no process could be started for it")
    try:
        return future.result()
    except BrokenExecutor:
        return ChildProcessError("no process could be started for it")
    except FutureTimeoutError:
        return TimeoutError(f"took longer than {timeout_s:g} s")
    except ProcessExpired:
        return MemoryError("made its process break down")
    except Exception as error:  # noqa: BLE001 - a failure is part of the result
        return error


def _limit_memory(memory_bytes: int) -> None:
    try:
        import resource
    except ImportError:  # no such limit on this system: time and size must do
        return
    # What the interpreter and its libraries have mapped already comes on top.
    limit = _mapped_bytes() + memory_bytes
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if most != resource.RLIM_INFINITY:  # somebody's `ulimit -v`: it may be lowered, not raised
        limit = min(limit, most)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _mapped_bytes() -> int:
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 1 << 30
