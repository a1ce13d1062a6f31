"""What a seed of any kind says of itself, before it becomes an article."""

from dataclasses import dataclass
from datetime import datetime

from newsletter.errors import ParseError


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A document's own words: what it does not say is "" or None, and nothing is guessed.

    `guid` is an identity of the document's own, such as a Message-ID; `lines` are paragraphs.
    """

    title: str = ""
    lines: tuple[str, ...] = ()
    url: str | None = None
    source: str = ""
    author: str = ""
    published: datetime | None = None
    language: object = None
    guid: tuple[str, str] | None = None
    image: str | None = None


def needs(library: str) -> ParseError:
    """Return the error that says how to install the *library* that a kind of document needs."""
    return ParseError(
        f"needs {library} to be read; install it: pip install 'newsletter[documents]'"
    )
