"""Reads an HTML file as mail programs do, and knows where in it everything stands."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree

from newsletter.model import Place
from newsletter.render.checking.vocabulary import LEAVING
from newsletter.render.safe import shortened

Element: TypeAlias = etree._Element

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NOT_PRINTED = frozenset({"head", "title", "style", "script", "template", "noscript"})
_EMPTY = b"<html><body></body></html>"
_SHOWN_CHARACTERS = 80
_AT_AN_END = 10  # links
# What shows nothing: spaces, joiners, and marks that fill a preheader up.
_INVISIBLE = re.compile(r"[\s\u00a0\u00ad\u034f\u200b-\u200f\u2060\u2007\ufeff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text that stands directly in one element."""

    element: Element
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An HTML file: as it is written, and as it is read.

    `elements` are all in reading order, `runs` the text below body that is not just space,
    `comments` with what they hold, conditional ones included. `story_of` has the story that an
    element belongs to, by `blocks`: the elements that hold a story each, by its id.
    """

    file: str
    source: str
    root: Element
    elements: tuple[Element, ...]
    runs: tuple[Run, ...]
    comments: tuple[Element, ...]
    blocks: Mapping[str, Element]
    story_of: Mapping[Element, str]

    def all(self, *tags: str) -> list[Element]:
        """Return the elements of these names, in reading order."""
        return [element for element in self.elements if element.tag in tags]

    def place(self, element: Element, text: str = "") -> Place:
        """Return where *element* stands; the text is its own where none is given."""
        return Place(
            file=self.file,
            line=element.sourceline,
            text=shortened(text or words(element), _SHOWN_CHARACTERS),
            story_id=self.story_of.get(element, ""),
        )

    def at(self, offset: int, text: str = "") -> Place:
        """Return the place that is *offset* characters into the source."""
        line = self.source.count("\n", 0, offset) + 1
        return Place(file=self.file, line=line, text=shortened(text, _SHOWN_CHARACTERS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link of a page: where it leads as it is written, what it says to the eye or the ear."""

    element: Element
    url: str
    text: str
    place: Place


def read(file: str, content: bytes, story_ids: frozenset[str]) -> Document:
    """Return *content* read as HTML; what is no HTML at all is read as an empty page."""
    source = content.decode("utf-8", "replace")
    root = _parsed(source.encode()) if source.strip() else None
    if root is None:
        root = etree.fromstring(_EMPTY, _parser())
    elements = tuple(one for one in root.iter() if isinstance(one.tag, str))
    blocks = _blocks(elements, story_ids)
    return Document(
        file=file,
        source=source,
        root=root,
        elements=elements,
        runs=tuple(_runs(root)),
        comments=tuple(root.iter(etree.Comment)),
        blocks=blocks,
        story_of={one: id_ for id_, block in blocks.items() for one in block.iter()},
    )


def links_of(document: Document) -> tuple[Link, ...]:
    """Return the links of *document*, in reading order."""
    return tuple(
        Link(
            element=one,
            url=(one.get("href") or "").strip(),
            text=_said(one),
            place=document.place(one, _said(one) or one.get("href") or ""),
        )
        for one in document.all("a", "area")
        if one.get("href") is not None
    )


def words(element: Element) -> str:
    """Return what *element* says, on one line: its text, and the alt texts of its pictures."""
    parts: list[str] = []
    for event, one in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if event == "start":
            parts += [one.get("alt") or "" if one.tag == "img" else one.text or ""]
        elif one is not element:
            parts.append(one.tail or "")
    return " ".join("".join(parts).split())


def bare(text: str) -> str:
    """Return *text* without what shows nothing, its words one space apart."""
    return _INVISIBLE.sub(" ", text).strip()


def _said(anchor: Element) -> str:
    said = anchor.get("aria-label") or words(anchor) or anchor.get("alt") or anchor.get("title")
    return bare(said or "")


def _parser() -> etree.HTMLParser:
    return etree.HTMLParser(encoding="utf-8", huge_tree=True)


def _parsed(content: bytes) -> Element | None:
    try:
        return etree.fromstring(content, _parser())
    except etree.XMLSyntaxError:
        return None


def _runs(root: Element) -> Iterator[Run]:
    """Yield the text below body in reading order; a tail belongs to the element around."""
    skipped = 0
    for event, one in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        is_element = isinstance(one.tag, str)
        if is_element and one.tag in _NOT_PRINTED:
            skipped += 1 if event == "start" else -1
        if skipped:
            continue
        inner = event == "start" and is_element
        text, owner = (one.text, one) if inner else (one.tail, one.getparent())
        if text and owner is not None and bare(text):
            yield Run(element=owner, text=text)


def _blocks(elements: tuple[Element, ...], story_ids: frozenset[str]) -> Mapping[str, Element]:
    """Return for each story the widest element that holds it and nothing but it.

    From what bears its id upward, as long as no other story, no other heading and no way out of the
    list come in.
    """
    marked = {one.get("id", ""): one for one in reversed(elements) if one.get("id") in story_ids}
    anchors = [one for one in elements if one.tag == "a"]
    # The way out stands at an end of a mail: no need to read all links for it.
    ways_out = set(filter(_leads_out, (*anchors[:_AT_AN_END], *anchors[-_AT_AN_END:])))
    held: dict[Element, tuple[int, int, int]] = {}
    for one in reversed(elements):  # from the leaves up: parents stand before their children
        stories, headings, exits = held.get(one, (0, 0, 0))
        stories += one.get("id") in marked and marked[one.get("id", "")] is one
        headings += one.tag in HEADINGS
        exits += one in ways_out
        held[one] = (stories, headings, exits)
        parent = one.getparent()
        if parent is not None:
            above = held.get(parent, (0, 0, 0))
            held[parent] = (above[0] + stories, above[1] + headings, above[2] + exits)
    return {id_: _widest(one, held) for id_, one in marked.items()}


def _leads_out(anchor: Element) -> bool:
    return bool(LEAVING.search(anchor.get("href") or "") or LEAVING.search(anchor.text or ""))


def _widest(element: Element, held: Mapping[Element, tuple[int, int, int]]) -> Element:
    block, parent = element, element.getparent()
    while parent is not None and parent.tag not in {"body", "html", "main"}:
        stories, headings, exits = held[parent]
        if stories > 1 or headings > 1 or exits:
            break
        block, parent = parent, parent.getparent()
    return block
