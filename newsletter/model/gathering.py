"""What comes in: feeds and folders, what a visit leaves, documents, articles and their pages."""

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

    @property
    def outlet(self) -> str:
        """Return what stands for its publisher: an unnamed one is its own."""
        return self.source.casefold() if self.named else f"unnamed {self.id}"


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
