"""Finds which features an HTML mail uses: elements, attributes, links, pictures and styles."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from newsletter.render.checking.clients.declarations import Declarations, picture_at
from newsletter.render.checking.clients.naming import attribute_feature, element_feature
from newsletter.render.checking.clients.places import Places
from newsletter.render.checking.clients.sheets import declared_uses, sheet_uses, shouts
from newsletter.render.checking.clients.surroundings import (
    Surroundings,
    has_exact_lines,
    hides_from_outlook,
    is_conditional,
    surroundings,
)
from newsletter.render.checking.clients.uses import Fact, Use

_DOCTYPE = re.compile(r"\s*<!doctype\s+html\s*>", re.IGNORECASE)
_INLINE: frozenset[Fact] = frozenset({"inline"})
_EXACT: frozenset[Fact] = frozenset({"exact lines"})
_SHOUTING: frozenset[Fact] = frozenset({"not lower case"})
_SHOWN_CHARACTERS = 40  # of an attribute's value: no note is about more


def features(html: str, known: Collection[str]) -> frozenset[Use]:
    """Return all the ways in which a mail uses the features *known*, by their caniemail slugs.

    What stands in conditional comments for classic Outlook is not counted: no other client reads
    it, and there it does what it is written for. Broken HTML and CSS are read as browsers do.
    """
    return frozenset(use for use in _uses(html, known) if use.feature in known)


def _uses(html: str, known: Collection[str]) -> Iterator[Use]:
    root = _parsed(html)
    if root is None:
        return
    if _DOCTYPE.match(html):
        yield Use(feature="html-doctype")
    around = surroundings(root)
    styled = _Styled(known)
    facts = around.facts
    for node in root.iter():
        if isinstance(node.tag, str):
            yield from _element_uses(node, around, facts, known)
            if node.get("style"):
                yield from styled.uses(node, facts)
            continue
        if (is_hidden := hides_from_outlook(node.text or "")) is not None:
            facts = around.facts | {"hidden from Outlook"} if is_hidden else around.facts
        if not is_conditional(node.text or ""):
            yield Use(feature="html-comments")
    for sheet in around.sheets:
        size = str(len(sheet.css.encode()))
        yield Use(feature="html-style", value=size, is_guarded=True)
        in_body: frozenset[Fact] = frozenset({"in body"} if sheet.is_in_body else ())
        for use in sheet_uses(sheet.css, around.elements, around.facts, known):
            is_sheet = use.feature == "html-style"
            yield replace(use, value=size, facts=in_body) if is_sheet else use


def _element_uses(
    element: Any, around: Surroundings, facts: frozenset[Fact], known: Collection[str]
) -> Iterator[Use]:
    tag = element.tag
    if tag == "meta":
        if element.get("name", "").lower() == "color-scheme":
            yield Use(feature="html-meta-color-scheme")
        return
    if tag == "style" or (tag == "link" and "stylesheet" not in element.get("rel", "").lower()):
        return
    kind = element.get("type", "").lower()
    yield Use(feature=element_feature(tag, kind, known), tag=tag, facts=facts)
    for name, value in element.attrib.items():
        if name in ("href", "src", "background"):
            yield from _address_uses(tag, name, value.strip(), around, facts, known)
        yield Use(
            feature=attribute_feature(name, known),
            tag=tag,
            name=name,
            value=value.strip().lower()[:_SHOWN_CHARACTERS],
            facts=facts,
        )
        if tag in ("ol", "li") and name in ("reversed", "value"):
            yield Use(feature="html-lists", tag=tag, name=name, facts=facts)


def _address_uses(
    tag: str,
    name: str,
    url: str,
    around: Surroundings,
    facts: frozenset[Fact],
    known: Collection[str],
) -> Iterator[Use]:
    if name == "href" and tag in ("a", "area"):
        if url.startswith("#") and len(url) > 1:
            if url[1:] in around.anchors:
                facts |= {"by name"}
            yield Use(feature="html-anchor-links", tag=tag, facts=facts)
        elif url.lower().startswith("mailto:"):
            headers = url.lower().partition("?")[2].split("&")
            named = " ".join(sorted({header.partition("=")[0] for header in headers}))
            yield Use(feature="html-mailto-links", tag=tag, value=named, facts=facts)
    elif name == "background" or tag in ("img", "input"):
        media_type = url[5:100].partition(";")[0].lower() if url.startswith("data:") else ""
        yield Use(feature=picture_at(url, known), tag=tag, value=media_type, facts=facts)


class _Styled:
    """Finds what style attributes use, only once for elements that are alike."""

    def __init__(self, known: Collection[str]) -> None:
        self._styles = Declarations(known)
        self._places = Places(self._styles)
        self._seen: set[tuple[str, str, frozenset[Fact]]] = set()

    def uses(self, element: Any, around: frozenset[Fact]) -> Iterator[Use]:
        """Yield what an element's style uses that was not yielded before."""
        style = element.get("style")
        declared = self._styles.of(style)
        facts = around | _INLINE | frozenset(self._places.facts(element, declared))
        if has_exact_lines(style):
            facts |= _EXACT
        if shouts(style):
            facts |= _SHOUTING
        if (element.tag, style, facts) in self._seen:
            return
        self._seen.add((element.tag, style, facts))
        # How a hidden element would look matters where hiding fails, and that is counted by itself.
        is_hidden = any(one.name == "display" and one.value == "none" for one in declared)
        for use in declared_uses(declared, element.tag, facts, is_guarded=False):
            is_hiding = use.feature == "css-display-none"
            yield replace(use, is_guarded=True) if is_hidden and not is_hiding else use


def _parsed(html: str) -> Any:
    """Return the root of a document, None where there is not one element in it."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    data = html.replace("\x00", "").encode("utf-8", "replace")
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None
