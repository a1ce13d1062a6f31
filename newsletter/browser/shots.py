"""Which pictures an issue gets: of which page, shown how, how wide."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

Scheme = Literal["light", "dark"]
Show = Literal["light", "dark", "forced-dark", "images-off", "no-style"]

_EVERY: tuple[Show, ...] = ("light", "dark", "forced-dark", "images-off", "no-style")
_SCHEMES: tuple[Show, ...] = ("light", "dark")

# Phone and desktop: 375 is the commonest phone, 600 what mail programs give a mail on a desk.
_PLAN: tuple[tuple[str, str, tuple[int, ...], tuple[Show, ...]], ...] = (
    ("web", "index.html", (1200, 375), _SCHEMES),
    ("mail", "email.html", (600, 375), _EVERY),
    ("check", "check.html", (1200, 375), _SCHEMES),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One picture to take: `file` of the edition, shown as `show`, `width` pixels wide.

    `name` is the picture's file name, such as `mail-375-dark.png`; none occurs twice.
    """

    name: str
    file: str
    show: Show
    width: int

    @property
    def scheme(self) -> Scheme:
        """Return the colour scheme that the browser is to ask for.

        Light where a mail program does the darkening itself: it asks the mail for nothing.
        """
        return "dark" if self.show == "dark" else "light"


def shots(files: Collection[str]) -> tuple[Shot, ...]:
    """Return the pictures that an edition of *files* gets: web page, e-mail, check report.

    Always in the same order; a file that is not there gets none.
    """
    return tuple(
        Shot(name=f"{page}-{width}-{show}.png", file=file, show=show, width=width)
        for page, file, widths, shows in _PLAN
        if file in files
        for width in widths
        for show in shows
    )
