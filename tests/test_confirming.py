"""What `newsletter.summarise` promises about who confirms a sentence."""

from datetime import UTC, datetime

from newsletter.model import Article, Story
from newsletter.summarise import summarise

SEEN = datetime(2026, 3, 6, 6, tzinfo=UTC)
BRIDGE = (
    "The council of Port Ellery voted on Tuesday to close the Harbour Bridge after engineers found "
    "cracks in two of its piers, officials said."
)
AGAIN = (
    "Port Ellery's council has voted to close the Harbour Bridge because engineers found cracks in "
    "two of its piers."
)


def confirming(*texts, sources=("Herald", "Post", "Echo"), copies=None):
    """Return who confirms the opening sentence of a story of these *texts*."""
    articles = tuple(
        Article(id=f"a{place}", title="", text=text, source=sources[place], first_seen=SEEN)
        for place, text in enumerate(texts)
    )
    summary = summarise(Story(id="a0", articles=articles, copies=copies or {}))
    assert summary.sentences[0].text == BRIDGE
    return summary.sentences[0].confirmed_by


def test_an_article_of_another_outlet_that_says_the_same_confirms():
    assert confirming(BRIDGE, AGAIN) == ("a1",)


def test_an_article_about_the_same_thing_that_says_something_else_does_not_confirm():
    assert confirming(BRIDGE, "A ferry will carry commuters across Port Ellery's harbour.") == ()


def test_a_contradicting_figure_is_no_confirmation():
    assert confirming(BRIDGE, AGAIN.replace("two", "four")) == ()


def test_a_contradicting_day_is_no_confirmation():
    assert confirming(BRIDGE, AGAIN.replace("voted", "voted on Thursday")) == ()


def test_an_outlet_does_not_confirm_itself():
    assert confirming(BRIDGE, AGAIN, sources=("Herald", "Herald")) == ()


def test_a_copy_does_not_confirm_its_original():
    assert confirming(BRIDGE, BRIDGE, copies={"a1": "a0"}) == ()


def test_every_outlet_that_says_the_same_is_named():
    third = AGAIN.replace("has voted", "decided")

    assert confirming(BRIDGE, AGAIN, third) == ("a1", "a2")
