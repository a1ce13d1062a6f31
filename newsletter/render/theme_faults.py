"""Finds what is wrong in a theme: keys, colours, fonts, sizes, and text too pale for its ground."""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from newsletter.render.safe import link, plain

SCHEMES = ("light", "dark")
GROUPS = ("font", *SCHEMES, "form", "sizes", "logo")
_COLOURS = (
    "background", "mail-background", "ink", "muted", "accent", "line-strong", "line", "surface",
    "focus",
)  # fmt: skip
# What only some themes have, two by two: what is filled, and the text upon it.
_FILLED = {"band": "band-ink", "mark": "mark-ink"}
_GROUNDS = ("background", "mail-background", "surface")
# Success criteria 1.4.3 and 1.4.11 of WCAG 2.2, the first without its exception for large text.
_TEXT_RATIO, _MARK_RATIO = 4.5, 3.0
_PAIRS = (
    *((ink, ground, _TEXT_RATIO) for ink in ("ink", "muted", "accent") for ground in _GROUNDS),
    *((ink, filled, _TEXT_RATIO) for filled, ink in _FILLED.items()),
    *((mark, ground, _MARK_RATIO) for mark in ("line-strong", "focus") for ground in _GROUNDS[:2]),
)
_FORMS = {
    "masthead": ("left", "centred", "band"),
    "contents": ("list", "numbered"),
    "headline": ("above", "run-in"),
    "difference": ("plain", "italic", "note"),
    "numbers": ("true", "false"),
}
_SIZES = ("masthead", "lead", "lede", "section", "headline", "body", "difference", "meta")
_SMALLEST_PX, _LARGEST_PX = 14, 96
_RADIUS_PX, _WIDTH_PX, _LOGO_PX = range(33), range(320, 641), range(1, 537)
_LOGO = ("logo.url", "logo.width", "logo.height")
_REQUIRED = (
    "title", "font.text", "font.meta", "radius",
    *(f"form.{name}" for name in _FORMS),
    *(f"sizes.{name}" for name in _SIZES),
    *(f"{scheme}.{colour}" for scheme in SCHEMES for colour in _COLOURS),
)  # fmt: skip
_KNOWN = (
    *_REQUIRED,
    *("extends", "width", *_LOGO, "logo.alt"),
    *(f"{scheme}.{name}" for scheme in SCHEMES for pair in _FILLED.items() for name in pair),
)

