"""Keeps what was made until it is stale, and the last good of it while there is a fault."""

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from newsletter.errors import NewsletterError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """A value, and why it is not newer: `fault` is what went wrong when it was last made.

    `value` is None where it has never been made.
    """

    value: T | None
    fault: NewsletterError | None = None


class Shelf:
    """Values by key, each made once until `clear`; safe to use from many threads.

    Callers that want the same key at once wait for one making; other keys do not wait for it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._making: dict[Hashable, threading.Lock] = {}
        self._fresh: dict[Hashable, Kept[Any]] = {}
        self._good: dict[Hashable, Any] = {}
        self._age = 0

    def get(self, key: Hashable, make: Callable[[], T], *, again: bool = False) -> Kept[T]:
        """Return what stands under *key*, made now if it is not there or *again* is asked for.

        A `NewsletterError` is kept like a value, beside the last good one; others pass through.
        """
        with self._lock:
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._lock:
                if not again and key in self._fresh:
                    return self._fresh[key]
                age = self._age
            try:
                kept: Kept[T] = Kept(make())
            except NewsletterError as error:
                kept = Kept(self._good.get(key), error)
            with self._lock:
                if kept.fault is None:
                    self._good[key] = kept.value
                if age == self._age:  # else it was made of what has changed meanwhile
                    self._fresh[key] = kept
            return kept

    def clear(self) -> None:
        """Let everything be made anew when it is next asked for; the last good stays at hand."""
        with self._lock:
            self._age += 1
            self._fresh.clear()
