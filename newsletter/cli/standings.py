"""Where the weekly run stands: what comes next, what became of weeks, what ran, what is wrong."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from newsletter import weeks
from newsletter.cli.assembly import feeds_health
from newsletter.cli.assembly_run import LEASE_S, timing_of
from newsletter.config import Configuration
from newsletter.model import WEEK_STATES, Event, Notice, Run, WeekState
from newsletter.pipeline.due import Timing, period_of, remind_at, slot
from newsletter.scheduler import is_gone
from newsletter.store import Store

if TYPE_CHECKING:
    from newsletter.pipeline.health import Health

_WEEKS = 4  # of which it is told what became of them
_RUNS = 8
_LOOKED_THROUGH = 50  # runs, for claims
_NOTICES = 10
_PATIENCE = timedelta(minutes=5)  # for a daemon that is late
_FAILING = ("failing", "gone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """The next issue: when it is built for an editor, when she is reminded, when it goes out.

    `state` is what became of it so far, since `since`; `drafted` and `reminded` are how far these
    jobs have come, None where nobody has begun them.
    """

    issue: str
    publish: datetime
    draft: datetime | None
    remind: datetime | None
    gather: datetime
    state: WeekState | None = None
    since: datetime | None = None
    drafted: Run | None = None
    reminded: Run | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A job that somebody does, and for how many seconds there was no sign of life.

    `is_alive` is false where the claim may be taken over.
    """

    run: Run
    age_s: float
    is_alive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where the weekly run stands. `weeks` holds what became of the last ones, newest first.

    `last_seen` is the last sign of life of `newsletter run`, None where it never ran; it is
    `is_missing` when that is longer ago than two rounds of gathering, or it never ran. Both and
    `wall` are by the wall's clock.
    """

    now: datetime
    wall: datetime
    last_seen: datetime | None
    is_missing: bool
    coming: Coming
    weeks: tuple[Event, ...]
    runs: tuple[Run, ...]
    claims: tuple[Held, ...]
    feeds: "tuple[Health, ...]"
    notices: tuple[Notice, ...]
    commands: tuple[str, ...]


def standing(
    configuration: Configuration, store: Store, *, now: datetime, wall: datetime
) -> Standing:
    """Return where the weekly run stands at *now*; *wall* is the time by which claims lapse.

    Raises:
        StoreError: the store cannot be read.
    """
    runs = store.runs(_LOOKED_THROUGH)
    timing = timing_of(configuration)
    coming = coming_of(timing, now, store)
    found = tuple(_weeks(store))
    last_seen = max((run.beat_at for run in runs), default=None)
    return Standing(
        now=now,
        wall=wall,
        last_seen=last_seen,
        is_missing=last_seen is None or wall - last_seen > 2 * timing.gather + _PATIENCE,
        coming=coming,
        weeks=found,
        runs=runs[:_RUNS],
        claims=tuple(_held(run, wall) for run in runs if run.state == "running"),
        feeds=tuple(
            one
            for one in feeds_health(configuration, store, now)
            if one.status in _FAILING or one.wants_eye
        ),
        notices=(
            *store.notices(most=_NOTICES, state="failed"),
            *store.notices(most=_NOTICES, state="unsure"),
        ),
        commands=tuple(_commands(found, coming, store)),
    )


def coming_of(timing: Timing, now: datetime, store: Store) -> Coming:
    """Return the next issue that is not out yet and its instants."""
    issue = weeks.coming(timing.schedule, now)
    last = store.last_published()
    while last and issue <= last.id:
        issue = weeks.following(issue)
    at = weeks.instant(timing.schedule, issue)
    begun = slot(timing, now)
    run = store.run_of("gather", period_of(begun))
    is_done = run is not None and run.state in ("done", "failed")
    state, since = store.week_state(issue) or (None, None)
    return Coming(
        issue=issue,
        publish=at,
        draft=at - timing.window if timing.window else None,
        remind=remind_at(timing, at) if timing.window else None,
        gather=begun + timing.gather if is_done else begun,
        state=state,
        since=since,
        drafted=store.run_of("draft", issue),
        reminded=store.run_of("remind", issue),
    )


def _weeks(store: Store) -> Iterator[Event]:
    """Yield the events that made the last weeks what they are, newest week first."""
    for week in sorted(store.week_states(), reverse=True)[:_WEEKS]:
        states = [event for event in store.events(week) if event.kind in WEEK_STATES]
        yield states[-1]


def _held(run: Run, wall: datetime) -> Held:
    age_s = abs(wall - run.beat_at) / timedelta(seconds=1)
    return Held(run=run, age_s=age_s, is_alive=age_s < LEASE_S and not is_gone(run.owner))


def _commands(found: Sequence[Event], coming: Coming, store: Store) -> Iterator[str]:
    """Yield what an editor may do now, the likeliest first."""
    latest = next(iter(found), None)
    # A week that was given up can be approved until the instant of the next one.
    if latest is None or latest.week is None or latest.week < weeks.preceding(coming.issue):
        return
    is_built = store.built(latest.week) is not None
    for command in _AFTER.get(latest.kind, ()):
        if is_built or command.partition(" ")[0] not in _OF_WHAT_IS_BUILT:
            yield f"newsletter {command.replace('WEEK', latest.week)}"


_OF_WHAT_IS_BUILT = ("preview", "approve")
_AFTER: Mapping[str, tuple[str, ...]] = {
    "draft": ("preview WEEK", "approve WEEK", "hold WEEK", "skip WEEK"),
    "approved": ("hold WEEK", "skip WEEK"),
    "held": ("preview WEEK", "approve WEEK", "skip WEEK"),
    "failed": ("doctor", "build-issue --week WEEK", "approve WEEK"),
}
