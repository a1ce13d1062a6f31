"""JSON Feed 1.0 and 1.1 (jsonfeed.org): text in, entries out, whatever types its fields have."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from newsletter.errors import ParseError
from newsletter.parse.feed.entries import Body, Entry
from newsletter.parse.feed.images import Picture, declared
from newsletter.text.markup import one_line

_MOST_VALUES = 1_500_000  # brackets and commas: each value takes a hundred times its bytes
_MOST_PEOPLE = 20
_MOST_DIGITS = 100
_MOST_ATTACHMENTS = 30

_Object = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class JsonFeed:
    """A JSON Feed: its title and language, and its items as they stand."""

    title: str
    language: str
    items: tuple[_Object, ...]


def looks_like_json(content: bytes) -> bool:
    """Tell whether a document (UTF-8) is written in JSON rather than in XML."""
    return content[:1] in {b"{", b"["}


def json_feed(content: bytes) -> JsonFeed:
    """Return the JSON Feed that *content* (UTF-8) is; items that are no objects fall out.

    Raises:
        ParseError: it is damaged, or JSON of another kind.
    """
    if sum(content.count(mark) for mark in (b"{", b"[", b",")) > _MOST_VALUES:
        raise ParseError("holds more values than a feed has; it is not read")
    try:
        found = json.loads(content.decode("utf-8"), parse_int=_integer)
    except RecursionError as error:
        raise ParseError("nests its values far too deep to be a feed") from error
    except ValueError as error:
        raise ParseError(f"is damaged: {one_line(str(error))[:200]}") from error
    if not isinstance(found, Mapping):
        raise ParseError("is no feed: it is JSON, but not a JSON Feed")
    items = found.get("items")
    if "jsonfeed.org" not in _text(found, "version") and not _is_like_a_feed(found):
        raise ParseError("is no feed: it is JSON, but not a JSON Feed")
    return JsonFeed(
        title=_text(found, "title"),
        language=_text(found, "language"),
        items=tuple(_objects(items)),
    )


def entry_of_item(item: _Object, url: str) -> Entry:
    """Return the entry that an item is; *url* is the document's."""
    external, own = _text(item, "external_url"), _text(item, "url")
    return Entry(
        guid=_identity(item),
        # The item's own page; a link post without one is about the page that it links to.
        link=own or external,
        base=url,
        title=_text(item, "title"),
        bodies=tuple(_bodies(item)),
        people=tuple(_people(item)),
        categories=tuple(tag for tag in _list(item, "tags") if isinstance(tag, str)),
        published=_date(item, "date_published"),
        updated=_date(item, "date_modified"),
        language=_text(item, "language"),
        pictures=tuple(_pictures(item)),
    )


def _integer(digits: str) -> int:
    # Python refuses numbers of thousands of digits; no field of a feed needs more than a few.
    return int(digits) if len(digits) <= _MOST_DIGITS else 0


def _is_like_a_feed(found: _Object) -> bool:
    """Tell whether JSON without a version is a feed for all that: it has items with texts."""
    items = _objects(found.get("items"))
    said = ("content_html", "content_text", "date_published")
    return any(isinstance(item.get(name), str) for item in items[:20] for name in said)


def _identity(item: _Object) -> str:
    value = item.get("id")
    # 1.1, "id": readers must take a number for the text that it is.
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number else value if isinstance(value, str) else ""


def _bodies(item: _Object) -> Iterator[Body]:
    for name in ("content_html", "content_text", "summary"):
        value = _text(item, name)
        if value:
            yield Body(value=value, is_plain=name != "content_html")


def _people(item: _Object) -> Iterator[str]:
    for author in [*_objects(item.get("authors")), item.get("author")][:_MOST_PEOPLE]:
        if isinstance(author, Mapping) and _text(author, "name"):
            yield _text(author, "name")


def _pictures(item: _Object) -> Iterator[Picture]:
    for name in ("image", "banner_image"):
        if _text(item, name):
            yield Picture(url=_text(item, name))
    for attachment in _objects(item.get("attachments"))[:_MOST_ATTACHMENTS]:
        picture = declared(url=_text(attachment, "url"), kind=_text(attachment, "mime_type"))
        if picture:
            yield picture


def _date(item: _Object, name: str) -> tuple[str, ...]:
    value = item.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)  # Unix time, against the specification
    return (value,) if isinstance(value, str) and value else ()


def _text(item: _Object, name: str) -> str:
    value = item.get(name)
    return value if isinstance(value, str) else ""


def _list(item: _Object, name: str) -> list[Any]:
    value = item.get(name)
    return value if isinstance(value, list) else []


def _objects(value: object) -> list[_Object]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
