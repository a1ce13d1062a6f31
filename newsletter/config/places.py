"""Where things stand in the text of feeds.yaml: the spans that an edit may touch."""

import re
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

Splice = tuple[int, int, str]  # from, to, what stands there instead
Pair = tuple[Any, Any]  # ruamel's nodes of a key and its value

_REST = re.compile(r"[ \t]*(,?)[ \t]*(?:#.*)?")


@dataclass(frozen=True, slots=True)
class Places:
    """A text of YAML and its nodes; marks are indexes into the text."""

    text: str
    root: MappingNode

    @property
    def sections(self) -> SequenceNode:
        """Return the list of sections."""
        sections: SequenceNode = value_of(self.root, "sections")
        return sections

    @property
    def eol(self) -> str:
        """Return the line end of the text's first line."""
        first = self.text.find("\n")
        return "\r\n" if first > 0 and self.text[first - 1] == "\r" else "\n"

    def end(self, node: Any) -> int:
        """Return the index after the last visible character of *node*, comments apart."""
        if isinstance(node, ScalarNode) or node.flow_style or not node.value:
            start: int = node.start_mark.index
            stop: int = node.end_mark.index
            return start + len(self.text[start:stop].rstrip())
        if isinstance(node, MappingNode):
            key, value = node.value[-1]
            # An alias is marked where its anchor stands: then the key is what is nearest.
            return max(self.end(key), self.end(value))
        return self.end(node.value[-1])

    def line_start(self, index: int) -> int:
        """Return the index at which the line of *index* begins."""
        return self.text.rfind("\n", 0, index) + 1

    def line_end(self, index: int) -> int:
        """Return the index after the line break of the line of *index*."""
        found = self.text.find("\n", index)
        return len(self.text) if found < 0 else found + 1

    def new_lines(self, after: int, lines: list[str]) -> Splice:
        """Return what puts *lines* below the line of the index *after*."""
        at = self.line_end(after)
        if at and self.text[at - 1] == "\n":
            return at, at, "".join(f"{line}{self.eol}" for line in lines)
        return at, at, "".join(f"{self.eol}{line}" for line in lines)

    def without_lines(self, start: int, end: int) -> Splice:
        """Return what takes out the lines from that of *start* to that of *end*."""
        first, last = self.line_start(start), self.line_end(end)
        if last == len(self.text) and not self.text.endswith("\n"):
            first = len(self.text[:first].rstrip("\r\n"))  # the file goes on ending without a break
        return first, last, ""

    def stands_alone(self, node: Any) -> bool:
        """Tell whether *node* has its lines to itself, a comma and a comment apart."""
        before = self.text[self.line_start(node.start_mark.index) : node.start_mark.index]
        return not before.strip() and self.rest(node) is not None

    def rest(self, node: Any) -> re.Match[str] | None:
        """Return comma and comment behind *node*, None if something else stands there."""
        end = self.end(node)
        return _REST.fullmatch(self.text[end : self.line_end(end)].rstrip("\r\n"))


def places(text: str) -> Places:
    """Return the places of *text*, which must be loadable as settings."""
    return Places(text, YAML(typ="rt").compose(text))


def pair_of(mapping: MappingNode, key: str) -> Pair | None:
    """Return the key and value nodes of *key* in *mapping*, None if it is not there."""
    return next((pair for pair in mapping.value if pair[0].value == key), None)


def value_of(mapping: Any, key: str) -> Any:
    """Return the value node of *key* in *mapping*, None without that key or without a mapping."""
    pair = pair_of(mapping, key) if isinstance(mapping, MappingNode) else None
    return pair[1] if pair else None


def spliced(text: str, splices: list[Splice]) -> str:
    """Return *text* with every one of *splices* made; those at one place in their order."""
    pieces, at = [], 0
    for start, end, put in sorted(splices, key=lambda splice: splice[0]):
        pieces += [text[at:start], put]
        at = max(at, end)
    return "".join([*pieces, text[at:]])
