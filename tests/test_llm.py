"""A language model behind its door, asked over real sockets: what it says, and what it may not."""

import json
import logging
from datetime import UTC, datetime
from typing import Any

import pytest
from llm_server import (
    Handler,
    Talk,
    completion,
    drips,
    fails,
    floods,
    model_server,
    says,
    sends,
    waits,
)
from pace import slowness
from servers import closed_port

from newsletter.llm import Endpoint, LanguageModel, Reply

ASKED = ({"role": "user", "content": "Write one item."},)
KEY = "sk-harbour-bridge-1962"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def model(base_url: str, slept: list[float] | None = None, **settings: Any) -> LanguageModel:
    """Return the model of an endpoint, with all waits written down instead of waited."""
    waited = [] if slept is None else slept
    endpoint = Endpoint(base_url=base_url, model="tiny", **{"timeout_s": 20.0, **settings})
    return LanguageModel(endpoint, sleep=waited.append, now=lambda: NOW)


def reply_of(*talks: Talk, **settings: Any) -> Reply:
    """Return what comes of asking an endpoint once that answers so."""
    with model_server(*talks) as server:
        return model(server.base_url, **settings)(ASKED)


def test_a_model_is_asked_at_the_address_and_with_the_key_of_the_settings():
    with model_server(says("A bridge is shut. [1]")) as server:
        reply = model(server.base_url, api_key=KEY)(ASKED)

    assert (reply.content, reply.tokens_in, reply.tokens_out) == ("A bridge is shut. [1]", 100, 20)
    assert server.paths == ["/v1/chat/completions"]
    assert server.headers[0]["Authorization"] == f"Bearer {KEY}"
    assert server.asked == [
        {"model": "tiny", "messages": [*ASKED], "max_tokens": 4000, "temperature": 0.0}
    ]


def test_an_endpoint_that_needs_no_key_is_sent_none():
    with model_server(says("A bridge is shut. [1]")) as server:
        model(server.base_url)(ASKED)

    assert "Authorization" not in server.headers[0]


def test_nothing_in_the_environment_leads_elsewhere_or_adds_a_header(
    monkeypatch: pytest.MonkeyPatch,
):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "OPENAI_BASE_URL"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, "of-somebody-else")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Who: me\nAuthorization: Bearer other")
    with model_server(says("A bridge is shut. [1]")) as server:
        reply = model(server.base_url)(ASKED)

    assert reply.content == "A bridge is shut. [1]"
    sent = {name.lower() for name in server.headers[0]}
    assert sent <= {
        "host", "connection", "accept", "accept-encoding", "content-type", "content-length",
        "user-agent",
    }  # fmt: skip
    assert "somebody" not in json.dumps(server.headers)


def test_reasoning_in_a_field_of_its_own_is_not_read():
    reply = reply_of(
        says("A bridge is shut. [1]", reasoning_content="The user wants", reasoning="Let me think")
    )

    assert reply.content == "A bridge is shut. [1]"


def test_content_in_parts_is_read_as_text():
    parts = [{"type": "text", "text": "A bridge"}, {"type": "image_url"}, {"type": "text"}, 7]

    assert reply_of(says(parts)).content == "A bridge"


@pytest.mark.parametrize("usage", [None, {}, {"prompt_tokens": "many", "completion_tokens": -3}, 5])
def test_an_endpoint_that_does_not_count_leaves_the_tokens_open(usage: object):
    reply = reply_of(says("A bridge is shut. [1]", usage=usage))

    assert (reply.tokens_in, reply.tokens_out) == (None, None)
    assert not reply.failure


@pytest.mark.parametrize(
    ("talk", "failure"),
    [
        pytest.param(sends(b"<html>"), "its answer is no JSON", id="HTML"),
        pytest.param(sends(b""), "its answer is no JSON", id="nothing"),
        pytest.param(sends(b"\xff\xfe{"), "its answer is no JSON", id="no UTF-8"),
        pytest.param(sends(b"[" * 60_000), "its answer is no JSON", id="nested for ever"),
        pytest.param(sends(b"[]"), "it has no choices", id="a list"),
        pytest.param(sends(b'{"error": "x"}'), "it has no choices", id="an error with 200"),
        pytest.param(sends(b'{"choices": {}}'), "it has no choices", id="choices of a wrong type"),
        pytest.param(sends(b'{"choices": []}'), "holds no choice", id="empty choices"),
        pytest.param(sends(b'{"choices": [3]}'), "its answer is empty", id="a number"),
        pytest.param(says(None), "its answer is empty", id="no content"),
        pytest.param(says(17), "its answer is empty", id="content of a wrong type"),
        pytest.param(says("A brid", finish_reason="length"), "cut off for length", id="cut off"),
        pytest.param(says("", refusal="I won't."), "the model declined", id="declined"),
        pytest.param(floods, "its answer goes on beyond 64 KB", id="endless"),
        pytest.param(
            sends(b"x", headers="Content-Encoding: gzip\r\n"), "is compressed", id="compressed"
        ),
        pytest.param(
            fails("418 Teapot", "I am a teapot"), "did not take the request (418: I am", id="418"
        ),
    ],
)
def test_an_answer_that_holds_no_text_is_a_failure_of_this_answer_alone(talk: Talk, failure: str):
    reply = reply_of(talk)

    assert failure in reply.failure
    assert (reply.content, reply.is_down, reply.calls) == ("", False, 1)


