"""A note posted to a webhook: what goes over the wire, and what is told when it does not."""

import ssl
import time
from typing import Any

import pytest
from mail_server import closed_port, silent
from noting import note, takes
from pace import slowness
from servers import answer, in_steps, serving, tls

from newsletter.errors import NotifyError
from newsletter.notify.webhook import Webhook, hook_url

SECRET = "/services/T000/B000/abcdefghijkl"


def hook(url: str, **changes: Any) -> Webhook:
    return Webhook(**{"url": url, "timeout_s": 60.0} | changes)


def refused(content: bytes | None, **changes: Any) -> NotifyError:
    """Return how a note fails at a server with that answer."""
    with serving(takes([], content)) as server, pytest.raises(NotifyError) as caught:
        hook(server.url(SECRET), **changes).deliver(note())
    assert len(server.asked) == 1
    assert "abcdefghijkl" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("status", ["200 OK", "204 No Content", "202 Accepted"])
def test_a_note_that_is_taken_has_arrived(status: str):
    posted: list[dict[str, Any]] = []

    with serving(takes(posted, answer(b"", status=status))) as server:
        hook(server.url(SECRET), user_agent="Newsletter/1").deliver(note())

    (asked,) = server.asked
    assert asked.head.startswith(b"POST /services/T000/B000/abcdefghijkl HTTP/1.1\r\n")
    assert asked.header("Content-Type") == "application/json"
    assert asked.header("User-Agent") == "Newsletter/1"
    assert posted[0]["event"] == "draft"
    assert posted[0]["week"] == "2026-W47"


@pytest.mark.parametrize(
    ("form", "key"), [("slack", "text"), ("mattermost", "text"), ("discord", "content")]
)
def test_chat_programs_get_the_form_that_they_read(form: Any, key: str):
    posted: list[dict[str, Any]] = []

    with serving(takes(posted, answer(b"ok"))) as server:
        hook(server.url(), form=form).deliver(note())

    assert "newsletter approve 2026-W47" in posted[0][key]


def test_an_answer_that_drips_after_its_status_has_taken_it():
    slowly = in_steps(answer(b"x" * 500), 100, 0.2)

    def talk(connection: Any, asked: Any) -> None:
        takes([], b"")(connection, asked)
        slowly(connection, asked)

    with serving(talk) as server:
        hook(server.url()).deliver(note())


@pytest.mark.parametrize("status", ["500 Oh", "502 Bad Gateway", "503 Busy", "429 Slow down"])
def test_a_server_that_cannot_now_is_asked_again(status: str):
    error = refused(answer(b"not <b>now</b>", status=status))

    assert error.is_sure
    assert not error.is_final
    assert status.split()[0] in str(error)
    assert str(error).endswith(": not now")


def test_how_long_a_server_asks_to_wait_is_heard():
    error = refused(answer(b"", status="429 Slow down", headers="Retry-After: 900"))

    assert error.retry_after_s == 900.0


def test_a_moment_to_try_again_counts_from_the_answers_own_date():
    headers = "Date: Sun, 22 Nov 2026 05:00:00 GMT\nRetry-After: Sun, 22 Nov 2026 05:30:00 GMT"

    error = refused(answer(b"", status="503 Busy", headers=headers))

    assert error.retry_after_s == 1800.0


@pytest.mark.parametrize("status", ["400 Bad", "403 Forbidden", "404 Not Found", "410 Gone"])
def test_a_server_that_does_not_want_it_is_not_asked_again(status: str):
    error = refused(answer(b"no_service", status=status))

    assert error.is_final
    assert error.is_sure
    assert "no_service" in str(error)


def test_a_redirect_is_not_followed():
    error = refused(answer(status="302 Found", headers="Location: http://127.0.0.1:1/other"))

    assert error.is_final
    assert "points elsewhere" in str(error)


def test_what_an_answer_repeats_of_the_url_is_not_told():
    error = refused(answer(b"no such hook: /services/T000/B000/abcdefghijkl", status="404 No"))

    assert "no such hook" in str(error)


def test_a_server_that_hangs_after_it_was_asked_may_have_taken_it():
    timeout_s = round(1.5 * slowness(), 1)
    begun = time.monotonic()

    error = refused(None, timeout_s=timeout_s)

    assert not error.is_sure
    assert f"no answer within {timeout_s:g} s" in str(error)
    assert time.monotonic() - begun < 20 * slowness()


def test_a_server_that_drips_its_status_is_given_up_in_time():
    slowly = in_steps(answer(b"", headers="X-Rain: over Velsum\n" * 99), 1, 0.1)

    def talk(connection: Any, asked: Any) -> None:
        takes([], b"")(connection, asked)
        slowly(connection, asked)

    with serving(talk) as server, pytest.raises(NotifyError) as caught:
        hook(server.url(), timeout_s=1.5 * slowness()).deliver(note())

    assert not caught.value.is_sure


def test_a_server_that_hangs_up_after_it_was_asked_may_have_taken_it():
    error = refused(b"")

    assert not error.is_sure
    assert "may have arrived" in str(error)


def test_without_a_server_it_surely_did_not_arrive():
    with pytest.raises(NotifyError, match="refused") as caught:
        hook(f"http://127.0.0.1:{closed_port()}/x").deliver(note())

    assert caught.value.is_sure
    assert not caught.value.is_final


def test_a_server_that_never_shakes_hands_surely_did_not_take_it():
    with silent() as port, pytest.raises(NotifyError, match="no answer") as caught:
        hook(f"https://127.0.0.1:{port}/x", timeout_s=0.3).deliver(note())

    assert caught.value.is_sure


def test_a_certificate_that_is_not_trusted_stops_it():
    server_side, _ = tls()

    with (
        serving(takes([], answer()), server_side) as server,
        pytest.raises(NotifyError, match="no valid TLS certificate") as caught,
    ):
        hook(server.url(host="localhost")).deliver(note())

    assert caught.value.is_sure
    assert not server.asked


def test_a_note_goes_over_tls():
    posted: list[dict[str, Any]] = []
    sides: tuple[ssl.SSLContext, ssl.SSLContext] = tls()

    with serving(takes(posted, answer(b"ok")), sides[0]) as server:
        hook(server.url(host="localhost"), trusted=sides[1]).deliver(note())

    assert len(posted) == 1


def test_a_note_goes_through_the_proxy_of_the_environment():
    posted: list[dict[str, Any]] = []

    with serving(takes(posted, answer(b"ok"))) as proxy:
        hook("http://hooks.example/x", proxies={"http": f"http://127.0.0.1:{proxy.port}"}).deliver(
            note()
        )

    assert proxy.asked[0].target == "http://hooks.example/x"
    assert len(posted) == 1


def test_nobody_prints_the_url_of_a_webhook():
    assert "abcdefghijkl" not in repr(hook(f"https://hooks.example{SECRET}"))


@pytest.mark.parametrize("value", [None, "", "hooks.example/x", "file:///etc/passwd"])
def test_a_variable_without_a_url_is_told_by_its_name_alone(value: str | None):
    with pytest.raises(NotifyError, match="TIDE_HOOK") as caught:
        hook_url("TIDE_HOOK", {"TIDE_HOOK": value}.get)

    assert "example" not in str(caught.value)
