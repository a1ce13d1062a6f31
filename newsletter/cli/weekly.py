"""The weekly run as one process does it: tick after tick, with messages sent after each."""

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from newsletter.cli.assembly_notify import channels_for, telling_desk
from newsletter.cli.assembly_run import LEASE_S, run_desk, timing_of
from newsletter.cli.instants import as_written, span_text, utc_text
from newsletter.cli.standings import coming_of
from newsletter.config import Configuration, load
from newsletter.errors import ConfigError, FencedError
from newsletter.model import Claim
from newsletter.pipeline.notifying import dispatch
from newsletter.pipeline.running import Did, Tick, tick
from newsletter.scheduler import Ending, is_gone, keeping, owner
from newsletter.store import Store

if TYPE_CHECKING:
    from newsletter.pipeline.notifying import Told
    from newsletter.pipeline.rundesk import RunDesk

log = logging.getLogger("newsletter.run")

_GONE = "the process that was at it has ended before its time"
_RUNS = 50  # that are looked through for such
_MOST_TICKS = 50  # of `--once`: what makes itself due again and again is a fault
_NO_FAILURE = ("gather", "prune")  # jobs of which the next one does what was left undone

Working = Callable[[Claim], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What `--once` did, what comes next, and what others were at."""

    did: tuple[Did, ...]
    told: "tuple[Told, ...]"
    next_at: datetime | None
    busy: tuple[str, ...]
    zone: str

    @property
    def is_failure(self) -> bool:
        """Return whether a job failed for good, or an issue could not be made for now."""
        return any(
            one.state == "failed" or (one.state == "waiting" and one.job not in _NO_FAILURE)
            for one in self.did
        )

    @property
    def next_local(self) -> str:
        """Return when something is due next, in local time."""
        return as_written(self.next_at, self.zone) if self.next_at else ""

    @property
    def as_json(self) -> dict[str, object]:
        """Return the same as JSON can hold it."""
        return {
            "did": [
                {"job": one.job, "period": one.period, "state": one.state, "text": one.text}
                for one in self.did
            ],
            "next": utc_text(self.next_at) if self.next_at else None,
            "busy": list(self.busy),
            "told": [
                {"channel": one.channel, "event": one.kind, "issue": one.week, "state": one.state}
                for one in self.told
            ],
        }


class Weekly:
    """The weekly run over one store, by feeds.yaml as it is at each tick."""

    def __init__(
        self,
        config: Path,
        configuration: Configuration,
        store: Store,
        *,
        ending: Ending,
        output: Path | None = None,
        offline: bool = False,
        lease_s: float = LEASE_S,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._config = config
        self._seen = _stamp(config)
        self.configuration = configuration
        self.store = store
        self.wall = wall
        self._ending = ending
        self._output = output
        self._offline = offline
        self._lease_s = lease_s
        self._owner = owner()
        self._desk: RunDesk | None = None

    def tick(self, now: datetime, working: Working | None = None) -> Tick:
        """Do what is due at *now*; *working* is put around each job that is done.

        Raises:
            StoreError: the store cannot be used.
        """
        self._read_again()
        desk = self._desk or self._desk_of(self.configuration, working)
        self._desk = desk
        self._take_back(now)
        return tick(desk, now)

    def tell(self, now: datetime) -> "tuple[Told, ...]":
        """Send what is to be told at *now* of what has happened.

        Raises:
            StoreError: the store cannot be used.
        """
        telling = telling_desk(
            self.configuration,
            self.store,
            wall=self.wall,
            is_stopping=lambda: self._ending.is_asked,
        )
        # Of a message that is cut short nobody knows whether it has arrived.
        with self._ending.whole():
            return dispatch(telling, now)

    def until_done(self, clock: Callable[[], datetime]) -> Done:
        """Tick until nothing more is due."""
        did: list[Did] = []
        told: list[Told] = []
        for _ in range(_MOST_TICKS):
            now = clock()
            found = self.tick(now)
            did += found.did
            told += self.tell(now)
            if not found.did:
                break
        zone = self.configuration.settings.timezone
        return Done(
            did=tuple(did), told=tuple(told), next_at=found.next_at, busy=found.busy, zone=zone
        )

    def tell_beginning(self, now: datetime, monitor: str | None) -> None:
        """Log when the next issue is due, who looks at it first, who is told, what listens."""
        for line in beginning(self.configuration, self.store, now, monitor):
            log.info(line)

    def _desk_of(self, configuration: Configuration, working: Working | None) -> "RunDesk":
        return run_desk(
            configuration,
            self.store,
            owner=self._owner,
            keeping=lambda claim: self._keeping(claim, working),
            wall=self.wall,
            lease_s=self._lease_s,
            offline=self._offline,
            output=self._output,
            channels=channels_for(configuration),
            whole=self._ending.whole,
        )

    @contextmanager
    def _keeping(self, claim: Claim, working: Working | None) -> Iterator[None]:
        def beat() -> bool:
            return self.store.beat(claim, beat_at=self.wall())

        kept = keeping(beat, f"{claim.job} {claim.period}", every_s=self._lease_s / 4)
        if working is None:
            with kept:
                yield
        else:
            with working(claim), kept:
                yield

    def _take_back(self, now: datetime) -> None:
        """Have done anew what processes of this machine were at that are gone: none will beat."""
        for run in self.store.runs(_RUNS):
            if run.state != "running" or not is_gone(run.owner):
                continue
            claim = Claim(
                job=run.job,
                period=run.period,
                owner=run.owner,
                fence=run.fence,
                attempts=run.attempts,
            )
            with suppress(FencedError):  # somebody else was quicker
                self.store.end_run(claim, "waiting", now=now, cause=_GONE, next_try=now)
                log.warning("%s %s: %s", run.job, run.period, _GONE)

    def _read_again(self) -> None:
        """Heed a feeds.yaml that was changed; one with faults is told, and the old one stands."""
        stamp = _stamp(self._config)
        if stamp == self._seen:
            return
        self._seen = stamp
        found = _loaded(self._config)
        if found is None:
            return
        before = self.configuration
        if found.settings == before.settings:
            return
        if found.database_url != before.database_url:
            log.error("feeds.yaml names another database; start newsletter run again to use it")
            return
        if found.settings.monitor != before.settings.monitor:
            log.warning("feeds.yaml has another monitor; start newsletter run again to use it")
        self.configuration, self._desk = found, None
        log.info("feeds.yaml was changed and is heeded from now on")


def beginning(
    configuration: Configuration, store: Store, now: datetime, monitor: str | None
) -> Iterator[str]:
    """Yield what a daemon says when it begins, a line each."""
    from newsletter.notify import channels

    settings = configuration.settings
    coming = coming_of(timing_of(configuration), now, store)
    at, zone = coming.publish, settings.timezone
    due = f"{as_written(at, zone)}, in {span_text(at - now)}"
    yield f"{settings.title}: {coming.issue} is due on {due}"
    review = settings.schedule.review
    if review and coming.draft:
        draft = as_written(coming.draft, zone)
        then = "published all the same" if review.unless_approved == "publish" else "held"
        yield f"review: a draft on {draft}; if nobody approves it, it is {then}"
    else:
        yield "review: none; the issue is built and published at its instant"
    labels = [channel.label for channel in channels(settings.notify)]
    yield f"told: {', '.join(labels) or 'nobody (notify: in feeds.yaml names who is)'}"
    if monitor:
        yield f"monitor: {monitor}/healthz and {monitor}/metrics"


def _loaded(config: Path) -> Configuration | None:
    """Return what feeds.yaml says, None where it has faults, which are logged."""
    try:
        return load(config)
    except ConfigError as error:
        faults = str(error)
    log.error("feeds.yaml has faults; what it said before stands: %s", faults)
    return None


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:  # an editor's program replaces it at this moment, or it is gone: it stands
        return None
    return found.st_mtime_ns, found.st_size
