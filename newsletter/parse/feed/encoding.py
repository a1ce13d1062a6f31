"""Any bytes in, UTF-8 out: which encoding a document is in, whatever it and its server say."""

import codecs
import re
from collections.abc import Iterable
from contextlib import suppress

_DECLARED = re.compile(
    rb"""\s*+<\?xml\s[^>]{0,500}?encoding\s*=\s*["']\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE
)
_DECLARATION = re.compile(rb"<\?xml\s[^>]{0,500}>", re.IGNORECASE)
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# How a document begins that has no mark (XML 1.0, appendix F): "<" or "{" among zeros, EBCDIC.
_BEGINNINGS = (
    (re.compile(rb"[<{]\0\0\0"), "utf-32-le"),
    (re.compile(rb"\0\0\0[<{]"), "utf-32-be"),
    (re.compile(rb"[<{]\0[^\0]\0"), "utf-16-le"),
    (re.compile(rb"\0[<{]\0[^\0]"), "utf-16-be"),
    (re.compile(rb"\x4c\x6f\xa7\x94"), "cp037"),
)
# Written in ASCII's bytes, so that they pass for UTF-8.
_SEVEN_BITS = ("iso2022_jp", "iso2022_kr", "hz", "utf-7")
# No encodings of documents; some of them take quadratic time.
_NEVER = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})
_FEW = 0.5  # of the letters beyond ASCII: damage in a text that is UTF-8 all the same
# XML forbids them even as references, and one costs the whole document (XML 1.0, 2.2).
_CONTROLS = bytes({*range(32)} - {9, 10, 13})
_NO_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")


def utf8(content: bytes, content_type: str | None = None) -> bytes:
    """Return a document in UTF-8, without byte order mark, XML declaration and controls.

    Believed are, in this order: its mark, its own bytes where they are UTF-8, its server, its
    declaration. RFC 7303 has the server before the bytes, but servers name their default.
    """
    text = _text(content, content_type).lstrip("\ufeff").encode("utf-8", "replace")
    text = text.translate(None, _CONTROLS).lstrip()
    for character in _NO_CHARACTERS:
        text = text.replace(character, b"")
    declaration = _DECLARATION.match(text)
    return text[declaration.end() :].lstrip() if declaration else text


def _text(content: bytes, content_type: str | None) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    for beginning, encoding in _BEGINNINGS:
        if beginning.match(content):
            return content.decode(encoding, "replace")
    declared = _DECLARED.match(content[:1000])
    charset = _CHARSET.search((content_type or "")[:500])
    said = (charset and charset[1], declared and declared[1].decode("ascii"))
    named = [name for name in map(_codec, filter(None, said)) if name]
    seven_bits = [name for name in named if name.startswith(_SEVEN_BITS)]
    return (
        _first_of((*seven_bits, "utf-8"), content)
        or _nearly_utf8(content)
        or _first_of((*named, "cp1252", "iso8859-2"), content)  # the last takes any byte
        or ""
    )


def _codec(name: str) -> str | None:
    """Return Python's name of an encoding that documents may be in, None if there is none."""
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    # GB 18030 holds GB 2312, and is what is meant by it.
    return None if found in _NEVER else "gb18030" if found in {"gb2312", "gbk"} else found


def _first_of(names: Iterable[str], content: bytes) -> str | None:
    """Return *content* in the first of these encodings in which it has no faults."""
    for name in names:
        with suppress(UnicodeError, LookupError):  # LookupError: not an encoding of texts
            return content.decode(name)
    return None


def _nearly_utf8(content: bytes) -> str | None:
    """Return *content* as UTF-8 where only a few of its bytes are not."""
    text = content.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    letters = len(text) - len(text.encode("ascii", "ignore")) - damaged
    return text if letters and damaged < _FEW * letters else None
