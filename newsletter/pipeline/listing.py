"""The stories of a build in brief, read back from its report: for finding and deciding on them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from newsletter.model import Built, Decision
from newsletter.pipeline.edited import with_dropped

_DROPPED = "dropped by hand"

Pair = tuple[str, str, str]  # a decision's kind and both its articles, in order of id


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A story of a build in brief: what an editor needs for finding it and deciding on it.

    `number` is its place in the issue, None if it was not chosen; then `reason` says why, None
    where that is not known. `articles` are id, title and source of each, the lead first.
    """

    id: str
    number: int | None
    headline: str
    section: str
    score: float
    outlets: int
    reason: str | None
    articles: tuple[tuple[str, str, str], ...]


def listed(built: Built) -> tuple[Listed, ...]:
    """Return all stories of a build: the printed ones by number, then the others by rank.

    Printed are those that its editors left in the issue or brought in, as they have them there. A
    report of an older version gives those that it has.
    """
    kept = json.loads(built.report)
    rows = kept["all"] if "all" in kept else list(_older(kept))
    printed = {
        one["id"]: _as_printed(one, part["name"])
        for part in json.loads(built.content)["sections"]
        for one in part["stories"]
    }
    number_of = {id_: number for number, id_ in enumerate(printed, start=1)}
    gone = sum(row["reason"] is None and row["id"] not in printed for row in rows)
    found = [
        _listed({**row, **printed.get(row["id"], _left_out(row, gone))}, number_of.get(row["id"]))
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: one.number or len(number_of) + 1))


def listed_in(report: Mapping[str, Any]) -> tuple[Listed, ...]:
    """Return all stories of a *report* that was made right now, by rank, none of them printed."""
    return tuple(_listed(row, None) for row in report["all"])


def heeded(built: Built) -> frozenset[Pair]:
    """Return the editor's decisions that a build held to, none if it was kept by an older version.

    They are those on two articles of its own.
    """
    return frozenset(
        (str(kind), str(one), str(other))
        for kind, one, other in json.loads(built.report).get("decisions", ())
    )


def pair_of(decision: Decision) -> Pair:
    """Return a decision as a report keeps it."""
    first, second = sorted((decision.article_id, decision.other_id))
    return decision.kind, first, second


def _as_printed(story: Mapping[str, Any], section: str) -> Mapping[str, Any]:
    """Return what an editor may have changed of a story that is printed."""
    own = {"headline": story["headline"]} if "headline" in story.get("by_hand", ()) else {}
    return {**own, "section": section, "reason": None}


def _left_out(row: Mapping[str, Any], gone: int) -> Mapping[str, Any]:
    """Return why a story is not printed, where so many that were chosen are *gone* since."""
    return {"reason": with_dropped(row["reason"], gone) if row["reason"] else _DROPPED}


def _listed(row: Mapping[str, Any], number: int | None) -> Listed:
    articles = tuple((str(id_), str(title), str(source)) for id_, title, source in row["articles"])
    return Listed(
        id=row["id"],
        number=number,
        headline=row["headline"] or articles[0][1],
        section=row["section"],
        score=row["score"],
        outlets=row["outlets"],
        reason=row["reason"],
        articles=articles,
    )


def _older(kept: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield in brief the stories of a report that was kept before all were."""
    known = [(one, None) for one in kept["stories"]]
    for story, reason in (*known, *((one["story"], one["reason"]) for one in kept["passed_over"])):
        own = [one for one in story["articles"] if not one["copy_of"]]
        yield {
            **story,
            "outlets": len({one["source"].casefold() for one in own}),
            "reason": reason,
            "articles": [(one["id"], one["title"], one["source"]) for one in story["articles"]],
        }
