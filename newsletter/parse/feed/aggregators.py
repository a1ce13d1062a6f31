"""The article itself behind an aggregator's link, where the entry tells it."""

import base64
import binascii
import html
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from newsletter.parse.feed.entries import Entry
from newsletter.text.markup import title_text
from newsletter.text.urls import host_of, is_front_page, link, registrable_domain

_LOOKED_AT = 20_000  # characters of a text
_MOST_WRAPPERS = 3  # one in another
# "/url", "/l.php", "/news/apiclick.aspx", "/~r/…": pages that only lead on, by their last name.
_LEADS_ON = re.compile(
    r"(?:url|l|r|a|out|away|redir(?:ect)?|redirector|apiclick|click|clickthru|goto|go|link|jump"
    r"|exit|leave|track|linkfilter|external)(?:\.\w{2,4})?",
    re.IGNORECASE,
)
_TARGETS = frozenset(
    "url u q z to target dest destination redirect redirect_url redirect_uri link uddg goto"
    " r href out murl".split()
)
_AGGREGATORS = ("news.google.com", "reddit.com", "news.ycombinator.com")
_ANCHOR = re.compile(
    r"<a\b[^<>]{0,500}?\bhref\s{0,9}=\s{0,9}(?:\"([^\"<>]{1,4000})\"|'([^'<>]{1,4000})'"
    r"|([^\s\"'<>]{1,4000}))[^<>]{0,500}>([^<]{0,200})",
    re.IGNORECASE,
)
_OWN_ID = re.compile(r"/articles/([A-Za-z0-9_=-]{20,2000})")
_URL_BYTES = re.compile(rb"https?://[\x21-\x7e]+")


def target_of(entry: Entry) -> str | None:
    """Return the URL of the article that *entry* is about, safe to print; None if it has none.

    Found are the link before a counting service, the target in a wrapper's query, and the link
    that Google News, Reddit and Hacker News put into the text. What the entry does not tell stays
    the aggregator's page.
    """
    page = link(entry.original) or link(entry.link, entry.base)
    for _ in range(_MOST_WRAPPERS):
        inside = _in_query(page) if page else None
        if inside is None:
            break
        page = inside
    return (_told_in_text(page, entry) or page) if page else None


def outlet_of(entry: Entry, feed_url: str) -> str | None:
    """Return the outlet that *entry* names as the one it was taken from, None if it names none."""
    site = link(entry.outlet_url)
    name = title_text(entry.outlet[:500])[:80].strip()
    if not site or not name or registrable_domain(site) == registrable_domain(feed_url):
        return None
    return name


def title_without(outlet: str, title: str) -> str:
    """Return *title* without " - Outlet" at its end, where aggregators put it."""
    for dash in (" - ", " – ", " | "):
        if title.endswith(f"{dash}{outlet}"):
            return title[: -len(outlet) - len(dash)].strip() or title
    return title


def _in_query(page: str) -> str | None:
    """Return the URL that a page which only leads on carries in its query, None if it is none."""
    if "?" not in page:
        return None
    try:
        parts = urlsplit(page)
        if not _LEADS_ON.fullmatch(parts.path.rstrip("/").rsplit("/", 1)[-1]):
            return None
        pairs = parse_qsl(parts.query, max_num_fields=50)
    except ValueError:
        return None
    targets = {link(value) for name, value in pairs if name.lower() in _TARGETS} - {None}
    if len(targets) != 1:
        return None
    [target] = targets
    is_elsewhere = target and registrable_domain(target) != registrable_domain(page)
    return target if is_elsewhere and target and not is_front_page(target) else None


def _told_in_text(page: str, entry: Entry) -> str | None:
    lowered = page.lower()
    if not any(map(lowered.__contains__, _AGGREGATORS)):  # nearly all of them
        return None
    host = host_of(page)
    if host == "news.google.com":
        own = _OWN_ID.search(page)
        return (_decoded(own[1]) if own else None) or _first_elsewhere(entry, page)
    if registrable_domain(page) == "reddit.com" and "/comments/" in page:
        named = (url for url, words in _anchors(entry, page) if words == "[link]")
        found = next(named, None)
        return found if found and not _is_of(found, "reddit.com", "redd.it") else None
    if host == "news.ycombinator.com":
        return _first_elsewhere(entry, page)
    return None


def _first_elsewhere(entry: Entry, page: str) -> str | None:
    """Return the first page that the text links to, None where that is one of *page*'s own site."""
    urls = (url for url, _ in _anchors(entry, page) if not is_front_page(url))
    first = next(urls, None)
    return first if first and not _is_of(first, registrable_domain(page)) else None


def _is_of(url: str, *domains: str) -> bool:
    return registrable_domain(url) in domains


def _anchors(entry: Entry, page: str) -> Iterator[tuple[str, str]]:
    for body in entry.bodies:
        for anchor in _ANCHOR.finditer(body.value[:_LOOKED_AT]):
            url = link(html.unescape(anchor[1] or anchor[2] or anchor[3]), page)
            if url:
                yield url, " ".join(html.unescape(anchor[4]).split())


def _decoded(own_id: str) -> str | None:
    """Return the URL that Google News wrote into its ids until 2024, None where it is a number."""
    try:
        written = base64.urlsafe_b64decode(own_id + "=" * (-len(own_id) % 4))
    except (ValueError, binascii.Error):
        return None
    # A protocol buffer: the URL stands behind its length, which may take two bytes.
    found = _URL_BYTES.search(written)
    if not found:
        return None
    start = found.start()
    length = written[start - 1] if start else 0
    if start > 1 and written[start - 2] >= 0x80:
        length = (length << 7) | (written[start - 2] & 0x7F)
    url = written[start : start + length]
    return link(url.decode("ascii")) if _URL_BYTES.fullmatch(url) else None
