"""Keeps strangers out: who may ask, from where, and what a page may do in the browser."""

import hmac
import re
import secrets
from collections.abc import Callable, Collection, Mapping, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NAMES = ("127.0.0.1", "localhost", "[::1]")
_READING = frozenset({"GET", "HEAD"})
_MOST_BYTES = 10_000  # of a form: a token and an address
_MOST_FIELDS = 10
_MOST_EDITING = 200_000  # bytes of what an editor's page sends at once, as JSON
_JSON, _FORM = "application/json", "application/x-www-form-urlencoded"
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

    The Host header must name this machine and the port that was asked, or be one of *hosts*, or the
    *address* that is listened at: a page elsewhere whose name was rebound to 127.0.0.1 sends its
    own (DNS rebinding). What changes something must come from this origin. Answers carry the
    policies of the app unless they set their own. An app within a guard is not guarded twice.

    Of a request that passes, `request.state.is_secure` says whether it came by HTTPS. For *hosts*
    alone it is taken to have, unless the proxy, or the page that sends it, says otherwise. Hosts
    that are called are asked anew for each request.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        hosts: Collection[str] | Callable[[], Collection[str]] = (),
        address: str = "127.0.0.1",
    ) -> None:
        self.app = app
        self._hosts = hosts if callable(hosts) else lambda: hosts
        self._address = f"[{address}]" if ":" in address else address.casefold()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request that may pass, refuse any other."""
        if scope["type"] == "lifespan" or scope.get("state", {}).get("is_guarded"):
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        status, fault = self._fault(scope, headers)
        is_secure = _came_securely(headers, is_named=self._is_named(headers))
        scope.setdefault("state", {}).update(is_guarded=True, is_secure=is_secure)
        app = refusal(headers, fault, status) if fault else self.app

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                _secure(message)
            await send(message)

        await app(scope, receive, guarded)

    def _asked(self, scope: Mapping[str, Any]) -> str:
        """Return the address of this machine that was asked, where all of them are listened at.

        No name can be rebound to be a number: a page that has it was loaded from there.
        """
        if self._address not in ("", "0.0.0.0", "[::]"):  # noqa: S104  (it is compared)
            return ""
        asked = str(scope["server"][0]).removeprefix("::ffff:")
        return f"[{asked}]" if ":" in asked else asked

    def _is_named(self, headers: Headers) -> bool:
        host = headers.get("host", "").casefold()
        hosts = {name.casefold() for name in self._hosts()}
        return host in hosts or re.sub(r":\d{1,5}$", "", host) in hosts

    def _fault(self, scope: Mapping[str, Any], headers: Headers) -> tuple[int, str]:
        host = headers.get("host", "")
        port = scope["server"][1]
        names = {*_NAMES, self._address, self._asked(scope)} - {""}
        ours = {f"{name}:{port}" for name in names} | (names if port == 80 else set())
        is_named = self._is_named(headers)
        if host.casefold() not in ours and not is_named:
            return 403, _NOT_OURS
        if scope["method"] in _READING:
            return 200, ""
        # A page that sends no referrer sends "null" as its origin too; the browser's own word on
        # where a request comes from (Fetch Metadata) then stands in for it.
        origin = headers.get("origin", "null").casefold()
        is_ours = origin in _origins(headers, is_named=is_named) or (
            origin == "null" and headers.get("sec-fetch-site") == "same-origin"
        )
        return _fault_of_body(headers) if is_ours else (403, _FOREIGN)


_NOT_OURS = (
    "This server answers to this machine alone: open it at http://127.0.0.1 and its port. Another"
    " name that leads here belongs into preview.hosts in feeds.yaml"
)
_FOREIGN = "This request comes from another page: send the form of this one"


def refusal(headers: Headers, fault: str, status: int) -> Response:
    """Return an answer that says *fault*, as JSON (`{"fault": …}`) to a script that asked."""
    is_script = "empty" in headers.get("sec-fetch-dest", "") or _kind(headers) == _JSON
    if is_script:
        return JSONResponse({"fault": fault}, status_code=status)
    return PlainTextResponse(fault, status_code=status)


def _fault_of_body(headers: Headers) -> tuple[int, str]:
    """Return why what was sent will not be read, and the status that says so."""
    kind, length = _kind(headers), headers.get("content-length", "")
    if kind not in (_JSON, _FORM):
        return 415, f"Send {_JSON} or {_FORM}, not {kind or 'what says no type'}"
    # What is sent in chunks has no length that could be held against a limit at once.
    if not (length.isascii() and length.isdigit()) or "transfer-encoding" in headers:
        return 411, "Say in Content-Length how much you send"
    if len(length) > 9 or int(length) > _MOST_EDITING:
        return 413, f"More than {_MOST_EDITING // 1000} kB at once: send it in parts"
    return 200, ""


def _kind(headers: Headers) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().casefold()


def _origins(headers: Headers, *, is_named: bool) -> set[str]:
    """Return the origins that pages of this server may have for who asked so."""
    host = headers.get("host", "").casefold()
    if not is_named:
        return {f"http://{host}"}
    proto = headers.get("x-forwarded-proto")
    # A proxy that does not say how it was asked: its name is in feeds.yaml, either will do.
    return {f"{scheme}://{host}" for scheme in ("http", "https") if proto in (None, scheme)}


def _came_securely(headers: Headers, *, is_named: bool) -> bool:
    if not is_named:
        return False
    proto = headers.get("x-forwarded-proto")
    if proto is not None:
        return proto != "http"
    # A browser that says that its page came by HTTP would throw a secure cookie away.
    return not headers.get("origin", "").startswith("http://")


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
    """A secret that only pages of this server hold: forms send it back, against forgery.

    A new one unless *text* is given; an empty one fits nothing.
    """

    def __init__(self, text: str | None = None) -> None:
        self.text = secrets.token_urlsafe(24) if text is None else text

    def fits(self, given: str) -> bool:
        """Return whether *given* is the token, in a time that does not tell how near it came."""
        sent = given.encode("utf-8", "surrogatepass")
        return bool(self.text) and hmac.compare_digest(sent, self.text.encode())


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
