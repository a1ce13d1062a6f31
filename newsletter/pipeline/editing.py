"""Editing: an issue is changed as its editor wishes, printed at once, and nothing of it is lost."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module

from newsletter.errors import ClashError, WishError
from newsletter.issue.editing import version
from newsletter.issue.naming import thing, told
from newsletter.issue.wishes import see_that_they_agree
from newsletter.model import Clash, Edit, Opened, Wish
from newsletter.pipeline.editing_desk import (
    EditingDesk,
    EditingStore,
    last_of,
    lying,
    next_of,
    opened_of,
)
from newsletter.pipeline.editing_work import Work, begun
from newsletter.pipeline.errands import ErrandError, Errands
from newsletter.ports import Issues

__all__ = [
    "Changed",
    "EditingDesk",
    "EditingStore",
    "bring_back",
    "change",
    "done",
    "opened",
    "reasons",
    "redo",
    "revert",
    "undo",
]

_TRIES = 12  # each fetches one thing that was missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What a change came to: the issue as it lies there now, and the edits that were made for it.

    Those that were amended, taken back or brought back are among `made`. `was_approved` tells that
    the issue was approved and is a draft again; `news` are the edits that were made, taken back or
    brought back since the version that the editor had seen, by others or in another window.
    """

    opened: Opened
    made: tuple[Edit, ...]
    was_approved: bool
    news: tuple[Edit, ...]


def opened(week: str | None, desk: EditingDesk) -> Opened:
    """Return the issue of *week*, the latest built if None, rendered and checked; write nothing.

    Raises:
        IssueError: it is not built.
    """
    errands = Errands(desk.recompose, desk.pictures)
    for _ in range(_TRIES):
        try:
            return opened_of(lying(week, desk.store, desk, errands), desk, desk.store)
        except ErrandError as errand:
            errand.run()
    raise _unsettled()


def change(
    week: str | None,
    wishes: Sequence[Wish],
    desk: EditingDesk,
    *,
    seen: int | None = None,
    cause: str = "",
    discard: bool | bytes = False,
    in_order: bool = False,
    amends: bool = False,
) -> Changed:
    """Do what *wishes* ask of the issue of *week*, the latest built if None: all, or nothing.

    *seen* is the version of the edits that the editor has looked at, None for the present one. With
    *discard* an issue.json that was changed by hand is written over; with bytes only if it is still
    these very ones, which have been taken over by these wishes. Wishes are followed one after the
    other; only if they were asked for *in_order* may one move what another has moved. One
    that *amends* is one step with the last edit, if that is of the same thing, by the same editor
    and less than a minute old. Who gets an answer has it kept, and printed.

    Raises:
        ClashError: somebody changed the same thing since.
        WishError: it cannot be changed so, two wishes contradict each other, or it is published.
        IssueError: it is not built, or its issue.json was changed by hand.
        TemplateError, OutputError: it cannot be printed; nothing is changed.
    """

    def act(work: Work) -> None:
        asked = [wish for wish in wishes if not work.is_done(wish, seen)]
        work.see_that_nothing_clashes(asked, seen)
        see_that_they_agree(asked, work.found.edited, in_order=in_order)
        for wish in asked:
            work.take(wish, cause, amends=amends)

    if any(wish.kind == "summary" for wish in wishes):
        # A process loads it once, for a second: nobody has to wait for the store meanwhile.
        import_module("newsletter.pipeline.offering")
    return done(week, desk, act, seen, discard=discard)


def undo(
    week: str | None, desk: EditingDesk, *, seen: int | None = None, number: int | None = None
) -> Changed:
    """Take back the last edit of the desk's editor that stands; see `change` for the rest.

    Raises:
        ClashError: it is not the one of this *number*, or says something else since *seen*.
        WishError: there is none.
    """

    def act(work: Work) -> None:
        edit = last_of(work.edits, desk.by)
        if edit is None:
            raise WishError(f"{work.id}: there is nothing of yours to undo")
        _see_that_it_is_meant(edit, work, "taken back", seen, number)
        work.revert(edit)

    return done(week, desk, act, seen)


def redo(
    week: str | None, desk: EditingDesk, *, seen: int | None = None, number: int | None = None
) -> Changed:
    """Bring back the edit that the desk's editor undid last; see `change` for the rest.

    Raises:
        ClashError: it is not the one of this *number*, or says something else since *seen*.
        WishError: there is none, or she has made another since.
    """

    def act(work: Work) -> None:
        edit = next_of(work.edits, desk.by)
        if edit is None:
            raise WishError(f"{work.id}: there is nothing of yours to bring back")
        _see_that_it_is_meant(edit, work, "brought back", seen, number)
        work.bring_back(edit)

    return done(week, desk, act, seen)


