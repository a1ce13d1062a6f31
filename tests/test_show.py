"""`newsletter show`: what of an issue is said in the terminal."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fakes import NOW
from issues import article, issue, story

from newsletter.cli.app import run
from newsletter.issue import dump
from newsletter.model import Built, Dated, Difference, Earlier, Said, Sentence, Sponsor
from newsletter.store import open_store

Capture = pytest.CaptureFixture[str]
EARLIER = Earlier(
    issue_id="2026-W46",
    story_id="story0",
    headline="Ferry waits for its engine",
    publishes_at=NOW - timedelta(days=7),
    score=0.5,
)
DIFFERENCE = Difference(
    kind="amount",
    about="fuel bills",
    said=(
        Said(value="$6 million", article_ids=("article0",), sentence="Bills fell."),
        Said(value="$8 million", article_ids=("article1",), sentence="Bills fell more."),
    ),
)


@pytest.fixture
def shown(workspace: Path, capsys: Capture):
    """Show an issue of one story."""

    def show(printed, *arguments: str, **own: Any) -> str:
        made = replace(issue(printed), **own)
        with open_store(f"sqlite:///{workspace / 'newsletter.db'}") as store:
            store.save_issue(
                Built(
                    id=made.id,
                    status=made.status,
                    since=None,
                    until=made.until,
                    content=dump(made),
                    report='{"stories": [], "passed_over": []}',
                )
            )
        assert run(["show", *arguments]) == 0
        return capsys.readouterr().out

    return show


def test_a_story_that_goes_on_is_marked_and_shows_its_time_line(shown):
    out = shown(story(earlier=(EARLIER,), new=("new names: Tim Holt",)))

    assert " 1. Update: Ferry number 0 sails" in out
    assert "New: new names: Tim Holt" in out
    assert "Before: 2026-W46 “Ferry waits for its engine”" in out


def test_a_new_story_bears_no_mark(shown):
    out = shown(story())

    assert "Update" not in out
    assert "Sources differ" not in out


def test_where_sources_differ_one_line_says_so(shown):
    out = shown(story(differences=(DIFFERENCE,)))

    one, other = article(0).source, article(1).source
    assert f"Sources differ on fuel bills: $6 million ({one}); $8 million ({other})." in out


def test_who_confirms_a_sentence_is_told_on_demand(shown):
    sentence = Sentence(text="It sails.", article_id="article0", confirmed_by=("article1",))
    confirmed = replace(story(), summary=(sentence,))

    brief, whole = shown(confirmed), shown(confirmed, "-v")

    assert "confirmed" not in brief
    assert f"Sentence 1 is confirmed by 1 outlet: {article(1).source}" in whole


def test_a_date_of_another_year_has_the_year(shown):
    old = article(0, lead=True, published=NOW - timedelta(days=800))

    assert "The Ledger, 11 Sep 2024" in shown(story(articles=(old,), summary=()))


def test_dates_stand_behind_the_words_that_mean_them(shown):
    sentence = Sentence(
        text="It sailed on Monday.",
        article_id="article0",
        dates=(Dated(span="on Monday", date="2026-11-16"),),
    )

    assert "It sailed on Monday [16 November]." in shown(story(summary=(sentence,)))


def test_an_unsure_summary_is_marked_for_the_editor(shown):
    assert "    read before sending: newsletter why 1" in shown(story(sure=False))
    assert "read before sending" not in shown(story())


def test_a_headline_without_its_summary_is_marked_for_the_editor(shown):
    out = shown(story(sure=False, summary=()))

    assert "only the headline: read the sources before sending: newsletter why 1" in out


def test_a_review_and_a_language_models_summary_are_named(shown):
    out = shown(story(genre="review", by="llm"))

    assert " 1. Review: Ferry number 0 sails" in out
    assert "summary by a language model" in out


def test_the_newsletters_own_words_stand_where_they_are_printed(shown):
    out = shown(
        story(),
        note="We *erred*.",
        intro="A wet week.\n\nRead on.",
        closing="Until Sunday.",
        sponsor=Sponsor(name="Dry Boots", text="They keep."),
    )

    words = ["NOTE", "We *erred*.", "INTRO", "A wet week.", "Read on.", "Ferry number 0 sails"]
    places = [out.index(one) for one in (*words, "CLOSING", "Until Sunday.", "Dry Boots: They")]
    assert places == sorted(places)
