"""A note: what a person is told of one event, before it takes the form of any channel."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list under its title; `more` is how many there are beyond `items`."""

    title: str
    items: tuple[str, ...]
    is_numbered: bool = False
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What is told, the important first: all of it one line each, without controls.

    `kind` is that of the event, or "test"; `key` is the same each time that the event is told, and
    no other event's. `says` are sentences in paragraphs, `wrong` is what is wrong and `look` what
    may be, `commands` what can be done now (command, what it does), to be run in `workspace`;
    `places` is where to look (what, path or URL).
    """

    kind: str
    key: str
    at: datetime
    newsletter: str
    subject: str
    says: tuple[str, ...]
    week: str | None = None
    cause: str = ""
    wrong: Listing | None = None
    look: Listing | None = None
    listing: Listing | None = None
    commands: tuple[tuple[str, str], ...] = ()
    workspace: str = ""
    places: tuple[tuple[str, str], ...] = ()
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The newsletter that notes speak of.

    `preview` is the URL below which `newsletter preview` shows issues, `workspace` the folder of
    feeds.yaml.
    """

    title: str
    zone: str = "UTC"
    workspace: str = ""
    preview: str = ""
