"""Reads a style sheet: its rules, their selectors and declarations, and what may be passed over."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from newsletter.render.checking.clients.declarations import Declaration, read
from newsletter.render.checking.clients.naming import media_feature
from newsletter.render.checking.clients.progressive import (
    PROGRESSIVE,
    falls_back,
    is_for_one_program,
    is_harmless_value,
)
from newsletter.render.checking.clients.selectors import Elements, Selector, selectors
from newsletter.render.checking.clients.uses import Fact, Use
from newsletter.render.figures import readable

_CONDITIONS = frozenset({"media", "supports", "layer", "container"})
_AT_RULES = {
    "font-face": "css-at-font-face",
    "import": "css-at-import",
    "keyframes": "css-at-keyframes",
    "supports": "css-at-supports",
}
_MEDIA_NAME = re.compile(r"[(<>=]\s*([a-z-]+)")
_SHOUTED = re.compile(r"!\s*(?!important)(?i:important)")
_SHEET: frozenset[Fact] = frozenset({"sheet"})
_OF_IMPORTANCE: frozenset[Fact] = frozenset(
    {"inline", "sheet", "not lower case", "hidden from Outlook"}
)
_SHOUTING: frozenset[Fact] = frozenset({"not lower case"})


def sheet_uses(
    css: str, elements: Elements, around: frozenset[Fact], known: Collection[str]
) -> Iterator[Use]:
    """Yield what a style sheet uses; where *css* is no CSS, nothing. *around* holds everywhere.

    A rule is guarded if it stands under a condition, if it fits no element of the mail (then it is
    meant for what one client adds), or if all that it declares may be missing without harm. For
    each rule there is a use of `<style>`, as guarded as the rule.
    """
    import tinycss2

    facts = around | _SHEET | (_SHOUTING if shouts(css) else frozenset())
    waiting = [(tinycss2.parse_stylesheet(readable(css), skip_whitespace=True), False, False)]
    while waiting:
        rules, is_guarded, in_media = waiting.pop()
        for rule in rules:
            match rule.type:
                case "comment":
                    yield Use(feature="css-comments", facts=facts, is_guarded=is_guarded)
                case "qualified-rule":
                    yield from _rule_uses(rule, elements, known, facts, is_guarded=is_guarded)
                case "at-rule":
                    yield from _at_rule_uses(rule, is_guarded=is_guarded, in_media=in_media)
                    if rule.lower_at_keyword in _CONDITIONS and rule.content:
                        inner = tinycss2.parse_rule_list(rule.content, skip_whitespace=True)
                        is_media = rule.lower_at_keyword == "media"
                        waiting.append((inner, True, in_media or is_media))


def declared_uses(
    declared: Iterable[Declaration], tag: str, facts: frozenset[Fact], *, is_guarded: bool
) -> Iterator[Use]:
    """Yield what declarations that come down to a *tag* use.

    Units and functions in the value of what may be missing may be missing with it.
    """
    for one in declared:
        is_harmless = _is_harmless(one)
        if one.is_important:
            spaced: frozenset[Fact] = frozenset({"spaced"} if one.is_spaced else ())
            yield Use(
                feature="css-important",
                name=one.name,
                facts=facts & _OF_IMPORTANCE | spaced,
                is_guarded=is_guarded or is_harmless,
            )
        for slug, piece in one.features:
            has_other_font = slug == "css-sytem-ui" and falls_back(piece)
            yield Use(
                feature=slug,
                tag=tag,
                name=one.name,
                value=piece,
                facts=facts,
                is_guarded=is_guarded or is_harmless or has_other_font,
            )


def shouts(css: str) -> bool:
    """Return whether `!important` is written otherwise than in lower case."""
    return _SHOUTED.search(css) is not None


def _rule_uses(
    rule: Any,
    elements: Elements,
    known: Collection[str],
    facts: frozenset[Fact],
    *,
    is_guarded: bool,
) -> Iterator[Use]:
    import tinycss2

    nodes = tinycss2.parse_blocks_contents(rule.content, True, True)
    declared = tuple(read(nodes, known))
    fitted = tuple(selectors(rule.prelude, elements, known))
    tags = sorted(set().union(*(one.tags for one in fitted)))
    is_nesting = any(node.type in ("qualified-rule", "at-rule") for node in nodes)
    if is_nesting:
        yield Use(feature="css-nesting", is_guarded=is_guarded or not tags)
    is_guarded = is_guarded or (not is_nesting and all(map(_is_harmless, declared)))
    yield from _selector_uses(fitted, is_guarded=is_guarded)
    is_guarded = is_guarded or not tags
    yield Use(feature="html-style", is_guarded=is_guarded)
    if any(one.name.startswith("background") for one in declared):
        facts |= {"has a background"}
    for tag in tags or [""]:
        yield from declared_uses(declared, tag, facts, is_guarded=is_guarded)


def _selector_uses(fitted: Iterable[Selector], *, is_guarded: bool) -> Iterator[Use]:
    for selector in fitted:
        for part in selector.parts:
            yield Use(
                feature=part.feature,
                value=part.value if part.feature == "css-selector-attribute" else "",
                facts=part.facts,
                is_guarded=is_guarded or not selector.tags,
            )


def _at_rule_uses(rule: Any, *, is_guarded: bool, in_media: bool) -> Iterator[Use]:
    import tinycss2

    keyword = rule.lower_at_keyword
    if keyword in _AT_RULES:
        yield Use(feature=_AT_RULES[keyword], is_guarded=is_guarded)
        is_finery = _AT_RULES[keyword] in PROGRESSIVE
        yield Use(feature="html-style", is_guarded=is_guarded or is_finery)
    if keyword == "media":
        query = " ".join(tinycss2.serialize(rule.prelude[:50]).lower().split())
        facts: frozenset[Fact] = frozenset({"nested"} if in_media else ())
        names = _MEDIA_NAME.findall(query)
        for feature in {media_feature(name) for name in names} or {"css-at-media"}:
            yield Use(feature=feature, value=query, facts=facts, is_guarded=is_guarded)


def _is_harmless(declaration: Declaration) -> bool:
    if is_for_one_program(declaration.name):
        return True
    if is_harmless_value(declaration.name, declaration.value):
        return True
    slug = declaration.features[0][0] if declaration.features else ""
    return declaration.has_page and slug in PROGRESSIVE
