"""issue.json over the versions, and the warnings that it bears."""

import json
from dataclasses import replace
from typing import Any

import pytest
from issues import issue, story, templates
from test_issue import SUMMARY, composed

from newsletter.issue import dump, load
from newsletter.model import Cite, Dated, Sentence, Summary
from newsletter.render import render

HELD = (Sentence(text="It sank.", article_id="lead"),)
SENTENCE = Sentence(
    text="Water rose on Monday.",
    article_id="lead",
    dates=(Dated(span="on Monday", date="2026-11-16"),),
    cites=(Cite(article_id="lead", text="On Monday water rose."),),
)


def warnings(**changes: Any) -> str:
    """Return what is said of an issue whose one summary is changed so."""
    summary: Summary = replace(SUMMARY, **changes)
    found = composed(summary=summary).warnings
    return " | ".join(one for one in found if "link" not in one)


def test_dates_cites_and_genre_come_back_as_they_were():
    whole = issue(story(summary=(SENTENCE,), sure=False, genre="review", by="llm"))

    assert load(dump(whole)) == whole


def test_issue_json_says_what_a_summary_rests_on():
    summary = replace(SUMMARY, sentences=(SENTENCE,), by="llm", genre="feature", sure=False)

    told = json.loads(dump(composed(summary=summary)))["sections"][0]["stories"][0]

    assert (told["by"], told["genre"], told["sure"]) == ("llm", "feature", False)
    assert told["summary"][0]["dates"] == [{"span": "on Monday", "date": "2026-11-16"}]
    assert told["summary"][0]["cites"] == [{"article_id": "lead", "text": "On Monday water rose."}]


def test_an_issue_from_before_dates_and_genres_renders_as_one_without_any():
    whole = issue(story(), story(2))
    data = json.loads(dump(whole))
    for told in data["sections"][0]["stories"]:
        for key in ("sure", "genre", "by"):
            del told[key]
        for sentence in told["summary"]:
            del sentence["dates"], sentence["cites"]

    assert render(load(json.dumps(data)), templates()) == render(whole, templates())


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"sure": False, "lede_sure": False}, "a summary that wants a look before it goes out"),
        ({"sentences": ()}, "no summary, for the sources give no whole sentence"),
        (
            {"sentences": (), "held": HELD, "sure": False},
            "unsure of every sentence, only the headline is printed (newsletter why shows all)",
        ),
        (
            {"held": HELD, "sure": False},
            "unsure of all but the first sentence, only that is printed (newsletter why shows all)",
        ),
    ],
    ids=["sure", "doubtful", "nothing to print", "all held back", "rest held back"],
)
def test_what_is_held_back_is_a_warning_that_says_why(changes: dict[str, Any], said: str):
    assert warnings(**changes) == (f"{said}: story 1" if said else "")


@pytest.mark.parametrize("genre", ["review", "opinion", "feature"])
def test_that_a_review_gets_one_sentence_is_no_warning(genre: str):
    assert warnings(genre=genre, held=HELD, sure=False) == ""


def test_one_sentence_that_is_sure_is_no_warning_where_no_more_was_asked_for():
    assert warnings(sure=False, lede_sure=True) == ""
