"""Watches the files that an issue is made with, and tells the open pages when one has changed."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import suppress
from pathlib import Path

_log = logging.getLogger(__name__)
_QUEUE = 32  # pieces of news that a page may be behind: older ones it need not know
_RETRY_S = 10
_SETTLE_MS = 60  # editors save in several steps


class News:
    """What happened, told to every page that listens, by server-sent events (WHATWG HTML, 9.2)."""

    def __init__(self) -> None:
        self._boot = secrets.token_hex(4)
        self._count = 0
        self._listeners: set[asyncio.Queue[str | None]] = set()
        self._is_closed = False

    @property
    def version(self) -> str:
        """Return a name of what is shown now: another one after each change and each start."""
        return f"{self._boot}-{self._count}"

    def changed(self) -> None:
        """Tell the pages that what they show is stale."""
        self._count += 1
        self._tell("changed", self.version)

    def built(self, issue: str) -> None:
        """Tell the pages that the coming issue was composed anew; "" if that failed."""
        self._count += 1
        self._tell("built", issue)

    def close(self) -> None:
        """Let every listening page go, now and from now on."""
        self._is_closed = True
        for queue in self._listeners:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(None)

    async def listen(self) -> AsyncIterator[str]:
        """Yield events as they come, the present version first, until closed."""
        queue: asyncio.Queue[str | None] = asyncio.Queue(_QUEUE)
        self._listeners.add(queue)
        try:
            yield f"retry: 1000\nevent: hello\ndata: {self.version}\n\n"
            while not self._is_closed:
                said = await queue.get()
                if said is None:
                    return
                yield said
        finally:
            self._listeners.discard(queue)

    def _tell(self, event: str, data: str) -> None:
        for queue in self._listeners:
            if not queue.full():
                queue.put_nowait(f"event: {event}\ndata: {data}\n\n")


async def watch(paths: Sequence[Path], changed: Callable[[], None], stop: asyncio.Event) -> None:
    """Call *changed* whenever a file of *paths*, or below a folder of them, has changed.

    A path that does not exist yet is noticed when it comes, if its folder is there. What editors
    write beside a file while they save (`.name.swp`, `name~`) is passed over. Ends with *stop*.
    """
    wanted = tuple(path.resolve() for path in paths)
    is_again = False
    while not stop.is_set():
        folders, files = _places(wanted)
        anew = asyncio.Event()

        def noticed(places: object = (folders, files), anew: asyncio.Event = anew) -> None:
            changed()
            if _places(wanted) != places:
                anew.set()

        ends = [asyncio.create_task(one.wait()) for one in (stop, anew)]
        watchers = [
            asyncio.create_task(_watch(places, wanted, noticed, recursive=recursive))
            for places, recursive in ((folders, True), (files, False))
            if places
        ]
        try:
            await asyncio.sleep(0)  # each begins to watch in its first step
            if is_again and not any(one.done() for one in watchers):
                noticed()  # what happened between two watches
            is_again = True
            await asyncio.wait([*ends, *watchers], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (*ends, *watchers):
                task.cancel()
            ended = await asyncio.gather(*ends, *watchers, return_exceptions=True)
        faults = [one for one in ended if isinstance(one, Exception)]
        if faults:  # a folder has gone meanwhile, or the system watches no more files
            _log.warning("files are not watched for a while reason=%s", faults[0])
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), _RETRY_S)


async def _watch(
    places: Collection[Path],
    wanted: Collection[Path],
    noticed: Callable[[], None],
    *,
    recursive: bool,
) -> None:
    from watchfiles import awatch

    def is_wanted(_: object, name: str) -> bool:
        path = Path(name)
        is_scratch = path.name.startswith(".") or path.name.endswith("~")
        return not is_scratch and any(path == one or one in path.parents for one in wanted)

    async for _ in awatch(*places, watch_filter=is_wanted, step=_SETTLE_MS, recursive=recursive):
        noticed()


def _places(wanted: Collection[Path]) -> tuple[frozenset[Path], frozenset[Path]]:
    """Return the folders to watch with all that is below them, and those for their files alone.

    A file is watched by its folder: editors save by putting another file in its place.
    """
    folders = frozenset(path for path in wanted if path.is_dir())
    files = frozenset(
        path.parent for path in wanted if path not in folders and path.parent.is_dir()
    )
    return folders, files
