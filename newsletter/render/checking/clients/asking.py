"""Asks of a use what the notes on mail clients make support depend on."""

import re
from collections.abc import Callable
from typing import TypeAlias

from newsletter.render.checking.clients.uses import Fact, Use

Judge: TypeAlias = Callable[[Use], bool]

_LENGTH = re.compile(r"(?<![\w.#-])(-?(?:\d+\.?\d*|\.\d+))(px|em|rem|ch|pt|%|vh|vw)?(?![\w.-])")
_BETWEEN_BRACKETS = re.compile(r"\([^()]*\)")
_ADDRESS = re.compile(r"url\([^)]*\)")
_BLOCKS = frozenset(
    "address blockquote body center div dl form h1 h2 h3 h4 h5 h6 hr ol p pre ul".split()
)
_OWN_DISPLAY = {"table": "table", "td": "table-cell", "th": "table-cell", "tr": "table-row"}
_OWN_DISPLAY |= dict.fromkeys(_BLOCKS, "block")
_OWN_DISPLAY |= dict.fromkeys("a abbr b code em i span strong sub sup".split(), "inline")
_FULL = ("100%", "auto")


def is_one_of(*values: str) -> Judge:
    """Ask whether the value is one of *values*."""
    return lambda use: use.value in values


def is_named(*names: str) -> Judge:
    """Ask whether the attribute or property is one of *names*."""
    return lambda use: use.name in names


def is_on(*tags: str) -> Judge:
    """Ask whether the use stands on one of *tags*."""
    return lambda use: use.tag in tags


def has(*words: str) -> Judge:
    """Ask whether one of *words* stands in the value."""
    return lambda use: any(word in use.value for word in words)


def holds(fact: Fact) -> Judge:
    """Ask whether *fact* holds where the use stands."""
    return lambda use: fact in use.facts


def lacks(fact: Fact) -> Judge:
    """Ask whether *fact* does not hold where the use stands."""
    return lambda use: fact not in use.facts


def _lengths(use: Use) -> list[tuple[float, str]]:
    return [(float(number), unit) for number, unit in _LENGTH.findall(use.value)]


def is_nothing(use: Use) -> bool:
    """Return whether a value has only lengths of zero."""
    lengths = _lengths(use)
    return bool(lengths) and not any(number for number, _ in lengths) and "auto" not in use.value


def is_negative(use: Use) -> bool:
    """Return whether a length is below zero."""
    return any(number < 0 for number, _ in _lengths(use))


def has_unit(*units: str) -> Judge:
    """Ask whether a length other than zero is in one of *units*."""
    return lambda use: any(unit in units and number for number, unit in _lengths(use))


def has_comma(use: Use) -> bool:
    """Return whether a value is a list: a comma stands in it outside brackets."""
    value = use.value
    while (flat := _BETWEEN_BRACKETS.sub("", value)) != value:
        value = flat
    return "," in value


def is_picture_or_gradient(use: Use) -> bool:
    """Return whether an image of any kind stands in the value."""
    return any(word in use.value for word in ("url(", "gradient(", "image-set("))


def is_spaced_colour(use: Use) -> bool:
    """Return whether a colour's numbers stand without commas, as `rgb(0 0 0)`."""
    return "," not in use.value and "var(" not in use.value


def has_alpha(use: Use) -> bool:
    """Return whether a colour has a fourth number, its opacity."""
    return "/" in use.value or use.value.count(",") > 2


def is_spanned_margin(use: Use) -> bool:
    """Return whether a margin other than zero is that of a span or the body."""
    return use.tag in ("span", "body") and not is_nothing(use)


def is_uncentred(use: Use) -> bool:
    """Return whether automatic margins alone centre an element."""
    return "auto" in use.value and "centred" not in use.facts


def is_coloured_margin(use: Use) -> bool:
    """Return whether an element with a background has a margin."""
    return "has a background" in use.facts and any(number > 0 for number, _ in _lengths(use))


def is_padded_outside_cells(use: Use) -> bool:
    """Return whether padding other than zero is that of no table cell."""
    return use.tag not in ("td", "th") and not is_nothing(use)


def is_wide_border(use: Use) -> bool:
    """Return whether a border is wider than 8 px."""
    return any(number > 8 for number, unit in _lengths(use) if unit == "px")


