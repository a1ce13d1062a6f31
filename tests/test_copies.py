"""Near-duplicates: what is a copy, and of what."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from newsletter.model import Article
from newsletter.stories import copy_groups

SEEN = datetime(2026, 3, 2, 6, tzinfo=UTC)

WIRE = """\
HALVIK (Northern Wire) - A cargo ship carrying 4,200 tonnes of fertiliser ran aground off Halvik \
early on Tuesday after its steering failed in heavy seas, the coast guard said.
All nineteen members of the crew of the Marisol were lifted off by two helicopters before dawn.
No oil had leaked by midday, according to Lena Orvik, who leads the rescue centre, but the hull \
had been torn open along some thirty metres.
Tugs from three harbours were waiting for the wind to drop before they try to pull the ship free.
The Marisol was on its way from Gdansk to Bergen when it lost its rudder, the owner said.
Fishermen were told to stay away from the bay until further notice.
"""
OTHER = """\
The city council of Belmora voted on Monday to close the old market hall for two years of repairs.
Stallholders will move to tents on the station square, where they are to pay half of their rent.
Mayor Ines Carvalho said that the roof, built in 1911, could no longer be patched.
Opponents of the plan called the tents an insult and announced a petition before the summer.
"""
FOOTER = """\
Thank you for reading the Harbour Post. Subscribe today and get our best stories every morning, \
straight to your inbox, free of charge. All rights reserved, no part may be reproduced.
"""


def article(id_: str, text: str, *, title: str = "", source: str = "", day: int | None = None):
    published = None if day is None else SEEN - timedelta(days=10 - day)
    return Article(
        id=id_, title=title, text=text, source=source, published=published, first_seen=SEEN
    )


def test_a_syndicated_text_under_another_headline_is_a_copy():
    wire = article("a", WIRE, title="Cargo ship runs aground off Halvik", day=1)
    paper = article("b", WIRE + FOOTER, title="Drama at sea: nineteen rescued", day=2)

    assert copy_groups([wire, paper]) == {"b": "a"}


def test_a_lightly_edited_text_is_a_copy():
    edited = WIRE.replace("early on Tuesday", "before sunrise").replace("Tugs", "Two tugs")
    edited = "\n".join(edited.splitlines()[:2] + edited.splitlines()[3:])

    assert copy_groups([article("a", WIRE, day=1), article("b", edited, day=2)]) == {"b": "a"}


def test_an_excerpt_is_a_copy_however_long_the_whole():
    whole = WIRE + "\n".join(
        f"Reader {n} wrote from village {n * 7} on {n} May." for n in range(99)
    )
    opening = "\n".join(WIRE.splitlines()[:2])

    assert copy_groups([article("a", whole), article("b", opening)]) == {"b": "a"}


def test_different_reports_are_no_copies():
    assert copy_groups([article("a", WIRE), article("b", OTHER)]) == {}


def test_house_text_makes_no_copies():
    news = (
        "The harbour museum reopens on Friday with a show of whaling boats from 1850.",
        "Ferry fares rise by four per cent in April, the county decided last night.",
        "A pilot whale stranded near the northern pier swam free with the evening tide.",
        "Three schools share the county's prize for their weather stations this year.",
    )
    articles = [
        article(str(n), f"{text}\n{FOOTER}", source="harbourpost.example")
        for n, text in enumerate(news)
    ]

    assert copy_groups(articles) == {}


def test_stock_phrases_of_many_papers_make_no_copies():
    articles = [
        article(
            str(n), f"Village number {n} elects mayor {n * 7}.\n{FOOTER}", source=f"{n}.example"
        )
        for n in range(60)
    ]

    assert copy_groups(articles) == {}


def test_equal_short_headlines_are_no_copies():
    morning = [article(id_, "", title="Morning briefing") for id_ in ("a", "b")]

    assert copy_groups(morning) == {}


PAGE = "https://northernwire.example/marisol"


def test_articles_that_name_one_page_are_copies_whatever_their_words():
    wire = replace(article("a", WIRE, day=2), url=f"{PAGE}?utm_source=feed")
    paper = replace(article("b", OTHER, day=3), url="https://post.example/7", page=PAGE)
    other = replace(article("c", FOOTER, day=1), url="https://post.example/8")

    assert copy_groups([wire, paper, other]) == {"b": "a"}


def test_what_is_a_copy_of_a_copy_repeats_the_same_original():
    wire = replace(article("a", WIRE, day=1), page=PAGE)
    paper = replace(article("b", OTHER, day=2), page=PAGE)
    edited = article("c", OTHER + FOOTER, day=3)

    assert copy_groups([wire, paper, edited]) == {"b": "a", "c": "a"}


@pytest.mark.parametrize(
    ("page", "origins"),
    [(PAGE, ("feed",)), ("https://northernwire.example/?utm_source=x", ())],
    ids=["several of one feed", "a front page"],
)
def test_a_page_that_stands_for_many_articles_makes_no_copies(page: str, origins: tuple[str, ...]):
    one = replace(article("a", WIRE), page=page, origins=origins)
    two = replace(article("b", OTHER), page=page, origins=origins)

    assert copy_groups([one, two]) == {}


def test_the_original_is_the_one_published_first():
    articles = [article("a", WIRE, day=3), article("b", WIRE, day=1), article("c", WIRE)]

    assert copy_groups(articles) == {"a": "b", "c": "b"}


def test_among_undated_texts_the_longest_is_the_original():
    articles = [article("a", WIRE), article("b", WIRE + FOOTER)]

    assert copy_groups(articles) == {"a": "b"}


def test_the_order_of_arrival_changes_nothing():
    articles = [article("a", WIRE), article("b", WIRE + FOOTER), article("c", OTHER)]

    assert len({tuple(copy_groups(order).items()) for order in permutations(articles)}) == 1


def test_nothing_has_no_copies():
    assert copy_groups([]) == {}
    assert copy_groups([article("a", "")]) == {}
