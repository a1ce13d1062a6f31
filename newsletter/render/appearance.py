"""Changes a page so that any browser shows it as a certain reader's program would."""

import html as html_
import re
from collections.abc import Callable
from typing import Literal

from markupsafe import escape

Show = Literal["light", "dark", "forced-dark", "images-off", "no-style"]

_ATTRIBUTES = r"""(?:[^>"']|"[^"]*"|'[^']*')*+"""
_COMMENT = r"<!--.*?(?:-->|\Z)"
_STYLE = re.compile(
    rf"{_COMMENT}|(<style\b{_ATTRIBUTES}>)(.*?)(</style\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_LINK = re.compile(rf"{_COMMENT}|<link\b{_ATTRIBUTES}>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(rf"{_COMMENT}|<[a-z]{_ATTRIBUTES}>", re.DOTALL | re.IGNORECASE)
_IMAGE = re.compile(rf"{_COMMENT}|<(?:img|source)\b{_ATTRIBUTES}>", re.DOTALL | re.IGNORECASE)
_MEDIA = re.compile(r"""(\smedia\s*=\s*)("[^"]*"|'[^']*')""", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\s([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_META = re.compile(
    r"""<meta\b[^>]*\sname\s*=\s*["']?(?:supported-)?color-schemes?\b""", re.IGNORECASE
)
_CONTENT = re.compile(r"""(\scontent\s*=\s*)(["'])(.*?)\2""", re.IGNORECASE | re.DOTALL)
_SCHEMES = re.compile(r"((?<![\w-])(?:supported-)?color-schemes?\s*:\s*)([a-z ]+)", re.IGNORECASE)
_PREFERS = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)", re.IGNORECASE)
_PICTURES = re.compile(r"url\(\s*(?:\"[^\"]*\"|'[^']*'|[^)\"'])*+\)", re.IGNORECASE)
_HEAD = re.compile(r"</head\s*>|<body\b", re.IGNORECASE)

# Media features that always hold and never do: they leave `and`, `not` and commas as they are.
_HOLDS, _NEVER = "(min-width:0)", "(max-width:0)"
# As clients do that turn a page they take for light; pictures are turned back.
_TURNED = """<style>
html{filter:invert(1) hue-rotate(180deg)!important;background-color:#fff}
img,video,[background]{filter:invert(1) hue-rotate(180deg)!important}
</style>
"""


def as_seen(html: str, show: Show) -> str:
    """Return *html* changed so that any browser shows it in one way, whatever its user prefers.

    light, dark: as a program does that follows the reader's scheme. forced-dark: as one that knows
    nothing of the page's own dark styles and turns its light ones. images-off: light, with the alt
    text where each picture stands. no-style: light, without style sheets, styles in elements kept.
    What a page does not say of dark, it does not get.
    """
    match show:
        case "light" | "dark":
            return _in_scheme(html, show)
        case "forced-dark":
            return _with_style(_in_scheme(html, "light"), _TURNED)
        case "images-off":
            return _without_pictures(_in_scheme(html, "light"))
        case "no-style":
            bare = _STYLE.sub(lambda found: found[0] if found[1] is None else "", html)
            return _in_scheme(_LINK.sub(_no_sheet, bare), "light")


def _in_scheme(html: str, scheme: Literal["light", "dark"]) -> str:
    def resolved(query: str) -> str:
        return _PREFERS.sub(lambda asked: _HOLDS if asked[1].lower() == scheme else _NEVER, query)

    def schemes(found: re.Match[str]) -> str:
        return found[1] + _chosen(found[2], scheme)

    def sheet(found: re.Match[str]) -> str:
        if found[1] is None:
            return found[0]
        return f"{found[1]}{_SCHEMES.sub(schemes, resolved(found[2]))}{found[3]}"

    def tag(found: re.Match[str]) -> str:
        if found[0].startswith("<!"):
            return found[0]
        whole = _MEDIA.sub(lambda media: media[1] + resolved(media[2]), found[0])
        if _META.match(whole):
            whole = _CONTENT.sub(
                lambda had: f"{had[1]}{had[2]}{_chosen(had[3], scheme)}{had[2]}", whole
            )
        return _SCHEMES.sub(schemes, whole) if "style" in whole else whole

    return _outside(html, lambda text: _TAG.sub(tag, text), sheet)


def _outside(html: str, change: Callable[[str], str], sheet: Callable[[re.Match[str]], str]) -> str:
    """Return *html*, each style sheet after *sheet* and all between after *change*."""
    parts, end = [], 0
    for found in _STYLE.finditer(html):
        if found[1] is None:
            continue
        whole = sheet(found)
        opening = found[1]
        parts += [change(html[end : found.start()]), change(opening), whole[len(opening) :]]
        end = found.end()
    return "".join([*parts, change(html[end:])])


def _chosen(schemes: str, scheme: str) -> str:
    """Return the one that a browser takes of *schemes* when its user prefers *scheme*."""
    named = schemes.lower().split()
    return scheme if {"light", "dark"} <= set(named) else schemes


def _no_sheet(found: re.Match[str]) -> str:
    kept = found[0].startswith("<!") or "stylesheet" not in found[0].lower()
    return found[0] if kept else ""


def _without_pictures(html: str) -> str:
    def worded(found: re.Match[str]) -> str:
        if found[0].startswith("<!"):
            return found[0]
        if found[0][:7].lower() == "<source":
            return ""
        given = {
            one[1].lower(): html_.unescape(one[2] or one[3] or one[4] or "")
            for one in reversed(list(_ATTRIBUTE.finditer(found[0])))
        }
        kept = "".join(
            f' {name}="{escape(given[name])}"' for name in ("class", "id") if name in given
        )
        style = f"{given.get('style', '').rstrip('; ')};{_size(given)}overflow:hidden".lstrip(";")
        return f'<span{kept} style="{escape(style)}">{escape(given.get("alt", ""))}</span>'

    def bare(found: re.Match[str]) -> str:
        if found[0].startswith("<!"):
            return found[0]
        return re.sub(r"""\sbackground\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)""", "", no_urls(found[0]))

    def no_urls(text: str) -> str:
        return _PICTURES.sub("none", text) if "url(" in text.lower() else text

    def sheet(found: re.Match[str]) -> str:
        return found[0] if found[1] is None else f"{found[1]}{no_urls(found[2])}{found[3]}"

    return _outside(html, lambda text: _TAG.sub(bare, _IMAGE.sub(worded, text)), sheet)


def _size(given: dict[str, str]) -> str:
    """Return the room that a program without the picture keeps for it, as wide as there is."""
    width = given.get("width", "")
    return f"display:inline-block;max-width:100%;{f'width:{width}px;' if width.isdecimal() else ''}"


def _with_style(html: str, style: str) -> str:
    place = _HEAD.search(html)
    at = place.start() if place else 0
    return f"{html[:at]}{style}{html[at:]}"
