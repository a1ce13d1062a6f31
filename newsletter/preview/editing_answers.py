"""What the editing page is told after each change: its parts drawn anew, and what others did."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from newsletter.model import Clash, Edit, Opened
from newsletter.preview import words
from newsletter.preview.desk import EditorDesk
from newsletter.preview.edit_page import (
    HEADLINE_GUIDE,
    SUMMARY_MOST,
    EditView,
    edit_view,
    news,
)
from newsletter.preview.room import Room

# The parts of the page that an answer brings anew, by the id of the element that they fill.
PARTS = ("head", "outline", "cards", "candidates", "merging", "checks", "edits", "bar")


def values_of(opened: Opened, desk: EditorDesk) -> Mapping[str, Any]:
    """Return what the templates of the page and of its parts are drawn with."""
    return {
        "issue_id": opened.issue.id,
        "opened": opened,
        "reading_time": desk.reading_time(opened.issue),
        "prose": lambda text: Markup(desk.prose(text)),  # noqa: S704  the desk promises it is safe
        "redrafted": desk.redrafted(opened.issue.id) if opened.state == "draft" else None,
        "view": edit_view(opened, desk.told),
        "guide": HEADLINE_GUIDE,
        "most": SUMMARY_MOST,
    }


def told(
    room: Room,
    desk: EditorDesk,
    opened: Opened,
    seen: int | None,
    by: str,
    *,
    own: int | None = None,
) -> dict[str, Any]:
    """Return an answer: the version, the parts drawn anew, and what was changed since *seen*.

    *seen* is the version that the page knows, None where it is to be told of no changes; *own* is
    the number of the edit that this answers for, which is no news, whoever made it. `news` is what
    others than *by* did; `elsewhere` what *by* did: the page knows which of it was not done there.
    `is_own` says that the version is not one of theirs, `generated_at` when the issue was built,
    `token` what changes of this session send back: whoever reads it has the session's cookie.
    """
    since = [one for one in news(opened, seen) if one.number != own]
    new = [one for one in since if (one.reverted_by or one.by) != by]
    values = {**values_of(opened, desk), "can_send": room.desk.test_send is not None}
    view: EditView = values["view"]
    return {
        "version": opened.version,
        "generated_at": opened.issue.generated_at.isoformat(),
        "editor": by,
        "token": room.token.text,
        "is_own": all(one.changed < opened.version for one in new),
        "state": opened.state or "",
        "status": view.issue.status.value,
        "clock": words.clock(room.desk.now(), _zone(room)),
        "news": [f"{one.reverted_by or one.by}: {_said(one, desk, opened)}" for one in new],
        "elsewhere": [
            {"version": one.changed, "text": _said(one, desk, opened)}
            for one in since
            if one not in new
        ],
        "parts": {name: drawn(room, f"edit_{name}", **values) for name in PARTS},
    }


def _said(edit: Edit, desk: EditorDesk, opened: Opened) -> str:
    told = desk.told(edit, opened)
    return f"took back: {told}" if edit.reverted_at is not None else told


def clashes_said(clashes: Sequence[Clash], room: Room) -> list[Mapping[str, Any]]:
    """Return what somebody else changed of the same things, as the page asks about it."""
    zone = _zone(room)
    return [
        {
            "version": one.edit.changed,
            "what": one.what,
            "kind": one.edit.kind,
            "story": one.edit.story or "",
            "by": one.edit.reverted_by or one.edit.by,
            "at": words.clock(one.edit.reverted_at or one.edit.at, zone),
            "is_reverted": one.edit.reverted_at is not None,
            "text": one.edit.text,
        }
        for one in clashes
    ]


def drawn(room: Room, template: str, **values: Any) -> str:
    """Return a part of the page as HTML."""
    return room.env.get_template(f"{template}.html.j2").render(
        now=room.desk.now(),
        zone=_zone(room),
        token=room.token.text,
        is_building=room.is_building,
        **values,
    )


def _zone(room: Room) -> str:
    return room.shelf.get("zone", room.desk.zone).value or "UTC"
