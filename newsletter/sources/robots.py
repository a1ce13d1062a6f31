"""What sites ask of robots in their robots.txt (RFC 9309), each asked once."""

import asyncio
import re
from collections.abc import Callable

from yarl import URL

from newsletter.errors import FetchError
from newsletter.net import Fetcher, UnreachedError, Wanted

PRODUCT = "Newsletter"  # our product token (RFC 9309, 2.2.1), as our User-Agent begins
_ROBOTS = Wanted(
    accept="text/plain, */*;q=0.5",
    first_bytes=512_000,  # RFC 9309, 2.5
)
_AGENT = re.compile(
    r"^([^\S\n]*user[- ]?agent[^\S\n]*[:\s][^\S\n]*)([^\n#]*)", re.IGNORECASE | re.MULTILINE
)
_TOKEN = re.compile(r"[a-z_-]+", re.IGNORECASE)

Allows = Callable[[str], bool]


class Robots:
    """The robots.txt of every site that is asked during one run.

    Crawl-delay is not heeded: it is no part of the RFC, and of a site a page or two is read a week.
    """

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._asked: dict[str, asyncio.Task[Allows]] = {}

    async def check(self, url: str) -> None:
        """See that the site of *url* lets us read it.

        Raises:
            FetchError: it does not, or cannot say.
        """
        origin = str(URL(url).origin())
        if origin not in self._asked:
            self._asked[origin] = asyncio.create_task(self._rules(origin))
        # Shielded: one page that is out of time must not take the answer from the others.
        allows = await asyncio.shield(self._asked[origin])
        if not allows(url):
            raise FetchError(f"robots.txt of {URL(url).host} asks us not to read it")

    async def _rules(self, origin: str) -> Allows:
        try:
            answer = await self._fetcher.get(f"{origin}/robots.txt", wanted=_ROBOTS)
        except FetchError as error:
            if error.status is not None and error.status < 500:
                return lambda url: True  # there is none (RFC 9309, 2.3.1.3)
            reason = f"robots.txt of {URL(origin).host} cannot be read: {error}"
            if isinstance(error, UnreachedError):
                raise UnreachedError(reason) from error
            raise type(error)(reason, is_silent=error.is_silent) from error
        return rules(answer.content)


def rules(robots_txt: bytes) -> Allows:
    """Return the function that tells whether a robots.txt lets us read a URL."""
    from protego import Protego

    text = "\n".join(robots_txt.decode("utf-8-sig", "replace").splitlines())
    # Groups of others are all called alike: it keeps theirs from being taken for ours ("News"), and
    # a file that names thousands of robots before thousands of rules from filling the memory.
    parsed = Protego.parse(_AGENT.sub(_ours_or_other, text))
    return lambda url: parsed.can_fetch(url, PRODUCT)


def _ours_or_other(line: re.Match[str]) -> str:
    name = line[2].strip()
    token = _TOKEN.match(name)
    if name == "*":
        return line[0]
    is_ours = token is not None and token[0].lower() == PRODUCT.lower()
    return f"{line[1]}{PRODUCT if is_ours else 'other'}"
