"""What is amiss in a manuscript, and how it is told: of many alike the first, the rest counted."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

_MOST = 50  # faults told in one go
_ALIKE = 8  # of one kind that are all told
_OF_MORE = 5  # of a kind that has more


class Fault(NamedTuple):
    """What is amiss on a `line`, counted from 1; those of one `kind` may be told together."""

    line: int
    said: str
    kind: str


def told(faults: Iterable[Fault], name: str) -> str:
    """Return *faults* of the manuscript *name* by their lines, one a line: `week.md:12: …`.

    Of a kind that there are more than eight of, five are told, with how many more there are.
    """
    kinds: dict[str, list[Fault]] = {}
    for fault in sorted(set(faults)):
        kinds.setdefault(fault.kind, []).append(fault)
    few = sorted(fault for alike in kinds.values() for fault in _first(alike))
    lines = [f"{name}:{line}: {said}" for line, said, _ in few[:_MOST]]
    if len(few) > _MOST:
        lines.append(f"{name}: and {len(few) - _MOST} faults more")
    return "\n".join(lines)


def _first(alike: Sequence[Fault]) -> Sequence[Fault]:
    if len(alike) <= _ALIKE:
        return alike
    *first, last = alike[:_OF_MORE]
    more = alike[_OF_MORE:]
    where = f"lines {more[0].line} to {more[-1].line}"
    return [*first, last._replace(said=f"{last.said}; and {len(more)} more like it ({where})")]
