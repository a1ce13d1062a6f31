"""What merging and splitting make of a base, on an editor's desk in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from newsletter.model import Base, Candidate, Issue, PrintedStory, Section
from newsletter.preview.desk import FoundRow


def merged(base: Base, into: str, others: Sequence[str]) -> Base:
    """Return *base* composed anew after a merge: the story has all articles of both."""
    known = {one.id: one for one in (*base.issue.stories, *(c.story for c in base.candidates))}
    more = tuple(each for id_ in others for each in known[id_].articles)
    whole = replace(
        known[into],
        articles=(*known[into].articles, *(replace(one, lead=False) for one in more)),
    )
    return _with(base, {into: whole, **dict.fromkeys(others)})


def split(base: Base, of: str, leaving: Sequence[str]) -> Base:
    """Return *base* composed anew after a split: those that leave become a candidate."""
    known = {one.id: one for one in (*base.issue.stories, *(c.story for c in base.candidates))}
    old = known[of]
    gone = tuple(one for one in old.articles if one.id in leaving)
    kept = tuple(one for one in old.articles if one.id not in leaving)
    new = replace(
        old,
        id=f"from{of}",
        headline=gone[0].title,
        articles=(replace(gone[0], lead=True), *gone[1:]),
        summary=(replace(old.summary[0], article_id=gone[0].id),),
    )
    parts = _with(base, {of: replace(old, articles=kept)})
    added = Candidate(story=new, section=base.sections[0], reason="split off by hand")
    return replace(parts, candidates=(added, *parts.candidates))


def _with(base: Base, changed: Mapping[str, PrintedStory | None]) -> Base:
    def now(stories: Sequence[PrintedStory]) -> tuple[PrintedStory, ...]:
        found = (changed.get(one.id, one) for one in stories)
        return tuple(one for one in found if one is not None)

    sections = tuple(
        Section(name=one.name, stories=now(one.stories)) for one in base.issue.sections
    )
    candidates = tuple(
        replace(one, story=found)
        for one in base.candidates
        if (found := changed.get(one.story.id, one.story)) is not None
    )
    issue = replace(base.issue, sections=tuple(one for one in sections if one.stories))
    return replace(base, issue=issue, candidates=candidates)


def found_row(candidate: Candidate) -> FoundRow:
    """Return a story of low rank as the drawer lists it."""
    return FoundRow(
        id=candidate.story.id,
        headline=candidate.story.headline,
        section=candidate.section,
        outlets=len(candidate.story.articles),
        reason=candidate.reason,
    )


def sizes_of(issue: Issue) -> dict[str, tuple[int, int]]:
    """Return how large the pictures of *issue* are, those that were measured."""
    return {
        one.image: (one.image_width, one.image_height)
        for story in issue.stories
        for one in story.articles
        if one.image and one.image_width and one.image_height
    }
