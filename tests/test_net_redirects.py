"""Redirects: followed a few times, each hop checked, the permanent ones told."""

import pytest
from fetching import BODY, get, get_from
from servers import answer, by_path, says, serving

from newsletter.errors import FetchError


def moved(location: str) -> bytes:
    return answer(status="302 Found", headers=f"Location: {location}")


def test_a_redirect_is_followed_and_the_new_place_told():
    talk = by_path({"/old": moved("new?a=1#part"), "/new?a=1": answer(BODY)})

    with serving(talk) as server:
        got = get(server.url("/old"), allow=server.allowed, etag='"x"')

    assert got.content == BODY
    assert got.url.startswith(server.url("/new?a=1"))
    assert [asked.header("If-None-Match") for asked in server.asked] == ['"x"', '"x"']


def test_a_location_in_an_old_encoding_is_followed():
    talk = by_path({"/old": moved("/caf\udce9"), "/caf%E9": answer(BODY)})

    assert get_from(talk, "/old").content == BODY


def test_a_location_that_steers_a_terminal_is_told_encoded():
    location = "Location: /live\u202egpj\u009b31m"
    quoted = "/live%E2%80%AEgpj%C2%9B31m"
    permanent = answer(status="301 Moved Permanently", headers=location)
    talk = by_path({"/old": permanent, quoted: answer(BODY)})

    got = get_from(talk, "/old")

    assert got.moved_to == got.url
    assert got.url.endswith(quoted)


def test_a_cookie_is_not_sent_back():
    cookie = "Set-Cookie: reader=7; Path=/\nLocation: /new"
    talk = by_path(
        {"/old": answer(status="302 Found", headers=cookie), "/new": answer(BODY, headers=cookie)}
    )

    with serving(talk) as server:
        get(server.url("/old"), allow=server.allowed)

    assert [asked.header("Cookie") for asked in server.asked] == [None, None]


def test_a_redirect_in_a_circle_ends():
    with serving(says(moved("/feed"))) as server, pytest.raises(FetchError, match="circle"):
        get(server.url(), allow=server.allowed)

    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "ftp://example.org/x", "javascript:alert(1)", "data:text/xml,<rss/>"],
)
def test_a_redirect_to_another_scheme_is_refused(location: str):
    with pytest.raises(FetchError, match=r"redirects to .*, which is neither http nor https"):
        get_from(says(moved(location)))


@pytest.mark.parametrize(
    "location",
    ["http://[::1", "http://a:99999/", "http://:80/", "http://a\\@b/", "//", "http://a..b/",
     "http://" + "a" * 300 + "/", "http://\udcff/", "\x1b[31mhttp://a b/"],
    ids=["bracket", "port", "no host", "backslash", "empty", "dots", "long", "bytes", "escape"],
)  # fmt: skip
def test_a_malformed_location_fails_as_everything_does(location: str):
    with pytest.raises(FetchError) as caught:
        get_from(says(moved(location)))

    assert str(caught.value).isprintable()


def test_a_redirect_to_a_private_port_that_is_not_allowed_reaches_nobody():
    with (
        serving(says(answer(BODY))) as inner,
        serving(says(moved(inner.url()))) as outer,
        pytest.raises(FetchError, match="not on the public internet"),
    ):
        get(outer.url(), allow=outer.allowed)

    assert inner.connections == 0


def test_more_than_five_redirects_are_not_followed():
    hops = {f"/{number}": moved(f"/{number + 1}") for number in range(9)}

    with (
        serving(by_path(hops)) as server,
        pytest.raises(FetchError, match="more than 5 times") as caught,
    ):
        get(server.url("/0"), allow=server.allowed)

    assert len(server.asked) == 6
    assert caught.value.status == 302


def to(location: str, status: int) -> bytes:
    return answer(status=f"{status} Moved", headers=f"Location: {location}")


@pytest.mark.parametrize(
    ("hops", "path"),
    [
        ({}, None),
        ({"/a": to("/b#part", 301)}, "/b"),
        ({"/a": to("/b", 308), "/b": to("/c", 301)}, "/c"),
        ({"/a": to("/b", 302)}, None),
        ({"/a": to("/b", 302), "/b": to("/c", 301)}, None),
        ({"/a": to("/b", 301), "/b": to("/c", 307), "/c": to("/d", 308)}, "/b"),
    ],
    ids=["none", "one", "two", "temporary", "after a temporary", "before a temporary"],
)
def test_the_permanent_redirects_that_come_first_say_where_a_feed_has_moved(
    hops: dict[str, bytes], path: str | None
):
    answers = {name: answer(BODY) for name in ("/a", "/b", "/c", "/d")} | hops

    with serving(by_path(answers)) as server:
        got = get(server.url("/a"), allow=server.allowed)

    assert got.content == BODY
    assert got.moved_to == (server.url(path) if path else None)


def test_a_feed_that_has_not_changed_says_where_it_has_moved():
    talk = by_path({"/a": to("/b", 301), "/b": answer(status="304 Not Modified", length=False)})

    with serving(talk) as server:
        got = get(server.url("/a"), allow=server.allowed, etag='"7"')

    assert got.moved_to == server.url("/b")


def test_a_redirect_into_the_void_says_that_somebody_answered():
    with pytest.raises(FetchError, match="redirects to what cannot be asked") as caught:
        get_from(says(moved("http://void.invalid/")), names={})

    assert not caught.value.is_silent


def test_a_redirect_in_a_circle_of_two_ends_when_it_closes():
    talk = by_path({"/a": moved("/b"), "/b": moved("/a#again")})

    with (
        serving(talk) as server,
        pytest.raises(FetchError, match=r"in a circle, back to .*/a$"),
    ):
        get(server.url("/a"), allow=server.allowed)

    assert len(server.asked) == 2


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:9/", "http://localhost:9/", "http://[::1]:9/", "http://127.1:9/",
        "http://2130706433:9/", "http://0x7f000001:9/", "http://0177.0.0.1:9/",
        "http://[::ffff:127.0.0.1]:9/", "http://169.254.169.254/latest/", "http://0.0.0.0:9/",
        "http://[fd00:ec2::254]/", "http://100.100.100.200/", "http://[fe80::1%25eth0]/",
        "http://[64:ff9b::7f00:1]/", "http://example.org@127.0.0.1:9/", "http://127.0.0.1.:9/",
        "http://①②⑦.0.0.1:9/", "http://127。0。0。1:9/", "//127.0.0.1:9/",
    ],
)  # fmt: skip
def test_a_redirect_to_no_public_address_reaches_nobody(location: str):
    with pytest.raises(FetchError) as caught:
        get_from(says(moved(location)))

    assert not caught.value.is_silent
    assert caught.value.status != 200
