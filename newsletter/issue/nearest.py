"""The name that was meant where one was misspelt or cut short."""

from collections.abc import Iterable
from difflib import SequenceMatcher

_ALIKE = 0.7  # from here on of 1 it is a slip, not another name
_LEAST = 3  # characters that say something


def nearest(written: str, names: Iterable[str]) -> str | None:
    """Return the one of *names* that *written* is most like, None if it is like none of them.

    The beginning of a name is like it, and so is a word of it, each with a slip or two; case and
    runs of blanks do not count.
    """
    asked = _folded(written)
    if len(asked) < _LEAST:
        return None
    likest, name = max(((_likeness(asked, one), one) for one in names), default=(0.0, ""))
    return name if likest >= _ALIKE else None


def _likeness(asked: str, name: str) -> float:
    plain = _folded(name)
    parts = (plain, plain[: len(asked)], *plain.split())
    return max(
        SequenceMatcher(None, asked, part).ratio() - (0 if part == plain else 0.01)
        for part in parts
        if len(part) >= _LEAST or part == plain
    )


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
