"""A web page in place of a feed: the feeds that it advertises are named."""

import pytest
from articles import SEEN

from newsletter.errors import ParseError
from newsletter.model import Document, Feed
from newsletter.parse import FeedJob, parse_feed
from newsletter.parse.feed.discovery import Advertised, advertised, is_web_page

URL = "https://ledger.example/news/"


def page(*links: str, body: str = "") -> Document:
    text = f"<!DOCTYPE html><html><head><title>L</title>{''.join(links)}</head><body>{body}</body>"
    return Document(url=URL, content=text.encode(), content_type="text/html")


def link(href: str, kind: str = "application/rss+xml", more: str = "") -> str:
    return f'<link rel="alternate" type="{kind}" href="{href}" {more}>'


def urls(document: Document) -> list[str]:
    return [feed.url for feed in advertised(document)]


def test_a_feed_is_known_by_its_link():
    found = advertised(page(link("/feed.xml", more='title="All &amp; more"')))

    assert found == (
        Advertised(url="https://ledger.example/feed.xml", title="All & more", kind="RSS"),
    )


@pytest.mark.parametrize(
    ("kind", "named"),
    [
        ("application/rss+xml", "RSS"), ("application/atom+xml", "Atom"),
        ("APPLICATION/RSS+XML; charset=utf-8", "RSS"), ("application/feed+json", "JSON Feed"),
        ("application/json", "JSON Feed"),
    ],
)  # fmt: skip
def test_each_dialect_is_advertised_by_its_type(kind: str, named: str):
    assert [feed.kind for feed in advertised(page(link("feed", kind)))] == [named]


@pytest.mark.parametrize(
    "tag",
    [
        "<LINK REL=alternate TYPE=application/rss+xml HREF=feed.xml>",
        "<link href='feed.xml' type='application/rss+xml' rel='alternate home'/>",
        "<link\nrel = \"feed\"\n type = \"application/rss+xml\" href = \"feed.xml\">",
        '<link data-href="x" title="a>b" rel=alternate type="application/rss+xml" href=feed.xml>',
    ],
    ids=["unquoted", "single", "spaced", "mark in a value"],
)  # fmt: skip
def test_a_link_is_read_however_it_is_written(tag: str):
    assert urls(page(tag)) == ["https://ledger.example/news/feed.xml"]
    assert urls(page(body=tag)) == ["https://ledger.example/news/feed.xml"]


def test_links_start_from_the_pages_base():
    assert urls(page('<base href="/b/">', link("feed.xml"))) == [
        "https://ledger.example/b/feed.xml"
    ]


@pytest.mark.parametrize(
    "tag",
    [
        link("javascript:alert(1)"), link(""), link("style.css", "text/css"),
        '<link rel="stylesheet" type="application/rss+xml" href="x">',
        link("/wp-json/wp/v2/posts/1", "application/json"), f"<!-- {link('old')} -->",
        f"<script>'{link('x')}'</script>", link("oembed", "application/json+oembed"),
    ],
)  # fmt: skip
def test_what_is_no_feed_is_not_named(tag: str):
    assert urls(page(tag)) == []


def test_feeds_of_comments_come_last_and_each_comes_once():
    links = [link("/comments/feed/"), link("/feed/"), link("/feed/"), link("/atom")]

    assert urls(page(*links)) == [
        f"https://ledger.example{path}" for path in ("/feed/", "/atom", "/comments/feed/")
    ]


@pytest.mark.parametrize(
    ("links", "said"),
    [
        (0, "is a web page, not a feed; look there for the feed's own URL"),
        (1, "it advertises https://ledger.example/0; put that in its place"),
        (2, "it advertises https://ledger.example/0 and https://ledger.example/1; put one of them"),
        (9, "https://ledger.example/1 and https://ledger.example/2; put one of them in its place"),
    ],
)
def test_a_page_in_place_of_a_feed_is_told_with_its_feeds(links: int, said: str):
    document = page(*(link(f"/{n}") for n in range(links)))
    job = FeedJob(
        document=document, feed=Feed(url=URL, section="News"), seen_at=SEEN, language="en"
    )

    with pytest.raises(ParseError) as told:
        parse_feed(job)

    assert said in str(told.value)


@pytest.mark.parametrize(
    ("content", "is_page"),
    [
        (b"<!doctype html><p>Rain", True),
        (b"\xef\xbb\xbf\n<!-- a --><HTML><body>", True),
        (b"<head><title>Rain</title>", True),
        (b"<rss><channel><description>&lt;html></description>", False),
        (b"<rss><channel><description><![CDATA[<html>]]></description>", False),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", False),
        (b"{}", False),
    ],
)
def test_a_page_is_told_from_a_feed_that_speaks_of_one(content: bytes, is_page: bool):
    assert is_web_page(Document(url=URL, content=content)) == is_page


@pytest.mark.parametrize(
    "tag", ["<link ", "<!--", "<script>", "<link '\"a=b ", "<base ", "<link title='"]
)
def test_a_page_made_to_be_slow_is_not(tag: str):
    assert urls(page(tag * 30_000)) == []
