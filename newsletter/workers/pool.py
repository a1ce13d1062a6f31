"""A pool of processes under limits of time and memory, after pebble."""

import logging
import multiprocessing
import multiprocessing.forkserver
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import contextmanager
from itertools import chain
from multiprocessing import resource_tracker
from pathlib import Path
from typing import Any, Generic, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from newsletter.workers.allocation import give_back_large_blocks

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 2  # calls a process: one under way, one that waits for it
_NOT_STARTED = "no process could be started for it"
_SILENCE = "newsletter.workers.silence"
# Another process clears up after one that was killed, and says how much there was of it.
_NO_COUNT = "ignore:resource_tracker:UserWarning"
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
        items: Iterable[T],
        *,
        timeout_s: float,
        memory_bytes: int,
    ) -> Iterator[tuple[T, R | Exception]]:
        """Yield each item with *function* of it, or with the failure in its place, as they come.

        A call that takes longer than *timeout_s* is killed and fails with TimeoutError, one that
        asks for more than *memory_bytes* fails with MemoryError; the others go on. Where no process
        can be started at all, every call fails. Items are drawn as calls end, so that only a few
        are held at a time.
        """
        processes = min(self._processes, len(items) if isinstance(items, Sized) else 8)
        waiting = iter(items)
        try:
            first = next(waiting)
        except StopIteration:
            return  # no process is started for nothing
        pool = ProcessPool(
            max_workers=processes,
            initializer=_begin,
            initargs=[memory_bytes],
            context=self._context(),
        )
        with _Calls(pool, function, timeout_s) as calls:
            yield from calls.over(
                chain([first], waiting),
                ahead=_AHEAD * processes,
                # At worst the calls before must be killed and a process started. The pool itself
                # waits for a process for ever.
                patience_s=2 * timeout_s + self._start_s,
            )

    def warm_up(self) -> None:
        """Begin to load in the background what the children need, before there is work for them."""
        self._context()

    def _context(self) -> multiprocessing.context.BaseContext:
        """Return how children are started; the fork server runs from now on."""
        # A fork of this process would copy its threads' locks; the fork server has no threads.
        if "forkserver" not in multiprocessing.get_all_start_methods():
            return multiprocessing.get_context("spawn")
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([_SILENCE, *self._preload])
        with _quietly():
            multiprocessing.forkserver.ensure_running()
        return context


class _Calls(Generic[T, R]):
    """Calls under way in a pool that is stopped when the block is left early."""

    def __init__(self, pool: ProcessPool, function: Callable[[T], R], timeout_s: float) -> None:
        self._pool = pool
        self._function = function
        self._timeout_s = timeout_s
        self._under_way: dict[Future[R], T] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        # pebble leaves these without types.
        self._pool.stop() if failure else self._pool.close()  # type: ignore[no-untyped-call]
        self._pool.join()

    def over(
        self, items: Iterator[T], *, ahead: int, patience_s: float
    ) -> Iterator[tuple[T, R | Exception]]:
        """Yield items and outcomes, *ahead* calls under way at most."""
        drawing = True
        while drawing or self._under_way:
            yield from self._ended()
            if drawing and len(self._under_way) < ahead:
                drawing = self._begin(items)
                continue
            if not wait(self._under_way, patience_s, return_when=FIRST_COMPLETED).done:
                self._pool.stop()  # type: ignore[no-untyped-call]
                for item in chain(self._under_way.values(), items):
                    yield item, ChildProcessError(_NOT_STARTED)
                return

    def _begin(self, items: Iterator[T]) -> bool:
        for item in items:
            self._under_way[self._schedule(item)] = item
            return True
        return False

    def _schedule(self, item: T) -> "Future[R]":
        try:
            call: Future[R] = self._pool.schedule(
                self._function, args=[item], timeout=self._timeout_s
            )
        except RuntimeError:  # the pool has broken down
            call = Future()
            call.set_exception(ChildProcessError(_NOT_STARTED))
        return call

    def _ended(self) -> Iterator[tuple[T, R | Exception]]:
        for call in [call for call in self._under_way if call.done()]:
            yield self._under_way.pop(call), _outcome(call, self._timeout_s)


def _outcome(future: "Future[Any]", timeout_s: float) -> Any:
    """Return the result of a call that has ended, or its failure."""
    try:
        return future.result()
    except BrokenExecutor:
        return ChildProcessError(_NOT_STARTED)
    except FutureTimeoutError:
        return TimeoutError(f"took longer than {timeout_s:g} s")
    except ProcessExpired:
        return MemoryError("made its process break down")
    except Exception as error:  # noqa: BLE001 - a failure is part of the result
        return error


@contextmanager
def _quietly() -> Iterator[None]:
    """Let the processes that multiprocessing starts in this block say nothing at the end."""
    sys.warnoptions.append(_NO_COUNT)
    # By itself, as it unblocks the signals.
    resource_tracker.ensure_running()
    # Ctrl-C goes to them as well; this process ends them when it has heard it. What is blocked
    # here stays blocked in them.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        sys.warnoptions.remove(_NO_COUNT)


def _begin(memory_bytes: int) -> None:
    """Prepare a child: its memory is limited, and libraries do not talk into the editor's lines."""
    logging.disable(logging.CRITICAL)
    # Nor does the interpreter, where it has no memory left.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    give_back_large_blocks()
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
