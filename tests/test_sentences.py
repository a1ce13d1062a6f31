"""What `newsletter.text.sentences` promises."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pace import slowness
from sentence_cases import Case, cases, fresh

from newsletter.text.sentences import sentences

PATIENCE_S = 5  # of CPU: a line that costs the square of its length takes half a minute


@pytest.mark.parametrize(
    "expected",
    [
        pytest.param(("The U.S. Senate met.", "Nobody came."), id="U.S. inside a name"),
        pytest.param(("He left the U.S.", "The trip took a day."), id="U.S. at the end"),
        pytest.param(("Mr. and Mrs. Ode spoke.", "Dr. Hahn did not."), id="titles"),
        pytest.param(("Brill Inc. said so.", "It pays."), id="a company's Inc."),
        pytest.param(("The firm is Brill Inc.", "The buyer is not known."), id="Inc. at the end"),
        pytest.param(("J. R. Ode and Ann K. Lim won.", "Both ran."), id="initials"),
        pytest.param(("It rose 3.5 percent to $4.20.", "Then it fell."), id="decimals"),
        pytest.param(("They met at 8 p.m. Monday.", "Rain fell."), id="a time before its day"),
        pytest.param(("They met at 8 p.m.", "Rain fell."), id="a time at the end"),
        pytest.param(("She waited ...", "Nothing came."), id="ellipsis"),
        pytest.param(("He said “no.”", "Then he left."), id="curly quote after the stop"),
        pytest.param(('He said "no."', "Then he left."), id="straight quote after the stop"),
        pytest.param(("“Why?” Ann Lim asked.", "Nobody knew."), id="question with its speaker"),
        pytest.param(('"I go," she said.', '"I stay."'), id="quotations in a row"),
        pytest.param(
            ("See No. 3 below.", "It was built on Jan. 5."), id="numbers after No. and Jan."
        ),
        pytest.param(("Det.-Sgt. Lim spoke.", "She left."), id="a double title"),
        pytest.param(("Yahoo! News says so.", "It is true!"), id="a name with a mark"),
        pytest.param(("Am 3. Oktober wird gefeiert.", "Es regnet."), id="German ordinal"),
        pytest.param(("Er wohnt z.B. hier.", "Sie nicht."), id="German abbreviation"),
        pytest.param(("iPads sell.", "eBay grows."), id="names that begin small"),
    ],
)
def test_a_sentence_ends_at_its_stop_and_nowhere_else(expected):
    assert sentences(" ".join(expected)) == expected


def test_a_full_stop_that_lost_its_space_still_ends_a_sentence():
    assert sentences("It closed last week.Los Amates wept.") == (
        "It closed last week.",
        "Los Amates wept.",
    )


def test_a_quote_glued_to_a_stop_opens_the_next_sentence():
    assert sentences('It closed."We wept," he said.') == ("It closed.", '"We wept," he said.')


def test_a_name_with_a_stop_inside_is_whole():
    assert sentences("Booking.com and Node.js agreed.") == ("Booking.com and Node.js agreed.",)


def test_wide_marks_end_sentences_without_a_space():
    assert sentences("雨が降った。風も強い！") == ("雨が降った。", "風も強い！")


def test_a_japanese_quotation_stays_with_its_speaker():
    assert sentences("「本当？」と彼は言った。") == ("「本当？」と彼は言った。",)


def test_a_line_break_ends_a_sentence():
    assert sentences("A heading\nThe text begins.") == ("A heading", "The text begins.")


@pytest.mark.parametrize("case", [*cases(), *fresh()], ids=lambda case: case.name)
def test_a_hard_case_is_cut_where_a_reader_would(case: Case):
    assert sentences(case.text) == case.expected


@pytest.mark.parametrize("case", [*cases(), *fresh()], ids=lambda case: case.name)
def test_a_sentence_of_a_hard_case_is_whole_when_it_stands_alone(case: Case):
    for sentence in case.expected:
        assert sentences(sentence) == (sentence,)


@pytest.mark.parametrize(
    "unit",
    ["1", "1.", "A.", "A. ", '"', '."', '."a', ".“A", ".'A", "( a. B", "。”", "（水。", "? ", " "],
)
def test_a_hostile_line_costs_no_more_than_its_length(unit):
    line = (unit * 100_000)[:100_000]
    started = time.process_time()

    sentences(line)

    assert time.process_time() - started < PATIENCE_S * slowness()


@given(st.text(alphabet=st.sampled_from("Aa .!?…。\"“”’'1\n")))
def test_sentences_are_spans_of_the_text_in_order(text):
    place = 0
    for sentence in sentences(text):
        found = text.find(sentence, place)
        assert found >= place
        place = found + len(sentence)


@given(st.text())
def test_nothing_but_white_space_is_lost(text):
    kept = "".join("".join(sentences(text)).split())

    assert kept == "".join(text.split())


@given(
    st.lists(
        st.sampled_from("He left|Ann|Mr.|U.S.|Inc.|it rose|3.5|.|. |! |? |… |.” |“|(|)".split("|"))
    )
)
def test_a_single_sentence_is_not_cut_again(parts):
    for sentence in sentences(" ".join(parts)):
        assert sentences(sentence) == (sentence,)
