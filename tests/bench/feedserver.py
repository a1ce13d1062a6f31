"""Serves many feeds over loopback as a far server would: a latency, validators, later changes."""

import asyncio
import hashlib
import re
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Self

# Where a feed names a page or an entry: each of its copies is to name pages of its own.
_OWN = re.compile(
    rb"""(<(?:link|guid)\b[^<>]*>\s*(?:<!\[CDATA\[\s*)?|<link\b[^<>]*\bhref=["'])(https?://)""",
    re.IGNORECASE,
)
_ENTRY = re.compile(rb"<(item|entry)\b[^>]*>.*?</\1>", re.DOTALL | re.IGNORECASE)
_TITLE = re.compile(rb"(<title\b[^>]*>)", re.IGNORECASE)


def many(folder: Path, count: int) -> list[bytes]:
    """Return *count* feeds made from those in *folder*, the links of each copy its own."""
    originals = [path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()]
    return [
        _OWN.sub(rb"\1\2copy%d." % (number // len(originals)), originals[number % len(originals)])
        for number in range(count)
    ]


def with_one_more(feed: bytes, number: int) -> bytes:
    """Return *feed* with one new entry at its head, made from its first, if it has any."""
    first = _ENTRY.search(feed)
    if not first:
        return feed
    fresh = _TITLE.sub(rb"\1New since yesterday %d: " % number, first[0], count=1)
    fresh = re.sub(rb"(https?://)", rb"\1new%d." % number, fresh)
    fresh = re.sub(rb"(<(?:guid|id)\b[^>]*>)", rb"\1new-%d-" % number, fresh)
    return feed[: first.start()] + fresh + feed[first.start() :]


class FeedServer:
    """A loopback server in a thread: `/0` … `/N`, each answer *latency_s* after its request."""

    def __init__(self, feeds: Sequence[bytes], latency_s: float) -> None:
        self._feeds = list(feeds)
        self._tags = [_tag(feed) for feed in self._feeds]
        self._latency_s = latency_s
        self._loop = asyncio.new_event_loop()
        self.port = 0

    def __enter__(self) -> Self:
        started = threading.Event()
        threading.Thread(target=self._run, args=(started,), daemon=True).start()
        started.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)

    @property
    def urls(self) -> list[str]:
        """Return the URL of each feed."""
        return [f"http://127.0.0.1:{self.port}/{number}" for number in range(len(self._feeds))]

    def feed(self, number: int) -> bytes:
        """Return a feed as it is served."""
        return self._feeds[number]

    def change(self, number: int, feed: bytes) -> None:
        """Serve *feed* in place of what was there."""
        self._feeds[number], self._tags[number] = feed, _tag(feed)

    def _run(self, started: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            asyncio.start_server(self._converse, "127.0.0.1", 0, backlog=512)
        )
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        self._loop.run_forever()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                await asyncio.sleep(self._latency_s)
                writer.write(self._answer(head))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def _answer(self, head: bytes) -> bytes:
        number = int(head.split(b" ", 2)[1].strip(b"/"))
        tag = self._tags[number]
        if tag in head:
            return b'HTTP/1.1 304 Not Modified\r\nETag: "%b"\r\n\r\n' % tag
        feed = self._feeds[number]
        return (
            b'HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nETag: "%b"\r\n'
            b"Content-Length: %d\r\n\r\n" % (tag, len(feed))
        ) + feed


def _tag(feed: bytes) -> bytes:
    return hashlib.sha256(feed).hexdigest()[:16].encode("ascii")
