"""Groups what is scored in pairs: average linkage, under what the editor decided."""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

# A hair of tolerance: the mean of equal scores may round to just under them.
_HAIR = 1e-12


class Families:
    """Which members belong together by decision or by what was found, and which must never.

    What is joined stays joined, and none of it is ever joined to what one of it is kept apart from.
    """

    def __init__(
        self, together: Iterable[Sequence[int]] = (), apart: Iterable[tuple[int, int]] = ()
    ) -> None:
        self._head: dict[int, int] = {}
        self._against: dict[int, set[int]] = defaultdict(set)
        for first, second in apart:
            self._against[first].add(second)
            self._against[second].add(first)
        for group in together:
            for member in group[1:]:
                self.join(group[0], member)

    def head(self, member: int) -> int:
        """Return the member that stands for the family of *member*."""
        while (head := self._head.get(member, member)) != member:
            member = head
        return member

    def join(self, first: int, second: int) -> bool:
        """Make one family of both, unless they must stay apart; tell whether they are one."""
        one, other = sorted((self.head(first), self.head(second)))
        if one == other:
            return True
        if other in self._against.get(one, ()):
            return False
        self._head[other] = one
        for stranger in self._against.pop(other, ()):
            self._against[stranger].discard(other)
            self._against[stranger].add(one)
            self._against[one].add(stranger)
        return True

    def renumbered(self, members: Sequence[int]) -> "Families":
        """Return the families of *members*, each now called by its place among them."""
        found: dict[int, list[int]] = defaultdict(list)
        for place, member in enumerate(members):
            found[self.head(member)].append(place)
        return Families(
            found.values(),
            (
                (places[0], found[stranger][0])
                for head, places in found.items()
                for stranger in sorted(self._against.get(head, ()))
                if head < stranger and stranger in found
            ),
        )


def groups(
    scores: csr_array,
    threshold: float,
    families: Families | None = None,
    *,
    caution: float = 0.0,
) -> tuple[tuple[int, ...], ...]:
    """Return the groups of rows whose mean score between halves reaches *threshold*.

    *scores* is symmetric; what is not stored counts as 0. Every row is in exactly one group;
    groups and their members are in rising order. Average linkage (UPGMA, Sokal and Michener 1958)
    asks two groups to be near on the whole, where single linkage would let one round-up chain two
    events. With *caution* it asks the more of them the larger they are: groups of a and b rows need
    a mean of threshold * (a b)^caution, since a false merger costs a b false pairs.

    It works on stored scores alone and ends at *threshold*: a component of n rows with m
    scores costs O(m log m) time and O(m) memory, never n squared. Of equal means the smallest rows
    go first.

    Rows are members of *families*: two groups of families that must stay apart are not joined,
    however near, and families grow by what is.
    """
    families = families or Families()
    found = [
        group
        for members in _components(scores, threshold)
        for group in _agglomerated(scores, members, threshold, families, caution)
    ]
    return tuple(sorted(found))


def united(found: Iterable[Sequence[int]], families: Families) -> tuple[tuple[int, ...], ...]:
    """Return the groups *found*, those of one family as one, in rising order."""
    members: dict[int, list[int]] = defaultdict(list)
    for group in found:
        members[families.head(group[0])].extend(group)
    return tuple(sorted(tuple(sorted(group)) for group in members.values()))


def _components(scores: csr_array, threshold: float) -> Iterable[list[int]]:
    """Yield the rows that pairs of at least *threshold* connect: no merger crosses from one."""
    strong = coo_array(scores)
    keep = strong.data >= threshold - _HAIR
    near = coo_array((strong.data[keep], (strong.row[keep], strong.col[keep])), shape=scores.shape)
    count, labels = connected_components(near, directed=False)
    order = np.argsort(labels, kind="stable")
    ends = np.cumsum(np.bincount(labels, minlength=count))
    for members in np.split(order, ends[:-1]) if count else ():
        yield members.tolist()


def _agglomerated(
    scores: csr_array, members: list[int], threshold: float, families: Families, caution: float
) -> Iterable[tuple[int, ...]]:
    """Yield the groups within one component."""
    if len(members) == 1:
        yield tuple(members)
        return
    groups = {row: [row] for row in members}
    # Sums of scores between groups, by their first rows: a mean is a sum over both sizes.
    sums = {row: _stored(scores, row, groups) for row in members}
    queue = [(-s, row, other) for row in members for other, s in sums[row].items() if row < other]
    queue = [tie for tie in queue if -tie[0] >= threshold - _HAIR]
    heapq.heapify(queue)
    while queue:
        worth, row, other = heapq.heappop(queue)
        if row not in groups or other not in groups:
            continue
        if -worth != _worth(sums, groups, row, other, caution) or not families.join(row, other):
            continue
        groups[row] += groups.pop(other)
        for third, s in sums.pop(other).items():
            if third == row:
                continue
            sums[row][third] = sums[third][row] = sums[row].get(third, 0.0) + s
            del sums[third][other]
        del sums[row][other]
        for third in sums[row]:
            worth = _worth(sums, groups, row, third, caution)
            if worth >= threshold - _HAIR:
                heapq.heappush(queue, (-worth, min(row, third), max(row, third)))
    yield from (tuple(sorted(group)) for group in groups.values())


def _stored(scores: csr_array, row: int, among: dict[int, list[int]]) -> dict[int, float]:
    """Return the scores of a row that are stored, by the other row, of those *among*."""
    here = slice(int(scores.indptr[row]), int(scores.indptr[row + 1]))
    others, values = scores.indices[here].tolist(), scores.data[here].tolist()
    return {o: v for o, v in zip(others, values, strict=True) if o in among and o != row}


def _worth(
    sums: dict[int, dict[int, float]],
    groups: dict[int, list[int]],
    row: int,
    other: int,
    caution: float,
) -> float:
    """Return the mean score between two groups, less what caution takes off it."""
    size = len(groups[row]) * len(groups[other])
    return sums[row][other] / float(size ** (1 + caution))
