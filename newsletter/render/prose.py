"""Turns the editor's own Markdown into what each format prints."""

from dataclasses import dataclass

import markdown
import nh3
from markupsafe import Markup

from newsletter.text.markup import html_to_text

_TAGS = {"p", "a", "strong", "em", "ul", "ol", "li", "br", "code", "blockquote"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A few words in every format: safe HTML without styles, CommonMark, plain text."""

    html: Markup = Markup()
    markdown: str = ""
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)


def prose(source: str) -> Prose:
    """Return *source*, Markdown, in every format; HTML that stands in it is not carried over."""
    html = nh3.clean(
        markdown.markdown(source),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    return Prose(html=Markup(html), markdown=source.strip(), text=html_to_text(html))  # noqa: S704
