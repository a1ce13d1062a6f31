"""HTML in, plain text out: nothing that runs, hides or steers gets through."""

import html
import re
import unicodedata

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
_MARKUP = re.compile("<(?:/?[a-zA-Z]|!--)")
_TAG = re.compile(r"</?([a-z][a-z0-9]*)>")
# The parser below nh3 takes quadratic time for character references and elements in elements.
_AMPERSAND = "\ufdd0"  # stands for one meanwhile; no text holds such codes (Unicode 23.7)
_BLOCK = "\ufdd1"  # stands for where one begins or ends
_ANY_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
_MOST_TAGS = 1_000  # a text of fewer is not looked at: it cannot take long
_DEEPEST = 150  # elements in elements; what somebody wrote has some thirty

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
# Elements that may be left open without holding what follows.
_NOT_NESTED = frozenset(
    "area base br col dd dt embed hr img input li link meta option p param source td th tr track"
    " wbr".split()
)
_CLEANER = nh3.Cleaner(
    tags=set(_BLOCKS | _INLINE),
    clean_content_tags=set(_DROPPED),
    attributes={"*": set()},
    strip_comments=True,
    link_rel=None,
)


def tidy(text: str) -> str:
    """Return *text* in NFC without controls, bidi marks or runs of spaces, lines kept."""
    if text.isascii() and text.isprintable():  # most lines: nothing to look for but spaces
        return " ".join(text.split())
    lines = _LINE_BREAKS.sub("\n", _INVISIBLE.sub("", _LINE_BREAKS.sub("\n", text))).split("\n")
    kept = "\n".join(_SPACES.sub(" ", line).strip() for line in lines)
    return unicodedata.normalize("NFC", kept).strip("\n")


def one_line(text: str) -> str:
    """Return *text* tidied, on one line: for titles, names and the like."""
    return " ".join((text if text.isascii() and text.isprintable() else tidy(text)).split())


def html_to_text(markup: str) -> str:
    """Return the readable text of an HTML fragment, one paragraph or heading a line.

    Pictures, captions, forms, players and everything that runs are left out (nh3, then the text
    of what it kept). What is nested deeper than anybody writes is cut off.
    """
    if "<" not in markup and "&" not in markup:
        return " ".join(tidy(_LINE_BREAKS.sub(" ", markup)).split())
    hidden = _not_too_deep(markup).replace(_AMPERSAND, "").replace(_BLOCK, "")
    hidden = hidden.replace("&", _AMPERSAND)
    try:
        safe = _CLEANER.clean(hidden)
    except UnicodeEncodeError:  # halves of surrogate pairs
        safe = _CLEANER.clean(hidden.encode("utf-8", "ignore").decode("utf-8"))
    safe = safe.replace(_AMPERSAND, "&")
    # Escaped twice, as by feeds that escape what their editor has escaped already.
    safe = _TWICE_ESCAPED.sub(r"&\1;", safe)
    # nh3 leaves bare tags, and escapes every other angle bracket.
    marked = _TAG.sub(lambda tag: _BLOCK if tag[1] in _BLOCKS else "", safe)
    text = html.unescape(marked)
    if _INVISIBLE.search(text):
        # A line break in the source is only a space, also where it is one of the invisible.
        text = _INVISIBLE.sub("", _LINE_BREAKS.sub(" ", text))
    lines = (" ".join(line.split()) for line in text.split(_BLOCK))
    return unicodedata.normalize("NFC", "\n".join(line for line in lines if line))


def _not_too_deep(markup: str) -> str:
    """Return *markup* up to where its elements are nested too deeply, mostly all of it."""
    if markup.count("<") < _MOST_TAGS:
        return markup
    depth = 0
    for tag in _ANY_TAG.finditer(markup):
        if tag[2].lower() not in _NOT_NESTED:
            depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > _DEEPEST:
            return markup[: tag.start()]
    return markup


def title_text(markup: str) -> str:
    """Return a title that may hold HTML or escaped HTML as plain text on one line.

    Angle brackets that are no markup ("x < y") stay.
    """
    text = html.unescape(markup) if "&" in markup else markup
    opened = _MARKUP.search(text) if "<" in text else None
    if opened and ">" in text[opened.end() :]:
        text = html_to_text(text).replace("\n", " ")
    return one_line(text)
