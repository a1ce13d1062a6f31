"""Reads the style sheets of an HTML file: rules with the screens they are for, and their faults."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import comb
from typing import Any

import cssselect2
import tinycss2

from newsletter.render.checking.document import Document, Element
from newsletter.render.figures import readable

# Of the others nothing is computed.
_WANTED = frozenset(
    "color background background-color font font-size font-weight display visibility opacity"
    " max-height overflow".split()
)
_DEEPEST = 32  # brackets in brackets; the parser and writer of CSS are recursive
_LONGEST = 48  # combinators in a selector; their reader is recursive too
_COMBINED = re.compile(r"[^\s>+~]+")
_NEXT = re.compile(r"\s*[>+]\s*")
_MOST_WAYS = 2_000_000  # in which the parts of a selector may lie along the elements around one
_OUTLOOK = re.compile(r"\[\s*data-ogs[cb]\s*\]\s*", re.IGNORECASE)
_FEATURE = re.compile(r"\(\s*([\w-]+)\s*(?::\s*([^()]*?)\s*)?\)")
_LENGTH = re.compile(r"(-?[\d.]+)\s*(px|em|rem)?")
_EM_PX = 16.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """One declaration: a property's value in lower case."""

    name: str
    value: str
    important: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Styled:
    """What one rule declares, for which screens (media queries around it), in which line.

    `for_outlook` marks a rule for what Outlook has recoloured in the dark (`[data-ogsc]`,
    `[data-ogsb]`): `selector` is then what stands behind that mark.
    """

    selector: str
    declared: tuple[Declared, ...]
    media: tuple[str, ...]
    line: int
    for_outlook: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AtRule:
    """A rule that begins with @, what follows it, and in how many others of its kind it stands."""

    name: str
    prelude: str
    line: int
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What a style sheet's reader stumbles over, and where."""

    said: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All style sheets of a file together; `matched` are the rules that bear on an element.

    With each rule goes its specificity (Selectors 4, 16), and the order in which they stand.
    """

    rules: tuple[Styled, ...]
    at_rules: tuple[AtRule, ...]
    faults: tuple[Fault, ...]
    matched: Mapping[Element, tuple[tuple[tuple[int, ...], int, Styled], ...]]


def sheet_of(document: Document) -> Sheet:
    """Return the style sheets of *document*; what no program could read is left out and told."""
    rules: list[Styled] = []
    at_rules: list[AtRule] = []
    faults: list[Fault] = []
    for style in document.all("style"):
        css, first = readable(style.text or ""), style.sourceline or 1
        if _depth(css) > _DEEPEST:
            faults.append(Fault(said="brackets in brackets in brackets", line=first))
            continue
        nodes = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
        for found in _walk(nodes, (), 0, first - 1):
            match found:
                case Styled():
                    rules.append(found)
                case AtRule():
                    at_rules.append(found)
                case Fault():
                    faults.append(found)
    matched, unread = _matched(document, rules)
    return Sheet(
        rules=tuple(rules), at_rules=tuple(at_rules), faults=(*faults, *unread), matched=matched
    )


@lru_cache(maxsize=4_000)
def declarations(css: str) -> tuple[Declared, ...]:
    """Return what a style attribute or a rule's body declares of the properties that we compute."""
    if _depth(css) > _DEEPEST:
        return ()
    return tuple(
        Declared(name=one.lower_name, value=_text(one.value), important=one.important)
        for one in tinycss2.parse_blocks_contents(
            readable(css), skip_comments=True, skip_whitespace=True
        )
        if one.type == "declaration" and one.lower_name in _WANTED
    )


def applies(query: str, *, dark: bool, width: int) -> bool:
    """Tell whether a media query speaks of a screen *width* px wide, in the dark or not.

    What it asks beyond widths and colour scheme counts as not so (Media Queries 4).
    """
    return any(_one_applies(part, dark=dark, width=width) for part in query.split(","))


