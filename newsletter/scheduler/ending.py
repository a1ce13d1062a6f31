"""How the daemon ends: at once where it may be interrupted, soon where it may not, in any case."""

import os
import select
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Self

WITHIN_S = 9.0  # service managers kill after ten seconds at the earliest
INTERRUPTED = 130  # 128 + SIGINT, as shells count
_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_OVER = b"\0"  # no signal has this number
_CUT_SHORT = (
    b"newsletter: what was under way took too long to end and was cut short; it is made up\n"
)


class Ended(SystemExit):
    """The process was told to end by a signal; no failure, and nothing that a job may catch.

    A SystemExit, as asyncio takes any other exception for a matter of the task that it came up in.
    """

    def __init__(self, signum: int) -> None:
        super().__init__(INTERRUPTED if signum == signal.SIGINT else 0)

    @property
    def exit_code(self) -> int:
        """Return 0 for SIGTERM, as was asked for; 130 for Ctrl-C."""
        return int(self.code or 0)


class Ending:
    """While its block lasts, SIGTERM and SIGINT raise `Ended` in the main thread.

    Not within `whole()`: there the signal waits for the end of that block. A second signal ends
    the process at once, as does the first after *within_s* seconds: what is claimed then lapses,
    and what was under way in the store is undone, as after a power cut.
    """

    def __init__(
        self, *, within_s: float = WITHIN_S, cut_short: Callable[[int], object] = os._exit
    ) -> None:
        self._within_s = within_s
        self._cut_short = cut_short
        self._depth = 0
        self._asked: int | None = None
        self._is_raised = False
        self._before: dict[int, object] = {}

    def __enter__(self) -> Self:
        # What waits for a database does not hear a signal before it has it: the system's own
        # handler tells the watch as well, at once.
        self._bell, self._rung = socket.socketpair()
        self._bell.setblocking(False)
        self._told_before = signal.set_wakeup_fd(self._bell.fileno(), warn_on_full_buffer=False)
        self._watch = threading.Thread(target=self._keep_watch, name="ending", daemon=True)
        self._watch.start()
        for signum in _SIGNALS:
            self._before[signum] = signal.signal(signum, self._hear)
        return self

    def __exit__(self, *_: object) -> None:
        for signum, handler in self._before.items():
            signal.signal(signum, handler)  # type: ignore[arg-type] # what `signal` returned
        signal.set_wakeup_fd(self._told_before)
        self._bell.send(_OVER)
        self._watch.join()
        self._bell.close()
        self._rung.close()

    @property
    def is_asked(self) -> bool:
        """Return whether a signal has come, so that nothing new need be begun."""
        return self._asked is not None

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Let the block end before a signal is heard; blocks within it are part of it.

        Signals are heard by the main thread alone: in another one this does nothing.

        Raises:
            Ended: a signal came meanwhile.
        """
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            self._raise_if_asked()

    def _hear(self, signum: int, frame: FrameType | None) -> None:
        del frame
        self._asked = self._asked or signum
        self._raise_if_asked()

    def _raise_if_asked(self) -> None:
        if self._asked is not None and not self._depth and not self._is_raised:
            self._is_raised = True
            raise Ended(self._asked)

    def _keep_watch(self) -> None:
        first = self._next_signal(None)
        if first is None:
            return
        end = time.monotonic() + self._within_s
        try:
            second = self._next_signal(end)
        except TimeoutError:
            # Not by the log, whose lock the main thread may hold.
            os.write(sys.__stderr__.fileno() if sys.__stderr__ else 2, _CUT_SHORT)
            self._cut_short(Ended(first).exit_code)
        else:
            if second is not None:
                self._cut_short(128 + second)

    def _next_signal(self, end: float | None) -> int | None:
        """Return the next signal that asks for the end, None if the block is over.

        Raises:
            TimeoutError: none came until *end*.
        """
        while True:
            wait_s = None if end is None else max(0.0, end - time.monotonic())
            if not select.select([self._rung], [], [], wait_s)[0]:
                raise TimeoutError
            heard = self._rung.recv(1)
            if heard == _OVER:
                return None
            if heard[0] in _SIGNALS:
                return heard[0]
