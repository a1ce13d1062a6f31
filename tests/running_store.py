"""A store of the weekly run in memory, which behaves as the real one: a year in a second."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from newsletter.errors import FencedError
from newsletter.model import (
    WEEK_STATES,
    Article,
    Built,
    Claim,
    Edit,
    Event,
    Job,
    Notice,
    Recorded,
    Run,
    RunState,
    Status,
    WeekState,
)


class MemoryStore:
    """Runs, events, notices, issues and articles; a transaction that raises leaves nothing."""

    def __init__(self) -> None:
        self._runs: dict[tuple[str, str], Run] = {}
        self._events: list[Event] = []
        self._notices: list[Notice] = []
        self._issues: dict[str, Built] = {}
        self._articles: dict[str, Article] = {}
        self._edits: dict[tuple[str, int], Edit] = {}

    @contextmanager
    def transaction(self) -> Iterator["MemoryStore"]:
        before = {name: value.copy() for name, value in vars(self).items()}
        try:
            yield self
        except BaseException:
            vars(self).update(before)
            raise

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
        known = self.run_of(job, period)
        if known:
            age_s = abs((beat_at - known.beat_at).total_seconds())
            if known.state not in ("running", "waiting"):
                return None
            if known.state == "running" and age_s < lease_s:
                return None
            if known.state == "waiting" and known.next_try and known.next_try > now:
                return None
        made = Claim(
            job=job,
            period=period,
            owner=owner,
            fence=known.fence + 1 if known else 1,
            attempts=known.attempts + 1 if known else 1,
        )
        self._runs[job, period] = Run(
            job=job,
            period=period,
            state="running",
            owner=owner,
            fence=made.fence,
            attempts=made.attempts,
            beat_at=beat_at,
            started_at=now,
            cause=known.cause if known else "",
        )
        return made

    def beat(self, claim: Claim, *, beat_at: datetime) -> bool:
        if not self._holds(claim):
            return False
        run = self._runs[claim.job, claim.period]
        self._runs[claim.job, claim.period] = replace(run, beat_at=beat_at)
        return True

    def check_claim(self, claim: Claim) -> None:
        if not self._holds(claim):
            raise FencedError(f"{claim.job} {claim.period}: taken over")

    def end_run(
        self,
        claim: Claim,
        state: RunState,
        *,
        now: datetime,
        cause: str = "",
        next_try: datetime | None = None,
    ) -> None:
        self.check_claim(claim)
        run = self._runs[claim.job, claim.period]
        self._runs[claim.job, claim.period] = replace(
            run, state=state, ended_at=now, cause=cause, next_try=next_try
        )

    def release(self, claim: Claim) -> None:
        if self._holds(claim):
            run = self._runs[claim.job, claim.period]
            self._runs[claim.job, claim.period] = replace(
                run, state="waiting", attempts=run.attempts - 1
            )

    def run_of(self, job: Job, period: str) -> Run | None:
        return self._runs.get((job, period))

    def runs(self, most: int) -> tuple[Run, ...]:
        if most == 1:  # asked at each tick whether there is any
            return tuple(self._runs.values())[-1:]
        return tuple(sorted(self._runs.values(), key=lambda run: run.started_at)[::-1][:most])

    def note(self, event: Event, *, channels: Collection[str] = ()) -> bool:
        if event.key and any(one.key == event.key for one in self._events):
            return False
        details = json.loads(json.dumps(event.details))
        kept = replace(event, id=len(self._events) + 1, details=details)
        self._events.append(kept)
        self._notices += (Notice(event=kept, channel=one, state="pending") for one in channels)
        return True

    def events(self, week: str | None = None, *, most: int | None = None) -> tuple[Event, ...]:
        found = [one for one in self._events if week is None or one.week == week]
        return tuple(found if most is None else found[-most:])

    def week_state(self, week: str) -> tuple[WeekState, datetime] | None:
        return self.week_states().get(week)

    def week_states(self) -> Mapping[str, tuple[WeekState, datetime]]:
        return {
            one.week: (one.kind, one.at)
            for one in self._events
            if one.week and one.kind in WEEK_STATES
        }

    def notices(self, *, most: int, state: str | None = None) -> tuple[Notice, ...]:
        del state
        return tuple(self._notices[::-1][:most])

    def built(self, issue_id: str) -> Built | None:
        return self._issues.get(issue_id)

    def latest_built(self) -> Built | None:
        return max(self._issues.values(), key=lambda built: built.id, default=None)

    def last_published(self) -> Built | None:
        return next(iter(self.published(1)), None)

    def published(self, most: int) -> tuple[Built, ...]:
        out = [one for one in self._issues.values() if one.status == Status.PUBLISHED]
        return tuple(sorted(out, key=lambda built: built.until, reverse=True)[:most])

    def save_issue(self, built: Built) -> None:
        self._issues[built.id] = built

    def record(self, articles: Iterable[Article]) -> Recorded:
        last = self.last_published()
        new = [one for one in articles if one.id not in self._articles]
        for one in new:
            seen = max(one.first_seen, last.until) if last else one.first_seen
            self._articles[one.id] = replace(one, first_seen=seen)
        return Recorded(new=frozenset(one.id for one in new))

    def within(self, since: datetime | None, until: datetime) -> tuple[Article, ...]:
        return tuple(
            one
            for _, one in sorted(self._articles.items())
            if (since is None or since <= one.first_seen) and one.first_seen < until
        )

    def edits(self, issue_id: str) -> tuple[Edit, ...]:
        return tuple(one for (week, _), one in self._edits.items() if week == issue_id)

    def add_edits(self, issue_id: str, made: Sequence[Edit]) -> tuple[Edit, ...]:
        first = len(self.edits(issue_id)) + 1
        return self._keep(issue_id, [replace(one, number=n) for n, one in enumerate(made, first)])

    def change_edits(self, issue_id: str, changed: Sequence[Edit]) -> tuple[Edit, ...]:
        return self._keep(issue_id, changed)

    def _keep(self, issue_id: str, found: Sequence[Edit]) -> tuple[Edit, ...]:
        version = max((one.changed for one in self.edits(issue_id)), default=0) + 1
        kept = tuple(replace(one, changed=version) for one in found)
        self._edits |= {(issue_id, one.number): one for one in kept}
        return kept

    def _holds(self, claim: Claim) -> bool:
        run = self._runs.get((claim.job, claim.period))
        return bool(run and run.fence == claim.fence and run.state == "running")
