"""Texts that nobody should write do not stop a story from being told, or hold it up."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pace import slowness

from newsletter.model import Article, Story
from newsletter.stories.continuity_facts import facts_of
from newsletter.stories.continuity_news import news_of
from newsletter.stories.reading import read as read_words
from newsletter.summarise import summarise
from newsletter.text.words import words

NOW = datetime(2026, 11, 16, 6, tzinfo=UTC)
LONG = 50_000  # characters, a quarter of what a feed's entry may bring
PATIENCE_S = 4.0  # CPU; a quadratic pattern takes a quarter of a minute
RUNS = [
    *("1", "1,", "1,1", "1.1", "1 000 ", "$1", "1%", "1-", "A", "Aa ", "A. ", "U.S."),
    *("Jan 1 ", "Monday, ", "a hundred and ", "twenty-", '"', "“", "(", "[[", "…", " "),
    *("5 people were killed on Monday. ", "1月1日", "3億", "億", "ק", "😀", "e\u0301", "\n"),
]
LANGUAGES = ("en", "tr", "de", "fr", "es", "ja", "zh", "ko", "ar", "th", "xx", "")


def article(text: str, id_: str = "a", *, title: str = "", language: str = "en") -> Article:
    published = NOW - timedelta(days=1)
    return Article(
        id=id_,
        title=title,
        text=text,
        source=f"Outlet {id_}",
        published=published,
        first_seen=NOW,
        language=language,
    )


@pytest.mark.parametrize("run", RUNS, ids=repr)
def test_a_long_run_of_anything_is_read_in_time(run: str) -> None:
    text = (run * LONG)[:LONG]
    one = article(text, title=text)
    other = article(f"{text} 7 people were killed.", "b")
    begun = time.process_time()

    summarise(Story(id="a", articles=(one, other), copies={}))
    news_of([other], [one], background={})
    read_words(one)
    words(text, "de")

    assert time.process_time() - begun < PATIENCE_S * slowness()


def test_five_hundred_articles_are_compared_at_a_bounded_cost() -> None:
    many = tuple(
        article(f"The flood killed {n} people. It cost ${n} million on Monday.", f"{n:03}")
        for n in range(500)
    )
    begun = time.process_time()

    summary = summarise(Story(id="000", articles=many, copies={}))
    news_of(many, many, background={})

    assert len(summary.differences) <= 3
    assert time.process_time() - begun < PATIENCE_S * slowness()


def test_months_without_names_do_not_make_every_number_a_day() -> None:
    found = facts_of(article("5 people, 40 seals and 1st place.", language="ja"))

    assert [fact.shown for fact in found.facts if fact.kind == "day"] == []


@pytest.mark.parametrize("language", ["tr", "az", "en", "lt"])
def test_capitals_with_and_without_a_dot_are_read(language: str) -> None:
    text = "5 HAZİRAN, 5 KASIM, 3 MİLYON, 3 mıllıon, FRİDAY, CUMARTESİ, sıx"

    assert facts_of(article(text, title=text, language=language)).terms


@pytest.mark.parametrize("year", [1, 9999])
def test_the_ends_of_time_are_days_like_others(year: int) -> None:
    at = datetime(year, 1 if year == 1 else 12, 1 if year == 1 else 31, tzinfo=UTC)
    texts = ("It opened on Sunday at the port, police said.", "It opened on May 3 at the port.")
    every = tuple(
        Article(id=text, title="", text=text, source=text, published=at, first_seen=NOW)
        for text in texts
    )

    assert summarise(Story(id="a", articles=every, copies={})).differences == ()
    assert facts_of(every[0]).facts is not None


@given(st.text(), st.text(max_size=80), st.sampled_from(LANGUAGES))
def test_facts_are_read_from_any_text_in_any_language(text: str, title: str, language: str) -> None:
    one = article(text, title=title, language=language)

    assert facts_of(one) == facts_of(one)


PIECES = st.sampled_from(
    ["5 people ", "killed ", "$60 billion ", "Tuesday, ", "10% ", "to ", "at least ", "in Rome. ",
     "The flood ", "on 31 February ", "25:61 ", "a dozen ", "1,1 ", "\ud800", "火事 ", "و "]
)  # fmt: skip


@given(st.lists(st.lists(PIECES, max_size=25).map("".join), min_size=1, max_size=5))
def test_who_stands_where_changes_neither_differences_nor_confirmations(texts: list[str]) -> None:
    every = [article(text, str(place)) for place, text in enumerate(texts)]
    there = Story(id="0", articles=tuple(every), copies={})
    back = Story(id="0", articles=(every[0], *reversed(every[1:])), copies={})

    assert summarise(there) == summarise(back)
