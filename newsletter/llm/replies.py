"""Reads the JSON of a chat completion into what a model said, whatever shape it comes in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a model said, or why there is nothing: `failure` in an editor's words, "" if there is.

    `content` is as the model wrote it, its reasoning perhaps among it. `tokens_in` and `tokens_out`
    are as the endpoint counts them, None where it does not. `is_cut_off` tells that it ran out of
    tokens. `is_down` tells a failure that the next call will most likely meet as well: no
    connection, no permission, no such model. `calls` is how many requests it took.
    """

    content: str = ""
    tokens_in: int | None = None
    tokens_out: int | None = None
    is_cut_off: bool = False
    failure: str = ""
    is_down: bool = False
    calls: int = 1


def read_reply(body: bytes) -> Reply:
    """Return the reply that the JSON of a chat completion holds.

    Reasoning in fields of its own (`reasoning_content`, `reasoning`) is not read.
    """
    try:
        found = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return Reply(failure="its answer is no JSON")
    choices = _get(found, "choices")
    if not isinstance(choices, list):
        return Reply(failure="its answer is no chat completion: it has no choices")
    tokens_in, tokens_out = _usage(_get(found, "usage"))
    if not choices:
        return Reply(
            failure="its answer holds no choice", tokens_in=tokens_in, tokens_out=tokens_out
        )
    message = _get(choices[0], "message")
    content = _text(_get(message, "content"))
    refusal = _text(_get(message, "refusal"))
    is_cut_off = _get(choices[0], "finish_reason") == "length"
    failure = ""
    if refusal.strip():
        failure = "the model declined to answer"
    elif is_cut_off:
        failure = "its answer was cut off for length"
    elif not content.strip():
        failure = "its answer is empty"
    return Reply(
        content="" if failure else content,
        tokens_in=tokens_in,
        tokens_out=tokens_out,
        is_cut_off=is_cut_off,
        failure=failure,
    )


def _get(value: object, key: str) -> Any:
    return value.get(key) if isinstance(value, Mapping) else None


def _text(content: object) -> str:
    """Return the text of a message's content: a string, or the parts that are text.

    Halves of characters and zeros, which no store takes, are replaced.
    """
    if isinstance(content, str):
        return content.encode("utf-8", "replace").decode().replace("\0", " ")
    if not isinstance(content, list):
        return ""
    parts = (_get(part, "text") for part in content if _get(part, "type") == "text")
    return _text("\n".join(part for part in parts if isinstance(part, str)))


def _usage(usage: object) -> tuple[int | None, int | None]:
    return _count(_get(usage, "prompt_tokens")), _count(_get(usage, "completion_tokens"))


def _count(value: object) -> int | None:
    """Return a count of tokens that can be one; endpoints have sent zero, text and worse."""
    return value if type(value) is int and 0 < value < 10**9 else None
