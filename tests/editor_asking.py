"""What asks the editing page over real sockets: a session, its token, changes as JSON."""

import json
import re
from collections.abc import Iterator, Mapping
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from editor_desk import EditedDesk
from preview_asking import Answer
from preview_desk import WEEK, served

from newsletter.preview import Server
from newsletter.preview.login import Access

EDIT = f"/issues/{WEEK}/edit"


class Session:
    """An editor's browser without the browser: it has come in by a one-time address."""

    def __init__(self, server: Server) -> None:
        self.base = server.url.rstrip("/")
        self.place = urlsplit(self.base).netloc
        came = self._ask("GET", server.address(EDIT).removeprefix(self.base), None, {})
        self.cookie = came.headers["Set-Cookie"].partition(";")[0]
        found = re.search(r'data-token="([^"]+)"', self.get(EDIT).text)
        assert found
        self.token = found[1]

    def get(self, path: str) -> Answer:
        """Ask for *path*."""
        return self._ask("GET", path, None, {"Cookie": self.cookie})

    def post(
        self, path: str, sent: object, *, token: str | None = None, raw: bytes | None = None
    ) -> Answer:
        """Send *sent* as JSON to *path* of the issue."""
        headers = {
            "Cookie": self.cookie,
            "Origin": self.base,
            "Content-Type": "application/json",
            "X-Token": self.token if token is None else token,
        }
        body = json.dumps(sent).encode() if raw is None else raw
        return self._ask("POST", f"/issues/{WEEK}/{path}", body, headers)

    def form(self, path: str, **fields: str) -> Answer:
        """Send a form to *path* of the issue, as a page without script does."""
        headers = {
            "Cookie": self.cookie,
            "Origin": self.base,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = urlencode({"token": self.token, **fields}).encode()
        return self._ask("POST", f"/issues/{WEEK}/{path}", body, headers)

    def change(self, *wishes: Mapping[str, Any], seen: int | None = None) -> Answer:
        """Ask for changes."""
        return self.post("edits", {"seen": seen, "wishes": list(wishes)})

    def _ask(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> Answer:
        connection = HTTPConnection(self.place, timeout=60)
        try:
            connection.request(method, path, body=body, headers=dict(headers))
            return Answer(connection.getresponse())
        finally:
            connection.close()


@pytest.fixture
def fake(tmp_path: Path) -> EditedDesk:
    return EditedDesk(folder=tmp_path / "workspace")


@pytest.fixture
def server(fake: EditedDesk) -> Iterator[Server]:
    with served(fake, access=Access(editor="Ada")) as server:
        yield server


@pytest.fixture
def session(server: Server) -> Session:
    return Session(server)
