"""What `newsletter.text.clean` promises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.text.clean import clean, is_caption, is_promotional

STORY = "The council of Port Ellery voted on Tuesday to close the old harbour bridge."


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("An image of the mayor with a hammer", "caption"),
        ("Photo: The mayor opens the bridge.", "caption"),
        ("The mayor opens the bridge. (Getty Images)", "caption"),
        ("In this Aug. 3, 2019 file photo, boats pass the bridge.", "caption"),
        ("Ann Lim walks on stage in Port Ellery on Monday, June 3, 2019.", "caption"),
        ("By Ann Lim and Otto Brill", "byline"),
        ("(Reporting by Ann Lim; Editing by Otto Brill)", "byline"),
        ("Ann Lim contributed to this report.", "byline"),
        ("Updated on Oct. 8, 2013: figures added.", "byline"),
        ("Subscribe to our newsletter and miss nothing.", "promotion"),
        ("We test every bridge so you don't have to.", "promotion"),
        ("Get the best stories delivered to your inbox.", "promotion"),
        ("Jetzt Newsletter abonnieren!", "promotion"),
        ("This website uses cookies to improve your experience.", "cookies"),
        ("Your browser does not support this video.", "cookies"),
        ("Read more: How the bridge was built", "link"),
        ("Click here for the full report.", "link"),
        ("Lire aussi : le pont fermé", "link"),
        ("© 2026 Ellery Herald. All rights reserved.", "copyright"),
        ("Follow us on Facebook.", "share"),
        ("Share this article on Twitter", "share"),
        ("📈 Bridges 🚀 Boats ⚡ Tides.", "emoji"),
        ("Why the bridge had to close", "heading"),
        ("Is this the end of the bridge?", "heading"),
        (
            "What the council did not say about the bridge and the money set aside for it by",
            "fragment",
        ),
    ],
)
def test_a_line_that_is_not_the_article_goes_with_its_reason(line, reason):
    cleaned = clean(f"{STORY}\n{line}")

    assert cleaned.paragraphs == (STORY,)
    assert cleaned.removed == ((line, reason),)


@pytest.mark.parametrize(
    "dateline",
    [
        "ISLAMABAD: ",
        "NEW DELHI: ",
        "JERUSALEM / ISLAMABAD: ",
        "Kabul, Afghanistan - ",
        "Washington (CNN) ",
        "LONDON, Jan 30 (Reuters) – ",
        "PORT ELLERY, Scotland — ",
        "(AP) — ",
        "Port Ellery, 5 March 2024 – ",
        "PORT ELLERY -- ",
    ],
)
def test_a_dateline_is_cut_from_the_sentence(dateline):
    cleaned = clean(dateline + STORY)

    assert cleaned.paragraphs == (STORY,)
    assert cleaned.removed == ((dateline.strip(), "dateline"),)


def test_a_bare_place_in_capitals_is_a_dateline_unless_the_text_uses_it_again():
    once = clean("ELLERY Rescuers searched the river on Sunday.")
    again = clean("ELLERY Holdings lost money.\nShares of ELLERY fell by a third.")

    assert once.paragraphs == ("Rescuers searched the river on Sunday.",)
    assert again.paragraphs[0] == "ELLERY Holdings lost money."


def test_a_wire_lede_that_names_its_agency_is_no_caption():
    cleaned = clean("PARIS (Reuters) - Ministers met in Paris on Monday, Reuters/Ipsos found.")

    assert cleaned.paragraphs == ("Ministers met in Paris on Monday, Reuters/Ipsos found.",)


def test_a_promotional_sentence_goes_and_its_paragraph_stays():
    cleaned = clean(f"{STORY} Sign up for our free newsletter here. Boats may still pass.")

    assert cleaned.paragraphs == (f"{STORY} Boats may still pass.",)


def test_a_paragraph_is_told_once():
    assert clean(f"{STORY}\n\n{STORY}").removed == ((STORY, "repeat"),)


def test_white_space_becomes_single_and_wrapped_lines_are_joined():
    wrapped = "The council of Port Ellery voted\nto close   the bridge."

    assert clean(wrapped).paragraphs == ("The council of Port Ellery voted to close the bridge.",)


def test_a_heading_leaves_a_break():
    assert clean(f"{STORY}\nWhat comes next\nBoats may pass.").breaks == frozenset({1})


def test_a_script_that_writes_no_stops_is_not_taken_for_headings():
    thai = "สภาเมืองลงมติปิดสะพานท่าเรือเก่าเมื่อวันอังคาร"

    assert clean(thai).paragraphs == (thai,)


@pytest.mark.parametrize(
    "sentence",
    [
        "By the next morning, the water had gone.",
        "Her channel has 50,000 subscribers.",
        "For a business like us, it is another cost.",
        "She reads more than she writes.",
        "The bank was founded on March 3, 1901, and failed.",
    ],
)
def test_plain_news_is_no_boilerplate(sentence):
    assert clean(sentence).paragraphs == (sentence,)


def test_captions_and_promotion_can_be_asked_for():
    assert is_caption("A photo of the bridge")
    assert not is_caption(STORY)
    assert is_promotional("Subscribe now")
    assert not is_promotional(STORY)


@given(st.text())
def test_no_kept_paragraph_is_invented(text):
    squeezed = "".join(text.split())

    for paragraph in clean(text).paragraphs:
        for word in paragraph.split():
            assert all(character in squeezed for character in word)


@pytest.mark.parametrize("led_on", ["Read more", "Continue reading...", "Leia mais (24/09 - 19h)"])
def test_read_more_goes_and_the_teaser_before_it_stays(led_on: str):
    teaser = "The council of Port Ellery closed the bridge on Monday after cracks were found."

    cleaned = clean(f"{teaser} {led_on}")

    assert cleaned.paragraphs == (teaser,)
    assert cleaned.removed == ((led_on, "link"),)


@pytest.mark.parametrize(
    "line",
    [
        "We read all the AI news so you do not have to.",
        "We test every tool in town so that you don’t have to.",
        "Join 500,000 readers who start their day with us.",
        "The only harbour newsletter you need.",
        "Get smarter about tides in five minutes a day.",
        "5 min read",
    ],
)
def test_a_line_that_sells_the_publisher_is_promotional(line: str):
    assert is_promotional(line)


@pytest.mark.parametrize(
    "line",
    [
        "An image of the mayor with a raised fist (Harbour votes)",
        "Image of the harbour master at her desk",
        "Illustration of a crane",
        "An AI-generated image of a bridge at night",
        "Screenshot of the tide table",
    ],
)
def test_a_line_that_describes_a_picture_is_a_caption(line: str):
    assert is_caption(line)


@pytest.mark.parametrize(
    "line",
    [
        "Readers join a queue of 500 people at the ferry every morning, the council said.",
        "The mayor cared for the image of the party, analysts said on Monday.",
        "Ferries leave every ten minutes a day after the storm, the council of Ellery said.",
    ],
)
def test_a_sentence_of_news_is_neither(line: str):
    assert not is_promotional(line)
    assert clean(line).paragraphs == (line,)
