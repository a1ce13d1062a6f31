"""Which feed a URL means: its own, or the one that the web page there names."""

import pytest
from fakes import NOW, InlineWorkers, ScriptedFeeds, rss

from newsletter.errors import FetchError, ParseError
from newsletter.model import Document
from newsletter.pipeline.check import Asking
from newsletter.pipeline.subscribe import offer

FEED = rss(("Port opens", "https://p.example/1", "Cranes."))


def page(*links: str) -> Document:
    named = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="{link}" href="{link}">'
        for link in links
    )
    return Document(
        url="https://p.example/",
        content=f"<!doctype html><html><head>{named}</head><body>Hello</body></html>".encode(),
        content_type="text/html",
    )


def asking(**answers: Document | FetchError) -> Asking:
    by_url = {f"https://p.example/{name}": answer for name, answer in answers.items()}
    return Asking(source=ScriptedFeeds(by_url), workers=InlineWorkers(), now=NOW, language="en")


def test_a_feed_means_itself():
    found = offer("https://p.example/feed", asking(feed=FEED))

    assert (found.url, found.title, found.entries) == ("https://p.example/feed", "F", 1)


def test_a_feed_that_has_moved_for_good_is_offered_where_it_is_now():
    moved = Document(url=FEED.url, content=FEED.content, moved_to="https://new.example/feed")

    found = offer("https://p.example/feed", asking(feed=moved))

    assert (found.url, found.moved_from) == ("https://new.example/feed", "https://p.example/feed")


def test_a_page_means_the_first_feed_that_holds_no_comments():
    answers = asking(home=page("/comments", "/news", "/sport"), news=FEED)

    found = offer("https://p.example/home", answers)

    assert (found.url, found.page) == ("https://p.example/news", "https://p.example/home")
    assert {other.url for other in found.others} == {
        "https://p.example/comments",
        "https://p.example/sport",
    }


@pytest.mark.parametrize(
    ("home", "said"),
    [
        (FetchError("answers 404"), "home: answers 404"),
        (page(), "web page"),
        (page("/comments"), "web page"),
        (page("/news"), "cannot be used: https://p.example/news: is"),
    ],
    ids=["no answer", "no feed named", "comments only", "its feed is no feed"],
)
def test_what_leads_to_no_feed_says_why(home: Document | FetchError, said: str):
    with pytest.raises((FetchError, ParseError), match=said):
        offer("https://p.example/home", asking(home=home, news=page()))
