"""Work: one change of an issue, from the wish to the printed page, within one transaction."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from newsletter import weeks
from newsletter.errors import ClashError, WishError
from newsletter.issue import load
from newsletter.issue.base import dump_base
from newsletter.issue.editing import slot, version
from newsletter.issue.finding import find_story
from newsletter.issue.wishes import clashes, resolve
from newsletter.model import Edit, Event, Issue, Offered, Opened, Section, Wish
from newsletter.pipeline.announcing import drafted, made_of
from newsletter.pipeline.deciding import Change
from newsletter.pipeline.due import Due
from newsletter.pipeline.edited import as_edited, named_by, sized
from newsletter.pipeline.editing_desk import (
    EditingDesk,
    EditingStore,
    Lying,
    lying,
    opened_of,
    see_that_it_is_open,
)
from newsletter.pipeline.editing_steps import amended, say_the_same
from newsletter.pipeline.editing_stories import brought_back, decided, taken_back
from newsletter.pipeline.errands import Errands, Wanted
from newsletter.pipeline.handmade import ISSUE_FILE, stopped_by_hand
from newsletter.pipeline.listing import listed
from newsletter.pipeline.picturing import pictured
from newsletter.pipeline.press import printed
from newsletter.pipeline.stopwatch import Stopwatch
from newsletter.pipeline.window import see_that_it_is_open as still_open

_DECISIONS = ("merge", "split")


def begun(
    week: str | None,
    store: EditingStore,
    desk: EditingDesk,
    errands: Errands,
    *,
    discard: bool | bytes = False,
) -> "Work":
    """Return the work on the issue of *week*, the latest built if None.

    Raises:
        WishError: it is published.
        IssueError: it is not built, or was changed by hand and nobody said to *discard* that, or
            these very bytes.
    """
    found = lying(week, store, desk, errands)
    see_that_it_is_open(found.built)
    if isinstance(discard, bytes):  # a save since they were read is not given up
        discard = desk.press.output.read_issue(found.built.id).get(ISSUE_FILE) == discard
    if not discard:
        stopped_by_hand(found.built.id, store, desk.press.output)
    return Work(found, store, desk, errands, is_discarding=discard)


@dataclass(slots=True)
class Work:
    """A change in the making; `made` are the edits that were made, taken back or brought back."""

    found: Lying
    store: EditingStore
    desk: EditingDesk
    errands: Errands
    made: dict[int, Edit] = field(default_factory=dict)
    is_discarding: bool = False  # what a person changed in the file is written over
    is_outdated: bool = False  # its stories were decided on since they were composed

    @property
    def id(self) -> str:
        """Return the issue's id."""
        return self.found.built.id

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Return all edits of the issue by number."""
        return self.found.edits

    def since(self, seen: int) -> Iterator[Edit]:
        """Yield the edits that were made, taken back or brought back since the version *seen*."""
        return (one for one in self.edits if one.changed > seen)

    def numbered(self, number: int) -> Edit:
        """Return the edit of this *number*.

        Raises:
            WishError: there is none.
        """
        for edit in self.edits:
            if edit.number == number:
                return edit
        there = f"they go from 1 to {self.edits[-1].number}" if self.edits else "it has none yet"
        raise WishError(f"{self.id} has no edit {number}: {there}; newsletter edits {self.id}")

    def is_done(self, wish: Wish, seen: int | None) -> bool:
        """Tell whether *wish* merged or split since the version *seen*, and its answer was lost."""
        return (
            seen is not None
            and wish.kind in _DECISIONS
            and any(
                (one.by, one.kind, one.reverted_at) == (self.desk.by, wish.kind, None)
                and {one.story, *one.ids} == {wish.story, *wish.ids}
                for one in self.since(seen)
            )
        )

    def see_that_nothing_clashes(self, wishes: Sequence[Wish], seen: int | None) -> None:
        """Do nothing if what *wishes* change is as it was at the version *seen*.

        Raises:
            ClashError: somebody changed it since.
        """
        if seen is None:
            return
        found = {
            clash.edit.number: clash
            for wish in wishes
            for clash in clashes(wish, self.found.edited, seen, self.desk.by)
            if not self._is_asked_again(wish, clash.edit)
        }
        if found:
            told = ", ".join(f"{one.what} (by {one.edit.by})" for one in found.values())
            raise ClashError(
                f"changed since you looked: {told}; nothing of yours was changed: see what it is"
                " now, and say it once more if it is to be yours",
                clashes=tuple(found.values()),
                version=version(self.edits),
            )

    def take(self, wish: Wish, cause: str, *, amends: bool = False) -> None:
        """Make an edit of *wish*; if it *amends*, the last one is if it is one step with it.

        Raises:
            WishError: it cannot be done.
        """
        if self.is_outdated and wish.kind != "merge":
            self._recompose()
        self._reach(wish)
        desk = self.desk
        edit = resolve(
            wish,
            self.found.edited,
            self.found.base,
            at=desk.now,
            by=desk.by,
            cause=cause,
            offered=self._offered(wish),
        )
        if edit.kind in _DECISIONS:
            known = self.store.decisions()
            edit, change = decided(edit, listed(self.found.built), known, desk.now)
            self.keep(edit, is_added=True)
            self._decide(change)
            return
        if not self._is_said(edit):
            last = amended(self.edits, edit) if amends else None
            self.keep(last or edit, is_added=last is None)

    def revert(self, edit: Edit) -> None:
        """Take *edit* back, with all that it decided."""
        desk = self.desk
        change = None
        if edit.kind in _DECISIONS:
            change = taken_back(edit, self.edits, self.store.decisions())
        self.keep(replace(edit, reverted_at=desk.now, reverted_by=desk.by), is_added=False)
        if change:
            self._decide(change)

    def bring_back(self, edit: Edit) -> None:
        """Bring *edit* back, with all that it decided."""
        change = None
        if edit.kind in _DECISIONS:
            edit, change = brought_back(edit, self.store.decisions(), self.desk.now)
        elif edit.story:
            self._reach_all({edit.story, *edit.articles})
        self.keep(replace(edit, reverted_at=None, reverted_by=""), is_added=False)
        if change:
            self._decide(change)

    def finished(self) -> tuple[Opened, bool]:
        """Print, keep and note what was changed; return the issue, and whether it was approved."""
        if self.is_outdated:
            self._recompose()
        desk = self.desk
        if not self.made and not self.is_discarding:
            return opened_of(self.found, desk, self.store), False
        self._measure()
        found = self.found
        # Asked again right before files are moved: a paused one's transaction may have been ended.
        is_open = partial(still_open, self.id, self.store)
        press = replace(desk.press, issues=self.store, before_moving=is_open)
        out = printed(found.edited.issue, press, Stopwatch())
        built = replace(
            found.built,
            status=out.issue.status,
            content=out.content,
            base=dump_base(found.base),
            edits=version(found.edits),
        )
        self.store.save_issue(built)
        was_approved = self._noted(out.issue)
        mail = out.edition.files["email.html"]
        now = opened_of(found, desk, self.store, printed=(out.issue, out.report, mail))
        return now, was_approved

    def keep(self, edit: Edit, *, is_added: bool) -> None:
        """Keep an edit, and apply it."""
        keep = self.store.add_edits if is_added else self.store.change_edits
        for one in keep(self.id, [edit]):
            self.made[one.number] = one
        self._look_again()

    def _look_again(self) -> None:
        edits = self.store.edits(self.id)
        edited = as_edited(self.found.base, edits, min_stories=self.desk.min_stories)
        self.found = replace(self.found, edits=edits, edited=edited)

    def _decide(self, change: Change) -> None:
        self.store.decide(change.made, revoked=change.revoked)
        self.is_outdated = True

    def _recompose(self, named: frozenset[str] = frozenset()) -> None:
        """Compose the issue anew as it is decided on now, with the stories of *named* at hand."""
        found = self.found
        wanted = Wanted(found.built, self.store.decisions(), named | named_by(found.edits))
        composed = self.errands.composed(wanted)
        report = json.dumps(composed.report, ensure_ascii=False)
        base = sized(composed.base, found.base.issue)
        self.found = replace(found, base=base, built=replace(found.built, report=report))
        self.is_outdated = False
        self._look_again()

    def _reach(self, wish: Wish) -> None:
        """See that stories which a wish names are at hand, however low they rank."""
        others = wish.ids if wish.kind == "merge" else ()
        self._reach_all({id_ for id_ in (wish.story, *others) if id_})

    def _reach_all(self, named: Collection[str]) -> None:
        """See that the stories of *named* (ids of articles) are at hand, however low they rank."""
        far = {id_ for id_ in named if find_story(self.found.base, id_) is None}
        if far:
            known = {id_ for one in listed(self.found.built) for id_, _, _ in one.articles}
            if far & known:
                self._recompose(frozenset(far & known))

    def _offered(self, wish: Wish) -> tuple[Offered, ...]:
        """Return the sentences of the sources that a summary may be made of, none for others."""
        if wish.kind != "summary" or wish.story is None:
            return ()
        from newsletter.pipeline.offering import sentences_of  # it takes its time to load

        story = find_story(self.found.base, wish.story)
        return sentences_of(story, self.store, most=None) if story else ()

    def _is_asked_again(self, wish: Wish, edit: Edit) -> bool:
        """Tell whether *edit* is what came of *wish*, asked for again as its answer was lost."""
        if edit.by != self.desk.by or edit.reverted_at is not None or edit.kind in _DECISIONS:
            return False
        try:
            asked = resolve(
                wish,
                self.found.edited,
                self.found.base,
                at=edit.at,
                by=edit.by,
                offered=self._offered(wish),
            )
        except WishError:
            return False
        return say_the_same(edit, asked)

    def _is_said(self, edit: Edit) -> bool:
        """Tell whether *edit* says what holds already: nobody has to undo it twice."""
        alike = (one for one in reversed(self.edits) if slot(one) == slot(edit))
        holding = next((one for one in alike if one.reverted_at is None), None)
        if holding is None or not say_the_same(holding, edit):
            return False
        found = self.found
        with_it = as_edited(found.base, (*found.edits, edit), min_stories=self.desk.min_stories)
        return with_it.issue == found.edited.issue

    def _measure(self) -> None:
        """Measure the pictures of stories that came in, or have another.

        The others were measured when the issue was built.
        """
        issue = self.found.edited.issue
        if issue.layout.images == "none" or self.desk.pictures is None:
            return
        shown = issue.stories[:1] if issue.layout.images == "lead" else issue.stories
        before = {story.id for story in load(self.found.built.content).stories}
        chosen = {one.story for one in self.made.values() if one.kind == "picture"}
        missing = tuple(one for one in shown if one.id not in before or one.id in chosen)
        if missing:
            part = replace(issue, sections=(Section(name="", stories=missing),))
            measured, _ = pictured(part, self.errands)
            self.found = replace(self.found, base=sized(self.found.base, measured))
            self._look_again()

    def _noted(self, issue: Issue) -> bool:
        """Note that an approved issue waits for its editor again; True if it was approved."""
        state = self.store.week_state(self.id)
        if state is None or state[0] != "approved":
            return False
        desk = self.desk
        instant = weeks.instant(desk.schedule, self.id)
        due = Due(job="draft", period=self.id, week=self.id, instant=instant, until=instant)
        made = made_of(issue, desk.press.output.root / self.id)
        cause = f"edited by {desk.by} after it was approved"
        told = drafted(made, due, desk.now, unless_approved=desk.unless_approved, cause=cause)
        # Without its key: whoever approves and edits again within a second is told again.
        event = Event(kind="draft", at=desk.now, week=self.id, cause=cause, details=told.details)
        self.store.note(event, channels=desk.channels("draft"))
        return True
