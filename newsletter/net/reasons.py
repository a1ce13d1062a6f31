"""What went wrong with a request, in an editor's words: the fault and the way out, in one line."""

import http
import os
import re
import socket
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp

from newsletter.errors import FetchError
from newsletter.text.markup import one_line

_RETRY_S = (60.0, 86_400.0)  # a feed asked within the minute, or left alone for ever, is a slip
_SAYS_WHEN = frozenset({429, 503})
_MEANING = {
    401: "it wants a password; give a URL that is open to all",
    403: "it refuses us; its owner may know why",
    407: "the proxy wants a password; write http://user:password@host:port",
    410: "it is gone for good and can be removed",
    429: "it was asked too often",
}


class RefusedError(FetchError):
    """We did not ask: the target or the way to it is not allowed. Says nothing of the network."""


class UnreachedError(FetchError):
    """No connection came about: no such name, nobody at the address, or no way there."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, is_silent=True)


def unusable(status: int, headers: Mapping[str, str], now: datetime) -> FetchError:
    """Return the error for an answer that brings nothing, with the wait that it asks for."""
    try:
        phrase = http.HTTPStatus(status).phrase
    except ValueError:
        phrase = ""
    reason = f"answers {status} {phrase}".strip()
    if status in _MEANING:
        reason = f"{reason}: {_MEANING[status]}"
    wait = None
    if status in _SAYS_WHEN or 300 <= status < 400:
        wait = retry_after_s(headers.get("Retry-After"), headers.get("Date"), now)
    return FetchError(reason, status=status, retry_after_s=wait)


def retry_after_s(value: str | None, date: str | None, now: datetime) -> float | None:
    """Return the seconds that a Retry-After asks for (RFC 9110, 10.2.3), one minute to one day.

    A moment counts from the answer's own *date*, if it has one, since clocks differ. None where
    the header is missing or says nothing.
    """
    text = (value or "").strip()
    if re.fullmatch("[0-9]+", text):
        seconds = float(text[:10]) if len(text) <= 10 else _RETRY_S[1]
    else:
        until = _moment(text)
        if until is None:
            return None
        seconds = (until - (_moment(date or "") or now)).total_seconds()
    return min(max(seconds, _RETRY_S[0]), _RETRY_S[1])


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def failed(error: aiohttp.ClientError, proxy: str | None, connect_s: float) -> FetchError:
    """Return the error for a request that brought no answer; *proxy* is where it was sent."""
    via = f"the proxy {proxy}: " if proxy else ""
    match error:
        case aiohttp.ClientConnectorCertificateError():
            return _told(f"has no valid TLS certificate: {error.certificate_error}")
        case aiohttp.ClientConnectorSSLError():
            fault = str(getattr(error.os_error, "reason", "")).replace("_", " ").lower()
            return _told(f"cannot agree with us on TLS: {fault or 'no reason given'}")
        case aiohttp.ClientConnectorError(os_error=ConnectionResetError()) if not proxy:
            # After the connection came about: a refused one is another error.
            return _told("broke off in the middle")
        case aiohttp.ClientConnectorError():
            return UnreachedError(one_line(f"{via or f'{error.host}: '}{_why(error.os_error)}"))
        case aiohttp.ConnectionTimeoutError():
            return UnreachedError(f"{via}no connection within {connect_s:g} s")
        case aiohttp.ClientHttpProxyError():
            meaning = f": {_MEANING[407]}" if error.status == 407 else ""
            refused = f"the proxy {proxy} answers {error.status} {error.message[:80]}".strip()
            return _told(f"{refused}{meaning}")
        case (
            aiohttp.ClientPayloadError()
            | aiohttp.ServerDisconnectedError()
            | aiohttp.ClientOSError()
        ):
            return _told("broke off in the middle")
        case aiohttp.ClientResponseError():
            # Its further lines, and what follows a colon, are the bytes themselves.
            fault = error.message.strip().partition("\n")[0].partition(": b'")[0]
            return _told(f"answers with what is no HTTP: {fault.rstrip(':')[:100]}")
        case aiohttp.InvalidURL():
            return RefusedError("is no URL that can be asked")
        case _:
            return _told(f"cannot be asked: {str(error) or type(error).__name__}")


def _told(reason: str) -> FetchError:
    return FetchError(one_line(reason))


def _why(error: OSError) -> str:
    if isinstance(error, socket.gaierror):
        if error.errno == socket.EAI_AGAIN:
            return "the name cannot be looked up; is there a network?"
        return "name not found"
    # asyncio puts "Connect call failed (address)" in the place of what the system says.
    said = os.strerror(error.errno) if error.errno else error.strerror
    return said or str(error) or type(error).__name__
