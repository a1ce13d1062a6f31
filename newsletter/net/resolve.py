"""Looks up names in threads that nobody waits for: a look-up may hang, the program must not."""

import asyncio
import socket
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress

from aiohttp.abc import AbstractResolver, ResolveResult

Address = tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]
Info = tuple[socket.AddressFamily, socket.SocketKind, int, str, Address]
LookUp = Callable[[str, int], Sequence[Info]]


def system_look_up(host: str, port: int) -> Sequence[Info]:
    """Return the addresses that the system knows for *host*; takes as long as the system likes."""
    return socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG | socket.AI_NUMERICSERV
    )


class Resolver(AbstractResolver):
    """The look-up of aiohttp, without the thread pool that would be waited for at the end.

    Nothing is kept: the guard of sockets sees each address that is connected.
    """

    def __init__(self, look_up: LookUp = system_look_up) -> None:
        self._look_up = look_up

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of *host*, of *family* if one is asked for.

        Raises:
            OSError: it has none, or the name server cannot be asked.
        """
        return [
            ResolveResult(
                hostname=host,
                host=_with_zone(address),
                port=port,
                family=kind,
                proto=protocol,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for kind, _, protocol, _, address in await self.look_up(host, port)
            if kind in {socket.AF_INET, socket.AF_INET6} and family in {socket.AF_UNSPEC, kind}
        ]

    async def look_up(self, host: str, port: int) -> Sequence[Info]:
        """Return what the look-up gives, from a daemon thread that a cancellation leaves behind."""
        loop = asyncio.get_running_loop()
        found: asyncio.Future[Sequence[Info]] = loop.create_future()

        def tell(infos: Sequence[Info], error: Exception | None) -> None:
            if found.done():
                return
            if error is None:
                found.set_result(infos)
            else:
                found.set_exception(error)

        def ask() -> None:
            infos: Sequence[Info] = ()
            fault: Exception | None = None
            try:
                infos = self._look_up(host, port)
            except UnicodeError as error:  # a label is empty or longer than 63 octets
                fault = socket.gaierror(socket.EAI_NONAME, str(error))
            except Exception as error:  # noqa: BLE001 - handed over to the task that asked
                fault = error
            with suppress(RuntimeError):  # the loop is closed: nobody wants to know any more
                loop.call_soon_threadsafe(tell, infos, fault)

        threading.Thread(target=ask, daemon=True, name="look-up").start()
        return await found

    async def close(self) -> None:
        """Do nothing: nothing is held open."""


def _with_zone(address: Address) -> str:
    scope = address[3] if len(address) > 3 else 0
    return f"{address[0]}%{scope}" if scope and "%" not in str(address[0]) else str(address[0])
