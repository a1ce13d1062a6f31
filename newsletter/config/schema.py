"""The shape of feeds.yaml: every key, its type, its default and the reason for it."""

import re
from datetime import timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from newsletter.config.editors import PreviewPart
from newsletter.config.kinds import (
    Count,
    Duration,
    HostPort,
    Line,
    Part,
    Size,
    Variable,
    WebUrl,
)
from newsletter.config.mailing import SenderPart, SmtpPart, SponsorPart
from newsletter.config.running import (
    KeepPart,
    MonitorPart,
    NotifyPart,
    ReviewPart,
    SchedulePart,
)
from newsletter.model import FullText, Images
from newsletter.weeks import Schedule


def _theme(text: object) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", str(text)):
        raise ValueError(
            f"{text!r} is no name of a theme; write one such as modern, in small letters, or the"
            " name of a file in templates/themes/ without .yaml"
        )
    return str(text)


def _zone(text: object) -> str:
    try:
        return ZoneInfo(str(text)).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"{text!r} is no time zone; write one such as Europe/Berlin") from error


def _as_feed(value: object) -> object:
    return {"url": value} if isinstance(value, str) else value


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


class IssuePart(Part):
    """How much: stories an issue holds, stories one outlet may lead, the fewest worth sending.

    And how good: the score under which a story stays out, however thin the issue.
    """

    stories: Count = 12
    per_source: Count = 3
    min_stories: Annotated[int, Field(strict=True, ge=0)] = 3
    max_age: Duration = timedelta(days=14)
    min_score: Annotated[float, Field(strict=True, ge=0, allow_inf_nan=False)] = 0.0


class StoriesPart(Part):
    """How stories are told apart: by words alone, or by an embedding model's meaning as well."""

    embeddings: Literal["none", "fastembed", "model2vec", "wordllama"] = "none"
    model: Line | None = None


class SummariesPart(Part):
    """How stories are told: how many in full, headlines as written or in sentence case.

    And by whom: the sources' own sentences, or a language model behind an OpenAI-compatible
    endpoint that feeds.yaml names; the key is read from the environment variable `api_key_env`.
    """

    full: Count | None = None
    headlines: Literal["source", "sentence"] = "source"
    backend: Literal["extractive", "openai"] = "extractive"
    base_url: WebUrl | None = None
    model: Line | None = None
    api_key_env: Variable | None = None
    timeout: Duration = timedelta(seconds=60)
    concurrency: Count = 4
    budget: Count = 200_000
    temperature: Annotated[float, Field(strict=True, ge=0, le=2, allow_inf_nan=False)] = 0.0

    @model_validator(mode="after")
    def _named(self) -> "SummariesPart":
        if self.backend == "openai" and not (self.base_url and self.model):
            raise ValueError(
                "backend openai needs base_url and model: nothing is sent to an endpoint that"
                " feeds.yaml does not name"
            )
        if self.base_url and "@" in self.base_url.partition("//")[2].partition("/")[0]:
            raise ValueError(
                "base_url holds a name or password; the key goes into the environment variable"
                " that api_key_env names"
            )
        return self


class FetchPart(Part):
    """Limits of one request (timeout, max_bytes) and of a whole gather (total)."""

    timeout: Duration = timedelta(seconds=30)
    max_bytes: Size = 15_000_000
    per_host: Count = 4
    total: Duration = timedelta(minutes=5)
    allow_private: tuple[HostPort, ...] = ()


class FeedPart(Part):
    """One feed: its URL, the outlet's name if the domain will not do, its weight in ranking."""

    url: WebUrl
    name: Line | None = None
    weight: Annotated[float, Field(strict=True, gt=0, allow_inf_nan=False)] = 1.0
    enabled: Annotated[bool, Field(strict=True)] = True
    full_text: FullText = "auto"


class SectionPart(Part):
    """A section of the issue and what feeds it."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {"required": ["feeds"], "properties": {"feeds": {"minItems": 1}}},
                {"required": ["seeds"], "properties": {"seeds": {"minItems": 1}}},
            ]
        }
    )

    name: Line
    stories: Count | None = None
    feeds: tuple[
        Annotated[FeedPart, BeforeValidator(_as_feed, json_schema_input_type=WebUrl | FeedPart)],
        ...,
    ] = ()
    seeds: Annotated[
        tuple[Line, ...],
        BeforeValidator(_as_list, json_schema_input_type=Line | tuple[Line, ...]),
    ] = ()

    @model_validator(mode="after")
    def _fed(self) -> "SectionPart":
        if not self.feeds and not self.seeds:
            raise ValueError("has neither feeds nor seeds; give it at least one of them")
        return self


class Settings(Part):
    """feeds.yaml, whole."""

    title: Line
    description: str = ""
    language: Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]+)*$")] = "en"
    timezone: Annotated[str, BeforeValidator(_zone)] = "UTC"
    url: WebUrl | None = None
    sender: SenderPart | None = None
    theme: Annotated[str, BeforeValidator(_theme)] = "modern"
    images: Images = "none"
    intro: str = ""
    closing: str = ""
    sponsor: SponsorPart | None = None
    editor: Line | None = None
    preview: PreviewPart = PreviewPart()
    smtp: SmtpPart | None = None
    schedule: SchedulePart = SchedulePart()
    notify: tuple[NotifyPart, ...] = ()
    monitor: MonitorPart | None = None
    keep: KeepPart = KeepPart()
    issue: IssuePart = IssuePart()
    stories: StoriesPart = StoriesPart()
    summaries: SummariesPart = SummariesPart()
    fetch: FetchPart = FetchPart()
    database: Line = "newsletter.db"
    output: Line = "dist/"
    sections: Annotated[tuple[SectionPart, ...], Field(min_length=1)]

    @property
    def weekly(self) -> Schedule:
        """Return the schedule of publication as `newsletter.weeks` wants it."""
        weekday, at = self.schedule.publish
        return Schedule(weekday=weekday, at=at, zone=self.timezone)

    @model_validator(mode="after")
    def _mailable(self) -> "Settings":
        if self.smtp is None and any(one.email for one in self.notify):
            raise ValueError("notify names an e-mail address, which needs smtp: {host: …}")
        if self.sender is None and any(one.email for one in self.notify):
            raise ValueError("notify names an e-mail address, which needs sender: to come from")
        return self


def known_keys(path: tuple[Any, ...]) -> tuple[str, ...]:
    """Return the keys that may stand in the mapping at *path* of feeds.yaml."""
    inner: dict[tuple[type[Part], object], type[Part]] = {
        (Settings, "sender"): SenderPart,
        (Settings, "sponsor"): SponsorPart,
        (Settings, "preview"): PreviewPart,
        (Settings, "smtp"): SmtpPart,
        (Settings, "schedule"): SchedulePart,
        (SchedulePart, "review"): ReviewPart,
        (Settings, "notify"): NotifyPart,
        (Settings, "monitor"): MonitorPart,
        (Settings, "keep"): KeepPart,
        (Settings, "issue"): IssuePart,
        (Settings, "stories"): StoriesPart,
        (Settings, "summaries"): SummariesPart,
        (Settings, "fetch"): FetchPart,
        (Settings, "sections"): SectionPart,
        (SectionPart, "feeds"): FeedPart,
    }
    model: type[Part] = Settings
    for step in path:
        model = inner.get((model, step), model)
    return tuple(model.model_fields)
