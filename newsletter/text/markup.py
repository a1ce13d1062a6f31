"""HTML in, plain text out: nothing that runs, hides or steers gets through."""

import html
import re
import unicodedata
from html.parser import HTMLParser

import nh3

# Controls, zero-width characters and bidi overrides (Unicode TR36, "Trojan Source"), and halves of
# surrogate pairs, which no encoding can write; the zero-width joiner stays, emoji and several
# scripts need it.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
_LINE_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_TWICE_ESCAPED = re.compile(r"&amp;(nbsp|amp|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-z]{4,8});")
_SPACES = re.compile(r"[^\S\n]+")

_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details div dl dt fieldset footer"
    " h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary table tbody td tfoot th thead"
    " tr ul".split()
)
_INLINE = frozenset("a abbr b cite code em i mark q s small span strong sub sup time u".split())
# Their text is never the article's: code, captions, menus, embedded players.
_DROPPED = frozenset(
    "audio button canvas embed figcaption figure form head iframe math nav noscript object script"
    " select style svg template textarea title video".split()
)


def tidy(text: str) -> str:
    """Return *text* in NFC without controls, bidi marks or runs of spaces, lines kept."""
    lines = _LINE_BREAKS.sub("\n", _INVISIBLE.sub("", _LINE_BREAKS.sub("\n", text))).split("\n")
    kept = "\n".join(_SPACES.sub(" ", line).strip() for line in lines)
    return unicodedata.normalize("NFC", kept).strip("\n")


def one_line(text: str) -> str:
    """Return *text* tidied, on one line: for titles, names and the like."""
    return " ".join(tidy(text).split())


def html_to_text(markup: str) -> str:
    """Return the readable text of an HTML fragment, one paragraph or heading a line.

    Pictures, captions, forms, players and everything that runs are left out (nh3, then the text
    of what it kept).
    """
    safe = nh3.clean(
        markup,
        tags=set(_BLOCKS | _INLINE),
        clean_content_tags=set(_DROPPED),
        attributes={},
        strip_comments=True,
        link_rel=None,
    )
    # Escaped twice, as by feeds that escape what their editor has escaped already.
    safe = _TWICE_ESCAPED.sub(r"&\1;", safe)
    reader = _TextReader()
    reader.feed(safe)
    reader.close()
    lines = (" ".join(tidy(line).split()) for line in "".join(reader.pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def title_text(markup: str) -> str:
    """Return a title that may hold HTML or escaped HTML as plain text on one line.

    Angle brackets that are no markup ("x < y") stay.
    """
    text = html.unescape(markup) if "&" in markup else markup
    opened = re.search(r"<(?:/?[a-zA-Z]|!--)", text)
    if opened and ">" in text[opened.end() :]:
        text = html_to_text(text).replace("\n", " ")
    return one_line(text)


class _TextReader(HTMLParser):
    """Collects the text of markup that nh3 has made well-formed, a line break at each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        # A line break in the source is only a space; `tidy` must not take it for a paragraph.
        self.pieces.append(_LINE_BREAKS.sub(" ", data).replace("\n", " "))
