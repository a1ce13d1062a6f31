"""Keeps strangers out: who may ask, from where, and what a page may do in the browser."""

import hmac
import re
import secrets
from collections.abc import Mapping, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NAMES = ("127.0.0.1", "localhost", "[::1]")
_READING = frozenset({"GET", "HEAD"})
_MOST_BYTES = 10_000  # of a form: a token and an address
_MOST_FIELDS = 10
_CSP = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "frame-src": "'self'",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
# Popups alone: a link of the issue opens outside, where it is a page like any other.
SANDBOX = "allow-popups allow-popups-to-escape-sandbox"
_LINK = re.compile(r"<a\b(?=[^<>]*\shref=\"?(?:https?:|mailto:))(?![^<>]*\starget=)", re.IGNORECASE)


def policy(directives: Mapping[str, str]) -> str:
    """Return a Content-Security-Policy header (W3C CSP 3)."""
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def frame_policy(*, images: bool) -> str:
    """Return the policy of an issue's page: it draws itself and can do nothing else.

    The sandbox stands here too, for whoever opens the page outside of its frame.
    """
    return policy(
        {
            "default-src": "'none'",
            "style-src": "'unsafe-inline'",
            "img-src": "https: data:" if images else "'none'",
            "base-uri": "'none'",
            "form-action": "'none'",
            "frame-ancestors": "'self'",
            "sandbox": SANDBOX,
        }
    )


def opening_outside(html: str) -> str:
    """Return *html* with its links to other places opening in windows of their own.

    In a frame of the preview they could lead nowhere: its policy shows no other pages.
    """
    return _LINK.sub('<a target="_blank" rel="noopener noreferrer"', html)


class Guard:
    """Middleware: refuses what does not come from a page of this server, and sets the headers.

    The Host header must name this machine and the port that was asked: a page elsewhere whose name
    was rebound to 127.0.0.1 sends its own (DNS rebinding). What changes something must come from
    this origin. Answers carry the policies of the app unless they set their own.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request that may pass, answer 403 to any other."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        fault = _fault(scope, headers)
        app = PlainTextResponse(fault, status_code=403) if fault else self.app

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                _secure(message)
            await send(message)

        await app(scope, receive, guarded)


def _fault(scope: Mapping[str, Any], headers: Headers) -> str:
    host = headers.get("host", "")
    port = scope["server"][1]
    if host not in {f"{name}:{port}" for name in _NAMES} | (set(_NAMES) if port == 80 else set()):
        return "This server answers to this machine alone: open it at http://127.0.0.1 and its port"
    if scope["method"] in _READING:
        return ""
    # A page that sends no referrer sends "null" as its origin too; the browser's own word on where
    # a request comes from (Fetch Metadata) then stands in for it.
    origin = headers.get("origin", "null")
    is_ours = origin == f"http://{host}" or (
        origin == "null" and headers.get("sec-fetch-site") == "same-origin"
    )
    return "" if is_ours else "This request comes from another page: send the form of this one"


def _secure(message: MutableMapping[str, Any]) -> None:
    headers = MutableHeaders(scope=message)
    for name, value in {
        "Content-Security-Policy": policy(_CSP),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cache-Control": "no-store",
    }.items():
        headers.setdefault(name, value)


class Token:
    """A secret that only pages of this server hold: forms send it back, against forgery."""

    def __init__(self) -> None:
        self.text = secrets.token_urlsafe(24)

    def fits(self, given: str) -> bool:
        """Return whether *given* is the token, in a time that does not tell how near it came."""
        return hmac.compare_digest(given.encode(), self.text.encode())


async def form(request: Request) -> Mapping[str, str]:
    """Return the fields of a small form that was sent, an empty mapping if it is none."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            return {}
    try:
        fields = parse_qs(body.decode(), max_num_fields=_MOST_FIELDS)
    except ValueError:
        return {}
    return {name: values[0] for name, values in fields.items()}
