"""Sends one request through the `openai` client, and lets nothing else through with it."""

import asyncio
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from newsletter.llm.endpoint import Endpoint

if TYPE_CHECKING:
    from openai import AsyncOpenAI

Message = Mapping[str, str]

_HEADERS = frozenset({"host", "content-type", "content-length", "accept", "connection"})
_TOLD_BYTES = 4_000  # of an error's text: what is wrong stands at its head
_PLAIN = ("", "identity")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An endpoint's answer: its status, and its body as far as it was read.

    `retry_after` and `location` are as the headers have them, "" without.
    """

    status: int
    body: bytes
    retry_after: str = ""
    location: str = ""


class _HeardError(Exception):
    """Carries an answer past the client, which would read one of any length to its end."""

    def __init__(self, answered: Answered) -> None:
        super().__init__(answered.status)
        self.answered = answered


class TooLongError(Exception):
    """An answer that goes on beyond what was agreed."""


class EncodedError(Exception):
    """An answer that is compressed although it was asked for plainly."""


def ask(endpoint: Endpoint, messages: Sequence[Message], parameters: Mapping[str, Any]) -> Answered:
    """Return the answer of *endpoint* to *messages*; no more than its limit is read of it.

    The whole of it, however slowly it drips, has `timeout_s`. Nothing of the environment counts:
    the request goes to `base_url`, directly or through its proxy, with no key but its own; a
    redirect is not followed.

    Raises:
        TimeoutError: it took longer.
        TooLongError: the answer is longer than `answer_bytes`.
        EncodedError: the answer is compressed: there is no telling how long it would become.
        openai.APIConnectionError: nobody answers there, or not in HTTP.
    """
    return asyncio.run(_ask(endpoint, messages, parameters))


async def _ask(
    endpoint: Endpoint, messages: Sequence[Message], parameters: Mapping[str, Any]
) -> Answered:
    client = _client(endpoint)  # loads the library once, which is not on the clock
    async with asyncio.timeout(endpoint.timeout_s), client:
        completions: Any = client.chat.completions
        try:
            await completions.create(model=endpoint.model, messages=list(messages), **parameters)
        except Exception as error:
            heard = _heard(error)
            if heard is None:
                raise
            return heard.answered
    raise AssertionError("an answer went past the hook that hears it")


def _client(endpoint: Endpoint) -> "AsyncOpenAI":
    from openai import AsyncOpenAI, DefaultAsyncHttpxClient

    # OPENAI_LOG would make the client write whole requests, articles and all, to the log.
    logging.getLogger("openai").setLevel(logging.WARNING)

    async def strip(request: Any) -> None:
        """Send what the protocol needs, whatever OPENAI_CUSTOM_HEADERS and the like have added."""
        for name in [name for name in request.headers if name.lower() not in _HEADERS]:
            del request.headers[name]
        request.headers["Accept-Encoding"] = "identity"
        request.headers["User-Agent"] = "Newsletter"
        if endpoint.api_key:
            request.headers["Authorization"] = f"Bearer {endpoint.api_key}"

    async def hear(response: Any) -> None:
        """Read the answer here, as far as it is wanted: the client itself knows no limit."""
        raise _HeardError(await _read(response, endpoint.answer_bytes))

    return AsyncOpenAI(
        base_url=endpoint.base_url,
        api_key="none",  # the client wants one; `strip` puts the endpoint's own in its place
        max_retries=0,
        timeout=endpoint.timeout_s,
        http_client=DefaultAsyncHttpxClient(
            trust_env=False,
            follow_redirects=False,
            proxy=endpoint.proxy,
            timeout=endpoint.timeout_s,
            event_hooks={"request": [strip], "response": [hear]},
        ),
    )


async def _read(response: Any, most_bytes: int) -> Answered:
    is_served = response.status_code == 200
    if is_served and response.headers.get("Content-Encoding", "").strip().lower() not in _PLAIN:
        raise EncodedError
    body = bytearray()
    async for chunk in response.aiter_raw():
        body += chunk
        if is_served and len(body) > most_bytes:
            raise TooLongError
        if not is_served and len(body) >= _TOLD_BYTES:
            break
    return Answered(
        status=response.status_code,
        body=bytes(body) if is_served else bytes(body[:_TOLD_BYTES]),
        retry_after=response.headers.get("Retry-After", ""),
        location=response.headers.get("Location", ""),
    )


def _heard(error: BaseException | None) -> _HeardError | None:
    """Return what the hook raised, from within whatever the client wrapped it in."""
    while error is not None and not isinstance(error, _HeardError):
        error = error.__cause__
    return error


def told(body: bytes) -> str:
    """Return what an error's body says in one line, "" where that is not for people."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    while isinstance(found, Mapping):
        found = found.get("error") or found.get("message") or found.get("detail")
    if not isinstance(found, str):
        return ""
    return " ".join("".join(c if c.isprintable() else " " for c in found).split())[:200]
