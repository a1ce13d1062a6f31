"""How alike two articles are to an embedding model, on a scale of the week's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

# The model's part in nearness, where there is one; the words keep the rest. With the static model
# that could be measured a tenth costs least: it brings nothing that the words do not know.
SHARE = 0.1
# Standard deviations above the mean cosine of any two articles from which a likeness counts: models
# differ in what cosine strangers have, and the week tells.
_TELLING = 2.0
_SAMPLE = 1_000  # articles, the first by id, from which the cosines of strangers are told
_BLOCK = 20_000  # pairs at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """The vectors of a window's articles, row by row, and the cosine from which one tells."""

    vectors: Vectors
    telling: float

    @classmethod
    def of(cls, ids: Sequence[str], vectors: Mapping[str, Vectors]) -> Self:
        """Return the meaning of the articles with these *ids*; without a vector it is like none."""
        width = max((len(vector) for vector in vectors.values()), default=0)
        nothing = np.zeros(width, dtype=np.float32)
        rows = np.array([vectors.get(id_, nothing) for id_ in ids], dtype=np.float32)
        return cls(vectors=rows, telling=_telling(rows[:_SAMPLE]))

    def likeness(self, rows: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return 0.0 for pairs of rows that are like strangers, up to 1.0 for one meaning."""
        cosines = np.empty(len(rows))
        for start in range(0, len(rows), _BLOCK):
            some = slice(start, start + _BLOCK)
            products = self.vectors[rows[some]] * self.vectors[others[some]]
            cosines[some] = products.sum(axis=1)
        return np.maximum(0.0, (cosines - self.telling) / (1.0 - self.telling))


def _telling(vectors: Vectors) -> float:
    """Return the cosine above which two of *vectors* are no strangers."""
    if len(vectors) < 2:
        return 0.0
    cosines = (vectors @ vectors.T)[np.triu_indices(len(vectors), 1)]
    return float(min(0.95, cosines.mean() + _TELLING * cosines.std()))
