"""The two things that a page may set off: composing the coming issue, and sending a test."""

import asyncio
import re
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from newsletter.errors import NewsletterError
from newsletter.preview.guard import form
from newsletter.preview.room import Notice, Room
from newsletter.preview.threads import in_thread

_ADDRESS = re.compile(r"[^\s@<>,;:\"]{1,64}@[^\s@<>,;:\"]{1,250}")
_FORGED = "This form is out of date: go back, load the page anew and send it again"


async def rebuild(room: Room, request: Request, tasks: "set[asyncio.Task[None]]") -> Response:
    """Begin to compose the coming issue, unless that is under way, and lead back at once."""
    fields = await form(request)
    if not room.token.fits(fields.get("token", "")):
        return PlainTextResponse(_FORGED, status_code=403)
    if not room.is_building:
        room.is_building = True
        room.hush()
        task = asyncio.create_task(_compose(room))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    return RedirectResponse(_back(fields.get("back", "")), status_code=303)


async def send_test(room: Room, request: Request) -> Response:
    """Send the issue to one address, and lead back to its page, which says what happened."""
    issue = request.path_params["issue"]
    fields = await form(request)
    if not room.token.fits(fields.get("token", "")):
        return PlainTextResponse(_FORGED, status_code=403)
    room.say(await _sent(room, issue, fields.get("address", "").strip()))
    return RedirectResponse(f"/issues/{quote(issue, safe='')}#said", status_code=303)


async def _compose(room: Room) -> None:
    issue = ""
    try:
        issue = await in_thread(room.desk.rebuilt)
        room.say(Notice(state="ok", text=f"{issue} was composed anew; nothing written"))
    except NewsletterError as error:
        room.say(Notice(state="error", text=str(error)))
    finally:
        room.is_building = False
        room.shelf.clear()
        room.news.built(issue)


async def _sent(room: Room, issue: str, address: str) -> Notice:
    send = room.desk.test_send
    if send is None:
        return Notice(
            state="error", text="No SMTP server: write smtp: in feeds.yaml, then try again"
        )
    if not _ADDRESS.fullmatch(address):
        return Notice(
            state="error", text=f"{address!r} is no e-mail address; write name@example.org"
        )
    try:
        return Notice(state="ok", text=await in_thread(lambda: send(issue, address)))
    except NewsletterError as error:
        return Notice(state="error", text=str(error))


def _back(path: str) -> str:
    """Return *path* if it is one of the app's own, else the list of issues."""
    return path if re.fullmatch(r"/(issues/[\w.%-]+)?(\?[\w=&.%+-]*)?", path) else "/"
