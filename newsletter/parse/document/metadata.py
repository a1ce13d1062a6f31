"""What a web page says of itself in its head: title, canonical URL, picture, author, date."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from newsletter.text.markup import title_text
from newsletter.text.urls import host_of, is_front_page, link

_MAX_JSON = 500_000  # characters of linked data: ten times what publishers write
_MAX_NODES = 2_000
_MAX_TITLE = 1_000
_MAX_NAME = 200
_EARLIEST = 1990  # a date before there were web pages is a clock that was never set
_SEPARATED = re.compile(r"\s+[|–—·•»:-]\s+(?=\S)")
_BY = re.compile(r"^(?:by|von|par|por|di|door)\s+(?=[^\W\d_])", re.IGNORECASE)
_ARTICLES = ("Article", "Posting", "Report")  # how schema.org's types of articles end


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """A page's own words on one line each; URLs absolute and safe."""

    canonical: str | None
    title: str
    author: str | None
    source: str | None
    published: datetime | None
    language: str | None
    image: str | None


def metadata_of(tree: Any, url: str) -> Metadata:
    """Return what the page *tree* (of lxml), found at *url*, says of itself.

    The canonical URL is its `rel=canonical`, else its `og:url`, never a front page; the title its
    `og:title`, else its only h1, else its `title`, without the site's name at the end; the date
    that of Open Graph, schema.org or a marked `time`, as written and never guessed.
    """
    metas = _metas(tree)
    linked = _linked_article(tree)
    base = link(_first(tree, "//base/@href"), url) or url
    site = _name(metas.get("og:site_name")) or _name(_named(linked.get("publisher")))
    pictures = (
        metas.get("og:image:secure_url"),
        metas.get("og:image"),
        metas.get("og:image:url"),
        metas.get("twitter:image"),
        metas.get("twitter:image:src"),
        _picture(linked.get("image")),
    )
    names = (metas.get("author"), metas.get("article:author"), _named(linked.get("author")))
    return Metadata(
        canonical=_canonical(tree, metas, base),
        title=_title(tree, metas, linked, site=site, url=url),
        author=next((_BY.sub("", name) for one in names if (name := _name(one))), None),
        source=site or None,
        published=_published(tree, metas, linked),
        language=_first(tree, "/html/@lang | /html/@*[name()='xml:lang']") or None,
        image=next((safe for one in pictures if (safe := link(one, base))), None),
    )


def _metas(tree: Any) -> dict[str, str]:
    """Return the first value of every meta that has a name, by that name in lower case."""
    found: dict[str, str] = {}
    for meta in tree.iterfind(".//meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        value = (meta.get("content") or "").strip()
        if name and value:
            found.setdefault(name.strip().lower(), value)
    return found


def _linked_article(tree: Any) -> Mapping[str, Any]:
    """Return the article among the page's linked data (JSON-LD, schema.org), {} without one."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        text = script.text or ""
        if len(text) > _MAX_JSON:
            continue
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            types = node.get("@type")
            named = types if isinstance(types, list) else [types]
            if any(isinstance(one, str) and one.endswith(_ARTICLES) for one in named):
                return node
    return {}


def _nodes(data: object) -> Iterator[dict[str, Any]]:
    """Yield the objects at the top of *data*: itself, those of a list or of its graph."""
    waiting, seen = [data], 0
    while waiting and seen < _MAX_NODES:
        one, seen = waiting.pop(0), seen + 1
        if isinstance(one, list):
            waiting[:0] = one[:_MAX_NODES]
        elif isinstance(one, dict):
            yield one
            waiting.extend(one[key] for key in ("@graph", "mainEntity") if key in one)


def _named(value: object) -> str | None:
    """Return the name, or the names with commas, that linked data gives for a person or a body."""
    values = value[:5] if isinstance(value, list) else [value]
    names = [one.get("name") if isinstance(one, dict) else one for one in values]
    return ", ".join(one for one in names if isinstance(one, str)) or None


def _picture(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("url") or value.get("contentUrl")
    return value if isinstance(value, str) else None


def _name(value: str | None) -> str:
    """Return a name on one line, "" for what is none: empty, or the URL of a profile."""
    name = title_text((value or "")[: 5 * _MAX_NAME])[:_MAX_NAME].strip()
    return "" if "://" in name or name.startswith(("@", "www.")) else name


def _canonical(tree: Any, metas: Mapping[str, str], base: str) -> str | None:
    named = [
        one.get("href")
        for one in tree.iterfind(".//link[@rel]")
        if "canonical" in one.get("rel").lower().split()
    ]
    for found in (*named[:1], metas.get("og:url")):
        safe = link(found, base)
        if safe and not is_front_page(safe):
            return safe
    return None


def _title(
    tree: Any, metas: Mapping[str, str], linked: Mapping[str, Any], *, site: str, url: str
) -> str:
    headings = [_heading(one) for one in tree.iterfind(".//h1")]
    headings = [one for one in headings if one]
    headline = linked.get("headline")
    found = (
        metas.get("og:title"),
        headings[0] if len(headings) == 1 else None,
        headline if isinstance(headline, str) else None,
        metas.get("twitter:title"),
        _heading(tree.find(".//title")),
    )
    titles = (title_text((one or "")[: 10 * _MAX_TITLE])[:_MAX_TITLE].strip() for one in found)
    title = next((one for one in titles if one), "")
    return _without_site(title, site, url)


def _heading(element: Any) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _without_site(title: str, site: str, url: str) -> str:
    """Return *title* without the site's name behind its last separator, if that is what stands."""
    parts = list(_SEPARATED.finditer(title))
    if not parts:
        return title
    tail = _letters(title[parts[-1].end() :])
    host = _letters(host_of(url))
    is_site = bool(tail) and (tail == _letters(site) or (len(tail) >= 3 and tail in host))
    return title[: parts[-1].start()].strip() if is_site else title


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _published(tree: Any, metas: Mapping[str, str], linked: Mapping[str, Any]) -> datetime | None:
    marked = tree.xpath(
        "//time[@datetime][@pubdate or contains(@itemprop, 'datePublished')"
        " or contains(@class, 'publish')]/@datetime"
    )
    # A page that shows one time alone can mean no other article by it.
    alone = {str(one) for one in tree.xpath("//time/@datetime")}
    found = (
        metas.get("article:published_time"),
        linked.get("datePublished"),
        metas.get("datepublished"),
        *marked[:1],
        *(alone if len(alone) == 1 else ()),
    )
    return next((moment for one in found if (moment := _moment(one))), None)


def _moment(value: object) -> datetime | None:
    """Return the moment that a date in ISO 8601 or RFC 5322 names; without a zone it is UTC."""
    if not isinstance(value, str) or len(value) > 100:
        return None
    text = value.strip()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError):
            return None
    try:
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return moment if moment.year >= _EARLIEST else None


def _first(tree: Any, path: str) -> str:
    found = tree.xpath(path)
    return str(found[0]).strip() if found else ""
