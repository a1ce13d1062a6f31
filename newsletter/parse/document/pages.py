"""Web pages in, article text out: the article told from its page by trafilatura."""

import re
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from newsletter.errors import ParseError
from newsletter.model import Document, Page
from newsletter.parse.document.decoding import decoded
from newsletter.parse.document.metadata import Metadata, metadata_of
from newsletter.parse.languages import language_of
from newsletter.text.clean import clean
from newsletter.text.markup import one_line, tidy

_MAX_HTML = 3_000_000  # bytes: what follows is no longer the article of any page
_MAX_TEXT = 200_000  # characters, as of a feed's entry
_LEAST_TEXT = 200  # characters of clean text: notices of consent, payment or error stay below
# Extraction takes time with the square of the paragraphs: 20,000 take ten seconds. The longest
# pages that people write, whole books, have 3,000.
_MAX_PARAGRAPHS = 4_000
_MAX_ELEMENTS = 60_000
_PARAGRAPHS = ("p", "li", "br", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6")
_MAX_ATTRIBUTES = 1_000  # of one element
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{4000,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_TAG = re.compile(r"<[a-zA-Z!]")
_BULLET = re.compile(r"^[-•*]\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageJob:
    """A web page to be parsed: what came, and the language where the page names none.

    `asked` is the URL that was asked for, by which the caller knows the page again.
    """

    document: Document
    language: str
    asked: str = ""


def parse_page(job: PageJob) -> Page:
    """Return the article that a web page holds, its text one paragraph a line.

    The text is tidied, not cleaned: captions and the like leave it later, as with feeds.

    Raises:
        ParseError: it is empty, no web page, or holds no article that could be told from the rest.
    """
    markup = decoded(job.document.content[:_MAX_HTML], job.document.content_type)
    if not markup.strip():
        raise ParseError("is empty")
    if not _TAG.search(markup):
        raise ParseError("is no web page")
    _refuse_crowded(markup)
    try:
        found, lines = _understood(markup, job.document.url)
    except (MemoryError, ParseError):
        raise
    except Exception as error:
        said = one_line(f"{type(error).__name__}: {error}")[:200]
        raise ParseError(f"cannot be understood: {said}") from error
    if lines[:1] == [found.title]:
        del lines[0]
    text = "\n".join(lines)[:_MAX_TEXT].rstrip()
    if sum(map(len, clean(text).paragraphs)) < _LEAST_TEXT:
        raise ParseError("holds no article text that could be told from the rest")
    return Page(
        url=job.document.url,
        canonical=found.canonical,
        title=found.title,
        text=text,
        author=found.author,
        source=found.source,
        published=found.published,
        language=language_of(found.language, job.language),
        image=found.image,
    )


def _understood(markup: str, url: str) -> tuple[Metadata, list[str]]:
    # Only now: a gather that reads no page need not wait for it.
    import lxml.html

    parser = lxml.html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False
    )
    tree = lxml.html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    _refuse_endless(tree)
    return metadata_of(tree, url), _article_lines(tree, markup)


def _refuse_crowded(markup: str) -> None:
    # The parser holds each attribute against all the others of its element.
    for tag in _LONG_TAG.finditer(markup):
        if len(_QUOTED.sub("", tag[0]).split()) > _MAX_ATTRIBUTES:
            raise ParseError(
                "has more attributes than anything that somebody wrote; it is not read"
            )


def _refuse_endless(tree: Any) -> None:
    elements = sum(1 for _ in tree.iter())
    paragraphs = sum(1 for _ in tree.iter(*_PARAGRAPHS))
    if elements > _MAX_ELEMENTS or paragraphs > _MAX_PARAGRAPHS:
        raise ParseError("has more parts than any article that somebody wrote; it is not read")


def _article_lines(tree: Any, markup: str) -> list[str]:
    """Return the paragraphs of the article in *tree*; those in tables if there are no others.

    The second try begins with the *markup*, some faults of which trafilatura repairs by itself.
    """
    from trafilatura import bare_extraction

    lines: list[str] = []
    # It takes apart what it is given, and complains of markup that does not begin as a page does.
    second = markup if "html" in markup[:50].lower() else deepcopy(tree)
    for given, with_tables in ((deepcopy(tree), False), (second, True)):
        found = bare_extraction(
            given,
            fast=True,
            include_comments=False,
            include_tables=with_tables,
            with_metadata=False,
        )
        text = getattr(found, "text", None) or ""
        lines = [_BULLET.sub("", line) for line in tidy(text).split("\n") if line.strip()]
        if sum(map(len, lines)) >= _LEAST_TEXT:
            break
    return lines
