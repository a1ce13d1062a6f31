"""A channel that can be used: an event in, a note out, delivered or not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from newsletter.model import Event
from newsletter.notify.note import Note, Paper
from newsletter.notify.wording import note_of, trial_note


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """Tells one channel of events; `limit_s` is how long one may take before it is given up."""

    label: str
    limit_s: float
    paper: Paper
    deliver: Callable[[Note], None]

    def tell(self, event: Event) -> None:
        """Tell of *event*.

        Raises:
            NotifyError: it did not arrive, or nobody knows.
        """
        self.deliver(note_of(event, self.paper))

    def try_out(self, at: datetime) -> None:
        """Send a test.

        Raises:
            NotifyError: it did not arrive, or nobody knows.
        """
        self.deliver(trial_note(self.paper, at))
