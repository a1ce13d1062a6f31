"""Sends messages beside each other, each in a thread that nobody waits for beyond its limit."""

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Generic, Literal, TypeVar

from newsletter.errors import NotifyError

_STOPPING_S = 5.0
_LOOK_S = 0.5  # between two looks whether the program is to end

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one message, and why it did not arrive.

    `unsure`: it may have arrived. `is_final`: trying again is of no use. `retry_after_s`: what the
    other side asked to wait.
    """

    state: Literal["sent", "failed", "unsure"]
    reason: str = ""
    is_final: bool = False
    retry_after_s: float | None = None


class Sending(Generic[K]):
    """Messages under way, each under a key of its own.

    As soon as *is_stopping* says so, all of them have only a few seconds left.
    """

    def __init__(self, is_stopping: Callable[[], bool] = lambda: False) -> None:
        self._is_stopping = is_stopping
        self._under_way: dict[K, tuple[object, float]] = {}  # mark of the attempt, and its end
        self._done: SimpleQueue[tuple[K, object, Outcome]] = SimpleQueue()

    def begin(self, key: K, send: Callable[[], None], *, limit_s: float) -> None:
        """Begin to *send*; after *limit_s* it is given up, whatever it is doing."""
        mark = object()
        self._under_way[key] = (mark, time.monotonic() + limit_s)

        def run() -> None:
            self._done.put((key, mark, _outcome(send)))

        # A daemon: what hangs does not keep the program from ending.
        threading.Thread(target=run, name="notice", daemon=True).start()

    def next(self) -> tuple[K, Outcome]:
        """Wait for one of those under way to end, and return its key and what became of it.

        Raises:
            KeyError: none is under way.
        """
        while self._under_way:
            if self._is_stopping():
                soon = time.monotonic() + _STOPPING_S
                for key, (mark, end) in self._under_way.items():
                    self._under_way[key] = (mark, min(end, soon))
            first = min(self._under_way, key=lambda key: self._under_way[key][1])
            left_s = self._under_way[first][1] - time.monotonic()
            try:
                key, mark, outcome = self._done.get(timeout=min(max(left_s, 0.0), _LOOK_S))
            except Empty:
                if left_s > _LOOK_S:
                    continue
                del self._under_way[first]
                reason = "did not come to an end in time; it may have arrived"
                return first, Outcome(state="unsure", reason=reason)
            # What was given up may end all the same.
            if self._under_way.get(key, (None, 0.0))[0] is mark:
                del self._under_way[key]
                return key, outcome
        raise KeyError("nothing is under way")


def _outcome(send: Callable[[], None]) -> Outcome:
    try:
        send()
    except NotifyError as error:
        return Outcome(
            state="failed" if error.is_sure else "unsure",
            reason=str(error),
            is_final=error.is_final,
            retry_after_s=error.retry_after_s,
        )
    except Exception as error:  # noqa: BLE001 - no channel, and no fault of ours, stops the run
        # How far it had come, nobody knows.
        return Outcome(state="unsure", reason=f"unexpected {type(error).__name__}: {error}")
    return Outcome(state="sent")
