"""Where things stand in the text of issue.json: the line of every value, keys that stand twice."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

Path = tuple[str | int, ...]

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}:,]|[^\s\[\]{}:,"]+')
_PLAIN_KEY = re.compile(r"[A-Za-z_][\w-]*")


@dataclass(slots=True)
class Places:
    """Lines, counted from 1, of the values of a JSON text by path, at their keys where they have.

    `twice` are the keys that an object has more than once, with the line where each stood first;
    of the values of such a key, the last one counts.
    """

    lines: dict[Path, int] = field(default_factory=dict)
    twice: list[tuple[Path, int]] = field(default_factory=list)

    def line_of(self, path: Path) -> int:
        """Return the line of the value at *path*, of what should hold it where there is none."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


@dataclass(slots=True)
class _Open:
    """An object or a list that has not ended: which step inside is next, and the keys so far."""

    is_object: bool
    step: str | int
    keys: dict[str, int] = field(default_factory=dict)
    wants_key: bool = False


def places(text: str) -> Places:
    """Return the places of *text*, which must be JSON (RFC 8259) that the json module reads."""
    found = Places()
    inside: list[_Open] = []
    for mark, line in _marks(text):
        match mark[0]:
            case ":":
                pass
            case "," if inside[-1].is_object:
                inside[-1].wants_key = True
            case ",":
                inside[-1].step = int(inside[-1].step) + 1
            case "}" | "]":
                inside.pop()
            case '"' if inside and inside[-1].wants_key:
                _enter(found, inside, str(json.loads(mark)), line)
            case first:
                if not inside or not inside[-1].is_object:
                    found.lines[_path(inside)] = line
                if first in "{[":
                    inside.append(_Open(first == "{", 0, wants_key=first == "{"))
    return found


def path_text(path: Path) -> str:
    """Return *path* as an editor reads it, such as `sections[0].stories[3].score`."""
    text = ""
    for step in path:
        if isinstance(step, str) and _PLAIN_KEY.fullmatch(step):
            text += f".{step}" if text else step
        else:
            text += f"[{step!r}]"
    return text


def _enter(found: Places, inside: list[_Open], key: str, line: int) -> None:
    """Note that *key* stands on *line* of the innermost object: what follows is its value."""
    inside[-1].step, inside[-1].wants_key = key, False
    path = _path(inside)
    if key in inside[-1].keys:
        found.twice.append((path, inside[-1].keys[key]))
    inside[-1].keys.setdefault(key, line)
    found.lines[path] = line


def _path(inside: list[_Open]) -> Path:
    return tuple([one.step for one in inside])


def _marks(text: str) -> Iterator[tuple[str, int]]:
    """Yield strings, brackets, commas, colons and bare words of JSON with the line of each."""
    line, at = 1, 0
    for mark in _TOKEN.finditer(text):
        line += text.count("\n", at, mark.start())
        at = mark.start()
        yield mark[0], line
