"""One guarded GET: what it brings home, what it refuses, and that it always ends."""

import asyncio
import gzip
import resource
import socket
import time
import zlib

import pytest
from servers import Asked, Talk, answer, by_path, says, serving

from newsletter.errors import FetchError
from newsletter.net import Fetched, Fetcher, Limits

BODY = b"<rss>" + b"rain over Velsum " * 200 + b"</rss>"


def get(
    url: str,
    *,
    allow: frozenset[tuple[str, int]] = frozenset(),
    timeout_s: float = 5.0,
    max_bytes: int = 1_000_000,
    etag: str | None = None,
    last_modified: str | None = None,
) -> Fetched:
    limits = Limits(timeout_s=timeout_s, max_bytes=max_bytes, allow_private=allow)
    return asyncio.run(Fetcher(limits, "Test/1").get(url, etag=etag, last_modified=last_modified))


def get_from(talk: Talk, path: str = "/feed", **more: object) -> Fetched:
    with serving(talk) as server:
        return get(server.url(path), allow=server.allowed, **more)  # type: ignore[arg-type]


def bare_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


def test_an_answer_brings_its_body_and_validators_and_where_it_came_from():
    headers = 'ETag: W/"a b"\nLast-Modified: Sun, 1 Nov 2026 06:00:00 GMT\nContent-Type: text/xml'

    with serving(says(answer(BODY, headers=headers))) as server:
        got = get(server.url(), allow=server.allowed)

    assert got == Fetched(
        url=server.url(),
        status=200,
        content=BODY,
        content_type="text/xml",
        etag='W/"a b"',
        last_modified="Sun, 1 Nov 2026 06:00:00 GMT",
    )


def test_validators_go_back_byte_for_byte():
    with serving(says(answer(status="304 Not Modified", length=False))) as server:
        got = get(server.url(), allow=server.allowed, etag='W/"é x"', last_modified="sunday, 6")

    assert got.status == 304
    assert server.asked[0].header("If-None-Match") == 'W/"é x"'
    assert server.asked[0].header("If-Modified-Since") == "sunday, 6"


def test_the_request_names_itself_and_asks_only_for_codings_that_are_undone():
    with serving(says(answer(BODY))) as server:
        get(server.url(), allow=server.allowed)

    assert server.asked[0].header("User-Agent") == "Test/1"
    assert server.asked[0].header("Accept-Encoding") == "gzip, deflate"
    assert server.asked[0].header("If-None-Match") is None


def test_a_validator_that_is_no_text_is_not_kept():
    got = get_from(says(answer(BODY, headers='ETag: "caf\udce9"')))

    assert got.etag is None
    assert got.content == BODY


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(BODY)),
        ("x-gzip", gzip.compress(BODY)),
        ("GZIP", gzip.compress(BODY[:50]) + gzip.compress(BODY[50:])),
        ("gzip", gzip.compress(BODY) + b"trailing"),
        ("deflate", zlib.compress(BODY)),
        ("deflate", bare_deflate(BODY)),
        ("identity", BODY),
    ],
    ids=["gzip", "x-gzip", "members", "trailing bytes", "zlib", "bare deflate", "identity"],
)
@pytest.mark.parametrize("step", [1, 7, 100_000], ids=["bytewise", "in sevens", "at once"])
def test_content_codings_are_undone_however_the_bytes_arrive(coding: str, packed: bytes, step: int):
    from newsletter.net.decode import decoder

    undo = decoder(coding, 1_000_000)

    for start in range(0, len(packed), step):
        undo.add(packed[start : start + step])

    assert undo.finish() == BODY


def test_a_compressed_answer_is_undone():
    packed = gzip.compress(BODY)

    assert get_from(says(answer(packed, headers="Content-Encoding: gzip"))).content == BODY


