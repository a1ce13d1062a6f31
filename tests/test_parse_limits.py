"""Documents made to exhaust whoever reads them: refused or cut, in seconds, and told why."""

import time
from itertools import islice

import pytest
from articles import SEEN, assert_is_sound
from pace import slowness
from samples import SAMPLES, mutations

from newsletter.errors import ParseError
from newsletter.model import Document, Feed
from newsletter.parse import FeedJob, ParsedFeed, parse_feed

URL = "https://ledger.example/feeds/all.xml"
LONGEST_S = 15.0  # of this process's time; each of these took minutes, or did not end


def read(content: bytes | str) -> ParsedFeed:
    body = content.encode() if isinstance(content, str) else content
    document = Document(url=URL, content=body)
    feed = Feed(url=URL, section="News")
    return parse_feed(FeedJob(document=document, feed=feed, seen_at=SEEN, language="en"))


def rss(inside: str, head: str = "", root: str = "") -> str:
    return f"<?xml version='1.0'?>{head}<rss version='2.0'{root}><channel>{inside}</channel></rss>"


def entry(inside: str) -> str:
    return f"<item><title>Rain</title>{inside}</item>"


HUGE = "<!DOCTYPE r [<!ENTITY a '" + "x" * 2_000 + "'>]>"
ENTITY = '<!DOCTYPE r [<!ENTITY a "' + "x" * 999 + '">]>'


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (rss(entry("<b>" * 200_000 + "</b>" * 200_000)), "nests elements more than 100 deep"),
        (rss(entry("<b>" * 200_000)), "nests elements more than 100 deep"),
        (rss(entry("<b/>" * 200_000)), "more elements than a feed has"),
        (rss(entry(""), head=HUGE), "declares huge XML entities"),
        (rss(entry("<description>" + "&a;" * 40_000 + "</description>"), head=ENTITY), "unfolds"),
        ("x" * 60_000 + "<a>", "begins with 50 kB before any element"),
    ],
    ids=["nested", "open", "elements", "huge entity", "entities", "head"],
)
def test_what_no_feed_does_is_refused(document: str, said: str):
    started = time.process_time()

    with pytest.raises(ParseError, match=said):
        read(document)

    assert time.process_time() - started < LONGEST_S * slowness()


@pytest.mark.parametrize(
    "inside",
    [
        "<author>" + "a" * 32_000 + "</author>",
        "<author>" + "a." * 100_000 + "</author>",
        "<description>" + "&lt;div&gt;" * 100_000 + "</description>",
        "<description>" + "&lt;ul&gt;&lt;li&gt;" * 50_000 + "</description>",
        "<description>" + "&amp;" * 800_000 + "</description>",
        "<description>" + "&" * 1_000_000 + "</description>",
        "<description>" + "<" * 200_000 + "</description>",
        "<description>" + "&#32;" * 400_000 + "</descriptio>",
        "<description><![CDATA[" + "<img src='" * 100_000 + "]]></description>",
        "<pubDate>" + "1 " * 500_000 + "</pubDate>",
        "<link>https://x.example/" + "%zz" * 500_000 + "</link>",
        "<!---->" * 200_000,
        "<!--" * 200_000,
        "<![CDATA[" * 200_000,
    ],
    ids=["author", "author with dots", "divs", "lists", "ampersands", "bare ampersands", "less",
         "references", "images", "date", "link", "comments", "open comments", "open CDATA"],
)  # fmt: skip
def test_an_entry_made_to_be_slow_is_not(inside: str):
    started = time.process_time()

    try:
        assert_is_sound(read(rss(entry(inside))))
    except ParseError as error:
        assert "damaged" in str(error)  # noqa: PT017 - one of the two, both are right

    assert time.process_time() - started < LONGEST_S * slowness()


def test_of_a_feed_without_end_the_newest_are_read():
    newest_first = rss("".join(f"<item><title>{n}</title></item>" for n in range(6_000)))

    found = read(newest_first)

    assert (found.found, len(found.articles)) == (6_000, 5_000)
    assert found.articles[0].title == "0"


def test_of_a_feed_that_begins_with_the_oldest_the_last_are_read():
    oldest_first = rss(
        "".join(
            f"<item><title>{n}</title><pubDate>{2000 + n // 300}-01-01</pubDate></item>"
            for n in range(6_000)
        )
    )

    found = read(oldest_first)

    assert [found.articles[0].title, found.articles[-1].title] == ["1000", "5999"]


def test_a_large_feed_is_read_in_parts_as_if_it_were_one():
    text = "It rained over Velsum. " * 500
    items = "".join(
        f"<item><title>{n}</title><guid>{n}</guid><description>{text}</description></item>"
        for n in range(400)
    )

    found = read(rss(items, root=" xml:lang='de'"))

    assert [article.title for article in found.articles] == [str(n) for n in range(400)]
    assert {article.language for article in found.articles} == {"de"}
    assert len(found.entries) == 400


def test_mutated_feeds_bring_about_nothing_but_parse_errors():
    for document in islice(mutations(2026), 150):
        try:
            found = read(document)
        except ParseError:
            continue
        assert_is_sound(found)


def test_the_samples_that_are_mutated_are_feeds_but_for_the_page():
    assert (
        sum(len(read(document).articles) for document in SAMPLES if b"<html" not in document) == 13
    )
