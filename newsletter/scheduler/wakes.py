"""Wakes the daemon: at its start, at a steady pace, and when something is due."""

import logging
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler

log = logging.getLogger(__name__)

EVERY_S = 30.0
_JOB = "wake"
_LATE = 2.0  # so many times the pace without a wake: the scheduler's clock is not the wall's


class Wakes:
    """Something to wait for, set every *every_s* seconds by APScheduler while its block lasts.

    A wake that comes while nobody waits is not lost; several are one. The first is there at once.
    """

    def __init__(self, every_s: float = EVERY_S) -> None:
        self.every_s = every_s
        self._woken = threading.Event()
        self._woken.set()
        self.scheduler: BackgroundScheduler | None = None

    def __enter__(self) -> Self:
        # Here, as it takes its time to be imported, and `newsletter --help` must not wait for it.
        from apscheduler.schedulers.background import BackgroundScheduler

        self.scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": {"type": "threadpool", "max_workers": 1}},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self._set_pace()
        self.scheduler.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.scheduler:
            self.scheduler.shutdown(wait=False)
        self.scheduler = None

    def soon(self, in_s: float) -> None:
        """Wake in *in_s* seconds already, if that is before the next wake."""
        job = self.scheduler.get_job(_JOB) if self.scheduler else None
        moment = datetime.now(UTC) + timedelta(seconds=max(0.0, in_s))
        # Not a job of its own: one that runs once is removed after it, which fails in
        # APScheduler's thread where the scheduler is shut down at that moment.
        if job and moment < job.next_run_time:
            job.modify(next_run_time=moment)

    def wait(self) -> None:
        """Return at the next wake.

        APScheduler plans by the wall's clock: one that is set back by a day would let it sleep for
        a day. Here it is waited for no longer than twice its pace, and then set anew.
        """
        if not self._woken.wait(_LATE * self.every_s):
            log.warning("the clock was set back; waking goes on by the new one")
            self._set_pace()
        self._woken.clear()

    def rest(self, for_s: float) -> None:
        """Return after *for_s* seconds, whatever wakes there are meanwhile."""
        threading.Event().wait(for_s)

    def _set_pace(self) -> None:
        if self.scheduler:
            self.scheduler.add_job(
                self._woken.set, "interval", seconds=self.every_s, id=_JOB, replace_existing=True
            )
