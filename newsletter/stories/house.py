"""Finds house text: what a source prints under one article after another, which is no news."""

import zlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from newsletter.model import Article

Hashes = NDArray[np.uint32]

# Different texts of one source that make a run of words its house text: two may be one affair.
HOUSE = 3
# Titles of one source from which its habits show, and the share of them that makes a word one.
_TITLES = 8
_HABIT = 0.6


def hashed(runs: Iterable[str]) -> Hashes:
    """Return a hash for each run of words, in order."""
    return np.fromiter((zlib.crc32(run.encode()) for run in runs), dtype=np.uint32)


def repeated(texts: Sequence[Hashes], times: int) -> Hashes:
    """Return the hashes that at least so many different texts hold."""
    different = list({text.tobytes(): np.unique(text) for text in texts}.values())
    if len(different) < times:
        return np.array([], dtype=np.uint32)
    hashes, counts = np.unique(np.concatenate(different), return_counts=True)
    return hashes[counts >= times]


def house_text(articles: Sequence[Article], texts: Sequence[Hashes]) -> Mapping[int, Hashes]:
    """Return by row the hashes that are house text of the article's source, where there are any.

    *texts* are the hashed runs of words of each article. An article without a source has none.
    """
    found: dict[int, Hashes] = {}
    for rows in _by_source(articles):
        house = repeated([texts[row] for row in rows], HOUSE)
        if len(house):
            found.update(dict.fromkeys(rows, house))
    return found


def house_words(
    articles: Sequence[Article], titles: Sequence[Collection[str]]
) -> Mapping[int, frozenset[str]]:
    """Return by row the words that most titles of the article's source hold: a series' name.

    *titles* are the words of each title. A source of few articles has no habits yet.
    """
    found: dict[int, frozenset[str]] = {}
    for rows in _by_source(articles):
        held = Counter(word for row in rows for word in set(titles[row]))
        house = frozenset(word for word, count in held.items() if count >= _HABIT * len(rows))
        if len(rows) >= _TITLES and house:
            found.update(dict.fromkeys(rows, house))
    return found


def _by_source(articles: Sequence[Article]) -> Iterable[list[int]]:
    """Return the rows of each source that is named."""
    sources: dict[str, list[int]] = defaultdict(list)
    for row, article in enumerate(articles):
        if article.source:
            sources[article.source].append(row)
    return sources.values()
