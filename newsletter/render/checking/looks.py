"""Computes how text looks: its colour, ground and size, inherited and cascaded as CSS has it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from newsletter.render.checking.colours import BLACK, WHITE, Colour, colour, contrast, over
from newsletter.render.checking.document import HEADINGS, Document, Element
from newsletter.render.checking.sheet import Declared, Sheet, Styled, applies, declarations

_EM_PX = 16.0
_HEADING_EM = dict(zip(HEADINGS, (2.0, 1.5, 1.17, 1.0, 0.83, 0.67), strict=True))
_KEYWORD_PX = {
    "xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0,
    "x-large": 24.0, "xx-large": 32.0, "xxx-large": 48.0,
}  # fmt: skip
_FONT_SIZES_PX = (10.0, 10.0, 13.0, 16.0, 18.0, 24.0, 32.0, 48.0)  # of <font size="0"> to "7"
_LENGTH = re.compile(r"(-?\d*\.?\d+)(px|pt|em|rem|%|pc|in|cm|mm)?")
_UNIT_PX = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}
_COLOUR_IN = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab|lab|lch|hwb|color)\([^()]*\)|[a-z]+"
)
_BOLD = frozenset({"b", "strong", "th", *HEADINGS})
_LINK = (0.0, 0.0, 238 / 255)
_DARK_LINK = (158 / 255, 158 / 255, 1.0)
_DARK_GROUND = (18 / 255, 18 / 255, 18 / 255)  # what browsers lay below a page that knows the dark
_NO_HEIGHT = frozenset({"0", "0px"})


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How a reader looks at a mail: the width of the window in px, light or dark."""

    width: int
    dark: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How text in an element looks: `size` in px, `opacity` that of the element and all around.

    `on_picture` is text whose ground is a picture: its contrast cannot be told.
    """

    ink: Colour
    ground: Colour
    size: float
    bold: bool = False
    hidden: bool = False
    on_picture: bool = False
    opacity: float = 1.0

    @property
    def contrast(self) -> float:
        """Return the contrast of the text with its ground, 1.0 to 21.0."""
        return contrast(over(self.ink, self.opacity, self.ground), self.ground)

    @property
    def is_large(self) -> bool:
        """Tell whether the text is large in the sense of WCAG 2.2: 24 px, or 18.66 px and bold."""
        return self.size >= 24 or (self.bold and self.size >= 18.66)


def looks(document: Document, sheet: Sheet, view: View) -> Mapping[Element, Look]:
    """Return how text in each element looks in *view*."""
    active = {
        id(rule)
        for rule in sheet.rules
        if not rule.for_outlook
        and all(applies(query, dark=view.dark, width=view.width) for query in rule.media)
    }
    knows_dark = _knows_dark(document)
    root = Look(ink=BLACK, ground=WHITE, size=_EM_PX)
    if view.dark and knows_dark:
        root = Look(ink=WHITE, ground=_DARK_GROUND, size=_EM_PX)
    link = _DARK_LINK if view.dark and knows_dark else _LINK
    found: dict[Element, Look] = {}
    known: dict[tuple[object, ...], Look] = {}
    for element in document.elements:
        parent = element.getparent()
        above = root if parent is None else found.get(parent, root)
        rules = [one for one in sheet.matched.get(element, ()) if id(one[2]) in active]
        key = (above, element.tag, *_own(element), *(one[1] for one in rules))
        if key not in known:
            known[key] = _look(element, above, _cascaded(element, rules), link)
        found[element] = known[key]
    return found


def _knows_dark(document: Document) -> bool:
    return any(
        "dark" in (meta.get("content") or "").lower()
        for meta in document.all("meta")
        if (meta.get("name") or "").lower() == "color-scheme"
    )


def _own(element: Element) -> tuple[str | None, ...]:
    names = ("style", "bgcolor", "background", "color", "text", "hidden", "href", "size")
    return tuple(element.get(name) for name in names)


def _cascaded(element: Element, rules: list[tuple[tuple[int, ...], int, Styled]]) -> dict[str, str]:
    """Return the values that win (CSS Cascade 4): the sheet's by rank, then the element's own.

    Important ones win over all others, the sheet's over those of the element.
    """
    ranked: list[Declared] = []
    for _, _, rule in sorted(rules, key=lambda one: one[:2]):
        ranked += rule.declared
    own = declarations(element.get("style") or "")
    in_order = [
        *(one for one in ranked if not one.important),
        *(one for one in own if not one.important),
        *(one for one in ranked if one.important),
        *(one for one in own if one.important),
    ]
    values: dict[str, str] = {}
    for one in in_order:
        # Of `background` and `background-color`, what is said last is painted.
        if one.name in {"background", "background-color"}:
            values.pop("background", None)
            values.pop("background-color", None)
        values[one.name] = one.value
    return values


def _look(element: Element, above: Look, values: Mapping[str, str], link: Colour) -> Look:
    look = replace(above, bold=_bold(element, above, values))
    look = _grounded(element, look, values)
    ink, opacity = _ink(element, look, values, link)
    return replace(
        look,
        ink=over(ink, opacity, look.ground),
        size=_size(element, above.size, values),
        hidden=above.hidden or _hidden(element, values),
        opacity=above.opacity * _number(values.get("opacity", "1"), 1.0),
    )


def _grounded(element: Element, look: Look, values: Mapping[str, str]) -> Look:
    said = values.get("background-color") or values.get("background") or element.get("bgcolor")
    if element.get("background") or "url(" in (said or "") or "gradient(" in (said or ""):
        return replace(look, on_picture=True)
    for text in _COLOUR_IN.findall((said or "").lower()):
        found = colour(text)
        if found:
            ground = over(found[0], found[1], look.ground)
            return replace(look, ground=ground, on_picture=look.on_picture and found[1] < 1)
    return look


def _ink(
    element: Element, look: Look, values: Mapping[str, str], link: Colour
) -> tuple[Colour, float]:
    said = values.get("color")
    if said is None and element.tag == "font":
        said = element.get("color")
    if said is None and element.tag == "body":
        said = element.get("text")
    found = colour(said) if said else None
    if found:
        return found
    if said is None and element.tag == "a" and element.get("href") is not None:
        return link, 1.0
    return look.ink, 1.0


def _bold(element: Element, above: Look, values: Mapping[str, str]) -> bool:
    weight = values.get("font-weight") or next(
        (word for word in values.get("font", "").split() if word == "bold"), ""
    )
    if weight in {"bold", "bolder"}:
        return True
    if weight in {"normal", "lighter"}:
        return False
    if weight.isdecimal():
        return int(weight[:4]) >= 600
    return above.bold or element.tag in _BOLD


def _size(element: Element, above: float, values: Mapping[str, str]) -> float:
    said = values.get("font-size", "")
    if not said and "font" in values:
        parts = values["font"].replace("/", " ").split()
        said = next((part for part in parts if part[0].isdecimal() or part in _KEYWORD_PX), "")
    if said in _KEYWORD_PX:
        return _KEYWORD_PX[said]
    if said in {"smaller", "larger"}:
        return above / 1.2 if said == "smaller" else above * 1.2
    length = _LENGTH.fullmatch(said)
    if length:
        number, unit = _number(length[1], 0.0), length[2] or "px"
        if unit == "rem":
            return number * _EM_PX
        return number * {"em": above, "%": above / 100}.get(unit, _UNIT_PX.get(unit, 1.0))
    if element.tag == "small":
        return above / 1.2
    if element.tag == "font" and (element.get("size") or "").isdecimal():
        return _FONT_SIZES_PX[min(7, int((element.get("size") or "3")[:2]))]
    return above * _HEADING_EM.get(str(element.tag), 1.0)


def _hidden(element: Element, values: Mapping[str, str]) -> bool:
    return (
        values.get("display") == "none"
        or values.get("visibility") in {"hidden", "collapse"}
        or element.get("hidden") is not None
        or (values.get("max-height") in _NO_HEIGHT and values.get("overflow") == "hidden")
        or _number(values.get("opacity", "1"), 1.0) == 0
    )


def _number(text: str, otherwise: float) -> float:
    try:
        return min(1e6, max(-1e6, float(text)))
    except ValueError:
        return otherwise