def revert(week: str | None, number: int, desk: EditingDesk, *, seen: int | None = None) -> Changed:
    """Take back the edit of this *number*, whoever made it; see `change` for the rest.

    Raises:
        ClashError: it says something else since *seen*.
        WishError: there is none, or it is taken back already.
    """

    def act(work: Work) -> None:
        edit = work.numbered(number)
        if edit.reverted_at is not None:
            raise WishError(
                f"{work.id}: edit {number} was taken back already, by {edit.reverted_by}"
            )
        _see_that_it_is_meant(edit, work, "taken back", seen)
        work.revert(edit)

    return done(week, desk, act, seen)


def bring_back(
    week: str | None, number: int, desk: EditingDesk, *, seen: int | None = None
) -> Changed:
    """Bring back the edit of this *number* that was taken back; see `change` for the rest.

    Raises:
        ClashError: it was taken back, or says something else, since *seen*.
        WishError: there is none, or it stands.
    """

    def act(work: Work) -> None:
        edit = work.numbered(number)
        if edit.reverted_at is None:
            raise WishError(f"{work.id}: edit {number} stands; there is nothing to bring back")
        _see_that_it_is_meant(edit, work, "brought back", seen)
        work.bring_back(edit)

    return done(week, desk, act, seen)


def reasons(week: str, story_id: str, store: Issues) -> Mapping[str, object]:
    """Return why a story is what it is, as its build explained it (`newsletter.pipeline.report`).

    *story_id* may be that of any of its articles. A story that ranked too low to be explained in
    full comes in brief; both have at least `id`, `section`, `score` and `articles`.

    Raises:
        WishError: the issue is not built, or has no such story.
    """
    built = store.built(week)
    if built is None:
        raise WishError(f"{week} has not been built: newsletter build-issue --week {week}")
    kept = json.loads(built.report)
    explained = (*kept["stories"], *(one["story"] for one in kept["passed_over"]))
    for story in explained:
        if story_id == story["id"] or any(one["id"] == story_id for one in story["articles"]):
            return dict(story)
    for story in kept.get("all", ()):
        if story_id == story["id"] or any(one[0] == story_id for one in story["articles"]):
            names = ("id", "title", "source")
            articles = [dict(zip(names, one, strict=True)) for one in story["articles"]]
            return {**story, "articles": articles}
    raise WishError(f"{story_id}: no story of {week} has this id")


def done(
    week: str | None,
    desk: EditingDesk,
    act: Callable[[Work], None],
    seen: int | None,
    *,
    discard: bool | bytes = False,
) -> Changed:
    """Let *act* change the issue in one transaction, and print, keep and note what came of it.

    It may be called several times, each time on what is there then: it changes nothing but by the
    work that it is given. See `change` for the rest.
    """
    errands = Errands(desk.recompose, desk.pictures)
    for _ in range(_TRIES):
        try:
            with desk.store.transaction() as joined:
                work = begun(week, joined, desk, errands, discard=discard)
                news = () if seen is None else tuple(work.since(seen))
                act(work)
                now, was_approved = work.finished()
                return Changed(
                    opened=now,
                    made=tuple(work.made.values()),
                    was_approved=was_approved,
                    news=news,
                )
        except ErrandError as errand:
            errand.run()
    raise _unsettled()


def _see_that_it_is_meant(
    edit: Edit, work: Work, what: str, seen: int | None, number: int | None = None
) -> None:
    """Do nothing if *edit* is the one of *number*, if any is named, and is as it was at *seen*.

    Raises:
        ClashError: another is what would be *what*, or this one was changed since: who types on
            within a minute amends the edit that others have seen.
    """
    edited = work.found.edited
    if number not in (None, edit.number):
        fault = f"what would be {what} now is not edit {number}, but edit {edit.number}"
    elif seen is not None and edit.changed > seen:
        fault = f"what would be {what} is not edit {edit.number} as you saw it"
    else:
        return
    raise ClashError(
        f"changed since you looked: {fault} ({told(edit, edited)}); nothing was changed: see what"
        " it is now, and say it once more if you want that",
        clashes=(Clash(edit=edit, what=thing(edit, edited)),),
        version=version(work.edits),
    )


def _unsettled() -> WishError:
    return WishError(
        "the stories of this week were decided on again and again meanwhile; nothing was changed:"
        " try it once more"
    )
