"""The values that travel through the house: frozen, comparable, free of behaviour that acts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

# Whether the page of an article is read: where the feed gives only a teaser, for each, for none.
FullText = Literal["auto", "always", "never"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed as the editor wrote it in feeds.yaml."""

    url: str
    section: str
    name: str | None = None
    weight: float = 1.0
    enabled: bool = True
    full_text: FullText = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedFolder:
    """One folder of documents that the editor laid down for a section."""

    path: str
    section: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What the last look at a feed left behind: validators (RFC 9110, 8.8), hash and failures.

    `entries` are the hashes of the entries that were seen. `next_try` is when a failing feed is
    asked again, None for at any time; `gone` is true after a 410. `moved_to` is where permanent
    redirects have led since `moved_since` without a break.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    checked_at: datetime | None = None
    succeeded_at: datetime | None = None
    failures: int = 0
    failing_since: datetime | None = None
    error: str | None = None
    entries: tuple[str, ...] = ()
    next_try: datetime | None = None
    gone: bool = False
    moved_to: str | None = None
    moved_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Bytes that a source gave, before anything was understood of them.

    `url` is where they came from after redirects; for a seed, its path below the workspace.
    `moved_to` is the URL that permanent redirects (301, 308) led to, None without any.
    """

    url: str
    content: bytes
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """A feed's answer that nothing has changed since the last visit (304)."""

    moved_to: str | None = None


class DateSource(StrEnum):
    """Where an article's `published` comes from."""

    ENTRY = "entry"  # the feed's own published (or created) date
    UPDATED = "updated"  # only a date of change was given
    DOCUMENT = "document"  # a seed's own word: front matter, metadata, header
    NONE = "none"  # no usable date: `published` is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One piece by one publisher.

    `keys` are its identities, strongest first (GUID within its feed, canonical URL, hash of the
    text); `id` is drawn from the first. `text` is plain text, one paragraph a line. `origins` are
    the feed URLs or seed paths that brought it. `title` is "" where the source gives none.
    `named` is false where `source` is only a makeshift (a seed's title): such an article is an
    outlet of its own. `image` is the URL of its picture; `page` the canonical URL that its own page
    names, known once that was read: articles that share one are copies.
    """

    id: str
    keys: tuple[str, ...] = ()
    title: str
    text: str
    url: str | None = None
    source: str
    named: bool = True
    author: str | None = None
    published: datetime | None = None
    date_source: DateSource = DateSource.NONE
    first_seen: datetime
    language: str = "en"
    origins: tuple[str, ...] = ()
    image: str | None = None
    categories: tuple[str, ...] = ()
    page: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a web page holds of its article: text as an Article's, URLs absolute and safe.

    `canonical` is the URL that the page names for itself (RFC 6596), None if it names none.
    """

    url: str
    canonical: str | None = None
    title: str = ""
    text: str = ""
    author: str | None = None
    source: str | None = None
    published: datetime | None = None
    language: str | None = None
    image: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageVisit:
    """What came of reading an article's own page: the page, or the reason why there is none."""

    article_id: str
    at: datetime
    page: Page | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What came of recording articles: the ids of those never seen before and of those changed."""

    new: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bond:
    """Why an article stands in its story, or how near one came that does not.

    `score` is the value that was held against `threshold`: for an event the similarity of
    `newsletter.stories`, for a copy the Jaccard similarity of shingles (for an excerpt, how much
    of it the other text contains). `terms` are the shared
    terms that carried it, heaviest first.
    """

    article_id: str
    other_id: str
    kind: Literal["copy", "event"]
    score: float
    threshold: float
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One event: at least one article, the lead first, the others by date and id.

    `id` is that of the article first seen first. `copies` maps the id of a copy to that of the
    article it repeats. `bonds` are the ties that hold it together, one fewer than articles;
    `nearest` is the strongest tie to an article outside, if any was looked at.
    """

    id: str
    articles: tuple[Article, ...]
    copies: Mapping[str, str]
    bonds: tuple[Bond, ...] = ()
    nearest: Bond | None = None

    @property
    def lead(self) -> Article:
        """Return the representative article."""
        return self.articles[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A story in its place: section, score and the reasons for the score in words."""

    story: Story
    section: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of a summary and the article it was taken from, word for word."""

    text: str
    article_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A headline and two to four sentences (fewer where the sources have no more to give).

    `sure` tells whether the summariser would send it unread; `score` is what that rests on.
    """

    headline: str
    sentences: tuple[Sentence, ...]
    sure: bool = True
    score: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sends the newsletter, as the law and RFC 5322 want it named."""

    name: str
    address: str
    postal_address: str = ""


class Status(StrEnum):
    """How far an issue has come."""

    DRAFT = "draft"  # something keeps it from being sent: see `problems`
    READY = "ready"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedArticle:
    """An article as the issue shows it: one source of a story."""

    id: str
    url: str | None
    title: str
    source: str
    published: datetime | None
    lead: bool
    copy_of: str | None
    image: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedStory:
    """A story as the issue shows it."""

    id: str
    headline: str
    summary: tuple[Sentence, ...]
    articles: tuple[PrintedArticle, ...]
    why: tuple[str, ...]
    score: float
    reasons: tuple[str, ...]


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
    issue has been published. `problems` keep it from being sent, `warnings` do not.
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

    @property
    def stories(self) -> tuple[PrintedStory, ...]:
        """Return the stories in printed order, over all sections."""
        return tuple(story for section in self.sections for story in section.stories)


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """An issue as it was last built: its issue.json and the report that explains it, as JSON."""

    id: str
    status: Status
    since: datetime | None
    until: datetime
    content: str
    report: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """An issue rendered: file name to bytes, and what had to give way to fit (in words)."""

    files: Mapping[str, bytes]
    cuts: tuple[str, ...] = ()
