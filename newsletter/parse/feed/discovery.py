"""Feeds that a web page advertises (RSS Advisory Board, "RSS Autodiscovery"; jsonfeed.org)."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsletter.model import Document
from newsletter.parse.feed.encoding import utf8
from newsletter.text.markup import title_text
from newsletter.text.urls import link

_LOOKED_AT = 2_000_000  # bytes of a page
_MOST = 50  # feeds
_START = 4_096  # bytes in which a page shows that it is one
_PAGE = re.compile(rb"<(?:!doctype\s+html|html)\b|\A<(?:head|body)\b", re.IGNORECASE)
_FEED = re.compile(rb"<(?:[\w.-]{1,40}:)?(?:rss|feed|rdf|channel)[\s>]", re.IGNORECASE)
_KINDS = {
    "application/rss+xml": "RSS",
    "application/atom+xml": "Atom",
    "application/rdf+xml": "RSS",
    "application/feed+json": "JSON Feed",
    "application/json": "JSON Feed",
}
# What is passed over, and what is looked for. Pages may be hostile: nothing here can run on.
_TOKEN = re.compile(
    r"<(?:(!--)|(script|style|template|noscript)\b|(link|base)(?=[\s/]))", re.IGNORECASE
)
_INSIDE = re.compile(r"(?:[^<>\"']|\"[^\"]{0,4000}\"|'[^']{0,4000}'){0,500}+")
_ATTRIBUTE = re.compile(
    r"""([a-zA-Z-]{1,30})\s{0,20}=\s{0,20}"""
    r"""(?:"([^"]{0,4000})"|'([^']{0,4000})'|([^\s"'<>]{1,4000}))"""
)
_OF_COMMENTS = re.compile(
    r"comment|kommentar|comentario|commentaire|коммент|reacties", re.IGNORECASE
)
# A type that means any JSON: interfaces are advertised with it as well.
_NAMES_A_FEED = re.compile(r"feed", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advertised:
    """A feed that a page names: its URL, title ("" if untold) and kind (RSS, Atom, JSON Feed)."""

    url: str
    title: str
    kind: str


def is_web_page(document: Document) -> bool:
    """Tell whether *document* begins as a web page rather than as a feed."""
    return _begins_as_page(utf8(document.content[: 4 * _START], document.content_type))


def advertised(document: Document) -> tuple[Advertised, ...]:
    """Return the feeds that a web page names in its links, those of comments last.

    URLs are absolute and safe to print; each comes once; at most 50. Links count wherever they
    stand, for many a page's head ends before its editors think.
    """
    page = utf8(document.content[:_LOOKED_AT], document.content_type).decode("utf-8")
    base, found = document.url, dict[str, Advertised]()
    for name, given in _links(page):
        if name == "base":
            base = link(given.get("href"), document.url) or base if base == document.url else base
            continue
        feed = _feed(given, base)
        if feed and len(found) < _MOST:
            found.setdefault(feed.url, feed)
    return tuple(sorted(found.values(), key=_is_of_comments))


def _begins_as_page(text: bytes) -> bool:
    start = text[:_START]
    page = _PAGE.search(start)
    feed = _FEED.search(start)
    return page is not None and feed is None


def _links(page: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the page's <link> and <base> elements, none that is commented out or in a script."""
    position = 0
    while token := _TOKEN.search(page, position):
        position = token.end()
        if token[1] or token[2]:
            end = "-->" if token[1] else f"</{token[2]}"
            closing = page.find(end, position) if token[1] else _find(page, end, position)
            if closing < 0:
                return
            position = closing + len(end)
            continue
        inside = _INSIDE.match(page, position)
        given = {
            attribute[1].lower(): html.unescape(attribute[2] or attribute[3] or attribute[4] or "")
            for attribute in _ATTRIBUTE.finditer(inside[0] if inside else "")
        }
        yield token[3].lower(), given


def _find(page: str, end: str, position: int) -> int:
    found = re.compile(re.escape(end), re.IGNORECASE).search(page, position)
    return found.start() if found else -1


def _feed(given: dict[str, str], base: str) -> Advertised | None:
    relations = given.get("rel", "").lower().split()
    kind = _KINDS.get(given.get("type", "").split(";")[0].strip().lower())
    url = link(given.get("href"), base)
    title = title_text(given.get("title", "")[:500])[:200].strip()
    if kind is None or url is None or not {"alternate", "feed"} & {*relations}:
        return None
    if given["type"].strip().lower() == "application/json" and not _NAMES_A_FEED.search(
        f"{url} {title}"
    ):
        return None
    return Advertised(url=url, title=title, kind=kind)


def _is_of_comments(feed: Advertised) -> bool:
    return bool(_OF_COMMENTS.search(f"{feed.url} {feed.title}"))
