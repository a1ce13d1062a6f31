"""Asks for the pictures of articles, and tells how large each is and of which kind."""

import io
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from newsletter.errors import FetchError
from newsletter.net import Fetched, Fetcher, RefusedError, Share, Wanted
from newsletter.sources.crowd import Crowd
from newsletter.sources.robots import Robots

Kind = Literal["jpeg", "png", "gif", "webp"]

_MAX_BYTES = 5_000_000  # a reader's telephone has to load all of it
# Pixels: beyond, a few kilobytes fill the memory of whoever shows them.
_MAX_SIDE = 10_000
_MAX_AREA = 50_000_000
_HEAD = 1_000_000  # bytes: sizes stand behind what a camera or an editor wrote about the picture
_ASKED_FOR = Wanted(
    # Servers that choose by this header send here what the oldest mail client would get.
    accept="image/jpeg, image/png, image/gif, image/*;q=0.1",
    types=frozenset(
        f"image/{name}"
        for name in (
            "jpeg", "jpg", "pjpeg", "png", "x-png", "apng", "gif", "webp", "avif", "heic", "svg+xml"
        )
    )
    | {"application/octet-stream", "binary/octet-stream"},
    first_bytes=_MAX_BYTES + 1,
)  # fmt: skip
_SIGNATURES: tuple[tuple[bytes, Kind], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
_OTHERS = (
    (b"<html", "a web page"),
    (b"<!doctype html", "a web page"),
    (b"<svg", "an SVG drawing"),
    (b"ftypavif", "an AVIF"),
    (b"ftyphei", "a HEIC"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large a picture is in pixels, upright as its camera was held, and its file format."""

    width: int
    height: int
    kind: Kind


class HttpPictures:
    """Pictures over https: concurrent over hosts, a few at a time on each, without cookies.

    The total time runs from when this is made: pictures are asked for with what the feeds and the
    pages left of it.
    """

    def __init__(self, fetcher: Fetcher, *, per_host: int, total_s: float) -> None:
        self._fetcher = fetcher
        self._began = time.monotonic()
        self._crowd = Crowd(fetcher, per_host=per_host, total_s=total_s)

    def measure(self, urls: Sequence[str]) -> Iterator[tuple[str, Size | FetchError]]:
        """Yield the size of the picture at each URL as it comes, or why there is none.

        Not read are pictures over http, since no web page over https shows them, those of more than
        5 MB, and what a site's robots.txt forbids.
        """
        robots = Robots(self._fetcher)

        async def one(url: str, share: Share) -> Size:
            if not url.lower().startswith("https:"):
                raise RefusedError("is not on https, so many would not see it")
            answer = await self._fetcher.get(
                url, wanted=_ASKED_FOR, share=share, before=robots.check
            )
            return _measured(answer)

        yield from self._crowd.ask([(url, url) for url in urls], one, began=self._began)


def _measured(answer: Fetched) -> Size:
    if len(answer.content) > _MAX_BYTES:
        raise FetchError(f"is larger than {_MAX_BYTES // 1_000_000} MB")
    return size_of(answer.content)


def size_of(content: bytes) -> Size:
    """Return the size of a picture from its first bytes.

    Raises:
        FetchError: it is no JPEG, PNG, GIF or WebP, does not tell, or has more than 10,000
            pixels a side or 50 million in all.
    """
    import imagesize

    kind = _kind(content)
    # Only what has the signature of a bitmap goes there: it reads drawings and web addresses, too.
    width, height = imagesize.get(io.BytesIO(content[:_HEAD]))
    if width <= 0 or height <= 0:
        raise FetchError(f"is a broken {kind.upper()}: it does not tell its size")
    if max(width, height) > _MAX_SIDE or width * height > _MAX_AREA:
        raise FetchError(f"is {width} × {height} pixels, more than anybody can show")
    return Size(width=width, height=height, kind=kind)


def _kind(content: bytes) -> Kind:
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    head = content[:1_000].lower()
    other = next((name for mark, name in _OTHERS if mark in head), "something else")
    raise FetchError(f"is {other}, no JPEG, PNG or GIF" if content else "is empty")
