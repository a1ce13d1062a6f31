"""Reads declarations of CSS: which property, what value, which units and functions in it."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from newsletter.render.checking.clients.naming import (
    function_feature,
    keyword_feature,
    picture_feature,
    property_feature,
    unit_feature,
)
from newsletter.render.figures import readable

_SYSTEM_FONTS = ("system-ui", "ui-serif", "ui-sans-serif", "ui-rounded", "ui-monospace")
_PLAIN = re.compile(r"[\w\s:;.,#%+!-]*")
_DEEPEST = 8  # brackets in brackets; what somebody wrote has three


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """A property with its value, in lower case and with single spaces, as CSS would read them.

    `features` are the slugs that it uses, each with the piece of the value that does; that of the
    property itself comes first, if it `has_page`.
    """

    name: str
    value: str
    is_important: bool
    is_spaced: bool
    has_page: bool
    features: tuple[tuple[str, str], ...]


class Declarations:
    """Reads style attributes, each value of a property only once for all of a mail."""

    def __init__(self, known: Collection[str]) -> None:
        self._known = known
        self._by_style: dict[str, tuple[Declaration, ...]] = {}
        self._by_pair: dict[str, tuple[Declaration, ...]] = {}

    def of(self, style: str) -> tuple[Declaration, ...]:
        """Return what a style attribute declares; what CSS passes over is left out."""
        if style not in self._by_style:
            # Most styles hold nothing in which a semicolon would not part two declarations.
            pairs = style.split(";") if _PLAIN.fullmatch(style) else [style]
            self._by_style[style] = tuple(one for pair in pairs for one in self._pair(pair))
        return self._by_style[style]

    def _pair(self, css: str) -> tuple[Declaration, ...]:
        if css not in self._by_pair:
            import tinycss2

            nodes = tinycss2.parse_blocks_contents(readable(css), True, True)
            self._by_pair[css] = tuple(read(nodes, self._known))
        return self._by_pair[css]


def read(nodes: Iterable[Any], known: Collection[str]) -> Iterator[Declaration]:
    """Yield the declarations among *nodes*, as tinycss2 has parsed them."""
    for node in nodes:
        if node.type != "declaration":
            continue
        value = _text(node.value)
        last = node.value[-1] if node.value else None
        yield Declaration(
            name=node.lower_name,
            value=value,
            is_important=node.important,
            is_spaced=last is not None and last.type == "whitespace",
            has_page=bool(property_feature(node.lower_name, value, known)),
            features=tuple(dict.fromkeys(_features(node.lower_name, value, node.value, known))),
        )


def _features(
    name: str, value: str, tokens: list[Any], known: Collection[str]
) -> Iterator[tuple[str, str]]:
    of_property = property_feature(name, value, known)
    if of_property:
        yield of_property, value
    if name in ("font", "font-family") and any(font in value for font in _SYSTEM_FONTS):
        yield "css-sytem-ui", value
    for token in _flat(tokens):
        slug, piece = _feature(token, known)
        if slug:
            yield slug, piece


def _feature(token: Any, known: Collection[str]) -> tuple[str, str]:
    match token.type:
        case "dimension":
            return unit_feature(token.lower_unit, known), f"{token.representation}{token.unit}"
        case "percentage":
            return unit_feature("%", known), f"{token.representation}%"
        case "function":
            slug = function_feature(token.lower_name, known)
            return slug, _text([token]) if slug else ""
        case "ident":
            return keyword_feature(token.lower_value), token.lower_value
        case "url":
            return picture_at(token.value, known), token.value
    return "", ""


def picture_at(url: str, known: Collection[str]) -> str:
    """Return the slug of the format that a picture's address tells, "" if it tells none."""
    if url.startswith("data:"):
        return "image-base64" if ";base64" in url[:100] else ""
    path = url.partition("?")[0].partition("#")[0]
    stem, dot, extension = path.rpartition("/")[2].rpartition(".")
    return picture_feature(extension.lower(), known) if stem and dot else ""


def _flat(tokens: Iterable[Any]) -> Iterator[Any]:
    """Yield tokens and what stands in their brackets."""
    waiting = [iter(tokens)]
    while waiting:
        for token in waiting[-1]:
            yield token
            inner = token.arguments if token.type == "function" else None
            if token.type in ("() block", "[] block", "{} block"):
                inner = token.content
            if inner and len(waiting) < _DEEPEST:
                waiting.append(iter(inner))
                break
        else:
            waiting.pop()


def _text(tokens: list[Any]) -> str:
    import tinycss2

    try:
        return " ".join(tinycss2.serialize(tokens).lower().split())
    except RecursionError:  # of hundreds of brackets in brackets: no program would draw it
        return ""
