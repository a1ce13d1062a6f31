"""Measures the check that a language model's summary has to pass: [DATA.yaml] [--wrong], as JSON.

DATA has sentences, answers and whether an editor could print each (by default
tests/bench/data/grounding.yaml).
Precision is the share of the accepted that are good, recall that of the good that are accepted,
`caught` that of the lies that are refused: for the cases that the rules were written beside, for
each lot written after them, and for all. `ms` is what one check costs.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from newsletter.model import Assignment
from newsletter.summarise.grounding.drafts import read_draft
from newsletter.summarise.grounding.faults import faults
from newsletter.summarise.grounding.prompt import Numbered, defanged

_DATA = Path(__file__).parent / "data" / "grounding.yaml"


def judged(record: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], tuple[str, ...]]]:
    """Yield each answer of one record with the faults that were found in it."""
    sources = tuple(
        Numbered(number=n, text=defanged(text), original=text, article_id="a")
        for n, text in enumerate(record["sources"], start=1)
    )
    language = record.get("language", "en")
    for case in record["cases"]:
        assignment = Assignment(sentences=case.get("sentences", 4))
        yield case, faults(read_draft(case["answer"]), sources, assignment, language)


def figures(found: Sequence[tuple[bool, bool]]) -> Mapping[str, Any]:
    """Return the figures of pairs of "is good" and "was accepted"."""
    accepted = [good for good, taken in found if taken]
    good = [taken for good, taken in found if good]
    lies = [taken for good, taken in found if not good]
    return {
        "cases": len(found),
        "lies": len(lies),
        "precision": round(sum(accepted) / len(accepted), 3) if accepted else None,
        "recall": round(sum(good) / len(good), 3) if good else None,
        "caught": round(1 - sum(lies) / len(lies), 3) if lies else None,
    }


def main() -> None:
    """Print the figures, and with --wrong each case that was judged wrongly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=_DATA)
    parser.add_argument("--wrong", action="store_true")
    wanted = parser.parse_args()
    halves: dict[str, list[tuple[bool, bool]]] = {}
    begun = time.perf_counter()
    for record in YAML(typ="safe").load(wanted.data.read_text(encoding="utf-8")):
        for case, found in judged(record):
            halves.setdefault(record["half"], []).append((case["good"], not found))
            if wanted.wrong and case["good"] == bool(found):
                told = (record["half"], case["kind"], case["answer"], *found)
                sys.stdout.write("\n  ".join(told) + "\n")
    every = [one for found in halves.values() for one in found]
    spent = time.perf_counter() - begun
    told = {half: figures(found) for half, found in halves.items()}
    told |= {"all": figures(every), "ms": round(1_000 * spent / len(every), 2)}
    sys.stdout.write(json.dumps(told, indent=2) + "\n")


if __name__ == "__main__":
    main()
