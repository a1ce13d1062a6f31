"""What `newsletter.text.paragraphs` promises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.text.paragraphs import (
    digest_of,
    is_ended,
    paragraph_hash,
    paragraph_hashes,
    paragraphs,
    weight,
    wording,
)
from newsletter.text.sentences import sentences

STORY = "The council of Port Ellery closed the old bridge on Tuesday."
PROMISE = "Read by harbour masters in twelve towns."


def test_lines_are_joined_where_they_were_wrapped_and_invisible_characters_go():
    text = "The council voted\nto close   the bri\u00addge.\n\n• Boats may pass"

    assert list(paragraphs(text)) == ["The council voted to close the bridge.", "Boats may pass"]


def test_a_paragraph_is_known_again_whatever_its_case_and_punctuation():
    shouted = "READ by harbour-masters, in twelve towns!"

    assert paragraph_hashes(PROMISE) == paragraph_hashes(shouted)


def test_another_word_makes_another_paragraph():
    assert paragraph_hashes(PROMISE) != paragraph_hashes(PROMISE.replace("twelve", "thirteen"))


def test_the_hashes_stand_in_the_order_of_the_text_each_once():
    found = paragraph_hashes(f"{STORY}\n{PROMISE}\nShare\n{STORY}\n* * *")

    assert found == tuple(map(paragraph_hash, map(wording, (STORY, PROMISE, "Share"))))


def test_a_hash_is_the_same_on_every_machine_and_in_every_run():
    assert paragraph_hashes("Boats pass.") == (4448424413653724418,)


def test_a_hash_tells_about_how_many_words_it_stands_for():
    short, long = paragraph_hashes("Share this\n" + "Boats pass the bridge. " * 40)

    assert weight(short) == 2
    assert weight(long) == 63


def test_an_edited_text_and_another_outlet_are_told_by_the_digest():
    known = digest_of("ellery herald", STORY)

    assert known != digest_of("ellery herald", STORY + " Boats pass.")
    assert known != digest_of("harbour post", STORY)


@pytest.mark.parametrize(
    "line",
    [
        "The bridge is closed.",
        "“The bridge is closed.”",
        "The bridge is closed. 🚧",
        "The bridge is closed.[3]",
        "The bridge is closed. [note 2]",
        "The bridge is closed.²",
        "橋は閉まった。",
        "পুল বন্ধ।",
        "پل بند ہے۔",
        "ድልድዩ ተዘግቷል።",
        "ድልድዩ ተዘግቷል፡፡",
        "တံတားပိတ်ထားသည်။",
        "ស្ពានត្រូវបានបិទ។",
        "ស្ពានត្រូវបានបិទ៕",
        "Έκλεισε η γέφυρα;",
        "สภาเมืองลงมติปิดสะพาน",
    ],
)
def test_a_sentence_is_ended_by_the_marks_that_the_splitter_knows(line: str):
    assert is_ended(line)
    assert sentences(f"{line}\n{line}") == (line, line)


@pytest.mark.parametrize(
    "line", ["The bridge is closed", "The bridge, 🚧", "See [3]", "ដំណឹងថ្មី", "Bridge news:", ""]
)
def test_what_no_mark_ends_is_not_ended(line: str):
    assert not is_ended(line)


@given(st.text())
def test_hashes_hold_64_bits(text: str):
    assert all(0 < found < 2**64 for found in paragraph_hashes(text))
