"""Writes blocks of prose as safe HTML, as CommonMark and as plain text."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from markupsafe import escape

from newsletter.render import safe
from newsletter.render.merge_tags import broken
from newsletter.render.prose_blocks import (
    Block,
    Break,
    Code,
    Inline,
    Linked,
    Listing,
    Marked,
    Paragraph,
    Quote,
    Words,
)  # fmt: skip
from newsletter.render.wrapping import filled

_MARK_AT_END = re.compile(r"!$")


def as_html(blocks: Iterable[Block]) -> str:
    """Return *blocks* as HTML of the tags p a strong em ul ol li br code blockquote, bare."""
    return "".join(map(_html, blocks))


def _html(block: Block) -> str:
    match block:
        case Paragraph(inner):
            return f"<p>{_inline_html(inner)}</p>"
        case Listing(kind, items):
            return f"<{kind}>{''.join(f'<li>{_item_html(item)}</li>' for item in items)}</{kind}>"
        case Quote(inner_blocks):
            return f"<blockquote>{as_html(inner_blocks)}</blockquote>"


def _item_html(blocks: Sequence[Block]) -> str:
    first, *others = blocks
    if isinstance(first, Paragraph) and not any(isinstance(one, Paragraph) for one in others):
        return _inline_html(first.inner) + as_html(others)
    return as_html(blocks)


def _inline_html(inner: Iterable[Inline]) -> str:
    return "".join(map(_one_html, inner))


def _one_html(one: Inline) -> str:
    match one:
        case Words(text):
            return escape(text)
        case Code(text):
            return f"<code>{escape(text)}</code>"
        case Break():
            return "<br>"
        case Marked(kind, words):
            return f"<{kind}>{_inline_html(words)}</{kind}>"
        case Linked(url, words):
            return f'<a href="{escape(url)}">{_inline_html(words)}</a>'


def as_markdown(blocks: Iterable[Block]) -> str:
    """Return *blocks* as CommonMark without HTML."""
    return "\n\n".join(_markdown_blocks(blocks))


def _markdown_blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for kind, run in groupby(blocks, key=_kind):
        for place, block in enumerate(run):
            match block:
                case Paragraph(inner):
                    yield _inline_markdown(inner)
                case Quote(inner_blocks):
                    yield _behind("> ", as_markdown(inner_blocks))
                case Listing(_, items):
                    # Two lists in a row would be read as one; another bullet begins another list.
                    bullet = "-*"[place % 2] if kind == "ul" else ".)"[place % 2]
                    yield "\n".join(_items_markdown(items, bullet))


def _kind(block: Block) -> str:
    return block.kind if isinstance(block, Listing) else type(block).__name__


def _items_markdown(items: Iterable[Sequence[Block]], bullet: str) -> Iterator[str]:
    for number, item in enumerate(items, start=1):
        mark = f"{bullet} " if bullet in "-*" else f"{number}{bullet} "
        # A blank line within an item would set the whole list loose.
        gap = "\n" if [type(one) for one in item] == [Paragraph, Listing] else "\n\n"
        first, *others = gap.join(_markdown_blocks(item)).split("\n")
        yield "\n".join([mark + first, *(f"{' ' * len(mark)}{line}".rstrip() for line in others)])


def _behind(mark: str, text: str) -> str:
    return "\n".join(f"{mark}{line}".rstrip() for line in text.split("\n"))


def _inline_markdown(inner: Iterable[Inline]) -> str:
    return "".join(map(_one_markdown, inner))


def _one_markdown(one: Inline) -> str:
    match one:
        case Words(text):
            return _escaped(text)
        case Code(text):
            return _escaped(text) if "<" in text or "`" in text else f"`{text}`"
        case Break():
            return "\\\n"
        case Marked(kind, words):
            mark = "**" if kind == "strong" else "*"
            return f"{mark}{_inline_markdown(words)}{mark}"
        case Linked(url, words):
            return f"[{_inline_markdown(words)}]({safe.markdown_link(url)})"


def _escaped(text: str) -> str:
    # A bar opens a table in some dialects. An exclamation mark before a link makes a picture of it.
    return _MARK_AT_END.sub(r"\\!", safe.markdown(text).replace("|", "\\|"))


def as_text(blocks: Iterable[Block], notes: Mapping[str, int] | None = None, width: int = 0) -> str:
    """Return *blocks* as plain text in lines of at most *width* columns, 0 for as long as they are.

    Behind a link's words stands its number in *notes*, "[2]"; without notes its URL in brackets.
    """
    return "\n\n".join(_text(block, notes, width) for block in blocks)


def _text(block: Block, notes: Mapping[str, int] | None, width: int) -> str:
    match block:
        case Paragraph(inner):
            lines = broken(_inline_text(inner, notes)).split("\n")
            return "\n".join(filled(line, width) if width else line for line in lines)
        case Quote(inner_blocks):
            return _behind("> ", as_text(inner_blocks, notes, _narrower(width, 2)))
        case Listing(kind, items):
            found = []
            for number, item in enumerate(items, start=1):
                mark = "- " if kind == "ul" else f"{number}. "
                body = as_text(item, notes, _narrower(width, len(mark))).split("\n")
                rest = (f"{' ' * len(mark)}{line}".rstrip() for line in body[1:] if line)
                found.append("\n".join([mark + body[0], *rest]))
            return "\n".join(found)


def _narrower(width: int, by: int) -> int:
    return max(width - by, 20) if width else 0


def _inline_text(inner: Iterable[Inline], notes: Mapping[str, int] | None) -> str:
    def one_text(one: Inline) -> str:
        match one:
            case Words(text) | Code(text):
                return text
            case Break():
                return "\n"
            case Marked(_, words):
                return _inline_text(words, notes)
            case Linked(url, words):
                said = _inline_text(words, notes)
                if notes is not None:
                    return f"{said} [{notes[url]}]" if url in notes else said
                return said if said in (url, url.removeprefix("mailto:")) else f"{said} ({url})"

    return "".join(map(one_text, inner))


def links(blocks: Iterable[Block]) -> tuple[str, ...]:
    """Return the URLs that *blocks* lead to, in order, each as often as it is linked."""
    return tuple(_links(blocks))


def _links(blocks: Iterable[Block | Inline]) -> Iterator[str]:
    for one in blocks:
        match one:
            case Linked(url, _):
                yield url
            case Paragraph(inner) | Marked(_, inner):
                yield from _links(inner)
            case Quote(inner_blocks):
                yield from _links(inner_blocks)
            case Listing(_, items):
                for item in items:
                    yield from _links(item)
