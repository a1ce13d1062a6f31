"""What the editor's decisions come to, once the later have won over the earlier."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from newsletter.model import Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Which articles the editor wants in one story and which not, without contradiction, by ids.

    `together` are closed groups of at least two, disjoint and in order of their first ids; `apart`
    are sorted pairs, for groups each member with each.
    """

    together: tuple[frozenset[str], ...] = ()
    apart: frozenset[tuple[str, str]] = frozenset()


def settle(decisions: Sequence[Decision]) -> Settled:
    """Return what *decisions* come to: no two articles are both together and apart.

    They are heard from the latest back, and one that contradicts what was heard before gives way
    whole, also where the contradiction runs through a chain: of a–b together, b–c together, and
    later a–c apart, the oldest link a–b gives way. Of the same moment apart is heard before
    together, for a false merge hides a story, then by ids; so the order given changes nothing.
    """
    known = _Groups()
    by_kind = sorted(decisions, key=lambda one: (one.kind, _sorted(one.article_id, one.other_id)))
    for one in sorted(by_kind, key=lambda one: one.at, reverse=True):
        if one.article_id == one.other_id:
            continue
        if one.kind == "apart":
            known.part(one.article_id, one.other_id)
        else:
            known.join(one.article_id, one.other_id)
    return Settled(together=known.joined(), apart=known.parted())


class _Groups:
    """Groups of ids that grow together, and which of them must not."""

    def __init__(self) -> None:
        self._members: dict[str, set[str]] = {}  # by the id that stands for the group
        self._group: dict[str, str] = {}
        self._against: dict[str, set[str]] = {}

    def part(self, first: str, second: str) -> None:
        """Keep the groups of both apart, unless they are one already."""
        one, other = self._of(first), self._of(second)
        if one != other:
            self._against[one].add(other)
            self._against[other].add(one)

    def join(self, first: str, second: str) -> None:
        """Make one group of those of both, unless they are to stay apart."""
        one, other = self._of(first), self._of(second)
        if one == other or other in self._against[one]:
            return
        if len(self._members[one]) < len(self._members[other]):
            one, other = other, one
        gone = self._members.pop(other)
        self._members[one] |= gone
        self._group.update(dict.fromkeys(gone, one))
        for stranger in self._against.pop(other):
            self._against[stranger].discard(other)
            self._against[stranger].add(one)
            self._against[one].add(stranger)

    def joined(self) -> tuple[frozenset[str], ...]:
        """Return the groups of more than one, in order of their first ids."""
        several = (group for group in self._members.values() if len(group) > 1)
        return tuple(frozenset(group) for group in sorted(several, key=min))

    def parted(self) -> frozenset[tuple[str, str]]:
        """Return every pair of articles whose groups stay apart."""
        return frozenset(
            _sorted(first, second)
            for one, others in self._against.items()
            for other in others
            for first, second in product(self._members[one], self._members[other])
        )

    def _of(self, name: str) -> str:
        if name not in self._group:
            self._group[name] = name
            self._members[name] = {name}
            self._against[name] = set()
        return self._group[name]


def _sorted(*pair: str) -> tuple[str, str]:
    first, second = sorted(pair)
    return first, second
