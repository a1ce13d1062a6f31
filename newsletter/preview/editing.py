"""The editing page's doors: the page, what it asks to be changed, and how each answer reads."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from newsletter.errors import ClashError, IssueError, NewsletterError, StoreError, WishError
from newsletter.model import Opened
from newsletter.preview.desk import EditorDesk
from newsletter.preview.edit_page import edit_view
from newsletter.preview.edit_page_why import named, why_view
from newsletter.preview.editing_answers import clashes_said, drawn, told, values_of
from newsletter.preview.editing_wishes import (
    AskedError,
    asked,
    fields,
    moment_in,
    moment_of,
    number_in,
    number_of,
    seen_of,
    text,
    version_in,
    whole,
)
from newsletter.preview.guard import form
from newsletter.preview.room import Notice, Room
from newsletter.preview.threads import in_thread

_MOST_BYTES = 200_000  # of a request
_MOST_WORDS = 200  # characters that are looked for
_FORGED = "This page is out of date: load it anew; what you typed is kept here"
_NOBODY = "Nobody is logged in here: open the address that newsletter preview printed"
_NO_EDITOR = "Issues cannot be edited here"
_Answer = Callable[[EditorDesk, str, bytes], Opened]
_Looked = tuple[int | None, datetime | None]  # the version that was seen, and when it was built
_WORDS = {"approve": "approved", "hold": "held", "skip": "skipped"}


def editor_of(request: Request) -> str:
    """Return the name of who is logged in, "" if nobody."""
    return str(getattr(request.state, "editor", ""))


def edit_page(room: Room, request: Request) -> Response:
    """Return the editing page of one issue, whole; it reads well without script too."""
    issue, version = request.path_params["issue"], room.news.version
    desk, by = room.desk.editor, editor_of(request)
    if desk is None or not by:
        return PlainTextResponse(_NO_EDITOR if by else _NOBODY, status_code=403)
    try:
        opened = desk.opened(issue, by)
    except NewsletterError as error:
        status = 404 if isinstance(error, IssueError) else 500
        return room.page(
            "edit_fault.html.j2",
            here="issues",
            version=version,
            status=status,
            faults=(str(error),),
            issue_id=issue,
        )
    return room.page(
        "edit.html.j2",
        here="issues",
        version=version,
        faults=(),
        by=by,
        can_send=room.desk.test_send is not None,
        **values_of(opened, desk),
    )


async def parts(room: Room, request: Request) -> Response:
    """Answer with the parts of the page as they are now, and what others changed since `seen`."""
    seen = version_in(request.query_params.get("seen", ""))
    return await _done(
        room, request, lambda desk, by, _: desk.opened(_issue(request), by), seen=seen
    )


async def change(room: Room, request: Request) -> Response:
    """Change what the page asks for, all of it or nothing."""

    def work(desk: EditorDesk, by: str, body: bytes) -> Opened:
        wanted = asked(body)
        return desk.change(_issue(request), wanted.wishes, wanted.seen, by)

    return await _changed(room, request, work)


async def undo(room: Room, request: Request) -> Response:
    """Take back what this editor did last, if that is the edit that her page names."""

    def work(desk: EditorDesk, by: str, body: bytes) -> Opened:
        found = fields(body, known=frozenset({"seen", "number"}))
        return desk.undo(_issue(request), by, seen_of(found), number_of(found))

    return await _changed(room, request, work)


async def redo(room: Room, request: Request) -> Response:
    """Bring back what this editor took back last, if that is the edit that her page names."""

    def work(desk: EditorDesk, by: str, body: bytes) -> Opened:
        found = fields(body, known=frozenset({"seen", "number"}))
        return desk.redo(_issue(request), by, seen_of(found), number_of(found))

    return await _changed(room, request, work)


async def revert(room: Room, request: Request) -> Response:
    """Take back one edit, by its number."""

    def work(desk: EditorDesk, by: str, body: bytes) -> Opened:
        found = fields(body, known=frozenset({"seen", "number"}))
        return desk.revert(_issue(request), whole(found, "number"), by, seen_of(found))

    return await _changed(room, request, work)


async def bring_back(room: Room, request: Request) -> Response:
    """Bring back one edit that was taken back, by its number."""

    def work(desk: EditorDesk, by: str, body: bytes) -> Opened:
        found = fields(body, known=frozenset({"seen", "number"}))
        number = whole(found, "number")
        return desk.bring_back(_issue(request), number, by, seen_of(found))

    return await _changed(room, request, work)


def deciding(word: str) -> Callable[[Room, Request], Awaitable[Response]]:
    """Return what takes the editor's *word* on an issue: approve, hold or skip.

    It comes as JSON from the page's script, or as a form, which leads back to the page.
    """

    async def decide(room: Room, request: Request) -> Response:
        if not request.headers.get("content-type", "").startswith("application/json"):
            return await _decided_by_form(room, request, word)
        said = ""

        def work(desk: EditorDesk, by: str, body: bytes) -> Opened:
            nonlocal said
            found = fields(body, known=frozenset({"seen", "generated_at", "because"}))
            looked = seen_of(found), moment_of(found, "generated_at")
            said = _word(desk, word, _issue(request), text(found, "because"), by, looked)
            return desk.opened(_issue(request), by)

        return await _changed(room, request, work, said=lambda: said)

    return decide


async def why(room: Room, request: Request) -> Response:
    """Answer with why a story is one, as the drawer shows it."""

    def make(desk: EditorDesk, by: str) -> dict[str, Any]:
        story_id = request.path_params["story"]
        opened = desk.opened(_issue(request), by)
        story = named(opened, story_id)
        if story is None:
            raise IssueError(f"{story_id}: there is no such story in {_issue(request)} any more")
        view = why_view(story, _reasons(desk, _issue(request), story.id), opened)
        is_open = edit_view(opened, desk.told).is_open
        return {"html": drawn(room, "edit_why", why=view, opened=opened, is_open=is_open)}

    return await _looked(room, request, make)


async def offered(room: Room, request: Request) -> Response:
    """Answer with the sentences of a story's sources that could stand in its summary."""

    def make(desk: EditorDesk, _: str) -> dict[str, Any]:
        found = desk.offered(_issue(request), request.path_params["story"])
        story = request.path_params["story"]
        return {"html": drawn(room, "edit_offered", offered=found, story_id=story)}

    return await _looked(room, request, make)


