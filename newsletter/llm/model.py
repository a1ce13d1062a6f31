"""A language model behind one door: asked once, once again where that helps, and never raising."""

import os
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from newsletter.llm.asking import Answered, EncodedError, Message, TooLongError, ask, told
from newsletter.llm.endpoint import Endpoint
from newsletter.llm.replies import Reply, read_reply

__all__ = ["LanguageModel", "Reply"]

_LONGEST_WAIT_S = 10.0
_WAIT_S = 1.0  # where a busy endpoint does not say how long
_AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_MOST_CALLS = 4
_PATIENCE = "give it longer (summaries.timeout)"
_OUT = "or write backend: extractive"


class LanguageModel:
    """One endpoint's model; may be called from several threads."""

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.endpoint = endpoint
        self._sleep = sleep
        self._now = now
        # Some models know the length of an answer by another name, some take no temperature.
        self._limit_name = "max_tokens"
        self._takes_temperature = True
        self._lock = threading.Lock()
        # Loaded by one thread only: an import that several begin at once is slower, and has hung.
        import openai  # noqa: F401

    @property
    def name(self) -> str:
        """Return the name of the model, as feeds.yaml has it."""
        return self.endpoint.model

    @property
    def host(self) -> str:
        """Return host and port of the endpoint."""
        return self.endpoint.host

    @property
    def answer_tokens(self) -> int:
        """Return how many tokens an answer may take at most."""
        return self.endpoint.answer_tokens

    def __call__(self, messages: Sequence[Message]) -> Reply:
        """Return what the model says to *messages*, or the failure in its place.

        A busy or failing endpoint and a broken connection are tried once more, after what it asks
        to wait, ten seconds at most; one that did not answer in time is not. One that does not
        take a parameter is asked without it.
        """
        calls, has_waited = 0, False
        while True:
            reply, wait_s = self._try(messages)
            calls += 1
            if wait_s is None or calls == _MOST_CALLS or (wait_s and has_waited):
                return replace(reply, calls=calls)
            if wait_s:
                has_waited = True
                self._sleep(wait_s)

    def _try(self, messages: Sequence[Message]) -> tuple[Reply, float | None]:
        """Return one attempt's reply, and after how long another makes sense, None if never."""
        import openai

        parameters = self._parameters()
        try:
            answered = ask(self.endpoint, messages, parameters)
        except (TimeoutError, openai.APITimeoutError):
            return self._down(f"did not answer within {self.endpoint.timeout_s:g} s", _PATIENCE)
        except TooLongError:
            limit = self.endpoint.answer_bytes // 1_000
            return Reply(failure=f"its answer goes on beyond {limit} KB"), None
        except EncodedError:
            return Reply(failure="its answer is compressed, which was not asked for"), None
        except openai.OpenAIError as error:
            reason = _reason(error)
            return self._down(f"cannot be reached ({reason})", "see that it runs", wait_s=_WAIT_S)
        if answered.status == 200:
            reply = read_reply(answered.body)
            return replace(reply, content=self._without_key(reply.content)), None
        return self._refused(answered, parameters)

    def _parameters(self) -> Mapping[str, Any]:
        found: dict[str, Any] = {self._limit_name: self.endpoint.answer_tokens}
        if self._takes_temperature:
            found["temperature"] = self.endpoint.temperature
        return found

    def _refused(
        self, answered: Answered, parameters: Mapping[str, Any]
    ) -> tuple[Reply, float | None]:
        """Return what an answer without a completion means, by its status (RFC 9110, 15)."""
        said = self._without_key(told(answered.body))
        match answered.status:
            case 400 | 422 if self._adapts(said, parameters):
                return Reply(failure=said), 0.0
            case 401 | 403:
                key = "its key" if self.endpoint.api_key else "a key, which it seems to want"
                return self._down(
                    f"refused us ({answered.status})", f"see to {key} (summaries.api_key_env)"
                )
            case 404:
                return self._down(
                    f"has no such model or address (404{f': {said}' if said else ''})",
                    f"see to summaries.model and base_url{self._hint()}",
                )
            case status if 300 <= status < 400:
                where = urlsplit(answered.location).netloc.rpartition("@")[2]
                return self._down(
                    f"leads on to {where or 'another address'} ({status}), where nothing is sent",
                    "write the last address as summaries.base_url",
                )
            case status if status in _AGAIN:
                busy = "is too busy for us" if status == 429 else "failed"
                wait_s = self._wait_of(answered.retry_after)
                return self._down(f"{busy} ({status})", "try again later", wait_s=wait_s)
            case status:
                reason = f"{status}: {said}" if said else str(status)
                return Reply(failure=f"{self.host} did not take the request ({reason})"), None

    def _adapts(self, said: str, parameters: Mapping[str, Any]) -> bool:
        """Tell whether the request can be put in the words that the endpoint asks for."""
        with self._lock:
            if "max_completion_tokens" in said and "max_tokens" in parameters:
                self._limit_name = "max_completion_tokens"
                return True
            if "temperature" in said and "temperature" in parameters:
                self._takes_temperature = False
                return True
        return False

    def _hint(self) -> str:
        """Return what is often wrong with an address, "" where this one looks right."""
        path = urlsplit(self.endpoint.base_url).path
        if path.endswith("/completions"):
            return ", which ends before /chat/completions"
        return "" if path.strip("/") else ", most of which end in /v1"

    def _down(
        self, fault: str, way_out: str, *, wait_s: float | None = None
    ) -> tuple[Reply, float | None]:
        return Reply(failure=f"{self.host} {fault}; {way_out}, {_OUT}", is_down=True), wait_s

    def _wait_of(self, retry_after: str) -> float:
        """Return the seconds that Retry-After asks for (RFC 9110, 10.2.3), within our bounds."""
        text = retry_after.strip()
        if text.isascii() and text.isdigit():
            return min(float(text[:6]), _LONGEST_WAIT_S) or _WAIT_S
        try:
            wait_s = (parsedate_to_datetime(text) - self._now()).total_seconds()
        except (ValueError, TypeError, OverflowError):
            return _WAIT_S
        return min(max(wait_s, _WAIT_S), _LONGEST_WAIT_S)

    def _without_key(self, text: str) -> str:
        return text.replace(self.endpoint.api_key, "…") if self.endpoint.api_key else text


def _reason(error: BaseException) -> str:
    """Return why a connection failed, from the innermost of the errors that tell it."""
    inner = error
    while (deeper := inner.__cause__ or inner.__context__) is not None:
        inner = deeper
    if isinstance(inner, ssl.SSLError):
        return f"TLS: {getattr(inner, 'verify_message', '') or inner.reason or 'broken off'}"
    if isinstance(inner, socket.gaierror):
        return "no such name"
    if isinstance(inner, OSError) and inner.errno:
        return os.strerror(inner.errno).lower()
    return "it breaks off, or does not speak HTTP"
