"""The hard cases of sentence splitting, read from their files; the first file dealt in two."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

_FIRST = Path(__file__).with_name("cases_sentences.txt")
_FRESH = Path(__file__).with_name("cases_sentences_fresh.txt")
# Set down before the first run. Rules were tuned on one half; the other half was only scored.
_SEED = 5


class Case(NamedTuple):
    """A text and the sentences that it holds."""

    name: str
    text: str
    expected: tuple[str, ...]


def cases() -> list[Case]:
    """Return all cases of the first file, in its order."""
    return _read(_FIRST)


def fresh() -> list[Case]:
    """Return the cases that were written after the rules and scored once before any change."""
    return _read(_FRESH)


def _read(file: Path) -> list[Case]:
    rows = [
        line.split("\t")
        for line in file.read_text(encoding="utf-8").split("\n")
        if line and not line.startswith("#")
    ]
    return [_case(name, marked.replace("↵", "\n")) for name, marked in rows]


def halves() -> tuple[list[Case], list[Case]]:
    """Return the half that the rules were tuned on and the half that was only scored."""
    dealt = cases()
    random.Random(_SEED).shuffle(dealt)
    middle = len(dealt) // 2
    return dealt[:middle], dealt[middle:]


def missed(split: Callable[[str], tuple[str, ...]], of: list[Case]) -> list[Case]:
    """Return those cases that *split* does not cut exactly as expected."""
    return [case for case in of if split(case.text) != case.expected]


def _case(name: str, marked: str) -> Case:
    expected = tuple(part.strip() for part in marked.split("‖"))
    return Case(name, marked.replace("‖ ", "").replace("‖", ""), expected)
