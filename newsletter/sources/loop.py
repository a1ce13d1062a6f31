"""An event loop that leaves no socket open behind it."""

import asyncio
from typing import Any
from weakref import WeakSet


class Loop(asyncio.SelectorEventLoop):
    """Breaks off at its close what connections are still open.

    A connection over TLS that is closed waits half a minute for the other side to say goodbye, and
    one that is broken off closes its socket a turn later: a loop that is gone by then leaves the
    socket to the garbage collector.
    """

    def __init__(self) -> None:
        super().__init__()
        self._connections: WeakSet[asyncio.BaseTransport] = WeakSet()

    async def create_connection(self, *args: Any, **kwargs: Any) -> Any:
        """Open a connection, as every loop does, and remember it."""
        transport, protocol = await super().create_connection(*args, **kwargs)
        self._connections.add(transport)
        return transport, protocol

    def close(self) -> None:
        """Break off the connections that are still open, and close the loop."""
        if not self.is_closed():
            self.run_until_complete(self._break_off())
        super().close()

    async def _break_off(self) -> None:
        for transport in list(self._connections):
            if isinstance(transport, asyncio.WriteTransport):
                transport.abort()
        # Each turn runs what the one before has called for: a connection over TLS is told of its
        # end, then the socket beneath it is closed.
        for _ in range(3):
            await asyncio.sleep(0)
