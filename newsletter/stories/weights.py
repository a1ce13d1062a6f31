"""Weighs terms: what articles say, and how much that tells in their week."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from newsletter.model import Frequencies
from newsletter.stories.background import common
from newsletter.stories.counting import Counted, Part, terms_of

Vector = NDArray[np.float64]

# Articles that the background counts for: a busy week's window outweighs it, two articles do not.
_PRIOR = 1_000.0
# What an article of an earlier week counts for: weeks resemble one another, but have other news.
_EARLIER = 0.5
# The heaviest terms of an article are compared: the tail is chatter, and it is what costs.
HEAVIEST = 60
# Nats of idf from which a term is evidence: that of a term in about every fifth article.
_TELLING = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """Articles as rows over terms as columns, without the terms that no two articles share.

    `weights` has rows of length 1 at most (what one article says alone is part of its length); the
    product of two rows' entries in `evidence` sums how far the terms they share are from common,
    in nats. `terms` are in rising order. `heaviest` is for each row the column of the term that
    weighs most in it, -1 where no other article has that.
    """

    terms: tuple[str, ...]
    weights: csr_array
    evidence: csr_array
    heaviest: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heavy:
    """The heaviest terms of some rows: where they stand, their weights, and how rare they are."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int32]
    weights: Vector
    idf: Vector


def weigh(
    counted: Counted,
    background: Mapping[str, Mapping[str, float]],
    history: Frequencies | None = None,
) -> Weighed:
    """Return the weighed terms of articles, one row each, in their order.

    A term that counts c in an article (by zones) weighs log2(1 + c) * idf, the 60 heaviest are
    kept and scaled to length 1. With df of the N articles of its language holding it, and df' of
    the N' of *history*,

        idf = -ln((df + df'/2 + m * p + 0.5) / (N + N'/2 + m + 1)),  m = 1000,

    where p is its share of articles at large: the week's frequencies over a static background, so
    that two articles and two thousand are weighed on one scale, and the week's own buzzword loses
    its weight while it is new.
    """
    known = history or Frequencies()
    at_large = {
        language: common(language, background.get(language, {})) for language in counted.articles
    }
    heavy = [
        _heavy(part, _idf(part, counted, known, at_large[part.language])) for part in counted.parts
    ]
    if not heavy:
        return Weighed(terms=(), weights=csr_array((0, 0)), evidence=csr_array((0, 0)))
    rows = np.concatenate([one.rows for one in heavy])
    columns = np.concatenate([one.columns for one in heavy])
    weights = np.concatenate([one.weights for one in heavy])
    evidence = np.concatenate([one.idf for one in heavy])
    terms, number = _shared_columns(counted, columns)
    columns = number[columns] if len(columns) else columns
    shape = (sum(counted.articles.values()), len(terms))
    heaviest = np.full(shape[0], -1, dtype=np.int64)
    heaviest[rows[::-1]] = columns[::-1]  # of each row the first one stays, the heaviest
    kept = columns >= 0
    where = (rows[kept], columns[kept])
    telling = np.sqrt(np.maximum(0.0, evidence[kept] - _TELLING))
    return Weighed(
        terms=terms,
        weights=csr_array((weights[kept], where), shape=shape),
        evidence=csr_array((telling, where), shape=shape),
        heaviest=heaviest,
    )


def _idf(
    part: Part, counted: Counted, history: Frequencies, at_large: Callable[[list[str]], Vector]
) -> Vector:
    """Return the idf of each of a part's terms in its language, in nats."""
    terms = terms_of(part)
    earlier = history.held.get(part.language, {})
    df = counted.held[part.language][part.columns].astype(np.float64)
    if earlier:
        before = np.fromiter((earlier.get(term, 0.0) for term in terms), float, count=len(terms))
        df += _EARLIER * before
    articles = float(counted.articles[part.language])
    articles += _EARLIER * history.articles.get(part.language, 0.0)
    shares = (df + _PRIOR * at_large(terms) + 0.5) / (articles + _PRIOR + 1.0)
    return np.asarray(np.maximum(0.0, -np.log(shares)), dtype=np.float64)


def _heavy(part: Part, idf: Vector) -> _Heavy:
    """Return the heaviest terms of each row of a part; of equal ones those first met."""
    counts = part.counts
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    weights = np.log2(1.0 + counts.data) * idf[counts.indices]
    order = np.lexsort((part.columns[counts.indices], -weights, rows))
    rank = np.arange(len(rows)) - counts.indptr[rows]
    order = order[rank < HEAVIEST]
    rows, weights, own = rows[order], weights[order], counts.indices[order]
    length = np.sqrt(np.bincount(rows, weights * weights, minlength=counts.shape[0]))
    return _Heavy(
        rows=part.rows[rows],
        columns=part.columns[own],
        weights=weights / np.where(length > 0, length, 1.0)[rows],
        idf=idf[own],
    )


def _shared_columns(
    counted: Counted, columns: NDArray[np.int32]
) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Return the terms that stand in *columns* more than once, sorted, and the place of each.

    Columns that are left out have the place -1.
    """
    times = np.bincount(columns)
    names: dict[int, str] = {}
    for part in counted.parts:
        wanted = np.flatnonzero(part.columns < len(times))
        wanted = wanted[times[part.columns[wanted]] > 1]
        terms = terms_of(part)
        names.update(
            (column, terms[own])
            for own, column in zip(wanted.tolist(), part.columns[wanted].tolist(), strict=True)
        )
    ordered = sorted(names, key=names.__getitem__)
    number = np.full(len(times), -1, dtype=np.int64)
    number[ordered] = np.arange(len(ordered))
    return tuple(names[column] for column in ordered), number
