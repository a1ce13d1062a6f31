"""What is kept of a build: all stories in brief, some in full."""

import json
from dataclasses import replace
from datetime import timedelta

from fakes import NOW
from issues import issue, story

from newsletter.issue import dump
from newsletter.model import (
    Article,
    Built,
    Continuation,
    Dated,
    Decision,
    Earlier,
    Ranked,
    Removed,
    Sentence,
    Status,
    Story,
    Summary,
)
from newsletter.pipeline.listing import listed
from newsletter.pipeline.report import report
from newsletter.stories.rank import Choice

FULL = "the issue was full (issue.stories is 1)"


def ranked(number: int) -> Ranked:
    article = Article(
        id=f"story{number}",
        title=f"Ferry number {number} sails on its own waste heat",
        text="The engine warms the cabins all winter.",
        source="The Ledger",
        published=NOW - timedelta(days=1),
        first_seen=NOW,
    )
    return Ranked(
        story=Story(id=article.id, articles=(article,), copies={}),
        section="Technology",
        score=1.5,
        reasons=("reported by 1 outlet",),
    )


def kept(passed_over: int) -> Built:
    chosen = ranked(0)
    summary = Summary(
        headline="Ferry number 0 sails",
        sentences=(Sentence(text="The engine warms.", article_id="story0"),),
    )
    others = tuple((ranked(number), FULL) for number in range(1, passed_over + 1))
    articles = {one.story.id: one.story.lead for one in (chosen, *(one for one, _ in others))}
    choice = Choice(chosen=(chosen,), passed_over=others)
    return Built(
        id="2026-W47",
        status=Status.READY,
        since=None,
        until=NOW,
        content=dump(issue(story())),
        report=json.dumps(report([(chosen, summary)], choice, articles)),
    )


def test_every_story_is_listed_the_printed_ones_by_number():
    stories = listed(kept(60))

    assert [(one.number, one.reason) for one in stories[:2]] == [(1, None), (None, FULL)]
    assert stories[0].headline == "Ferry number 0 sails"
    assert stories[60].headline == "Ferry number 60 sails on its own waste heat"
    assert len(stories) == 61


def test_three_thousand_stories_stay_small():
    assert len(kept(3_000).report) < 1_000_000


def test_only_the_first_passed_over_are_explained_in_full():
    found = json.loads(kept(60).report)

    assert (len(found["stories"]), len(found["passed_over"])) == (1, 50)


def test_a_summary_is_kept_with_what_was_held_back_and_what_cleaning_took():
    chosen = ranked(0)
    opening = Sentence(
        text="The ferry sailed on Monday.",
        article_id="story0",
        dates=(Dated(span="on Monday", date="2026-11-16"),),
    )
    summary = Summary(
        headline="Ferry number 0 sails",
        sentences=(opening,),
        sure=False,
        held=(Sentence(text="It hummed.", article_id="story0"),),
        notes=("unsure of what follows: one sentence is printed",),
        removed=(Removed(article_id="story0", text="Photo: A. Lund", reason="caption"),),
    )

    found = report(
        [(chosen, summary)],
        Choice(chosen=(chosen,), passed_over=()),
        {chosen.story.id: chosen.story.lead},
    )

    (kept,) = found["stories"]
    assert kept["summary"]["sentences"][0]["dates"] == [{"span": "on Monday", "date": "2026-11-16"}]
    assert [one["text"] for one in kept["summary"]["held"]] == ["It hummed."]
    assert kept["summary"]["notes"] == ["unsure of what follows: one sentence is printed"]
    assert kept["removed"] == [
        {
            "article_id": "story0",
            "text": "Photo: A. Lund",
            "reason": "caption",
            "source": "The Ledger",
        }
    ]


def test_a_repeat_is_explained_in_full_however_low_it_ranks():
    number = Earlier(
        issue_id="2026-W46", story_id="x", headline="Ferry sails", publishes_at=NOW, score=0.5
    )
    last = ranked(99)
    story = replace(last.story, continuation=Continuation(earlier=(number,)))
    others = (
        *((ranked(number), FULL) for number in range(60)),
        (replace(last, story=story), "told"),
    )
    articles = {one.story.id: one.story.lead for one, _ in others}

    kept = report([], Choice(chosen=(), passed_over=others), articles)

    assert len(kept["passed_over"]) == 51
    assert kept["passed_over"][-1]["story"]["continuation"]["is_repeat"]


def test_the_decisions_that_a_build_held_to_are_kept():
    articles = {one.story.id: one.story.lead for one in (ranked(1), ranked(2))}
    decisions = [
        Decision(kind="apart", article_id=one, other_id=other, at=NOW)
        for one, other in (("story2", "story1"), ("story1", "gone"))
    ]

    found = report([], Choice(chosen=(), passed_over=()), articles, decisions)

    assert found["decisions"] == [("apart", "story1", "story2")]


def test_a_report_from_before_all_were_kept_gives_those_it_has():
    built = kept(3)
    older = {name: part for name, part in json.loads(built.report).items() if name != "all"}

    stories = listed(
        Built(
            id=built.id,
            status=built.status,
            since=None,
            until=NOW,
            content=built.content,
            report=json.dumps(older),
        )
    )

    assert [one.number for one in stories] == [1, None, None, None]
