"""Events of a week as the weekly run notes them, for the tests of telling people."""

import json
import socket
from datetime import UTC, datetime
from typing import Any

from servers import Asked, Talk

from newsletter.model import Event, EventKind
from newsletter.notify.note import Note, Paper
from newsletter.notify.wording import note_of

NOW = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
PAPER = Paper(
    title="The Tide",
    zone="Europe/Berlin",
    workspace="/srv/tide",
    preview="http://127.0.0.1:8765",
)
DRAFT: dict[str, object] = {
    "title": "The Tide",
    "stories": 14,
    "headlines": ["Flood reaches the old mill at Lowmere", "Bridge over the Aar is closed"],
    "problems": ["check: index.html: a picture has no alternative text"],
    "warnings": ["harbour.example has not answered since Friday"],
    "errors": 1,
    "instant": "2026-11-22T17:00:00Z",
    "unless_approved": "hold",
    "folder": "/srv/tide/dist/2026-W47",
    "check": "/srv/tide/dist/2026-W47/check.html",
    "page": "/srv/tide/dist/2026-W47/index.html",
}
# Each would do harm somewhere if it were taken for more than a headline.
HOSTILE = (
    "Flood\r\nBcc: all@lowmere.example\r\n\r\nhello",
    "=?UTF-8?Q?=0A?=Bcc: all@lowmere.example",
    "=\x00?UTF-8?Q?=0D=0ABcc:_all@lowmere.example?=",
    "<!channel> @everyone @here <@U123> <https://evil.example|the mayor says>",
    "[read on](https://evil.example) ![x](https://evil.example/x.png) `rm -rf` **bold**",
    "</pre><script>alert(1)</script><a href='javascript:x'>",
    "\u202egnp.exe\u2066 \u200bhidden\u200b",
    "\ud800 half a letter",
    "long " * 2_000,
)


def event(kind: EventKind = "draft", details: Any = None, **changes: Any) -> Event:
    return Event(
        **{
            "kind": kind,
            "at": NOW,
            "week": "2026-W47",
            "cause": "the review begins 12 hours before publication",
            "details": DRAFT if details is None else details,
            "id": 7,
        }
        | changes
    )


def note(kind: EventKind = "draft", details: Any = None, **changes: Any) -> Note:
    return note_of(event(kind, details, **changes), PAPER)


def takes(posted: list[dict[str, Any]], content: bytes | None) -> Talk:
    """Return the talk of a webhook that keeps what is posted; None for *content* hangs then."""

    def talk(connection: socket.socket, asked: Asked) -> None:
        body = asked.head.partition(b"\r\n\r\n")[2]
        while len(body) < int(asked.header("Content-Length") or 0):
            body += connection.recv(65_536)
        posted.append(json.loads(body))
        if content is None:
            connection.recv(1)
        else:
            connection.sendall(content)

    return talk
