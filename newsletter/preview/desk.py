"""The desk: all that the preview asks of the rest of the house, as callables and plain rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from newsletter.model import CheckReport, Edition, Issue, Status

FeedStatus = Literal["ok", "new", "failing", "gone", "moved", "silent", "disabled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRow:
    """An issue as the list shows it.

    `headline` is that of its first story; `problems` keep it from being sent, `warnings` do not.
    `bytes` is the size of its e-mail, None where it is not known without rendering. `is_written` is
    false for an issue that was composed for the preview alone.
    """

    id: str
    headline: str
    status: Status
    publishes_at: datetime
    stories: int
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    bytes: int | None = None
    is_written: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRow:
    """How a feed is: see `newsletter feeds list`, whose columns and statuses these are.

    `name` is "" where the editor has given none.
    """

    name: str
    url: str
    section: str
    status: FeedStatus
    note: str = ""
    last_success: datetime | None = None
    failures: int = 0
    articles_a_week: float | None = None
    median_age_days: float | None = None
    next_try: datetime | None = None
    wants_eye: bool = False

    @property
    def called(self) -> str:
        """Return the feed's name, or of its URL what tells it from others of its host."""
        return self.name or self.url.split("://", 1)[-1].removeprefix("www.").rstrip("/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An issue rendered and checked; `headers` are those of its message, in order.

    `is_written` is false where the output folder holds it otherwise, or not at all.
    """

    issue: Issue
    edition: Edition
    report: CheckReport
    headers: tuple[tuple[str, str], ...] = ()
    is_written: bool = True


def _utc() -> str:
    return "UTC"


def _no_site() -> Path | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the preview needs. Every callable may be slow and may raise `NewsletterError`.

    `issues` returns the newest first. `shown` takes an issue's id and the name of a theme, None for
    the issue's own. `as_seen` takes a page's HTML and one of `light`, `dark`, `forced-dark`,
    `images-off`, `no-style`. `rebuilt` composes the coming issue in memory, writes nothing and
    returns its id. `test_send` takes an issue's id and an address and returns what happened, in
    words; it is None where no SMTP server is configured. `watched` are the files and folders whose
    change makes what was shown stale. `zone` names the newsletter's time zone; `site` returns the
    folder of the written archive, None where there is none.
    """

    title: Callable[[], str]
    issues: Callable[[], Sequence[IssueRow]]
    shown: Callable[[str, str | None], Shown]
    as_seen: Callable[[str, str], str]
    feeds: Callable[[], Sequence[FeedRow]]
    themes: Callable[[], Sequence[str]]
    rebuilt: Callable[[], str]
    test_send: Callable[[str, str], str] | None
    watched: Sequence[Path]
    now: Callable[[], datetime]
    zone: Callable[[], str] = _utc
    site: Callable[[], Path | None] = _no_site
