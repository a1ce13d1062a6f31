"""Words, terms and shingles."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.text.words import shingles, spellings, stem, terms, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The LOW-cost ferry", ("the", "low", "cost", "ferry"), id="hyphens divide"),
        pytest.param("Oslo’s mayor's dog", ("oslo", "mayor", "dog"), id="possessives go"),
        pytest.param("They don’t", ("they", "don't"), id="apostrophes inside words stay"),
        pytest.param("U.S. envoy", ("us", "envoy"), id="abbreviations close up"),
        pytest.param("60,000 at 3.35", ("60000", "at", "3.35"), id="thousands close up"),
        pytest.param("snake_case & co", ("snake", "case", "co"), id="marks divide"),
        pytest.param("हिन्दी में", ("हिन्दी", "में"), id="combining marks belong to their letter"),
        pytest.param("東京都2026年", ("東京", "京都", "2026", "年"), id="unspaced scripts pair up"),
        pytest.param(" \n—… ", (), id="no words"),
    ],
)
def test_text_is_cut_into_words(text: str, expected: tuple[str, ...]) -> None:
    assert words(text, "en") == expected


def test_french_elisions_divide() -> None:
    assert words("L’école d'été", "fr") == ("l", "école", "d", "été")


def test_composed_and_decomposed_letters_are_one_word() -> None:
    assert words("Zu\u0308rich", "de") == words("Z\u00fcrich", "de")


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "earthquakes", "earthquake"),
        ("en-GB", "flooded", "flooding"),
        ("de", "Überschwemmungen", "Überschwemmung"),
        ("fr", "inondations", "inondation"),
        ("ru", "выборы", "выборов"),
    ],
)
def test_forms_of_a_word_are_one_term(language: str, one: str, other: str) -> None:
    assert terms(one, language) == terms(other, language)


def test_numbers_are_not_stemmed() -> None:
    assert stem("737s", "en") == "737s"


def test_a_language_without_rules_keeps_its_words() -> None:
    assert terms("moja kuća", "xx") == ("moja", "kuća")


def test_terms_are_shown_as_the_text_spells_them() -> None:
    text = "Engineers at Northgate inspected the bridges."

    assert spellings(terms("northgate bridge tram", "en"), text, "en") == (
        "Northgate",
        "bridges",
        "tram",
    )


def test_shingles_are_runs_of_words() -> None:
    assert shingles("One ferry, two ferries!") == {"one ferry two", "ferry two ferries"}


def test_a_short_text_is_one_shingle_and_an_empty_one_has_none() -> None:
    assert shingles("Ferry sinks") == {"ferry sinks"}
    assert shingles("…") == frozenset()


@given(st.text())
def test_any_text_gives_words_in_nfc_without_spaces(text: str) -> None:
    for word in words(text, "en"):
        assert word
        assert not any(character.isspace() for character in word)
        assert unicodedata.normalize("NFC", word).casefold() == word.casefold()


@given(st.text(), st.sampled_from(["en", "de", "fr", "ja", "xx", ""]))
def test_any_text_gives_as_many_terms_as_words(text: str, language: str) -> None:
    assert len(terms(text, language)) == len(words(text, language))
