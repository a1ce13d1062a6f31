"""How the tests of `newsletter.net` fetch: one URL, under small limits."""

import asyncio
import socket
import ssl
from collections.abc import Mapping

from servers import Talk, serving

from newsletter.net import Fetched, Fetcher, Limits, Proxies
from newsletter.sources.loop import Loop

_SYSTEM = ssl.create_default_context()  # once: reading the authorities takes its time
BODY = b"<rss>" + b"rain over Velsum " * 200 + b"</rss>"


def get(
    url: str,
    *,
    allow: frozenset[tuple[str, int]] = frozenset(),
    timeout_s: float = 60.0,
    connect_timeout_s: float = 60.0,
    max_bytes: int = 1_000_000,
    etag: str | None = None,
    last_modified: str | None = None,
    proxies: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
    trusted: ssl.SSLContext | None = None,
) -> Fetched:
    """Return what comes of *url*; *names* are all that the look-up knows, if given."""
    limits = Limits(
        timeout_s=timeout_s,
        connect_timeout_s=connect_timeout_s,
        max_bytes=max_bytes,
        allow_private=allow,
    )
    fetcher = Fetcher(
        limits,
        "Test/1",
        proxies=Proxies(proxies or {}),
        look_up=Book(names),
        tls=trusted or _SYSTEM,
    )
    with asyncio.Runner(loop_factory=Loop) as runner:  # as the sources do: no socket is left open
        return runner.run(fetcher.get(url, etag=etag, last_modified=last_modified))


def get_from(talk: Talk, path: str = "/feed", **more: object) -> Fetched:
    """Return what comes of asking a server that talks like that."""
    with serving(talk) as server:
        return get(server.url(path), allow=server.allowed, **more)  # type: ignore[arg-type]


class Clock:
    """The clock of the running event loop in the hands of a test: it stands until it is set."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.now = loop.time()
        loop.time = lambda: self.now  # type: ignore[method-assign]


async def turns() -> None:
    """Let the event loop do what can be done now."""
    for _ in range(20):
        await asyncio.sleep(0)


class Book:
    """A look-up that knows the names given and addresses in any spelling; without, the system's."""

    def __init__(self, names: Mapping[str, str] | None = None) -> None:
        self._names = names

    def __call__(self, host: str, port: int) -> list[tuple]:  # type: ignore[type-arg]
        if self._names is not None:
            host = self._names.get(host, host)
        flags = 0 if self._names is None else socket.AI_NUMERICHOST
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags)
