"""Which language a document says it is in, if what it says can be one."""

import re

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
_LONGEST = 35  # characters: what RFC 5646, 4.4.1, asks software to have room for


def language_of(named: object, otherwise: str) -> str:
    """Return the language tag (RFC 5646) that *named* is, else *otherwise*."""
    tag = named.strip() if isinstance(named, str) else ""
    return tag if len(tag) <= _LONGEST and _TAG.fullmatch(tag) else otherwise
