"""The weekly run: the jobs of a period and who has claimed them, what became of a week."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Job = Literal["gather", "draft", "remind", "publish", "prune"]
RunState = Literal["running", "waiting", "done", "failed", "missed"]
WeekState = Literal["draft", "approved", "published", "held", "skipped", "failed", "missed"]
EventKind = Literal[
    "draft",
    "reminder",
    "approved",
    "published",
    "republished",
    "held",
    "skipped",
    "failed",
    "missed",
    "feeds",
    "notifier",
]
NoticeState = Literal["pending", "sending", "sent", "failed", "unsure"]

WEEK_STATES: tuple[WeekState, ...] = (
    "draft", "approved", "published", "held", "skipped", "failed", "missed"
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The right to do one job for one period (a week's id, or the moment that a gather is for).

    Each claim of a job and period has a higher `fence` than the one before: whoever holds an older
    one has been taken for dead, and nothing that it does counts any more. `attempts` counts this
    one.
    """

    job: Job
    period: str
    owner: str
    fence: int
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One job for one period, as far as it has come.

    `beat_at` is the last sign of life of its `owner`, by the clock of the wall; all else is by the
    clock of the schedule. `waiting` is a failure that will be tried again at `next_try`.
    """

    job: Job
    period: str
    state: RunState
    owner: str
    fence: int
    attempts: int
    beat_at: datetime
    started_at: datetime
    ended_at: datetime | None = None
    next_try: datetime | None = None
    cause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, and why: `cause` is one sentence for the editor.

    One with a `key` happens once. `details` are what a message about it tells, as JSON can hold
    them; `id` is 0 until the store has given it one.
    """

    kind: EventKind
    at: datetime
    cause: str
    week: str | None = None
    key: str | None = None
    details: Mapping[str, object] = field(default_factory=dict)
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """An event on its way to one channel.

    `unsure` is one whose sender ended before it heard whether it had arrived: it is not sent a
    second time.
    """

    event: Event
    channel: str
    state: NoticeState
    attempts: int = 0
    next_try: datetime | None = None
    error: str = ""
