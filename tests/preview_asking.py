"""What asks a preview over real sockets: requests, forms, an ear for its news, and fixtures."""

import re
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Self
from urllib.parse import urlencode, urlsplit

import pytest
from preview_desk import WEEK, FakeDesk, previewing


class Answer:
    """An answer, read to its end."""

    def __init__(self, got: HTTPResponse) -> None:
        self.status = got.status
        self.headers = got.headers
        self.text = got.read().decode()


def asked(base: str, path: str, *, method: str = "GET", **headers: str) -> Answer:
    connection = HTTPConnection(urlsplit(base).netloc, timeout=60)
    try:
        body = headers.pop("body", None)
        connection.request(method, path, body=body, headers=headers)
        return Answer(connection.getresponse())
    finally:
        connection.close()


def posted(base: str, path: str, *, origin: str | None = None, **fields: str) -> Answer:
    fields.setdefault("token", token_of(base))
    body = urlencode(fields)
    kind = "application/x-www-form-urlencoded"
    more = {"Origin": base.rstrip("/") if origin is None else origin, "Content-Type": kind}
    return asked(base, path, method="POST", body=body, **more)


def token_of(base: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', asked(base, f"/issues/{WEEK}").text)
    assert found
    return found[1]


class News:
    """A page's ear: the events that the server sends, one by one."""

    def __init__(self, base: str) -> None:
        self.connection = HTTPConnection(urlsplit(base).netloc, timeout=60)
        self.connection.request("GET", "/events")
        self.answer = self.connection.getresponse()
        self.next()  # hello

    def next(self) -> tuple[str, str]:
        event: dict[str, str] = {}
        while line := self.answer.readline().decode().rstrip("\n"):
            name, _, value = line.partition(": ")
            event[name] = value
        return event.get("event", ""), event.get("data", "")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A preview that tests only read."""
    with previewing(FakeDesk(folder=tmp_path_factory.mktemp("standing") / "workspace")) as url:
        yield url


@pytest.fixture
def fake(tmp_path: Path) -> FakeDesk:
    return FakeDesk(folder=tmp_path / "workspace")


@pytest.fixture
def base(fake: FakeDesk) -> Iterator[str]:
    with previewing(fake) as url:
        yield url
