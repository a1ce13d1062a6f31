"""One request to one server: the way there, the answer's head, and its body under the caps."""

import asyncio
import io
import re
import ssl
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import aiohttp
from yarl import URL

from newsletter.errors import FetchError
from newsletter.net.decode import decoder, too_large
from newsletter.net.guard import GuardedSockets, is_loopback, is_private_name, is_public, not_public
from newsletter.net.memory import Share
from newsletter.net.proxies import Proxies, shown
from newsletter.net.reasons import RefusedError, failed, unusable
from newsletter.net.resolve import Resolver
from newsletter.text.markup import one_line

_LOOK_UP_S = 3.0  # for a name that a proxy is to be asked for, and that nobody here may know
_HEADER = 32_768  # bytes of one line: some policies are longer than aiohttp's 8 kB
_PERMANENT = frozenset({301, 308})
_REDIRECTS = frozenset({302, 303, 307}) | _PERMANENT
# What aiohttp makes of header bytes that are no UTF-8: halves of surrogate pairs.
_UNDECODED = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one request may cost, and whom it may ask besides the public internet.

    `timeout_s` covers all of it, redirects and decoding included; `connect_timeout_s` look-up,
    connection and TLS of one hop. A host that takes longer to shake hands is down or filtered.
    """

    timeout_s: float = 30.0
    max_bytes: int = 15_000_000
    allow_private: frozenset[tuple[str, int]] = frozenset()
    connect_timeout_s: float = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked for: the Accept header, the media types that are taken (empty: all).

    With `first_bytes` the body is cut there, and no body is too large.
    """

    accept: str
    types: frozenset[str] = frozenset()
    first_bytes: int | None = None


@dataclass(slots=True, kw_only=True)
class Going:
    """A request under way: its deadline, what it holds, and whether anybody has answered."""

    wanted: Wanted
    share: Share
    deadline: asyncio.Timeout
    answered: bool = False

    async def meanwhile(self, other: Awaitable[None]) -> None:
        """Wait for *other* off the clock: it is not this server's fault."""
        now = asyncio.get_running_loop().time
        left = (self.deadline.when() or now()) - now()
        self.deadline.reschedule(None)
        try:
            await other
        finally:
            if not self.deadline.expired():
                self.deadline.reschedule(now() + left)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A redirect: the Location as it was sent, whether for good, and the error it is if unheard."""

    location: str
    permanent: bool
    unheard: FetchError


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Status 200 with its body, or 304 without one."""

    status: int
    content: bytes
    headers: Mapping[str, str]

    def header(self, name: str) -> str | None:
        """Return a header's value, or None where it could be neither kept nor sent back."""
        value = self.headers.get(name)
        return None if value is None or _UNDECODED.search(value) else value


