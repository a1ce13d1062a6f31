"""What an editor has chosen to look at, and the links that change one choice and keep the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode

EDITIONS = {
    "web": "Web",
    "mail": "Mail",
    "text": "Text",
    "markdown": "Markdown",
    "source": "Source",
    "headers": "Headers",
}
FILES = {
    "web": "index.html",
    "mail": "email.html",
    "text": "issue.txt",
    "markdown": "issue.md",
    "source": "email.html",
}
FRAMED = frozenset({"web", "mail"})  # editions that are pages; the others are lines of text
LINED = ("text", "markdown", "source")
WIDTHS = ("375", "600", "768", "1200")
BOTH = "both"  # a phone beside a desktop
SHOWS = {
    "light": "Light",
    "dark": "Dark",
    "forced-dark": "Forced dark",
    "images-off": "Images off",
    "no-style": "No style",
}
ALL = "all"  # every view at once
_USUAL_WIDTH = {"web": "1200"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """One view of an issue. `theme` is None for the issue's own, `at` the id of a story to show."""

    issue: str
    edition: str = "mail"
    width: str = ""
    show: str = "light"
    theme: str | None = None
    beside: str = ""
    at: str = ""

    @property
    def is_framed(self) -> bool:
        """Return whether the edition is a page rather than lines of text."""
        return self.edition in FRAMED

    @property
    def is_compared(self) -> bool:
        """Return whether several views stand beside one another."""
        return self.is_framed and self.show == ALL

    @property
    def shown_width(self) -> str:
        """Return the width chosen, or the usual one of the edition."""
        if self.width and (self.width != BOTH or self.is_compared):
            return self.width
        return "375" if self.is_compared else _USUAL_WIDTH.get(self.edition, "600")

    def url(self, **changes: Any) -> str:
        """Return the address of this view with *changes*."""
        to = replace(self, **{"at": "", **changes})
        usual = Choices(issue=self.issue)
        given = {
            name: value
            for name in ("edition", "width", "show", "theme", "beside", "at")
            if (value := getattr(to, name)) and value != getattr(usual, name)
        }
        return f"/issues/{quote(to.issue, safe='')}" + (f"?{urlencode(given)}" if given else "")

    def frame_url(self, show: str) -> str:
        """Return the address of the page itself, as *show* shows it."""
        given = {"show": show} | ({"theme": self.theme} if self.theme else {})
        path = f"/frames/{quote(self.issue, safe='')}/{self.edition}?{urlencode(given)}"
        return f"{path}#{quote(self.at)}" if self.at else path


def chosen(issue: str, query: Mapping[str, str], themes: Sequence[str]) -> Choices:
    """Return what *query* chooses of *issue*; what it does not know counts as not chosen."""

    def one(name: str, known: Sequence[str], usual: str = "") -> str:
        value = query.get(name, usual)
        return value if value in known else usual

    edition = one("edition", tuple(EDITIONS), "mail")
    theme = one("theme", themes)
    return Choices(
        issue=issue,
        edition=edition,
        width=one("width", (*WIDTHS, BOTH)),
        show=one("show", (*SHOWS, ALL), "light"),
        theme=theme or None,
        beside=one("beside", [other for other in LINED if other != edition]),
        at=query.get("at", "")[:200],
    )
