"""Why articles stand in one story, in the few words that an issue holds."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes import NOW

from newsletter.issue.why import why
from newsletter.model import Article, Bond, Continuation, Earlier, Story

LEAD = Article(
    id="lead",
    title="Flood reaches the mill",
    text="Water rose.",
    source="The Ledger",
    published=NOW - timedelta(days=1),
    first_seen=NOW,
)
OTHER = replace(LEAD, id="other", source="Harbour Post")
FAR = replace(LEAD, id="far", title="Port opens at night", source="Coast Monitor")
BOND = Bond(
    article_id="other",
    other_id="lead",
    kind="event",
    score=0.5,
    threshold=0.27,
    terms=("flood", "mill"),
    weights=(0.4, 0.2),
    days=2.2,
)
FLOOD = Story(id="lead", articles=(LEAD, OTHER), copies={}, bonds=(BOND,))
EARLIER = Earlier(
    issue_id="2026-W46", story_id="x", headline="Aar rises", publishes_at=NOW, score=0.4
)


def said(story: Story) -> str:
    return " | ".join(why(story, {article.id: article for article in (LEAD, OTHER, FAR)}))


def near(score: float, kind: str = "event") -> Bond:
    return replace(BOND, article_id="lead", other_id="far", score=score, kind=kind)


def test_days_between_two_articles_are_told():
    assert "(similarity 0.50, needed 0.27, 2 days apart)" in said(FLOOD)


def test_what_the_editor_put_together_is_told_as_such():
    by_editor = replace(FLOOD, bonds=(replace(BOND, kind="editor", score=0.1),))

    assert "put together with The Ledger by the editor: shared are flood, mill" in said(by_editor)


@pytest.mark.parametrize(
    ("nearest", "ending"),
    [
        (near(0.2), "2 days apart)"),
        (near(0.4), "but less to the story"),
        (replace(near(0.4), mean=0.12), "but 0.12 on the mean of both stories"),
        (near(0.9, "editor"), "kept apart by the editor"),
    ],
    ids=["too far", "near to one only", "near, measured", "parted"],
)
def test_the_nearest_that_was_not_merged_is_named(nearest: Bond, ending: str):
    told = said(replace(FLOOD, nearest=nearest))

    assert "no more than these: the nearest is “Port opens at night” of Coast Monitor" in told
    assert told.endswith(ending)


@pytest.mark.parametrize(
    ("new", "told"),
    [(("new names: Holt",), "new names: Holt"), ((), "nothing new since")],
    ids=["update", "repeat"],
)
def test_what_issues_told_before_is_said(new: tuple[str, ...], told: str):
    story = replace(FLOOD, continuation=Continuation(earlier=(EARLIER,), new=new))

    assert said(story).endswith(f"goes on from 2026-W46: {told}")


def test_an_article_of_the_same_outlet_is_named_by_its_title():
    own = replace(FLOOD, articles=(LEAD, replace(OTHER, source="The Ledger")))

    assert "The Ledger: tells the same as its “Flood reaches the mill”: shared" in said(own)
