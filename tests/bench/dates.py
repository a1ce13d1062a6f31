"""Measures how relative dates are resolved: [DATA.yaml] [--wrong], as JSON.

DATA has sentences of our own (tests/bench/data/dates.yaml), each with the words that name a time
from where they stand, and the date that they mean. One that is found is right if it has that date
and holds those words. Prints for each half and all: precision, recall, and microseconds a sentence.
"""
# ruff: noqa: T201  (a tool: it prints what it measures)

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from newsletter.model import Dated
from newsletter.summarise.dating.relative import dates_in

_DATA = Path(__file__).with_name("data") / "dates.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A sentence, when and in what language it appeared, and the dates that it should have."""

    half: str
    language: str
    published: datetime
    text: str
    dates: Mapping[str, str]


def cases(path: Path) -> Iterator[Case]:
    """Yield the cases of a file."""
    for group in YAML(typ="safe").load(path):
        for text, dates in group["sentences"]:
            yield Case(
                half=group["half"],
                language=group["language"],
                published=group["published"].replace(tzinfo=UTC),
                text=text,
                dates=dates,
            )


def is_right(found: Dated, case: Case) -> bool:
    """Tell whether what was found is what the case wants."""
    return any(words in found.span and date == found.date for words, date in case.dates.items())


def score(of: Sequence[tuple[Case, tuple[Dated, ...]]]) -> Mapping[str, Any]:
    """Return precision and recall, 1.0 where there is nothing to find."""
    found = sum(len(dates) for _, dates in of)
    wanted = sum(len(case.dates) for case, _ in of)
    right = sum(is_right(one, case) for case, dates in of for one in dates)
    return {
        "sentences": len(of),
        "wanted": wanted,
        "found": found,
        "right": right,
        "precision": round(right / found, 3) if found else 1.0,
        "recall": round(right / wanted, 3) if wanted else 1.0,
    }


def main() -> None:
    """Print the figures of a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=_DATA)
    parser.add_argument("--wrong", action="store_true", help="print what is wrong or missed")
    options = parser.parse_args()
    every = tuple(cases(options.data))
    begun = time.perf_counter()
    read = [(case, dates_in(case.text, case.published, case.language, "UTC")) for case in every]
    spent = time.perf_counter() - begun
    halves: dict[str, list[tuple[Case, tuple[Dated, ...]]]] = defaultdict(list)
    for case, dates in read:
        halves[case.half].append((case, dates))
        halves["all"].append((case, dates))
        if options.wrong and {d.date for d in dates} != set(case.dates.values()):
            said = ", ".join(f"{d.span} = {d.date}" for d in dates) or "nothing"
            print(f"{case.language} {case.text}  [{said}; not {case.dates}]", file=sys.stderr)
    figures = {half: score(of) for half, of in halves.items()}
    print(json.dumps(figures | {"us_per_sentence": round(1e6 * spent / len(every))}, indent=1))


if __name__ == "__main__":
    main()
