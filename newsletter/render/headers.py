"""Writes the headers of a message (RFC 5322, 2047), the same bytes on every Python."""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator

from newsletter.render.safe import header

# The standard library folds and encodes otherwise from one version to the next, and in some it
# decodes encoded words in what it is given, so that a title adds headers (CVE-2024-6923).
_LINE = 76  # characters of a folded line (RFC 2047, 2)
_WORD = 39  # bytes of text in an encoded word: 52 in Base64, 12 around it, room for the name
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_PLAIN = re.compile(r"[\x20-\x7e]*")
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
)
_LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets
_URL = re.compile(r"[!-;=?-~]{1,900}")  # RFC 5322, 2.1.1, allows lines of 998


def is_address(text: str) -> bool:
    """Return whether *text* is an address as mail programs take it: ASCII, dots in the domain."""
    return bool(_ADDRESS.fullmatch(text)) and len(text) <= _LONGEST_ADDRESS


def text_header(name: str, text: str) -> str:
    """Return the header *name* with one line of any text, in lines of at most 76 characters."""
    value = header(text)
    fits = _PLAIN.fullmatch(value) and all(len(word) < _LINE - len(name) for word in value.split())
    return _folded(f"{name}:", value.split(" ") if fits else _encoded(value))


def mailbox_header(name: str, display: str, address: str) -> str:
    """Return the header *name* with one mailbox; *address* is one that `is_address`."""
    shown = header(display)
    if not shown:
        words = []
    elif _ATOMS.fullmatch(shown) and len(shown) < _LINE - len(name) - 2:
        words = shown.split(" ")
    elif _PLAIN.fullmatch(shown) and len(shown) < _LINE - len(name) - 4:
        words = [re.sub(r'(["\\])', r"\\\1", f"{shown}").join('""')]
    else:
        words = list(_encoded(shown))
    return _folded(f"{name}:", [*words, f"<{address}>"])


def link_header(name: str, url: str) -> str:
    """Return the header *name* with a URL in angle brackets (RFC 2369), "" where it cannot stand.

    A URL that is not ASCII, holds a bracket or a space, or is too long for a line, cannot.
    """
    return _folded(f"{name}:", [f"<{url}>"]) if _URL.fullmatch(url) else ""


def _encoded(text: str) -> Iterator[str]:
    """Yield encoded words, each of whole characters (RFC 2047, 5)."""
    chunk = b""
    for character in text:
        raw = character.encode()
        if len(chunk) + len(raw) > _WORD:
            yield _word(chunk)
            chunk = b""
        chunk += raw
    yield _word(chunk)


def _word(chunk: bytes) -> str:
    return f"=?utf-8?b?{b64encode(chunk).decode('ascii')}?="


def _folded(name: str, words: Iterable[str]) -> str:
    lines, line = [], name
    for word in words:
        if len(line) + 1 + len(word) > _LINE and line != name:
            lines.append(line)
            line = ""
        line += f" {word}"
    return "\r\n".join([*lines, line]) + "\r\n"
