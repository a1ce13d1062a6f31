"""Proxies: asked for what is public, passed by for what is not, and told when they fail."""

from pathlib import Path

import pytest
from fetching import BODY, get
from servers import Server, answer, closed_port, relays, says, serving, tls
from yarl import URL

from newsletter.config import load
from newsletter.errors import FetchError
from newsletter.model import Document, Visit
from newsletter.net import Proxies
from newsletter.wiring import feeds

CONFIG = """\
title: The Tide
sections:
  - name: Harbour
    feeds: ["http://93.184.216.34/feed"]
"""
PUBLIC = {"feed.example": "93.184.216.34", "other.example": "93.184.216.35"}


def through(proxy: Server, kind: str = "http") -> dict[str, str]:
    return {kind: proxy.url("")}


def test_a_public_feed_is_asked_through_the_proxy():
    with serving(says(answer(BODY))) as server, serving(relays(port=server.port)) as proxy:
        got = get("http://feed.example/rss", proxies=through(proxy), names=PUBLIC)

    assert got.content == BODY
    assert proxy.asked[0].target == "http://feed.example/rss"


def test_a_name_that_only_the_proxy_knows_is_left_to_it():
    with serving(says(answer(BODY))) as server, serving(relays(port=server.port)) as proxy:
        got = get("http://feed.example/rss", proxies=through(proxy), names={})

    assert got.content == BODY


@pytest.mark.parametrize(
    "host",
    ["10.0.0.1", "169.254.169.254", "0x0a000001", "[fd00::1]", "inner.example", "wiki", "a.local"],
)
def test_a_target_that_is_not_public_is_not_asked_of_the_proxy(host: str):
    with (
        serving(says(answer(BODY))) as proxy,
        pytest.raises(FetchError, match=r"not on the public internet.*allow_private"),
    ):
        get(f"http://{host}/", proxies=through(proxy), names={"inner.example": "10.1.2.3"})

    assert proxy.connections == 0


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "feeds.example"])
def test_what_is_allowed_in_private_passes_the_proxy_by(host: str):
    names = {"localhost": "127.0.0.1", "feeds.example": "127.0.0.1"}

    with serving(says(answer(BODY))) as server, serving(relays(port=1)) as proxy:
        allow = frozenset({("127.0.0.1", server.port)})
        got = get(server.url(host=host), proxies=through(proxy), names=names, allow=allow)

    assert got.content == BODY
    assert proxy.connections == 0


def test_this_machine_is_not_asked_through_a_proxy_either():
    with (
        serving(says(answer(BODY))) as server,
        serving(relays(port=server.port)) as proxy,
        pytest.raises(FetchError, match="not on the public internet"),
    ):
        get(server.url(), proxies=through(proxy))

    assert proxy.connections == 0


def test_a_proxy_that_wants_a_password_gets_it_and_nobody_else_does():
    with serving(says(answer(BODY))) as server, serving(relays(port=server.port)) as proxy:
        named = f"http://reader:s%C3%A9same@127.0.0.1:{proxy.port}"
        get("http://feed.example/", proxies={"all": named}, names=PUBLIC)

    assert (proxy.asked[0].header("Proxy-Authorization") or "").startswith("Basic ")
    assert proxy.asked[0].header("Authorization") is None


def test_tls_reaches_through_the_proxy_to_the_feed():
    sides = tls()

    with (
        serving(says(answer(BODY)), sides[0]) as server,
        serving(relays(port=server.port)) as proxy,
    ):
        named = {"https": f"http://reader:sesame@127.0.0.1:{proxy.port}"}
        got = get("https://feed.example/x", proxies=named, names=PUBLIC, trusted=sides[1])

    assert got.content == BODY
    assert proxy.asked[0].target == "feed.example:443"
    assert proxy.asked[0].header("Proxy-Authorization")
    assert server.asked[0].header("Proxy-Authorization") is None


def test_a_proxy_cannot_pass_itself_off_as_the_feed():
    sides = tls()

    with (
        serving(says(answer(BODY)), sides[0]) as server,
        serving(relays(port=server.port)) as proxy,
        pytest.raises(FetchError, match="no valid TLS certificate"),
    ):
        get("https://feed.example/x", proxies=through(proxy, "https"), names=PUBLIC)

    assert server.asked == []


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_nobody_finds_is_told_without_its_password(scheme: str):
    port = closed_port()
    named = {scheme: f"http://reader:sesame@127.0.0.1:{port}"}

    with pytest.raises(FetchError, match=rf"the proxy 127\.0\.0\.1:{port}: ") as caught:
        get(f"{scheme}://feed.example/", proxies=named, names=PUBLIC)

    assert "sesame" not in str(caught.value)
    assert caught.value.is_silent


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_wants_another_password_is_told(scheme: str):
    refusing = relays(port=1, status="407 Proxy Authentication Required")

    with (
        serving(refusing) as proxy,
        pytest.raises(FetchError, match=r"407.*the proxy wants a password"),
    ):
        get(f"{scheme}://feed.example/", proxies=through(proxy, scheme), names=PUBLIC)


def test_a_proxy_that_cannot_reach_the_feed_is_told():
    with (
        serving(relays(port=1, status="502 Bad Gateway")) as proxy,
        pytest.raises(FetchError, match=r"the proxy 127\.0\.0\.1:\d+ answers 502"),
    ):
        get("https://feed.example/", proxies=through(proxy, "https"), names=PUBLIC)


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"all": "socks5://127.0.0.1:1080"}, "ALL_PROXY names a SOCKS proxy"),
        ({"http": "http://:secret@"}, "HTTP_PROXY is no proxy's URL"),
        ({"http": "ftp://a:secret@b"}, "HTTP_PROXY is no proxy's URL"),
    ],
)
def test_a_proxy_that_cannot_be_used_is_told_by_its_variable(settings: dict[str, str], reason: str):
    with pytest.raises(FetchError, match=reason) as caught:
        get("http://feed.example/", proxies=settings, names=PUBLIC)

    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("no", "direct"),
    [("feed.example", True), (".example", True), ("*", True), ("eed.example", False), ("", False)],
)
def test_what_no_proxy_names_is_asked_directly(no: str, direct: bool):
    proxies = Proxies({"all": "proxy.example:3128", "no": no})

    found = proxies.of(URL("http://feed.example/rss"))

    assert found == (None if direct else URL("http://proxy.example:3128"))


def test_the_proxy_is_that_of_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "feeds.yaml").write_text(CONFIG)
    configuration = load(tmp_path / "feeds.yaml")
    with serving(says(answer(BODY))) as server, serving(relays(port=server.port)) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url(""))
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        asked = [(feed, Visit(url=feed.url)) for feed in configuration.feeds]
        [(_, outcome)] = feeds(configuration).look(asked)

    assert isinstance(outcome, Document)
    assert (proxy.asked[0].header("User-Agent") or "").startswith("Newsletter/")
