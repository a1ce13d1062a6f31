"""Tells what a sentence takes as known that only sentences left out of the summary told."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

from newsletter.summarise import wording
from newsletter.summarise.documents import Candidate
from newsletter.summarise.wording import word_set

_NOUN_WITHIN = 2  # words after "the" of which one is most likely its noun
# "the owner of the house", "the man who": what follows explains the noun.
_EXPLAINS = word_set("of who that which whose where when whom")
_ADVERBS = word_set("very most more less still now already so-called alleged")
_PREFIX = 5  # characters that "shoot" and "shooting" share


def unexplained(
    candidate: Candidate, untold: Sequence[Candidate], said: Iterable[Candidate]
) -> int:
    """Return how many things and people *candidate* names as if they were known.

    They are those that the sentences before it in its article told of (*untold*) and those that the
    reader has read (*said*) did not: "the letter", where the letter was brought up in a sentence
    left out, and "Elon", where that one named him in full. 0 in any language but English.
    """
    if not candidate.english or not untold:
        return 0
    things = _definites(candidate)
    count = 0
    if things:
        told = _cut(said)
        terms = _cut(untold) - told
        count = sum(not thing.isdisjoint(terms) and thing.isdisjoint(told) for thing in things)
    if any(end - start == 1 for start, end in candidate.names):
        known = frozenset[str]().union(*(c.name_words for c in said))
        count += _short_names(candidate, untold, known)
    return count


def _cut(sentences: Iterable[Candidate]) -> frozenset[str]:
    return frozenset[str]().union(*(_stems(c.terms) for c in sentences))


@lru_cache(maxsize=1_024)
def _stems(terms: frozenset[str]) -> frozenset[str]:
    return frozenset(term[:_PREFIX] for term in terms)


def _definites(candidate: Candidate) -> list[set[str]]:
    """Return the words of each "the ..." that nothing behind it explains, cut to a prefix."""
    words, plain = candidate.tokens.words, candidate.tokens.plain
    found: list[set[str]] = []
    for place, word in enumerate(plain):
        if word != "the":
            continue
        after = range(place + 1, min(place + 1 + _NOUN_WITHIN, len(words)))
        nouns = [i for i in after if not words[i][0].isupper() and plain[i] not in _ADVERBS]
        if not nouns or any(plain[i] in wording.KNOWN_THINGS for i in nouns):
            continue
        follower = plain[nouns[-1] + 1] if nouns[-1] + 1 < len(plain) else ""
        if follower not in _EXPLAINS and not any(plain[i] in _EXPLAINS for i in nouns):
            found.append({plain[i][:_PREFIX] for i in nouns})
    return found


def _short_names(candidate: Candidate, untold: Sequence[Candidate], known: AbstractSet[str]) -> int:
    """Return how many names stand short in *candidate* that *untold* has in full."""
    words, plain = candidate.tokens.words, candidate.tokens.plain
    ends = {
        c.tokens.words[place]
        for c in untold
        for start, end in c.names
        if end - start > 1 and c.tokens.plain[end - 1] not in wording.ORGANISATION
        for place in (start, end - 1)
    }
    return sum(
        end - start == 1
        and words[start] in ends
        and words[start] not in known
        and plain[start] not in wording.KNOWN_THINGS
        and not (start and plain[start - 1] in wording.PLACE_BEFORE)
        for start, end in candidate.names
    )
