"""Where paragraphs end and which line is a heading: what plain text does not say of itself."""

import re
from collections.abc import Iterator, Sequence

from newsletter.text.boilerplate import reason_against
from newsletter.text.markup import html_to_text, one_line, tidy

_HEADING = re.compile(r"\s*<h([1-6])\b[^>]*>(.*?)</h\1>", re.DOTALL)
_WRAPPED_AT = 100  # characters: a text whose lines are all shorter was wrapped by hand
_FULL = 0.7  # of the longest line: one that leaves more room free was broken on purpose
_TITLE_WORDS = 30


def html_lines(markup: str) -> tuple[list[str], str]:
    """Return the lines of a document in HTML, and the heading that it begins with or ""."""
    heading = _HEADING.match(markup)
    title = one_line(html_to_text(heading[2])) if heading else ""
    lines = html_to_text(markup).split("\n")
    return lines, title if title in lines else ""


def plain_lines(body: str) -> list[str]:
    """Return the paragraphs of plain text; lines wrapped by hand are joined again."""
    blocks = [block for block in re.split(r"\n\s*\n", tidy(body)) if block.strip()]
    width = max((len(line) for block in blocks for line in block.split("\n")), default=0)
    if len(blocks) > 1 and width <= _WRAPPED_AT:
        return [line for block in blocks for line in _unwrapped(block, width)]
    return [line for block in blocks for line in block.split("\n") if line]


def _unwrapped(block: str, width: int) -> Iterator[str]:
    """Yield a block's paragraphs: a line goes on in the next unless it ends well before *width*.

    That way neither a heading nor a byline without an empty line after it is drawn into the text.
    """
    lines = block.strip("\n").split("\n")
    paragraph = ""
    for number, line in enumerate(lines):
        paragraph = f"{paragraph} {line}".strip()
        following = lines[number + 1].split(" ", 1)[0] if number + 1 < len(lines) else ""
        if not following or len(line) + 1 + len(following) < _FULL * width:
            yield paragraph
            paragraph = ""


def title_line(lines: Sequence[str]) -> str | None:
    """Return the first line that can be a heading, if it stands before the first sentence."""
    for line in lines[:-1]:
        if reason_against(line) or not any(mark.isalnum() for mark in line):
            continue
        ends_like_text = line.rstrip("”’\"')]").endswith((".", ",", ";", ":", "…", "。"))
        abbreviation = re.search(r"\b[A-Z]\.$", line)
        if len(line.split()) <= _TITLE_WORDS and (not ends_like_text or abbreviation):
            return line
        return None
    return None
