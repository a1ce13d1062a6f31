"""issue.json over the versions, and the warnings that it bears."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from issues import article, issue, story, templates
from printed import issues
from test_issue import SUMMARY, composed

from newsletter.issue import dump, glance, load
from newsletter.model import Cite, Dated, Issue, Layout, Sentence, Summary
from newsletter.render import render

SLOWLY = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PUBLISHED = datetime(2026, 11, 22, 17, tzinfo=UTC)
UPDATED = datetime(2026, 11, 24, 9, tzinfo=UTC)
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
    lead = article(id="lead", lead=True)
    told = story(summary=(SENTENCE,), articles=(lead,), sure=False, genre="review", by="llm")
    whole = issue(told)

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


@SLOWLY
@given(issues())
def test_every_issue_comes_back_from_issue_json_as_it_was(whole: Issue):
    assert load(dump(whole)) == whole


@SLOWLY
@given(issues(), st.sampled_from([None, 0, 1, 4]), st.booleans())
def test_neither_spaces_nor_escapes_nor_a_byte_order_mark_make_an_issue_another(
    whole: Issue, indent: int | None, ascii_only: bool
):
    written = json.dumps(json.loads(dump(whole)), indent=indent, ensure_ascii=ascii_only)

    assert load(f"\ufeff{written}".encode()) == whole


def test_an_issue_from_before_themes_and_pictures_has_none():
    whole = issue(story())
    data = json.loads(dump(whole))
    for key in ("layout", "intro", "closing", "sponsor"):
        del data[key]
    del data["sender"]["unsubscribe"]
    for told in data["sections"][0]["stories"][0]["articles"]:
        del told["image"], told["image_width"], told["image_height"]

    found = load(json.dumps(data))

    assert found.layout == Layout()
    assert (found.intro, found.closing, found.sponsor) == ("", "", None)
    assert found.sections == whole.sections


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


def test_issue_json_says_when_it_was_published_and_when_that_was_changed():
    out = replace(issue(story()), published_at=PUBLISHED, updated_at=UPDATED)

    text = dump(out)

    assert '"published_at": "2026-11-22T17:00:00Z"' in text
    assert '"updated_at": "2026-11-24T09:00:00Z"' in text
    assert load(text) == out


def test_when_an_issue_was_published_changes_no_page_of_it():
    out = replace(issue(story()), published_at=PUBLISHED, updated_at=UPDATED)

    assert render(out, templates()) == render(issue(story()), templates())


@pytest.mark.parametrize("written", ["absent", "null"])
def test_an_issue_from_before_publication_was_dated_is_read_as_undated(written: str):
    data = json.loads(dump(issue(story())))
    assert data["published_at"] is data["updated_at"] is None
    if written == "absent":
        del data["published_at"], data["updated_at"]

    assert load(json.dumps(data)) == issue(story())
    assert glance(json.dumps(data)) == issue(story()).at_a_glance


@SLOWLY
@given(issues())
def test_a_glance_at_any_issue_sees_what_loading_it_does(whole: Issue):
    assert glance(dump(whole)) == whole.at_a_glance
