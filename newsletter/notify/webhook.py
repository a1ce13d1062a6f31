"""A note posted to a webhook: in a generic form, or as Slack, Mattermost and Discord want it."""

import asyncio
import http
import json
import re
import ssl
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from urllib.parse import urlsplit

import aiohttp
from yarl import URL

from newsletter.errors import FetchError, NotifyError
from newsletter.net.guard import is_loopback
from newsletter.net.proxies import Proxies, shown
from newsletter.net.reasons import failed, retry_after_s
from newsletter.net.resolve import Resolver
from newsletter.notify.details import cut
from newsletter.notify.forms import Form, discord, generic, mattermost, slack
from newsletter.notify.note import Note

_SUPPRESS_EMBEDS = 4  # Discord's flag of messages: links of headlines grow no pictures
_TOLD_BYTES = 500  # of an answer that says no: why stands at its head
_TOLD_S = 1.0
_LATER = frozenset({408, 425, 429})
_NO_PROXIES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """Posts notes to *url*, which nobody prints: whoever knows it can post there.

    *timeout_s* is the longest that one note may take, from the look-up to the answer. *proxies* are
    as `urllib.request.getproxies` gives them; *trusted* is whose certificates count, None for what
    this machine trusts.
    """

    url: str = field(repr=False)
    form: Form = "json"
    timeout_s: float = 10.0
    user_agent: str = "Newsletter"
    proxies: Mapping[str, str] = field(default_factory=lambda: _NO_PROXIES, repr=False)
    trusted: ssl.SSLContext | None = None

    def deliver(self, note: Note) -> None:
        """Post *note*; any answer 2xx means that it has arrived.

        Raises:
            NotifyError: it did not, or nobody knows; says no more of the URL than its host.
        """
        content = json.dumps(body(note, self.form)).encode("ascii")
        asyncio.run(_Posting(self, content, note.key).post())


def body(note: Note, form: Form) -> dict[str, object]:
    """Return what is posted of *note*, as JSON can hold it."""
    match form:
        case "slack":
            # Links in what others wrote are not unfolded either.
            return {"text": slack(note), "unfurl_links": False, "unfurl_media": False}
        case "mattermost":
            return {"text": mattermost(note)}
        case "discord":
            return {
                "content": discord(note),
                "allowed_mentions": {"parse": []},
                "flags": _SUPPRESS_EMBEDS,
            }
        case _:
            return generic(note)


class _Posting:
    """One request, and how far it has come when it fails."""

    def __init__(self, hook: Webhook, content: bytes, key: str) -> None:
        self._hook = hook
        self._content = content
        self._key = key
        self._host = urlsplit(hook.url).hostname or "the webhook"
        self._is_sent = False
        self._status: int | None = None
        self._wait_s: float | None = None
        self._said = ""

    async def post(self) -> None:
        timeout_s = self._hook.timeout_s
        try:
            async with asyncio.timeout(timeout_s):
                await self._ask(URL(self._hook.url))
        except TimeoutError as error:
            if self._status is None:
                raise self._lost(f"no answer within {timeout_s:g} s") from error
        except FetchError as error:
            raise self._lost(str(error)) from error
        except (OSError, ValueError, aiohttp.ClientError) as error:
            raise self._lost(f"cannot be asked ({type(error).__name__})") from error
        self._judge()

    async def _ask(self, url: URL) -> None:
        hook = self._hook
        proxy = None if is_loopback(url.host or "") else Proxies(hook.proxies).of(url)
        connector = aiohttp.TCPConnector(
            ssl=hook.trusted or True,
            resolver=Resolver(),
            use_dns_cache=False,
            force_close=True,
        )
        headers = {
            "Content-Type": "application/json",
            "User-Agent": hook.user_agent,
            "Accept-Encoding": "identity",
            "Idempotency-Key": f'"{self._key}"',
        }
        try:
            async with (
                aiohttp.ClientSession(
                    connector=connector,
                    connector_owner=False,
                    timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
                    cookie_jar=aiohttp.DummyCookieJar(),
                    auto_decompress=False,
                    trace_configs=[self._watching()],
                ) as session,
                session.post(
                    url, data=self._content, headers=headers, allow_redirects=False, proxy=proxy
                ) as response,
            ):
                await self._hear(response)
        except aiohttp.ClientError as error:
            if self._status is None:
                raise failed(error, shown(proxy) if proxy else None, hook.timeout_s) from error
        finally:
            await connector.close(abort_ssl=True)

    def _watching(self) -> aiohttp.TraceConfig:
        async def sent(*_: object) -> None:
            self._is_sent = True

        trace = aiohttp.TraceConfig()
        trace.on_request_headers_sent.append(sent)
        return trace

    async def _hear(self, response: aiohttp.ClientResponse) -> None:
        self._status = response.status
        headers = response.headers
        self._wait_s = retry_after_s(
            headers.get("Retry-After"), headers.get("Date"), datetime.now(UTC)
        )
        if 200 <= response.status < 300:
            return
        with suppress(TimeoutError, aiohttp.ClientError):
            async with asyncio.timeout(_TOLD_S):
                said = await response.content.read(_TOLD_BYTES)
                self._said = said.decode("utf-8", "replace")

    def _lost(self, reason: str) -> NotifyError:
        told = cut(self._without_secret(reason), 300)
        if self._is_sent:
            return NotifyError(f"{self._host}: {told}; it may have arrived", is_sure=False)
        # What cannot be looked up or connected is told by its name already.
        return NotifyError(told if told.startswith(self._host) else f"{self._host}: {told}")

    def _judge(self) -> None:
        status = self._status or 0
        if 200 <= status < 300:
            return
        told = f"{self._host} answers {status} {_phrase(status)}".strip()
        if 300 <= status < 400:
            raise NotifyError(
                f"{told}: it points elsewhere, and is not followed; write the new URL into"
                " feeds.yaml",
                is_final=True,
            )
        said = cut(re.sub(r"<[^>]*>", " ", self._without_secret(self._said)), 120)
        reason = f"{told}: {said}" if said else told
        if status in _LATER or status >= 500:
            raise NotifyError(reason, retry_after_s=self._wait_s)
        raise NotifyError(f"{reason}; check the webhook's URL and format", is_final=True)

    def _without_secret(self, text: str) -> str:
        parts = urlsplit(self._hook.url)
        secrets = {self._hook.url, parts.netloc.rpartition("@")[0], parts.path, parts.query}
        secrets |= set(parts.path.split("/"))
        for secret in sorted(secrets, key=len, reverse=True):
            text = text.replace(secret, "…") if len(secret) >= 6 else text
        return text


def _phrase(status: int) -> str:
    try:
        return http.HTTPStatus(status).phrase
    except ValueError:
        return ""


def hook_url(variable: str, environment: Callable[[str], str | None]) -> str:
    """Return the URL of a webhook that stands in an environment variable.

    Raises:
        NotifyError: it is not set, or holds no URL; does not say what it holds.
    """
    url = (environment(variable) or "").strip()
    if not url:
        raise NotifyError(f"{variable} is not set; set it to the webhook's URL")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or not url.isprintable():
        raise NotifyError(f"{variable} holds no URL; set it to the webhook's URL, https://…")
    return url
