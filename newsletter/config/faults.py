"""What pydantic found wrong, told as an editor can use it: file, line, key, fault, way out."""

import difflib
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import ErrorDetails

from newsletter.config.schema import known_keys

_TYPE_WORDS = {
    "string_type": "is not text; put it in quotes",
    "int_type": "is not a whole number",
    "int_parsing": "is not a whole number",
    "float_type": "is not a number",
    "float_parsing": "is not a number",
    "bool_type": "is neither true nor false",
    "tuple_type": "is not a list; begin each of its lines with '- '",
    "model_type": "is not a mapping; write its keys below it, indented",
    "string_too_short": "is empty; write something or leave the key out",
    "string_pattern_mismatch": "does not have the form that is wanted here",
}


def fault_line(file: str, tree: Any, error: ErrorDetails) -> tuple[int, str]:
    """Return the line number of one fault and the whole sentence that tells it."""
    path = tuple(error["loc"])
    line = line_of(tree, path)
    return line, f"{file}:{line}: {key_path(path) or 'the file'}: {_what(error, path)}"


def line_of(tree: Any, path: Sequence[Any]) -> int:
    """Return the line, counted from 1, on which the value at *path* begins."""
    line, node = 0, tree
    for step in path:
        try:
            if isinstance(node, Mapping) and step in node:
                line = node.lc.key(step)[0]  # type: ignore[attr-defined] # ruamel's CommentedMap
            elif isinstance(node, Sequence) and not isinstance(node, str):
                line = node.lc.item(step)[0]  # type: ignore[attr-defined] # ruamel's CommentedSeq
            else:
                break
            node = node[step]
        except (KeyError, IndexError, TypeError):
            break
    return line + 1


def key_path(path: Sequence[Any]) -> str:
    """Return *path* as an editor reads it, such as `sections[0].feeds[3].url`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text


def _what(error: ErrorDetails, path: tuple[Any, ...]) -> str:
    kind, value = error["type"], error.get("input")
    if kind == "missing":
        return f"is missing; write {path[-1]}: …"
    if kind == "extra_forbidden":
        keys = known_keys(path[:-1])
        near = difflib.get_close_matches(str(path[-1]), keys, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"known here: {', '.join(keys)}"
        return f"is not a known key; {hint}"
    if kind == "value_error":
        return error["msg"].removeprefix("Value error, ")
    if kind == "too_short":
        return "is empty; give it at least one entry"
    if value is None:
        return "has no value; write one or leave the key out"
    if kind in {"greater_than_equal", "greater_than"}:
        bounds = error["ctx"]
        least = f"{bounds['ge']} or more" if "ge" in bounds else f"more than {bounds['gt']}"
        return f"{value!r} is too small; write {least}"
    if kind in _TYPE_WORDS:
        return f"{value!r} {_TYPE_WORDS[kind]}"
    return f"{value!r}: {error['msg'][:1].lower()}{error['msg'][1:]}"
