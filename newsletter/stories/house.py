"""Finds house text: what a source prints under one article after another, which is no news."""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from newsletter.model import Article

Hashes = NDArray[np.uint32]

# Different texts of one source that make a run of words its house text: two may be one affair.
HOUSE = 3


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
    sources: dict[str, list[int]] = defaultdict(list)
    for row, article in enumerate(articles):
        if article.source:
            sources[article.source].append(row)
    found: dict[int, Hashes] = {}
    for rows in sources.values():
        house = repeated([texts[row] for row in rows], HOUSE)
        if len(house):
            found.update(dict.fromkeys(rows, house))
    return found
