"""Issues as they lie before an editor, and what becomes of them under her wishes, all in memory."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from issues import article, issue, story

from newsletter.issue.editing import apply, sections_of, version
from newsletter.issue.wishes import resolve, see_that_they_agree
from newsletter.model import (
    Base,
    Bytes,
    Candidate,
    CheckReport,
    Edit,
    Opened,
    PrintedStory,
    Section,
    Sentence,
    Support,
    Wish,
)

_BYTES = Bytes(
    total=0, limit=0, raw=0, quoted_printable=0, text=0, inline_styles=0, head=0, stories=()
)
_SUPPORT = Support(pairs=0, share=1.0, core=1.0, clients=(), unsupported=(), data_date="")
NOW = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
SECTIONS = ("Technology", "Energy & climate", "Science")


def tale(number: int, headline: str, *sentences: str, **changes: Any) -> PrintedStory:
    """Return a story with two articles and these sentences."""
    lead = article(number * 2, id=f"tale{number}", lead=True, image=f"https://p.example/{number}")
    return story(
        number,
        id=f"tale{number}",
        headline=headline,
        summary=tuple(Sentence(text=text, article_id=lead.id) for text in sentences),
        articles=(lead, article(number * 2 + 1, id=f"other{number}")),
        **changes,
    )


CRANES = tale(
    0, "Port hands its cranes to software", "Two cranes stopped in fog.", "A union agrees."
)
KEYS = tale(1, "One format for moving passkeys", "The draft covers export and deletion.")
COURT = tale(2, "Court stops tenant scores", "A ranking that nobody could explain is void.")
BUSES = tale(
    3, "Sodium cells move city buses", "Forty buses charge in Lowmere.", "They bear frost."
)
ISLAND = tale(4, "Island lives on wind alone", "Harn ran eleven days without its engines.")
DIARIES = tale(5, "Weather diaries close a gap", "Volunteers typed up the pages of crews.")
PIPES = tale(6, "A microphone hears pipes leak", "It listens at three in the morning.")


def base(**changes: Any) -> Base:
    """Return an issue of five stories in two of three sections, with two that were not chosen."""
    sections = (
        Section(name="Technology", stories=(CRANES, KEYS, COURT)),
        Section(name="Energy & climate", stories=(BUSES, ISLAND)),
    )
    fields: dict[str, Any] = {
        "issue": issue(sections=sections, intro="Good *morning*.\n\nA short week."),
        "sections": SECTIONS,
        "candidates": (
            Candidate(story=DIARIES, section="Science", reason="one outlet alone tells it"),
            Candidate(story=PIPES, section="Technology", reason="the section is full"),
        ),
    }
    return Base(**fields | changes)


@dataclass(frozen=True)
class Desk:
    """An issue and its edits; a change is made as the use case makes it, with nothing kept."""

    base: Base
    edits: tuple[Edit, ...] = ()

    @property
    def opened(self) -> Opened:
        edited = apply(self.base, self.edits)
        return Opened(
            issue=edited.issue,
            sections=sections_of(self.base),
            candidates=edited.candidates,
            effects=edited.effects,
            version=version(self.edits),
            report=CheckReport(issue=edited.issue.id, findings=(), bytes=_BYTES, support=_SUPPORT),
            size=0,
        )

    def changed(self, wishes: Iterable[Wish], by: str = "Ada") -> "Desk":
        edits = self.edits
        wishes = tuple(wishes)
        see_that_they_agree(wishes, apply(self.base, edits))
        for number, wish in enumerate(wishes, start=len(edits) + 1):
            at = NOW + timedelta(minutes=number)
            made = resolve(wish, apply(self.base, edits), self.base, at=at, by=by)
            edits = (*edits, replace(made, number=number, changed=number))
        return replace(self, edits=edits)


def moved(text: str, line: str, *, behind: str) -> str:
    """Return a manuscript with the block of the heading *line* behind that of another heading."""
    blocks = text.split("\n\n")
    (block,) = [one for one in blocks if one.startswith(line)]
    blocks.remove(block)
    (place,) = [at for at, one in enumerate(blocks) if one.startswith(behind)]
    return "\n\n".join([*blocks[: place + 1], block, *blocks[place + 1 :]])


def told(wishes: Sequence[Wish]) -> list[tuple[Any, ...]]:
    """Return wishes in brief: kind, story and what else they say."""
    return [
        tuple(
            value
            for value in (one.kind, one.story, one.section, one.place, one.text)
            if value not in ("", None)
        )
        for one in wishes
    ]
