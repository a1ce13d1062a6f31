"""Applies an editor's edits to an issue as it was composed; says what became of each."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from newsletter.issue.arranging import Arranged, arranged
from newsletter.issue.finding import Stories, find_story, section_of, stories_in
from newsletter.issue.kinds import BY_HAND
from newsletter.issue.renamed import note_headlines
from newsletter.issue.rewording import with_headline, with_picture, with_summary
from newsletter.issue.settling import Settled, settled
from newsletter.issue.slots import OF_CLUSTERING, Slot, slot
from newsletter.issue.warnings import warnings_of
from newsletter.model import Base, Candidate, Edit, Edited, Issue, PrintedStory, Section

__all__ = ["Slot", "apply", "find_story", "section_of", "sections_of", "slot", "version"]

_LAST = float("inf")


def apply(base: Base, edits: Sequence[Edit]) -> Edited:
    """Return the issue of *base* with *edits* applied, what else there is, and each one's effect.

    Edits count in the order of their numbers, those without one last. Applied to what came of
    applying them they change nothing; without those that were reverted nothing is changed. Those
    stories that an editor dropped stand first among the candidates.
    """
    edits = sorted(edits, key=lambda one: one.number or _LAST)
    stories = stories_in(base)
    sections = sections_of(base)
    found = settled(edits, stories, sections)
    where = arranged(base, edits, found, stories, sections)
    note_headlines(found, base, edits)
    clustered = _clustered(found, stories)
    told = {
        id_: _by_hand(_reworded(story, found), base, found, where, clustered)
        for id_, story in stories.by_id.items()
    }
    issue = _issue(base.issue, found)
    issue = replace(
        issue,
        sections=tuple(
            Section(name=name, stories=tuple(told[id_] for id_ in ids))
            for name, ids in where.sections.items()
            if ids
        ),
    )
    more = len(issue.stories) - len(base.issue.stories)
    issue = replace(
        issue,
        counts=replace(issue.counts, chosen=max(0, issue.counts.chosen + more)),
        warnings=warnings_of(base, issue),
    )
    return Edited(
        issue=issue,
        candidates=_candidates(base, told, found, where),
        effects=tuple(found.effects),
    )


def version(edits: Sequence[Edit]) -> int:
    """Return the version of an issue's *edits*: the last at which one was changed, 0 for none."""
    return max((one.changed for one in edits), default=0)


def sections_of(base: Base) -> tuple[str, ...]:
    """Return the names of all sections of *base*, in order, each once."""
    used = (
        *(section.name for section in base.issue.sections),
        *(one.section for one in base.candidates),
    )
    return tuple(dict.fromkeys((*base.sections, *used)))


def _reworded(story: PrintedStory, found: Settled) -> PrintedStory:
    if edit := found.texts.get(("headline", story.id)):
        story = with_headline(story, edit)
    if edit := found.texts.get(("summary", story.id)):
        story = with_summary(story, edit)
    if edit := found.texts.get(("picture", story.id)):
        story = with_picture(story, edit)
    return story


def _clustered(found: Settled, stories: Stories) -> frozenset[str]:
    """Return the stories whose articles an editor put together, or took from one another."""
    return frozenset(
        stories.holders[id_]
        for effect in found.effects
        if effect.state == "applied" and effect.edit.kind in OF_CLUSTERING
        for id_ in effect.edit.articles
        if id_ in stories.holders
    )


def _by_hand(
    story: PrintedStory,
    base: Base,
    found: Settled,
    where: Arranged,
    clustered: Collection[str],
) -> PrintedStory:
    """Return *story* with the names of what an editor decided of it."""
    id_ = story.id
    parts = {*story.by_hand, *(kind for kind, of in found.texts if of == id_)}
    if id_ not in found.dropped:
        placed = found.placed.get(id_)
        if placed and placed.order:
            parts.add("place")
        if placed and (placed.kind == "section" or placed.section != section_of(base, id_)):
            parts.add("section")
        parts |= {"pin"} if id_ in found.pinned else set()
        parts |= {"lead"} if id_ == where.first else set()
    parts |= {"members"} if id_ in clustered else set()
    known = tuple(part for part in BY_HAND if part in parts)
    return story if known == story.by_hand else replace(story, by_hand=known)


def _issue(issue: Issue, found: Settled) -> Issue:
    """Return *issue* with what its editor wrote before, behind and between its stories."""
    for kind, edit in found.issue.items():
        match kind:
            case "intro":
                issue = replace(issue, intro=edit.text)
            case "closing":
                issue = replace(issue, closing=edit.text)
            case "note":
                issue = replace(issue, note=edit.text)
            case _:
                issue = replace(issue, sponsor=edit.sponsor)
    return issue


def _candidates(
    base: Base, told: dict[str, PrintedStory], found: Settled, where: Arranged
) -> tuple[Candidate, ...]:
    """Return the stories that are not in the issue, those dropped first."""
    dropped = [
        Candidate(
            story=told[id_],
            section=where.section_of[id_],
            reason=f"dropped by {edit.by or 'hand'}",
        )
        for id_, edit in found.dropped.items()
    ]
    others = [
        replace(one, story=told[one.story.id])
        for one in base.candidates
        if one.story.id not in found.dropped and one.story.id not in found.kept
    ]
    return (*dropped, *others)