async def found(room: Room, request: Request) -> Response:
    """Answer with the stories that hold the words `q` and are no candidates, as rows to add."""
    words = request.query_params.get("q", "")[:_MOST_WORDS]

    def make(desk: EditorDesk, _: str) -> dict[str, Any]:
        rows = desk.found(_issue(request), words)
        return {"html": drawn(room, "edit_found", rows=rows)}

    return await _looked(room, request, make)


def _reasons(desk: EditorDesk, issue: str, story: str) -> Mapping[str, object]:
    """Return why a story is one; nothing where its build kept nothing on it."""
    try:
        return desk.reasons(issue, story)
    except WishError:
        return {}


async def _looked(
    room: Room, request: Request, make: Callable[[EditorDesk, str], dict[str, Any]]
) -> Response:
    desk, by = room.desk.editor, editor_of(request)
    if desk is None or not by:
        return _refused(_NO_EDITOR if by else _NOBODY, 401 if desk else 404)
    try:
        return JSONResponse(await in_thread(lambda: make(desk, by)))
    except NewsletterError as error:
        return _refused(str(error), _status(error))


async def _changed(
    room: Room,
    request: Request,
    work: _Answer,
    *,
    said: Callable[[], str] = lambda: "",
) -> Response:
    given = request.headers.get("x-token", "")
    if not room.token.fits(given):
        return _refused(_FORGED, 403)
    return await _done(room, request, work, said=said, is_change=True)


