"""Bytes in, text out: which encoding a page or a message is really in, whatever it says."""

import codecs

from charset_normalizer import from_bytes
from charset_normalizer.constant import IANA_SUPPORTED
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 50_000  # bytes that tell an encoding by statistics: enough, and quick
_ESCAPING = b"\x1b"  # what begins a change of script in ISO 2022


def decoded(content: bytes, content_type: str | None = None, *, is_html: bool = True) -> str:
    """Return *content* as text; what fits no encoding comes as U+FFFD.

    A byte order mark counts first; then UTF-8 wherever the bytes can be nothing else, since pages
    claim other encodings far more often than such bytes come about by chance; then what the
    content type or, with *is_html*, the markup names; then statistics. *content* may be cut within
    a character. NULs are left out.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _lenient(content[len(mark) :], encoding)
    named = _known(http_content_type_encoding(content_type))
    if named is None and is_html:
        named = _known(html_body_declared_encoding(content[:4096]))
    if content.count(0) > len(content) // 4:  # Latin letters in UTF-16 that nothing marks
        named = "utf-16-le" if content[1::2].count(0) > content[::2].count(0) else "utf-16-be"
    elif _ESCAPING not in content:
        try:
            return codecs.getincrementaldecoder("utf-8")("strict").decode(content).replace("\0", "")
        except UnicodeDecodeError:
            pass
    if named is None:
        named = _told_by_statistics(content[:_SAMPLE])
    return _lenient(content, named)


def _known(encoding: str | None) -> str | None:
    """Return *encoding* if it is one of text: Python also names codecs that unpack or compute."""
    name = (encoding or "").replace("-", "_").lower()
    is_known = name in IANA_SUPPORTED and name != "utf_7"  # which hides markup in plain letters
    return encoding if is_known else None


def _told_by_statistics(sample: bytes) -> str:
    # Of the single-byte encodings, western Europe's first: a short text hardly tells them apart.
    western = from_bytes(sample, cp_isolation=["cp1252"]).best()
    best = western or from_bytes(sample).best()
    return best.encoding if best else "utf-8"


def _lenient(content: bytes, encoding: str) -> str:
    return content.decode(encoding, "replace").replace("\0", "")
