"""Finds what a sentence is in the light of the other articles: a quotation, or news gone stale."""

import re
from collections.abc import Iterable

from newsletter.summarise import reporting
from newsletter.summarise.documents import Candidate, Reading, Text

_QUOTED = re.compile(r"“([^”]{30,})”|\"([^\"]{30,})\"")
_WORD = re.compile(r"[^\W_]+")
_UPDATE = re.compile(r"\bupdated?\b[^a-z]*$", re.IGNORECASE)
_SPOKEN = 5  # words, at least, of a sentence that is looked for in quotations
_BESIDE_PICTURES = frozenset({"caption", "fragment"})
_OPENING = 4  # sentences in which an article says what happened


def quoted_elsewhere(reading: Reading) -> frozenset[tuple[int, int]]:
    """Return the places (document, index) of sentences that another article has in quotation marks.

    An article that prints a statement whole may leave the marks out: what it says is not the
    article's own word.
    """
    quotations = {place: _quotations(text) for place, text in enumerate(reading.texts)}
    if not any(quotations.values()):
        return frozenset()
    return frozenset(
        (c.document, c.index)
        for c in reading.candidates
        if len(c.tokens.plain) >= _SPOKEN and _is_quoted(c, quotations)
    )


def is_overtaken(candidate: Candidate, alike: Iterable[Candidate]) -> bool:
    """Tell whether *candidate* announces what other articles report as done.

    *alike* are the sentences that speak of the same. True where it looks ahead and those among them
    that open another article do not.
    """
    if not candidate.english or not reporting.SET.search(candidate.text):
        return False
    others = [c for c in alike if c.document != candidate.document and c.index < _OPENING]
    behind = sum(not reporting.SET.search(c.text) for c in others)
    return behind > len(others) - behind


def _quotations(text: Text) -> str:
    """Return the words of all that an article quotes, each quotation between bars."""
    found = (a or b for c in text.candidates for a, b in _QUOTED.findall(c.text))
    return "".join(f"| {' '.join(_WORD.findall(each.casefold()))} |" for each in found)


def _is_quoted(candidate: Candidate, quotations: dict[int, str]) -> bool:
    words = f" {' '.join(_WORD.findall(candidate.text.casefold()))} "
    return any(
        words in said for document, said in quotations.items() if document != candidate.document
    )


def shown_twice(reading: Reading) -> frozenset[tuple[int, int]]:
    """Return the places (document, index) of sentences that stand over a picture as well.

    They are among the first of an article, and cleaning took the same words from beside one of its
    pictures.
    """
    found: set[tuple[int, int]] = set()
    for text in reading.texts:
        removed = "\n".join(one for one, reason in text.removed if reason in _BESIDE_PICTURES)
        opening = text.candidates[:_OPENING] if removed else ()
        found |= {(c.document, c.index) for c in opening if c.text in removed}
    return frozenset(found)


def is_updated(reading: Reading, document: int) -> bool:
    """Tell whether an article begins with an update: what stands below it was written before."""
    removed = reading.texts[document].removed
    return bool(removed) and _UPDATE.search(removed[0][0]) is not None
