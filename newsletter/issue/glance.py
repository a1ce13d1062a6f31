"""What the archive lists of an issue, read from issue.json without the rest of it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from newsletter.errors import IssueError
from newsletter.issue.dump import VERSION
from newsletter.issue.places import path_text
from newsletter.issue.reading import Faults, read_fields
from newsletter.model import Issue, Layout, Masthead
from newsletter.model.issue import GLANCE_HEADLINES, Glance

_READ = ("id", "status", "publishes_at", "published_at", "updated_at", "layout")
_NOT_READ = tuple(one.name for one in fields(Issue) if one.name not in _READ)


def glance(text: str, name: str = "issue.json") -> Glance:
    """Return what the archive lists of the issue that *text* holds; *name* is what errors call it.

    It reads ten times as fast as `load`, and sees only the faults of what it reads: where `load`
    gives an issue, this gives the same as its `at_a_glance`.

    Raises:
        IssueError: it is no JSON, of another version, or has a fault in what is listed.
    """
    try:
        data = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise IssueError(f"{name}: is no JSON: {error}") from error
    if not isinstance(data, Mapping) or data.get("version") != VERSION:
        raise IssueError(f"{name}: is no issue of version {VERSION}; build it again")
    faults: Faults = []
    masthead = read_fields(Masthead, data, (), faults)
    own = read_fields(Issue, data, (), faults, leaving=_NOT_READ)
    if faults:
        path, what = faults[0]
        raise IssueError(f"{name}: {path_text(path)}: {what}")
    stories = list(_stories(data))
    return Glance(
        masthead=Masthead(**masthead),
        headlines=tuple(_headline(story) for story in stories[:GLANCE_HEADLINES]),
        stories=len(stories),
        **{"published_at": None, "updated_at": None, "layout": Layout(), **own},
    )


def _stories(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for section in _objects(data.get("sections")):
        yield from _objects(section.get("stories"))


def _headline(story: Mapping[str, Any]) -> str:
    first: Mapping[str, Any] = next(_objects(story.get("articles")), {})
    texts = (story.get("headline"), first.get("title"), first.get("source"))
    return next((one.strip() for one in texts if isinstance(one, str) and one.strip()), "")


def _objects(value: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        yield from (one for one in value if isinstance(one, Mapping))