_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_FAMILY = re.compile(r"""(["']?)[A-Za-z-][\w -]*\1""", re.ASCII)
_GENERIC = ("sans-serif", "serif", "monospace")
_SIZE = re.compile(r"(\d{1,3})/(\d{1,3})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A value of a theme as it was written: its file and line, and how far that file is inherited.

    `depth` is 0 in the theme's own file, 1 in the one that it extends, and so on.
    """

    value: str
    place: str
    depth: int


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours `#RRGGBB`, 1.0 to 21.0 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def faults_in(written: Mapping[str, Written], file: str) -> tuple[str, ...]:
    """Return what is wrong in a theme of *file*, given by dotted key: a line each, () if nothing.

    Each line names file, line and key, the fault and the way out.
    """
    faults = [
        f"{entry.place}: {key}: {fault}"
        for key, entry in written.items()
        if (fault := _fault(key, entry.value))
    ]
    missing = sorted({*_REQUIRED, *_needed(written)} - written.keys(), key=_KNOWN.index)
    if missing:
        faults.append(
            f"{file}: lacks {', '.join(missing)}; write them, or “extends: NAME” to take from"
            " another theme what this one does not set"
        )
    return (*faults, *_unreadable(written))


def misplaced(key: str) -> str:
    """Return what to say of *key* where a list or a group stands as its value."""
    return "takes a single value" if key in _KNOWN else _unknown(key)


def _needed(written: Mapping[str, Written]) -> Iterator[str]:
    """Yield the keys that are needed because of what others say."""
    said = {key: entry.value for key, entry in written.items()}
    wanted = {
        "band": said.get("form.masthead") == "band",
        "mark": said.get("form.numbers") == "true",
    }
    for name, ink in _FILLED.items():
        keys = {f"{scheme}.{colour}" for scheme in SCHEMES for colour in (name, ink)}
        if wanted[name] or keys & said.keys():
            yield from keys
    if any(key.startswith("logo.") for key in said):
        yield from _LOGO


def _unreadable(written: Mapping[str, Written]) -> Iterator[str]:
    """Yield the pairs of colours that are too close, each at the line nearest to its editor."""
    for scheme in SCHEMES:
        for ink, ground, needed in _PAIRS:
            text, paper = written.get(f"{scheme}.{ink}"), written.get(f"{scheme}.{ground}")
            if not (text and paper and _HEX.fullmatch(text.value) and _HEX.fullmatch(paper.value)):
                continue
            ratio = contrast(text.value, paper.value)
            if ratio >= needed:
                continue
            place = (text if text.depth <= paper.depth else paper).place
            # Rounded down: 4.496 is too little, and must not read as if it were enough.
            yield (
                f"{place}: {scheme}.{ink}: {text.value} on {scheme}.{ground} {paper.value} has a"
                f" contrast of {int(ratio * 100) / 100:.2f}:1, it needs {needed}:1; take colours"
                " that are further apart"
            )


def _fault(key: str, value: str) -> str:
    """Return what is wrong with *value* for *key*, "" if it will do."""
    group, _, name = key.rpartition(".")
    match group, name:
        case _ if key not in _KNOWN:
            return _unknown(key)
        case (("light" | "dark"), _):
            hint = "" if value else " in quotes: a # outside of them begins a comment"
            return "" if _HEX.fullmatch(value) else f"{value!r} is no colour; write “#RRGGBB”{hint}"
        case "form", _:
            allowed = _FORMS[name]
            return "" if value in allowed else f"{value!r} is none of {', '.join(allowed)}"
        case "sizes", _:
            return _size_fault(value)
        case "font", _:
            return _font_fault(value)
        case _, "radius":
            return _number_fault(value, _RADIUS_PX)
        case _, ("width" | "height"):
            return _number_fault(value, _LOGO_PX if group else _WIDTH_PX)
        case _, "url":
            good = value.startswith("https://") and link(value) == value
            return "" if good else f"{value!r} is no address of a picture; write https://…"
    return "" if plain(value) or name == "alt" else "says nothing; write a word or two"


def _unknown(key: str) -> str:
    near = difflib.get_close_matches(key, (*_KNOWN, *GROUPS), n=1)
    return f"unknown key; did you mean {near[0]}?" if near else "unknown key; leave it out"


def _size_fault(value: str) -> str:
    match = _SIZE.fullmatch(value)
    if not match:
        return f"{value!r} is no size; write “16/25”, letters and line in pixels"
    font, line = int(match[1]), int(match[2])
    if not _SMALLEST_PX <= font <= _LARGEST_PX:
        return f"letters of {font} px; take {_SMALLEST_PX} to {_LARGEST_PX} px"
    if not font <= line <= 2 * font:
        return f"lines of {line} px under letters of {font}; take {font} to {2 * font} px"
    return ""


def _font_fault(value: str) -> str:
    families = [family.strip() for family in value.split(",")]
    for family in families:
        if not _FAMILY.fullmatch(family):
            return f"{family!r} is no font; write letters, digits, spaces and hyphens"
    if families[-1] not in _GENERIC:
        return f"ends with {families[-1]}; end it with one of {', '.join(_GENERIC)}"
    return ""


def _number_fault(value: str, allowed: range) -> str:
    if value.isascii() and value.isdigit() and int(value[:9]) in allowed:
        return ""
    return f"{value!r} is no whole number of pixels from {allowed[0]} to {allowed[-1]}"


def _luminance(colour: str) -> float:
    shares = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
