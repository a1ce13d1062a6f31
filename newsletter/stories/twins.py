"""Tells twins: short reports of two events in like words, with other names and other figures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from newsletter.model import Reading
from newsletter.stories.house import codes
from newsletter.stories.weights import Weighed

Rows = NDArray[np.int64]
Flags = NDArray[np.bool_]

# Words of a report that has no room for more than its pattern, its names and its figures. Flat to
# 100; of two long reports each has names and figures of its own in the headline.
_SHORT = 60
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Which figures stand in headlines, row by row, and which articles are short."""

    held: csr_array
    counts: Rows
    short: Flags

    @classmethod
    def of(cls, readings: Sequence[Reading]) -> Self:
        """Return the figures of articles by their *readings*."""
        found = [_figures(reading) for reading in readings]
        counts = np.array([len(figures) for figures in found], dtype=np.int64)
        columns = codes(figure for figures in found for figure in figures)
        rows = np.repeat(np.arange(len(found)), counts)
        shape = (len(found), int(columns.max(initial=0)) + 1)
        return cls(
            held=csr_array((np.ones(len(columns), dtype=np.int32), (rows, columns)), shape=shape),
            counts=counts,
            short=np.array([_is_short(reading) for reading in readings], dtype=bool),
        )

    def differ(self, rows: Rows, others: Rows) -> Flags:
        """Return which pairs have a short article, and figures in both headlines, none in both."""
        found = self.short[rows] | self.short[others]
        found &= (self.counts[rows] > 0) & (self.counts[others] > 0)
        asked = np.flatnonzero(found)
        shared = self.held[rows[asked]].multiply(self.held[others[asked]]).sum(axis=1)
        found[asked] = shared == 0
        return np.asarray(found)


def are_twins(figures: Figures, weighed: Weighed, rows: Rows, others: Rows) -> Flags:
    """Return which pairs of rows are of twins: two floods are told alike, each with its own river.

    In neither is what weighs most in the other, their headlines have figures and share none, and
    one of them has no room for more.
    """
    found = figures.differ(rows, others)
    asked = np.flatnonzero(found)
    one, other = rows[asked], others[asked]
    found[asked] = ~(_holds(weighed, one, other) | _holds(weighed, other, one))
    return found


def _holds(weighed: Weighed, rows: Rows, others: Rows) -> Flags:
    """Return which of *rows* hold the heaviest term of the other one."""
    heaviest = weighed.heaviest[others]
    known = heaviest >= 0
    ends = np.concatenate(([0], np.cumsum(known)))
    one = np.ones(int(ends[-1]))
    wanted = csr_array((one, heaviest[known], ends), shape=(len(rows), weighed.weights.shape[1]))
    return np.asarray(wanted.multiply(weighed.weights[rows]).sum(axis=1) > 0)


def _figures(reading: Reading) -> frozenset[str]:
    return frozenset(word for word in reading.title.split() if _DIGIT.search(word))


def _is_short(reading: Reading) -> bool:
    return len(reading.title.split()) + len(reading.words.split()) <= _SHORT
