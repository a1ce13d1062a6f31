"""An issue as it was composed, before any edit, as JSON and back."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.errors import IssueError
from newsletter.issue.dump import as_json, as_json_story
from newsletter.issue.load import parsed, read_issue, told
from newsletter.issue.places import Path
from newsletter.issue.reading import Faults, read_fields, unknown_keys
from newsletter.issue.references import broken_references
from newsletter.model import Base

VERSION = 1
_KEYS = ("version", "issue", "sections", "candidates", "chosen")


def dump_base(base: Base) -> str:
    """Return *base* as JSON on one line, in a stable order of keys."""
    data = {
        "version": VERSION,
        "issue": as_json(base.issue),
        "sections": list(base.sections),
        "candidates": [
            {"story": as_json_story(one.story), "section": one.section, "reason": one.reason}
            for one in base.candidates
        ],
        "chosen": [list(one) for one in base.chosen],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def load_base(text: str, name: str = "base") -> Base:
    """Return what `dump_base` wrote; *name* is what errors call it.

    Raises:
        IssueError: it is not that: all faults, one a line, as `newsletter.issue.load` has them.
    """
    data, has_twice = parsed(text, name)
    if not isinstance(data, Mapping) or data.get("version") != VERSION:
        raise IssueError(f"{name}: is no issue as composed of version {VERSION}; build it again")
    faults: Faults = []
    unknown_keys(data, _KEYS, (), faults)
    whole = data.get("issue")
    issue = None
    if isinstance(whole, Mapping):
        issue = read_issue(whole, ("issue",), faults)
        others = list(_candidates(data))
        known = set(faults)
        faults += [
            fault
            for fault in broken_references(whole, ("issue",), others=others)
            if fault not in known
        ]
    else:
        faults.append((("issue",), "is not an object; build the issue again"))
    rest = read_fields(Base, data, (), faults, leaving=("issue",))
    if issue is None or faults or has_twice:
        raise IssueError(told(faults, text, name))
    return Base(issue=issue, **rest)


def _candidates(data: Mapping[str, Any]) -> Iterator[tuple[Path, Any]]:
    """Yield the stories among the candidates with their paths."""
    found = data.get("candidates")
    for number, one in enumerate(found if isinstance(found, list) else ()):
        if isinstance(one, Mapping) and isinstance(one.get("story"), Mapping):
            yield ("candidates", number, "story"), one["story"]
