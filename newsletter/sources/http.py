"""Asks many feeds at once, conditionally, each under the guard of `newsletter.net`."""

from collections.abc import Iterator, Sequence

from newsletter.errors import FetchError
from newsletter.model import Document, Feed, Unchanged, Visit
from newsletter.net import Fetched, Fetcher, Share
from newsletter.sources.crowd import Crowd

_Outcome = Document | Unchanged | FetchError
# Answers of a place that a feed has left again; the old URL may know better.
_NOT_HERE = frozenset({401, 403, 404, 410})


class HttpFeeds:
    """Feeds over http and https: concurrent over hosts, a few at a time on each."""

    def __init__(self, fetcher: Fetcher, *, per_host: int, total_s: float) -> None:
        self._fetcher = fetcher
        self._crowd = Crowd(fetcher, per_host=per_host, total_s=total_s)

    def look(self, feeds: Sequence[tuple[Feed, Visit]]) -> Iterator[tuple[Feed, _Outcome]]:
        """Yield what came of each feed as it comes, all within the total time.

        Where a visit says `moved_to`, that is asked; if nothing is there any more, the feed's own
        URL is. The outcome's `moved_to` is then that URL, unless it redirects for good.
        """
        asked = [(visit.moved_to or feed.url, (feed, visit)) for feed, visit in feeds]
        for (feed, _), outcome in self._crowd.ask(asked, self._one):
            yield feed, outcome

    async def _one(self, asked: tuple[Feed, Visit], share: Share) -> Document | Unchanged:
        feed, visit = asked
        url = visit.moved_to or feed.url
        try:
            answer = await self._fetcher.get(
                url, etag=visit.etag, last_modified=visit.last_modified, share=share
            )
        except FetchError as error:
            if url == feed.url or not (error.is_silent or error.status in _NOT_HERE):
                raise
            # Without validators: they are those of the other place.
            answer = await self._fetcher.get(feed.url, share=share)
            return _outcome(answer, moved_to=answer.moved_to or feed.url)
        return _outcome(answer, moved_to=answer.moved_to)


def _outcome(answer: Fetched, *, moved_to: str | None) -> Document | Unchanged:
    if answer.status == 304:
        return Unchanged(moved_to=moved_to)
    return Document(
        url=answer.url,
        content=answer.content,
        content_type=answer.content_type,
        etag=answer.etag,
        last_modified=answer.last_modified,
        moved_to=moved_to,
    )
