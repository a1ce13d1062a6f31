"""How a manuscript is written: its headings, its markers, its comments, and lines set apart."""

import re
from collections.abc import Collection, Sequence

from newsletter.model import Opened

INTRO, NOTE, CLOSING = "Intro", "Note", "Closing"
TEXTS = (INTRO, NOTE, CLOSING)
LEFT_OUT = "Not in the issue"

HEADING = re.compile(r"(#{1,6})(?!#)(\s*)(.*)")
MARKER = re.compile(r"(?:^|(?<=[ \t]))\{#([^\s{}]+)\}[ \t]*$")
OPENED, CLOSED = "<!--", "-->"
# On one of the first lines: something may have come to stand above it.
STAMP = re.compile(
    r"(?:[^\r\n]*[\r\n]){0,9}?[\s\ufeff]{0,9}"
    r"<!-- newsletter edit (\S+), version (\d+), ([0-9a-f]{12})\b"
)

# What word processors and other editors make of a marker: emphasis, escapes, other blanks, marks of
# direction, a closing ## (CommonMark 0.31, 4.2).
_MARKED = re.compile(
    r"[\s\u200b-\u200f\u2066-\u2069]{0,9}([*_`]{0,3})\\?\{\s?\\?#\s?([^\s{}\\]+)\s?\\?\}\1"
    r"[\s\u200b-\u200f\u2066-\u2069]{0,9}#{0,6}$"
)
_SPLIT = re.compile(r"\r\n|\r|\n")
_SECTION = "section:"
_RESERVED = frozenset(name.casefold() for name in (*TEXTS, LEFT_OUT))
# What would be read as something else than text, did it not begin with a blank.
_TAKEN_FOR_MORE = re.compile(r"[^\S\n]*(?:#|<!--)|.*\{#[^\s{}]+\}[ \t]*$", re.DOTALL)


def lines_of(text: str) -> list[str]:
    """Return the lines of *text*, whichever way they end."""
    return _SPLIT.split(text)


def marked(title: str, ids: Collection[str]) -> tuple[str, str] | None:
    """Return headline and id of the story that a heading marks, None if it marks none.

    One of *ids* is known however the marker came to be written.
    """
    if found := MARKER.search(title):
        return one_line(title[: found.start()]), found[1]
    loose = _MARKED.search(title)
    return (one_line(title[: loose.start()]), loose[2]) if loose and loose[2] in ids else None


def one_line(text: str) -> str:
    """Return *text* on one line, with single blanks."""
    return " ".join(text.split())


def set_apart(line: str) -> str:
    """Return *line* of a text so that it is read as one: behind a blank where it must be."""
    return f" {line}" if _TAKEN_FOR_MORE.match(line) else line


def as_text(line: str) -> str:
    """Return the line of a text that `set_apart` may have put behind a blank."""
    return line[1:] if line.startswith(" ") and _TAKEN_FOR_MORE.match(line[1:]) else line


def comment(text: str) -> str:
    """Return *text* as a comment, which it cannot end."""
    return f"<!-- {one_line(text).replace('--', '––')} -->"


def section_heading(name: str) -> str:
    """Return the heading of the section *name*, told from those that every manuscript has."""
    plain = one_line(name)
    taken = plain.casefold() in _RESERVED or plain.casefold().startswith(_SECTION)
    is_plain = plain and not taken and not MARKER.search(plain)
    return f"# {plain}" if is_plain else f"# Section: {plain}"


def named(heading: str, sections: Sequence[str]) -> tuple[str, bool] | None:
    """Return the part that *heading* names and whether it is a section, None if it is none.

    Case and runs of blanks do not count, unless two sections differ in nothing else.
    """
    plain = one_line(heading)
    is_section = plain.casefold().startswith(_SECTION)
    if not is_section:
        for name in (*TEXTS, LEFT_OUT):
            if plain.casefold() == name.casefold():
                return name, False
    wanted = plain[len(_SECTION) :].strip() if is_section else plain
    for key in (one_line, _folded):
        for section in sections:
            if key(section) == key(wanted):
                return section, True
    return None


def section_names(opened: Opened) -> tuple[str, ...]:
    """Return all sections as they come in the issue, those without a story in their places."""
    printed = [section.name for section in opened.issue.sections]
    names = [*opened.sections, *(name for name in printed if name not in opened.sections)]
    if printed:  # a lead story brings its section to the front
        ahead = [printed[0], *(name for name in names if name != printed[0])]
        in_order = [name for name in names if name in printed]
        names = names if in_order == printed else ahead
    if [name for name in names if name in printed] == printed:
        return tuple(names)
    return (*printed, *(name for name in names if name not in printed))


def _folded(text: str) -> str:
    return one_line(text).casefold()
