"""PDF in, paragraphs out: pages become running text, through pypdf."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from newsletter.errors import ParseError
from newsletter.parse.document.found import Found, needs
from newsletter.parse.document.paragraphs import title_line
from newsletter.parse.document.streams import Stream
from newsletter.text.markup import one_line, tidy

_MAX_PAGES = 200
_MAX_TEXT = 200_000  # characters, as of a feed's entry
_LEAST_TEXT = 40  # characters: page numbers and stamps on scanned pages stay below
_FULL = 0.8  # of the usual line: one that leaves more room free ends its paragraph
_SHORT = 0.6  # of the usual line: a heading is rarely longer
_FURNITURE = 3  # pages, or both of two, on which a first or last line recurs if it is no text
_EDGE = 2  # lines at the top and the bottom of a page that may be furniture
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|p|seite|s|página|pagina|pág|pag|sida|side|blz)\W{1,2})?\d{1,4}"
    r"(?:\W{1,3}(?:(?:of|von|de|di|sur|van|av|af)\W)?\d{1,4})?\W*",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.!?:;,…。！？][\"'”’»)\]]*$")
_BROKEN_WORD = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]$")
_LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}
)
_NO_TITLE = re.compile(
    r"untitled|unbenannt|sans titre|document\d*|slide \d|microsoft (?:word|powerpoint|excel)\b"
    r"|.*\.(?:docx?|pdf|pptx?|xlsx?|indd|tex|dvi|qxp|html?|odt|rtf|txt)$|.*[/\\_=]",
    re.IGNORECASE,
)


def read_pdf(content: bytes) -> Found:
    """Return what a PDF holds: words broken at line ends made whole, paragraphs joined.

    The title is its metadata's, where that is no file name, else its first line that can be a
    heading. It has no date: that of the file says nothing of when the text was published.

    Raises:
        ParseError: pypdf is missing; the file is damaged, locked, or only pictures of pages.
    """
    try:
        import pypdf
    except ImportError as error:
        raise needs("pypdf") from error
    try:
        reader = pypdf.PdfReader(_stream(content))
        _refuse_locked(reader)
        pages, has_pictures = _pages(reader)
        about: Any = reader.metadata or {}
        named, author = (_entry(about, key) for key in ("/Title", "/Author"))
    except (MemoryError, ParseError):
        raise
    except pypdf.errors.DependencyError as error:
        raise ParseError("is locked; save it without a password") from error
    except Exception as error:
        said = one_line(f"{type(error).__name__}: {error}")[:200]
        raise ParseError(f"is damaged, or no PDF: {said}") from error
    lines = list(_paragraphs(_without_furniture(pages)))
    if sum(map(len, lines)) < _LEAST_TEXT:
        raise ParseError(
            "holds pictures of pages and no text; let a program for text recognition (OCR) read it"
            if has_pictures
            else "is empty"
        )
    heading = title_line(lines)
    title = "" if _NO_TITLE.match(named) or " " not in named else named
    if heading and title in {"", heading}:
        title = heading
        lines.remove(heading)
    return Found(title=title, lines=tuple(lines), author=author if " " in author else "")


def _stream(content: bytes) -> Any:
    return Stream(content)


def _refuse_locked(reader: Any) -> None:
    # Many are encrypted without a password, only to forbid printing.
    if reader.is_encrypted and not reader.decrypt(""):
        raise ParseError("is locked with a password; save it without one")


def _pages(reader: Any) -> tuple[list[list[str]], bool]:
    """Return the lines of each page, and whether there are pictures on any of them."""
    pages: list[list[str]] = []
    size, has_pictures = 0, False
    for page in reader.pages[:_MAX_PAGES]:
        text = page.extract_text()
        pages.append([line for line in _tidied(text) if line])
        has_pictures = has_pictures or "/XObject" in (page.get("/Resources") or {})
        size += len(text)
        if size >= _MAX_TEXT:
            break
    return pages, has_pictures


def _tidied(text: str) -> list[str]:
    # A soft hyphen at the end of a line is one to be undone; `tidy` takes the others out.
    text = re.sub("\u00ad[ \t]*\n", "\u2010\n", text[:_MAX_TEXT])
    return tidy(text.translate(_LIGATURES)).split("\n")


def _entry(about: Any, key: str) -> str:
    value = about.get(key)
    return one_line(value[:500])[:200] if isinstance(value, str) else ""


def _without_furniture(pages: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of all pages without page numbers and running heads and feet."""
    edges = Counter(
        shape for page in pages for shape in {_shape(page[row]) for row in _edge_rows(page)}
    )
    often = min(_FURNITURE, max(2, len(pages)))
    kept: list[str] = []
    for page in pages:
        dropped = {
            row
            for row in _edge_rows(page)
            if edges[_shape(page[row])] >= often or _PAGE_NUMBER.fullmatch(page[row])
        }
        kept.extend(line for row, line in enumerate(page) if row not in dropped)
    return kept


def _edge_rows(page: Sequence[str]) -> set[int]:
    rows, edge = range(len(page)), min(_EDGE, len(page) // 3)
    return {*rows[:edge], *rows[len(rows) - edge :]}


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", line.casefold())


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """Yield paragraphs: a line goes on in the next unless it ends well before the usual width."""
    lengths = sorted(map(len, lines))
    width = lengths[int(len(lengths) * 0.9)] if lengths else 0
    whole = " ".join(lines)
    paragraph = ""
    for number, line in enumerate(lines):
        paragraph = _joined(paragraph, line, whole)
        following = lines[number + 1] if number + 1 < len(lines) else ""
        first = following.split(" ", 1)[0]
        goes_on = len(line) + 1 + len(first) >= _FULL * width and not (
            _ENDED.search(line) and _is_heading(following, width)
        )
        if not (following[:1].islower() or _BROKEN_WORD.search(line) or goes_on):
            yield paragraph
            paragraph = ""
    if paragraph:
        yield paragraph


def _is_heading(line: str, width: int) -> bool:
    # The last line of a paragraph may be as short, but ends with a stop.
    return len(line) < _SHORT * width and not _ENDED.search(line)


def _joined(paragraph: str, line: str, whole: str) -> str:
    broken = _BROKEN_WORD.search(paragraph[-60:]) if line[:1].islower() else None
    if not broken:
        return f"{paragraph} {line}".strip()
    rest = re.match(r"\w+", line)
    # A hyphen of the word's own: it is written so elsewhere, within a line.
    own = f"{broken[1]}-{rest[0] if rest else ''}"
    return paragraph + line if own in whole else paragraph[:-1] + line