async def _done(
    room: Room,
    request: Request,
    work: _Answer,
    *,
    said: Callable[[], str] = lambda: "",
    is_change: bool = False,
    seen: int | None = None,
) -> Response:
    """Do *work* beside the server and answer with the parts of the page after it, or the fault."""
    desk, by = room.desk.editor, editor_of(request)
    if desk is None or not by:
        return _refused(_NO_EDITOR if by else _NOBODY, 401 if desk else 404)
    body = await _body(request)
    if body is None:
        return _refused(f"this is more than {_MOST_BYTES:,} bytes", 413)
    version = room.news.version

    def make() -> dict[str, Any]:
        opened = work(desk, by, body)
        since = number_in(body, "seen") if is_change else seen
        own = number_in(body, "number")
        return told(room, desk, opened, since, by, own=own) | {"said": said()}

    try:
        answer = await in_thread(make)
    except AskedError as error:
        return _refused(str(error), 400)
    except ClashError as error:
        return await _clashed(room, request, desk, error, number_in(body, "seen"))
    except NewsletterError as error:
        return _refused(str(error), _status(error))
    if is_change:
        is_alone = room.news.version == version
        room.shelf.clear()
        room.news.changed()
        if is_alone:  # else the answer may have been read before what was told meanwhile
            version = room.news.version
    return JSONResponse(answer | {"news_version": version})


async def _clashed(
    room: Room, request: Request, desk: EditorDesk, error: ClashError, seen: int | None
) -> Response:
    """Answer with what somebody else changed meanwhile, and the page as it is now."""
    by = editor_of(request)

    def make() -> dict[str, Any]:
        return told(room, desk, desk.opened(_issue(request), by), seen, by)

    try:
        answer = await in_thread(make)
    except NewsletterError as fault:
        return _refused(str(fault), _status(fault))
    clashes = clashes_said(error.clashes, room)
    return JSONResponse(answer | {"fault": str(error), "clashes": clashes}, status_code=409)


async def _decided_by_form(room: Room, request: Request, word: str) -> Response:
    sent = await form(request)
    desk, by = room.desk.editor, editor_of(request)
    if not room.token.fits(sent.get("token", "")):
        return PlainTextResponse(_FORGED, status_code=403)
    if desk is None or not by:
        return PlainTextResponse(_NO_EDITOR if by else _NOBODY, status_code=403)
    issue = _issue(request)
    try:
        looked = version_in(sent.get("seen", "")), moment_in(sent.get("generated_at", ""))
        because = sent.get("because", "")
        said = await in_thread(lambda: _word(desk, word, issue, because, by, looked))
        room.say(Notice(state="ok", text=said))
    except NewsletterError as error:
        room.say(Notice(state="error", text=str(error)))
    room.shelf.clear()
    room.news.changed()
    return RedirectResponse(f"/issues/{quote(issue, safe='')}/edit", status_code=303)


def _word(desk: EditorDesk, word: str, issue: str, because: str, by: str, looked: _Looked) -> str:
    seen, generated_at = looked
    match word:
        case "approve":
            said = desk.approve(issue, because, by, seen, generated_at)
        case "hold":
            said = desk.hold(issue, because, by, seen)
        case _:
            said = desk.skip(issue, because, by, seen)
    return said or f"{issue} is {_WORDS[word]}"


def _issue(request: Request) -> str:
    return str(request.path_params["issue"])


async def _body(request: Request) -> bytes | None:
    """Return what was sent, None if it is too much."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            return None
    return body


def _refused(fault: str, status: int) -> Response:
    return JSONResponse({"fault": fault}, status_code=status)


def _status(error: NewsletterError) -> int:
    match error:
        case WishError():
            return 422
        case IssueError():
            return 404
        case StoreError():
            return 503
        case _:
            return 500
