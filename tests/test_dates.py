"""Dates as feeds write them: one moment or none, never a guess."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.parse.feed.dates import is_ambiguous, is_day_first, read_date

AT = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)
DAY = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Mon, 23 Nov 2026 07:05:00 GMT", "Mon, 23 Nov 2026 7:05 AM", "Mon, 23 Nov 26 07:05:00 UT",
        "Mon, 23 Nov 2026 02:05 EST", "Mon, 23 Nov 2026 00:05:00 PDT", "23-Nov-2026 07:05",
        "Mon, 23 Nov 2026 08:05:00 CET", "Mon, 23 Nov 2026 10:05:00 MSK",
        "Mon, 23 Nov 2026 16:05:00 JST", "Mon, 23 Nov 2026 09:05:00 GMT+0200",
        "Sat, 23 Nov 2026 07:05:00 +0000", "Mon,23 Nov 2026 07:05:00 Z",
        "Mon Nov 23 07:05:00 2026", "Mon Nov 23 02:05:00 EST 2026",
        "Mon Nov 23 2026 08:05:00 GMT+0100 (Central European Standard Time)",
        "2026-11-23T07:05:00Z", "2026-11-23T08:05+0100", "2026-11-23T08:05:00+01",
        "2026-11-23 07:05:00 UTC", "2026-11-23T07:05:00.123456789Z", "2026/11/23 07:05",
        "2026-11-23T7:5:0", "20261123T070500Z", "20261123070500", "1795417500", "1795417500000",
        "23.11.2026 07:05", "11/23/2026 07:05", "23/11/2026 07:05",
        "November 23rd, 2026 at 7:05 am",
        "Montag, 23. November 2026 - 07:05 Uhr", "lun. 23 nov. 2026 07:05", "23 novembro 2026 7h05",
        "Пн, 23 ноября 2026 10:05 +0300", "2026年11月23日 07:05", " Mon, 23 Nov 2026 07:05 \n",
    ],
)  # fmt: skip
def test_a_moment_is_read_however_it_is_written(text: str):
    assert read_date(text) == AT


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23", "Nov 23, 2026", "23 Nov 2026", "Mon, 23 Nov 2026", "20261123", "23.11.26",
        "23. November 2026", "23 novembre 2026", "23 de noviembre de 2026",
        "23 de novembro de 2026", "23 november 2026", "23 listopada 2026", "23 ноября 2026 г.",
        "23 Kasım 2026", "2026-11-22T24:00:00Z", "Sun, 22 Nov 2026 24:00:00 GMT",
    ],
)  # fmt: skip
def test_a_day_is_its_midnight(text: str):
    assert read_date(text) == DAY


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("3. März 2026", 3), ("3 mars 2026", 3), ("3 marca 2026", 3), ("3 марта 2026", 3),
        ("mar. 3 nov. 2026", 11), ("3 août 2026", 8), ("3 sty 2026", 1), ("3 gen 2026", 1),
        ("3 ene. 2026", 1), ("3 mrt 2026", 3), ("3 мая 2026", 5), ("3 Dez 2026", 12),
    ],
)  # fmt: skip
def test_a_month_has_its_name_in_many_languages(text: str, month: int):
    assert read_date(text) == datetime(2026, month, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "", "yesterday", "2026", "2026-11", "23 Nov", "07:05", "3/4/2026", "26-11-23", "32.13.2026",
        "Mon, 99 Foo 2026 99:99:99 +9999", "Mon, 23 Nov 2026 07:05 +9999", "2026-02-30",
        "1 2 3 4 5",
        "Fri, 31 Dec 9999 23:59:59 -1200", "0000-00-00T00:00:00Z", "x" * 100_000,
    ],
)  # fmt: skip
def test_what_names_no_moment_or_more_than_one_is_none(text: str):
    assert read_date(text) is None


def test_a_feeds_other_dates_tell_whether_the_day_comes_first():
    assert is_day_first(["3/4/2026", "31/3/2026"]) is True
    assert is_day_first(["3/4/2026", "3/31/2026"]) is False
    assert is_day_first(["3/4/2026", "5/5/2026"]) is None
    assert is_day_first(["31/3/2026", "3/31/2026"]) is None
    assert read_date("3/4/2026", day_first=True) == datetime(2026, 4, 3, tzinfo=UTC)
    assert read_date("3/4/2026", day_first=False) == datetime(2026, 3, 4, tzinfo=UTC)


def test_only_a_date_that_may_be_two_is_ambiguous():
    assert is_ambiguous("3/4/2026")
    assert not any(
        map(is_ambiguous, ("3/3/2026", "3.4.2026", "31/3/2026", "2026-03-04", "3 Mar 2026"))
    )


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_standard_date_is_read_as_python_reads_it(moment: datetime):
    whole = moment.replace(microsecond=0)
    rfc_822 = f"{whole:%a, %d %b} {whole.year:04} {whole:%H:%M:%S} GMT"

    assert read_date(whole.isoformat()) == whole
    assert read_date(rfc_822) == whole


@given(st.text(alphabet="0123456789/-.: TZ+aepmjanovUTC", max_size=40) | st.text(max_size=40))
def test_any_text_is_a_moment_or_none(text: str):
    found = read_date(text)

    assert found is None or found.tzinfo is UTC
    assert is_day_first([text]) in {None, True, False}
