"""An app behind the preview's door, asked without a socket, at a time that a test sets."""

import asyncio
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse

from newsletter.preview import Server
from newsletter.preview.guard import Guard
from newsletter.preview.login import Access, Door
from newsletter.preview.login_hash import hashed
from newsletter.preview.login_limits import Limits
from newsletter.preview.sessions import Sessions, visitor
from newsletter.preview.threads import in_thread

PASSWORD = "a horse that is correct"
HASH = hashed(PASSWORD)
PORT = 8765
NEAR = f"127.0.0.1:{PORT}"


async def _echo(scope: Any, receive: Any, send: Any) -> None:
    """Tell who asked, as the app behind the door sees it."""
    request = Request(scope, receive)
    seen = await in_thread(visitor)
    told = {
        "editor": request.state.editor,
        "token": request.state.token,
        "in_thread": seen.editor,
        "path": request.url.path,
        "is_secure": request.state.is_secure,
    }
    await JSONResponse(told)(scope, receive, send)


@dataclass(frozen=True)
class Told:
    status: int
    headers: Headers
    text: str

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.text)
        return found

    @property
    def cookie(self) -> str:
        return self.headers["set-cookie"].partition(";")[0]


@dataclass
class House:
    """A door with its guard before it; `now` is the time, in seconds, of sessions and limits.

    Another `access` holds from the next request on.
    """

    access: Access = field(default_factory=Access)
    address: str = "127.0.0.1"
    now: float = 1000.0

    def __post_init__(self) -> None:
        clock = lambda: self.now  # noqa: E731
        self.door = Door(
            _echo, lambda: self.access, sessions=Sessions(clock=clock), limits=Limits(clock=clock)
        )
        self.app = Guard(self.door, hosts=self.door.hosts, address=self.address)

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        body: bytes = b"",
        peer: str = "127.0.0.1",
        asked: str = "127.0.0.1",
        **headers: str,
    ) -> Told:
        """Ask for *path*; names of headers are written with _ for -."""
        named = {"host": NEAR} | {key.replace("_", "-"): text for key, text in headers.items()}
        return asyncio.run(self._asked(path, method, body, peer, asked, named))

    def post(self, path: str, fields: Mapping[str, str], **headers: Any) -> Told:
        """Send a form from a page of the same origin."""
        body = urlencode(fields).encode()
        headers.setdefault("origin", f"http://{headers.get('host', NEAR)}")
        headers.setdefault("content_type", "application/x-www-form-urlencoded")
        headers.setdefault("content_length", str(len(body)))
        return self.ask(path, method="POST", body=body, **headers)

    def log_in(self, name: str = "Ida Holt", password: str = PASSWORD, **more: Any) -> Told:
        fields = {"name": name, "password": password, "to": more.pop("to", "/")}
        return self.post("/login", fields, **more)

    async def _asked(
        self, path: str, method: str, body: bytes, peer: str, asked: str, named: Mapping[str, str]
    ) -> Told:
        plain, _, query = path.partition("?")
        scope = {
            "type": "http", "http_version": "1.1", "method": method, "scheme": "http",
            "path": plain, "raw_path": plain.encode(), "query_string": query.encode(),
            "headers": [(key.encode(), text.encode()) for key, text in named.items()],
            "client": (peer, 50_000), "server": (asked, PORT), "root_path": "",
        }  # fmt: skip
        sent: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        text = b"".join(one.get("body", b"") for one in sent[1:]).decode()
        return Told(sent[0]["status"], Headers(raw=sent[0]["headers"]), text)


@contextmanager
def running(server: Server) -> Iterator[str]:
    """Let *server* serve while the block lasts; give its URL."""
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server.url
    finally:
        server.stop()
        thread.join(60)
    assert not thread.is_alive()
