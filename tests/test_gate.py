"""What is printed of a summary that nobody is sure of."""

from dataclasses import replace

from newsletter.model import Sentence, Summary
from newsletter.summarise import gated

TOLD = Summary(
    headline="Ferry burns",
    sentences=(
        Sentence(text="A ferry burned off Oland on Monday.", article_id="a"),
        Sentence(text="Nobody was hurt.", article_id="a"),
    ),
)


def test_a_sure_summary_passes_whole():
    assert gated(TOLD) == TOLD


def test_of_an_unsure_one_the_lede_is_printed_and_the_rest_held():
    passed = gated(replace(TOLD, sure=False))

    assert passed.sentences == TOLD.sentences[:1]
    assert passed.held == TOLD.sentences[1:]
    assert passed.notes == ("unsure of what follows: one sentence is printed",)


def test_where_not_even_the_lede_is_sure_the_headline_stands_alone():
    passed = gated(replace(TOLD, sure=False, lede_sure=False))

    assert passed.sentences == ()
    assert passed.held == TOLD.sentences
    assert passed.notes == ("unsure of every sentence: only the headline is printed",)


def test_a_review_gets_a_line_however_sure():
    passed = gated(replace(TOLD, genre="review"))

    assert passed.sentences == TOLD.sentences[:1]
    assert passed.notes == ("a review: one sentence is printed",)


def test_what_has_no_sentence_has_nothing_to_hold_back():
    bare = Summary(headline="Ferry burns", sentences=(), sure=False, lede_sure=False)

    assert gated(bare) == bare
