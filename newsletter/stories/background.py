"""How common a term is in print at large, for what a single week cannot tell."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from newsletter.text.words import is_unspaced, stem, terms

# Words, about as many as the part of an article that is compared: turns a share of all words into
# a share of all articles, 1 - exp(-words * share), by Poisson's law.
_WORDS = 120.0
# Share of articles that even the rarest term is given. Below it a table of words says more of the
# books it was counted in than of news.
RAREST = 3e-4
_DIGIT = re.compile(r"\d")

Vector = NDArray[np.float64]


def common(language: str, table: Mapping[str, float]) -> Callable[[Sequence[str]], Vector]:
    """Return what gives for terms the share of articles that hold each at large, RAREST to 1.0.

    *table* gives words of *language* as shares of all words; a term sums those of its forms.
    """
    of_stems = _of_stems(language, table)
    has_pairs = any(not word.isascii() and is_unspaced(word) for word in table)

    def shares(terms: Sequence[str]) -> Vector:
        odd = {
            term: _of_digits(term, table)
            for term in terms
            if not term.isalpha() and term not in of_stems
        }
        if has_pairs:
            odd |= _of_pairs((term for term in terms if is_unspaced(term)), table)
        known = of_stems | odd if odd else of_stems
        found = np.fromiter((known.get(term, 0.0) for term in terms), float, count=len(terms))
        return np.asarray(np.maximum(RAREST, -np.expm1(-_WORDS * found)), dtype=np.float64)

    return shares


def _of_stems(language: str, table: Mapping[str, float]) -> dict[str, float]:
    """Return the share of all words for the terms that the table's words give."""
    total: dict[str, float] = defaultdict(float)
    for word, share in table.items():
        # A word that is rarer than the floor by itself can be left out: stemming is what costs.
        if share * _WORDS >= RAREST:
            for term in (stem(word, language),) if word.isalpha() else terms(word, language):
                total[term] += share
    return total


def _of_digits(term: str, table: Mapping[str, float]) -> float:
    """Return the share of all words for a number; wordfreq counts those by length, as zeros."""
    digits = len(_DIGIT.findall(term))
    # All numbers of a length take an equal part.
    return table.get(_DIGIT.sub("0", term), 0.0) / 10**digits if digits > 1 else 0.0


def _of_pairs(wanted: Iterable[str], table: Mapping[str, float]) -> Mapping[str, float]:
    """Return the share of all words for pairs of characters of a script without spaces.

    A pair stands inside words, or arises where two meet: as often as one ends and one begins so.
    """
    inside: dict[str, float] = defaultdict(float)
    starts: dict[str, float] = defaultdict(float)
    ends: dict[str, float] = defaultdict(float)
    for word, share in table.items():
        if is_unspaced(word):
            starts[word[0]] += share
            ends[word[-1]] += share
            for pair in terms(word, "und"):
                inside[pair] += share
    return {term: inside[term] + ends[term[0]] * starts[term[-1]] for term in wanted}
