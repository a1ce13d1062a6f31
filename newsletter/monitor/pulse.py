"""Whether the daemon is alive: when its last tick ended and how, and what it is at."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime

STALE_S = 300.0  # without a tick that ended: ten times the usual
LONGEST_S = 3600.0  # for which a job may keep a tick from ending


class Pulse:
    """What the daemon last did, told by its thread and read by those of the monitor.

    *clock* counts seconds and is never set back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._ended = clock()
        self._ended_at: datetime | None = None
        self._fault = ""
        self._next_at: datetime | None = None
        self._working: dict[str, float] = {}

    def ticked(self, now: datetime, next_at: datetime | None) -> None:
        """Say that a tick ended well, by the schedule's clock, and when the next thing is due."""
        with self._lock:
            self._ended, self._ended_at = self._clock(), now
            self._next_at, self._fault = next_at, ""

    def failed(self, error: Exception) -> None:
        """Say that a tick ended with *error*."""
        with self._lock:
            self._ended, self._fault = self._clock(), str(error) or type(error).__name__

    @contextmanager
    def working(self, name: str) -> Iterator[None]:
        """Say that the job called *name* is done while the block lasts."""
        with self._lock:
            self._working[name] = self._clock()
        try:
            yield
        finally:
            with self._lock:
                self._working.pop(name, None)

    @property
    def next_at(self) -> datetime | None:
        """Return when the next thing is due, None if that is not known."""
        return self._next_at

    def health(self) -> tuple[bool, Mapping[str, object]]:
        """Return whether the daemon is well, and that in words that JSON can hold.

        It is not where its last tick failed, or none has ended for five minutes; a job under way
        may keep one from ending for up to an hour.
        """
        with self._lock:
            now = self._clock()
            quiet_s = now - self._ended
            working = {name: round(now - since, 1) for name, since in self._working.items()}
            fault = self._fault
            if not fault and quiet_s > (LONGEST_S if working else STALE_S):
                fault = f"no tick has ended for {quiet_s:.0f} s"
            return not fault, {
                "status": "failing" if fault else "ok",
                "reason": fault,
                "last_tick": _iso(self._ended_at),
                "seconds_since": round(quiet_s, 1),
                "next": _iso(self._next_at),
                "working": working,
            }


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None
