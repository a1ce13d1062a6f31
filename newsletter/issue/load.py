"""issue.json back as an Issue; all nonsense in it is named at once, by line and key."""

import json
import math
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from newsletter.errors import IssueError
from newsletter.issue.dump import VERSION
from newsletter.issue.places import path_text, places
from newsletter.issue.reading import Faults, read_fields, unknown_keys
from newsletter.issue.references import broken_references
from newsletter.model import Issue, Masthead

_MOST = 10_000_000  # characters: an issue of 300 stories from 50 sources each has seven million
_MOST_DIGITS = 300  # longer numbers are beyond what a float holds
_MOST_FAULTS = 100
_MASTHEAD = tuple(one.name for one in fields(Masthead))
_OWN = tuple(one.name for one in fields(Issue) if one.name != "masthead")


def load(text: str | bytes, name: str = "issue.json") -> Issue:
    """Return the Issue that *text* holds; *name* is what errors call the file. Bytes are UTF-8.

    Keys that were added since it was written have their defaults; keys that are not known are
    faults, for a slip of the hand must not go unheard.

    Raises:
        IssueError: it is no JSON, of another version, or has faults: all of them, one a line, as
            `issue.json:42: sections[0].stories[3].score: 'high' is not a number`.
    """
    text = _decoded(text, name).removeprefix("\ufeff")  # some editors begin UTF-8 with it
    data, has_twice = _parsed(text, name)
    if not isinstance(data, Mapping) or data.get("version") != VERSION:
        raise IssueError(f"{name}: is no issue of version {VERSION}; build it again")
    faults: Faults = []
    unknown_keys(data, ("version", *_OWN, *_MASTHEAD), (), faults)
    masthead = read_fields(Masthead, data, (), faults)
    own = read_fields(Issue, data, (), faults, leaving=("masthead",))
    faults += broken_references(data)
    if not faults and own["since"] and own["since"] >= own["until"]:
        faults.append((("since",), "is not before until"))
    if faults or has_twice:
        raise IssueError(_told(faults, text, name))
    return Issue(masthead=Masthead(**masthead), **own)


def _decoded(text: str | bytes, name: str) -> str:
    if len(text) > _MOST:
        raise IssueError(f"{name}: is larger than any issue ({len(text):,} characters)")
    if isinstance(text, str):
        return text
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        raise IssueError(f"{name}:{line}: is not UTF-8 text; save it as UTF-8") from error


def _parsed(text: str, name: str) -> tuple[Any, bool]:
    """Return the value of a JSON text, and whether an object in it has a key twice."""
    twice = False

    def paired(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal twice
        found = dict(pairs)
        twice = twice or len(found) < len(pairs)
        return found

    try:
        return json.loads(text, object_pairs_hook=paired, parse_int=_whole), twice
    except json.JSONDecodeError as error:
        fault = f"{error.msg[:1].lower()}{error.msg[1:]} (column {error.colno})"
        raise IssueError(
            f"{name}:{error.lineno}: is no JSON: {fault};"
            " look there and just before for a comma, a quotation mark or a bracket"
        ) from error
    except RecursionError as error:
        raise IssueError(f"{name}: is no issue: lists or objects in it nest too deeply") from error


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) <= _MOST_DIGITS else math.inf


def _told(faults: Faults, text: str, name: str) -> str:
    found = places(text)
    told = [
        (found.line_of(path), f"{path_text(path)}: stands on line {first} already; remove one")
        for path, first in found.twice
    ]
    told += [(found.line_of(path), f"{path_text(path)}: {what}") for path, what in faults]
    lines = [f"{name}:{line}: {fault}" for line, fault in sorted(told, key=lambda one: one[0])]
    if len(lines) > _MOST_FAULTS:
        lines[_MOST_FAULTS:] = [f"{name}: and {len(lines) - _MOST_FAULTS} faults more"]
    return "\n".join(lines)
