"""Turns an issue that lies before its editor into what the editing page shows of it."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from newsletter.model import (
    Candidate,
    Edit,
    Effect,
    Issue,
    Opened,
    PrintedArticle,
    PrintedStory,
    Sentence,
    Status,
)
from newsletter.preview.choices import Choices
from newsletter.preview.edit_page_pictures import Picture, pictures_of
from newsletter.preview.report import ReportView, report_view, size_state

_NAMED = 3  # outlets that a card names
_LIMIT = 102_400  # bytes: what is larger, Gmail clips
HEADLINE_GUIDE = 70  # characters that fit two lines on a phone
SUMMARY_MOST = 4_000  # characters: longer ones are refused (see newsletter.issue.typed)
_HAND = {
    "headline": "headline",
    "summary": "summary",
    "picture": "picture",
    "place": "place",
    "section": "section",
    "pin": "pinned",
    "lead": "lead",
    "members": "merged or split",
}
_TEXTS = ("note", "intro", "closing")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """Where a sentence of a summary comes from: its place in it, from 1, and the outlet."""

    place: int
    source: str
    published: datetime | None
    confirmed: int
    by_hand: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A story of the issue as a card.

    `number` is its place in the issue, from 1, as findings name it. `made` has that of the edit in
    force, by its kind; `is_bare` tells that its editor wants
    no picture.
    """

    story: PrintedStory
    section: str
    number: int
    is_first: bool
    outlets: tuple[str, ...]
    words: int
    hand: tuple[str, ...]
    notes: tuple[str, ...]
    sources: tuple[SourceLine, ...]
    pictures: tuple[Picture, ...]
    is_bare: bool
    made: Mapping[str, int]

    @property
    def named(self) -> str:
        """Return "The Ledger, Circuit Review and 3 more"."""
        shown, rest = self.outlets[:_NAMED], len(self.outlets) - _NAMED
        return ", ".join(shown) + (f" and {rest} more" if rest > 0 else "")

    @property
    def text(self) -> str:
        """Return the summary as it is edited."""
        return summary_text(self.story)

    @property
    def chips(self) -> tuple[str, ...]:
        """Return what an editor should know of the story at a glance."""
        told = []
        if self.story.earlier and self.story.new:
            told.append("Update")
        if self.story.differences:
            told.append("Sources differ")
        if not self.story.sure:
            told.append("Unsure, read it")
        return tuple(told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section with its cards."""

    name: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A candidate: `rank` is how its score stands to the best of all, in percent."""

    candidate: Candidate
    outlets: tuple[str, ...]
    rank: float
    is_update: bool
    found_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An edit in the list of them; `told` says it in one line."""

    effect: Effect
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One of the issue's own texts; `edit` is the number of the edit that wrote it, if any."""

    kind: str
    title: str
    text: str
    hint: str
    edit: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditView:
    """All that the editing page shows of an issue."""

    opened: Opened
    issue: Issue
    parts: tuple[Part, ...]
    rows: tuple[Row, ...]
    lines: tuple[Line, ...]
    texts: Mapping[str, Text]
    sponsor_edit: int | None
    waiting: tuple[Line, ...]
    report: ReportView
    size_state: str
    size_share: float
    is_open: bool
    undo: str
    redo: str

    @property
    def by_section(self) -> Sequence[tuple[str, int]]:
        """Return how many candidates each section has, those with most first."""
        return Counter(row.candidate.section for row in self.rows).most_common()

    @property
    def numbers(self) -> Mapping[str, int]:
        """Return the number of each story of the issue by its id."""
        return {card.story.id: card.number for part in self.parts for card in part.cards}

    @property
    def not_chosen(self) -> int:
        """Return how many stories were found that are not in the issue."""
        found = self.issue.counts.stories - len(self.issue.stories)
        return max(len(self.rows), found)

    @property
    def updates(self) -> int:
        """Return how many candidates go on from an issue that is out."""
        return sum(row.is_update for row in self.rows)


def edit_view(opened: Opened, told: Callable[[Edit, Opened], str]) -> EditView:
    """Return what the page shows of *opened*; *told* says an edit in one line."""
    issue = opened.issue
    lines = tuple(
        Line(effect=effect, told=told(effect.edit, opened)) for effect in reversed(opened.effects)
    )
    in_force = [one for one in opened.effects if one.state == "applied"]
    numbers: dict[str, int] = {
        one.edit.kind: one.edit.number for one in in_force if one.story is None
    }
    return EditView(
        opened=opened,
        issue=issue,
        parts=tuple(_parts(opened, in_force)),
        rows=_rows(opened),
        lines=lines,
        texts=_texts(issue, numbers),
        sponsor_edit=numbers.get("sponsor"),
        waiting=tuple(line for line in lines if _is_lost(line.effect, opened)),
        report=report_view(opened.report, issue, Choices(issue=issue.id)),
        size_state=size_state(opened.size, _LIMIT),
        size_share=min(100.0, 100 * opened.size / _LIMIT),
        is_open=issue.status != Status.PUBLISHED,
        undo=told(opened.undo, opened) if opened.undo else "",
        redo=told(opened.redo, opened) if opened.redo else "",
    )


def news(opened: Opened, seen: int | None) -> tuple[Edit, ...]:
    """Return what was changed since version *seen*, in the order of numbers."""
    if seen is None:
        return ()
    return tuple(one.edit for one in opened.effects if one.edit.changed > seen)


def summary_text(story: PrintedStory) -> str:
    """Return a story's summary as plain text."""
    return " ".join(sentence.text for sentence in story.summary)


def outlets_of(story: PrintedStory) -> tuple[str, ...]:
    """Return who tells a story, each once, the lead first."""
    return tuple(dict.fromkeys(article.source for article in story.articles))


def _is_lost(effect: Effect, opened: Opened) -> bool:
    """Return whether an edit waits for a story that is nowhere; a dropped one is a candidate."""
    there = {one.id for row in opened.candidates for one in row.story.articles}
    known = there | {row.story.id for row in opened.candidates}
    return effect.state == "waiting" and known.isdisjoint(
        {effect.story, effect.edit.story, *effect.edit.articles}
    )


def _parts(opened: Opened, in_force: Sequence[Effect]) -> Iterator[Part]:
    """Yield the issue's sections, then those that have no story this week."""
    printed = {section.name for section in opened.issue.sections}
    numbers = {story.id: number for number, story in enumerate(opened.issue.stories, 1)}
    for section in opened.issue.sections:
        yield Part(
            name=section.name,
            cards=tuple(
                _card(story, section.name, numbers[story.id], opened, in_force)
                for story in section.stories
            ),
        )
    for name in opened.sections:
        if name not in printed:
            yield Part(name=name, cards=())


def _card(
    story: PrintedStory,
    section: str,
    number: int,
    opened: Opened,
    in_force: Sequence[Effect],
) -> Card:
    mine = [one for one in in_force if one.story == story.id]
    chosen = next((one.edit.text for one in mine if one.edit.kind == "picture"), None)
    return Card(
        story=story,
        section=section,
        number=number,
        is_first=number == 1,
        outlets=outlets_of(story),
        words=_words(summary_text(story)),
        hand=tuple(_HAND.get(name, name) for name in story.by_hand),
        notes=tuple(dict.fromkeys(one.note for one in mine if one.note)),
        sources=tuple(_sources(story)),
        pictures=tuple(pictures_of(story, opened, chosen)),
        is_bare=chosen == "",
        made={one.edit.kind: one.edit.number for one in mine},
    )


def _sources(story: PrintedStory) -> Iterator[SourceLine]:
    articles: Mapping[str, PrintedArticle] = {one.id: one for one in story.articles}
    for place, sentence in enumerate(story.summary, 1):
        yield _source(place, sentence, articles.get(sentence.article_id))


def _source(place: int, sentence: Sentence, article: PrintedArticle | None) -> SourceLine:
    return SourceLine(
        place=place,
        source=article.source if article else "",
        published=article.published if article else None,
        confirmed=len(sentence.confirmed_by),
        by_hand=sentence.by_hand or article is None,
    )


def _rows(opened: Opened) -> tuple[Row, ...]:
    scores = [one.story.score for one in opened.candidates]
    best = max([*scores, *(story.score for story in opened.issue.stories)], default=0.0)
    return tuple(
        Row(
            candidate=one,
            outlets=outlets_of(one.story),
            rank=max(0.0, 100 * one.story.score / best) if best > 0 else 0.0,
            is_update=bool(one.story.earlier),
            found_by=" ".join(
                (one.story.headline, summary_text(one.story), *outlets_of(one.story))
            ).casefold(),
        )
        for one in opened.candidates
    )


def _texts(issue: Issue, numbers: Mapping[str, int]) -> Mapping[str, Text]:
    titles = {"note": "Note", "intro": "Introduction", "closing": "Closing words"}
    hints = {
        "note": "before the first story, such as a correction",
        "intro": "above all",
        "closing": "after the last story",
    }
    return {
        kind: Text(
            kind=kind,
            title=titles[kind],
            text=getattr(issue, kind),
            hint=hints[kind],
            edit=numbers.get(kind),
        )
        for kind in _TEXTS
    }


def _words(text: str) -> int:
    return len(text.split())
