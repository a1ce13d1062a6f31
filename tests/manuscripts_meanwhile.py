"""What becomes of an issue under its editor's hands: stories merged, split, or gone altogether."""

from collections.abc import Callable
from dataclasses import replace

from manuscripts import Desk

from newsletter.model import Base, Candidate, PrintedStory

Changed = Callable[[PrintedStory], PrintedStory | None]


def merged(desk: Desk, id_: str, other: str) -> Desk:
    """Return *desk* with the articles of *other* in the story of *id_*, if it has both."""
    stories = {one.id: one for one in _stories(desk.base)}
    if id_ == other or not {id_, other} <= stories.keys():
        return desk
    both = (*stories[id_].articles, *stories[other].articles)

    def change(story: PrintedStory) -> PrintedStory | None:
        if story.id == other:
            return None
        return replace(story, articles=both) if story.id == id_ else story

    return replace(desk, base=_each(desk.base, change))


def split(desk: Desk, id_: str) -> Desk:
    """Return *desk* with the last article of the story of *id_* as a story that is left out."""
    story = next((one for one in _stories(desk.base) if one.id == id_), None)
    if story is None or len(story.articles) == 1:
        return desk
    *staying, leaving = story.articles
    own = replace(
        story, id=leaving.id, headline=leaving.title, articles=(replace(leaving, lead=True),)
    )
    changed = _each(
        desk.base, lambda one: replace(one, articles=tuple(staying)) if one.id == id_ else one
    )
    candidate = Candidate(story=own, section="Science", reason="split off")
    return replace(desk, base=replace(changed, candidates=(*changed.candidates, candidate)))


def gone(desk: Desk, id_: str) -> Desk:
    """Return *desk* without the story of *id_*."""
    return replace(desk, base=_each(desk.base, lambda one: None if one.id == id_ else one))


def _stories(base: Base) -> tuple[PrintedStory, ...]:
    return (*base.issue.stories, *(one.story for one in base.candidates))


def _each(base: Base, change: Changed) -> Base:
    sections = tuple(
        replace(part, stories=tuple(one for story in part.stories if (one := change(story))))
        for part in base.issue.sections
    )
    candidates = tuple(
        replace(one, story=story) for one in base.candidates if (story := change(one.story))
    )
    filled = tuple(part for part in sections if part.stories)
    return replace(base, issue=replace(base.issue, sections=filled), candidates=candidates)