class Hops:
    """Asks one server after another, each through the guard, none with what another one left."""

    def __init__(
        self, limits: Limits, proxies: Proxies, resolver: Resolver, tls: ssl.SSLContext
    ) -> None:
        self._limits = limits
        self._proxies = proxies
        self._resolver = resolver
        self._tls = tls
        # A short deadline, too, has to tell a silent network from a slow server.
        self._connect_s = min(limits.connect_timeout_s, 0.8 * limits.timeout_s)
        self._timeout = aiohttp.ClientTimeout(
            total=None,
            connect=self._connect_s,
            ceil_threshold=2 * self._connect_s,  # else it is rounded up to a whole second
        )

    async def ask(self, url: URL, headers: Mapping[str, str], going: Going) -> Answer | Moved:
        """Return the answer of *url*, or where it points to.

        Raises:
            FetchError: no usable answer.
            OSError, ValueError: it cannot even be asked.
        """
        host, port = (url.host or "").rstrip("."), url.port or 0
        guard = GuardedSockets(host, port, self._limits.allow_private)
        proxy = await self._proxy(url, host, port)
        # A connector of its own: the guard knows for which host it opens sockets, and no cookie,
        # connection or look-up is shared between feeds. The proxy is the administrator's choice.
        connector = aiohttp.TCPConnector(
            limit=1,
            ssl=self._tls,
            resolver=self._resolver,
            use_dns_cache=False,
            socket_factory=None if proxy else guard,
        )
        try:
            async with (
                aiohttp.ClientSession(
                    connector=connector,
                    timeout=self._timeout,
                    cookie_jar=aiohttp.DummyCookieJar(),
                    auto_decompress=False,
                    max_line_size=_HEADER,
                    max_field_size=_HEADER,
                ) as session,
                session.get(url, headers=headers, allow_redirects=False, proxy=proxy) as response,
            ):
                going.answered = True
                return await self._read(response, going)
        except aiohttp.ClientError as error:
            unconnected = aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError
            if guard.refusal is not None and isinstance(error, unconnected):
                raise RefusedError(str(guard.refusal)) from error
            raise failed(error, shown(proxy) if proxy else None, self._connect_s) from error

    async def _proxy(self, url: URL, host: str, port: int) -> URL | None:
        """Return the proxy to ask through, None for none.

        A proxy connects where we cannot look: what we can is to look the name up before, and not
        to ask for one that has a private address. One that answers us and the proxy differently
        passes; a name that only the proxy can look up must pass, else nothing would behind many.
        """
        allowed = self._limits.allow_private
        if is_loopback(host) or (host, port) in allowed:
            return None
        proxy = self._proxies.of(url)
        if proxy is None:
            return None
        try:
            async with asyncio.timeout(min(_LOOK_UP_S, self._connect_s)):
                infos = await self._resolver.look_up(host, port)
        except OSError as error:  # a TimeoutError, too
            if is_private_name(host):
                raise RefusedError(not_public(host, port, host)) from error
            return proxy
        addresses = [str(info[4][0]) for info in infos]
        if any((address, port) in allowed for address in addresses):
            return None  # and guarded: the other addresses are not asked
        for address in addresses:
            if not is_public(address):
                raise RefusedError(not_public(host, port, address))
        return proxy

    async def _read(self, response: aiohttp.ClientResponse, going: Going) -> Answer | Moved:
        status, headers = response.status, response.headers
        if status in {200, 304}:
            content = b"" if status == 304 else await self._body(response, going)
            return Answer(status=status, content=content, headers=headers)
        error = unusable(status, headers, datetime.now(UTC))
        if status not in _REDIRECTS or "Location" not in headers:
            raise error
        location = _UNDECODED.sub(_percent, headers["Location"])
        return Moved(location=location, permanent=status in _PERMANENT, unheard=error)

    async def _body(self, response: aiohttp.ClientResponse, going: Going) -> bytes:
        kind = response.content_type if "Content-Type" in response.headers else ""
        if kind and going.wanted.types and kind not in going.wanted.types:
            raise FetchError(f"is {one_line(kind[:80])}, which is not read here", status=200)
        most, first = self._limits.max_bytes, going.wanted.first_bytes
        if not first and (response.content_length or 0) > most:
            raise too_large(most)
        undo = decoder(", ".join(response.headers.getall("Content-Encoding", ())))
        body = io.BytesIO()  # gives its bytes away at the end without a copy
        wire = 0
        async for chunk in response.content.iter_any():
            wire += len(chunk)
            for piece in undo.pieces(chunk) if undo else (chunk,):
                body.write(piece)
                if first and body.tell() >= first:
                    body.truncate(first)
                    return body.getvalue()
                if body.tell() > most:
                    raise too_large(most)
                await self._hold(len(piece), going, yields=undo is not None)
            if wire > most:
                raise too_large(most)
        if undo:
            undo.finish()
        return body.getvalue()

    async def _hold(self, count: int, going: Going, *, yields: bool) -> None:
        if not going.share.grow(count):
            await going.meanwhile(going.share.admission())
        elif yields:
            await asyncio.sleep(0)  # decoding is work: let the others in, and the deadline


def _percent(undecoded: re.Match[str]) -> str:
    return f"%{ord(undecoded[0]) - 0xDC00:02X}"
