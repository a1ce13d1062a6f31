"""issue.json back as an Issue; nonsense in it is named by its place."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, TypeAdapter, ValidationError

from newsletter.errors import IssueError
from newsletter.issue.dump import VERSION
from newsletter.model import Counts, Issue, Layout, Masthead, Section, Sender, Sponsor, Status


def _aware(value: object) -> object:
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    if isinstance(found, datetime):
        if found.tzinfo is None:
            raise ValueError("has no time zone; write …Z")
        return found.astimezone(UTC)
    return found


_MOMENT: TypeAdapter[datetime] = TypeAdapter(Annotated[datetime, BeforeValidator(_aware)])
_SECTIONS: TypeAdapter[tuple[Section, ...]] = TypeAdapter(tuple[Section, ...])
_LAYOUT: TypeAdapter[Layout] = TypeAdapter(Layout)
_SPONSOR: TypeAdapter[Sponsor | None] = TypeAdapter(Sponsor | None)
_COUNTS: TypeAdapter[Counts] = TypeAdapter(Counts)


def load(text: str, name: str = "issue.json") -> Issue:
    """Return the Issue that *text* holds; *name* is what errors call the file.

    Raises:
        IssueError: it is no JSON, of another version, or a value is missing or wrong.
    """
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise IssueError(f"{name}:{error.lineno}: is no JSON: {error.msg}") from error
    if not isinstance(data, Mapping) or data.get("version") != VERSION:
        raise IssueError(f"{name}: is no issue of version {VERSION}; build it again")
    try:
        return _issue(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise IssueError(f"{name}: {place or 'a value'}: {first['msg']}") from error
    except (KeyError, TypeError, ValueError) as error:
        raise IssueError(f"{name}: a value is missing or wrong: {error}") from error


def _issue(data: Mapping[str, Any]) -> Issue:
    sender = data["sender"]
    return Issue(
        id=str(data["id"]),
        masthead=Masthead(
            title=str(data["title"]),
            description=str(data["description"]),
            language=str(data["language"]),
            timezone=str(data["timezone"]),
            url=data["url"],
            sender=Sender(**sender) if sender else None,
        ),
        status=Status(data["status"]),
        problems=tuple(map(str, data["problems"])),
        warnings=tuple(map(str, data["warnings"])),
        since=_MOMENT.validate_python(data["since"]) if data["since"] else None,
        until=_MOMENT.validate_python(data["until"]),
        publishes_at=_MOMENT.validate_python(data["publishes_at"]),
        generated_at=_MOMENT.validate_python(data["generated_at"]),
        counts=_COUNTS.validate_python(data["counts"]),
        sections=_SECTIONS.validate_python(data["sections"]),
        layout=_LAYOUT.validate_python(data.get("layout", {})),
        intro=str(data.get("intro", "")),
        closing=str(data.get("closing", "")),
        sponsor=_SPONSOR.validate_python(data.get("sponsor")),
    )
