"""One guarded GET: what it brings home, what it refuses, and that it always ends."""

import gzip
import socket
import time

import pytest
from fetching import BODY, get, get_from
from pace import slowness
from servers import Talk, answer, closed_port, in_steps, says, says_nothing, serving

from newsletter.errors import FetchError
from newsletter.net import Fetched


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
    assert server.asked[0].header("Accept-Encoding") == "gzip, deflate, br, zstd"
    assert server.asked[0].header("If-None-Match") is None


def test_a_validator_that_is_no_text_is_not_kept():
    got = get_from(says(answer(BODY, headers='ETag: "caf\udce9"')))

    assert got.etag is None
    assert got.content == BODY


@pytest.mark.parametrize(
    ("talk", "reason"),
    [
        (says(answer(BODY, headers="Content-Encoding: lzma")), "is sent as 'lzma'"),
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


@pytest.mark.parametrize("length", [True, False], ids=["said beforehand", "not said"])
def test_a_body_over_the_cap_is_refused(length: bool):
    with pytest.raises(FetchError, match=r"larger than 0\.001 MB"):
        get_from(says(answer(BODY, length=length)), max_bytes=1_000)


def test_a_body_of_exactly_the_cap_is_taken():
    assert get_from(says(answer(BODY)), max_bytes=len(BODY)).content == BODY


def endless(connection: socket.socket, asked: object) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        connection.sendall(bytes(100_000))


def early_hints(connection: socket.socket, asked: object) -> None:
    while True:
        connection.sendall(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100)


def endless_headers(connection: socket.socket, asked: object) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X-Rain: over Velsum\r\n" * 100)


def reset(connection: socket.socket, asked: object) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")


@pytest.mark.parametrize(
    ("talk", "silent"),
    [
        (in_steps(answer(BODY, headers="X-Rain: over Velsum\n" * 200), 1, 0.02), True),
        (in_steps(answer(b"")[:-2] + b"X: y\r\n" * 900, 1, 0.02), True),
        (in_steps(answer(100 * BODY), 80, 0.1), False),
        (says_nothing, True),
        (early_hints, True),
    ],
    ids=["byte by byte", "head byte by byte", "a head and drips", "silence", "flood of hints"],
)
def test_a_server_that_takes_its_time_is_left_within_the_timeout(talk: Talk, silent: bool):
    timeout_s = round(slowness(), 1)
    began = time.monotonic()

    with pytest.raises(FetchError, match=f"no answer within {timeout_s:g} s") as caught:
        get_from(talk, timeout_s=timeout_s)

    assert time.monotonic() - began < 20 * slowness()
    assert caught.value.is_silent == silent


@pytest.mark.parametrize(
    ("talk", "reason"),
    [
        (endless, "larger than 1 MB"),
        (endless_headers, "no HTTP"),
        (reset, "broke off"),
        (says(answer(BODY)[:-100]), "broke off"),
        (says(answer(BODY, length=False, headers="Content-Length: -5")), "no HTTP"),
        (says(answer(b"x", headers="Content-Length: 7")), "no HTTP"),
        (says(answer(BODY, length=False, headers="Content-Length: 99999999999")), "larger than"),
    ],
    ids=[
        "endless body", "endless head", "reset", "too few bytes", "negative length", "two lengths",
        "huge length",
    ],
)  # fmt: skip
def test_bad_weather_ends_in_one_line_that_counts_as_an_answer(talk: Talk, reason: str):
    with pytest.raises(FetchError, match=reason) as caught:
        get_from(talk)

    assert not caught.value.is_silent


def test_more_bytes_than_the_length_says_are_told_and_not_shown():
    with pytest.raises(FetchError, match="no HTTP") as caught:
        get_from(says(answer(BODY) + b"<evil/>"))

    assert "evil" not in str(caught.value)


def test_a_long_header_of_an_honest_server_does_no_harm():
    policy = "Content-Security-Policy: " + "https://cdn.example " * 1000

    assert get_from(says(answer(BODY, headers=policy))).content == BODY


def test_a_port_that_nobody_listens_on_is_silent():
    port = closed_port()

    with pytest.raises(FetchError, match=r"127\.0\.0\.1: .*(refused|failed)") as caught:
        get(f"http://127.0.0.1:{port}/", allow=frozenset({("127.0.0.1", port)}))

    assert caught.value.is_silent
    assert caught.value.status is None


@pytest.mark.parametrize("url", ["file:///etc/passwd", "seeds/a.txt", "http://", "http://[::1", ""])
def test_what_is_no_web_url_fails_as_everything_does(url: str):
    with pytest.raises(FetchError):
        get(url)
