"""Measures where the summariser says that sources differ: [DATA.yaml] [--lines], as JSON.

DATA has hand-made stories (tests/bench/data/differences.yaml), each with what differs in it: a
difference that is found is right if it is of that kind and names each of the values. Prints for the
half that the rules were made on, the one held out then, those written since, and all: precision,
recall and false lines a story, and what a story of five articles costs.
"""

import argparse
import json
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from newsletter.model import Article, Difference, Story
from newsletter.summarise.differing.differences import differences
from newsletter.summarise.documents import read

_DATA = Path(__file__).parent / "data" / "differences.yaml"
_SEEN = datetime(2026, 12, 1, tzinfo=UTC)


def story_of(record: Mapping[str, Any]) -> Story:
    """Return the story that one record describes, its first text the lead."""
    texts: Sequence[str] = record["texts"]
    published: Sequence[date | None] = record.get("published") or [None] * len(texts)
    outlets = record.get("outlets") or [f"Outlet {place}" for place in range(len(texts))]
    articles = tuple(
        Article(
            id=str(place),
            title="",
            text=text,
            source=outlets[place],
            published=_noon(published[place]),
            first_seen=_SEEN,
            language=record.get("language", "en"),
        )
        for place, text in enumerate(texts)
    )
    copies = {str(copy): str(original) for copy, original in record.get("copies", {}).items()}
    return Story(id="0", articles=articles, copies=copies)


def _noon(day: date | None) -> datetime | None:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC) if day else None


def is_right(found: Difference, wanted: Sequence[str]) -> bool:
    """Tell whether a difference is the wanted one: its kind, then the values that it must name."""
    kind, *values = wanted
    said = [one.value.casefold() for one in found.said]
    return found.kind == kind and all(
        any(value.casefold() in one for one in said) for value in values
    )


def measure(records: Sequence[Mapping[str, Any]], *, lines: bool) -> Mapping[str, float]:
    """Return the figures over all *records*; *lines* prints what was false or missed to stderr."""
    right = false = missed = 0
    for record in records:
        found = differences(read(story_of(record)))
        wanted = record["differ"]
        hits = [one for one in found if any(is_right(one, want) for want in wanted)]
        lost = [want for want in wanted if not any(is_right(one, want) for one in found)]
        right, false, missed = right + len(hits), false + len(found) - len(hits), missed + len(lost)
        if lines:
            wrong = [one for one in found if one not in hits]
            sys.stderr.writelines(f"false  {record['id']}: {_line(one)}\n" for one in wrong)
            sys.stderr.writelines(f"missed {record['id']}: {want}\n" for want in lost)
            sys.stderr.writelines(f"right  {record['id']}: {_line(one)}\n" for one in hits)
    return {
        "stories": len(records),
        "differing": sum(bool(record["differ"]) for record in records),
        "precision": round(right / (right + false), 3) if right + false else 1.0,
        "recall": round(right / (right + missed), 3) if right + missed else 1.0,
        "false_per_story": round(false / len(records), 3),
    }


def _line(one: Difference) -> str:
    return f"{one.kind} {one.about!r}: {'; '.join(said.value for said in one.said)}"


def cost(records: Sequence[Mapping[str, Any]]) -> float:
    """Return milliseconds of CPU for a story of five articles of some 200 words each."""
    texts = [text for record in records for text in record["texts"]]
    step = len(texts) // 5
    articles = [
        Article(
            id=str(place),
            title="",
            text="\n".join(texts[place * step : place * step + 8]),
            source=f"Outlet {place}",
            published=_SEEN - timedelta(days=1),
            first_seen=_SEEN,
        )
        for place in range(5)
    ]
    reading = read(Story(id="0", articles=tuple(articles), copies={}))
    spent = []
    for _ in range(7):
        begun = time.process_time()
        differences(reading)
        spent.append(time.process_time() - begun)
    return round(1000 * min(spent), 2)


def main() -> None:
    """Run the measurement that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=_DATA)
    parser.add_argument("--lines", action="store_true")
    options = parser.parse_args()
    records = YAML(typ="safe").load(options.data.read_text(encoding="utf-8"))
    halves = {
        half: measure([one for one in records if one["half"] == half], lines=options.lines)
        for half in ("dev", "held", "fresh")
    }
    figures = halves | {"all": measure(records, lines=False), "ms_per_story": cost(records)}
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