def _one_applies(part: str, *, dark: bool, width: int) -> bool:
    features = _FEATURE.findall(part)
    left = _FEATURE.sub(" ", part).split()
    negated = bool(left) and left[0] == "not"
    types = [word for word in left if word not in {"not", "only", "and"}]
    met = all(word in {"screen", "all"} for word in types) and all(
        _met(name, value, dark=dark, width=width) for name, value in features
    )
    return met != negated


def _met(name: str, value: str, *, dark: bool, width: int) -> bool:
    if name == "prefers-color-scheme":
        return value == ("dark" if dark else "light")
    length = _LENGTH.fullmatch(value)
    if length is None or not length[1].strip(".-"):
        return False
    try:
        px = float(length[1]) * (1.0 if length[2] == "px" else _EM_PX)
    except ValueError:
        return False
    match name:
        case "max-width" | "max-device-width":
            return width <= px
        case "min-width" | "min-device-width":
            return width >= px
        case _:
            return False


def _walk(
    nodes: Iterable[Any], media: tuple[str, ...], depth: int, lines_before: int
) -> Iterator[Styled | AtRule | Fault]:
    for node in nodes:
        line = lines_before + node.source_line
        match node.type:
            case "qualified-rule":
                yield _styled(node, media, line)
            case "at-rule":
                yield AtRule(
                    name=node.lower_at_keyword, prelude=_text(node.prelude), line=line, depth=depth
                )
                if node.content is not None and node.lower_at_keyword in {"media", "supports"}:
                    inner = tinycss2.parse_rule_list(
                        node.content, skip_comments=True, skip_whitespace=True
                    )
                    yield from _walk(inner, (*media, _text(node.prelude)), depth + 1, lines_before)
            case "error":
                yield Fault(said=node.message, line=line)


def _styled(node: Any, media: tuple[str, ...], line: int) -> Styled:
    selector = tinycss2.serialize(node.prelude).strip()
    return Styled(
        selector=_OUTLOOK.sub("", selector),
        declared=declarations(tinycss2.serialize(node.content)),
        media=media,
        line=line,
        for_outlook=bool(_OUTLOOK.search(selector)),
    )


def _matched(
    document: Document, rules: Iterable[Styled]
) -> tuple[Mapping[Element, tuple[tuple[tuple[int, ...], int, Styled], ...]], list[Fault]]:
    matcher, faults = cssselect2.Matcher(), []
    deepest = _deepest(document)
    for rule in rules:
        if not rule.declared:
            continue
        if _longest(rule.selector) > _LONGEST or _ways(rule.selector, deepest) > _MOST_WAYS:
            faults.append(Fault(said="a selector of too many parts", line=rule.line))
            continue
        try:
            for selector in cssselect2.compile_selector_list(rule.selector):
                matcher.add_selector(selector, rule)
        except cssselect2.SelectorError as error:
            faults.append(Fault(said=f"{rule.selector[:60]}: {error}", line=rule.line))
    matched = {}
    for wrapper in cssselect2.ElementWrapper.from_html_root(document.root).iter_subtree():
        found = [
            (specificity, order, rule)
            for specificity, order, pseudo, rule in matcher.match(wrapper)
            if pseudo is None
        ]
        if found:
            matched[wrapper.etree_element] = tuple(found)
    return matched, faults


def _text(values: Any) -> str:
    return str(tinycss2.serialize(values)).strip().lower()


def _longest(selector: str) -> int:
    return max(len(_COMBINED.findall(part)) for part in selector.split(","))


def _ways(selector: str, deepest: int) -> int:
    """Return in how many ways a selector may have to be tried on one element, at worst."""
    parts = (_NEXT.sub(">", part).split() for part in selector.split(","))
    return max(comb(deepest, min(len(part) - 1, deepest // 2)) if part else 0 for part in parts)


def _deepest(document: Document) -> int:
    depth: dict[Element | None, int] = {None: 0}
    for one in document.elements:
        depth[one] = depth.get(one.getparent(), 0) + 1
    return max(depth.values())


def _depth(css: str) -> int:
    deepest = depth = 0
    for mark in css:
        if mark in "([{":
            depth += 1
            deepest = max(deepest, depth)
        elif mark in ")]}":
            depth = max(0, depth - 1)
    return deepest
