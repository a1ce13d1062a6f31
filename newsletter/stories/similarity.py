"""How near two articles are: shared terms, the evidence in them, and how crowded it is around."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from newsletter.model import Article
from newsletter.stories.weights import Weighed

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

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
_BLOCK = 128  # rows at a time: 5 MB a matrix at 5,000 articles


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


def scores(window: Window) -> csr_array:
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
    count = len(window.articles)
    nearest = np.zeros((count, _OUTER))
    kept: list[tuple[NDArray[np.intp], NDArray[np.intp], Vector]] = []
    for start in range(0, count, _BLOCK):
        stop = min(start + _BLOCK, count)
        near = np.triu(_nearness(window, slice(start, stop), slice(start, count)), 1)
        inside = near[:, : stop - start]
        near_to_rows = np.hstack((near, inside.T))
        nearest[start:stop] = _nearest(nearest[start:stop], near_to_rows)
        nearest[stop:] = _nearest(nearest[stop:], near[:, stop - start :].T)
        # Crowding only grows from here, and with it the nearness that a score asks for.
        least = _scale(nearest, count)
        rows, columns = np.nonzero(near >= NOISE * np.outer(least[start:stop], least[start:]))
        kept.append((rows + start, columns + start, near[rows, columns]))
    rows, columns, values = (np.concatenate(part) for part in zip(*kept, strict=True))
    scale = _scale(nearest, count)
    values = values / (scale[rows] * scale[columns])
    heard = values >= NOISE
    upper = csr_array((values[heard], (rows[heard], columns[heard])), shape=(count, count))
    return csr_array(upper + upper.T)


def score(window: Window, first: int, second: int) -> float:
    """Return the score of two rows, however small, as `scores` would."""
    rows = [first, second]
    near = _nearness(window, rows, slice(None))
    between = near[0, second]
    near[[0, 1], rows] = 0.0
    scale = _scale(_nearest(np.zeros((2, _OUTER)), near), len(window.articles))
    return float(between / (scale[0] * scale[1]))


def shared_terms(weighed: Weighed, first: int, second: int) -> tuple[str, ...]:
    """Return the terms that two rows share, the one that adds most to their cosine first."""
    matrix = weighed.weights
    a, b = (slice(matrix.indptr[row], matrix.indptr[row + 1]) for row in (first, second))
    columns, in_a, in_b = np.intersect1d(
        matrix.indices[a], matrix.indices[b], assume_unique=True, return_indices=True
    )
    products = matrix.data[a][in_a] * matrix.data[b][in_b]
    return tuple(weighed.terms[column] for column in columns[np.argsort(-products, kind="stable")])


def _nearness(window: Window, rows: slice | list[int], columns: slice) -> Matrix:
    """Return v of `scores` for some rows and columns."""
    x, y = window.weighed.weights[rows], window.weighed.weights[columns]
    cosine = (x @ y.T).toarray()
    squares = (x.power(2) @ y.power(2).T).toarray()
    evidence = (window.weighed.evidence[rows] @ window.weighed.evidence[columns].T).toarray()
    square = cosine * cosine
    # n / (n + few) with n = S^2 / Q, written so that no shared term gives 0 and not 0 / 0.
    many = np.divide(square, square + _FEW * squares, out=square, where=squares > 0)
    near = (_SCALE * cosine * many) ** _COSINE * (evidence / _EVIDENCE) ** (1 - _COSINE)
    if not np.isnan(window.days).all():
        apart = np.abs(window.days[rows, None] - window.days[None, columns]) - _FREE_DAYS
        near *= np.exp(-np.nan_to_num(np.maximum(apart, 0.0), nan=0.0) / _FADING_DAYS)
    return np.asarray(near, dtype=np.float64)


def _nearest(known: Matrix, more: Matrix) -> Matrix:
    """Return the largest values of each row of both, as many as *known* has, in no order."""
    both = np.hstack((known, more))
    return np.partition(both, -known.shape[1], axis=1)[:, -known.shape[1] :]


def _scale(nearest: Matrix, count: int) -> Vector:
    """Return q of `scores` from each article's nearest values in a window of *count* articles."""
    ranked = -np.sort(-nearest, axis=1)
    ranked[:, max(count - 1, 0) :] = _LACKING
    crowding = np.minimum(ranked[:, _INNER:].mean(axis=1), _CROWDED)
    return np.asarray(((crowding + _OFFSET) / (_QUIET + _OFFSET)) ** _POWER, dtype=np.float64)
