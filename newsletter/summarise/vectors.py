"""Turns sentences into vectors that can be compared by their cosine."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse

Array = npt.NDArray[np.float64]


class Vectors:
    """Bags of terms as rows of length 1 (0 for an empty bag): 1 + log tf, times idf.

    The idf counts bags and is flat, log(2 + n/df): within one story the frequent terms are its
    subject, and full idf would hand the summary to the odd sentences. Sparse throughout: dense
    products of this size wake every core for nothing.
    """

    def __init__(self, bags: Sequence[Sequence[str]]) -> None:
        frequencies = Counter(term for bag in bags for term in set(bag))
        columns = {term: i for i, term in enumerate(frequencies)}
        idf = {term: math.log(2.0 + len(bags) / n) for term, n in frequencies.items()}
        data: list[float] = []
        places: list[int] = []
        ends = [0]
        for bag in bags:
            weights = {term: (1.0 + math.log(n)) * idf[term] for term, n in Counter(bag).items()}
            length = math.sqrt(sum(weight * weight for weight in weights.values()))
            data.extend(weight / length for weight in weights.values())
            places.extend(columns[term] for term in weights)
            ends.append(len(places))
        shape = (len(bags), max(1, len(columns)))
        self._rows = sparse.csr_array((data, places, ends), shape=shape, dtype=float)

    def cosines(self) -> Array:
        """Return the cosine of every row with every row, 0.0 to 1.0."""
        return np.asarray((self._rows @ self._rows.T).toarray())

    def to_centroid(self, weights: Sequence[float]) -> Array:
        """Return each row's cosine to the weighted sum of all rows, 0.0 where that is nothing."""
        return np.asarray(self._rows @ self.direction(weights))

    def direction(self, weights: Sequence[float]) -> Array:
        """Return the weighted sum of all rows at length 1, 0 where that is nothing."""
        return _unit(self._rows.T @ np.asarray(weights, dtype=float))

    def together(self, places: Sequence[int], direction: Array) -> float:
        """Return the cosine of the sum of some rows to a *direction*, 0.0 to 1.0.

        Sentences that each stand near the centroid may all say the same; what is near it together
        says all of it (Rossiello et al. 2017, "Centroid-based text summarization").
        """
        return float(_unit(self._rows[list(places)].sum(axis=0)) @ direction)


def _unit(total: Array) -> Array:
    length = math.sqrt(float((total * total).sum()))
    return np.asarray(total / (length or 1.0))


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """Return the share of the smaller set that the larger one holds too, 0.0 to 1.0.

    A set of fewer than nine counts as nine: a short sentence repeats another by its subject alone.
    """
    return len(a & b) / max(9, min(len(a), len(b)))


def repeats(a: frozenset[str], b: frozenset[str]) -> bool:
    """Tell whether more than half the words of the shorter sentence stand in the other too."""
    return bool(a and b) and len(a & b) / min(len(a), len(b)) > 0.55
