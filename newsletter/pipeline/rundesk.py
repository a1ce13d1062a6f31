"""The desk of the weekly run: its doors, its limits, and what it asks others to do."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from newsletter.model import Claim, EventKind, Job
from newsletter.pipeline.ailing import Ailing
from newsletter.pipeline.announcing import Made
from newsletter.pipeline.due import Timing
from newsletter.ports import RunStore

Begin = Callable[[], AbstractContextManager[RunStore]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What a gather brought: how many new articles, and the feeds that want an editor's eye.

    `asked` feeds were asked, `failed` of them in vain, by name `failing` if that is known.
    """

    new: int = 0
    asked: int = 0
    failed: int = 0
    failing: tuple[str, ...] = ()
    ailing: tuple[Ailing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RunDesk:
    """The doors and the settled parts of the weekly run.

    `wall` tells the wall's time, by which claims lapse after `lease_s` seconds; `keeping` gives
    signs of life while its block lasts. `channels` says where an event of a kind is told.

    `adopt` takes issues of the output folder that the store does not know of as published, and
    returns their ids. `gather` asks feeds and seeds. `build` gathers and builds a week; printing
    and saving happen within what the third argument begins. `stands` returns a built issue as it
    would go out now, None if there is none; `publish` publishes it as part of a transaction.
    `prune` lets go of what is old and returns how much. `whole` is put around what must not be cut
    short by a signal.
    """

    store: RunStore
    timing: Timing
    unless_approved: Literal["hold", "publish"]
    min_stories: int
    owner: str
    lease_s: float
    wall: Callable[[], datetime]
    keeping: Callable[[Claim], AbstractContextManager[None]]
    channels: Callable[[EventKind], tuple[str, ...]]
    adopt: Callable[[datetime], tuple[str, ...]]
    gather: Callable[[datetime], Brought]
    build: Callable[[str, datetime, Begin], None]
    stands: Callable[[str, RunStore], Made | None]
    publish: Callable[[str, RunStore, datetime], Made]
    prune: Callable[[datetime], int]
    whole: Callable[[], AbstractContextManager[None]] = nullcontext


def claimed(desk: RunDesk, store: RunStore, job: Job, period: str, now: datetime) -> Claim | None:
    """Return the right to do *job* for *period*, None where it is done, waits or is another's."""
    return store.claim(
        job,
        period,
        owner=desk.owner,
        now=now,
        beat_at=desk.wall(),
        lease_s=desk.lease_s,
    )


@contextmanager
def sealed(desk: RunDesk, claim: Claim) -> Iterator[RunStore]:
    """Yield the store for one transaction of whoever still holds *claim*.

    Raises:
        FencedError: somebody else has taken over; nothing is changed.
    """
    with desk.whole(), desk.store.transaction() as joined:
        joined.check_claim(claim)
        yield joined
