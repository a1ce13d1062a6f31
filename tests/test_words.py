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


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        pytest.param("tr", "IŞIK İnci", ("ışık", "inci"), id="dotted and dotless i"),
        pytest.param("ja", "２０００人 ﾊﾞｽ", ("2000", "人", "バス"), id="full and half width"),
        pytest.param("ar", "جِســـر", ("جسر",), id="Arabic vowel signs and lengthening"),
        pytest.param("ar", "٢٠٢٦", ("2026",), id="digits of other scripts"),
        pytest.param("he", "שָׁלוֹם", ("שלום",), id="Hebrew points"),
        pytest.param("hi", "बाँध बाढ़", ("बांध", "बाढ"), id="candrabindu and nukta"),
        pytest.param("de", "34,8 von 1.400", ("34.8", "von", "1400"), id="decimal commas"),
        pytest.param("fr", "1 400 en 2026 300", ("1400", "en", "2026", "300"), id="spaced"),
        pytest.param("hi", "1,40,000", ("140000",), id="lakhs"),
        pytest.param("de", "1'400 und 3,50", ("1400", "und", "3.50"), id="Swiss thousands"),
    ],
)
def test_what_is_spelt_in_several_ways_is_one_word(
    language: str, text: str, expected: tuple[str, ...]
) -> None:
    assert words(text, language) == expected


def test_thousands_in_english_are_not_set_off_by_spaces() -> None:
    assert words("In 300 400 won", "en") == ("in", "300", "400", "won")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("th", "แม่น้ำบางสะแก", ("แม่น้ำบา", "น้ำบาง", "บางสะ", "งสะแก")),
        ("km", "ភ្នំពេញ", ("ភ្នំពេញ",)),
        ("my", "ရန်ကုန်မြို့", ("ရန်ကုန်မြို့",)),
        ("lo", "ວຽງຈັນ", ("ວຽງ", "ຽງຈັ", "ງຈັນ")),
    ],
)
def test_scripts_of_south_east_asia_give_threes_of_clusters(
    language: str, text: str, expected: tuple[str, ...]
) -> None:
    assert words(text, language) == expected


def test_a_short_run_of_clusters_stays_whole() -> None:
    assert words("น้ำ", "th") == ("น้ำ",)


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
        ("ru", "шахтёры", "шахтеров"),
        ("ar", "والجسر", "الجسر"),
        ("tr", "Irmak'ta", "IRMAK"),
        ("hr", "poplava", "poplavama"),
        ("uk", "повінь", "повінь"),
        ("uk", "виборців", "виборцям"),
        ("bg", "наводнения", "наводнението"),
    ],
)
def test_forms_of_a_word_are_one_term(language: str, one: str, other: str) -> None:
    assert terms(one, language) == terms(other, language)


def test_numbers_are_not_stemmed() -> None:
    assert stem("737s", "en") == "737s"


def test_a_language_without_rules_keeps_its_short_words_and_the_beginnings_of_long_ones() -> None:
    assert terms("moja kuća poplavljena", "xx") == ("moja", "kuća", "poplav")


def test_words_of_turkish_are_shown_as_the_text_spells_them() -> None:
    assert spellings(terms("IRMAK", "tr"), "Irmak'ta sel", "tr") == ("Irmak'ta",)


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


@given(st.text(), st.sampled_from(["en", "de", "hi", "ja", "th", "tr"]))
def test_any_text_gives_words_in_nfc_without_spaces(text: str, language: str) -> None:
    for word in words(text, language):
        assert word
        assert not any(character.isspace() for character in word)
        assert unicodedata.normalize("NFC", word).casefold() == word.casefold()


@given(st.text(), st.sampled_from(["en", "de", "fr", "ja", "th", "tr", "ar", "xx", ""]))
def test_any_text_gives_as_many_terms_as_words(text: str, language: str) -> None:
    assert len(terms(text, language)) == len(words(text, language))
