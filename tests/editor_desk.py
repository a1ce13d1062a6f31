"""An editor's desk in memory: the real rules of editing on a sample week, no store, no files."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from editor_desk_stories import found_row, merged, sizes_of, split
from issues import article, story, week
from preview_desk import NOW, FakeDesk, report

from newsletter.errors import ClashError, StoreError, WishError
from newsletter.issue.editing import apply, version
from newsletter.issue.naming import thing
from newsletter.issue.wishes import clashes, resolve, told
from newsletter.model import (
    Base,
    Candidate,
    CheckReport,
    Clash,
    Difference,
    Earlier,
    Edit,
    Edited,
    Event,
    Finding,
    Issue,
    Offered,
    Opened,
    PrintedStory,
    Said,
    Status,
    Wish,
)
from newsletter.preview.desk import Desk, EditorDesk, FoundRow
from newsletter.render.prose import prose
from newsletter.render.views.issues import issue_view

_SPARE = (
    ("Chip shares win back half of Monday’s loss", "Technology", 4, "close to the lead"),
    ("A city counts its empty flats by water use", "Cities & public life", 3, "no place left"),
    ("Bee keepers and rail agree on quiet verges", "Energy & climate", 3, "no place left"),
    ("School kitchens share one menu and one van", "Cities & public life", 2, "no place left"),
    ("A seabed map finds two lost sandbanks", "Science", 2, "no place left"),
    ("Phone repair law takes effect on Saturday", "Technology", 5, "told in 2026-W46"),
    ("A lighthouse gets its keeper back", "Culture", 1, "one outlet only"),
)
OFFERED = (
    ("The port wants a second trial in autumn.", "Harbour Post"),
    ("Fog stopped two cranes for six hours.", "Coast Monitor"),
)


def base_of(issue: Issue) -> Base:
    """Return *issue* as it was composed, with candidates and a section without stories."""
    names = tuple(section.name for section in issue.sections)
    return Base(
        issue=issue,
        sections=(*names, "Culture"),
        candidates=tuple(
            Candidate(
                story=_spare(place, headline, outlets),
                section=section if section in names else "Culture",
                reason=reason,
            )
            for place, (headline, section, outlets, reason) in enumerate(_SPARE)
        ),
    )


def _spare(place: int, headline: str, outlets: int) -> PrintedStory:
    number = 500 + 10 * place
    return story(
        number,
        id=f"spare{place}",
        headline=headline,
        score=0.4 / (1 + place),
        articles=tuple(
            article(number + step, id=f"article{number + step}", lead=step == 0)
            for step in range(outlets)
        ),
        summary=(replace(story(number).summary[0], article_id=f"article{number}"),),
    )


def sample_week() -> Issue:
    """Return a draft whose first story is an update with pictures, its second one unsure."""
    issue = week(status=Status.DRAFT, generated_at=NOW - timedelta(minutes=36))
    first, second, *rest = issue.sections[0].stories
    earlier = Earlier(
        issue_id="2026-W46", story_id="old", headline="Cranes on trial", score=0.6,
        publishes_at=issue.publishes_at - timedelta(weeks=1),
    )  # fmt: skip
    said = (
        Said(value="61,000", article_ids=(first.articles[0].id,), sentence="61,000 containers."),
        Said(value="58,000", article_ids=(first.articles[1].id,), sentence="58,000 containers."),
    )
    first = replace(
        first,
        earlier=(earlier,),
        new=("a second terminal",),
        differences=(Difference(kind="count", about="containers", said=said),),
        articles=tuple(
            replace(one, image=f"https://pictures.example/cranes-{place}.jpg")
            if place < 2 else one
            for place, one in enumerate(first.articles)
        ),
    )  # fmt: skip
    stories = (first, replace(second, sure=False), *rest)
    sections = (replace(issue.sections[0], stories=stories), *issue.sections[1:])
    return replace(issue, sections=sections)


@dataclass
class FakeEditor:
    """An issue on an editor's desk; `is_read_only` makes every change fail as a full disk would."""

    base: Base = field(default_factory=lambda: base_of(sample_week()))
    edits: list[Edit] = field(default_factory=list)
    state: str | None = "draft"
    is_read_only: bool = False
    is_forgetful: bool = False
    redrafted: Event | None = None
    findings: tuple[Finding, ...] | None = None
    lower: tuple[Candidate, ...] = ()  # of too low a rank for the drawer, until one is named
    now: datetime = NOW
    words: list[tuple[str, str, str]] = field(default_factory=list)
    lock: Any = field(default_factory=threading.RLock)
    held: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.held.set()

    @property
    def edited(self) -> Edited:
        return apply(self.base, self.edits)

    def opened(self, issue: str, by: str) -> Opened:
        with self.lock:
            edited = self.edited
            mine = [one for one in self.edits if one.by == by]
            undone = [one for one in mine if one.reverted_at]
            standing = [one for one in mine if not one.reverted_at]
            return Opened(
                issue=edited.issue,
                sections=self.base.sections,
                candidates=edited.candidates,
                effects=edited.effects,
                version=version(self.edits),
                report=self._checked(edited.issue),
                size=42_300 + 900 * len(edited.issue.stories),
                state=self.state,  # type: ignore[arg-type]  # the tests give states alone
                undo=max(standing, key=lambda one: one.changed, default=None),
                redo=max(undone, key=lambda one: one.changed, default=None),
                pictures={
                    one.id: one.image
                    for story in self.base.issue.stories
                    for one in story.articles
                    if one.image
                },
                sizes=sizes_of(self.base.issue),
            )

    def change(self, issue: str, wishes: Sequence[Wish], seen: int | None, by: str) -> Opened:
        self.held.wait(60)
        with self.lock:
            if self.is_read_only:
                raise StoreError("the database is read-only")
            if self.base.issue.status == Status.PUBLISHED:
                raise WishError(f"{issue} is published and stays as it is")
            named = [one for one in self.lower if one.story.id in {wish.story for wish in wishes}]
            self.base = replace(self.base, candidates=(*self.base.candidates, *named))
            edited = self.edited
            if seen is not None:
                found = [one for wish in wishes for one in clashes(wish, edited, seen, by)]
                if found:
                    raise ClashError(
                        f"{found[0].edit.by} changed {found[0].what} meanwhile",
                        clashes=found,
                        version=version(self.edits),
                    )
            next_version = version(self.edits) + 1
            for wish in wishes:
                made = resolve(
                    wish,
                    self.edited,
                    self.base,
                    at=self.now,
                    by=by,
                    offered=self.offered(issue, ""),
                )
                number = len(self.edits) + 1
                self.edits.append(replace(made, number=number, changed=next_version))
                if wish.kind == "merge":
                    self.base = merged(self.base, made.story or "", made.ids)
                if wish.kind == "split":
                    self.base = split(self.base, made.story or "", made.ids)
            if self.state == "approved":
                self.state = "draft"
            return self.opened(issue, by)

    def undo(
        self, issue: str, by: str, seen: int | None = None, number: int | None = None
    ) -> Opened:
        with self.lock:
            last = self.opened(issue, by).undo
            if last is None:
                raise WishError("there is nothing to undo")
            self._see_that_it_is(last, number, seen)
            return self.revert(issue, last.number, by)

    def redo(
        self, issue: str, by: str, seen: int | None = None, number: int | None = None
    ) -> Opened:
        with self.lock:
            last = self.opened(issue, by).redo
            if last is None:
                raise WishError("there is nothing to redo")
            self._see_that_it_is(last, number, seen)
            self._replace(replace(last, reverted_at=None, reverted_by=""))
            return self.opened(issue, by)

    def revert(self, issue: str, number: int, by: str, seen: int | None = None) -> Opened:
        with self.lock:
            if not 0 < number <= len(self.edits):
                raise WishError(f"there is no edit {number}")
            found = self.edits[number - 1]
            self._see_that_it_is(found, number, seen)
            self._replace(replace(found, reverted_at=self.now, reverted_by=by))
            return self.opened(issue, by)

    def bring_back(self, issue: str, number: int, by: str, seen: int | None = None) -> Opened:
        with self.lock:
            found = self.edits[number - 1]
            self._see_that_it_is(found, number, seen)
            self._replace(replace(found, reverted_at=None, reverted_by=""))
            return self.opened(issue, by)

    def offered(self, issue: str, story_id: str) -> Sequence[Offered]:
        first = self.base.issue.stories[0].articles[0]
        return tuple(Offered(text=text, article_id=first.id, source=one) for text, one in OFFERED)

    def found(self, _: str, words: str) -> Sequence[FoundRow]:
        known = {one.id for one in self._stories()}
        lower = [one for one in self.lower if one.story.id not in known]
        return [found_row(one) for one in lower if words in one.story.headline]

    def reasons(self, issue: str, story_id: str) -> Mapping[str, object]:
        found = next((one for one in self._stories() if one.id == story_id), None)
        if found is None or self.is_forgetful:
            raise WishError(f"{story_id}: no story of {issue} has this id")
        near = self.edited.candidates[0].story
        return {
            "reasons": ["6 outlets", "new this week"],
            "articles": [
                {"id": one.id, "to_lead": round(0.84 - 0.07 * place, 2)}
                for place, one in enumerate(found.articles)
            ],
            "bonds": [
                {
                    "article_id": one.id, "other_id": found.articles[0].id, "kind": "event",
                    "score": 0.8 - 0.07 * place, "threshold": 0.42,
                    "terms": ["Velsum", "night cranes", "insurers", "union"][: 4 - place % 3],
                }
                for place, one in enumerate(found.articles[1:])
            ],
            "nearest": {
                "article_id": found.articles[0].id, "other_id": near.articles[0].id,
                "other": f"{near.headline} ({near.articles[0].source})", "kind": "event",
                "score": 0.38, "threshold": 0.42, "terms": ["port", "shares"],
            },
        }  # fmt: skip

    def say(self, word: str) -> Any:
        states = {"approve": "approved", "hold": "held", "skip": "skipped"}

        def said(issue: str, because: str, by: str, seen: int | None, *at: datetime | None) -> str:
            new = [one for one in self.edits if seen is not None and one.changed > seen]
            if new or not {None, self.base.issue.generated_at}.issuperset(at):
                raise self._clash(new)
            self.words.append((word, because, by))
            self.state = states[word]
            return f"{issue} is {states[word]}{f': {because}' if because else ''}"

        return said

    def told(self, edit: Edit, opened: Opened) -> str:
        edited = Edited(issue=opened.issue, candidates=opened.candidates, effects=opened.effects)
        return told(edit, edited)

    def desk(self) -> EditorDesk:
        return EditorDesk(
            opened=self.opened,
            change=self.change,
            undo=self.undo,
            redo=self.redo,
            revert=self.revert,
            bring_back=self.bring_back,
            offered=self.offered,
            reasons=self.reasons,
            approve=self.say("approve"),
            hold=self.say("hold"),
            skip=self.say("skip"),
            told=self.told,
            reading_time=lambda issue: issue_view(issue).reading_time,
            prose=lambda text: prose(text).html,
            redrafted=lambda _: self.redrafted,
            found=self.found,
        )

    def headlines(self) -> dict[str, list[str]]:
        """Return the headlines that the issue has now, by section."""
        sections = self.edited.issue.sections
        return {one.name: [each.headline for each in one.stories] for one in sections}

    def _checked(self, issue: Issue) -> CheckReport:
        found = report(issue)
        return found if self.findings is None else replace(found, findings=self.findings)

    def _stories(self) -> list[PrintedStory]:
        edited = self.edited
        return [*edited.issue.stories, *(one.story for one in edited.candidates)]

    def _see_that_it_is(self, edit: Edit, number: int | None, seen: int | None) -> None:
        if number not in (None, edit.number) or (seen is not None and edit.changed > seen):
            raise self._clash([edit])

    def _clash(self, edits: Sequence[Edit]) -> ClashError:
        edited = self.edited
        return ClashError(
            "it was changed since you looked",
            clashes=[Clash(edit=one, what=thing(one, edited)) for one in edits],
            version=version(self.edits),
        )

    def _replace(self, edit: Edit) -> None:
        self.edits[edit.number - 1] = replace(edit, changed=version(self.edits) + 1)


@dataclass
class EditedDesk(FakeDesk):
    """The preview's fake desk with an issue that can be edited."""

    editor: FakeEditor = field(default_factory=FakeEditor)

    def desk(self) -> Desk:
        self.issue = self.editor.edited.issue
        return replace(super().desk(), editor=self.editor.desk())
