"""What goes out: the issue, as it is composed, kept and rendered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from newsletter.model.stories import Difference, Earlier, Genre, Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sends the newsletter, as the law and RFC 5322 want it named.

    `unsubscribe` is a URL, or the merge tag of the service that sends, which it fills in. With
    `one_click` a bare POST to that URL ends the subscription (RFC 8058).
    """

    name: str
    address: str
    postal_address: str = ""
    unsubscribe: str = ""
    one_click: bool = False


Images = Literal["none", "lead", "all"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How an issue is to look: the theme by name, which stories show their article's picture."""

    theme: str = "modern"
    images: Images = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sponsor:
    """Who paid for a place in the issue, and what it says there: `text` is Markdown."""

    name: str
    text: str = ""
    url: str | None = None
    link_text: str = ""


class Status(StrEnum):
    """How far an issue has come."""

    DRAFT = "draft"  # something keeps it from being sent: see `problems`
    READY = "ready"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedArticle:
    """An article as the issue shows it: one source of a story.

    `image` is the URL of its picture, its size in pixels beside it where that is known.
    """

    id: str
    url: str | None
    title: str
    source: str
    published: datetime | None
    lead: bool
    copy_of: str | None
    image: str | None = None
    image_width: int | None = None
    image_height: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedStory:
    """A story as the issue shows it.

    `earlier` are the issues that told of it before, oldest first, `new` what they did not tell, in
    words; `differences` is where its sources disagree. `sure` is false where an editor should read
    the summary before it goes out; `by` is who wrote it, `genre` what its sources are. `by_hand`
    names what an editor decided: headline, summary, picture, place, section, pin, lead, and members
    of one that she merged or split.
    """

    id: str
    headline: str
    summary: tuple[Sentence, ...]
    articles: tuple[PrintedArticle, ...]
    why: tuple[str, ...]
    score: float
    reasons: tuple[str, ...]
    earlier: tuple[Earlier, ...] = ()
    new: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    sure: bool = True
    genre: Genre = "news"
    by: Literal["extractive", "llm", "editor"] = "extractive"
    by_hand: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A named part of an issue, its stories by rank."""

    name: str
    stories: tuple[PrintedStory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """What the newsletter says of itself on every issue."""

    title: str
    description: str
    language: str
    timezone: str
    url: str | None
    sender: Sender | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much was read for an issue: articles of its window, outlets, stories found and chosen."""

    articles: int
    outlets: int
    stories: int
    chosen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A dated number of the newsletter, whole: all that rendering needs and nothing else.

    `id` is the ISO week of `publishes_at` in the newsletter's time zone. `since` and `until` bound
    the window `[since, until)` over the time an article was first seen; `since` is None until an
    issue has been published. `problems` keep it from being sent, `warnings` do not. `published_at`
    is when it was published, `updated_at` when it was last published again with changes; both are
    None until then, and of issues of before these were kept. `intro`, `note` (the editor's, such as
    a correction) and `closing` are Markdown.
    """

    id: str
    masthead: Masthead
    status: Status
    problems: tuple[str, ...]
    warnings: tuple[str, ...]
    since: datetime | None
    until: datetime
    publishes_at: datetime
    generated_at: datetime
    counts: Counts
    sections: tuple[Section, ...]
    layout: Layout = Layout()
    intro: str = ""
    closing: str = ""
    sponsor: Sponsor | None = None
    published_at: datetime | None = None
    updated_at: datetime | None = None
    note: str = ""

    @property
    def stories(self) -> tuple[PrintedStory, ...]:
        """Return the stories in printed order, over all sections."""
        return tuple(story for section in self.sections for story in section.stories)

    @property
    def at_a_glance(self) -> "Glance":
        """Return what the archive shows of it."""
        stories = self.stories
        return Glance(
            id=self.id,
            masthead=self.masthead,
            status=self.status,
            publishes_at=self.publishes_at,
            published_at=self.published_at,
            updated_at=self.updated_at,
            layout=self.layout,
            headlines=tuple(_headline(story) for story in stories[:GLANCE_HEADLINES]),
            stories=len(stories),
        )


GLANCE_HEADLINES = 3


def _headline(story: PrintedStory) -> str:
    first = story.articles[0]
    return story.headline.strip() or first.title.strip() or first.source.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """An issue as the archive lists it: the first headlines, and how many stories it has."""

    id: str
    masthead: Masthead
    status: Status
    publishes_at: datetime
    published_at: datetime | None
    updated_at: datetime | None
    layout: Layout
    headlines: tuple[str, ...]
    stories: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """An issue as it was last built: its issue.json and the report that explains it, as JSON.

    `base` is what the edits are applied to, as JSON (see `newsletter.issue.base`), "" for issues of
    before it was kept; `edits` the version of the edits that `content` holds.
    """

    id: str
    status: Status
    since: datetime | None
    until: datetime
    content: str
    report: str
    base: str = ""
    edits: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """An issue rendered: file name to bytes, and what had to give way to fit (in words)."""

    files: Mapping[str, bytes]
    cuts: tuple[str, ...] = ()
