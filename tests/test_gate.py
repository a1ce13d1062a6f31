"""What is printed of a summary that nobody is sure of."""

from dataclasses import replace
from datetime import UTC, datetime

from seeded import the_story_of_the_seeds

from newsletter.model import Article, Sentence, Story, Summary
from newsletter.summarise import gated, summarise
from newsletter.summarise.documents import read
from newsletter.summarise.followups import choose
from newsletter.summarise.gate import sureness
from newsletter.summarise.ledes import Space, best_ledes
from newsletter.summarise.readability import judge_all

SEEN = datetime(2026, 1, 5, tzinfo=UTC)
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


def chosen(*texts, genre="news", sentences=4):
    articles = tuple(
        Article(id=f"a{n}", title="", text=text, source=f"outlet {n}", first_seen=SEEN)
        for n, text in enumerate(texts)
    )
    reading = read(Story(id="a0", articles=articles, copies={}))
    space = Space(reading, judge_all(reading))
    openings = best_ledes(space)
    choice = choose(space, openings, sentences=sentences)
    return sureness(choice, openings, space, genre)


REPORT = (
    "A ferry burned off Oland on Monday after its engine room caught fire, the coast guard said. "
    "The coast guard said that all 212 passengers of the ferry were taken off by helicopter."
)


def test_agreeing_reports_are_told_unread():
    again = "The coast guard said a ferry burned off Oland on Monday with 212 passengers on board."

    assert chosen(REPORT, again) == (True, True)


def test_a_musing_is_not():
    musing = (
        "Ferries are a fine thing, and there is nothing like a cup of tea on deck. "
        "They have been with us longer than anybody can remember, rain or shine."
    )

    assert chosen(musing) == (False, False)


def test_a_plain_announcement_has_a_sentence_though_nobody_is_quoted():
    release = (
        "Otter 8.11 is a hotfix release that contains a fix for a bug that blocked all work. "
        "The list of changes is long, and the source code has moved to a new home."
    )

    assert chosen(release)[1]


def test_who_reads_of_a_share_by_its_sign_is_not_to_read_it_unseen():
    signed = REPORT.replace("The coast guard", "Its owner Otto (OTTO.L)")

    assert chosen(REPORT, REPORT) == (True, True)
    assert chosen(signed, signed) == (False, True)


def test_no_opinion_is_told_whole_unread():
    assert chosen(REPORT, REPORT, genre="opinion") == (False, True)


def test_where_nothing_can_be_chosen_nothing_is_sure():
    assert chosen("Subscribe to our newsletter!") == (False, False)


def test_the_story_of_the_seeds_passes_whole():
    passed = gated(summarise(the_story_of_the_seeds()))

    assert passed.sure
    assert 2 <= len(passed.sentences) <= 4
