"""One guarded GET: a total deadline, caps, checked redirects, no private networks."""

import asyncio
import re
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import quote, urldefrag, urljoin

from yarl import URL

from newsletter.errors import FetchError
from newsletter.net.decode import ACCEPTED
from newsletter.net.hop import Answer, Going, Hops, Limits, Moved, Wanted
from newsletter.net.memory import Memory, Share
from newsletter.net.proxies import Proxies
from newsletter.net.reasons import RefusedError, UnreachedError
from newsletter.net.resolve import LookUp, Resolver, system_look_up
from newsletter.text.markup import one_line

MAX_REDIRECTS = 5
_SCHEMES = frozenset({"http", "https"})
_LOGIN = re.compile(r"//[^/?#]*@")  # a relative Location keeps a feed's password
# Controls, marks of direction and what else a terminal obeys or nobody sees.
_UNSEEN = re.compile(
    "[\x00-\x20\x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff"
    "\ufff9-\ufffc\U000e0000-\U000e007f]"
)

FEED = Wanted(
    accept="application/atom+xml, application/rss+xml, application/feed+json,"
    " application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7,"
    " */*;q=0.5"
)

Before = Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer: status 200 with a decoded body, or 304 without one. `url` is after redirects.

    `moved_to` is the URL after the permanent redirects (301, 308) that came first, None without
    any: what follows a temporary one may be elsewhere tomorrow.
    """

    url: str
    status: int
    content: bytes = b""
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None


class Fetcher:
    """Fetches URLs under the same limits and one name (User-Agent).

    *proxies* are asked for what is not private; *look_up* finds the addresses of a name; *tls* is
    what certificates are verified with, the system's authorities if not given.
    """

    def __init__(
        self,
        limits: Limits,
        user_agent: str,
        *,
        proxies: Proxies | None = None,
        look_up: LookUp = system_look_up,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._limits = limits
        self._user_agent = user_agent
        self._proxies = proxies or Proxies()
        self._look_up = look_up
        self._given_tls = tls

    @cached_property
    def _hops(self) -> Hops:
        # Late: reading the system's authorities takes longer than many a command.
        tls = self._given_tls or ssl.create_default_context()
        return Hops(self._limits, self._proxies, Resolver(self._look_up), tls)

    def memory(self, max_bytes: int) -> Memory:
        """Return room for so many bytes of bodies, at least for one."""
        return Memory(max_bytes, self._limits.max_bytes)

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        wanted: Wanted = FEED,
        share: Share | None = None,
        before: Before | None = None,
    ) -> Fetched:
        """Return the answer to a GET, conditional on the validators given (RFC 9110, 13.1).

        The body is counted on *share*, which the caller gives back; waiting for room there is not
        on the clock. *before* is called with each URL before it is asked, off the clock, too, and
        may raise a FetchError in its place.

        Raises:
            FetchError: no usable answer, with the reason; never anything else but cancellation.
        """
        headers = {
            "User-Agent": self._user_agent,
            "Accept": wanted.accept,
            "Accept-Encoding": ACCEPTED,
            "If-None-Match": etag or "",
            # Byte for byte as it came: some servers honour only an exact match.
            "If-Modified-Since": last_modified or "",
        }
        headers = {name: value for name, value in headers.items() if value}
        limits = self._limits
        share = share or self.memory(limits.max_bytes).share()
        hops = self._hops  # before the clock runs: the first use takes its time
        going: Going | None = None
        try:
            async with asyncio.timeout(limits.timeout_s) as deadline:
                going = Going(wanted=wanted, share=share, deadline=deadline)
                answer = await _follow(hops, url, headers, going, before)
        except TimeoutError as error:
            silent = going is None or not going.answered
            raise FetchError(
                f"no answer within {limits.timeout_s:g} s", is_silent=silent
            ) from error
        except (OSError, ValueError) as error:
            raise FetchError(one_line(f"cannot be asked: {error}")) from error
        if answer.status == 304 and not (etag or last_modified):
            raise FetchError("answers 304 Not Modified, though nothing was there to compare with")
        return answer


async def _follow(
    hops: Hops, url: str, headers: dict[str, str], going: Going, before: Before | None
) -> Fetched:
    asked: list[str] = []
    moved_to: str | None = None
    for_good = True
    while True:
        target = _target(url)
        asked.append(urldefrag(url).url)
        try:
            if before is not None:
                await going.meanwhile(before(url))
            answer = await hops.ask(target, headers, going)
        except (RefusedError, UnreachedError) as error:
            if len(asked) == 1:
                raise
            # Somebody did answer, and sent us there.
            raise FetchError(f"redirects to what cannot be asked: {error}") from error
        if isinstance(answer, Answer):
            return _fetched(url, answer, moved_to)
        url = _next(url, answer, asked)
        for_good = for_good and answer.permanent
        moved_to = url if for_good else moved_to


def _target(url: str) -> URL:
    """Return *url* as it is asked, by the same reading for the guard and for the connection."""
    try:
        target = URL(url)
        usable = target.scheme in _SCHEMES and bool(target.host) and target.port is not None
    except ValueError:
        usable = False
    if not usable:
        raise RefusedError(f"{one_line(url[:200])!r} is no URL of http or https")
    return target


def _next(url: str, answer: Moved, asked: list[str]) -> str:
    """Return the URL that a redirect leads to, without a fragment, unseen characters encoded.

    Raises:
        FetchError: it is not followed, with the status and the wait of the redirect.
    """
    # It is remembered and shown: a control or bidi character would steer a terminal.
    following = _UNSEEN.sub(_percent, urldefrag(urljoin(url, answer.location)).url)
    scheme, colon, _ = following.partition(":")
    told = one_line(_LOGIN.sub("//", following[:200]))
    if not colon or scheme.lower() not in _SCHEMES:
        fault = f"redirects to {told!r}, which is neither http nor https"
    elif url.lower().startswith("https:") and scheme.lower() == "http":
        fault = f"redirects from https to http ({told})"
    elif following in asked:
        fault = f"redirects in a circle, back to {told}"
    elif len(asked) > MAX_REDIRECTS:
        fault = f"redirects more than {MAX_REDIRECTS} times"
    else:
        return following
    unheard = answer.unheard
    raise FetchError(fault, status=unheard.status, retry_after_s=unheard.retry_after_s)


def _fetched(url: str, answer: Answer, moved_to: str | None) -> Fetched:
    fetched = Fetched(
        url=url,
        status=answer.status,
        content_type=answer.header("Content-Type"),
        etag=answer.header("ETag"),
        last_modified=answer.header("Last-Modified"),
        moved_to=moved_to,
    )
    return replace(fetched, content=answer.content) if answer.content else fetched


def _percent(unseen: re.Match[str]) -> str:
    return quote(unseen[0], safe="")
