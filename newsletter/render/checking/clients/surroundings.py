"""Looks a whole mail over first, for what a single element of it cannot know."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from newsletter.render.checking.clients.selectors import Elements
from newsletter.render.checking.clients.uses import Fact

_EXACT_LINES = re.compile(r"mso-line-height-rule\s*:\s*exactly", re.IGNORECASE)
_96_DPI = re.compile(r"<o:PixelsPerInch>\s*96\s*<", re.IGNORECASE)
# Conditional comments: all but classic Outlook skip what follows "[if mso]>" within one comment;
# classic Outlook skips what stands between the comments "[if !mso]><!" and "<![endif]".
_FOR_OUTLOOK = re.compile(r"\s*\[if\b[^\]]*(?<!!)\bmso\b", re.IGNORECASE)
_NOT_FOR_OUTLOOK = re.compile(r"\s*\[if\s+!\s*mso\b", re.IGNORECASE)
_END = re.compile(r"\s*<!\[endif\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The text of a `<style>` element, and whether it stands in the body."""

    css: str
    is_in_body: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What holds for the whole mail: its elements, its sheets, what classic Outlook is told.

    `anchors` are the names of empty anchors, which links within a mail can aim at.
    """

    elements: Elements
    sheets: tuple[Sheet, ...]
    facts: frozenset[Fact]
    anchors: frozenset[str]


def surroundings(root: Any) -> Surroundings:
    """Return what a mail's lxml *root* holds, as far as single uses depend on it."""
    elements = Elements()
    sheets: list[Sheet] = []
    facts: set[Fact] = set()
    anchors: set[str] = set()
    for element in root.iter():
        if not isinstance(element.tag, str):
            facts.update(_told_to_outlook(element.text or ""))
            continue
        elements.add(element.tag, element.attrib.items())
        if element.tag == "style":
            is_in_body = any(above.tag == "body" for above in element.iterancestors())
            sheets.append(Sheet(css=element.text or "", is_in_body=is_in_body))
        if element.tag == "a" and element.get("name") and not element.text:
            anchors.add(element.get("name"))
    return Surroundings(
        elements=elements,
        sheets=tuple(sheets),
        facts=frozenset(facts),
        anchors=frozenset(anchors),
    )


def _told_to_outlook(comment: str) -> Iterator[Fact]:
    if _FOR_OUTLOOK.match(comment):
        if has_exact_lines(comment):
            yield "exact lines"
        if _96_DPI.search(comment):
            yield "96 dpi"


def has_exact_lines(css: str) -> bool:
    """Return whether classic Outlook is told to keep to line heights."""
    return _EXACT_LINES.search(css) is not None


def hides_from_outlook(comment: str) -> bool | None:
    """Return whether classic Outlook skips what follows a comment, None if it changes nothing."""
    if _NOT_FOR_OUTLOOK.match(comment):
        return True
    return False if _END.match(comment) else None


def is_conditional(comment: str) -> bool:
    """Return whether a comment is an instruction to classic Outlook."""
    return comment.lstrip().lower().startswith(("[if", "<![endif"))
