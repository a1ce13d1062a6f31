"""Finds out whether there is a network, from what came of the first who were asked."""

import asyncio
from typing import Self

from newsletter.net import RefusedError, UnreachedError

_SILENT_HOSTS = 8  # no list begins with so many dead hosts before one that lives


class Network:
    """Finds out whether there is one: after the first silence, the rest waits for an answer.

    A place is a host and a port. Silence alone would not do: names that do not exist are told
    sooner than any host can answer. So those who are under way are waited for. If none of them was
    answered, and eight hosts or all places there are were silent, nobody answers.
    """

    def __init__(self, places: set[str]) -> None:
        self._places = len(places)
        self._silent: set[str] = set()
        self._refused: set[str] = set()
        self._answered = False
        self._under_way = 0
        self._known = asyncio.Event()
        self._known.set()

    async def is_there(self) -> bool:
        """Tell whether asking makes sense, once it is known; before any silence, it does."""
        await self._known.wait()
        return not self._is_down()

    def asking(self, place: str) -> "Asking":
        """Return what lasts while *place* is asked, and is told the outcome."""
        return Asking(self, place)

    def begin(self) -> None:
        """Count one more under way."""
        self._under_way += 1

    def end(self, place: str, outcome: object) -> None:
        """Learn from what came of *place*; None says nothing."""
        self._under_way -= 1
        match outcome:
            case None:
                pass
            case UnreachedError():
                self._silent.add(place)
            case RefusedError():  # by ourselves: no word about the network
                self._refused.add(place)
            case _:
                self._answered = True
        if self._answered or not self._silent or not self._under_way:
            self._known.set()
        else:
            self._known.clear()

    def _is_down(self) -> bool:
        if self._answered or not self._silent:
            return False
        hosts = {place.rpartition(":")[0] or place for place in self._silent}
        return len(hosts) >= _SILENT_HOSTS or len(self._silent | self._refused) >= self._places


class Asking:
    """The time while a place is asked; `outcome` is what came of it, None says nothing."""

    def __init__(self, network: Network, place: str) -> None:
        self._network = network
        self._place = place
        self.outcome: object = None

    def __enter__(self) -> Self:
        self._network.begin()
        return self

    def __exit__(self, *_: object) -> None:
        self._network.end(self._place, self.outcome)
