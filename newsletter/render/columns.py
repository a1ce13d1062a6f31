"""Places stories of unlike length in two columns, in reading order and without holes."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Protocol, TypeVar


class _Sized(Protocol):
    @property
    def is_brief(self) -> bool: ...


T = TypeVar("T", bound=_Sized)

# Two brief stories are about as high as one told in full; a third alone is no worse than a hole.
_BESIDE = 2
_ALL_BESIDE = 3


def cells(stories: Sequence[T]) -> tuple[tuple[T, ...], ...]:
    """Return *stories* in cells of a grid of two columns, their order kept.

    A story told in full has a cell of its own. Brief ones in a row stand one below another: two
    beside a full one (three, if that is all), the rest in two cells of the same number, the first
    perhaps one more.
    """
    return tuple(_cells(stories))


def _cells(stories: Sequence[T]) -> Iterator[tuple[T, ...]]:
    place = 0
    for is_brief, run in groupby(stories, key=lambda story: story.is_brief):
        found = tuple(run)
        parts = _stacked(found, beside=place % 2 == 1) if is_brief else [(one,) for one in found]
        for part in parts:
            yield part
            place += 1


def _stacked(briefs: tuple[T, ...], *, beside: bool) -> Iterator[tuple[T, ...]]:
    if beside:
        count = len(briefs) if len(briefs) <= _ALL_BESIDE else _BESIDE
        yield briefs[:count]
        briefs = briefs[count:]
    half = (len(briefs) + 1) // 2
    for part in (briefs[:half], briefs[half:]):
        if part:
            yield part
