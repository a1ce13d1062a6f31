"""An entry as its feed wrote it, whatever the dialect: words still unread, links still relative."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from newsletter.parse.feed.images import Picture, declared
from newsletter.text.urls import link

_MOST_BODIES = 5
_MOST_PEOPLE = 20
_MOST_MEDIA = 30
# Past feedparser's own look-up: it is slow, may raise, and gives other names' values as well.
_get = dict.get
_MARKUP = re.compile(r"<[a-zA-Z/!]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """One text of an entry; `base` is what its links are relative to, "" for the entry's."""

    value: str
    is_plain: bool = False
    base: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a feed says of one article; "" and () where it says nothing.

    `link` is the article's page, `original` where it was before a service counted its readers,
    `published` and `updated` dates as they are written, best first. `outlet` names whom the entry
    was taken from, `outlet_url` that outlet's site or feed.
    """

    guid: str = ""
    link: str = ""
    original: str = ""
    base: str = ""
    title: str = ""
    bodies: tuple[Body, ...] = ()
    people: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    language: str = ""
    pictures: tuple[Picture, ...] = ()
    outlet: str = ""
    outlet_url: str = ""


def entry_of(found: Mapping[str, Any], url: str) -> Entry:
    """Return the entry that feedparser found; *url* is the document's."""
    base = link(text_of(found, "_base"), url) or url
    source = _mapping(_given(found, "source"))
    return Entry(
        guid=text_of(found, "id"),
        link=_page(found),
        original=text_of(found, "feedburner_origlink") or text_of(found, "pheedo_origlink"),
        base=base,
        title=text_of(found, "title"),
        bodies=tuple(_bodies(found, base))[:_MOST_BODIES],
        people=tuple(_people(found)),
        categories=tuple(_categories(found)),
        published=_dates(found, "published", "created"),
        updated=_dates(found, "updated"),
        language=text_of(found, "language") or text_of(found, "_language"),
        pictures=tuple(_pictures(found)),
        outlet=text_of(source, "title"),
        outlet_url=text_of(source, "href"),
    )


def text_of(found: Mapping[str, Any], name: str) -> str:
    """Return what feedparser has under *name* if that is text, else ""."""
    value = _get(found, name) if isinstance(found, dict) else None
    return value if isinstance(value, str) else ""


def _given(found: Mapping[str, Any], name: str) -> Any:
    return _get(found, name) if isinstance(found, dict) else None


def _page(found: Mapping[str, Any]) -> str:
    written = text_of(found, "link")
    # RSS takes a GUID for the link that is missing, also one such as "post-17": it leads nowhere.
    is_invented = written == text_of(found, "id") and link(written) is None
    return "" if is_invented else written


def _bodies(found: Mapping[str, Any], base: str) -> Iterator[Body]:
    for part in (*_mappings(_given(found, "content")), _summary(found)):
        value = text_of(part, "value")
        if value:
            is_plain = text_of(part, "type") == "text/plain" and not _MARKUP.search(value)
            own = link(text_of(part, "base"), base) or ""
            yield Body(value=value, is_plain=is_plain, base=own)


def _summary(found: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**_mapping(_given(found, "summary_detail")), "value": text_of(found, "summary")}


def _people(found: Mapping[str, Any]) -> Iterator[str]:
    for person in _mappings(_given(found, "authors"))[:_MOST_PEOPLE]:
        name, address = text_of(person, "name"), text_of(person, "email")
        if name or address:
            yield f"{address} ({name})" if name and address else name or address


def _categories(found: Mapping[str, Any]) -> Iterator[str]:
    for tag in _mappings(_given(found, "tags")):
        yield text_of(tag, "label") or text_of(tag, "term")


def _dates(found: Mapping[str, Any], *names: str) -> tuple[str, ...]:
    return tuple(filter(None, (text_of(found, name) for name in names)))


def _pictures(found: Mapping[str, Any]) -> Iterator[Picture]:
    media = _mappings(_given(found, "media_content"))[:_MOST_MEDIA]
    thumbnails = _mappings(_given(found, "media_thumbnail"))[:_MOST_MEDIA]
    links = _mappings(_given(found, "links"))
    enclosed = [one for one in links if text_of(one, "rel") == "enclosure"][:_MOST_MEDIA]
    for one in (*media, *thumbnails, *enclosed):
        picture = declared(
            url=text_of(one, "url") or text_of(one, "href"),
            kind=text_of(one, "type"),
            medium="image" if one in thumbnails else text_of(one, "medium"),
            width=text_of(one, "width"),
            height=text_of(one, "height"),
        )
        if picture:
            yield picture
    image = text_of(_mapping(_given(found, "image")), "href")
    if image:
        yield Picture(url=image)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _mappings(value: object) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
