"""The editor's hand: what was asked, what was kept of it, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from newsletter.model.checking import CheckReport
from newsletter.model.issue import Issue, PrintedStory, Sponsor
from newsletter.model.running import WeekState

EditKind = Literal[
    "pin",
    "drop",
    "move",
    "section",
    "lead",
    "headline",
    "summary",
    "picture",
    "intro",
    "closing",
    "note",
    "sponsor",
    "merge",
    "split",
]
EffectState = Literal["applied", "waiting", "overruled", "reverted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody asks to be changed in an issue, in terms of the issue as she sees it.

    `story` names a story by its id, or by that of any of its articles; None for what concerns the
    issue. `text` is the headline, the summary, the picture's URL ("" for none), or the Markdown of
    intro, closing or note; `section` and `place` (in that section, from 1; None: by rank) are where
    a story is to stand; where others may have moved since she looked, `behind` names the story
    before it ("" for none: it is the first), and `place` counts only if that is not there; `ids`
    are the other stories of a merge, the articles that leave in a split.
    """

    kind: EditKind
    story: str | None = None
    text: str = ""
    section: str = ""
    place: int | None = None
    behind: str | None = None
    ids: tuple[str, ...] = ()
    sponsor: Sponsor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A wish as it is kept, to be applied to every build of its issue.

    `number` counts the edits of an issue from 1, and is 0 until the store has given one.
    `articles` are those of the story when the edit was made, by id, `name` is the headline under
    which it was printed then (at most 120 characters; of a merge those of all its stories, a line
    each). A move keeps the whole `order` of its section (ids of stories) as the editor saw it after
    the move, so that what is built later comes out in that order; so does a `section` with a place.
    `ids` of a summary are the articles of its sentences, "" for the editor's own. `changed` is the
    version of the issue's edits at which this one was last made, amended, reverted or brought back.
    """

    number: int = 0
    kind: EditKind
    at: datetime
    by: str
    cause: str = ""
    story: str | None = None
    name: str = ""
    articles: tuple[str, ...] = ()
    text: str = ""
    section: str = ""
    order: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    sponsor: Sponsor | None = None
    reverted_at: datetime | None = None
    reverted_by: str = ""
    changed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A story that is not in the issue, as it would be printed, and why it is not."""

    story: PrintedStory
    section: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """An issue as it was composed, before any edit, and what else could have been in it.

    `sections` are all that the newsletter has, in order, also those without a story this week;
    `candidates` are by rank. `chosen` has the articles (by id) of each story that the build chose,
    () where they are those of `issue`: no story was merged or split since.
    """

    issue: Issue
    sections: tuple[str, ...]
    candidates: tuple[Candidate, ...] = ()
    chosen: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What became of an edit: `note` says in an editor's words what she should know, "" if nothing.

    `waiting` is one whose story is not there (now); `overruled` one that a later edit took the
    place of. `story` is the id of the story that it came to.
    """

    edit: Edit
    state: EffectState
    note: str = ""
    story: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """An issue with the edits applied, what is left to bring in, and what became of each edit.

    `effects` are in the order of the edits' numbers.
    """

    issue: Issue
    candidates: tuple[Candidate, ...]
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An issue as it lies before its editor.

    `version` is that of its edits: who changes something says which version she saw. `size` is
    what the e-mail weighs in bytes, as the budget counts it. `undo` and `redo` are what these would
    take back or bring back for the person who looks; `state` is None where nothing has become of
    the week yet. `pictures` are those that articles came with, by the article's id: of a story
    whose picture was chosen `issue` has no other. `sizes` has what is known of them: width and
    height in pixels by URL.
    """

    issue: Issue
    sections: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    effects: tuple[Effect, ...]
    version: int
    report: CheckReport
    size: int
    state: WeekState | None = None
    undo: Edit | None = None
    redo: Edit | None = None
    pictures: Mapping[str, str] = field(default_factory=dict)
    sizes: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A sentence of a story's sources that could stand in its summary."""

    text: str
    article_id: str
    source: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """An edit that somebody made of the same thing since one looked."""

    edit: Edit
    what: str  # in an editor's words: 'the headline of “Harbour shut”'
