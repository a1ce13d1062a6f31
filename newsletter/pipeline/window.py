"""Which issue a build makes, over which window, and whether it gathers first."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from newsletter import weeks
from newsletter.errors import IssueError
from newsletter.model import Status
from newsletter.ports import Issues
from newsletter.weeks import Schedule

# The cut-off lies one tick after the run's `now`, so that what this very run has gathered, which
# is stamped `now`, falls into the half-open window.
_TICK = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """An issue's id, instant and window `[since, until)`; `is_coming`: feeds are asked first."""

    id: str
    publishes_at: datetime
    since: datetime | None
    until: datetime
    is_coming: bool


def window_of(
    week: str | None,
    schedule: Schedule,
    now: datetime,
    issues: Issues,
    *,
    make_up: bool = False,
) -> Window:
    """Return the window of the issue of *week*, the coming one if None.

    An earlier week keeps the window that it was built with, else ends at its instant; with
    *make_up* it is late, and takes all that there is by now. The week after the coming one may be
    built as soon as the coming one is published.

    Raises:
        IssueError: the issue is published already, lies too far ahead, or before a published one.
    """
    coming = weeks.coming(schedule, now)
    target = week or coming
    publishes_at = weeks.instant(schedule, target)
    built = issues.built(target)
    see_that_it_is_open(target, issues)
    last = issues.last_published()
    since = last.until if last else None
    if target < coming and not make_up:
        if built:
            # What has been published since it was built is not printed a second time.
            since, until = max(filter(None, (built.since, since)), default=None), built.until
        else:
            until = publishes_at
        return Window(
            id=target, publishes_at=publishes_at, since=since, until=until, is_coming=False
        )
    nearest = weeks.following(coming) if last and last.id == coming else coming
    if target > nearest:
        raise IssueError(
            f"{target} has not begun: nobody has data for it yet; the coming issue is {nearest}"
        )
    until = max(now, since) if since else now
    return Window(
        id=target, publishes_at=publishes_at, since=since, until=until + _TICK, is_coming=True
    )


def see_that_it_is_open(week: str, issues: Issues) -> None:
    """See that neither *week* nor a later one is published.

    Raises:
        IssueError: one is.
    """
    built, last = issues.built(week), issues.last_published()
    if built and built.status == Status.PUBLISHED:
        following = weeks.following(week)
        raise IssueError(
            f"{week} is published and stays as it is; what comes next goes into {following}"
            f" (newsletter build-issue --week {following})"
        )
    if last and week < last.id:
        raise IssueError(
            f"{week} was never published, but {last.id} was after it and holds its articles"
        )
