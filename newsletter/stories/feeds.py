"""One outlet's articles among themselves: a word tells as much there as its feed lets it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from newsletter.model import Article, Reading
from newsletter.stories.house import codes

Rows = NDArray[np.int64]
Flags = NDArray[np.bool_]

# Articles in which a feed is taken to say nothing habitual, beside those it has: its words are
# judged by little in a week of five. Flat from 10 to 20.
_PRIOR = 10.0
_AT_A_TIME = 1 << 20  # entries that are sorted at a time: 50 MB
_NUMBER = re.compile(r".*\d|(?=.)x{0,3}(?:ix|iv|v?i{0,3})\Z")  # 12, 3.5rc1, iv


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeds:
    """Which articles are of one outlet's feed, row by row, and what their titles count up.

    `feeds` are numbers of feeds, -1 for articles of none that is known; `patterns` are numbers of
    titles without their numbers, -1 for those of nothing else, `counts` of the numbers in them.
    """

    feeds: Rows
    patterns: Rows
    counts: Rows

    @classmethod
    def of(cls, articles: Sequence[Article], readings: Sequence[Reading]) -> Self:
        """Return the feeds of *articles* by their *readings*."""
        found = [feed_of(article) for article in articles]
        split = [_split(reading.title.split()) for reading in readings]
        named = np.array([bool(words) for words, _ in split], dtype=bool)
        return cls(
            feeds=np.where([any(feed) for feed in found], codes(found), -1).astype(np.int64),
            patterns=np.where(named, codes(words for words, _ in split), -1).astype(np.int64),
            counts=codes(numbers for _, numbers in split).astype(np.int64),
        )

    def same(self, rows: Rows, others: Rows) -> Flags:
        """Return which pairs of rows are of one outlet's feed."""
        return np.asarray((self.feeds[rows] == self.feeds[others]) & (self.feeds[rows] >= 0))

    def serial(self, rows: Rows, others: Rows) -> Flags:
        """Return which pairs of rows are parts of a series: their titles differ in numbers only.

        An outlet tells one event in other words each time; what it counts up is a series.
        """
        alike = (self.patterns[rows] == self.patterns[others]) & (self.patterns[rows] >= 0)
        counted = self.counts[rows] != self.counts[others]
        return np.asarray(self.same(rows, others) & alike & counted)

    def titled(self, rows: Rows, others: Rows) -> Flags:
        """Return which pairs of rows have one title."""
        alike = (self.patterns[rows] == self.patterns[others]) & (self.patterns[rows] >= 0)
        return np.asarray(alike & (self.counts[rows] == self.counts[others]))


def feed_of(article: Article) -> tuple[str, str]:
    """Return what names the feed of *article* and the outlet that it is of, "" for what is not."""
    return (article.origins[0] if article.origins else "", article.source if article.named else "")


def telling(weights: csr_array, feeds: Rows) -> csr_array:
    """Return how far each entry of *weights* tells among the articles of its own feed, 0.0 to 1.0.

    Of the n articles of a feed, df hold a term: it tells by 1 - (df - 1) / (n + 9). What a feed
    says under everything, tells nothing of which of its articles belong together.
    """
    left = np.ones(weights.nnz, dtype=np.float32)
    lengths = np.diff(weights.indptr)
    of_feed = np.bincount(feeds + 1, lengths)
    of_feed[0] = 0.0  # the articles of no feed are never compared as of one
    part = (np.cumsum(of_feed) // _AT_A_TIME)[feeds + 1]
    sizes = np.bincount(feeds + 1)
    for one in np.unique(part[feeds >= 0]).tolist():
        rows = np.flatnonzero((part == one) & (feeds >= 0))
        places = _places(weights.indptr[rows], lengths[rows])
        feed = np.repeat(feeds[rows], lengths[rows])
        held_by = feed * weights.shape[1] + weights.indices[places]
        _, own, times = np.unique(held_by, return_inverse=True, return_counts=True)
        left[places] = 1.0 - (times[own] - 1) / (sizes[feed + 1] - 1 + _PRIOR)
    return csr_array((left, weights.indices, weights.indptr), shape=weights.shape)


def _places(begins: Rows, lengths: Rows) -> Rows:
    """Return the places of runs that begin at *begins*, one after the other."""
    offsets = np.cumsum(lengths) - lengths
    return np.asarray(np.arange(int(lengths.sum())) + np.repeat(begins - offsets, lengths))


def _split(title: Sequence[str]) -> tuple[str, str]:
    """Return a title's words and the numbers in it, each in their order."""
    numbers = [word for word in title if _NUMBER.match(word)]
    words = [word for word in title if not _NUMBER.match(word)] if numbers else title
    return " ".join(words), " ".join(numbers)
