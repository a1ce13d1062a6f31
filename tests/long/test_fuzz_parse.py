"""Feeds mutated without end: nothing but ParseError comes of any, none takes long.

NEWSLETTER_FUZZ_SECONDS says for how long (600 unless told), NEWSLETTER_FUZZ_SEED with which dice.
"""

import os
import time
import zlib

from articles import SEEN, assert_is_sound
from samples import mutations

from newsletter.errors import ParseError
from newsletter.model import Document, Feed
from newsletter.parse import FeedJob, parse_feed
from newsletter.parse.feed.discovery import advertised

SECONDS = float(os.environ.get("NEWSLETTER_FUZZ_SECONDS", "600"))
SEED = int(os.environ.get("NEWSLETTER_FUZZ_SEED", "1"))
URL = "https://ledger.example/feeds/all.xml"
KINDS = (
    None,
    "text/xml",
    "application/json",
    "text/html; charset=iso-8859-1",
    "text/xml; charset=x",
)
SLOW_S = 2.0  # for each 100 kB begun


def job(content: bytes, seen: frozenset[str] = frozenset()) -> FeedJob:
    kind = KINDS[zlib.crc32(content) % len(KINDS)]
    return FeedJob(
        document=Document(url=URL, content=content, content_type=kind),
        feed=Feed(url=URL, section="News"),
        seen_at=SEEN,
        language="en",
        seen=seen,
    )


def test_feeds_mutated_for_minutes_bring_about_nothing_but_parse_errors():
    until = time.monotonic() + SECONDS
    slowest, count, entries, whole = (0.0, b""), 0, frozenset[str](), 0

    for content in mutations(SEED):
        if time.monotonic() > until:
            break
        started, is_printable = time.process_time(), True
        try:
            found = parse_feed(job(content))
            again = parse_feed(job(content, frozenset(found.entries) or entries))
            assert_is_sound(found)
            assert_is_sound(again)
            entries, whole = frozenset(found.entries), whole + 1
        except ParseError as error:
            is_printable = str(error).isprintable()
        except BaseException as error:
            raise AssertionError(f"{type(error).__name__} of {content!r}") from error
        assert is_printable, content
        for feed in advertised(job(content).document):
            assert feed.url.isprintable()
        took = (time.process_time() - started) / 2
        assert took < SLOW_S * (1 + len(content) // 100_000), (took, content)
        slowest, count = max(slowest, (took, content[:300])), count + 1

    print(f"{count} documents, {whole} read, slowest {slowest[0]:.2f} s: {slowest[1]!r}")  # noqa: T201
    assert count > 0
