"""Tells how much of a sentence is new to who has read what was told before."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from newsletter.model import Article
from newsletter.summarise.documents import bag_of

# Characters of a text that are taken as read: an issue tells the beginning of its articles.
_READ = 6_000


def told_terms(told: Iterable[Article]) -> frozenset[str]:
    """Return the terms (as `bag_of` cuts them) of headlines and texts that were *told*."""
    return frozenset(
        term
        for article in told
        for term in bag_of(f"{article.title}\n{article.text[:_READ]}", article.language)
    )


def novelty(terms: AbstractSet[str], told: AbstractSet[str]) -> float:
    """Return the share of a sentence's *terms* that were not *told*, 0.0 to 1.0.

    0.0 where nothing was told or the sentence has no terms: then all sentences are equally new.
    """
    if not told or not terms:
        return 0.0
    return len(terms - told) / len(terms)
