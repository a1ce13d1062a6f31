"""Word documents in, paragraphs out: through mammoth's HTML."""

import html
import re
import zipfile
from typing import Any

from newsletter.errors import ParseError
from newsletter.parse.document.found import Found, needs
from newsletter.parse.document.nesting import refuse_deep
from newsletter.parse.document.paragraphs import html_lines
from newsletter.parse.document.streams import Stream
from newsletter.text.markup import one_line

_MAX_UNPACKED = 30_000_000  # bytes of text parts: a thousand pages are 5 MB
_MAX_PARTS = 5_000
# What is never read as XML; a part that is may have any other name that the package gives it.
_NOT_READ = (
    ".bin",
    ".bmp",
    ".emf",
    ".gif",
    ".jpeg",
    ".jpg",
    ".odttf",
    ".png",
    ".tif",
    ".tiff",
    ".wmf",
)
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh"
# Notes stand at the end, each reference to one is a linked number: neither is running text.
_NOTES = re.compile(r'<ol><li id="(?:foot|end)note-.*', re.DOTALL)
_NOTE_MARKS = re.compile(r'<sup><a href="#(?:foot|end)note-[^"]*"[^>]*>[^<]*</a></sup>')
_NO_TITLE = re.compile(r"untitled|document\d*|microsoft word\b|.*\.docx?$", re.IGNORECASE)


def read_docx(content: bytes) -> Found:
    """Return what a Word document (ECMA-376) holds, without notes, comments and pictures.

    The title is the heading that it begins with, else its properties', else "". It has no date:
    that of the file, or of its template, says nothing of when the text was published.

    Raises:
        ParseError: mammoth is missing; the file is damaged, locked, or unpacks without end.
    """
    try:
        import mammoth
    except ImportError as error:
        raise needs("mammoth") from error
    if content.startswith(b"\xd0\xcf\x11\xe0"):  # the older container: .doc, or encrypted
        raise ParseError("is locked, or of an old kind; save it as .docx without a password")
    try:
        about = _properties(content)
        converted = mammoth.convert_to_html(
            Stream(content),
            style_map=_STYLES,
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(_no_picture),
        ).value
    except (MemoryError, ParseError):
        raise
    except Exception as error:
        said = one_line(f"{type(error).__name__}: {error}")[:200]
        raise ParseError(f"is damaged, or no Word document: {said}") from error
    markup = _NOTE_MARKS.sub("", _NOTES.sub("", converted))
    refuse_deep(markup)
    lines, heading = html_lines(markup)
    named = _property(about, "dc:title")
    title = heading or ("" if _NO_TITLE.match(named) or " " not in named else named)
    author = _property(about, "dc:creator")
    return Found(
        title=title,
        lines=tuple(line for line in lines if line != title),
        author=author if " " in author else "",
        language=_property(about, "dc:language"),
    )


def _no_picture(image: Any) -> dict[str, str]:
    del image
    return {}


def _properties(content: bytes) -> str:
    """Return the XML of the document's properties, once it is safe to unpack the rest."""
    with zipfile.ZipFile(Stream(content)) as package:
        parts = package.infolist()
        texts = [part for part in parts if not _is_picture(part)]
        if len(parts) > _MAX_PARTS or sum(part.file_size for part in texts) > _MAX_UNPACKED:
            raise ParseError("unpacks to far more than any document holds; it is not read")
        for part in texts:
            with package.open(part) as opened:
                # Word writes no such declaration; what blows up needs one, behind whatever comment.
                if b"<!ENTITY" in opened.read().replace(b"\0", b""):
                    raise ParseError("declares XML entities, as attacks do; it is not read")
        names = {part.filename for part in parts}
        if "docProps/core.xml" not in names:
            return ""
        with package.open("docProps/core.xml") as opened:
            return opened.read(100_000).decode("utf-8", "replace")


def _is_picture(part: zipfile.ZipInfo) -> bool:
    return part.filename.lower().endswith(_NOT_READ)


def _property(about: str, name: str) -> str:
    found = re.search(rf"<{name}\b[^>]*>([^<]*)</{name}>", about)
    return one_line(html.unescape(found[1]))[:200] if found else ""
