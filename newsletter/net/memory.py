"""How much the bodies of all requests under way may hold together."""

import asyncio
from collections import deque
from types import TracebackType
from typing import Self

FREE = 262_144  # bytes that every body may hold unasked: most feeds never need more
_GRACE_S = 2.0


class Memory:
    """Room for bodies: one that outgrows `FREE` waits until there is room for all it may become.

    Room is kept for it for two seconds, since bodies that all had a part would all wait for the
    rest. After that only what it has counts, and for more it has to ask again, before newcomers: so
    a body that drips keeps little from others, and a full one that stalls does so only until its
    own deadline. Where no room comes free, the one that has waited longest goes beyond it: somebody
    always gets on. With bodies of at most *m* bytes, *n* under way never hold more than
    `max_bytes + m + n * FREE`.
    """

    def __init__(self, max_bytes: int, body_bytes: int) -> None:
        self._max_bytes = max(max_bytes, body_bytes)
        self._body_bytes = body_bytes
        self._inside: dict[Share, float] = {}  # until when room is kept for each
        self._waiting: deque[tuple[Share, asyncio.Future[None]]] = deque()
        self._beyond: Share | None = None
        self._alarm: asyncio.TimerHandle | None = None

    def share(self) -> "Share":
        """Return the share of one body, to be given back by `with`."""
        return Share(self)

    def admits(self, share: "Share") -> bool:
        """Tell whether *share* may grow now."""
        now = asyncio.get_running_loop().time()
        if share is self._beyond or self._inside.get(share, 0) > now:
            return True
        return not self._waiting and self._enter(share, now)

    async def admission(self, share: "Share") -> None:
        """Wait until *share* may grow."""
        turn = asyncio.get_running_loop().create_future()
        place = (share, turn)
        if share in self._inside:
            self._waiting.appendleft(place)
        else:
            self._waiting.append(place)
        self._serve()
        try:
            await turn
        finally:
            if place in self._waiting:
                self._waiting.remove(place)
                self._serve()

    def take_back(self, share: "Share") -> None:
        """Give the room of *share* to those who wait."""
        self._inside.pop(share, None)
        if share is self._beyond:
            self._beyond = None
        if self._waiting:
            self._serve()

    def _enter(self, share: "Share", now: float) -> bool:
        others = sum(
            self._body_bytes if until > now else other.held
            for other, until in self._inside.items()
            if other is not share and other is not self._beyond
        )
        if others + self._body_bytes > self._max_bytes:
            return False
        self._inside[share] = now + _GRACE_S
        return True

    def _serve(self) -> None:
        loop = asyncio.get_running_loop()
        if self._alarm is not None:
            self._alarm.cancel()
        while self._waiting:
            share, turn = self._waiting[0]
            if not turn.cancelled() and not self._enter(share, loop.time()):
                now = loop.time()
                kept = [until for until in self._inside.values() if until > now]
                if kept:  # some of it may come free without anybody's doing
                    self._alarm = loop.call_at(min(kept) + 0.001, self._serve)
                    return
                if self._beyond is not None:
                    return
                self._beyond = share
                self._inside.setdefault(share, 0.0)
            self._waiting.popleft()
            if not turn.cancelled():
                turn.set_result(None)


class Share:
    """What one body holds."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self.held = 0

    def grow(self, count: int) -> bool:
        """Hold so many bytes more; False where that has to be waited for by `admission`."""
        self.held += count
        return self.held <= FREE or self._memory.admits(self)

    async def admission(self) -> None:
        """Wait for the room that `grow` did not find."""
        await self._memory.admission(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._memory.take_back(self)
        self.held = 0
