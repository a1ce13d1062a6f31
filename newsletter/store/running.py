"""The store's doors for the weekly run: claims, what happened, whom it is told, what is edited."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from newsletter.model import Claim, Edit, Event, Job, Notice, NoticeState, Run, RunState, WeekState
from newsletter.store import edits, events, notices, runs
from newsletter.store.connected import Connected


class Running(Connected):
    """The part of the store that the weekly run asks; each call is a transaction as in Store."""

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
        with self._write() as connection:
            return runs.claim(
                connection,
                job,
                period,
                owner=owner,
                now=now,
                beat_at=beat_at,
                lease_s=lease_s,
            )

    def beat(self, claim: Claim, *, beat_at: datetime) -> bool:
        """Give a sign of life; False where somebody else has taken over."""
        with self._write() as connection:
            return runs.beat(connection, claim, beat_at=beat_at)

    def check_claim(self, claim: Claim) -> None:
        """Do nothing while *claim* holds.

        Raises:
            FencedError: somebody else has taken over, or the run has ended.
        """
        with self._read() as connection:
            runs.check(connection, claim)

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
            FencedError: somebody else has taken over, or the run has ended; nothing is changed.
        """
        with self._write() as connection:
            runs.end(connection, claim, state, now=now, cause=cause, next_try=next_try)

    def release(self, claim: Claim) -> None:
        """Give the claim up as if it had never been: the attempt does not count.

        Where somebody else has taken over, or the run has ended, nothing is changed.
        """
        with self._write() as connection:
            runs.release(connection, claim)

    def run_of(self, job: Job, period: str) -> Run | None:
        """Return how far that job has come, None if nobody has begun it."""
        with self._read() as connection:
            return runs.run_of(connection, job, period)

    def runs(self, most: int) -> tuple[Run, ...]:
        """Return the *most* runs that began last, the latest first."""
        with self._read() as connection:
            return runs.latest(connection, most)

    def note(self, event: Event, *, channels: Collection[str] = ()) -> bool:
        """Keep *event*, to be told on *channels*; False where one with its key is known already.

        Its `id` is the store's to give; `details` come back as JSON gives them (tuples as lists).
        """
        with self._write() as connection:
            return events.note(connection, event, channels)

    def events(self, week: str | None = None, *, most: int | None = None) -> tuple[Event, ...]:
        """Return the last *most* events (of *week* alone, if given), in the order they happened."""
        with self._read() as connection:
            return events.latest(connection, week, most)

    def week_state(self, week: str) -> tuple[WeekState, datetime] | None:
        """Return how far a week has come and since when: its last event that is a state."""
        with self._read() as connection:
            return events.week_states(connection, week).get(week)

    def week_states(self) -> Mapping[str, tuple[WeekState, datetime]]:
        """Return the same for every week that has one."""
        with self._read() as connection:
            return events.week_states(connection)

    def notices_due(self, now: datetime, *, most: int) -> tuple[Notice, ...]:
        """Return what is pending and whose next try has come, oldest first."""
        with self._read() as connection:
            return notices.due(connection, now, most)

    def take_notice(self, notice: Notice, *, beat_at: datetime) -> bool:
        """Mark it as being sent, by the wall's clock; False where somebody else has taken it.

        The attempt is counted here: *notice* itself still says how many there were before.
        """
        with self._write() as connection:
            return notices.take(connection, notice, beat_at=beat_at)

    def settle_notice(
        self,
        notice: Notice,
        state: NoticeState,
        *,
        error: str = "",
        next_try: datetime | None = None,
    ) -> None:
        """Say what became of it: sent, failed for good, unsure, or pending until *next_try*.

        What has been settled as sent or failed stays so.
        """
        with self._write() as connection:
            notices.settle(connection, notice, state, error=error, next_try=next_try)

    def lapse_notices(self, *, before: datetime) -> tuple[Notice, ...]:
        """Mark as unsure, and return, what has been being sent since *before* (wall's clock)."""
        with self._write() as connection:
            return notices.lapse(connection, before)

    def notices(self, *, most: int, state: NoticeState | None = None) -> tuple[Notice, ...]:
        """Return the *most* last notices (of *state* alone, if given), the latest first."""
        with self._read() as connection:
            return notices.latest(connection, most, state)

    def edits(self, issue_id: str) -> tuple[Edit, ...]:
        """Return all edits of an issue by number, those that were reverted among them."""
        with self._read() as connection:
            return edits.known(connection, issue_id)

    def add_edits(self, issue_id: str, made: Sequence[Edit]) -> tuple[Edit, ...]:
        """Keep *made* as the next edits of an issue and return them with numbers.

        They make one new version: all have the same `changed`, above that of all before them.
        """
        with self._write() as connection:
            return edits.add(connection, issue_id, made)

    def change_edits(self, issue_id: str, changed: Sequence[Edit]) -> tuple[Edit, ...]:
        """Keep *changed* in place of the edits with their numbers; return them as one version.

        Raises:
            LookupError: the issue has no edit of such a number; nothing is changed.
        """
        with self._write() as connection:
            return edits.change(connection, issue_id, changed)