@pytest.mark.parametrize(
    ("talk", "failure"),
    [
        pytest.param(fails("401 Unauthorized"), "refused us (401); see to", id="401"),
        pytest.param(fails("403 Forbidden"), "refused us (403); see to", id="403"),
        pytest.param(
            fails("404 Not Found", "model 'tiny' not found"),
            "has no such model or address (404: model 'tiny' not found)",
            id="404",
        ),
        pytest.param(
            sends(b"", "307 Temporary Redirect", "Location: http://other.example/v1\r\n"),
            "leads on to other.example (307), where nothing is sent",
            id="redirect",
        ),
        pytest.param(waits, "did not answer within 0.3 s; give it longer", id="silent"),
        pytest.param(drips, "did not answer within 0.3 s; give it longer", id="dripping"),
    ],
)
def test_an_endpoint_that_does_not_serve_us_is_asked_once_and_named_with_the_way_out(
    talk: Talk, failure: str
):
    reply = reply_of(talk, timeout_s=60.0 if talk not in (waits, drips) else 0.3)

    assert failure in reply.failure
    assert reply.failure.startswith("127.0.0.1:")
    assert reply.failure.endswith("or write backend: extractive")
    assert (reply.is_down, reply.calls) == (True, 1)


def breaks_off(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")


def says_no_http(handler: Handler) -> None:
    handler.wfile.write(b"220 mail.example ESMTP\r\n")


def fails_for_ever(handler: Handler) -> None:
    handler.send(b"<html>", "502 Bad Gateway", length=False)
    while not handler.endpoint.over.is_set():
        handler.wfile.write(b"a" * 4096)


@pytest.mark.parametrize(
    ("talk", "waited"),
    [
        pytest.param(fails("429 Too Many", headers="Retry-After: 3\r\n"), 3.0, id="429"),
        pytest.param(fails("429 Too Many", headers="Retry-After: 7200\r\n"), 10.0, id="two hours"),
        pytest.param(
            fails("503 Busy", headers="Retry-After: Sun, 22 Nov 2026 12:00:05 GMT\r\n"),
            5.0,
            id="a date",
        ),
        pytest.param(fails("503 Busy", headers="Retry-After: soon\r\n"), 1.0, id="no number"),
        pytest.param(fails("500 Internal Server Error"), 1.0, id="500"),
        pytest.param(sends(b"<html>", "502 Bad Gateway"), 1.0, id="502 in HTML"),
        pytest.param(fails_for_ever, 1.0, id="endless 502"),
        pytest.param(breaks_off, 1.0, id="broken off"),
        pytest.param(says_no_http, 1.0, id="no HTTP"),
    ],
)
def test_a_busy_or_failing_endpoint_is_tried_once_more_after_what_it_asks_to_wait(
    talk: Talk, waited: float
):
    slept: list[float] = []

    reply = reply_of(talk, says("A bridge is shut. [1]"), slept=slept)

    assert (reply.content, reply.calls) == ("A bridge is shut. [1]", 2)
    assert slept == [waited]


def test_an_endpoint_that_stays_busy_is_given_up():
    reply = reply_of(fails("429 Too Many Requests"))

    assert "is too busy for us (429); try again later" in reply.failure
    assert (reply.is_down, reply.calls) == (True, 2)


def test_an_endpoint_that_nobody_runs_is_a_failure_with_the_reason():
    reply = model(f"http://127.0.0.1:{closed_port()}/v1")(ASKED)

    assert "cannot be reached (connection refused); see that it runs" in reply.failure
    assert reply.is_down


def takes(*refused: str) -> Talk:
    """Return the talk of an endpoint that does not know some parameters."""

    def talk(handler: Handler) -> None:
        for name in refused:
            if name in handler.body:
                other = " Use 'max_completion_tokens' instead." if name == "max_tokens" else ""
                fails("400 Bad Request", f"Unsupported parameter: '{name}'.{other}")(handler)
                return
        handler.send(completion("A bridge is shut. [1]"))

    return talk


def test_a_model_that_does_not_take_a_parameter_is_asked_without_it_from_then_on():
    with model_server(takes("max_tokens", "temperature")) as server:
        asked = model(server.base_url)
        replies = [asked(ASKED), asked(ASKED)]

    assert [reply.calls for reply in replies] == [3, 1]
    assert server.asked[-1] == {
        "model": "tiny", "messages": [*ASKED], "max_completion_tokens": 4000,
    }  # fmt: skip


@pytest.mark.parametrize(
    "talk",
    [
        fails("401 Unauthorized", f"Incorrect API key provided: {KEY}"),
        fails("404 Not Found", f"no model for {KEY}"),
        fails("400 Bad Request", f"{KEY} is over its limit"),
        fails("429 Too Many Requests", KEY),
        sends(KEY.encode()),
        waits,
    ],
)
def test_the_key_stands_in_no_message_and_in_no_log(talk: Talk, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    reply_of(says("A bridge is shut. [1]"))  # has the client loaded, which is on the clock
    caplog.clear()
    timeout_s = 2.0 * slowness() if talk is waits else 60.0
    with model_server(talk) as server:
        asked = model(server.base_url, api_key=KEY, timeout_s=timeout_s)
        reply = asked(ASKED)

    assert reply.failure
    assert KEY not in f"{reply!r} {asked.endpoint!r} {caplog.text}"
    assert KEY in server.headers[0]["Authorization"]


def test_half_a_character_and_a_zero_do_not_get_into_what_is_kept():
    body = b'{"choices": [{"message": {"content": "A \\ud83d bridge\\u0000"}}]}'

    assert reply_of(sends(body)).content == "A ? bridge "


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("", "base_url, most of which end in /v1, or"),
        ("/v1/chat/completions", "base_url, which ends before /chat/completions, or"),
        ("/v1", "base_url, or"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_with_what_is_often_wrong(path: str, hint: str):
    with model_server(fails("404 Not Found")) as server:
        reply = model(server.base_url.removesuffix("/v1") + path)(ASKED)

    assert hint in reply.failure
