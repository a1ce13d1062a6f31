"""What `newsletter.summarise.heading.sentence_case` promises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories_told import told_by

from newsletter.summarise.heading.sentence_case import lowered, sentence_case

TEXT = (
    "The council of Port Ellery announced on Tuesday that it plans to invest $60 million in "
    "ferries. Mayor Ann Lim said the White House had praised the plan, and that the council would "
    "buy the ferries from Kelso Marine. NASA and the makers of the iFerry will help with the AI."
)
STORY = told_by({"title": "Council Buys Ferries", "text": TEXT})


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        (
            "Council Announces Plans To Invest $60 Million In AI",
            "Council announces plans to invest $60 million in AI",
        ),
        ("Mayor Ann Lim Praised By White House", "Mayor Ann Lim praised by White House"),
        ("Port Ellery Plans To Buy Ferries", "Port Ellery plans to buy ferries"),
        ("NASA Will Help Council With iFerry", "NASA will help council with iFerry"),
        (
            "Council’s Plans: Ferries From Kelso Marine",
            "Council’s plans: Ferries from Kelso Marine",
        ),
        ("Council Buys Ferries From U.S. On Tuesday", "Council buys ferries from U.S. on Tuesday"),
        (
            "Makers Plan 10-Million Ferries For Germany",
            "Makers plan 10-million ferries for Germany",
        ),
    ],
)
def test_a_title_is_spelt_as_its_story_spells(title: str, sentence: str):
    assert sentence_case(title, STORY) == sentence


@pytest.mark.parametrize(
    "title", ["Council of Port Ellery plans to invest in ferries", "Ferries", "Ann Lim praised", ""]
)
def test_a_title_in_sentence_case_stays(title: str):
    assert sentence_case(title, STORY) == title


def test_a_story_that_does_not_use_the_words_cannot_tell():
    title = "Juno Vale Weds Oskar Thorn In Lisbon"

    assert sentence_case(title, STORY) == title


def test_german_nouns_keep_their_capitals():
    title = "Rat Von Hafen Sperrt Alte Brücke Nach Prüfung"
    story = told_by({"title": title, "text": TEXT, "language": "de"})

    assert sentence_case(title, story) == title


def test_capitals_throughout_become_a_sentence():
    assert lowered("PORT ELLERY PLANS TO BUY FERRIES", STORY) == "Port Ellery plans to buy ferries"
    assert lowered("NASA HELPS COUNCIL WITH AI", STORY) == "NASA helps council with AI"
    assert lowered("Council buys ferries", STORY) == "Council buys ferries"


@given(st.text(max_size=80))
def test_only_the_case_of_letters_changes(title: str):
    assert sentence_case(title, STORY).casefold() == title.casefold()


@pytest.mark.parametrize("title", ["Mayor Ann Lim Praised By White House", "Council Plans Ferries"])
def test_once_is_enough(title: str):
    once = sentence_case(title, STORY)

    assert sentence_case(once, STORY) == once
