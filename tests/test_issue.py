"""The Issue: composed, written as issue.json, read back."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes import NOW
from issues import masthead, week

from newsletter.errors import IssueError
from newsletter.issue import compose, dump, load
from newsletter.issue.compose import Frame
from newsletter.model import (
    Article,
    Bond,
    Counts,
    Issue,
    Masthead,
    Ranked,
    Sentence,
    Status,
    Story,
    Summary,
)

LEAD = Article(
    id="lead",
    title="Flood reaches the mill",
    text="Water rose.",
    url="https://ledger.example/flood",
    source="The Ledger",
    published=NOW - timedelta(days=1),
    first_seen=NOW,
)
OTHER = replace(LEAD, id="other", url=None, source="A reader’s notes", published=None)
FAR = replace(LEAD, id="far", title="Port opens at night", source="Harbour Post")
BOND = Bond(
    article_id="other", other_id="lead", kind="event", score=0.5, threshold=0.28,
    terms=("flood", "mill"),
)  # fmt: skip
FLOOD = Story(id="lead", articles=(LEAD, OTHER), copies={}, bonds=(BOND,))
SUMMARY = Summary(
    headline="Flood reaches the mill",
    sentences=(Sentence(text="Water rose.", article_id="lead"),),
)


def composed(
    story: Story = FLOOD, summary: Summary = SUMMARY, who: Masthead | None = None
) -> Issue:
    return compose(
        Frame(
            id="2026-W47",
            masthead=who or masthead(),
            since=None,
            until=NOW,
            publishes_at=NOW,
            generated_at=NOW,
            sections=("Empty", "News"),
            min_stories=1,
        ),
        [(Ranked(story=story, section="News", score=1.5, reasons=("told by 2 outlets",)), summary)],
        articles={article.id: article for article in (LEAD, OTHER, FAR)},
        counts=Counts(articles=3, outlets=3, stories=2, chosen=1),
    )


def test_sections_without_stories_are_not_printed():
    assert [section.name for section in composed().sections] == ["News"]


def test_a_story_says_why_its_articles_belong_together():
    (story,) = composed().stories

    (line,) = story.why
    assert line == (
        "A reader’s notes: tells the same as The Ledger: shared are flood, mill"
        " (similarity 0.50, needed 0.28)"
    )


def test_a_story_of_one_article_says_what_came_nearest():
    nearest = replace(BOND, article_id="lead", other_id="far", score=0.1)

    (story,) = composed(Story(id="lead", articles=(LEAD,), copies={}, nearest=nearest)).stories

    (line,) = story.why
    assert line == (
        "stands alone: the nearest is “Port opens at night” of Harbour Post"
        " (similarity 0.10, needed 0.28)"
    )


def test_a_good_issue_is_ready():
    issue = composed()

    assert (issue.status, issue.problems) == (Status.READY, ())


@pytest.mark.parametrize(
    ("who", "said"),
    [
        (replace(masthead(), sender=None), "sender"),
        (replace(masthead(), url=None), "view in browser"),
    ],
    ids=["no sender", "no url"],
)
def test_what_keeps_an_issue_from_being_sent_makes_it_a_draft(who: Masthead, said: str):
    issue = composed(who=who)

    assert issue.status == Status.DRAFT
    assert said in issue.problems[0]


def test_an_article_without_a_link_is_a_warning_only():
    issue = composed()

    assert issue.status == Status.READY
    assert "a source without a link: story 1" in issue.warnings


def test_issue_json_has_the_documented_fields():
    data = json.loads(dump(composed()))

    assert data["version"] == 1
    assert set(data) >= {
        "id", "title", "status", "problems", "since", "until", "generated_at", "sections",
    }  # fmt: skip
    (story,) = data["sections"][0]["stories"]
    assert set(story) == {
        "id", "headline", "summary", "articles", "why", "score", "reasons", "earlier", "new",
        "differences", "sure", "genre", "by",
    }  # fmt: skip
    assert story["summary"] == [
        {
            "text": "Water rose.",
            "article_id": "lead",
            "confirmed_by": [],
            "dates": [],
            "cites": [],
        }
    ]
    assert story["articles"][1] == {
        "id": "other",
        "url": None,
        "title": "Flood reaches the mill",
        "source": "A reader’s notes",
        "published": None,
        "lead": False,
        "copy_of": None,
        "image": None,
        "image_width": None,
        "image_height": None,
    }


def test_an_issue_comes_back_from_issue_json_as_it_was():
    issue = week()

    assert load(dump(issue)) == issue


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text[:-20], "is no JSON"),
        (lambda text: text.replace('"version": 1', '"version": 9'), "no issue of version 1"),
        (lambda text: text.replace('"score"', '"skore"'), r"stories\[0\]\.score"),
        (lambda text: text.replace('"status": "ready"', '"status": "fine"'), "fine"),
        (lambda text: text.replace('"until"', '"till"'), "until"),
    ],
    ids=["cut", "version", "key", "status", "missing"],
)
def test_nonsense_in_issue_json_is_named(change, said: str):
    with pytest.raises(IssueError, match=said):
        load(change(dump(composed())))