@pytest.mark.parametrize(
    ("talk", "reason"),
    [
        (says(answer(BODY, headers="Content-Encoding: br")), "is sent as 'br'"),
        (says(answer(BODY, headers=2 * "Content-Encoding: gzip\n")), "gzip, gzip"),
        (says(answer(BODY, headers="Content-Encoding: gzip")), "is damaged"),
        (says(answer(gzip.compress(BODY)[:40], headers="Content-Encoding: gzip")), "broke off"),
        (says(answer(BODY)[:-10]), "broke off"),
        (says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabc"), "broke off"),
        (says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc"), "no HTTP"),
        (says(b""), "broke off"),
        (says(b"220 mail.example ESMTP\r\n\r\n"), "no HTTP"),
        (says(b"HTTP/1.1 abc\r\n\r\n"), "no HTTP"),
        (says(b"HTTP/9.9 99999 \xff\r\n\r\n"), "no HTTP"),
        (says(b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"), "no HTTP"),
        (says(b"HTTP/1.1 200 OK\r\nA: " + b"x" * 100_000 + b"\r\n\r\n"), "no HTTP"),
        (says(b"HTTP/1.1 200 OK\r\nBad\x00Name: \x01\r\n\r\n"), "no HTTP"),
        (says(answer(status="404 Not Found")), "answers 404 Not Found"),
        (says(answer(status="500 Oops")), "answers 500 Internal Server Error"),
        (says(answer(status="799 What")), "answers 799"),
        (says(answer(status="301 Moved")), "answers 301 Moved Permanently"),
        (says(answer(status="304 Not Modified", length=False)), "answers 304"),
    ],
    ids=[
        "unknown coding", "two codings", "not gzip", "half gzip", "short body", "half chunk",
        "bad chunk", "nothing", "mail server", "status word", "weird version", "bad length",
        "long header", "control in header", "404", "500", "799", "no location", "304 unasked",
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_used_fails_with_its_reason(talk: Talk, reason: str):
    with pytest.raises(FetchError, match=reason):
        get_from(talk)


def test_a_bomb_stops_at_the_cap():
    bomb = gzip.compress(bytes(300_000_000), 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with pytest.raises(FetchError, match=r"larger than 2 MB.*raise fetch\.max_bytes"):
        get_from(says(answer(bomb, headers="Content-Encoding: gzip")), max_bytes=2_000_000)

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kilobytes


@pytest.mark.parametrize("length", [True, False], ids=["said beforehand", "not said"])
def test_a_body_over_the_cap_is_refused(length: bool):
    with pytest.raises(FetchError, match=r"larger than 0\.001 MB"):
        get_from(says(answer(BODY, length=length)), max_bytes=1_000)


def test_a_body_of_exactly_the_cap_is_taken():
    assert get_from(says(answer(BODY)), max_bytes=len(BODY)).content == BODY


def drip(connection: socket.socket, asked: Asked) -> None:
    connection.sendall(answer(b"x" * 1000)[:-1000])
    for _ in range(1000):
        connection.sendall(b"x")
        time.sleep(0.02)


@pytest.mark.parametrize(
    "talk", [drip, lambda connection, asked: connection.recv(1)], ids=["drip", "silence"]
)
def test_a_server_that_takes_its_time_is_left_within_the_timeout(talk: Talk):
    began = time.monotonic()

    with pytest.raises(FetchError, match=r"no answer within 0\.3 s"):
        get_from(talk, timeout_s=0.3)

    assert time.monotonic() - began < 2


def test_a_port_that_nobody_listens_on_is_told():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    with pytest.raises(FetchError, match=r"127\.0\.0\.1: .*(refused|failed)"):
        get(f"http://127.0.0.1:{port}/", allow=frozenset({("127.0.0.1", port)}))


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


def test_a_cookie_is_not_sent_back():
    cookie = "Set-Cookie: reader=7; Path=/\nLocation: /new"
    talk = by_path(
        {"/old": answer(status="302 Found", headers=cookie), "/new": answer(BODY, headers=cookie)}
    )

    with serving(talk) as server:
        get(server.url("/old"), allow=server.allowed)

    assert [asked.header("Cookie") for asked in server.asked] == [None, None]


def test_a_redirect_in_a_circle_ends():
    with serving(says(moved("/feed"))) as server, pytest.raises(FetchError, match="more than 5"):
        get(server.url(), allow=server.allowed)

    assert len(server.asked) == 6


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


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "127.1", "2130706433", "0x7f000001",
     "0177.0.0.1", "[::ffff:127.0.0.1]", "LOCALHOST.", "user:word@127.0.0.1", "127.0.0.1\\@x"],
)  # fmt: skip
def test_no_spelling_of_this_machine_is_asked_unless_it_is_allowed(host: str):
    with serving(says(answer(BODY))) as server, pytest.raises(FetchError):
        get(server.url(host=host))

    assert server.connections == 0


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_spelling_that_is_allowed_by_name_is_asked(host: str):
    with serving(says(answer(BODY))) as server:
        got = get(server.url(host=host), allow=frozenset({(host, server.port)}))

    assert got.content == BODY


def test_another_port_of_an_allowed_host_is_not_asked():
    with serving(says(answer(BODY))) as server, pytest.raises(FetchError, match="allow_private"):
        get(server.url(), allow=frozenset({("127.0.0.1", server.port + 1)}))

    assert server.connections == 0


@pytest.mark.parametrize("url", ["file:///etc/passwd", "seeds/a.txt", "http://", "http://[::1", ""])
def test_what_is_no_web_url_fails_as_everything_does(url: str):
    with pytest.raises(FetchError):
        get(url)
