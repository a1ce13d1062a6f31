"""Turns the editor's own Markdown into what each format prints."""

import re
from dataclasses import dataclass

from markupsafe import Markup

from newsletter.render.prose_blocks import Block, blocks
from newsletter.render.prose_writing import as_html, as_markdown, as_text, links

_TAGS = ("p", "a", "strong", "em", "ul", "ol", "li", "br", "code", "blockquote")
_OPENING = re.compile(r"<([a-z]+)((?: href=\"[^\"]*\")?)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A few words in every format: safe HTML of bare tags, CommonMark, plain text.

    `text` has each link's URL behind its words, `links` are these URLs in order. False where it
    says nothing.
    """

    html: Markup = Markup()
    markdown: str = ""
    text: str = ""
    links: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()

    @property
    def words(self) -> str:
        """Return what a reader reads in every format: the text without its links' URLs."""
        return as_text(self.blocks, {})

    def __bool__(self) -> bool:
        return bool(self.blocks)


def prose(source: str) -> Prose:
    """Return *source*, Markdown, in every format; what it holds of HTML counts for its text.

    Headings are printed strong, pictures as their alt texts, rows of tables as lines. Links lead to
    http, https and mailto addresses only; merge tags are broken by a space.
    """
    if not source.strip():
        return Prose()
    found = blocks(source)
    return Prose(
        html=Markup(as_html(found)),  # noqa: S704  of bare tags, all text escaped
        markdown=as_markdown(found),
        text=as_text(found),
        links=links(found),
        blocks=found,
    )


def styled(html: str, **styles: str) -> Markup:
    """Return the HTML of a `Prose` with attributes put into its bare tags, by the tag's name.

    `styled(html, p='class="i" style="margin:0"')`: mail programs keep no other styles.

    Raises:
        ValueError: a tag is named that prose does not have.
    """
    unknown = sorted(set(styles) - set(_TAGS))
    if unknown:
        raise ValueError(f"prose has no tag {unknown[0]!r}; it has {', '.join(_TAGS)}")

    def opened(tag: re.Match[str]) -> str:
        attributes = str(styles.get(tag[1], "")).strip()
        return f"<{tag[1]}{tag[2]}{' ' + attributes if attributes else ''}>"

    return Markup(_OPENING.sub(opened, str(html)))  # noqa: S704  the template's own attributes
