"""issue.json back as an Issue; all nonsense in it is named at once, by line and key."""

import json
import math
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from newsletter.errors import IssueError
from newsletter.issue.dump import VERSION
from newsletter.issue.places import Path, path_text, places
from newsletter.issue.reading import Faults, read_fields, unknown_keys
from newsletter.issue.references import broken_references
from newsletter.issue.seal import SEAL
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
    data, has_twice = parsed(text, name)
    if not isinstance(data, Mapping) or data.get("version") != VERSION:
        raise IssueError(f"{name}: is no issue of version {VERSION}; build it again")
    faults: Faults = []
    issue = read_issue(data, (), faults)
    if issue is None or faults or has_twice:
        raise IssueError(told(faults, text, name))
    return issue


def read_issue(data: Mapping[str, Any], path: Path, faults: Faults) -> Issue | None:
    """Return the Issue of issue.json's object, which stands at *path* of its file.

    None where it has faults, which go into *faults*. Its seal is not looked at.
    """
    found: Faults = []
    written = [key for key in data if key != SEAL]  # nobody writes that by hand
    unknown_keys(dict.fromkeys(written), ("version", *_OWN, *_MASTHEAD), path, found)
    masthead = read_fields(Masthead, data, path, found)
    own = read_fields(Issue, data, path, found, leaving=("masthead",))
    found += broken_references(data, path)
    if not found and own["since"] and own["since"] >= own["until"]:
        found.append(((*path, "since"), "is not before until"))
    faults += found
    return None if found else Issue(masthead=Masthead(**masthead), **own)


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


def parsed(text: str, name: str) -> tuple[Any, bool]:
    """Return the value of a JSON text, and whether an object in it has a key twice.

    Raises:
        IssueError: it is no JSON; *name* is what the error calls it.
    """
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


def told(faults: Faults, text: str, name: str) -> str:
    """Return *faults* and keys that stand twice in a JSON text, a line for each, by line."""
    found = places(text)
    lines = [
        (found.line_of(path), f"{path_text(path)}: stands on line {first} already; remove one")
        for path, first in found.twice
    ]
    lines += [(found.line_of(path), f"{path_text(path)}: {what}") for path, what in faults]
    said = [f"{name}:{line}: {fault}" for line, fault in sorted(lines, key=lambda one: one[0])]
    if len(said) > _MOST_FAULTS:
        said[_MOST_FAULTS:] = [f"{name}: and {len(said) - _MOST_FAULTS} faults more"]
    return "\n".join(said)
