"""What all pages of one running preview share: the desk, what was made, the news, the templates."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from newsletter.errors import NewsletterError
from newsletter.preview import words
from newsletter.preview.choices import Choices
from newsletter.preview.desk import Desk, FeedRow, IssueRow, Shown
from newsletter.preview.guard import Token
from newsletter.preview.keeping import Kept, Shelf
from newsletter.preview.live import News
from newsletter.preview.sessions import visitor

HOME = Path(__file__).resolve().parent
_TOLD_S = 10  # for so long a notice is told to whoever asks
T = TypeVar("T")


@cache
def environment() -> Environment:
    """Return what draws the pages."""
    env = Environment(
        loader=FileSystemLoader(HOME / "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals["words"] = words
    return env


@dataclass(kw_only=True)
class Notice:
    """What the page is to say: `state` is ok or error.

    `told_at` is when it was first told, in seconds of the monotonic clock; None if not yet.
    """

    state: str
    text: str
    told_at: float | None = None


@dataclass(kw_only=True)
class Room:
    """The state of a running preview. `is_building` is true while the coming issue is composed.

    `common` is the token of all who are not logged in; `said` are the notices by the token of whom
    they are for, changed only while `saying` is held: pages are drawn in threads.
    """

    desk: Desk
    shelf: Shelf = field(default_factory=Shelf)
    news: News = field(default_factory=News)
    common: Token = field(default_factory=Token)
    env: Environment = field(default_factory=environment)
    is_building: bool = False
    said: dict[str, list[Notice]] = field(default_factory=dict)
    saying: Lock = field(default_factory=Lock)

    @property
    def token(self) -> Token:
        """Return the token that forms of whoever asks now must send back: her session's own."""
        who = visitor()
        return Token(who.token) if who.token else self.common

    @property
    def can_edit(self) -> bool:
        """Return whether whoever asks now may edit issues."""
        return self.desk.editor is not None and bool(visitor().editor)

    @property
    def is_shut(self) -> bool:
        """Return whether issues can be edited here, but not by whoever asks now."""
        return self.desk.editor is not None and not visitor().editor

    def say(self, notice: Notice) -> None:
        """Let the next page of whoever asks now say *notice*, and nothing that was told before."""
        with self.saying:
            self.said[self.token.text] = [*self._untold(), notice]

    def hush(self) -> None:
        """Let go what was told already to whoever asks now."""
        with self.saying:
            self.said[self.token.text] = self._untold()

    def page(
        self, template: str, *, here: str, version: str, status: int = 200, **values: Any
    ) -> HTMLResponse:
        """Return the page that *template* draws, within the frame of the app.

        *here* names the entry of the navigation that is current. *version* is that of the news
        before *values* were read: what happened since, the page is to hear. *values* must hold
        `faults`. The template also gets `token`, and `editor`: the name of who asks, "" without a
        session.
        """
        zone, now = self._said("zone", self.desk.zone, "UTC"), self.desk.now()
        frame = {
            "here": here,
            "title": self._said("title", self.desk.title, "Newsletter"),
            "zone": zone,
            "now": now,
            "token": self.token.text,
            "editor": visitor().editor,
            "version": version,
            "is_building": self.is_building,
            "notices": self._told(),
            "has_site": self.site() is not None,
        }
        html = self.env.get_template(template).render(frame | values)
        return HTMLResponse(html, status_code=status)

    def issues(self) -> Kept[Sequence[IssueRow]]:
        """Return the issues there are, the newest first."""
        return self.shelf.get("issues", self.desk.issues, again=True)

    def feeds(self) -> Kept[Sequence[FeedRow]]:
        """Return the feeds as they are."""
        return self.shelf.get("feeds", self.desk.feeds, again=True)

    def themes(self) -> tuple[str, ...]:
        """Return the names of the themes."""
        return tuple(self._said("themes", self.desk.themes, ()))

    def shown(self, issue: str, theme: str | None) -> Kept[Shown]:
        """Return an issue rendered and checked; with a fault, the last good view of it."""
        return self.shelf.get(("shown", issue, theme), lambda: self.desk.shown(issue, theme))

    def seen(self, choices: Choices, file: str, show: str) -> Kept[str]:
        """Return a page of an issue as *show* shows it."""

        def make() -> str:
            kept = self.shown(choices.issue, choices.theme)
            if kept.value is None or kept.fault:
                raise kept.fault or NewsletterError(choices.issue)
            return self.desk.as_seen(kept.value.edition.files[file].decode(), show)

        return self.shelf.get(("seen", choices.issue, choices.theme, file, show), make)

    def site(self) -> Path | None:
        """Return the folder of the written archive, None where there is none."""
        return self.shelf.get("site", self.desk.site, again=True).value

    def _said(self, name: str, ask: Callable[[], T], otherwise: T) -> T:
        """Return what stands in every page; a fault in it is told where it matters."""
        kept = self.shelf.get(name, ask)
        return otherwise if kept.value is None else kept.value

    def _told(self) -> list[Notice]:
        """Return the notices for whoever asks now.

        Each is told for a while, not once: a page that is just being left may ask before the page
        that comes in its place, and a second window before the first.
        """
        now = monotonic()
        with self.saying:
            told = [
                replace(one, told_at=now if one.told_at is None else one.told_at)
                for one in self.said.pop(self.token.text, ())
                if one.told_at is None or now - one.told_at < _TOLD_S
            ]
            if told:
                self.said[self.token.text] = told
        return told

    def _untold(self) -> list[Notice]:
        return [one for one in self.said.get(self.token.text, ()) if one.told_at is None]


def faults_of(*kept: Kept[Any]) -> tuple[str, ...]:
    """Return what went wrong, each fault once."""
    return tuple(dict.fromkeys(str(one.fault) for one in kept if one.fault))
