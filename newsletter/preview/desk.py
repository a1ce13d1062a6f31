"""The desk: all that the preview asks of the rest of the house, as callables and plain rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from newsletter.model import (
    CheckReport,
    Edit,
    Edition,
    Event,
    Issue,
    Offered,
    Opened,
    Status,
    Wish,
)

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


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRow:
    """A story that ranked too low to be a candidate; `outlets` counts who tells it."""

    id: str
    headline: str
    section: str
    outlets: int
    reason: str


def _unsaid(_: object) -> str:
    return ""


def _nothing(_: object) -> None:
    return None


def _none(_: str, __: str) -> Sequence[FoundRow]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorDesk:
    """What the editing page needs. Every callable may be slow and may raise `NewsletterError`.

    The first argument names the issue, `by` is who looks or asks. `change` takes the wishes and the
    version of the edits that their author has seen, and raises `ClashError` where somebody changed
    the same things since. `undo` and `redo` (issue, by, seen, number) raise it where the edit that
    they would take back or bring back has another number. `revert` and `bring_back` (issue, number,
    by, seen) take an edit's number; all four raise it where that edit was changed since the version
    that was seen. Each returns the issue as it lies after that. `offered` and `reasons` take a
    story's id: sentences that could stand in its summary, and why it is one story (see
    `newsletter.pipeline.report.explain`). `approve`, `hold` and `skip` take a reason ("" for none),
    who says so and the version that she has seen (`ClashError` where there is a newer one), and
    return what happened in words; `approve` takes as well when the issue that she has seen was
    built, and raises it where it was built again. A version or a moment that is None stands for
    whichever it is. `told` says an edit in one line.

    `reading_time` says how long an issue takes to read, as its readers are told it; `prose` returns
    Markdown as safe HTML; `redrafted` takes an issue's id and returns what made it a draft again
    after it was approved, None where nothing did. `found` takes the words that a story is to hold,
    and returns those that ranked too low to be candidates. Each may be left out.
    """

    opened: Callable[[str, str], Opened]
    change: Callable[[str, Sequence[Wish], int | None, str], Opened]
    undo: Callable[[str, str, int | None, int | None], Opened]
    redo: Callable[[str, str, int | None, int | None], Opened]
    revert: Callable[[str, int, str, int | None], Opened]
    bring_back: Callable[[str, int, str, int | None], Opened]
    offered: Callable[[str, str], Sequence[Offered]]
    reasons: Callable[[str, str], Mapping[str, object]]
    approve: Callable[[str, str, str, int | None, datetime | None], str]
    hold: Callable[[str, str, str, int | None], str]
    skip: Callable[[str, str, str, int | None], str]
    told: Callable[[Edit, Opened], str]
    reading_time: Callable[[Issue], str] = _unsaid
    prose: Callable[[str], str] = _unsaid
    redrafted: Callable[[str], Event | None] = _nothing
    found: Callable[[str, str], Sequence[FoundRow]] = _none


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
    folder of the written archive, None where there is none. `editor` is None where issues can only
    be looked at.
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
    editor: EditorDesk | None = None
