"""Answers that bring nothing: what they mean, and when to ask again."""

from datetime import UTC, datetime

import pytest
from fetching import get_from
from hypothesis import given
from hypothesis import strategies as st
from servers import answer, says

from newsletter.errors import FetchError
from newsletter.net.reasons import retry_after_s

NOW = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        (401, "wants a password"),
        (403, "refuses us"),
        (404, "answers 404 Not Found"),
        (410, "gone for good and can be removed"),
        (429, "asked too often"),
        (503, "answers 503 Service Unavailable"),
    ],
)
def test_a_status_is_told_with_what_it_means(status: int, meaning: str):
    with pytest.raises(FetchError, match=meaning) as caught:
        get_from(says(answer(status=f"{status} Whatever")))

    assert caught.value.status == status
    assert caught.value.retry_after_s is None
    assert not caught.value.is_silent


@pytest.mark.parametrize("status", [429, 503, 301])
def test_the_wait_that_an_answer_asks_for_is_handed_on(status: int):
    with pytest.raises(FetchError) as caught:
        get_from(says(answer(status=f"{status} Later", headers="Retry-After: 120")))

    assert caught.value.retry_after_s == 120


def test_a_server_error_does_not_say_when_to_come_back():
    with pytest.raises(FetchError) as caught:
        get_from(says(answer(status="500 Oops", headers="Retry-After: 120")))

    assert caught.value.retry_after_s is None


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("90", 90),
        (" 3600 ", 3600),
        ("0", 60),
        ("99999999", 86_400),
        ("9" * 5000, 86_400),
        ("Mon, 16 Nov 2026 13:00:00 GMT", 3600),
        ("Mon, 16 Nov 2026 12:00:01 GMT", 60),
        ("Sun, 15 Nov 2026 12:00:00 GMT", 60),
        ("Tue, 16 Nov 2027 12:00:00 GMT", 86_400),
        ("Monday, 16-Nov-26 13:00:00 GMT", 3600),
        ("Mon Nov 16 13:00:00 2026", 3600),
        (None, None),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("١٢٠", None),
    ],
)
def test_retry_after_is_read_in_seconds_and_in_dates(value: str | None, seconds: float | None):
    assert retry_after_s(value, None, NOW) == seconds


def test_a_moment_counts_by_the_clock_of_the_server_that_named_it():
    wait = retry_after_s("Mon, 16 Nov 2026 13:00:00 GMT", "Mon, 16 Nov 2026 12:50:00 GMT", NOW)

    assert wait == 600


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_retry_after_brings_anything_but_a_minute_to_a_day(value: str, date: str):
    wait = retry_after_s(value, date, NOW)

    assert wait is None or 60 <= wait <= 86_400
