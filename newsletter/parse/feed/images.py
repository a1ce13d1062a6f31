"""Which of the pictures that an entry names is the article's."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from newsletter.text.urls import link

_BEST_WIDTH = 1_200  # pixels: twice the width of a mail
_UNKNOWN_WIDTH = 500  # what a picture without a stated width is taken for
_SMALLEST = 50  # pixels a side: below are icons and counters
_LOOKED_AT = 50_000  # characters of a text
_MOST_IMAGES = 10
_IMAGE = re.compile(
    r"<img\b((?:[^<>\"']|\"[^\"<>]{0,4000}\"|'[^'<>]{0,4000}'){0,200}+)", re.IGNORECASE
)
_ATTRIBUTE = re.compile(
    r"""(?<![\w-])(src|data-src|width|height|style)\s{0,9}=\s{0,9}"""
    r"""(?:"([^"]{0,4000})"|'([^']{0,4000})'|([^\s"'<>]{1,4000}))""",
    re.IGNORECASE,
)
_STYLED = re.compile(r"(?<![\w-])(width|height)\s{0,9}:\s{0,9}(\d{1,5})(?:px|\b)")
_SIZE = re.compile(r"\s{0,9}(\d{1,5})")
_EXTENSION = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|[?#])", re.IGNORECASE)
# What counts readers, fills space or stands for a person or a mood.
_NO_PICTURE = re.compile(
    r"pixel|beacon|track(?:er|ing)|1x1|spacer|blank\.|/b\.gif|doubleclick|feedburner\.com/~"
    r"|feeds\.wordpress\.com|stats\.|/count(?:er)?[./?]|gravatar\.com/|emoji|smil(?:ey|ies)"
    r"|share[-_]|(?:facebook|twitter|linkedin)[-_]?(?:icon|logo)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that an entry names; its size in pixels, 0 where that is not said."""

    url: str
    width: int = 0
    height: int = 0


def declared(
    *, url: str, kind: str = "", medium: str = "", width: str = "", height: str = ""
) -> Picture | None:
    """Return the picture that media or an enclosure of these attributes is, None if it is none."""
    is_image = medium == "image" or kind.startswith("image/")
    if not url or not (is_image or (not medium and not kind and _EXTENSION.search(url))):
        return None
    return Picture(url=url, width=_pixels(width), height=_pixels(height))


def in_markup(markup: str) -> Iterator[Picture]:
    """Yield the pictures that stand in HTML, in order, as far as it is worth while to look."""
    for n, tag in enumerate(_IMAGE.finditer(markup[:_LOOKED_AT])):
        if n >= _MOST_IMAGES:
            return
        given = {
            attribute[1].lower(): html.unescape(attribute[2] or attribute[3] or attribute[4] or "")
            for attribute in reversed(list(_ATTRIBUTE.finditer(tag[1])))
        }
        styled = dict(_STYLED.findall(given.get("style", "")))
        source = given.get("src", "")
        if not source or source.startswith("data:"):
            source = given.get("data-src", "")
        yield Picture(
            url=source,
            width=_pixels(given.get("width") or styled.get("width", "")),
            height=_pixels(given.get("height") or styled.get("height", "")),
        )


def best(pictures: Iterable[tuple[Picture, str]]) -> str | None:
    """Return the URL of the picture to show, of *pictures* with the base of each; None if none.

    Safe to print (`newsletter.text.urls.link`); https before http, then the widest up to 1,200
    pixels, then the first. Neither icons nor pictures that count readers.
    """
    found: list[tuple[bool, int, int, str]] = []
    for place, (picture, base) in enumerate(pictures):
        url = link(picture.url, base)
        sides = [side for side in (picture.width, picture.height) if side]
        if url and not _NO_PICTURE.search(url) and not any(side < _SMALLEST for side in sides):
            found.append((url.startswith("https:"), _fitness(picture.width), -place, url))
    return max(found)[3] if found else None


def _fitness(width: int) -> int:
    if not width:
        return _UNKNOWN_WIDTH
    return width if width <= _BEST_WIDTH else max(1, _BEST_WIDTH - (width - _BEST_WIDTH) // 10)


def _pixels(text: str) -> int:
    size = _SIZE.match(text)
    return int(size[1]) if size and "%" not in text[:20] else 0
