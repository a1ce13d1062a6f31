"""Edited: an issue as it was composed, with what its editors made of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from newsletter.issue.editing import apply
from newsletter.issue.wishes import told
from newsletter.model import Base, Edit, Edited, Issue, Section
from newsletter.pipeline.picturing import sized_as
from newsletter.ports import Decisions, Issues
from newsletter.ports.running import Edits

_THIN = "thin: "
_FULL = "the issue was full ("


class EditedIssues(Issues, Edits, Decisions, Protocol):
    """The store's memory of issues, and of what editors changed in them and decided."""


def as_edited(base: Base, edits: Sequence[Edit], *, min_stories: int) -> Edited:
    """Return what *edits* make of *base*, with the warnings that hold for it then.

    An edit that waits for its story is one of them. Why candidates are not in it is told with what
    was dropped in mind.
    """
    found = apply(base, edits)
    issue = found.issue
    warnings = (*_thin(issue, min_stories), *issue.warnings, *_waiting(found))
    left = {story.id for story in issue.stories}
    gone = sum(story.id not in left for story in base.issue.stories)
    return replace(
        found,
        issue=replace(issue, warnings=warnings),
        candidates=tuple(
            replace(one, reason=with_dropped(one.reason, gone)) for one in found.candidates
        ),
    )


def with_dropped(reason: str, dropped: int) -> str:
    """Return why a story was not chosen, where so many that were have been *dropped* since.

    An issue that was full shows fewer stories then: nothing moves into their places.
    """
    if not dropped or not reason.startswith(_FULL):
        return reason
    keep = "keep their places" if dropped > 1 else "keeps its place"
    return f"{reason.removesuffix(')')}; {dropped} dropped by hand {keep})"


def named_by(edits: Iterable[Edit]) -> frozenset[str]:
    """Return the ids of the stories and articles that edits name, but for those taken back."""
    return frozenset(
        id_
        for edit in edits
        if edit.reverted_at is None
        for id_ in (*edit.articles, *([edit.story] if edit.story else ()))
    )


def sized(base: Base, measured: Issue) -> Base:
    """Return *base* with the sizes of the pictures that *measured* has."""
    candidates = Section(name="", stories=tuple(one.story for one in base.candidates))
    beside = sized_as(replace(base.issue, sections=(candidates,)), measured)
    return replace(
        base,
        issue=sized_as(base.issue, measured),
        candidates=tuple(
            replace(one, story=story)
            for one, story in zip(base.candidates, beside.stories, strict=True)
        ),
    )


def _thin(issue: Issue, least: int) -> Iterator[str]:
    """Yield that dropping stories left too few; of few that were composed the issue says so."""
    few = len(issue.stories)
    if few < least and not any(text.startswith(_THIN) for text in issue.warnings):
        yield f"{_THIN}{few} of at least {least} stories"


def _waiting(found: Edited) -> Iterator[str]:
    """Yield which edits wait, but not those of whoever dropped their story herself."""
    drops = {
        (effect.story, effect.edit.by)
        for effect in found.effects
        if effect.edit.kind == "drop" and effect.state == "applied"
    }
    for effect in found.effects:
        if effect.state == "waiting" and (effect.story, effect.edit.by) not in drops:
            yield (
                f"edit {effect.edit.number} ({told(effect.edit, found)}) waits: {effect.note};"
                " newsletter edits"
            )
