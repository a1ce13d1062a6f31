"""What `newsletter.summarise.heading.headlines` promises."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories_told import opening, told_by

from newsletter.summarise.heading.headlines import headline
from newsletter.summarise.heading.made import made

BRIDGE = (
    "The council of Port Ellery voted on Tuesday to close the Harbour Bridge after engineers found "
    "cracks in two of its piers, officials said."
)
FERRY = "Mayor Ann Lim said a ferry would carry 2,000 commuters a day across Port Ellery."
SUNK = "Three sailors died on Monday when the night ferry sank off Port Ellery, police said."


def printed(*titles: str, text: str = BRIDGE, **options: str) -> str:
    reading = told_by(*({"title": title, "text": text, **options} for title in titles))
    return headline(reading, opening(reading))


@pytest.mark.parametrize(
    "worse",
    [
        "Why is the Harbour Bridge closed?",
        "Harbour Bridge closure: what to know",
        "Council of Port Ellery votes to close…",
        "5 things about the Harbour Bridge closure in Port Ellery",
        "Council of Port Ellery closes Harbour Bri",
    ],
)
def test_a_title_that_tells_who_did_what_is_taken(worse: str):
    better = "Port Ellery council closes Harbour Bridge"

    assert printed(worse, better) == better
    assert printed(better, worse) == better


def test_the_title_of_the_article_that_the_lede_is_of_is_preferred():
    first = {"title": "Harbour Bridge closes to all traffic", "text": BRIDGE}
    other = {"title": "Harbour Bridge is closed in Port Ellery", "text": FERRY}
    reading = told_by(first, other)

    assert headline(reading, opening(reading)) == "Harbour Bridge closes to all traffic"


def test_a_title_with_another_toll_than_the_lede_is_not_taken():
    wrong = {"title": "Night ferry sinks off Port Ellery, 5 killed", "text": FERRY}
    right = {"title": "Ferry sinks off Port Ellery, three dead", "text": SUNK}
    reading = told_by(wrong, right)

    assert headline(reading, opening(reading, 1)) == "Ferry sinks off Port Ellery, three dead"


def test_a_title_about_another_matter_than_the_lede_is_not_taken():
    reading = told_by(
        {"title": "", "text": BRIDGE},
        {"title": "Lighthouse keeper wins prize for novel", "text": FERRY},
    )

    found = headline(reading, opening(reading))

    assert found == "The council of Port Ellery voted on Tuesday to close the Harbour Bridge"


def test_a_figure_that_is_but_rounded_contradicts_nothing():
    text = (
        "The council of Port Ellery will spend $3.2 million on a ferry, the mayor said on Tuesday."
    )

    assert printed("Port Ellery to spend $3 million on ferry", text=text) == (
        "Port Ellery to spend $3 million on ferry"
    )


def test_the_title_is_in_the_language_of_the_lede():
    german = "Der Rat von Port Ellery sperrt die Harbour Bridge, wie Ingenieure geraten hatten."
    reading = told_by(
        {"title": "Port Ellery sperrt die Harbour Bridge", "text": german, "language": "de"},
        {"title": "Port Ellery closes Harbour Bridge", "text": BRIDGE},
    )

    assert headline(reading, opening(reading, 1)) == "Port Ellery closes Harbour Bridge"


def test_a_question_gives_way_to_a_headline_made_of_the_lede():
    assert printed("Why is the Harbour Bridge of Port Ellery closed?") == (
        "The council of Port Ellery voted on Tuesday to close the Harbour Bridge"
    )


def test_a_question_stands_where_the_lede_is_about_something_else():
    assert printed("Who painted the ceiling of the opera?") == (
        "Who painted the ceiling of the opera?"
    )


def test_capitals_throughout_are_not_printed():
    assert printed("COUNCIL OF PORT ELLERY CLOSES HARBOUR BRIDGE") == (
        "Council of Port Ellery closes Harbour Bridge"
    )


def test_sentence_case_is_for_who_asks():
    reading = told_by(
        {"title": "Council Of Port Ellery Votes To Shut Harbour Bridge", "text": BRIDGE}
    )
    lede = opening(reading)

    assert headline(reading, lede) == "Council Of Port Ellery Votes To Shut Harbour Bridge"
    assert headline(reading, lede, sentence_case=True) == (
        "Council of Port Ellery votes to shut Harbour Bridge"
    )


def test_a_story_without_a_word_has_no_headline():
    assert headline(told_by({"title": ""}), None) == ""


def test_without_a_lede_the_titles_speak():
    reading = told_by({"title": "Port Ellery closes Harbour Bridge", "text": ""})

    assert headline(reading, None) == "Port Ellery closes Harbour Bridge"


def test_a_plain_fact_needs_no_attribution_in_a_headline():
    assert (
        made(SUNK, "en") == "Three sailors died on Monday when the night ferry sank off Port Ellery"
    )


def test_an_allegation_keeps_its_attribution():
    sentence = "The pilot of the night ferry was drunk when it left Port Ellery, prosecutors said."

    assert made(sentence, "en") == sentence.removesuffix(".")


def test_a_sentence_that_offers_no_cut_stays_whole():
    long = (
        "The woman whose boat was found adrift off the old lighthouse of Port Ellery a week ago "
        "with no one at the wheel has been seen alive in a village some way up the coast."
    )

    assert made(long, "en") == long.removesuffix(".")


@pytest.mark.parametrize(
    ("language", "sentence", "found"),
    [
        (
            "de",
            (
                "Der Rat von Port Ellery hat am Dienstag die alte Hafenbrücke gesperrt, nachdem "
                "man in zwei Pfeilern tiefe Risse gefunden hatte."
            ),
            "Der Rat von Port Ellery hat am Dienstag die alte Hafenbrücke gesperrt",
        ),
        (
            "fr",
            (
                "Le conseil de Port Ellery a fermé mardi le vieux pont à toute circulation; le "
                "maire promet un bac dès la semaine prochaine."
            ),
            "Le conseil de Port Ellery a fermé mardi le vieux pont à toute circulation",
        ),
        (
            "ja",
            "市議会は火曜日に古い港の橋の閉鎖を決めた。",
            "市議会は火曜日に古い港の橋の閉鎖を決めた",
        ),
        (
            "es",
            "El concejo, que se reunió el martes, cerró el viejo puente del puerto, según dijo.",
            "El concejo, que se reunió el martes, cerró el viejo puente del puerto, según dijo",
        ),
    ],
    ids=["German", "French", "Japanese", "Spanish"],
)
def test_other_languages_are_cut_only_where_it_is_safe(language: str, sentence: str, found: str):
    assert made(sentence, language) == found


TITLES = st.one_of(
    st.text(max_size=90),
    st.sampled_from(
        ["LIVE: Bridge closed", "Why?", "Bridge closes...", "COUNCIL SHUTS BRIDGE", ""]
    ),
)


@settings(deadline=None)
@given(st.lists(TITLES, min_size=1, max_size=4), st.booleans())
def test_any_titles_give_one_line(titles: list[str], in_sentence_case: bool):
    reading = told_by(*({"title": title, "text": BRIDGE} for title in titles))

    found = headline(reading, opening(reading), sentence_case=in_sentence_case)

    assert found
    assert found == " ".join(found.split())
    assert not found.endswith("...")


def test_a_cut_that_loses_what_the_sources_share_is_not_made():
    sentence = (
        "The council of Port Ellery met for an hour on Tuesday, which ended with the sale of the "
        "Kelso lighthouse."
    )

    assert made(sentence, "en") == "The council of Port Ellery met for an hour on Tuesday"
    assert made(sentence, "en", {"kelso": 2, "lighth": 3}) == sentence.removesuffix(".")


def test_a_title_that_a_forum_gives_for_the_outlet_as_well_is_a_title():
    assert printed("Harbour 2.1 released", source="Harbour 2.1 released") == "Harbour 2.1 released"
