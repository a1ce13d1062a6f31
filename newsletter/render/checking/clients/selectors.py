"""Reads selectors of CSS: which kinds there are in one, and which elements it may come down to."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from newsletter.render.checking.clients.naming import pseudo_feature
from newsletter.render.checking.clients.uses import Fact

_COMBINATORS = {
    " ": "css-selector-descendant",
    ">": "css-selector-child",
    "+": "css-selector-adjacent-sibling",
    "~": "css-selector-general-sibling",
}
_NO_FACTS: frozenset[Fact] = frozenset()
_WITH_CLASS: frozenset[Fact] = frozenset({"with class"})


@dataclass(frozen=True, slots=True)
class Elements:
    """The tags of a mail's elements, by the classes, ids and attributes that they have."""

    tags: set[str] = field(default_factory=set)
    by_class: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    by_id: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    by_attribute: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, tag: str, attributes: Iterable[tuple[str, str]]) -> None:
        """Note an element."""
        self.tags.add(tag)
        for name, value in attributes:
            self.by_attribute[name].add(tag)
            if name == "class":
                for one in value.split():
                    self.by_class[one].add(tag)
            elif name == "id":
                self.by_id[value.strip()].add(tag)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One kind of selector in a selector: its slug, what it says, what stands beside it."""

    feature: str
    value: str = ""
    facts: frozenset[Fact] = _NO_FACTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """A selector's parts, and the tags that it may come down to: none if it fits no element."""

    parts: tuple[Part, ...]
    tags: frozenset[str]


def selectors(prelude: list[Any], elements: Elements, known: Collection[str]) -> Iterator[Selector]:
    """Yield the selectors of a rule's prelude, as tinycss2 has parsed it, one after the other."""
    groups = list(_groups(prelude))
    grouping = [Part(feature="css-selector-grouping")] if len(groups) > 1 else []
    for group in groups:
        parts = list(grouping)
        tags: set[str] = set()
        fits = True
        for combinator, compound in _compounds(group):
            if combinator:
                parts.append(Part(feature=_COMBINATORS[combinator]))
            parts.extend(_parts(compound, known))
            tags = _fitting(compound, elements)
            fits = fits and bool(tags)
        yield Selector(parts=tuple(parts), tags=frozenset(tags if fits else ()))


def _groups(prelude: list[Any]) -> Iterator[list[Any]]:
    group: list[Any] = []
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            yield group
            group = []
        elif token.type != "comment":
            group.append(token)
    yield group


def _compounds(group: list[Any]) -> Iterator[tuple[str, list[Any]]]:
    """Yield what stands between combinators, each with the combinator before it."""
    combinator, compound = "", list[Any]()
    seen = ""  # the combinator read since the last compound
    for token in group:
        if token.type == "whitespace":
            seen = seen or " "
        elif token.type == "literal" and token.value in (">", "+", "~"):
            seen = token.value
        else:
            if seen and compound:
                yield combinator, compound
                combinator, compound = seen, []
            seen = ""
            compound.append(token)
    if compound:
        yield combinator, compound


def _parts(compound: list[Any], known: Collection[str]) -> Iterator[Part]:
    before = ""  # a full stop or colons, which say what the next name is
    classes = 0
    facts = _WITH_CLASS if any(_is_class_or_id(token) for token in compound) else _NO_FACTS
    for token in compound:
        match token.type:
            case "literal" if token.value in (".", ":"):
                before += token.value
                continue
            case "literal" if token.value == "*":
                yield Part(feature="css-selector-universal")
            case "ident" if before == ".":
                classes += 1
                yield Part(feature="css-selector-class", value=token.value)
            case "ident" if before:
                yield _pseudo(token.lower_value, known, facts)
            case "function" if before:
                yield _pseudo(token.lower_name, known, facts)
            case "ident":
                yield Part(feature="css-selector-type", value=token.lower_value)
            case "hash":
                yield Part(feature="css-selector-id", value=token.value)
            case "[] block":
                yield Part(feature="css-selector-attribute", value=_attribute(token), facts=facts)
        before = ""
    if classes > 1:
        yield Part(feature="css-selector-chaining")


def _pseudo(name: str, known: Collection[str], facts: frozenset[Fact]) -> Part:
    return Part(feature=pseudo_feature(name, known), value=name, facts=facts)


def _is_class_or_id(token: Any) -> bool:
    return bool(token.type == "hash" or (token.type == "literal" and token.value == "."))


def _attribute(block: Any) -> str:
    """Return an attribute selector's name and operator, such as `class~=`."""
    name = next((token.lower_value for token in block.content if token.type == "ident"), "")
    signs = "".join(token.value for token in block.content if token.type == "literal")
    return name + signs


def _fitting(compound: list[Any], elements: Elements) -> set[str]:
    """Return the tags that a compound selector may mean, none if nothing in the mail fits it."""
    fitting = elements.tags
    before = ""
    for token in compound:
        match token.type:
            case "literal" if token.value in (".", ":"):
                before += token.value
                continue
            case "ident" if before == ".":
                fitting = fitting & elements.by_class.get(token.value, set())
            case "ident" if not before:
                fitting = fitting & {token.lower_value}
            case "hash":
                fitting = fitting & elements.by_id.get(token.value, set())
            case "[] block":
                name = _attribute(token).rstrip("~|^$*=")
                fitting = fitting & elements.by_attribute.get(name, set())
        before = ""
    return fitting
