"""A failure that says when to try again."""

from newsletter.errors import NotifyError


class PatientError(NotifyError):
    """Not taken, surely; `retry_after_s` is what the other side asked to wait, None if nothing."""

    def __init__(self, reason: str, *, retry_after_s: float | None) -> None:
        super().__init__(reason)
        self.retry_after_s = retry_after_s
