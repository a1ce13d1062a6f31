"""A weekly run by a clock that is set by hand; gathering and printing are quick.

The outlets print articles at their moments; a build makes an issue of all that its window holds.
"""

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from running_store import MemoryStore

from newsletter.errors import IssueError, NothingToPrintError
from newsletter.model import Article, Built, Event, EventKind, Status, WeekState
from newsletter.pipeline.ailing import Ailing
from newsletter.pipeline.announcing import Made
from newsletter.pipeline.due import Timing
from newsletter.pipeline.rundesk import Begin, Brought, RunDesk
from newsletter.pipeline.running import Did, Tick, tick
from newsletter.pipeline.window import see_that_it_is_open, window_of
from newsletter.ports import RunStore
from newsletter.store import Store, open_store
from newsletter.weeks import Schedule

SUNDAY = Schedule(weekday=6, at=time(18), zone="UTC")
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
STARTED = datetime(2026, 11, 16, 9, tzinfo=UTC)  # the Monday of 2026-W47
INSTANT = datetime(2026, 11, 22, 18, tzinfo=UTC)  # of 2026-W47
_SHOWN_AGAIN = 5  # articles
TOLD = ("email:editor@tide.example",)


@dataclass
class Newsroom:
    """A store, the outlets' articles by the moment of printing, and what is to go wrong.

    `faults` are raised one after the other by builds, `interruptions` are called in the middle of
    builds, one for each. `is_cut_off`: not one of the feeds can be read.
    """

    store: Store | MemoryStore
    timing: Timing
    articles: list[datetime] = field(default_factory=list)
    unless_approved: str = "hold"
    min_stories: int = 1
    ailing: tuple[Ailing, ...] = ()
    faults: list[BaseException] = field(default_factory=list)
    interruptions: list[Any] = field(default_factory=list)
    builds: list[tuple[str, datetime]] = field(default_factory=list)
    gathers: list[datetime] = field(default_factory=list)
    wall: datetime = STARTED
    is_changed: bool = False
    is_cut_off: bool = False
    problems: tuple[str, ...] = ()
    shown: int = 0

    def desk(self, owner: str = "one") -> RunDesk:
        """Return the desk of one of the daemons that run over the store."""
        return RunDesk(
            store=self.store,
            timing=self.timing,
            unless_approved="publish" if self.unless_approved == "publish" else "hold",
            min_stories=self.min_stories,
            owner=owner,
            lease_s=15.0,
            wall=lambda: self.wall,
            keeping=lambda claim: nullcontext(),
            channels=lambda kind: TOLD,
            adopt=lambda now: (),
            gather=self.gather,
            build=self.build,
            stands=self.stands,
            publish=self.publish,
            prune=lambda now: 0,
        )

    def tick(self, now: datetime, owner: str = "one") -> Tick:
        """Let a daemon do what is due."""
        self.wall = max(self.wall + timedelta(seconds=1), now)
        return tick(self.desk(owner), now)

    def run(self, *moments: datetime) -> list[Did]:
        """Let a daemon tick at these moments and return what it did but for gathering."""
        return [one for now in moments for one in self.tick(now).did if one.job not in _HOUSEWORK]

    def gather(self, now: datetime) -> Brought:
        """Record what was printed up to *now*."""
        self.gathers.append(now)
        if self.is_cut_off:
            return Brought(asked=2, failed=2, failing=("Ledger", "Gauge"), ailing=self.ailing)
        # Feeds still hold some of what was seen; none is so short that anything is lost.
        begin, end = max(0, self.shown - _SHOWN_AGAIN), bisect_right(self.articles, now)
        self.shown = max(self.shown, end)
        recorded = self.store.record(
            [_article(n, self.articles[n], now) for n in range(begin, end)]
        )
        return Brought(new=len(recorded.new), asked=2, ailing=self.ailing)

    def build(self, week: str, now: datetime, begin: Begin) -> None:
        """Build an issue of all that its window holds."""
        self.gather(now)
        window = window_of(week, self.timing.schedule, now, self.store, make_up=True)
        held = self.store.within(window.since, window.until)
        if self.interruptions:
            self.interruptions.pop(0)()
        if self.faults:
            raise self.faults.pop(0)
        if not held:
            raise NothingToPrintError(f"{week}: there is not one article")
        self.builds.append((week, now))
        made = Built(
            id=week,
            status=Status.READY,
            since=window.since,
            until=window.until,
            content=json.dumps([one.id for one in held]),
            report="{}",
        )
        with begin() as joined:
            see_that_it_is_open(week, joined)
            joined.save_issue(made)

    def stands(self, week: str, store: RunStore) -> Made | None:
        """Return what is built."""
        built = store.built(week)
        if built is None:
            return None
        return self._made(built)

    def publish(self, week: str, store: RunStore, now: datetime) -> Made:
        """Publish it, as the pipeline's function does but for printing."""
        built, last = store.built(week), store.last_published()
        assert built is not None
        if last and (last.id > week or built.since is None or built.since < last.until):
            raise IssueError(f"{week} was built before {last.id} was published")
        store.save_issue(replace(built, status=Status.PUBLISHED))
        return self._made(built)

    def say(self, kind: EventKind, week: str, at: datetime) -> None:
        """Let the editor approve, hold or skip a week."""
        self.store.note(Event(kind=kind, at=at, week=week, cause=f"{kind} by hand"))

    def publish_by_hand(self, week: str, now: datetime) -> None:
        """Build and publish a week without the daemon."""
        self.build(week, now, self.store.transaction)
        with self.store.transaction() as joined:
            self.publish(week, joined, now)

    def state(self, week: str) -> WeekState | None:
        """Return how far a week has come."""
        found = self.store.week_state(week)
        return found[0] if found else None

    def told(self, week: str | None = None) -> list[tuple[str, str]]:
        """Return kind and week of the events that are told, in order."""
        told = {one.event.id for one in self.store.notices(most=10_000)}
        return [(one.kind, one.week or "") for one in self.store.events(week) if one.id in told]

    def issues(self) -> list[Built]:
        """Return what is published, oldest first."""
        return list(reversed(self.store.published(1_000)))

    def printed(self) -> list[str]:
        """Return the ids of all articles in published issues, in order."""
        return [id_ for built in self.issues() for id_ in json.loads(built.content)]

    def _made(self, built: Built) -> Made:
        ids = json.loads(built.content)
        return Made(
            week=built.id,
            since=built.since,
            title="The Tide",
            stories=len(ids),
            headlines=tuple(ids[:12]),
            problems=self.problems,
            folder=f"dist/{built.id}",
            is_changed=self.is_changed,
        )


_HOUSEWORK = ("gather", "prune")


@contextmanager
def newsroom(
    folder: Path | None = None,
    schedule: Schedule = SUNDAY,
    *,
    gather: timedelta = HOUR,
    catch_up: timedelta = 36 * HOUR,
    window: timedelta | None = None,
    articles: Sequence[datetime] = (),
    **more: Any,
) -> Iterator[Newsroom]:
    """Yield a newsroom whose store lies in *folder*, or in memory."""
    timing = Timing(schedule=schedule, gather=gather, catch_up=catch_up, window=window)
    kept = open_store(f"sqlite:///{folder}/news.db") if folder else nullcontext(MemoryStore())
    with kept as store:
        yield Newsroom(store=store, timing=timing, articles=list(articles), **more)


def _article(number: int, printed: datetime, now: datetime) -> Article:
    return Article(
        id=f"a{number:05}",
        keys=(f"guid a{number:05}",),
        title=f"Report {number}",
        text="",
        source="Ledger",
        published=printed,
        first_seen=now,
        origins=("https://ledger.example/feed",),
    )
