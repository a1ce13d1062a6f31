"""How common a term is in print at large, for what a single week cannot tell."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from newsletter.text.words import is_unspaced, stem, terms

# Words, about as many as the part of an article that is compared: turns a share of all words into
# a share of all articles, 1 - exp(-words * share), by Poisson's law.
_WORDS = 120.0
# Share of articles that even the rarest term is given. Below it a table of words says more of the
# books it was counted in than of news.
RAREST = 3e-4
# Letters in which a word and its stem agree: Snowball takes endings off.
_ROOT = 3
_DIGIT = re.compile(r"\d")


def shares(wanted: Iterable[str], language: str, table: Mapping[str, float]) -> Mapping[str, float]:
    """Return for each wanted term the share of articles that hold it at large, RAREST to 1.0.

    *table* gives words of *language* as shares of all words; a term sums those of its forms.
    """
    found = set(wanted)
    spaced = {term for term in found if not is_unspaced(term)}
    of_words = {**_of_stems(spaced, language, table), **_of_pairs(found - spaced, table)}
    return {term: max(RAREST, -math.expm1(-_WORDS * share)) for term, share in of_words.items()}


def _of_stems(wanted: set[str], language: str, table: Mapping[str, float]) -> Mapping[str, float]:
    """Return the share of all words for terms that are stems or numbers."""
    roots = {term[:_ROOT] for term in wanted}
    total: dict[str, float] = dict.fromkeys(wanted, 0.0)
    for word, share in table.items():
        # Stemming is slow. A word that is rarer than the floor by itself can be left out, and so
        # can one that begins like no wanted term: all of the table would take two seconds.
        if share * _WORDS >= RAREST and word[:_ROOT] in roots:
            for term in (stem(word, language),) if word.isalpha() else terms(word, language):
                if term in total:
                    total[term] += share
    for term in wanted:
        digits = len(_DIGIT.findall(term))
        if digits > 1:
            # wordfreq counts numbers by length, all digits written 0: each takes an equal part.
            total[term] += table.get(_DIGIT.sub("0", term), 0.0) / 10**digits
    return total


def _of_pairs(wanted: set[str], table: Mapping[str, float]) -> Mapping[str, float]:
    """Return the share of all words for pairs of characters of a script without spaces.

    A pair stands inside words, or arises where two meet: as often as one ends and one begins so.
    """
    if not wanted:
        return {}
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
