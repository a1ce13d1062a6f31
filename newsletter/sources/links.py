"""Asks links whether they answer."""

from collections.abc import Iterator, Sequence

from newsletter.errors import FetchError
from newsletter.net import Fetcher, Share, Wanted
from newsletter.sources.crowd import Crowd

# Whether it answers is known before its body is read.
_ANYTHING = Wanted(accept="text/html, */*;q=0.5", first_bytes=1)


class HttpLinks:
    """Links over http and https: concurrent over hosts, a few at a time on each."""

    def __init__(self, fetcher: Fetcher, *, per_host: int, total_s: float) -> None:
        self._fetcher = fetcher
        self._crowd = Crowd(fetcher, per_host=per_host, total_s=total_s)

    def ask(self, urls: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Yield each URL, as it answers, with "" or the reason why a reader would not get there."""

        async def one(url: str, share: Share) -> str:
            answer = await self._fetcher.get(url, wanted=_ANYTHING, share=share)
            return f"has moved for good to {answer.moved_to}" if answer.moved_to else ""

        for url, outcome in self._crowd.ask([(url, url) for url in urls], one):
            yield url, str(outcome) if isinstance(outcome, FetchError) else outcome
