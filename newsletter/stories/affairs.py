"""Joins the stages of one affair, which the days between them took for stories of their own."""

from collections.abc import Iterable, Sequence

import numpy as np
from scipy.sparse import csr_array

from newsletter.stories.linkage import Families
from newsletter.stories.similarity import Vector, Window, fading

# Mean score, without fading, at which two stages are one affair. Flat from .14 to .18.
AFFAIR = 0.16
NEXT_DAYS = 2.0  # one stage follows another: it is compared with what came so shortly before
APART_DAYS = 1.0  # mean days from which fading, and not the telling, may have kept two apart
# Outlets that tell a stage of an affair. Fewer tell what comes of one that LARGE have told: affairs
# are few and large, and small stories of two days that are like one another are two.
STAGE, LATE, LARGE = 4, 3, 10

_Sums = dict[int, dict[int, float]]
_Edge = tuple[int, int]


def joined(
    groups: Sequence[tuple[int, ...]],
    scores: csr_array,
    window: Window,
    families: Families | None = None,
) -> tuple[tuple[int, ...], ...]:
    """Return *groups* with the stages of large affairs together, in rising order.

    *groups* are of rows of *window*, *scores* those that made them. A story that goes on for a week
    is told in new words each day, and days apart its articles have faded for one another. Two
    groups that enough outlets tell are stages of one affair when their articles that lie no more
    than NEXT_DAYS apart reach a mean score of AFFAIR, fading undone. Undated articles tell nothing
    of stages.

    What *families* keep apart is not joined, and they grow by what is.
    """
    families = families or Families()
    days = window.days
    told_by = [article.source if article.named else article.id for article in window.articles]
    outlets = {group[0]: {told_by[row] for row in group} for group in groups}
    stages = {group[0]: group for group in groups if len(outlets[group[0]]) >= LATE}
    small = [group for group in groups if group[0] not in stages]
    sums = _sums(stages.values(), scores, days)

    def worth_of(edges: Iterable[tuple[_Edge, float]]) -> dict[_Edge, float]:
        return {
            (one, other): _worth(stages[one], stages[other], total, days)
            for (one, other), total in edges
            if _may_follow(len(outlets[one]), len(outlets[other]))
        }

    worth = worth_of(_edges(sums, sums))
    while worth:
        best = max(worth, key=lambda edge: (worth[edge], edge))
        if worth[best] < AFFAIR:
            break
        keep, gone = best
        if not families.join(keep, gone):
            del worth[best]
            continue
        stages[keep] = tuple(sorted(stages[keep] + stages.pop(gone)))
        _move(sums, gone, keep)
        outlets[keep] |= outlets.pop(gone)
        worth = {edge: value for edge, value in worth.items() if not {keep, gone} & {*edge}}
        worth |= worth_of(_edges(sums, [keep]))
    return tuple(sorted([*small, *stages.values()]))


def _sums(stages: Iterable[Sequence[int]], scores: csr_array, days: Vector) -> _Sums:
    """Return the sums of scores between stages, fading undone, over articles of near days."""
    stage = np.full(scores.shape[0], -1)
    for group in stages:
        stage[list(group)] = group[0]
    ties = scores.tocoo()
    ones, others = stage[ties.row], stage[ties.col]
    apart = np.abs(days[ties.row] - days[ties.col])
    across = (ones >= 0) & (others >= 0) & (ones != others) & (apart <= NEXT_DAYS)
    values = ties.data[across] / fading(apart[across])
    found: _Sums = {}
    for one, other, value in zip(
        ones[across].tolist(), others[across].tolist(), values.tolist(), strict=True
    ):
        near = found.setdefault(one, {})
        near[other] = near.get(other, 0.0) + value
    return found


def _edges(sums: _Sums, stages: Iterable[int]) -> Iterable[tuple[_Edge, float]]:
    """Yield the pairs of stages that one of *stages* is in, the smaller first, with their sums."""
    for one in stages:
        for other, total in sums.get(one, {}).items():
            yield (min(one, other), max(one, other)), total


def _move(sums: _Sums, gone: int, keep: int) -> None:
    """Give what stage *gone* shares with others to stage *keep*."""
    for other, total in sums.pop(gone).items():
        del sums[other][gone]
        if other != keep:
            sums[keep][other] = sums[other][keep] = sums[keep].get(other, 0.0) + total


def _may_follow(outlets: int, others: int) -> bool:
    """Return whether groups that so many outlets tell are large enough for stages of an affair."""
    return min(outlets, others) >= STAGE or max(outlets, others) >= LARGE


def _worth(one: Sequence[int], other: Sequence[int], total: float, days: Vector) -> float:
    """Return the mean score of two stages' neighbouring articles, 0.0 if no days divide them."""
    first, second = days[list(one)], days[list(other)]
    if abs(float(np.nanmean(first) - np.nanmean(second))) < APART_DAYS:
        return 0.0
    return total / int(np.count_nonzero(np.abs(first[:, None] - second) <= NEXT_DAYS))
