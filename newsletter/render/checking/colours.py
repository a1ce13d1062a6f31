"""Colours: read from CSS, laid over one another, and compared as eyes compare them."""

from functools import lru_cache
from typing import TypeAlias

from tinycss2.color4 import parse_color

Colour: TypeAlias = tuple[float, float, float]

WHITE: Colour = (1.0, 1.0, 1.0)
BLACK: Colour = (0.0, 0.0, 0.0)


@lru_cache(maxsize=2_000)
def colour(text: str) -> tuple[Colour, float] | None:
    """Return the colour that a CSS *text* names and how opaque it is, both from 0.0 to 1.0.

    None where it names none, or one that depends on where it stands (`currentcolor`).
    """
    try:
        parsed = parse_color(text)
        if parsed is None or isinstance(parsed, str):
            return None
        red, green, blue = (_within(part or 0.0) for part in parsed.to("srgb").coordinates)
        return (red, green, blue), _within(float(parsed.alpha))
    except (ValueError, TypeError, ArithmeticError, NotImplementedError, RecursionError):
        return None


def over(top: Colour, opacity: float, below: Colour) -> Colour:
    """Return what is seen of *top* that lies over *below*."""
    red, green, blue = (
        part * opacity + under * (1 - opacity) for part, under in zip(top, below, strict=True)
    )
    return red, green, blue


@lru_cache(maxsize=2_000)
def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, 1.0 to 21.0 (WCAG 2.2, "contrast ratio")."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def hex_of(shown: Colour) -> str:
    """Return a colour as `#RRGGBB`."""
    return "#" + "".join(f"{round(part * 255):02X}" for part in shown)


def _luminance(shown: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in shown
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _within(part: float) -> float:
    return min(1.0, max(0.0, part))
