"""OPML: lists of feeds from other programs, and for them (OPML 2.0, opml.org/spec2.opml)."""

import codecs
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass

from newsletter.config.quantities import web_url
from newsletter.errors import ParseError
from newsletter.model import Feed
from newsletter.text.markup import one_line

MAX_BYTES = 5_000_000  # what ten thousand feeds take, twice over
_MAX_TAGS = 60_000
_MAX_DEPTH = 30  # of folders in folders; nobody sorts feeds so
_MAX_NAME = 300
# Possessive: what is searched may have been written to make the search itself slow.
_OUTLINE = re.compile(
    r"""<(/?)outline\b(?:[^"'<>]|"[^"]*+"|'[^']*+')*+>""", re.IGNORECASE | re.DOTALL
)
_DECLARED = re.compile(rb"""\A\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})""")
_NOT_XML = re.compile("[\ufffe\uffff]")
_CATEGORY = re.compile(r"\bcategory\s*=", re.IGNORECASE)
_NO_FEED = "is a web page; newsletter feeds add finds the feed that it names"
_NESTED = " / "  # between the names of folders in folders


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A feed of an OPML file; `section` is its folder, "" where it lies in none."""

    url: str
    name: str | None = None
    section: str = ""


def read_opml(content: bytes) -> tuple[tuple[Listed, ...], tuple[tuple[str, str], ...]]:
    """Return the feeds that an OPML file lists, each once, and those that cannot be asked and why.

    The names of folders in folders are joined by " / ", of a feed in several folders the first
    counts. Titles become names, on one line.

    Raises:
        ParseError: it is no OPML, or so large or deep that no reader wrote it.
    """
    if len(content) > MAX_BYTES:
        raise ParseError(f"is larger than {MAX_BYTES / 1e6:g} MB; no list of feeds is")
    text = _decoded(content)
    if text.count("<") > _MAX_TAGS:
        raise ParseError(f"holds more than {_MAX_TAGS:,} tags; divide it")
    if "<!ENTITY" in text:
        raise ParseError("declares XML entities, as attacks do; it is not read")
    _check_depth(text)
    import listparser

    # The mark tells the parser below it which encoding this is.
    found = listparser.parse(codecs.BOM_UTF8 + text.encode("utf-8", "replace"))
    if not str(found["version"]).startswith("opml"):
        raise ParseError("is no OPML; export the list of feeds from your reader as OPML")
    # A feed's own `category` comes before its folders; of several folders the first is meant.
    folder = -1 if _CATEGORY.search(text) else 0
    feeds = []
    refused = [(one_line(one["url"])[:_MAX_NAME], _NO_FEED) for one in found["opportunities"]]
    for one in found["feeds"]:
        url = _url(one["url"])
        try:
            listed = Listed(
                url=web_url(url),
                name=_name(one.get("title", "")) or None,
                section=_section(one.get("categories", []), folder),
            )
        except ValueError as error:
            refused.append((one_line(url)[:_MAX_NAME], str(error)))
        else:
            feeds.append(listed)
    return tuple(feeds), tuple(refused)


def write_opml(title: str, feeds: Iterable[Feed]) -> bytes:
    """Return *feeds* as OPML 2.0, a folder for each section, in their order; disabled ones too."""
    root = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = _name(title)
    body = ET.SubElement(root, "body")
    folders: dict[str, ET.Element] = {}
    for feed in feeds:
        if feed.section not in folders:
            name = _name(feed.section)
            folders[feed.section] = ET.SubElement(body, "outline", text=name, title=name)
        name = _name(feed.name or "") or feed.url
        ET.SubElement(
            folders[feed.section], "outline", type="rss", text=name, title=name, xmlUrl=feed.url
        )
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _decoded(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    declared = _DECLARED.match(content)
    for encoding in (declared[1].decode("ascii") if declared else "utf-8", "utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding).removeprefix("\ufeff")
        except (LookupError, UnicodeError):
            continue
    return content.decode("latin-1")


def _check_depth(text: str) -> None:
    depth = 0
    for tag in _OUTLINE.finditer(text):
        if tag[1]:
            depth -= 1
        elif not tag[0].endswith("/>"):
            depth += 1
        if depth > _MAX_DEPTH:
            raise ParseError(f"has folders within folders more than {_MAX_DEPTH} deep")


def _url(url: str) -> str:
    url = url.strip()
    # What feed readers once registered for themselves: "feed://host/…" and "feed:https://host/…".
    if url.lower().startswith("feed://"):
        return f"http://{url[7:]}"
    return url[5:] if url.lower().startswith("feed:") else url


def _section(categories: list[list[str]], folder: int) -> str:
    names = [_name(name) for name in (categories[folder] if categories else [])]
    return _name(_NESTED.join(name for name in names if name))


def _name(text: str) -> str:
    return _NOT_XML.sub("", one_line(text[: 4 * _MAX_NAME]))[:_MAX_NAME].strip()
