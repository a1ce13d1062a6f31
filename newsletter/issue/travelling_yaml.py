"""YAML as plain values with the line of each: nothing in it runs, repeats itself or is guessed."""

from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from newsletter.errors import WishError
from newsletter.issue.places import Path
from newsletter.issue.reading import Faults

_TAG = "tag:yaml.org,2002:"
_DEEPEST = 6  # lists and mappings in one another; edits have three
_MOST_DIGITS = 18


@dataclass(slots=True)
class Values:
    """The value of a YAML text, the line of each value in it by path, and what is amiss."""

    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: Faults = field(default_factory=list)

    def line_of(self, path: Path) -> int:
        """Return the line of the value at *path*, of what should hold it where there is none."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def values_of(text: str, name: str) -> Values:
    """Return what *text* holds: mappings, lists, texts, whole numbers and nothing; *name* is its.

    All other scalars, moments among them, are the texts that stand there.

    Raises:
        WishError: it is no YAML 1.2, or more than one document.
    """
    yaml = YAML(typ="rt", pure=True)
    yaml.Composer = _Shallow
    try:
        node = yaml.compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f":{mark.line + 1}" if mark else ""
        problem = (error.problem or error.context or "cannot be understood").split("\n")[0]
        raise WishError(f"{name}{line}: is not readable YAML: {problem}") from error
    except _TooDeepError as error:
        raise WishError(f"{name}: lists or mappings in it nest too deeply") from error
    except (YAMLError, ValueError) as error:
        reason = str(error).split("\n")[0]
        raise WishError(f"{name}: is not readable YAML: {reason}") from error
    found = Values()
    found.value = _value(node, (), found) if node is not None else None
    return found


def written(value: Any) -> str:
    """Return *value* (mappings, lists, texts, numbers) as YAML, texts of several lines as blocks.

    `values_of` reads it back as it was.
    """
    yaml = YAML(typ="rt", pure=True)
    yaml.width = 100
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=2, offset=0)
    out = _Out()
    yaml.dump(_shaped(value), out)
    return "".join(out.parts)


class _TooDeepError(Exception):
    """More lists and mappings in one another than edits have."""


class _Shallow(Composer):
    """Composes no deeper than edits go: what is deeper takes its time, and the stack."""

    _depth = 0

    def compose_node(self, parent: Node | None, index: object) -> Node | None:
        if self._depth > _DEEPEST:
            raise _TooDeepError
        self._depth += 1
        node: Node | None = super().compose_node(parent, index)
        self._depth -= 1
        return node


class _Out:
    """What ruamel writes to."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def write(self, text: str | bytes) -> None:
        self.parts.append(text if isinstance(text, str) else text.decode("utf-8"))


def _shaped(value: Any) -> Any:
    match value:
        case dict():
            return {key: _shaped(one) for key, one in value.items()}
        case list():
            return [_shaped(one) for one in value]
        case str() if _is_block(value):
            return LiteralScalarString(value)
        case str() if not value.isprintable():  # bare or in single quotes it would not read back
            return DoubleQuotedScalarString(value)
        case _:
            return value


def _is_block(text: str) -> bool:
    """Return whether *text* reads back from a block (YAML 1.2.2, 8.1) for sure."""
    lines = text.split("\n")
    return len(lines) > 1 and all(
        line.isprintable() and line == line.strip() and (line or 0 < place < len(lines) - 1)
        for place, line in enumerate(lines)
    )


def _value(node: Node, path: Path, found: Values) -> Any:
    found.lines.setdefault(path, node.start_mark.line + 1)
    if len(path) > _DEEPEST:  # an alias leads deeper than what is written
        found.faults.append((path, "nests too deeply"))
        return None
    match node:
        case MappingNode():
            return _mapping(node, path, found)
        case SequenceNode():
            return [_value(one, (*path, place), found) for place, one in enumerate(node.value)]
        case ScalarNode():
            return _scalar(node, path, found)
    return None


def _mapping(node: MappingNode, path: Path, found: Values) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            found.faults.append((path, "has a key that is no word"))
            continue
        inner = (*path, str(key.value))
        line = key.start_mark.line + 1
        if key.value in values:
            found.faults.append((inner, f"stands again on line {line}; remove one"))
            continue
        found.lines[inner] = line
        values[str(key.value)] = _value(value, inner, found)
    return values


def _scalar(node: ScalarNode, path: Path, found: Values) -> Any:
    text = str(node.value)
    if node.tag == f"{_TAG}null":
        return None
    if node.tag == f"{_TAG}int" and text.isdecimal() and len(text) <= _MOST_DIGITS:
        return int(text)
    if not str(node.tag).startswith(_TAG):
        found.faults.append((path, f"has the tag {node.tag!r}; take it out"))
    return text
