"""How near two articles are: shared terms, the evidence in them, and how crowded it is around."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from newsletter.model import Article
from newsletter.stories.weights import Weighed

Vector = NDArray[np.float64]
Rows = NDArray[np.int64]

# Least mean score at which two groups of articles are one story. Flat from .24 to .30: below it
# rises recall, above it precision.
THRESHOLD = 0.27
# Scores under this are not kept: as strangers they count 0 to average linkage.
NOISE = 0.08

_SCALE = 1.4  # brings nearness to about 1 for two full reports of one event
_FEW = 2.0  # shared terms at which a cosine is worth half: one buzzword is no event
_COSINE = 0.75  # the cosine's part in nearness; the rest is evidence
_EVIDENCE = 40.0  # nats of shared evidence in two full reports of one event

_INNER, _OUTER = 20, 40  # neighbours beyond the 20th are the crowd: nearer ones may be the story
_QUIET = 0.06  # crowding of an ordinary article, which leaves nearness as it is
_LACKING = 0.045  # crowding of ranks that a small window lacks: best on windows of ten and thirty
_CROWDED = 0.18  # crowding at most: a story of fifty articles is a crowd of its own making
_OFFSET = 0.05  # keeps an article that nothing is near to from being drawn to anything
_POWER = 0.45

_FREE_DAYS = 1.0  # one news cycle and the zones: no distance
_FADING_DAYS = 6.0  # days of distance in which nearness falls to 1/e

# Products an article that candidates may cost. A window of a thousand articles needs no more for
# all its terms; in a larger one the commonest propose nobody, but count as everywhere.
_BUDGET = 5_000
_CANDIDATES = 64  # articles that an article is compared with in full: its story and its crowd
_BLOCK = 512  # rows at a time: 100 MB
# Nearness that no two articles' scores can lift to NOISE: (0.05 / 0.11)^0.45 is the least q.
_FAR = NOISE * (_OFFSET / (_QUIET + _OFFSET)) ** (2 * _POWER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The articles that are looked at together, their terms row by row, and their days or NaN."""

    articles: tuple[Article, ...]
    weighed: Weighed
    days: Vector

    @classmethod
    def of(cls, articles: Sequence[Article], weighed: Weighed, *, use_dates: bool) -> Self:
        """Return the window of *articles*, the rows of *weighed*; without dates, days are NaN."""
        days = [
            article.published.timestamp() / 86_400 if use_dates and article.published else np.nan
            for article in articles
        ]
        return cls(articles=tuple(articles), weighed=weighed, days=np.array(days, dtype=np.float64))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Pairs of rows, the smaller first, how near they are, and q of `scores` for every row."""

    rows: Rows
    others: Rows
    near: Vector
    scale: Vector


def pairs(window: Window) -> Pairs:
    """Return the pairs of a window's rows that may be one story, each once, in order.

    Each row is compared with those that its rarest terms bring up, at a cost that does not grow
    with the window: terms propose from the rarest on until the sum of their squared frequencies
    reaches 5,000 an article, and the 64 with the greatest cosine are compared in full.
    """
    count = len(window.articles)
    scale = np.empty(count)
    found = [(np.empty(0, np.int64), np.empty(0))]
    for start, (rows, others) in _candidates(window):
        near = nearness(window, rows, others)
        scale[start : start + _BLOCK] = _scale(
            rows - start, near, min(_BLOCK, count - start), count
        )
        heard = near >= _FAR
        smaller, larger = np.minimum(rows, others), np.maximum(rows, others)
        found.append(((smaller * count + larger)[heard], near[heard]))
    keys, values = (np.concatenate(part) for part in zip(*found, strict=True))
    keys, first = np.unique(keys, return_index=True)  # most are found from both sides
    return Pairs(rows=keys // count, others=keys % count, near=values[first], scale=scale)


def scores(found: Pairs) -> csr_array:
    """Return the symmetric matrix of scores between the articles of a window, NOISE and above.

    With x and y two articles' weights (rows of length 1), summing over the terms they share:

        S = sum(x y),  Q = sum((x y)^2),  n = S^2 / Q,  E = sum(evidence)
        nearness v = (1.4 * S * n / (n + 2))^0.75 * (E / 40)^0.25

    so that many informative terms count for more than one buzzword (n is the effective number of
    shared terms, the inverse of Simpson's index). Where both dates are known, v falls by
    exp(-d / 6) over the d days beyond the first between them. A fixed threshold on v would do for
    one density of news alone, so each article's own crowd divides it (local scaling, after
    Zelnik-Manor and Perona 2004, "Self-Tuning Spectral Clustering"):

        score = v / (q(a) q(b)),  q = ((r + 0.05) / 0.11)^0.45

    where r is the mean of v over the article's neighbours of rank 21 to 40, at most 0.18.
    A score is 0 or more and may pass 1.
    """
    values = found.near / (found.scale[found.rows] * found.scale[found.others])
    heard = values >= NOISE
    where = (found.rows[heard], found.others[heard])
    upper = csr_array((values[heard], where), shape=(len(found.scale),) * 2)
    return csr_array(upper + upper.T)


def scores_of(window: Window, scale: Vector, rows: Sequence[int], others: Sequence[int]) -> Vector:
    """Return the score of each pair of rows, however small; *scale* is that of `pairs`."""
    one, other = np.array(rows, dtype=np.int64), np.array(others, dtype=np.int64)
    return nearness(window, one, other) / (scale[one] * scale[other])


def nearness(window: Window, rows: Rows, others: Rows) -> Vector:
    """Return v of `scores` for pairs of rows."""
    weights, evidence = window.weighed.weights, window.weighed.evidence
    if not len(rows):
        return np.empty(0)
    products = weights[rows].multiply(weights[others])
    rarity = evidence[rows].multiply(evidence[others])
    near = _near(products.sum(axis=1), products.power(2).sum(axis=1), rarity.sum(axis=1))
    return near * _together(window.days[rows], window.days[others])


def _near(cosine: Vector, squares: Vector, evidence: Vector) -> Vector:
    """Return v of `scores` from S, Q and E, before any time has passed."""
    square = cosine * cosine
    # n / (n + few) with n = S^2 / Q, written so that no shared term gives 0 and not 0 / 0.
    many = np.divide(square, square + _FEW * squares, out=square, where=squares > 0)
    near = (_SCALE * cosine * many) ** _COSINE * (evidence / _EVIDENCE) ** (1 - _COSINE)
    return np.asarray(near, dtype=np.float64)


def _together(days: Vector, other_days: Vector) -> Vector:
    """Return what is left of nearness over the days between, 1.0 where one is not known."""
    apart = np.maximum(np.abs(days - other_days) - _FREE_DAYS, 0.0)
    return np.exp(-np.nan_to_num(apart, nan=0.0) / _FADING_DAYS)


def shared_terms(weighed: Weighed, first: int, second: int) -> tuple[str, ...]:
    """Return the terms that two rows share, the one that adds most to their cosine first."""
    matrix = weighed.weights
    a, b = (slice(matrix.indptr[row], matrix.indptr[row + 1]) for row in (first, second))
    columns, in_a, in_b = np.intersect1d(
        matrix.indices[a], matrix.indices[b], assume_unique=True, return_indices=True
    )
    products = matrix.data[a][in_a] * matrix.data[b][in_b]
    return tuple(weighed.terms[column] for column in columns[np.argsort(-products, kind="stable")])


def _candidates(window: Window) -> Iterator[tuple[int, tuple[Rows, Rows]]]:
    """Yield the first row of each block, and its rows paired with their candidates, row by row."""
    weights = window.weighed.weights
    count, width = weights.shape
    held = np.bincount(weights.indices, minlength=width)
    rarest = np.argsort(held, kind="stable")
    proposing = rarest[np.cumsum(held[rarest] ** 2) <= _BUDGET * count]
    terms = weights[:, np.sort(proposing)]
    columns = terms.T.tocsr()
    is_dated = not np.isnan(window.days).all()
    for start in range(0, count, _BLOCK):
        cosines = terms[start : start + _BLOCK] @ columns
        if is_dated:
            # As time takes them from nearness: or else the crowd would be that of other weeks.
            days = np.repeat(window.days[start : start + _BLOCK], np.diff(cosines.indptr))
            cosines.data *= _together(days, window.days[cosines.indices]) ** (1 / _COSINE)
        nearest = list(_nearest(cosines))
        rows = np.repeat(np.arange(start, start + len(nearest)), [len(found) for found in nearest])
        others = np.concatenate(nearest)
        yield start, (rows[rows != others], others[rows != others])


def _nearest(cosines: csr_array) -> Iterator[Rows]:
    """Yield the columns with the greatest values of each row, itself among them, in order."""
    for begin, end in pairwise(cosines.indptr.tolist()):
        columns = cosines.indices[begin:end].astype(np.int64)
        if len(columns) > _CANDIDATES + 1:
            order = np.argpartition(-cosines.data[begin:end], _CANDIDATES)
            columns = columns[order[: _CANDIDATES + 1]]
        yield np.sort(columns)


def _scale(rows: Rows, near: Vector, count: int, window: int) -> Vector:
    """Return q of `scores` for *count* rows of a window, from the nearness of their candidates.

    *rows* rise; a window of fewer than 41 articles lacks ranks.
    """
    values = near[np.lexsort((-near, rows))]
    rank = np.arange(len(rows)) - np.searchsorted(rows, np.arange(count))[rows]
    crowd = (rank >= _INNER) & (rank < _OUTER)
    total = np.bincount(rows[crowd], values[crowd], minlength=count)
    lacking = _LACKING * (_OUTER - max(_INNER, min(_OUTER, window - 1)))
    crowding = np.minimum((total + lacking) / (_OUTER - _INNER), _CROWDED)
    return np.asarray(((crowding + _OFFSET) / (_QUIET + _OFFSET)) ** _POWER, dtype=np.float64)
