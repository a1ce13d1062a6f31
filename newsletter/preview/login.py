"""The door: shows who has no session the way to one, and opens to the right word."""

import asyncio
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Any
from unicodedata import normalize
from urllib.parse import parse_qsl, quote, urlencode

from starlette.datastructures import URL, Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from newsletter.preview.guard import Token, form, refusal
from newsletter.preview.login_device import LASTS_S, introduced, known
from newsletter.preview.login_hash import Hash, read_hash
from newsletter.preview.login_limits import HERE, Limits, number
from newsletter.preview.room import environment
from newsletter.preview.sessions import (
    KEY_LASTS_MIN,
    MOST_NAME,
    NOBODY,
    Sessions,
    Visitor,
    fault_of_name,
    let_in,
)
from newsletter.preview.threads import in_thread

_log = logging.getLogger(__name__)
_KEY = "token"  # the parameter of a one-time address
_AT_ONCE = 2  # passwords that are tried: each takes 16 MB and a moment of a core
_FREE = re.compile(r"/static/(app|login)\.css")  # what the login page is drawn with
_EDITING = re.compile(r"/issues/[^/]+/edit")
_NO_EDITING = re.compile(r"/rebuild|/issues/[^/]+/send")  # what may be set off without a session
_LOGGED_OUT = "Nobody is logged in here (any more): open /login in another tab, then try again"
_ENDED = (
    "Nobody is logged in here (any more): the preview was started anew; "
    "open the address that the terminal prints"
)
_USED = (
    f"This address has been used, is more than {KEY_LASTS_MIN} minutes old, or is from an earlier"
    " start: it lets in once"
)
_BY_PROXY = "a proxy that does not say for whom"
_FORWARDING = ("x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "forwarded", "via")
_OWN = re.compile(r"/(?!/)[!-\[\]-~]{0,2000}")  # ASCII, but for blanks and \


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Who may come in: `editor` is whom a one-time address lets in, `password` a hash, or "".

    With a password every page asks for a session; without one, only what changes an issue does.
    `hosts` are names by which a proxy asks. `renewal` says how to get a new address, in words.
    """

    editor: str = "editor"
    password: str = ""
    hosts: tuple[str, ...] = ()
    renewal: str = "start the preview again"


class Door:
    """Middleware: finds the session of each request, begins and ends sessions.

    What is behind it has `request.state.editor`, the name of who asks ("" without a session), and
    `request.state.token`, which her forms send back. Answers /login and /logout itself.

    An *access* that is called is asked anew for each request; another password ends all sessions.

    Raises:
        ConfigError: the password's hash is none.
    """

    def __init__(
        self,
        app: ASGIApp,
        access: Access | Callable[[], Access],
        *,
        sessions: Sessions | None = None,
        limits: Limits | None = None,
    ) -> None:
        self.app = app
        self.sessions = sessions or Sessions()
        self._current = access if callable(access) else lambda: access
        self._access = self._current()
        self._hash = _hash_of(self._access)
        self._limits = limits or Limits()
        self._trying = asyncio.Semaphore(_AT_ONCE)

    def path(self, path: str) -> str:
        """Return *path* with a key that lets in once whoever opens it."""
        return f"{path}{'&' if '?' in path else '?'}{urlencode({_KEY: self.sessions.key()})}"

    def hosts(self) -> tuple[str, ...]:
        """Return the names by which a proxy asks, as they are now."""
        self._renew()
        return self._access.hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on who may go on; answer the others."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        self._renew()
        request = Request(scope, receive)
        who = self.sessions.visitor(request.cookies.get(_cookie(scope), ""))
        scope.setdefault("state", {}).update(editor=who.editor, token=who.token)
        let_in(who)
        answer = await self._answer(request, who)
        await (answer or self.app)(scope, receive, send)

    def _renew(self) -> None:
        access = self._current()
        if access.password != self._access.password:
            self._hash = _hash_of(access)
            self.sessions.end_all()
        self._access = access

    async def _answer(self, request: Request, who: Visitor) -> Response | None:
        path, is_in = request.url.path, who != NOBODY
        if request.method == "GET" and _KEY in request.query_params:
            return self._by_key(request, is_in=is_in)
        if path == "/logout" and request.method == "POST":
            return await self._leave(request, who)
        if path == "/login":
            if request.method == "POST" and self._hash:
                return await self._by_password(request)
            to = _own(request.query_params.get("to", "/"))
            return RedirectResponse(to, 303) if is_in else self._page(request, to=to, status=200)
        if is_in or _FREE.fullmatch(path) or (not self._hash and _is_for_all(request)):
            return None
        if request.method == "GET" and _is_navigation(request.headers):
            clean = _clean(request.url)
            return RedirectResponse(f"/login?{urlencode({'to': clean})}", 303)
        return refusal(request.headers, _LOGGED_OUT if self._hash else _ENDED, 401)

    def _by_key(self, request: Request, *, is_in: bool) -> Response:
        clean = _clean(request.url)
        if self.sessions.use(request.query_params[_KEY]):
            return self._welcome(request, self._access.editor, clean)
        if is_in:  # the page was loaded anew, or gone back to
            return RedirectResponse(clean, 303)
        return self._page(
            request,
            to=clean,
            status=403,
            fault=_USED,
        )

    async def _by_password(self, request: Request) -> Response:
        fields = await form(request)
        name, to = fields.get("name", "").strip(" "), _own(fields.get("to", "/"))
        fault = fault_of_name(name)
        if fault:
            return self._page(request, to=to, status=422, fault=fault, name=name)
        address = _address(request)
        device = known(request.cookies.get(_device_cookie(request), ""), self._access.password)
        wait = ceil(self._limits.wait_s(address, device))
        if wait:
            return self._too_often(request, to, name, wait)
        self._limits.begin(address, device)
        if not await self._fits(fields.get("password", "")):
            _log.warning("login refused address=%r", address[:100])
            wait = ceil(self._limits.wait_s(address, device))
            fault = "This is not the password" + (f": try again in {_told(wait)}" if wait else "")
            return self._page(request, to=to, status=403, fault=fault, name=name)
        self._limits.succeeded(address, device)
        return self._welcome(request, " ".join(normalize("NFC", name).split()), to)

    async def _fits(self, password: str) -> bool:
        stored = self._hash
        async with self._trying:
            fits = stored is not None and await in_thread(lambda: stored.fits(password))
        return fits and stored is self._hash  # it may have been changed meanwhile

    def _too_often(self, request: Request, to: str, name: str, wait: int) -> Response:
        fault = f"Too many tries: try again in {_told(wait)}"
        answer = self._page(request, to=to, status=429, fault=fault, name=name)
        answer.headers["Retry-After"] = str(wait)
        return answer

    async def _leave(self, request: Request, who: Visitor) -> Response:
        if not Token(who.token).fits((await form(request)).get("token", "")):
            return PlainTextResponse("This form is out of date: load the page anew", 403)
        self.sessions.end(request.cookies.get(_cookie(request.scope), ""))
        answer = RedirectResponse("/login" if self._hash else "/", 303)
        answer.delete_cookie(_cookie(request.scope), path="/", httponly=True, samesite="strict")
        return answer

    def _welcome(self, request: Request, editor: str, to: str) -> Response:
        # A session that was there ends: nobody goes on under two names.
        self.sessions.end(request.cookies.get(_cookie(request.scope), ""))
        if request.headers.get("sec-fetch-site") == "cross-site":
            # After a link on another site the browser would not send a strict cookie along the
            # redirection; a page of our own leads on to where it does.
            answer: Response = HTMLResponse(
                "<!doctype html><title>Newsletter</title>", headers={"Refresh": f"0; url={to}"}
            )
        else:
            answer = RedirectResponse(to, 303)
        answer.set_cookie(
            _cookie(request.scope),
            self.sessions.begin(editor),
            path="/",
            httponly=True,
            samesite="strict",
            secure=request.state.is_secure,
        )
        if self._hash:
            self._introduce(request, answer)
        return answer

    def _introduce(self, request: Request, answer: Response) -> None:
        """Let the browser say at the next login that it is no stranger."""
        answer.set_cookie(
            _device_cookie(request),
            introduced(self._access.password),
            max_age=LASTS_S,
            path="/login",
            httponly=True,
            samesite="strict",
            secure=request.state.is_secure,
        )

    def _page(self, request: Request, *, status: int, **values: Any) -> Response:
        defaults = {"fault": "", "name": "", "to": "/", "most": MOST_NAME, "minutes": KEY_LASTS_MIN}
        html = (
            environment()
            .get_template("login.html.j2")
            .render(
                defaults
                | values
                | {
                    "by_password": self._hash is not None,
                    "renewal": self._access.renewal,
                    "is_open": not request.state.is_secure and not _is_near(request),
                }
            )
        )
        return HTMLResponse(html, status_code=status)


def _cookie(scope: Scope) -> str:
    """Return a name of its own for each port: cookies do not know ports (RFC 6265, 8.5)."""
    return f"newsletter-{scope['server'][1]}"


def _device_cookie(request: Request) -> str:
    return f"{_cookie(request.scope)}-known"


def _hash_of(access: Access) -> Hash | None:
    return read_hash(access.password) if access.password else None


def _clean(url: URL) -> str:
    """Return where *url* leads on this server, without the key."""
    kept = [pair for pair in parse_qsl(url.query, keep_blank_values=True) if pair[0] != _KEY]
    path = "/" + quote(url.path.lstrip("/\\"), safe="/:@!$&'()*+,;=~%")
    return _own(path + (f"?{urlencode(kept)}" if kept else ""))


def _own(path: str) -> str:
    """Return *path* if it leads to a page of this server, else that of the list of issues."""
    return path if _OWN.fullmatch(path) and not path.startswith(("/login", "/logout")) else "/"


def _is_for_all(request: Request) -> bool:
    """Return whether a request is one that changes no issue, nor asks for the page to change it."""
    if request.method in ("GET", "HEAD"):
        return not _EDITING.fullmatch(request.url.path)
    return _NO_EDITING.fullmatch(request.url.path) is not None


def _is_navigation(headers: Headers) -> bool:
    into = headers.get("sec-fetch-dest")
    return into == "document" if into else "text/html" in headers.get("accept", "")


def _is_near(request: Request) -> bool:
    name = re.sub(r":\d+$", "", request.headers.get("host", ""))
    return name in ("127.0.0.1", "localhost", "[::1]")


def _address(request: Request) -> str:
    """Return from where a request came: a proxy on this machine says it of who asked it."""
    peer = request.client.host if request.client else ""
    found = number(peer)
    if found is None or not found.is_loopback:
        return peer
    is_near = _is_near(request)
    if is_near and not any(name in request.headers for name in _FORWARDING):
        return HERE
    said = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    return said if not is_near and number(said) else _BY_PROXY


def _told(wait: int) -> str:
    if wait > 90:
        return f"{ceil(wait / 60)} minutes"
    return f"{wait} second{'' if wait == 1 else 's'}"
