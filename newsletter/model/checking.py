"""What the check before sending found: verdicts with their places, bytes, support of clients."""

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["error", "warning", "note", "passed"]

CHECKED = "check: "  # begins those problems of an issue that the check found


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something was found: a file of the edition, its line if known, what stands there.

    `story_id` is the story that it belongs to, "" where it belongs to none.
    """

    file: str
    line: int | None = None
    text: str = ""
    story_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What became of one rule.

    `rule` is its name for programs, stable and in kebab case; `group` what it is about. `title` is
    the claim that holds when it is passed, `detail` what was found, `way_out` what to do about it.
    """

    rule: str
    group: str
    verdict: Verdict
    title: str
    detail: str = ""
    places: tuple[Place, ...] = ()
    way_out: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryBytes:
    """How many bytes of the e-mail one story takes, and how much of it is shown."""

    id: str
    headline: str
    shown: Literal["full", "headline", "web only"]
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bytes:
    """How large the e-mail is: `total` is the larger of `raw` and `quoted_printable`.

    `raw` is made up of `text` (text and links), `inline_styles`, and `head` (style sheet and head).
    """

    total: int
    limit: int
    raw: int
    quoted_printable: int
    text: int
    inline_styles: int
    head: int
    stories: tuple[StoryBytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientSupport:
    """How much of what the e-mail uses one mail client supports, 0.0 to 1.0.

    `core` leaves out what does no harm where it is missing (rounded corners, a dark scheme).
    """

    name: str
    share: float
    core: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsupported:
    """A feature that some clients lack or only half have, in the caniemail project's words."""

    feature: str
    is_core: bool
    clients: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """Support over all pairs of a feature that the e-mail uses and a client, 0.0 to 1.0."""

    pairs: int
    share: float
    core: float
    clients: tuple[ClientSupport, ...]
    unsupported: tuple[Unsupported, ...]
    data_date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What the check of one issue found; `cuts` is what gave way to fit the e-mail, in words."""

    issue: str
    findings: tuple[Finding, ...]
    bytes: Bytes
    support: Support
    cuts: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Return what keeps the issue from being sent."""
        return tuple(one for one in self.findings if one.verdict == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Return what an editor should look at."""
        return tuple(one for one in self.findings if one.verdict == "warning")

    @property
    def passed(self) -> tuple[Finding, ...]:
        """Return the rules that hold."""
        return tuple(one for one in self.findings if one.verdict == "passed")
