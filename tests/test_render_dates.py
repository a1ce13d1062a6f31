"""The dates that a summary's words mean, as every format prints them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from issues import article, issue, masthead, story, templates
from pages import Page
from test_render import FORMATS, read

from newsletter.model import Dated, PrintedStory, Sentence
from newsletter.render import render
from newsletter.render.dates import meant
from newsletter.render.safe import plain
from newsletter.render.sentences import dated, pieces, printed

MONDAY = Dated(span="on Monday", date="2026-11-16")
RAISED = Sentence(
    text="The port raised its fees on Monday, it said.", article_id="a", dates=(MONDAY,)
)


def files_of(*sentences: Sentence, **changes: Any) -> dict[str, bytes]:
    told: PrintedStory = story(summary=sentences, **changes)
    return dict(render(issue(told, story(7, summary=sentences)), templates()).files)


def shown(text: str, *dates: tuple[str, str], year: int = 2026) -> str:
    return printed(dated(text, [Dated(span=span, date=date) for span, date in dates], year))


@pytest.mark.parametrize("name", FORMATS)
def test_a_date_stands_behind_the_words_that_mean_it(name: str):
    seen = read(files_of(RAISED), name)

    assert seen.count("fees on Monday [16 November], it said.") == 2


def test_the_same_word_for_the_same_day_is_explained_once():
    again = Sentence(
        text="Ships had paid less until Monday.",
        article_id="a",
        dates=(Dated(span="until Monday", date="2026-11-16"),),
    )
    week_before = Sentence(
        text="It had said so on Monday before.",
        article_id="a",
        dates=(Dated(span="on Monday", date="2026-11-09"),),
    )

    text = printed(pieces([RAISED, again, week_before], 2026))

    assert text == (
        "The port raised its fees on Monday [16 November], it said. Ships had paid less until"
        " Monday. It had said so on Monday [9 November] before."
    )


def test_a_page_says_the_date_to_machines_too():
    page = files_of(RAISED)["index.html"].decode()

    assert '<time datetime="2026-11-16">[16 November]</time>,' in page


def test_a_date_is_quiet_in_the_mail():
    mail = files_of(RAISED)["email.html"].decode()

    assert '<span class="m w" dir="ltr" style="color:#545E6B">[16 November]</span>' in mail


def test_a_date_makes_no_link_in_markdown():
    text = files_of(RAISED)["issue.md"].decode()

    assert r"on Monday \[16 November\], it said" in text


def test_an_inbox_shows_the_sentence_without_dates():
    files = files_of(RAISED)

    preheader = files["email.html"].decode().split("mso-hide:all")[1].split("</div>")[0]
    assert '">The port raised its fees on Monday, it said. ' in preheader
    assert "[" not in "".join(v for n, v in Page(files["index.html"]).attributes if n == "content")


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2026-11-16", "16 November"),
        ("2025-01-27", "27 January 2025"),
        ("2026-W47", "16–22 November"),
        ("2026-W05", "26 January – 1 February"),
        ("2025-W05", "27 January – 2 February 2025"),
        ("2026-W53", "28 December – 3 January 2027"),
        ("2026-W01", "29 December 2025 – 4 January"),
        ("2026-01", "January"),
        ("2025-12", "December 2025"),
        ("2024", "2024"),
        ("2026", "2026"),
    ],
)
def test_a_date_is_as_exact_as_the_words_are(iso: str, words: str):
    assert meant(iso, 2026) == words


@pytest.mark.parametrize(
    "iso", ["", "Monday", "2026-02-30", "2026-13", "2026-W54", "0000", "9999-W52", "20261116"]
)
def test_what_is_no_date_is_not_printed(iso: str):
    assert meant(iso, 2026) == ""
    assert shown("It rained on Monday.", ("on Monday", iso)) == "It rained on Monday."


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_none(text: str):
    assert isinstance(meant(text, 2026), str)


def test_words_that_are_not_in_the_sentence_get_no_date():
    assert shown("It rained.", ("on Monday", "2026-11-16")) == "It rained."


def test_words_are_not_found_within_a_longer_word():
    text = "Mayor Holt leaves in May."

    assert shown(text, ("May", "2026-05")) == "Mayor Holt leaves in May [May]."


def test_words_that_stand_there_twice_are_meant_in_order():
    text = "Between Monday and Monday it rained."

    told = shown(text, ("Monday", "2026-11-09"), ("Monday", "2026-11-16"))

    assert told == "Between Monday [9 November] and Monday [16 November] it rained."


def test_dates_may_come_in_any_order():
    text = "Shut on Monday, it opens on Friday."

    told = shown(text, ("on Friday", "2026-11-20"), ("on Monday", "2026-11-16"))

    assert told == "Shut on Monday [16 November], it opens on Friday [20 November]."


def test_words_within_other_dated_words_get_no_second_date():
    told = shown("It rained last Monday.", ("last Monday", "2026-11-16"), ("Monday", "2026-11-16"))

    assert told == "It rained last Monday [16 November]."


def test_a_date_does_not_part_a_word_from_its_possessive():
    assert shown("Monday’s vote is off.", ("Monday", "2026-11-16")) == (
        "Monday’s [16 November] vote is off."
    )


def test_words_are_found_where_no_space_parts_them():
    assert shown("公司周一表示，票价不变。", ("周一", "2026-11-16")) == (
        "公司周一 [16 November]表示，票价不变。"
    )


def test_a_date_that_names_no_issue_year_names_its_own():
    old = Sentence(text="It opened last month.", article_id="a", dates=(
        Dated(span="last month", date="2025-12"),
    ))  # fmt: skip

    assert "last month [December 2025]." in read(files_of(old), "issue.txt")


@given(
    st.lists(st.text(max_size=20), max_size=4),
    st.lists(st.tuples(st.text(max_size=4), st.sampled_from(["2026-11-16", "2025", "x"]))),
)
def test_a_sentence_in_pieces_is_the_sentence(texts: list[str], spans: list[tuple[str, str]]):
    dates = tuple(Dated(span=span, date=date) for span, date in spans)
    sentences = [Sentence(text=text, article_id="a", dates=dates) for text in texts]

    whole = "".join(piece.text for piece in pieces(sentences, 2026))

    assert whole == " ".join(line for text in texts if (line := plain(text)))


FIRST, LAST = datetime(1, 1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, tzinfo=UTC)


@pytest.mark.parametrize("moment", [FIRST, LAST], ids=["first", "last"])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles"])
def test_a_date_at_an_end_of_the_calendar_is_printed_too(moment: datetime, zone: str) -> None:
    told = article(published=moment, lead=True)
    issue_ = issue(story(articles=(told,)), masthead=masthead(timezone=zone))

    assert str(moment.year) in render(issue_, templates()).files["issue.txt"].decode()
