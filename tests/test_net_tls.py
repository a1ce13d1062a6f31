"""TLS: verified, never given up for less, and told when it fails."""

import ssl

import pytest
from fetching import BODY, get
from pace import slowness
from servers import answer, by_path, says, says_nothing, serving, tls

from newsletter.errors import FetchError

Sides = tuple[ssl.SSLContext, ssl.SSLContext]


@pytest.fixture(scope="module")
def sides() -> Sides:
    return tls()


def test_a_feed_over_tls_is_read(sides: Sides):
    with serving(says(answer(BODY)), sides[0]) as server:
        allow = frozenset({("localhost", server.port)})
        got = get(server.url(host="localhost"), allow=allow, trusted=sides[1])

    assert got.content == BODY


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"], ids=["authority", "name"])
def test_a_certificate_that_nobody_vouches_for_is_told(sides: Sides, host: str):
    with serving(says(answer(BODY)), sides[0]) as server:
        allow = frozenset({(host, server.port)})
        trusted = sides[1] if host == "127.0.0.1" else None
        with pytest.raises(FetchError, match="no valid TLS certificate") as caught:
            get(server.url(host=host), allow=allow, trusted=trusted)

    assert not caught.value.is_silent
    assert server.asked == []


def test_a_server_with_another_idea_of_tls_is_told():
    newer = ssl.create_default_context()
    newer.minimum_version = ssl.TLSVersion.TLSv1_3
    older = tls()
    older[0].maximum_version = ssl.TLSVersion.TLSv1_2

    with (
        serving(says(answer(BODY)), older[0]) as server,
        pytest.raises(FetchError, match=r"cannot agree with us on TLS: .*version") as caught,
    ):
        get(server.url(), allow=server.allowed, trusted=newer)

    assert not caught.value.is_silent


def test_a_server_that_never_ends_its_handshake_is_left_in_time():
    limit_s = 0.3 * slowness()
    with serving(says_nothing) as server:
        url = server.url().replace("http:", "https:")
        with pytest.raises(FetchError, match="no connection within"):
            get(url, allow=server.allowed, connect_timeout_s=limit_s)


def test_a_redirect_from_https_to_http_is_refused(sides: Sides):
    with serving(says(answer(BODY))) as plain:
        moved = answer(status="301 Moved", headers=f"Location: {plain.url()}")
        with serving(by_path({"/feed": moved}), sides[0]) as server:
            allow = frozenset({("localhost", server.port), *plain.allowed})
            with pytest.raises(FetchError, match="from https to http"):
                get(server.url(host="localhost"), allow=allow, trusted=sides[1])

    assert plain.connections == 0
