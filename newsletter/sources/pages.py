"""Asks for the web pages of articles, as far as their sites let robots read them."""

import time
from collections.abc import Iterator, Sequence

from newsletter.errors import FetchError
from newsletter.model import Document
from newsletter.net import Fetcher, Share, Wanted
from newsletter.sources.crowd import Crowd
from newsletter.sources.robots import Robots

_PAGE = Wanted(
    accept="text/html, application/xhtml+xml, text/plain;q=0.5",
    types=frozenset({"text/html", "application/xhtml+xml", "text/plain"}),
)


class HttpPages:
    """Web pages over http and https: concurrent over hosts, a few at a time on each.

    The total time runs from when this is made, before the feeds are asked: pages are read with what
    is left of it.
    """

    def __init__(self, fetcher: Fetcher, *, per_host: int, total_s: float) -> None:
        self._fetcher = fetcher
        self._began = time.monotonic()
        self._crowd = Crowd(fetcher, per_host=per_host, total_s=total_s)

    def read(self, urls: Sequence[str]) -> Iterator[tuple[str, Document | FetchError]]:
        """Yield what came of each URL as it comes, all within the total time.

        A redirect's target is asked only if its own site's robots.txt allows that, too.
        """
        robots = Robots(self._fetcher)

        async def one(url: str, share: Share) -> Document:
            answer = await self._fetcher.get(url, wanted=_PAGE, share=share, before=robots.check)
            return Document(
                url=answer.url,
                content=answer.content,
                content_type=answer.content_type,
                etag=answer.etag,
                last_modified=answer.last_modified,
                moved_to=answer.moved_to,
            )

        yield from self._crowd.ask([(url, url) for url in urls], one, began=self._began)
