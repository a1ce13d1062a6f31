"""One guarded GET: a total deadline, caps, checked redirects, no private networks."""

import asyncio
import http
import re
import ssl
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin, urlsplit

import aiohttp

from newsletter.errors import FetchError
from newsletter.net.decode import ACCEPTED, decoder, too_large
from newsletter.net.guard import NotPublicError, guarded_socket
from newsletter.text.markup import one_line

MAX_REDIRECTS = 5
_CONNECT_TIMEOUT_S = 10.0  # a host that takes longer to shake hands is down or filtered
_CHUNK = 65536
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# What aiohttp makes of header bytes that are no UTF-8: halves of surrogate pairs.
_UNDECODED = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one request may cost, and whom it may ask besides the public internet."""

    timeout_s: float = 30.0
    max_bytes: int = 15_000_000
    allow_private: frozenset[tuple[str, int]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer: status 200 with a decoded body, or 304 without one. `url` is after redirects."""

    url: str
    status: int
    content: bytes = b""
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None


class Fetcher:
    """Fetches URLs under the same limits and one name (User-Agent)."""

    def __init__(self, limits: Limits, user_agent: str) -> None:
        self._limits = limits
        self._user_agent = user_agent

    async def get(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> Fetched:
        """Return the answer to a GET, conditional on the validators given (RFC 9110, 13.1).

        Raises:
            FetchError: no usable answer, with the reason; never anything else but cancellation.
        """
        headers = {
            "User-Agent": self._user_agent,
            "Accept": "application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9,"
            " application/xml;q=0.8, text/xml;q=0.8, */*;q=0.5",
            "Accept-Encoding": ACCEPTED,
        }
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            # Byte for byte as it came: some servers honour only an exact match.
            headers["If-Modified-Since"] = last_modified
        limits = self._limits
        try:
            async with asyncio.timeout(limits.timeout_s):
                answer = await self._follow(url, headers)
        except aiohttp.ClientError as error:
            raise FetchError(one_line(_reason(error))) from error
        except TimeoutError as error:
            raise FetchError(f"no answer within {limits.timeout_s:g} s") from error
        except (OSError, ValueError) as error:
            raise FetchError(one_line(f"cannot be asked: {error}")) from error
        if answer.status == 304 and not (etag or last_modified):
            raise FetchError("answers 304 Not Modified, though nothing was there to compare with")
        return answer

    async def _follow(self, url: str, headers: dict[str, str]) -> Fetched:
        seen = url
        for _ in range(MAX_REDIRECTS + 1):
            answer = await self._once(seen, headers)
            if isinstance(answer, Fetched):
                return answer
            following = urljoin(seen, answer)
            told, scheme = one_line(following[:200]), urlsplit(following).scheme
            if scheme not in {"http", "https"}:
                raise FetchError(f"redirects to {told!r}, which is neither http nor https")
            if urlsplit(seen).scheme == "https" and scheme == "http":
                raise FetchError(f"redirects from https to http ({told})")
            seen = following
        raise FetchError(f"redirects more than {MAX_REDIRECTS} times")

    async def _once(self, url: str, headers: dict[str, str]) -> Fetched | str:
        """Return the answer of one hop, or the Location it points to."""
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise FetchError(f"{one_line(url[:200])!r} is no URL of http or https")
        port = parts.port or (443 if parts.scheme == "https" else 80)
        # A connector of its own: the guard knows for which host it opens sockets, and no cookie,
        # connection or look-up is shared between feeds.
        connector = aiohttp.TCPConnector(
            limit=1,
            ssl=self._tls,
            socket_factory=guarded_socket(parts.hostname, port, self._limits.allow_private),
        )
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT_TIMEOUT_S)
        async with (
            aiohttp.ClientSession(
                connector=connector,
                timeout=timeout,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
            ) as session,
            session.get(url, headers=headers, allow_redirects=False) as response,
        ):
            if response.status in _REDIRECTS and "Location" in response.headers:
                return _UNDECODED.sub(_percent, response.headers["Location"])
            if response.status not in {200, 304}:
                raise FetchError(f"answers {response.status} {_phrase(response.status)}".strip())
            content = b"" if response.status == 304 else await self._body(response)
            return Fetched(
                url=url,
                status=response.status,
                content=content,
                content_type=_header(response, "Content-Type"),
                etag=_header(response, "ETag"),
                last_modified=_header(response, "Last-Modified"),
            )

    async def _body(self, response: aiohttp.ClientResponse) -> bytes:
        max_bytes = self._limits.max_bytes
        if (response.content_length or 0) > max_bytes:
            raise too_large(max_bytes)
        body = decoder(", ".join(response.headers.getall("Content-Encoding", ())), max_bytes)
        wire = 0
        async for chunk in response.content.iter_chunked(_CHUNK):
            wire += len(chunk)
            if wire > max_bytes:
                raise too_large(max_bytes)
            body.add(chunk)
        return body.finish()

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return ssl.create_default_context()


def _header(response: aiohttp.ClientResponse, name: str) -> str | None:
    """Return a header's value, or None where it could be neither kept nor sent back."""
    value = response.headers.get(name)
    return None if value is None or _UNDECODED.search(value) else value


def _percent(undecoded: re.Match[str]) -> str:
    return f"%{ord(undecoded[0]) - 0xDC00:02X}"


def _phrase(status: int) -> str:
    try:
        return http.HTTPStatus(status).phrase
    except ValueError:
        return ""


def _reason(error: aiohttp.ClientError) -> str:
    match error:
        case aiohttp.ClientConnectorCertificateError():
            return f"has no valid TLS certificate: {error.certificate_error}"
        case aiohttp.ClientConnectorDNSError():
            return f"{error.host}: name not found"
        case aiohttp.ServerTimeoutError():
            return f"no connection within {_CONNECT_TIMEOUT_S:g} s"
        case aiohttp.ClientConnectorError(os_error=NotPublicError()):
            return str(error.os_error)
        case aiohttp.ClientConnectorError():
            return f"{error.host}: {error.os_error.strerror or error.os_error}"
        case aiohttp.ClientPayloadError() | aiohttp.ServerDisconnectedError():
            return "broke off in the middle"
        case aiohttp.ClientResponseError():
            return f"answers with what is no HTTP: {error.message[:200]}"
        case aiohttp.InvalidURL():
            return "is no URL that can be asked"
        case _:
            return f"cannot be asked: {str(error) or type(error).__name__}"
