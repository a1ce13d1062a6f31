"""The tree of expected errors, each with the exit code that it means.

NewsletterError                 1
├── ConfigError                 2   feeds.yaml or the command's words are wrong
├── EditError                   1   feeds.yaml cannot be edited as asked
├── TemplateError               1   a template has a fault
├── StoreError                  1   the database cannot be used
│   └── FencedError             1   another process has taken over what this one had claimed
├── OutputError                 1   the output folder cannot be written
│   ├── BrowserError            1   there is no browser that could take pictures
│   └── DeliveryError           1   mail cannot be handed to its server
├── IssueError                  1   the issue asked for cannot be made or found
│   ├── NothingToPrintError     1   there is not one article to make it of
│   └── WishError               1   an issue cannot be changed as its editor asks
│       └── ClashError          1   somebody else changed the same thing meanwhile
├── ServeError                  1   a page cannot be served where it was asked for
├── NotifyError                     a message about the run did not arrive (told, never fatal)
├── FetchError                      one source could not be read (told, never fatal)
│   └── OutOfTimeError              the time of the whole run was up
└── ParseError                      one document could not be understood (told, never fatal)
"""

from collections.abc import Sequence
from typing import Any


class NewsletterError(Exception):
    """An error that a person can act on; its message names the thing, the fault and the way out."""

    exit_code = 1


class ConfigError(NewsletterError):
    """The configuration is wrong. Holds every fault found, one a line."""

    exit_code = 2

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class EditError(NewsletterError):
    """feeds.yaml cannot be edited as asked, and was left as it is."""


class TemplateError(NewsletterError):
    """A template cannot be used."""


class StoreError(NewsletterError):
    """The database cannot be opened, read or written."""


class FencedError(StoreError):
    """Another process has taken over what this one had claimed: nothing of it counts any more."""


class OutputError(NewsletterError):
    """The output folder cannot be written."""


class BrowserError(OutputError):
    """No browser can be found or started, or a page cannot be drawn by it."""


class DeliveryError(OutputError):
    """Mail cannot be handed to its server."""


class IssueError(NewsletterError):
    """An issue cannot be built, found or changed."""


class NothingToPrintError(IssueError):
    """There is not one article to make an issue of."""


class WishError(IssueError):
    """An issue cannot be changed as asked: a story that is not there, a section that is none."""


class ClashError(WishError):
    """Somebody changed the same thing meanwhile: nothing was changed.

    `clashes` (of `newsletter.model.Clash`) say what, `version` which version of the edits stands.
    """

    def __init__(self, reason: str, *, clashes: Sequence[Any], version: int) -> None:
        super().__init__(reason)
        self.clashes = tuple(clashes)
        self.version = version


class NotifyError(NewsletterError):
    """A message about the run did not arrive; the message is the reason alone.

    `is_sure` is false where it may have arrived all the same; `is_final` is true where trying again
    is of no use; `retry_after_s` is what the other side asked to wait, None if nothing.
    """

    def __init__(
        self,
        reason: str,
        *,
        is_sure: bool = True,
        is_final: bool = False,
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(reason)
        self.is_sure = is_sure
        self.is_final = is_final
        self.retry_after_s = retry_after_s


class ServeError(NewsletterError):
    """A page cannot be served: its port or address cannot be had."""


class FetchError(NewsletterError):
    """A source could not be read; the message is the reason alone, the caller names the source.

    `status` is the answer's, None where there was none; `retry_after_s` what it asked to wait;
    `is_silent` is true where nobody answered at all: no name, no connection, no time.
    """

    def __init__(
        self,
        reason: str,
        *,
        status: int | None = None,
        retry_after_s: float | None = None,
        is_silent: bool = False,
    ) -> None:
        super().__init__(reason)
        self.status = status
        self.retry_after_s = retry_after_s
        self.is_silent = is_silent


class OutOfTimeError(FetchError):
    """The time of the whole run was up; the source is not at fault."""


class ParseError(NewsletterError):
    """A document could not be understood; the message is the reason alone."""
