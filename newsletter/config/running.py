"""The parts of feeds.yaml that only the weekly run needs: schedule, notifiers, monitor, keeping."""

from datetime import time, timedelta
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from newsletter.config.kinds import Count, Duration, Line, Part, Variable, WebUrl, WeeklyTime
from newsletter.config.mailing import EmailAddress
from newsletter.model import EventKind


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


class ReviewPart(Part):
    """How long before its instant an issue is built as a draft, and what if nobody approves it."""

    window: Duration = timedelta(hours=12)
    unless_approved: Literal["hold", "publish"] = "hold"

    @model_validator(mode="after")
    def _within_a_week(self) -> "ReviewPart":
        if not timedelta(minutes=1) <= self.window < timedelta(days=6):
            raise ValueError("window must be between 1m and 6d, as issues are weekly; write 12h")
        return self


class SchedulePart(Part):
    """When: the weekly instant of publication, and how often feeds are asked until then.

    And how long after its instant a missed issue is made up, and whether a person looks at it
    first.
    """

    publish: WeeklyTime = (6, time(18))
    gather: Duration = timedelta(hours=1)
    catch_up: Duration = timedelta(hours=36)
    review: ReviewPart | None = None

    @model_validator(mode="after")
    def _possible(self) -> "SchedulePart":
        if self.catch_up >= timedelta(days=7):
            raise ValueError("catch_up must be less than 7d, when the next issue is due; write 36h")
        return self


class NotifyPart(Part):
    """One way of telling a person: an e-mail address, a webhook or a command."""

    email: EmailAddress | None = None
    webhook: WebUrl | None = None
    webhook_env: Variable | None = None
    format: Literal["json", "slack", "mattermost", "discord"] = "json"
    command: Annotated[
        tuple[Line, ...],
        BeforeValidator(_as_list, json_schema_input_type=Line | tuple[Line, ...]),
    ] = ()
    events: tuple[EventKind, ...] = ()
    timeout: Duration = timedelta(seconds=10)

    @model_validator(mode="after")
    def _one_way(self) -> "NotifyPart":
        ways = [self.email, self.webhook, self.webhook_env, self.command or None]
        if sum(way is not None for way in ways) != 1:
            raise ValueError("names one of email, webhook, webhook_env and command, and only one")
        if self.format != "json" and not (self.webhook or self.webhook_env):
            raise ValueError("format belongs to a webhook; leave it out")
        return self


class MonitorPart(Part):
    """Where the daemon answers /healthz and /metrics: this machine alone, unless told."""

    host: Line = "127.0.0.1"
    port: Annotated[int, Field(strict=True, ge=1, le=65535)] = 9464


class KeepPart(Part):
    """How long articles are kept after they were first seen; what was printed is kept longer."""

    articles: Duration = timedelta(days=180)
    issues: Count = 26

    @model_validator(mode="after")
    def _long_enough(self) -> "KeepPart":
        if self.articles < timedelta(days=28):
            raise ValueError("articles must be at least 28d: the last issues are told by them")
        return self
