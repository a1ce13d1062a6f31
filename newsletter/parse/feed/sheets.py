"""A feed's document laid out: how many entries it has, and each of them read when asked for."""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from newsletter.errors import ParseError
from newsletter.parse.feed.dates import read_date
from newsletter.parse.feed.entries import Entry, entry_of, text_of
from newsletter.parse.feed.jsonfeed import entry_of_item, json_feed, looks_like_json
from newsletter.parse.feed.spans import Spans, spans_of
from newsletter.parse.feed.xmlfeed import Parsed, parse_xml
from newsletter.text.markup import one_line

_MOST_ENTRIES = 5_000  # of a longer feed, the newest; no feed that people write comes near
_MOST_ELEMENTS = 120_000  # of all entries that are read; each costs some forty microseconds
_LONGEST_HEAD = 50_000  # bytes before the first element: what is there is searched by patterns
_FIRST_ELEMENT = re.compile(rb"<\w")
_SPACES = re.compile(rb"\s++")
# A declared entity of over 1,000 characters: such only serve to blow up. Possessive throughout,
# for what is searched may have been written to make the search itself slow.
_HUGE_ENTITY = re.compile(
    rb"""<!ENTITY\s++(?:%\s++)?[^\s"'>]++\s++(?:"[^"]{1001}|'[^']{1001})""", re.IGNORECASE
)


class UnevenError(Exception):
    """The entries that were read are not those that were asked for: they cannot be told apart."""


class Sheet(Protocol):
    """What a feed's document is, in whatever dialect; `title` and `language` once it was read."""

    found: int
    title: str
    language: str

    def hashes(self, context: bytes) -> list[str] | None:
        """Return 16 hexadecimal digits for each entry to read, None where that is not safe."""

    def read(self, places: Sequence[int] | None) -> Iterator[Entry]:
        """Yield the entries at *places* of `hashes`, None for all there are.

        Raises:
            ParseError: there is nothing to read.
            UnevenError: only all of them can be read.
        """


def sheet_of(content: bytes, url: str) -> Sheet:
    """Return the sheet of a document (UTF-8) that came from *url*.

    Raises:
        ParseError: it is no feed at all, or made to exhaust whoever reads it.
    """
    return _JsonSheet(content, url) if looks_like_json(content) else _XmlSheet(content, url)


class _XmlSheet:
    def __init__(self, content: bytes, url: str) -> None:
        if _HUGE_ENTITY.search(content):
            raise ParseError("declares huge XML entities, as attacks do; it is not read")
        self._content = _with_tidy_head(content)
        self._url = url
        self._elements_left = _MOST_ELEMENTS
        self._spans = spans_of(self._content)
        self._places: Sequence[int] = self._newest(self._spans) if self._spans else ()
        self.found = len(self._spans) if self._spans else 0
        self.title = self.language = ""

    def hashes(self, context: bytes) -> list[str] | None:
        return self._spans.hashes(self._places, context) if self._spans else None

    def read(self, places: Sequence[int] | None) -> Iterator[Entry]:
        if self._spans is None or places is None:
            yield from self._read_all()
            return
        wanted = [self._places[place] for place in places]
        for some in self._spans.slices(wanted):
            parsed = self._parsed(self._spans.cut(some))
            if not parsed.is_whole or len(parsed.entries) != len(some):
                raise UnevenError
            yield from self._entries(parsed)

    def _read_all(self) -> Iterator[Entry]:
        self._elements_left = _MOST_ELEMENTS
        parsed = self._parsed(self._content)
        if not parsed.version and not parsed.entries:
            raise ParseError("is no feed: neither RSS nor Atom nor JSON Feed was found in it")
        if parsed.fault and not parsed.entries:
            raise ParseError(f"is damaged: {one_line(parsed.fault)[:200]}")
        self.found = max(self.found, len(parsed.entries))
        yield from self._entries(parsed)

    def _newest(self, spans: Spans) -> Sequence[int]:
        """Return the places of the newest entries: the last where a feed begins with the oldest.

        Their dates are not read to find out: a feed stands in order, one way or the other.
        """
        if len(spans) <= _MOST_ENTRIES:
            return range(len(spans))
        ends = self._parsed(spans.cut((0, len(spans) - 1))).entries
        dates = [
            next(filter(None, map(read_date, (*entry.published, *entry.updated))), None)
            for entry in (entry_of(found, self._url) for found in ends)
        ]
        is_oldest_first = len(dates) == 2 and dates[0] and dates[1] and dates[0] < dates[1]
        first = len(spans) - _MOST_ENTRIES if is_oldest_first else 0
        return range(first, first + _MOST_ENTRIES)

    def _entries(self, parsed: Parsed) -> Iterator[Entry]:
        self.title = text_of(parsed.feed, "title")
        self.language = text_of(parsed.feed, "language")
        return (entry_of(found, self._url) for found in parsed.entries)

    def _parsed(self, content: bytes) -> Parsed:
        try:
            parsed = parse_xml(
                content, self._url, most_entries=_MOST_ENTRIES, most_elements=self._elements_left
            )
        except (MemoryError, ParseError):
            raise
        except Exception as error:
            reason = one_line(f"{type(error).__name__}: {error}")[:200]
            raise ParseError(f"cannot be understood: {reason}") from error
        self._elements_left -= parsed.elements
        return parsed


class _JsonSheet:
    def __init__(self, content: bytes, url: str) -> None:
        feed = json_feed(content)
        self._items = feed.items[:_MOST_ENTRIES]
        self._url = url
        self.found = len(feed.items)
        self.title, self.language = feed.title, feed.language

    def hashes(self, context: bytes) -> list[str]:
        key = hashlib.blake2b(context + self.language.encode("utf-8", "replace")).digest()
        return [
            hashlib.blake2b(
                json.dumps(item, sort_keys=True).encode("ascii"), digest_size=8, key=key
            ).hexdigest()
            for item in self._items
        ]

    def read(self, places: Sequence[int] | None) -> Iterator[Entry]:
        chosen = range(len(self._items)) if places is None else places
        return (entry_of_item(self._items[place], self._url) for place in chosen)


def _with_tidy_head(content: bytes) -> bytes:
    """Return *content* with line breaks for the spaces before its first element."""
    first = _FIRST_ELEMENT.search(content)
    if first is None:
        return content
    if first.start() > _LONGEST_HEAD:
        raise ParseError("is no feed: it begins with 50 kB before any element")
    head = _SPACES.sub(b"\n", content[: first.start()])
    # feedparser looks for entities at the beginning of a line.
    return head.replace(b"<!ENTITY", b"\n<!ENTITY") + content[first.start() :]
