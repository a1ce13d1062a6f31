"""XML in, feedparser's entries out: its own two parsers, without their traps."""

import warnings
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from xml.sax import saxutils

import feedparser.api
from feedparser.sanitizer import replace_doctype
from feedparser.util import FeedParserDict

from newsletter.errors import ParseError
from newsletter.parse.feed.expat import Direct
from newsletter.parse.feed.repair import repaired
from newsletter.text.urls import link

_DEEPEST = 100  # elements in elements; a feed has ten, a page inside of it thirty
_MOST_NAMESPACES = 200
_MOST_TAGS = 50  # categories that an entry may have
_MOST_LOOSE = 4_000_000  # bytes of a damaged document that are read
_MOST_MARKS = 200_000  # "<" and "&" in it: each costs the loose parser some ten microseconds
_LONGEST_BASE = 2_000  # characters of an xml:base
_MOST_TEXT = 30_000_000  # characters: twice the largest document, unfolded by entities


@dataclass(slots=True)
class Parsed:
    """What feedparser made of a document.

    `is_whole` is false where the document was not well-formed, so that `entries` are a guess;
    `fault` says why, in expat's words. `elements` counts those that were read.
    """

    version: str = ""
    feed: dict[str, Any] = field(default_factory=dict)
    entries: list[dict[str, Any]] = field(default_factory=list)
    is_whole: bool = True
    fault: str = ""
    elements: int = 0


class _EnoughError(Exception):
    """All the entries that were asked for are there."""


class _Flat(dict[str, Any]):
    """What feedparser knows of a text: looked into all the time, and copied though nothing is deep.

    In place of feedparser's own dictionary, which is ten times slower.
    """

    def __deepcopy__(self, memo: object) -> "_Flat":
        return _Flat(self)


class _Entry(FeedParserDict):  # type: ignore[misc] # untyped
    """An entry: feedparser's dictionary, without its detours to what is plainly there."""

    __hash__ = object.__hash__  # as feedparser's: one entry is another even where it says the same

    def __contains__(self, key: object) -> bool:
        return dict.__contains__(self, key) or super().__contains__(key)

    def setdefault(self, key: str, default: Any) -> Any:
        if dict.__contains__(self, key):
            return dict.__getitem__(self, key)
        return super().setdefault(key, default)


class _Careful:
    """What both of feedparser's parsers are to do otherwise: stop early, take no quadratic path.

    Dates stay as they are written, for `newsletter.parse.feed.dates`; authors are not searched for
    addresses (its pattern takes quadratic time); an entry knows its base and language.
    """

    most_entries: int
    most_elements: int
    url: str
    is_strict = True
    elements_read = 0
    _read = 0

    def unknown_starttag(self: Any, tag: str, attrs: list[tuple[str, str]]) -> None:
        self.count_element()
        if attrs:
            attrs = [self._whole(attr) if _is_base(attr) else attr for attr in attrs]
        super().unknown_starttag(tag, attrs)  # type: ignore[misc] # feedparser's

    def count_element(self: Any) -> None:
        if self.is_strict and self.depth >= _DEEPEST:
            raise ParseError(f"nests elements more than {_DEEPEST} deep, as attacks do")
        self.elements_read += 1
        if self.elements_read > self.most_elements:
            raise ParseError("holds more elements than a feed has, as attacks do")

    def _whole(self: Any, attr: tuple[str, str]) -> tuple[str, str]:
        # Not from the start, for feedparser would make URLs of GUIDs, which a redirect changes.
        name, base = attr
        return name, (link(base, self.baseuri or self.url) or "") if len(
            base
        ) < _LONGEST_BASE else ""

    def push_content(
        self: Any, tag: str, attrs: dict[str, str], kind: str, expecting_text: int
    ) -> None:
        self.incontent += 1
        if self.lang:
            self.lang = self.lang.replace("_", "-")
        kind = self.map_content_type(attrs.get("type", kind))
        self.contentparams = _Flat(type=kind, language=self.lang, base=self.baseuri)
        self.contentparams["base64"] = self._is_base64(attrs, self.contentparams)
        self.push(tag, expecting_text)

    def track_namespace(self: Any, prefix: str | None, uri: str) -> None:
        if len(self.namespaces_in_use) < _MOST_NAMESPACES:
            super().track_namespace(prefix, uri)  # type: ignore[misc]

    def handle_data(self: Any, text: str, escape: int = 1) -> None:
        self._read += len(text)
        if self._read > _MOST_TEXT:
            raise ParseError("unfolds to far more text than it holds, as attacks do")
        if self.elementstack:
            if escape and self.contentparams.get("type") == "application/xhtml+xml":
                text = saxutils.escape(text)
            self.elementstack[-1][2].append(text)

    def handle_entityref(self: Any, ref: str) -> None:
        self._read += len(self.entities.get(ref, ""))
        if self._read > _MOST_TEXT:
            raise ParseError("unfolds to far more text than it holds, as attacks do")
        super().handle_entityref(ref)  # type: ignore[misc]

    def handle_charref(self: Any, ref: str) -> None:
        try:
            super().handle_charref(ref)  # type: ignore[misc]
        except (ValueError, OverflowError, UnicodeError):
            return  # "&#9999999999;" is no character

    def _start_item(self: Any, attrs: dict[str, str]) -> None:
        if len(self.entries) >= self.most_entries:
            raise _EnoughError
        self.entries.append(_Entry(_base=self.baseuri or "", _language=self.lang or ""))
        self.push("item", 0)
        self.inentry = 1
        self.guidislink = 0
        self.title_depth = -1
        about = self._get_attribute(attrs, "rdf:about")
        if about:
            self._get_context()["id"] = about
        self._cdf_common(attrs)

    def _save(self: Any, key: str, value: object, overwrite: bool = False) -> None:
        context = self._get_context()
        if overwrite or key not in context:
            context[key] = value

    def _end_published(self: Any) -> None:
        self.pop("published")

    def _end_updated(self: Any) -> None:
        self.pop("updated")

    def _end_created(self: Any) -> None:
        self.pop("created")

    def _end_author(self: Any) -> None:
        name = self.pop("author")
        self.inauthor = 0
        people = self._get_context().get("authors")
        if name and people and "name" not in people[-1]:
            people[-1]["name"] = name

    def _sync_author_detail(self, key: str = "author") -> None:
        del key

    def _add_tag(self: Any, term: str, scheme: str, label: str) -> None:
        # `_end_category` writes into the last tag, so that one must always be there.
        if len(self._get_context().setdefault("tags", [])) < _MOST_TAGS:
            super()._add_tag(term, scheme, label)  # type: ignore[misc]

    # feedparser finds its handlers by name, and gives several elements the same one.
    _start_entry = _start_item
    _end_issued = _end_pubdate = _end_published
    _end_modified = _end_lastbuilddate = _end_updated
    _end_managingeditor = _end_author


