"""Mends the faults of markup that are usual in feeds, so that a strict parser reads them."""

import re
from html.entities import name2codepoint

# Sections that are text already come first: what stands in them is left alone. One that does not
# end reaches to the end, lest each is searched to there.
_FAULTS = re.compile(
    rb"<!\[CDATA\[(?:.*?\]\]>|.*)|<!--(?:.*?-->|.*)"
    rb"|&(?:#(?:(\d{1,7})|[xX]([0-9a-fA-F]{1,6}));|([A-Za-z][A-Za-z0-9]{1,30});)?",
    re.DOTALL,
)
_OF_XML = frozenset({b"lt", b"gt", b"amp", b"quot", b"apos"})
_MOST = 200_000  # ampersands: more of them take more memory than mending is worth
_DECLARES = re.compile(rb"<!ENTITY", re.IGNORECASE)


def repaired(content: bytes) -> bytes:
    """Return *content* (UTF-8) with lone ampersands escaped and HTML's entities as numbers.

    References to what is no character of XML (1.0, 2.2) go. A document that declares entities of
    its own comes back as it is.
    """
    if _DECLARES.search(content[:10_000]) or content.count(b"&") > _MOST:
        return content
    return _FAULTS.sub(_mended, content)


def _mended(fault: re.Match[bytes]) -> bytes:
    whole, decimal, hexadecimal, name = fault[0], fault[1], fault[2], fault[3]
    if whole == b"&":
        return b"&amp;"
    if name:
        code = name2codepoint.get(name.decode("ascii"))
        if name in _OF_XML:
            return whole
        return b"&#%d;" % code if code else b"&amp;" + name + b";"
    if decimal or hexadecimal:
        code = int(decimal) if decimal else int(hexadecimal, 16)
        return whole if _is_character(code) else b""
    return whole


def _is_character(code: int) -> bool:
    return (
        code in {0x9, 0xA, 0xD}
        or 0x20 <= code <= 0xD7FF
        or 0xE000 <= code <= 0xFFFD
        or 0x10000 <= code <= 0x10FFFF
    )
