"""Finds the story that an edit is of, in whatever build came after it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from newsletter.issue.slots import OF_CLUSTERING
from newsletter.model import Base, Edit, Edited, PrintedStory


@dataclass(frozen=True, slots=True, kw_only=True)
class Stories:
    """The stories of an issue and its candidates, by id; `holders` names that of each article."""

    by_id: Mapping[str, PrintedStory]
    holders: Mapping[str, str]

    def of(self, edit: Edit) -> PrintedStory | None:
        """Return the story that *edit* is of, None if none is there.

        It is the one that `holder_of` names; a merge and a split are of the one that they name.
        """
        if edit.kind in OF_CLUSTERING and (story := self.named(edit.story)):
            return story
        holder = holder_of(edit, self.holders)
        return None if holder is None else self.by_id[holder]

    def named(self, id_: str | None) -> PrintedStory | None:
        """Return the story of that id, or that has the article of that id, None if none has."""
        holder = self.holders.get(id_ or "")
        return None if holder is None else self.by_id[holder]


def holder_of(edit: Edit, holders: Mapping[str, str]) -> str | None:
    """Return which story an edit is of, by id, None if none; *holders* has that of each article.

    It is the one that has most of the edit's articles: of several that which has the article that
    led its story when the edit was made, else that which has the one whose id the edit names.
    """
    held = Counter(holders[id_] for id_ in edit.articles if id_ in holders)
    if not held:
        return holders.get(edit.story or "")
    most = [id_ for id_, count in held.items() if count == max(held.values())]
    first = (holders.get(id_ or "") for id_ in (edit.articles[0], edit.story))
    return next((id_ for id_ in first if id_ in most), most[0])


def stories_in(where: Base | Edited) -> Stories:
    """Return the stories of *where*, those of the issue before the candidates."""
    by_id: dict[str, PrintedStory] = {}
    holders: dict[str, str] = {}
    candidates = tuple(one.story for one in where.candidates)
    for stories in (where.issue.stories, candidates):
        for story in stories:
            by_id.setdefault(story.id, story)
            holders.setdefault(story.id, story.id)
        for story in stories:
            for article in story.articles:
                holders.setdefault(article.id, story.id)
    return Stories(by_id=by_id, holders=holders)


def find_story(where: Base | Edited, id_: str) -> PrintedStory | None:
    """Return the story whose id, or the id of one of whose articles, is *id_*; None if none is."""
    return stories_in(where).named(id_)


def section_of(where: Base | Edited, story_id: str) -> str | None:
    """Return the section in which a story stands, or would; None where there is no such story."""
    return next((name for id_, name in _sections(where) if id_ == story_id), None)


def _sections(where: Base | Edited) -> Iterator[tuple[str, str]]:
    for section in where.issue.sections:
        yield from ((story.id, section.name) for story in section.stories)
    yield from ((one.story.id, one.section) for one in where.candidates)
