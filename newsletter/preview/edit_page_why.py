"""Turns what a build kept on a story into why it is one story: likeness, words, what came near."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newsletter.model import Opened, PrintedStory

_TERMS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An article of a story; `likeness` is what was held against the line, None where nothing was.

    `tie` says in words what holds it in the story, "" for the lead.
    """

    id: str
    source: str
    title: str
    url: str | None
    published: datetime | None
    is_lead: bool
    likeness: float | None
    tie: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """The nearest article that was not merged; `story` is the id to merge with.

    `likeness` is what decided: of both stories whole, where the articles alone came near enough.
    """

    story: str
    title: str
    likeness: float
    is_below: bool
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyView:
    """Why articles are one story. `line` is the likeness that was needed, None if unknown.

    `terms` are the words in common with how many articles share them, the most shared first.
    """

    story: PrintedStory
    members: tuple[Member, ...]
    line: float | None
    terms: tuple[tuple[str, int], ...]
    near: Near | None
    reasons: tuple[str, ...]
    is_kept: bool


def why_view(
    story: PrintedStory, reasons: Mapping[str, Any], opened: Opened | None = None
) -> WhyView:
    """Return why *story* is one, from what its build kept; without *reasons*, its articles.

    What came near is called by the headline that *opened* has for it.
    """
    bonds: Sequence[Mapping[str, Any]] = reasons.get("bonds") or ()
    kept = {one["id"]: one for one in reasons.get("articles") or ()}
    lines = [bond["threshold"] for bond in bonds if bond["kind"] == "event"]
    nearest = reasons.get("nearest")
    if not lines and nearest:
        lines = [nearest["threshold"]]
    return WhyView(
        story=story,
        members=tuple(_members(story, bonds)),
        line=lines[0] if lines else None,
        terms=_terms(bonds),
        near=_near(nearest, opened) if nearest else None,
        reasons=tuple(reasons.get("reasons") or story.reasons),
        is_kept=bool(kept),
    )


def named(opened: Opened, story: str) -> PrintedStory | None:
    """Return the story or candidate with that id, or that article; None if there is none."""
    known = [*opened.issue.stories, *(one.story for one in opened.candidates)]
    return next(
        (one for one in known if one.id == story),
        next((one for one in known if any(each.id == story for each in one.articles)), None),
    )


def _members(story: PrintedStory, bonds: Sequence[Mapping[str, Any]]) -> Iterator[Member]:
    held = {bond["article_id"]: bond for bond in bonds}
    names = {article.id: article.source for article in story.articles}
    for place, article in enumerate(story.articles):
        bond = held.get(article.id)
        is_lead = article.lead or (place == 0 and not any(one.lead for one in story.articles))
        is_event = bond is not None and bond["kind"] == "event"
        yield Member(
            id=article.id,
            source=article.source,
            title=article.title,
            url=article.url,
            published=article.published,
            is_lead=is_lead,
            likeness=bond["score"] if bond and is_event and not is_lead else None,
            tie=_tie(bond, names) if bond else "",
        )


def _tie(bond: Mapping[str, Any], names: Mapping[str, str]) -> str:
    other = names.get(bond["other_id"], "another")
    if bond["kind"] == "copy":
        return f"copy of {other} ({bond['score']:.2f})"
    if bond["kind"] == "editor":
        return f"put together with {other} by hand"
    return ": ".join(filter(None, (f"like {other}", ", ".join(bond["terms"][:4]))))


def _terms(bonds: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for bond in bonds:
        for term in bond["terms"]:
            counts[term] = counts.get(term, 1) + 1
    ordered = sorted(counts.items(), key=lambda one: -one[1])
    return tuple(ordered[:_TERMS])


def _near(nearest: Mapping[str, Any], opened: Opened | None) -> Near:
    score, needed, mean = nearest["score"], nearest["threshold"], nearest.get("mean")
    found = named(opened, nearest["other_id"]) if opened else None
    decides = score if mean is None or score < needed else mean
    if nearest["kind"] == "editor":
        told = "kept apart by hand"
    elif decides != score:
        told = f"{score:.2f} to one article, but {mean:.2f} to the whole story: below the line"
    elif score >= needed:
        told = "near enough alone, less so to the whole story"
    else:
        told = f"{needed - score:.2f} below the line"
    if terms := ", ".join(nearest["terms"][:4]):
        told = f"{told}; in common: {terms}"
    return Near(
        story=nearest["other_id"],
        title=(found and found.headline) or nearest["other"] or "An article of the week",
        likeness=decides,
        is_below=decides < needed and nearest["kind"] != "editor",
        told=told,
    )
