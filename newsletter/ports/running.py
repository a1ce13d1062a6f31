"""Doors to the store for the weekly run: claims, what happened, whom it is told."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from newsletter.model import Claim, Edit, Event, Job, Notice, NoticeState, Run, RunState, WeekState
from newsletter.ports.memory import Articles, Decisions, Issues, Words


class Runs(Protocol):
    """The store's memory of the jobs of the weekly run, one row for each job and period.

    Two clocks: `now` is that of the schedule, `beat_at` that of the wall, by which claims lapse.
    """

    def claim(
        self,
        job: Job,
        period: str,
        *,
        owner: str,
        now: datetime,
        beat_at: datetime,
        lease_s: float,
    ) -> Claim | None:
        """Return the right to do *job* for *period*, with a fence above all before it.

        None where it is done, failed or missed for good, waits for its next try, or is claimed by
        somebody whose last sign of life is less than *lease_s* seconds away from *beat_at*, before
        or after it: a clock that was set back is no life-sign from the future.
        """

    def beat(self, claim: Claim, *, beat_at: datetime) -> bool:
        """Give a sign of life; False where somebody else has taken over."""

    def check_claim(self, claim: Claim) -> None:
        """Do nothing while *claim* holds.

        Raises:
            FencedError: somebody else has taken over.
        """

    def end_run(
        self,
        claim: Claim,
        state: RunState,
        *,
        now: datetime,
        cause: str = "",
        next_try: datetime | None = None,
    ) -> None:
        """Say how it ended: done, failed or missed for good, or waiting for *next_try*.

        Raises:
            FencedError: somebody else has taken over; nothing is changed.
        """

    def release(self, claim: Claim) -> None:
        """Give the claim up as if it had never been: the attempt does not count."""

    def run_of(self, job: Job, period: str) -> Run | None:
        """Return how far that job has come, None if nobody has begun it."""

    def runs(self, most: int) -> tuple[Run, ...]:
        """Return the *most* runs that began last, the latest first."""


class History(Protocol):
    """The store's memory of what happened to each week, and why."""

    def note(self, event: Event, *, channels: Collection[str] = ()) -> bool:
        """Keep *event*, to be told on *channels*; False where one with its key is known already."""

    def events(self, week: str | None = None, *, most: int | None = None) -> tuple[Event, ...]:
        """Return the last *most* events (of *week* alone, if given), in the order they happened."""

    def week_state(self, week: str) -> tuple[WeekState, datetime] | None:
        """Return how far a week has come and since when: its last event that is a state."""

    def week_states(self) -> Mapping[str, tuple[WeekState, datetime]]:
        """Return the same for every week that has one."""


class Notices(Protocol):
    """The store's memory of which events have been told on which channels."""

    def notices_due(self, now: datetime, *, most: int) -> tuple[Notice, ...]:
        """Return what is pending and whose next try has come, oldest first."""

    def take_notice(self, notice: Notice, *, beat_at: datetime) -> bool:
        """Mark it as being sent, by the wall's clock; False where somebody else has taken it."""

    def settle_notice(
        self,
        notice: Notice,
        state: NoticeState,
        *,
        error: str = "",
        next_try: datetime | None = None,
    ) -> None:
        """Say what became of it: sent, failed for good, unsure, or pending until *next_try*."""

    def lapse_notices(self, *, before: datetime) -> tuple[Notice, ...]:
        """Mark as unsure, and return, what has been being sent since *before* (wall's clock)."""

    def notices(self, *, most: int, state: NoticeState | None = None) -> tuple[Notice, ...]:
        """Return the *most* last notices (of *state* alone, if given), the latest first."""


class Edits(Protocol):
    """The store's memory of what editors changed in an issue."""

    def edits(self, issue_id: str) -> tuple[Edit, ...]:
        """Return all edits of an issue by number, those that were reverted among them."""

    def add_edits(self, issue_id: str, made: Sequence[Edit]) -> tuple[Edit, ...]:
        """Keep *made* as the next edits of an issue and return them with numbers.

        They make one new version: all have the same `changed`, above that of all before them.
        """

    def change_edits(self, issue_id: str, changed: Sequence[Edit]) -> tuple[Edit, ...]:
        """Keep *changed* in place of the edits with their numbers; return them as one version."""


class RunStore(Runs, History, Notices, Edits, Issues, Articles, Words, Decisions, Protocol):
    """All of the store that the weekly run asks."""

    def transaction(self) -> "AbstractContextManager[RunStore]":
        """Return a store whose calls are one transaction, begun at once and alone in writing.

        It is committed when the block ends, and undone when the block raises.
        """