class _Strict(_Careful, Direct, feedparser.api.StrictFeedParser):  # type: ignore[misc] # untyped
    """For what is well-formed."""


class _Loose(_Careful, feedparser.api.LooseFeedParser):  # type: ignore[misc] # untyped
    is_strict = False


def parse_xml(content: bytes, url: str, *, most_entries: int, most_elements: int) -> Parsed:
    """Return what feedparser makes of *content*, UTF-8 without declaration, in document order.

    *url* is what a relative xml:base starts from. Up to *most_entries* entries are read. What is
    not well-formed is mended where the faults are the usual ones, and else read loosely, as far as
    its first 4 MB.

    Raises:
        ParseError: it is built to exhaust whoever reads it.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # feedparser's notes to its own callers
        version, body, entities = replace_doctype(content)
        limits = (url, most_entries, most_elements)
        parsed = _strictly(body, limits)
        fault = parsed.fault
        if fault:
            mended = repaired(body)
            parsed = _strictly(mended, limits) if mended != body else parsed
        if parsed.fault:
            parsed = _loosely(body, entities, limits)
            parsed.fault = fault
        parsed.version = version or parsed.version
    return parsed


def _is_base(attr: tuple[str, str]) -> bool:
    return attr[0].lower() in {"xml:base", "base"}


def _strictly(content: bytes, limits: tuple[str, int, int]) -> Parsed:
    parser = _Strict("", None, "utf-8")
    _set_up(parser, limits)
    parsed = Parsed()
    with suppress(_EnoughError):
        parsed.fault = parser.read(content)
    return _told(parser, parsed)


def _loosely(content: bytes, entities: dict[str, str], limits: tuple[str, int, int]) -> Parsed:
    parser = _Loose("", None, "utf-8", entities)
    _set_up(parser, limits)
    parsed = Parsed(is_whole=False)
    with suppress(_EnoughError):
        parser.feed(_bearable(content).decode("utf-8", "replace"))
    return _told(parser, parsed)


def _bearable(content: bytes) -> bytes:
    """Return as much of the beginning as the loose parser reads in a few seconds."""
    size = min(len(content), _MOST_LOOSE)
    while content.count(b"<", 0, size) + content.count(b"&", 0, size) > _MOST_MARKS:
        size //= 2
    return content[:size]


def _set_up(parser: Any, limits: tuple[str, int, int]) -> None:
    parser.url, parser.most_entries, parser.most_elements = limits
    parser.contentparams = _Flat()
    # nh3 does the first for every field at a tenth of the time; the second is for links inside
    # the text, and text is all that is kept.
    parser.sanitize_html = parser.resolve_relative_uris = False


def _told(parser: Any, parsed: Parsed) -> Parsed:
    parsed.version, parsed.feed, parsed.entries = parser.version, parser.feeddata, parser.entries
    parsed.elements = parser.elements_read
    return parsed
