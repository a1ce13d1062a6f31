"""Which stories are told in full, and which in one sentence."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from issues import masthead

from newsletter.model import Article, Ranked, Story
from newsletter.pipeline.assigning import assignments
from newsletter.pipeline.material import Brief

SEEN = datetime(2026, 11, 20, tzinfo=UTC)
BRIEF = Brief(
    masthead=masthead(timezone="Europe/Berlin"),
    feeds=(),
    folders=(),
    sections=(("News", None),),
    stories=6,
    per_source=3,
    min_stories=1,
    max_age=timedelta(days=14),
)


def ranked(name: str, score: float) -> Ranked:
    article = Article(id=name, title=name, text="", source="The Ledger", first_seen=SEEN)
    story = Story(id=name, articles=(article,), copies={})
    return Ranked(story=story, section="News", score=score, reasons=())


@pytest.mark.parametrize(
    ("full", "lengths"),
    [(None, [4, 3, 3, 3, 1, 1]), (2, [4, 3, 1, 1, 1, 1]), (6, [4, 3, 3, 3, 3, 3])],
)
def test_the_first_is_told_at_length_and_the_last_in_one_sentence(
    full: int | None, lengths: Sequence[int]
):
    chosen = [ranked(f"s{place}", 6 - place) for place in range(6)]

    given = assignments(chosen, replace(BRIEF, full=full), {})

    assert [one.sentences for one in given] == lengths


def test_rank_counts_over_all_sections_whatever_the_printed_order():
    chosen = [ranked("last", 1), ranked("first", 3), ranked("second", 2)]

    given = assignments(chosen, replace(BRIEF, full=2), {})

    assert [one.sentences for one in given] == [1, 4, 3]


def test_readers_live_where_the_newsletter_does():
    (given,) = assignments([ranked("only", 1)], replace(BRIEF, sentence_case=True), {})

    assert given.timezone == "Europe/Berlin"
    assert given.sentence_case


def test_a_summariser_is_told_what_an_outlet_prints_again_and_again():
    (given, other) = assignments(
        [ranked("one", 2), ranked("two", 1)], BRIEF, {"one": frozenset({7}), "gone": frozenset({8})}
    )

    assert given.repeated == {"one": frozenset({7})}
    assert other.repeated == {}
