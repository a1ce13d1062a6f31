"""How near two articles are: shared terms, the evidence in them, and how crowded it is around."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from newsletter.model import Article, Reading
from newsletter.stories.feeds import Feeds, telling
from newsletter.stories.meaning import SHARE, Meaning, Vectors
from newsletter.stories.twins import Figures, are_twins
from newsletter.stories.weights import Weighed

Vector = NDArray[np.float64]
Rows = NDArray[np.int64]
Flags = NDArray[np.bool_]

# Least score at which two articles are one story. Flat from .24 to .26: below it rises recall,
# above it precision.
THRESHOLD = 0.24
# Of two groups of a and b articles a mean of (a b)^0.03 times as much is asked. Flat to .05.
CAUTION = 0.03
# Scores under this are not kept: as strangers they count 0 to average linkage.
NOISE = 0.08

_SCALE = 1.4  # brings nearness to about 1 for two full reports of one event
_FEW = 2.5  # shared terms at which a cosine is worth half: one buzzword is no event
_COSINE = 0.75  # the cosine's part in nearness; the rest is evidence
_EVIDENCE = 40.0  # nats of shared evidence in two full reports of one event

# Part of the likeness of articles of one feed: an outlet writes alike of what is not. Flat to .85.
_OWN = 0.92

_INNER, _OUTER = 20, 40  # neighbours beyond the 20th are the crowd: nearer ones may be the story
_QUIET = 0.06  # crowding of an ordinary article, which leaves nearness as it is
_LACKING = 0.05  # crowding of ranks that a small window lacks: nobody knows, so nearly ordinary
_LONELY = 0.02  # crowding at least: that nothing is near is no reason to merge what is not
_CROWDED = 0.2  # crowding at most: a story of fifty articles is a crowd of its own making
_OFFSET = 0.04  # keeps an article that nothing is near to from being drawn to anything
_POWER = 0.5

_FREE_DAYS = 1.0  # one news cycle and the zones: no distance
_FADING_DAYS = 6.0  # days of distance in which nearness falls to 1/e

# Products an article that candidates may cost. A window of a thousand articles needs no more for
# all its terms; in a larger one the commonest propose nobody, but count as everywhere.
BUDGET = 5_000
CANDIDATES = 64  # articles that an article is compared with in full: its story and its crowd
_BLOCK = 512  # rows at a time: 100 MB
# Nearness that no two articles' scores can lift to NOISE: the least q is that of the lonely.
_FAR = NOISE * ((_LONELY + _OFFSET) / (_QUIET + _OFFSET)) ** (2 * _POWER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The articles that are looked at together, their terms row by row, and their days or NaN.

    `own` is how far each term tells among articles of one feed of `feeds`, `figures` those in the
    headlines. Without them, nothing is said against any pair.
    """

    articles: tuple[Article, ...]
    weighed: Weighed
    days: Vector
    feeds: Feeds | None = None
    own: csr_array | None = None
    figures: Figures | None = None
    meaning: Meaning | None = None

    @classmethod
    def of(
        cls,
        articles: Sequence[Article],
        weighed: Weighed,
        readings: Sequence[Reading] = (),
        *,
        use_dates: bool,
    ) -> Self:
        """Return the window of *articles*, the rows of *weighed*; without dates, days are NaN.

        *readings* are those of the articles; without them, any two can be one story.
        """
        days = [
            article.published.timestamp() / 86_400 if use_dates and article.published else np.nan
            for article in articles
        ]
        feeds = Feeds.of(articles, readings) if readings else None
        return cls(
            articles=tuple(articles),
            weighed=weighed,
            days=np.array(days, dtype=np.float64),
            feeds=feeds,
            own=telling(weighed.weights, feeds.feeds) if feeds else None,
            figures=Figures.of(readings) if readings else None,
        )

    def with_meaning(self, vectors: Mapping[str, Vectors]) -> Self:
        """Return the window with what an embedding model makes of its articles, by their ids."""
        meaning = Meaning.of([article.id for article in self.articles], vectors)
        return replace(self, meaning=meaning)


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
    for start, (rows, others) in candidates(window):
        near = likeness(window.weighed, rows, others)
        # The crowd is that of the words: days apart, and one's own outlet, are no less a crowd.
        scale[start : start + _BLOCK] = _scale(
            rows - start, near, min(_BLOCK, count - start), count
        )
        near = _allowed(window, rows, others, near)
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
        likeness l = (1.4 * S * n / (n + 2.5))^0.75 * (E / 40)^0.25

    so that many informative terms count for more than one buzzword (n is the effective number of
    shared terms, the inverse of Simpson's index). Nearness v is what is left of it: of articles of
    one feed, 0.92 of the likeness by what the feed does not say all the time; nothing of parts of a
    series and of twins; and where both dates are known, exp(-d / 6) over the d days beyond the
    first between them. A fixed threshold on v would do for one density of news alone, so each
    article's own crowd divides it (local scaling, after Zelnik-Manor and Perona 2004, "Self-Tuning
    Spectral Clustering"):

        score = v / (q(a) q(b)),  q = ((r + 0.04) / 0.1)^0.5

    where r is the mean of l over the article's neighbours of rank 21 to 40, 0.02 to 0.2.
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
    return _allowed(window, rows, others, likeness(window.weighed, rows, others))


def likeness(
    weighed: Weighed, rows: Rows, others: Rows, telling: csr_array | None = None
) -> Vector:
    """Return l of `scores` for pairs of rows, of what is left of terms if they tell by *telling*.

    In an article, a term weighs by the square of that, and is evidence by as much.
    """
    if not len(rows):
        return np.empty(0)
    products = _rows(weighed.weights, rows, telling, 2).multiply(
        _rows(weighed.weights, others, telling, 2)
    )
    rarity = _rows(weighed.evidence, rows, telling, 1).multiply(
        _rows(weighed.evidence, others, telling, 1)
    )
    return _near(products.sum(axis=1), products.power(2).sum(axis=1), rarity.sum(axis=1))


def _rows(matrix: csr_array, rows: Rows, telling: csr_array | None, power: int) -> csr_array:
    """Return rows of a matrix, times a power of *telling*, whose entries stand where its do."""
    found = matrix[rows]
    if telling is not None:
        found.data *= telling[rows].data ** power
    return found


def _allowed(window: Window, rows: Rows, others: Rows, alike: Vector) -> Vector:
    """Return what is left of the likeness of pairs of rows, as `scores` tells."""
    near = alike
    if window.meaning is not None:
        near = (1 - SHARE) * alike + SHARE * window.meaning.likeness(rows, others)
    left = near * _together(window.days[rows], window.days[others])
    if window.feeds is None or window.own is None or window.figures is None:
        return left
    same = np.flatnonzero(window.feeds.same(rows, others))
    own = likeness(window.weighed, rows[same], others[same], window.own)
    left[same] *= _OWN * np.divide(own, alike[same], out=np.ones(len(own)), where=own < alike[same])
    barred = window.feeds.serial(rows, others)
    barred |= are_twins(window.figures, window.weighed, rows, others)
    left[barred] = 0.0
    return left


def _near(cosine: Vector, squares: Vector, evidence: Vector) -> Vector:
    """Return l of `scores` from S, Q and E."""
    square = cosine * cosine
    # n / (n + few) with n = S^2 / Q, written so that no shared term gives 0 and not 0 / 0.
    many = np.divide(square, square + _FEW * squares, out=square, where=squares > 0)
    near = (_SCALE * cosine * many) ** _COSINE * (evidence / _EVIDENCE) ** (1 - _COSINE)
    return np.asarray(near, dtype=np.float64)


def _together(days: Vector, other_days: Vector) -> Vector:
    """Return what is left of nearness over the days between, 1.0 where one is not known."""
    return fading(np.abs(days - other_days))


def fading(apart: Vector) -> Vector:
    """Return what is left of nearness over so many days, 1.0 where they are not known."""
    beyond = np.maximum(apart - _FREE_DAYS, 0.0)
    return np.exp(-np.nan_to_num(beyond, nan=0.0) / _FADING_DAYS)


def proposing(weights: csr_array) -> Rows:
    """Return the columns that propose candidates: the rarest, as many as BUDGET allows, in order.

    A term that k of n articles hold costs k^2 products, all of them at most n times BUDGET.
    """
    count, width = weights.shape
    held = np.bincount(weights.indices, minlength=width)
    rarest = np.argsort(held, kind="stable")
    return np.sort(rarest[np.cumsum(held[rarest] ** 2) <= BUDGET * count])


def candidates(window: Window) -> Iterator[tuple[int, tuple[Rows, Rows]]]:
    """Yield the first row of each block, and its rows paired with their candidates, row by row.

    A row has at most CANDIDATES of them.
    """
    count = len(window.articles)
    terms = window.weighed.weights[:, proposing(window.weighed.weights)]
    columns = terms.T.tocsr()
    is_dated = not np.isnan(window.days).all()
    for start in range(0, count, _BLOCK):
        cosines = terms[start : start + _BLOCK] @ columns
        if is_dated:
            # As time takes them from nearness: or else the nearest would be of other weeks.
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
        if len(columns) > CANDIDATES + 1:
            order = np.argpartition(-cosines.data[begin:end], CANDIDATES)
            columns = columns[order[: CANDIDATES + 1]]
        yield np.sort(columns)


def _scale(rows: Rows, near: Vector, count: int, window: int) -> Vector:
    """Return q of `scores` for *count* rows of a window, from the likeness of their candidates.

    *rows* rise; a window of fewer than 41 articles lacks ranks.
    """
    values = near[np.lexsort((-near, rows))]
    rank = np.arange(len(rows)) - np.searchsorted(rows, np.arange(count))[rows]
    crowd = (rank >= _INNER) & (rank < _OUTER)
    total = np.bincount(rows[crowd], values[crowd], minlength=count)
    lacking = _LACKING * (_OUTER - max(_INNER, min(_OUTER, window - 1)))
    crowding = np.clip((total + lacking) / (_OUTER - _INNER), _LONELY, _CROWDED)
    return np.asarray(((crowding + _OFFSET) / (_QUIET + _OFFSET)) ** _POWER, dtype=np.float64)
