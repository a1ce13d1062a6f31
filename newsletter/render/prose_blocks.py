"""Reads the editor's Markdown into blocks of the few kinds that every format can print."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import markdown
import nh3
from lxml import html

from newsletter.render.merge_tags import broken
from newsletter.render.safe import link, plain


@dataclass(frozen=True, slots=True)
class Words:
    """A run of text, safe to print once it is escaped."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """A run of text as a program has it."""

    text: str


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line within a paragraph."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Words that are strong or emphasised."""

    kind: Literal["strong", "em"]
    inner: "tuple[Inline, ...]"


@dataclass(frozen=True, slots=True)
class Linked:
    """Words that lead to `url`, an http, https or mailto address."""

    url: str
    inner: "tuple[Inline, ...]"


Inline = Words | Code | Break | Marked | Linked


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words that stand together; never empty."""

    inner: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, numbered from 1 or not; each item holds at least one block."""

    kind: Literal["ul", "ol"]
    items: "tuple[tuple[Block, ...], ...]"


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody else said: at least one block."""

    blocks: "tuple[Block, ...]"


Block = Paragraph | Listing | Quote

_DEEPEST = 4  # lists and quotations in one another; what is deeper is printed at this depth
_MARKS: Mapping[str, Literal["strong", "em"]] = {
    "strong": "strong", "b": "strong", "em": "em", "i": "em", "cite": "em",
}  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_HOLDING = frozenset(("div", "table", "thead", "tbody", "li", "section", "article"))
_BLOCKS = frozenset(("p", "pre", "blockquote", "ul", "ol", "hr", "tr", *_HEADINGS, *_HOLDING))
_TAGS = {*_BLOCKS, *_MARKS, "a", "br", "code", "img", "td", "th"}
# Halves of surrogate pairs and controls: no parser takes them.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"\s+")


def blocks(source: str) -> tuple[Block, ...]:
    """Return *source*, Markdown, in blocks.

    Headings become strong paragraphs (the page has its own), pictures their alt texts, rows of a
    table lines. HTML counts for its text; what would run, and merge tags, do nothing. What nests
    so deeply that it cannot be read stands as it was written.
    """
    try:
        return _read(source)
    except RecursionError:
        lines = (plain(line) for line in source.splitlines())
        return tuple(Paragraph((Words(line),)) for line in lines if line)


def _read(source: str) -> tuple[Block, ...]:
    reader = markdown.Markdown(extensions=["sane_lists", "tables"])
    # It keeps the Markdown in a block of HTML from being read.
    reader.preprocessors.deregister("html_block")
    made = nh3.clean(
        reader.convert(_UNPRINTABLE.sub(" ", source)),
        tags=_TAGS,
        attributes={"a": {"href"}, "img": {"alt"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    # Without huge_tree it leaves out what is nested more than 256 deep, and does not say so.
    parser = html.HTMLParser(huge_tree=True)
    return tuple(_blocks(html.fragment_fromstring(made, create_parent="div", parser=parser), 0))


def _blocks(parent: html.HtmlElement, depth: int) -> Iterator[Block]:
    """Yield what *parent* holds; words between blocks are paragraphs of their own."""
    loose: list[Inline] = []
    for node in _nodes(parent):
        if isinstance(node, str) or node.tag not in _BLOCKS:
            loose += _inline(node)
            continue
        yield from _paragraph(loose)
        loose = []
        yield from _block(node, depth)
    yield from _paragraph(loose)


def _block(node: html.HtmlElement, depth: int) -> Iterator[Block]:
    match node.tag:
        case ("ul" | "ol") as kind if depth < _DEEPEST:
            items = (tuple(_blocks(item, depth + 1)) for item in node.iterchildren("li"))
            found = tuple(item for item in items if item)
            if found:
                yield Listing(kind, found)
        case "blockquote" if depth < _DEEPEST:
            inner = tuple(_blocks(node, depth + 1))
            if inner:
                yield Quote(inner)
        case "pre":
            lines = [plain(line) for line in node.text_content().splitlines()]
            yield from _paragraph(_apart([[Code(line)] for line in lines if line], Break()))
        case "tr":
            cells = [_tidy(_inside(cell)) for cell in node]
            yield from _paragraph(_apart([cell for cell in cells if cell], Words(" · ")))
        case tag if tag in _HEADINGS:
            yield from _paragraph(list(_within(_marked("strong"), _inside(node))))
        case "p":
            yield from _paragraph(_inside(node))
        case _:
            yield from _blocks(node, depth)


def _nodes(parent: html.HtmlElement) -> Iterator[str | html.HtmlElement]:
    if parent.text:
        yield parent.text
    for child in parent.iterchildren():
        yield child
        if child.tail:
            yield child.tail


def _inside(parent: html.HtmlElement) -> list[Inline]:
    return [found for node in _nodes(parent) for found in _inline(node)]


def _inline(node: str | html.HtmlElement) -> Iterator[Inline]:
    if isinstance(node, str):
        yield from _words(node)
        return
    match node.tag:
        case "br":
            yield Break()
        case "img":
            yield from _words(node.get("alt") or "")
        case "code":
            text = plain(node.text_content())
            if text:
                yield Code(text)
        case "a":
            url = link(node.get("href"))
            inner = _inside(node)
            yield from _within(lambda words: Linked(url, words), inner) if url else inner
        case str(tag) if tag in _MARKS:
            yield from _within(_marked(_MARKS[tag]), _inside(node))
        case _:
            yield from _inside(node)


def _words(text: str) -> Iterator[Inline]:
    said = plain(text)
    spaced = _SPACES.sub(" ", text)
    before, after = spaced.startswith(" "), spaced.endswith(" ")
    if said or before:
        yield Words(f"{' ' * before}{said}{' ' * (after and bool(said))}")


def _marked(kind: Literal["strong", "em"]) -> Callable[[tuple[Inline, ...]], Inline]:
    """Return what marks words; what in them is marked so already is not marked twice."""

    def made(words: tuple[Inline, ...]) -> Inline:
        flat: list[Inline] = []
        for one in words:
            flat += one.inner if isinstance(one, Marked) and one.kind == kind else (one,)
        return Marked(kind, tuple(_tidy(flat)))

    return made


def _within(made: Callable[[tuple[Inline, ...]], Inline], inner: list[Inline]) -> Iterator[Inline]:
    """Yield *inner* within a mark, the spaces at its edges outside: within, they would break it."""
    words = _tidy(inner)
    if inner and isinstance(inner[0], Words) and inner[0].text.startswith(" "):
        yield Words(" ")
    if words:
        yield made(tuple(words))
        if isinstance(inner[-1], Words) and inner[-1].text.endswith(" "):
            yield Words(" ")


def _paragraph(inner: Sequence[Inline]) -> Iterator[Paragraph]:
    words = _tidy(inner)
    if words:
        yield Paragraph(tuple(words))


def _apart(parts: Sequence[Sequence[Inline]], between: Inline) -> list[Inline]:
    return [one for part in parts for one in (between, *part)][1:]


def _tidy(inner: Iterable[Inline]) -> list[Inline]:
    """Return *inner*: runs joined, one space at a time, neither spaces nor breaks at an edge."""
    found: list[Inline] = []
    for one in inner:
        last = found[-1] if found else Break()
        match one, last:
            case Words(text), Words(before):
                found[-1] = Words(broken(_SPACES.sub(" ", before + text)))
            case Words(text), Break():
                if text.strip():
                    found.append(Words(text.lstrip()))
            case Break(), Words(before):
                found[-1:] = [Words(before.rstrip()), one]
            case Break(), Break():
                pass
            case _:
                found.append(one)
    while found and isinstance(found[-1], Break):
        found.pop()
    match found:
        case [*_, Words(text)]:
            found[-1] = Words(text.rstrip())
    return found
