"""Pictures of articles: how large each is, or in a line why nobody can say."""

import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from servers import Server, answer, by_path, serving, tls

from newsletter.errors import FetchError
from newsletter.net import Fetcher, Limits
from newsletter.sources.pictures import HttpPictures, Size, size_of

NO_ROBOTS = answer(status="404 Not Found")
SERVER_SIDE, CLIENT_SIDE = tls()


def png(width: int, height: int) -> bytes:
    """Return the beginning of a PNG."""
    head = b"IHDR" + struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">L", 13) + head + struct.pack(">L", zlib.crc32(head))


def gif(width: int, height: int) -> bytes:
    """Return the beginning of a GIF."""
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0, 0, 0) + b"\x2c" * 40


def jpeg(width: int, height: int, *, turned: bool = False, words: int = 0) -> bytes:
    """Return the beginning of a JPEG, perhaps *turned* by its camera, with *words* in its head."""
    tiff = b"II*\x00" + struct.pack("<LHHHLHHL", 8, 1, 0x0112, 3, 1, 6, 0, 0)
    exif = _segment(0xE1, b"Exif\x00\x00" + tiff) if turned else b""
    comment = b"".join(_segment(0xED, b"rain." * 10_000) for _ in range(words // 10_000))
    frame = _segment(0xC0, struct.pack(">BHHB", 8, height, width, 3) + b"\x01\x11\x00" * 3)
    return b"\xff\xd8" + exif + comment + frame + _segment(0xDA, b"\x03" + b"\x00" * 9)


def webp(width: int, height: int) -> bytes:
    """Return the beginning of a WebP."""
    sizes = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF\x20\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00" + sizes + b"\x00" * 20


def _segment(marker: int, payload: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def source(server: Server, *, timeout_s: float = 60, total_s: float = 60) -> HttpPictures:
    allowed = server.allowed | {("localhost", server.port)}
    limits = Limits(timeout_s=timeout_s, allow_private=allowed)
    fetcher = Fetcher(limits, "Newsletter/1", tls=CLIENT_SIDE)
    return HttpPictures(fetcher, per_host=4, total_s=total_s)


def measured(*pictures: bytes, total_s: float = 60) -> list[Size | str]:
    """Return what is told of the pictures that a server over https answers with."""
    paths = {f"/{number}": content for number, content in enumerate(pictures)}
    with serving(by_path({"/robots.txt": NO_ROBOTS, **paths}), SERVER_SIDE) as server:
        urls = [server.url(path, "localhost") for path in paths]
        got = dict(source(server, total_s=total_s).measure(urls))
        assert not any(asked.header("Cookie") for asked in server.asked)
    return [size if isinstance(size := got[url], Size) else str(size) for url in urls]


def sent(content: bytes, kind: str = "image/png") -> bytes:
    return answer(content, headers=f"Content-Type: {kind}\nSet-Cookie: reader=1")


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (png(640, 400), Size(width=640, height=400, kind="png")),
        (gif(320, 200), Size(width=320, height=200, kind="gif")),
        (jpeg(1200, 630), Size(width=1200, height=630, kind="jpeg")),
        (webp(900, 600), Size(width=900, height=600, kind="webp")),
    ],
    ids=["png", "gif", "jpeg", "webp"],
)
def test_a_picture_tells_its_size(content: bytes, size: Size):
    assert size_of(content) == size


def test_a_photograph_that_was_turned_by_its_camera_is_measured_upright():
    assert size_of(jpeg(4000, 3000, turned=True)) == Size(width=3000, height=4000, kind="jpeg")


def test_a_photograph_with_a_long_story_in_its_head_is_measured():
    assert size_of(jpeg(1200, 630, words=100_000)).width == 1200


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"<!DOCTYPE html><html><img width='9'>", "is a web page, no JPEG, PNG or GIF"),
        (b'<?xml version="1.0"?><svg width="640" height="400"/>', "is an SVG drawing, no JPEG"),
        (b"\x00\x00\x00\x20ftypavif" + b"\x00" * 30, "is an AVIF, no JPEG"),
        (b"P6 640 400 255 ", "is something else, no JPEG"),
        (png(640, 400)[:20], "is a broken PNG: it does not tell its size"),
        (b"\xff\xd8\xff" + b"rain" * 9, "is a broken JPEG: it does not tell its size"),
        (gif(0, 0), "is a broken GIF: it does not tell its size"),
        (png(50_000, 40), "is 50000 × 40 pixels, more than anybody can show"),
        (png(9_000, 9_000), "is 9000 × 9000 pixels, more than anybody can show"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_what_is_no_picture_says_what_it_is(content: bytes, said: str):
    with pytest.raises(FetchError, match=f"^{said}"):
        size_of(content)


@settings(deadline=None)
@given(
    st.sampled_from([b"", b"\xff\xd8\xff", png(9, 9)[:16], b"GIF89a", webp(9, 9)[:16]]), st.binary()
)
def test_any_bytes_are_a_size_or_a_reason(beginning: bytes, rest: bytes):
    try:
        size = size_of(beginning + rest)
    except FetchError:
        return

    assert 0 < size.width <= 10_000
    assert 0 < size.height <= 10_000


def test_pictures_are_measured_over_https_without_cookies():
    assert measured(sent(png(640, 400)), sent(jpeg(1200, 630), "image/jpeg")) == [
        Size(width=640, height=400, kind="png"),
        Size(width=1200, height=630, kind="jpeg"),
    ]


def test_one_picture_that_fails_costs_the_others_nothing():
    got = measured(answer(status="404 Not Found"), sent(b"<html>", "text/html"), sent(png(9, 9)))

    assert got == [
        "answers 404 Not Found",
        "is text/html, which is not read here",
        Size(width=9, height=9, kind="png"),
    ]


def test_a_picture_of_more_than_five_megabytes_is_refused():
    assert measured(sent(png(640, 400) + b"\x00" * 5_000_000)) == ["is larger than 5 MB"]


def test_a_picture_over_http_is_not_asked_for():
    with serving(by_path({})) as server:
        [(_, outcome)] = source(server).measure([server.url("/a.png")])

    assert str(outcome) == "is not on https, so many would not see it"
    assert server.connections == 0


def test_a_picture_that_its_site_keeps_from_robots_is_not_asked_for():
    talk = by_path({"/robots.txt": answer(b"User-agent: *\nDisallow: /")})
    with serving(talk, SERVER_SIDE) as server:
        [(_, outcome)] = source(server).measure([server.url("/a.png", "localhost")])

    assert str(outcome) == "robots.txt of localhost asks us not to read it"


def test_when_the_time_is_up_no_picture_is_asked_for():
    assert measured(sent(png(640, 400)), total_s=0) == ["no time left (fetch.total is 0 s)"]
