"""The web application of the preview: which address shows which page."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from newsletter.preview import acting, issue_page, listing
from newsletter.preview.desk import Desk
from newsletter.preview.guard import Guard
from newsletter.preview.live import watch
from newsletter.preview.room import HOME, Room
from newsletter.preview.threads import in_thread

_Page = Callable[[Room, Request], Response]


def application(desk: Desk) -> Starlette:
    """Return the preview of what *desk* offers, for an ASGI server on this machine.

    It answers only to the Host names of this machine with the port that was asked, changes nothing
    on GET, and shows issues shut in frames that cannot run anything. While it runs it watches
    `desk.watched`.
    """
    room = Room(desk=desk)
    tasks: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        stop = asyncio.Event()
        watching = asyncio.create_task(watch(desk.watched, changed, stop))
        try:
            yield
        finally:
            stop.set()
            room.news.close()
            for task in tasks:
                task.cancel()
            await watching

    def changed() -> None:
        room.shelf.clear()
        room.news.changed()

    def page(path: str, make: _Page) -> Route:
        return Route(path, _in_thread(room, make), methods=["GET"])

    async def events(_: Request) -> Response:
        return StreamingResponse(room.news.listen(), media_type="text/event-stream")

    async def rebuild(request: Request) -> Response:
        return await acting.rebuild(room, request, tasks)

    async def send_test(request: Request) -> Response:
        return await acting.send_test(room, request)

    app = Starlette(
        lifespan=life,
        middleware=[Middleware(Guard)],
        exception_handlers={Exception: _unexpected},
        routes=[
            page("/", listing.issues_page),
            page("/issues/{issue}", issue_page.issue_page),
            page("/frames/{issue}/{edition}", issue_page.frame),
            page("/feeds", listing.feeds_page),
            page("/charts", listing.charts_page),
            page("/archive", listing.archive_page),
            page("/site/{path:path}", listing.site_file),
            page("/keys", listing.keys_page),
            Route("/events", events, methods=["GET"]),
            Route("/rebuild", rebuild, methods=["POST"]),
            Route("/issues/{issue}/send", send_test, methods=["POST"]),
            Mount("/static", StaticFiles(directory=HOME / "static")),
        ],
    )
    app.state.room = room
    return app


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
