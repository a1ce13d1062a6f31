"""The web application of the preview: which address shows which page."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Lifespan

from newsletter.preview import acting, editing, issue_page, listing
from newsletter.preview.desk import Desk
from newsletter.preview.guard import Guard
from newsletter.preview.live import watch
from newsletter.preview.room import HOME, Room
from newsletter.preview.threads import in_thread

_Page = Callable[[Room, Request], Response]
_Door = Callable[[Room, Request], Awaitable[Response]]


def application(desk: Desk) -> Starlette:
    """Return the preview of what *desk* offers, for an ASGI server on this machine.

    It answers only to the Host names of this machine with the port that was asked, changes nothing
    on GET, and shows issues shut in frames that cannot run anything. While it runs it watches
    `desk.watched`.
    """
    room = Room(desk=desk)
    tasks: set[asyncio.Task[None]] = set()
    app = Starlette(
        lifespan=_life(room, tasks),
        middleware=[Middleware(Guard)],
        exception_handlers={Exception: _unexpected},
        routes=[
            *_pages(room),
            *_acting(room, tasks),
            *_editing(room),
            Mount("/static", StaticFiles(directory=HOME / "static")),
        ],
    )
    app.state.room = room
    return app


def _life(room: Room, tasks: set[asyncio.Task[None]]) -> Lifespan[Starlette]:
    """Return what goes on while the app runs: the watch over files. *tasks* end with it."""

    def changed() -> None:
        room.shelf.clear()
        room.news.changed()

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        stop = asyncio.Event()
        watching = asyncio.create_task(watch(room.desk.watched, changed, stop))
        try:
            yield
        finally:
            stop.set()
            room.news.close()
            for task in tasks:
                task.cancel()
            await watching

    return life


def _pages(room: Room) -> Sequence[Route]:
    """Return the pages that show something and take nothing."""

    def page(path: str, make: _Page) -> Route:
        return Route(path, _in_thread(room, make), methods=["GET"])

    async def events(_: Request) -> Response:
        return StreamingResponse(room.news.listen(), media_type="text/event-stream")

    return [
        page("/", listing.issues_page),
        page("/issues/{issue}", issue_page.issue_page),
        page("/frames/{issue}/{edition}", issue_page.frame),
        page("/feeds", listing.feeds_page),
        page("/charts", listing.charts_page),
        page("/archive", listing.archive_page),
        page("/site/{path:path}", listing.site_file),
        page("/keys", listing.keys_page),
        page("/issues/{issue}/edit", editing.edit_page),
        Route("/events", events, methods=["GET"]),
    ]


def _acting(room: Room, tasks: set[asyncio.Task[None]]) -> Sequence[Route]:
    """Return what composes an issue anew, or mails one, and changes none."""

    async def rebuild(request: Request) -> Response:
        return await acting.rebuild(room, request, tasks)

    async def send_test(request: Request) -> Response:
        return await acting.send_test(room, request)

    return [
        Route("/rebuild", rebuild, methods=["POST"]),
        Route("/issues/{issue}/send", send_test, methods=["POST"]),
    ]


def _editing(room: Room) -> Sequence[Route]:
    """Return the doors of the editing page, by which its issue is changed."""

    def door(path: str, answer: _Door, method: str = "POST") -> Route:
        async def endpoint(request: Request) -> Response:
            return await answer(room, request)

        return Route(f"/issues/{{issue}}/{path}", endpoint, methods=[method])

    return [
        door("edits", editing.parts, "GET"),
        door("edits", editing.change),
        door("undo", editing.undo),
        door("redo", editing.redo),
        door("revert", editing.revert),
        door("bring-back", editing.bring_back),
        door("found", editing.found, "GET"),
        door("stories/{story}/why", editing.why, "GET"),
        door("stories/{story}/offered", editing.offered, "GET"),
        *(door(word, editing.deciding(word)) for word in ("approve", "hold", "skip")),
    ]


async def _unexpected(_: Request, error: Exception) -> Response:
    told = f"Unexpected {type(error).__name__}: {error}\n"
    return PlainTextResponse(
        f"{told}This is a fault in newsletter; the terminal of the preview shows where.",
        status_code=500,
    )


def _in_thread(room: Room, make: _Page) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        return await in_thread(lambda: make(room, request))

    return endpoint
