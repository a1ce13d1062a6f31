"""Refuses markup that is nested without end: cleaning takes time with the square of its depth."""

import re

from newsletter.errors import ParseError

_DEEPEST = 500  # levels: mails laid out in tables within tables reach 60
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# The next of their kind ends them; not within pictures and formulas, which have their own rules.
_ENDED_BY_NEXT = frozenset("dd dt li option p td th tr".split())
_FOREIGN = re.compile(r"<(?:svg|math)\b", re.IGNORECASE)


def refuse_deep(markup: str) -> None:
    """Do nothing if *markup* is nested as people nest it.

    Raises:
        ParseError: more than 500 elements are open at once.
    """
    flat = _VOID if _FOREIGN.search(markup) else _VOID | _ENDED_BY_NEXT
    depth = 0
    for end, name in _TAG.findall(markup):
        if name.lower() in flat:
            continue
        depth = max(0, depth - 1) if end else depth + 1
        if depth > _DEEPEST:
            raise ParseError("is nested too deeply to be a document that somebody wrote")
