"""Errands: what a change needs that takes its time is fetched before the store is locked for it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsletter.errors import FetchError
from newsletter.model import Built, Decision
from newsletter.ports import Pictures, PictureSize

# Whoever only looks at an issue need not wait for all that composing one takes.
if TYPE_CHECKING:
    from newsletter.pipeline.compose import Composed

Measured = PictureSize | FetchError


class ErrandError(Exception):
    """Something is missing that is not to be had within a transaction: `run` fetches it."""

    def __init__(self, run: Callable[[], None]) -> None:
        super().__init__("run this errand, and begin once more")
        self.run = run


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a built issue is to be composed anew with.

    The editor's decisions, and the articles (by id) whose stories are to be among the candidates.
    """

    built: Built
    decisions: tuple[Decision, ...]
    named: frozenset[str]


@dataclass(slots=True)
class Errands:
    """What has been fetched for one change; asking for anything else raises ErrandError.

    A change is tried, undone where something is missing, and tried again with it. Nobody else has
    to wait while stories are composed or pictures measured.
    """

    recompose: "Callable[[Wanted], Composed]"
    pictures: Pictures | None
    _composed: "dict[Wanted, Composed]" = field(default_factory=dict)
    _measured: dict[str, Measured] = field(default_factory=dict)

    def composed(self, wanted: Wanted) -> "Composed":
        """Return what *wanted* comes to.

        Raises:
            ErrandError: it has not been composed yet.
        """
        if wanted not in self._composed:
            raise ErrandError(lambda: self._composed.update({wanted: self.recompose(wanted)}))
        return self._composed[wanted]

    def measure(self, urls: Sequence[str]) -> Iterator[tuple[str, Measured]]:
        """Yield the size of the picture at each URL, or why there is none.

        Raises:
            ErrandError: one has not been measured yet.
        """
        missing = [url for url in urls if url not in self._measured]
        if missing and self.pictures:
            asked = self.pictures
            nothing = dict.fromkeys(missing, FetchError("was not asked for"))
            raise ErrandError(
                lambda: self._measured.update({**nothing, **dict(asked.measure(missing))})
            )
        for url in urls:
            yield url, self._measured.get(url, FetchError("was not asked for"))
