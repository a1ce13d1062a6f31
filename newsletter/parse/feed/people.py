"""Who wrote an article, from the many ways in which feeds say it."""

import re
from collections.abc import Iterable

from newsletter.text.markup import title_text

_LONGEST = 200  # characters, of all names together
_LONGEST_NAME = 500  # characters that are looked at
_ADDRESS = re.compile(r"(?<![^\s<(\[,;:\"'])([\w.+-]{1,64}+)@[\w.-]{1,250}+")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_EMPTY = re.compile(r"<\s*>|\(\s*\)|\[\s*\]|(?:mailto|e-?mail)\s*:", re.IGNORECASE)
_BEFORE = re.compile(r"(?:by|von|par|por|di|door)\s*:\s*|by\s+(?=[A-Z])", re.IGNORECASE)
# Letter boxes, not people.
_OFFICE = re.compile(
    r"(?:no-?reply|do-?not-?reply|info|admin(?:istrator)?|webmaster|web|editors?|editorial"
    r"|redaktion|redaction|redactie|news|newsroom|contact|kontakt|feeds?|rss|support|hello|mail"
    r"|office|press|root|postmaster|team|help|wordpress)",
    re.IGNORECASE,
)


def names_of(people: Iterable[str]) -> str | None:
    """Return the names in *people* with commas between, each once; None if there is no name.

    Of "jo@ledger.example (Jo Tamm)" the name is kept, of a bare address what stands before the
    "@", and nothing of a letter box such as info@. At most 200 characters.
    """
    found: dict[str, str] = {}
    for person in people:
        name = _name(person[:_LONGEST_NAME])
        if name:
            found.setdefault(name.casefold(), name)
    joined = ""
    for name in found.values():
        longer = f"{joined}, {name}" if joined else name
        if len(longer) > _LONGEST:
            break
        joined = longer
    return joined or None


def _name(person: str) -> str:
    address = _ADDRESS.search(person)
    if not address:
        return _tidied(person)
    rest = f"{person[: address.start()]} {person[address.end() :]}"
    bracketed = _BRACKETED.search(rest)
    name = _tidied(bracketed[1]) if bracketed and not rest[: bracketed.start()].strip(" <") else ""
    name = name or _tidied(_ADDRESS.sub("", _EMPTY.sub(" ", rest)))
    if name:
        return name
    return "" if _OFFICE.fullmatch(address[1]) else _tidied(address[1])


def _tidied(name: str) -> str:
    plain = title_text(name).strip(" ,;|<>\"'")
    plain = _BEFORE.sub("", plain, count=1) if _BEFORE.match(plain) else plain
    return plain if any(mark.isalnum() for mark in plain) and "@" not in plain else ""
