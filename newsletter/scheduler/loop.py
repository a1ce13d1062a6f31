"""The loop of the daemon: one tick after each wake, whatever became of the one before."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn, Protocol

from newsletter.errors import NewsletterError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How soon the next tick comes, in seconds, where that is before the next wake.

    `busy_s` after a tick that found something claimed by somebody else, `soonest_s` at the
    earliest; after failures `failed_s`, doubled each time up to `longest_s`.
    """

    busy_s: float = 5.0
    soonest_s: float = 1.0
    failed_s: float = 5.0
    longest_s: float = 60.0


class Ticked(Protocol):
    """What a tick says of the next one, by the schedule's clock."""

    @property
    def next_at(self) -> datetime | None:
        """When something is due."""

    @property
    def busy(self) -> tuple[str, ...]:
        """What others have claimed."""


class Waking(Protocol):
    """What wakes the loop."""

    def wait(self) -> None:
        """Return at the next wake."""

    def soon(self, in_s: float) -> None:
        """Wake in *in_s* seconds, too."""

    def rest(self, for_s: float) -> None:
        """Return after *for_s* seconds, whatever wakes there are."""


def loop(
    tick: Callable[[], Ticked],
    *,
    clock: Callable[[], datetime],
    wakes: Waking,
    failed: Callable[[Exception], None] = lambda error: None,
    pace: Pace | None = None,
) -> NoReturn:
    """Tick in this thread after each wake, until an exception that is no failure goes through.

    A tick that fails is logged and told to *failed*, and the loop goes on: a database that cannot
    be had for an hour does not end a run that is to last for years.
    """
    pace = pace or Pace()
    failures = 0
    while True:
        wakes.wait()
        try:
            found = tick()
        except Exception as error:  # noqa: BLE001 - the next tick may find it mended
            failed(error)
            rest_s = min(pace.longest_s, pace.failed_s * 2.0 ** min(failures, 16))
            failures += 1
            _tell(error, failures, rest_s)
            wakes.rest(rest_s)
            # Not to be waited for once more.
            wakes.soon(0.0)
            continue
        if failures:
            log.warning("works again after_failures=%d", failures)
            failures = 0
        _look_ahead(found, clock(), wakes, pace)


def _look_ahead(found: Ticked, now: datetime, wakes: Waking, pace: Pace) -> None:
    waits = [pace.busy_s] if found.busy else []
    if found.next_at:
        waits.append((found.next_at - now).total_seconds())
    if waits:
        wakes.soon(max(pace.soonest_s, min(waits)))


def _tell(error: Exception, failures: int, rest_s: float) -> None:
    is_known = isinstance(error, NewsletterError)
    said = str(error) if is_known else f"{type(error).__name__}: {error}"
    log.error(
        "nothing could be done times=%d again_in_s=%g reason=%s",
        failures,
        rest_s,
        said,
        exc_info=None if is_known else error,
    )
