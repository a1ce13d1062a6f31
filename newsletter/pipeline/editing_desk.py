"""The desk that issues are edited at: its doors, and an issue as it lies on it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from newsletter.errors import IssueError, WishError
from newsletter.issue import load
from newsletter.issue.base import load_base
from newsletter.issue.editing import version
from newsletter.model import (
    Base,
    Built,
    CheckReport,
    Edit,
    Edited,
    Issue,
    Opened,
    PrintedArticle,
    Status,
)
from newsletter.pipeline.edited import as_edited, named_by
from newsletter.pipeline.editorial import Channels
from newsletter.pipeline.errands import Errands, Wanted
from newsletter.pipeline.press import Press, inspected, judged
from newsletter.ports import Decisions, Paragraphs, Pictures, RunStore
from newsletter.render import render
from newsletter.render.mail import size
from newsletter.weeks import Schedule

if TYPE_CHECKING:
    from newsletter.pipeline.compose import Composed

_READINGS = 5  # of issue and edits, until nobody changed one between the two


class EditingStore(RunStore, Decisions, Paragraphs, Protocol):
    """All of the store that an editor's changes ask."""

    def transaction(self) -> "AbstractContextManager[EditingStore]":
        """Return a store whose calls are one transaction, begun at once and alone in writing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditingDesk:
    """The doors and the settled parts of editing, for one editor at one moment.

    `by` is who edits. `recompose` composes a built issue anew from what the store holds. `pictures`
    measures those of stories that come in, None where the network is left alone. `channels` says
    where it is told that an approved issue is a draft again, and `unless_approved` what becomes of
    drafts.
    """

    store: EditingStore
    press: Press
    schedule: Schedule
    channels: Channels
    now: datetime
    by: str
    recompose: "Callable[[Wanted], Composed]"
    min_stories: int = 0
    unless_approved: str = "publish"
    pictures: Pictures | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lying:
    """An issue as it lies before its editor: as it was built, its base, all edits, both in one."""

    built: Built
    base: Base
    edits: tuple[Edit, ...]
    edited: Edited

    @property
    def issue(self) -> Issue:
        """Return the issue that is printed: of a published one that which is out."""
        if self.built.status == Status.PUBLISHED:
            return load(self.built.content)
        return self.edited.issue


def lying(week: str | None, store: EditingStore, desk: EditingDesk, errands: Errands) -> Lying:
    """Return the built issue of *week*, the latest if None, with its edits applied.

    Raises:
        IssueError: it is not built.
        ErrandError: it was built before there was a base, and is to be composed anew.
    """
    built, edits = _read(week, store)
    base = load_base(built.base) if built.base else _anew(built, edits, store, errands)
    edited = as_edited(base, edits, min_stories=desk.min_stories)
    return Lying(built=built, base=base, edits=edits, edited=edited)


def opened_of(
    found: Lying,
    desk: EditingDesk,
    store: EditingStore,
    *,
    printed: tuple[Issue, CheckReport, bytes] | None = None,
) -> Opened:
    """Return an issue as its editor sees it; *printed* is what came of printing it, and its mail.

    Otherwise it is rendered and checked, and nothing is written.
    """
    issue, report, mail = printed or _inspected(found.issue, desk.press)
    state = store.week_state(found.built.id)
    is_out = found.built.status == Status.PUBLISHED
    return Opened(
        issue=issue,
        sections=found.base.sections,
        candidates=() if is_out else found.edited.candidates,
        effects=found.edited.effects,
        version=version(found.edits),
        report=report,
        size=size(mail.decode("utf-8", "replace")),
        state=state[0] if state else None,
        undo=None if is_out else last_of(found.edits, desk.by),
        redo=None if is_out else next_of(found.edits, desk.by),
        pictures={one.id: one.image for one in _articles(found.base) if one.image},
        sizes=_sizes_of(found.base),
    )


def last_of(edits: Sequence[Edit], by: str) -> Edit | None:
    """Return the edit that an undo of *by* takes back: the last of hers that stands."""
    own = (edit for edit in reversed(edits) if edit.by == by and edit.reverted_at is None)
    return next(own, None)


def next_of(edits: Sequence[Edit], by: str) -> Edit | None:
    """Return the edit that a redo of *by* brings back: the one of hers that she took back last.

    None if none of those that she made after the last that stands; none either from before one that
    another took back since.
    """
    found = None
    taken_by_others = 0
    for edit in reversed([one for one in edits if one.by == by]):
        if edit.reverted_at is None:
            break
        if edit.reverted_by != by:
            taken_by_others = max(taken_by_others, edit.changed)
        elif edit.changed > max(taken_by_others, found.changed if found else 0):
            found = edit
    return found


def see_that_it_is_open(built: Built) -> None:
    """See that an issue may be edited.

    Raises:
        WishError: it is published.
    """
    if built.status == Status.PUBLISHED:
        raise WishError(
            f"{built.id} is published and stays as it is; to correct it all the same, change its"
            f" issue.json, then: newsletter publish {built.id} --republish"
        )


def _articles(base: Base) -> Iterator[PrintedArticle]:
    stories = (*base.issue.stories, *(one.story for one in base.candidates))
    return (each for story in stories for each in story.articles)


def _sizes_of(base: Base) -> Mapping[str, tuple[int, int]]:
    """Return how large the pictures of *base* are, those that were measured, by URL."""
    return {
        one.image: (one.image_width, one.image_height)
        for one in _articles(base)
        if one.image and one.image_width and one.image_height
    }


def _read(week: str | None, store: EditingStore) -> tuple[Built, tuple[Edit, ...]]:
    """Return an issue and its edits as they were at one moment, though nobody is locked out."""
    for _ in range(_READINGS):
        built = _built(week, store)
        edits = store.edits(built.id)
        if built.edits == version(edits):
            break
    return built, edits


def _built(week: str | None, store: EditingStore) -> Built:
    built = store.built(week) if week else store.latest_built()
    if built is None and week:
        raise IssueError(
            f"{week} has not been built: there is nothing to edit; build it first:"
            f" newsletter build-issue --week {week}"
        )
    if built is None:
        raise IssueError("no issue has been built yet; build one: newsletter build-issue")
    return built


def _anew(built: Built, edits: Sequence[Edit], store: EditingStore, errands: Errands) -> Base:
    if built.status == Status.PUBLISHED:
        issue = load(built.content)
        return Base(issue=issue, sections=tuple(part.name for part in issue.sections))
    return errands.composed(Wanted(built, store.decisions(), named_by(edits))).base


def _inspected(issue: Issue, press: Press) -> tuple[Issue, CheckReport, bytes]:
    edition = render(issue, press.templates)
    report = inspected(issue, edition, press.known(issue))
    return judged(issue, report), report, edition.files["email.html"]
