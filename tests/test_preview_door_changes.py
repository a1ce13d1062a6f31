"""What the door knows while it is open: a new password, the age of an address, how it came."""

import socket
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from desks import CONFIG
from doors import HASH, House, running
from preview_desk import FakeDesk

from newsletter.cli.preview_access import live_access
from newsletter.config import load
from newsletter.preview import Server
from newsletter.preview.login import Access
from newsletter.preview.login_hash import hashed

NAME = "desk.example"
NEW = "another horse that is correct"
NEW_HASH = hashed(NEW)


@pytest.fixture
def house() -> House:
    return House(access=Access(editor="Ida Holt", password=HASH, hosts=(NAME,)))


def test_a_new_password_ends_the_sessions_and_the_old_password(house: House):
    by_password, by_key = house.log_in().cookie, house.ask(house.door.path("/")).cookie

    house.access = replace(house.access, password=NEW_HASH)

    assert [house.ask("/", cookie=one).status for one in (by_password, by_key)] == [401, 401]
    assert house.log_in().status == 403
    assert house.log_in(password=NEW).status == 303


def test_another_change_of_feeds_yaml_ends_no_session(house: House):
    cookie = house.log_in().cookie

    house.access = replace(house.access, hosts=("other.example",))

    assert house.ask("/", cookie=cookie).status == 200
    assert house.ask("/", cookie=cookie, host="other.example").status == 200
    assert house.ask("/", cookie=cookie, host=NAME).status == 403


def test_feeds_yaml_is_read_anew_when_it_was_saved(workspace: Path):
    access = live_at(workspace, "127.0.0.1", f'preview: {{password: "{HASH}"}}')
    before = access()

    save(workspace, f'preview: {{password: "{NEW_HASH}", hosts: [{NAME}]}}')

    assert (before.password, before.hosts) == (HASH, ())
    assert (access().password, access().hosts) == (NEW_HASH, (NAME,))
    assert access() is access()


@pytest.mark.parametrize(
    "line",
    [
        "preview: {password: x}",
        f'preview: {{password: "{HASH.replace("16384", "2")}"}}',
        "editor: Ida Holt",
        "{",
    ],
    ids=["no hash", "a cheap hash", "no password", "no YAML"],
)
def test_a_feeds_yaml_that_is_broken_or_opens_the_door_to_all_leaves_it_as_it_was(
    workspace: Path, caplog: pytest.LogCaptureFixture, line: str
):
    access = live_at(workspace, "0.0.0.0", f'preview: {{password: "{HASH}"}}')

    save(workspace, line)

    assert access().password == access().password == HASH
    assert caplog.text.count("who may come in stays as it was") == 1


def test_an_address_that_nobody_opened_lets_in_for_a_quarter_of_an_hour(house: House):
    soon, late = house.door.path("/"), house.door.path("/")

    house.now += 899
    in_time = house.ask(soon)
    house.now += 1
    too_late = house.ask(late)

    assert (in_time.status, too_late.status) == (303, 403)
    assert "more than 15 minutes old" in too_late.text


@pytest.mark.parametrize(
    ("said", "is_secure"),
    [
        ({}, True),
        ({"x_forwarded_proto": "https"}, True),
        ({"x_forwarded_proto": "http"}, False),
        ({"origin": f"http://{NAME}"}, False),
    ],
    ids=["says nothing", "says https", "says http", "the page came by http"],
)
def test_behind_a_named_host_a_cookie_is_secure_unless_it_is_said_to_be_http(
    house: House, said: dict[str, str], is_secure: bool
):
    cookie = house.ask(house.door.path("/"), host=NAME, **said).headers["set-cookie"]

    assert ("; secure" in cookie.casefold()) is is_secure


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="this machine has no IPv6")
def test_all_addresses_of_ipv6_are_all_of_ipv4_too(tmp_path: Path):
    server = Server(
        FakeDesk(folder=tmp_path / "w").desk(), host="::", port=0, access=Access(password=HASH)
    )
    with running(server) as url:
        statuses = [_status(host, server.port) for host in ("127.0.0.1", "::1")]

    assert urlsplit(url).hostname == "127.0.0.1"
    assert statuses == [200, 200]


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6")
def test_where_ipv6_stands_alone_the_address_that_is_told_is_one_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(socket, "has_dualstack_ipv6", lambda: False)
    server = Server(
        FakeDesk(folder=tmp_path / "w").desk(), host="::", port=0, access=Access(password=HASH)
    )

    with running(server) as url:
        status = _status("::1", server.port)

    assert (urlsplit(url).hostname, status) == ("::1", 200)


def live_at(workspace: Path, host: str, line: str):
    save(workspace, line)
    config = workspace / "feeds.yaml"
    return live_access(config, load(config), host, renewal="start the preview again")


def save(workspace: Path, line: str) -> None:
    """Write feeds.yaml as editors do: beside it, then in its place."""
    beside = workspace / "feeds.yaml.new"
    beside.write_text(f"{line}\n{CONFIG}")
    beside.replace(workspace / "feeds.yaml")


def _status(host: str, port: int) -> int:
    connection = HTTPConnection(host, port, timeout=60)
    try:
        connection.request("GET", "/login")
        return connection.getresponse().status
    finally:
        connection.close()
