"""What "on Monday" and "last week" mean in an English article, and when nothing is said of it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.model import Dated
from newsletter.summarise.dating.relative import dates_in

WEDNESDAY = datetime(2025, 1, 29, 12, tzinfo=UTC)
SUNDAY = datetime(2025, 2, 2, 12, tzinfo=UTC)
NEW_YEARS_EVE = datetime(2025, 12, 30, 12, tzinfo=UTC)


def dates(text: str, published: datetime | None = WEDNESDAY, timezone: str = "UTC") -> list[str]:
    """Return what is found, as "words = date"."""
    return [f"{d.span} = {d.date}" for d in dates_in(text, published, "en", timezone)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The mayor resigned on Monday.", "Monday = 2025-01-27"),
        ("The mayor resigned Monday night.", "Monday night = 2025-01-27"),
        ("The mayor resigned early Tuesday.", "early Tuesday = 2025-01-28"),
        ("On Wednesday, the mayor resigned.", "Wednesday = 2025-01-29"),
        ("Monday's storm tore off roofs.", "Monday's = 2025-01-27"),
        ("The boy has been missing since Saturday.", "Saturday = 2025-01-25"),
        ("The mayor on Tuesday vetoed a plan that will cost him votes.", "Tuesday = 2025-01-28"),
    ],
)
def test_a_weekday_is_the_last_one_where_its_clause_looks_back(text: str, found: str) -> None:
    assert dates(text) == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The council will vote on Friday.", "Friday = 2025-01-31"),
        ("The trial is set to begin Thursday.", "Thursday = 2025-01-30"),
        ("The talks are due to resume on Saturday.", "Saturday = 2025-02-01"),
        ("The firm says it would close on Friday.", "Friday = 2025-01-31"),
        ("A hearing scheduled for Friday may decide it.", "Friday = 2025-01-31"),
        ("Trading resumes on Thursday.", "Thursday = 2025-01-30"),
        ("The satellite is to be launched on Friday.", "Friday = 2025-01-31"),
    ],
)
def test_a_weekday_is_the_next_one_where_its_clause_looks_ahead(text: str, found: str) -> None:
    assert dates(text) == [found]


def test_each_clause_looks_its_own_way() -> None:
    text = "The firm said on Tuesday that it will close two plants on Friday."

    assert dates(text) == ["Tuesday = 2025-01-28", "Friday = 2025-01-31"]


def test_what_was_planned_for_a_day_may_be_over_or_not() -> None:
    assert dates("He was expected to speak on Friday.") == ["Friday = 2025-01-31"]
    assert dates("He was expected to speak on Tuesday.") == []


def test_last_monday_is_resolved_where_one_monday_alone_is_meant() -> None:
    assert dates("They met last Friday.") == ["last Friday = 2025-01-24"]
    assert dates("They met last Monday.") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A bridge fell yesterday.", "yesterday = 2025-01-28"),
        ("A bridge fell last night.", "last night = 2025-01-28"),
        ("A bridge fell this morning.", "this morning = 2025-01-29"),
        ("The firm announced today that it would close.", "today = 2025-01-29"),
        ("The court will rule tomorrow.", "tomorrow = 2025-01-30"),
        ("A bridge fell two days ago.", "two days ago = 2025-01-27"),
        ("A bridge fell three weeks ago.", "three weeks ago = 2025-W02"),
        ("A bridge fell earlier this week.", "earlier this week = 2025-W05"),
        ("A bridge fell last week.", "last week = 2025-W04"),
        ("A bridge will open next week.", "next week = 2025-W06"),
        ("A bridge fell last month.", "last month = 2024-12"),
        ("A bridge will open next year.", "next year = 2026"),
    ],
)
def test_a_date_is_as_exact_as_its_words(text: str, found: str) -> None:
    assert dates(text) == [found]


def test_a_day_and_month_are_dated_only_where_the_year_is_another() -> None:
    assert dates("The tanker sank on Dec. 27.") == ["Dec. 27 = 2024-12-27"]
    assert dates("The bridge has been closed since November.") == ["November = 2024-11"]
    assert dates("The ban took effect on Jan. 6.") == []


def test_this_year_is_dated_only_where_the_next_issue_may_be_read_in_another() -> None:
    text = "The mill closed earlier this year."

    assert dates(text) == []
    assert dates(text, NEW_YEARS_EVE) == ["earlier this year = 2025"]


@pytest.mark.parametrize(
    "text",
    [
        "The market is held every Friday.",
        "The museum was closed on Mondays.",
        "The committee usually met on Monday.",
        "It was known for its Friday newsletter.",
        "The office was open Monday to Friday.",
        "Flights were cancelled between Friday and Sunday.",
        "The fair was held on the first Saturday of the month.",
        "They met on the previous Friday.",
        "The shop closed on the Monday after the flood.",
    ],
)
def test_a_habit_or_another_weeks_day_has_no_date(text: str) -> None:
    assert dates(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Shops opened early on Black Friday.",
        "The pope led the Good Friday service.",
        "An inquiry into Bloody Sunday found the soldiers guilty.",
        "Thousands came for Friday prayers.",
        "The Mail on Sunday reported that he had known.",
        "The Sunday Times reported that he had known.",
        "The game was shown on Monday Night Football.",
        "The diner was known for Taco Tuesday.",
        "Anything was possible on any given Sunday.",
        "He lost his brother in the Sept. 11 attacks.",
        "Wednesday Harker called the offer an insult.",
        "She told the Today show that she was ready.",
    ],
)
def test_a_day_in_a_name_has_no_date(text: str) -> None:
    assert dates(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "It is the worst threat to today's children.",
        "The oldest copies found today are in Vienna.",
        "Children still learn the song today.",
        "It has shaped what the town is today.",
        "Today we have better maps.",
        "A dollar saved today is worth seven then.",
        "If you lost your keys yesterday, ask at the desk.",
        "She came back two days later.",
        "About two years ago the mill closed.",
        "Prices rose in the last year.",
    ],
)
def test_our_times_and_anybodys_yesterday_have_no_date(text: str) -> None:
    assert dates(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "On Monday, Jan. 27, the bank raised its rates.",
        "The bank raised its rates on Monday (27 January).",
        "On Monday, March 3, 1997, the dam broke.",
        "The line will open tomorrow (30 January).",
    ],
)
def test_a_date_in_full_needs_no_other(text: str) -> None:
    assert dates(text) == []


def test_a_sentence_of_another_year_is_left_alone() -> None:
    assert dates("In 2012, the team won on Monday and lost on Friday.") == []


def test_what_a_verb_of_telling_stands_next_to_is_of_now_whatever_is_told() -> None:
    text = "The bank said on Monday that it had known since 2012."

    assert dates(text) == ["Monday = 2025-01-27"]


@pytest.mark.parametrize(
    "quotation",
    ['"We leave tomorrow,"', "“We leave tomorrow,”", "‘We leave tomorrow,’"],
    ids=["straight", "curly", "single"],
)
def test_words_in_quotation_marks_are_left_alone(quotation: str) -> None:
    assert dates(f"{quotation} she said on Tuesday.") == ["Tuesday = 2025-01-28"]


def test_words_before_a_quotation_mark_that_only_closes_were_spoken() -> None:
    assert dates('We met yesterday," she said on Tuesday.') == ["Tuesday = 2025-01-28"]


def test_a_week_has_no_number_on_a_sunday() -> None:
    assert dates("The talks failed this week.", SUNDAY) == []


def test_a_day_that_may_be_tomorrow_elsewhere_has_no_date() -> None:
    assert dates("The talks failed on Thursday.") == []


def test_an_article_counts_from_its_day_where_the_readers_live() -> None:
    late = datetime(2025, 1, 29, 23, 30, tzinfo=UTC)

    assert dates("A barge sank yesterday.", late, "UTC") == ["yesterday = 2025-01-28"]
    assert dates("A barge sank yesterday.", late, "Asia/Tokyo") == ["yesterday = 2025-01-29"]


def test_before_dawn_only_words_that_do_not_turn_on_the_day_are_dated() -> None:
    night = datetime(2025, 1, 29, 2, 30, tzinfo=UTC)

    assert dates("A barge sank yesterday.", night) == []
    assert dates("A barge sank on Tuesday.", night) == ["Tuesday = 2025-01-28"]


def test_a_date_without_a_time_stays_that_date_in_every_zone() -> None:
    dated = datetime(2025, 1, 29, tzinfo=UTC)

    assert dates("A barge sank yesterday.", dated, "America/New_York") == ["yesterday = 2025-01-28"]


def test_an_undated_article_and_an_unread_language_have_no_dates() -> None:
    assert dates("A barge sank on Monday.", None) == []
    assert dates_in("A barge sank on Monday.", WEDNESDAY, "fi", "UTC") == ()


def test_an_unknown_time_zone_is_an_error() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        dates("A barge sank on Monday.", timezone="Mars/Olympus")


def test_a_span_grows_to_the_left_until_it_is_found_first() -> None:
    text = '"Not on Monday," he said late on Monday.'

    (found,) = dates_in(text, WEDNESDAY, "en", "UTC")

    assert found == Dated(span="late on Monday", date="2025-01-27")


def test_what_is_too_long_for_a_sentence_has_no_dates() -> None:
    assert dates("The mayor said on Monday that he would go, " * 100) == []


def test_a_day_named_twice_has_two_spans() -> None:
    text = "He was arrested on Monday night and released on Monday."

    found = dates_in(text, WEDNESDAY, "en", "UTC")

    assert [dated.span for dated in found] == ["Monday night", "released on Monday"]


WORDS = (
    "Monday Tuesday's Sunday night on last next this week today yesterday tomorrow will said was"
    ' Jan. 3 in March since until the The , . ; " “ ” ‘ ’ ( ) 2012 ago two days every — Black'
    " heute Montag hier lundi ayer lunes mañana ieri maandag ontem"
).split(" ")


@given(
    st.lists(st.sampled_from(WORDS) | st.text(max_size=5), max_size=25).map(" ".join),
    st.datetimes(timezones=st.just(UTC)),
    st.sampled_from(["en", "de", "fr", "es", "it", "nl", "pt-BR"]),
    st.sampled_from(["UTC", "Pacific/Auckland", "America/New_York"]),
)
def test_spans_stand_in_the_text_in_their_order(
    text: str, published: datetime, language: str, timezone: str
) -> None:
    found = dates_in(text, published, language, timezone)

    free = 0
    for dated in found:
        assert text.index(dated.span) >= free
        free = text.index(dated.span) + len(dated.span)
