"""What a build by hand means for its week, noted in the transaction that remembers the build."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from newsletter import weeks
from newsletter.issue import load
from newsletter.model import WeekState
from newsletter.pipeline.announcing import drafted, made_of
from newsletter.pipeline.due import Due
from newsletter.pipeline.editorial import rebuilt
from newsletter.ports import Output, RunStore
from newsletter.weeks import Schedule


@dataclass(slots=True, kw_only=True)
class ByHand:
    """A build of *week* by hand, at *now*.

    `unless_approved` is what becomes of drafts, None where issues are not reviewed. When all is
    done `was_approved` says whether the issue was approved before, and `state` what the week is.
    """

    week: str
    store: RunStore
    output: Output
    schedule: Schedule
    now: datetime
    unless_approved: Literal["hold", "publish"] | None
    was_approved: bool = field(default=False, init=False)
    state: WeekState | None = field(default=None, init=False)

    @contextmanager
    def begin(self) -> Iterator[RunStore]:
        """Yield the store for the transaction in which the issue is printed and remembered.

        What is built anew never stands there as approved. Nobody is told of what one does oneself.
        """
        with self.store.transaction() as joined:
            yield joined
            self.was_approved = rebuilt(
                self.week,
                joined,
                self.now,
                lambda kind: (),
                is_reviewed=self.unless_approved is not None,
                details=self._details(joined),
            )
            known = joined.week_state(self.week)
            self.state = known[0] if known else None

    def _details(self, store: RunStore) -> Mapping[str, object]:
        built = store.built(self.week)
        if built is None:
            return {}
        instant = weeks.instant(self.schedule, self.week)
        due = Due(job="draft", period=self.week, week=self.week, instant=instant, until=instant)
        made = made_of(load(built.content), self.output.root / self.week)
        then = self.unless_approved or "publish"
        return drafted(made, due, self.now, unless_approved=then, cause="").details