def is_border_of_text(use: Use) -> bool:
    """Return whether there is a border round a paragraph or a div."""
    return use.tag in ("p", "div") and use.value not in ("0", "none")


def is_width_of_block(use: Use) -> bool:
    """Return whether a width is asked of a block, which only tables heed."""
    if use.tag == "img":
        return "sized" not in use.facts
    if use.tag in ("body", "div", "p"):
        return use.value not in _FULL
    return use.tag == "span"


def is_height_of_block(use: Use) -> bool:
    """Return whether a height is asked of a block, which only tables heed."""
    return use.tag in ("body", "span", "div", "p") and use.value != "auto"


def is_limit_of_other(use: Use) -> bool:
    """Return whether a greatest width is asked of something other than a table."""
    if use.tag == "img":
        return "sized" not in use.facts
    return use.tag != "table" and use.value not in ("none", "100%")


def is_shown_otherwise(use: Use) -> bool:
    """Return whether an element is displayed otherwise than it is by itself."""
    if use.value == "none":
        return use.tag == "img"
    if use.tag == "img" and use.value == "block":
        return "alone" not in use.facts
    return use.value != _OWN_DISPLAY.get(use.tag)


def is_loose_line(use: Use) -> bool:
    """Return whether a line height in px or em is left to classic Outlook's own rule."""
    return bool(has_unit("px", "em")(use)) and "exact lines" not in use.facts


def is_between_normal_and_bold(use: Use) -> bool:
    """Return whether a weight falls to normal or bold that is neither."""
    return use.value.isdecimal() and int(use.value) not in (400, 600, 700, 800, 900)


def is_odd_weight(use: Use) -> bool:
    """Return whether a weight is a number, but none of the nine hundreds."""
    return use.value.isdecimal() and int(use.value) not in range(100, 901, 100)


def is_unscaled(use: Use) -> bool:
    """Return whether a size in pixels stays while classic Outlook scales the rest."""
    return "%" not in use.value and "96 dpi" not in use.facts


def is_percentage_of_picture(use: Use) -> bool:
    """Return whether a picture's size is given in per cent."""
    return use.tag == "img" and "%" in use.value


def is_large_style(use: Use) -> bool:
    """Return whether a style sheet has more than 16 KB."""
    return int(use.value or 0) > 16_384


def is_far_apart(use: Use) -> bool:
    """Return whether a length is below -1."""
    return any(number < -1 for number, _ in _lengths(use))


def is_other_media(use: Use) -> bool:
    """Return whether a query asks for more than the screen's size."""
    names = set(re.findall(r"\(\s*([a-z-]+)", use.value))
    return bool(names - {"min-width", "max-width", "min-height", "max-height"}) or "print" in (
        use.value
    )


def is_relative(use: Use) -> bool:
    """Return whether a size depends on that around it."""
    return "%" in use.value or use.value in ("larger", "smaller")


def is_partly_other_font(use: Use) -> bool:
    """Return whether a system font other than `system-ui` is named."""
    return any(
        f"ui-{kind}" in use.value for kind in ("serif", "sans-serif", "rounded", "monospace")
    )


def is_several_lines(use: Use) -> bool:
    """Return whether a text decoration has more than a line to it."""
    kinds = ("underline", "overline", "line-through")
    return len(use.value.split()) > 1 and any(kind in use.value for kind in kinds)


def is_other_list_style(use: Use) -> bool:
    """Return whether a list style has more than its type."""
    return is_picture_or_gradient(use) or any(
        word in use.value.split() for word in ("inside", "outside")
    )


def is_tight_background(use: Use) -> bool:
    """Return whether `!important` follows a background image without a space."""
    return "spaced" not in use.facts and use.name == "background-image"


def attribute_is_not(*operators: str) -> Judge:
    """Ask whether an attribute selector has none of *operators*."""
    return lambda use: use.value.lstrip("abcdefghijklmnopqrstuvwxyz0123456789_-") not in operators


def is_not_class_word(use: Use) -> bool:
    """Return whether an attribute selector is other than `[class~=…]`."""
    return use.value != "class~="


def is_divided(use: Use) -> bool:
    """Return whether a slash stands in a value, addresses apart."""
    return "/" in _ADDRESS.sub("", use.value)
