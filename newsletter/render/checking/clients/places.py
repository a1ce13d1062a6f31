"""Looks at where an element stands, as far as notes on mail clients depend on it."""

from collections.abc import Iterable, Iterator
from typing import Any

from newsletter.render.checking.clients.declarations import Declaration, Declarations
from newsletter.render.checking.clients.uses import Fact

_CENTRING = ("center", "middle")


class Places:
    """Looks round the elements of a mail, at each row of a table only once."""

    def __init__(self, styles: Declarations) -> None:
        self._styles = styles
        self._uneven: dict[Any, bool] = {}

    def facts(self, element: Any, declared: Iterable[Declaration]) -> Iterator[Fact]:
        """Yield what holds where an lxml *element* stands that is styled by what is *declared*."""
        names = {one.name: one.value for one in declared}
        if any(name.startswith("background") for name in names):
            yield "has a background"
        if element.get("width", "").strip().removesuffix("px").isdecimal():
            yield "sized"
        is_automatic = any("auto" in names[name] for name in names if name.startswith("margin"))
        if is_automatic and _is_centred(element):
            yield "centred"
        if names.get("display") == "none" and element.find(".//table") is not None:
            yield "holds a table"
        if element.tag == "img" and _is_alone(element):
            yield "alone"
        is_padded = any(name.startswith("padding") for name in names)
        if is_padded and element.tag in ("td", "th") and self._is_uneven(element.getparent()):
            yield "row differs"

    def _is_uneven(self, row: Any) -> bool:
        """Return whether the cells of a row differ in their padding above or below."""
        if row is None:
            return False
        if row not in self._uneven:
            styles = {cell.get("style", "") for cell in row.iterchildren("td", "th")}
            paddings = {_above_and_below(self._styles.of(style)) for style in styles}
            self._uneven[row] = len(paddings) > 1
        return self._uneven[row]


def _is_centred(element: Any) -> bool:
    parent = element.getparent()
    within = "" if parent is None else parent.get("align", "")
    return within.lower() in _CENTRING or element.get("align", "").lower() in _CENTRING


def _is_alone(image: Any) -> bool:
    """Return whether an image has its block to itself, or a link that has."""
    element = image
    while (parent := element.getparent()) is not None:
        is_only = len(parent) == 1 and not (parent.text or "").strip()
        if not is_only or (element.tail or "").strip():
            return False
        if parent.tag not in ("a", "span", "b", "strong", "em", "i"):
            return True
        element = parent
    return False


def _above_and_below(declared: tuple[Declaration, ...]) -> tuple[str, str]:
    """Return a cell's padding above and below, in the words of its style; units of 0 left out."""
    above = below = "0"
    for one in declared:
        match one.name:
            case "padding":
                sides = one.value.split()
                above = sides[0] if sides else "0"
                below = sides[2] if len(sides) > 2 else above
            case "padding-top":
                above = one.value
            case "padding-bottom":
                below = one.value
    return _bare(above), _bare(below)


def _bare(length: str) -> str:
    return "0" if length.rstrip("pxemrt%") in ("0", "0.0", ".0") else length
