"""Web pages in, article text out: what a page says of itself, and what it is not asked for."""

import json
import unicodedata
from datetime import UTC, datetime
from typing import Any

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.errors import ParseError
from newsletter.model import Document, Page
from newsletter.parse import PageJob, parse_page
from newsletter.text.urls import link

URL = "https://www.ledger.example/2026/rain"
PARAGRAPHS = """\
Rain fell over Velsum for nine hours on Friday and the harbour closed its gates, the port said.
The Northern Courier called it the wettest day since the gates were built fifty years ago.
Ferries to the outer islands stayed in the inner basin until the wind had dropped to a breeze.
""".splitlines()
ARTICLE = "<article>" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS) + "</article>"
AROUND = (
    "<nav><ul><li><a href='/'>Home</a></li><li><a href='/sport'>Sport</a></li></ul></nav>",
    "<footer><p>&copy; 2026 The Ledger. All rights reserved.</p></footer>",
)


def page(head: str = "", body: str = ARTICLE, html: str = "<html>") -> str:
    return (
        f"<!doctype html>{html}<head>{head}</head><body>{AROUND[0]}{body}{AROUND[1]}</body></html>"
    )


def parse(content: bytes | str, content_type: str | None = "text/html") -> Page:
    body = content.encode() if isinstance(content, str) else content
    document = Document(url=URL, content=body, content_type=content_type)
    return parse_page(PageJob(document=document, language="en"))


def meta(name: str, value: str) -> str:
    return f'<meta property="{name}" content="{value}">'


def linked(**fields: Any) -> str:
    data = json.dumps({"@context": "https://schema.org", **fields})
    return f'<script type="application/ld+json">{data}</script>'


def test_the_text_is_the_articles_one_paragraph_a_line():
    found = parse(page("<title>Rain</title>", f"<h1>Rain over Velsum</h1>{ARTICLE}"))

    assert found.text.split("\n") == PARAGRAPHS
    assert (found.title, found.url) == ("Rain over Velsum", URL)


@pytest.mark.parametrize(
    ("head", "canonical"),
    [
        ('<link rel="canonical" href="/rain?id=1">', "https://www.ledger.example/rain?id=1"),
        ('<base href="https://a.example/b/"><link rel=canonical href=c>', "https://a.example/b/c"),
        (meta("og:url", "https://courier.example/rain"), "https://courier.example/rain"),
        ('<link rel="canonical" href="https://www.ledger.example/">', None),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
        ("", None),
    ],
    ids=["relative", "base", "another site", "front page", "script", "none"],
)
def test_a_page_names_its_canonical_url(head: str, canonical: str | None):
    assert parse(page(head)).canonical == canonical


@pytest.mark.parametrize(
    ("head", "heading", "title"),
    [
        (meta("og:title", "Rain &amp; gates | The Ledger") + meta("og:site_name", "The Ledger"),
         "<h1>Other</h1>", "Rain & gates"),
        ("<title>Rain - Ledger</title>", "", "Rain"),
        ("<title>Rain - and hail</title>", "", "Rain - and hail"),
        ("<title>News</title>", "<h1>Rain <em>over</em> Velsum</h1>", "Rain over Velsum"),
        ("<title>Rain</title>", "<h1>The Ledger</h1><h1>Gates</h1>", "Rain"),
        (meta("og:title", "&lt;script&gt;alert(1)&lt;/script&gt;Rain\u202e"), "", "Rain"),
    ],
    ids=["open graph", "host", "dash", "heading", "two headings", "active"],
)  # fmt: skip
def test_a_title_comes_without_the_sites_name(head: str, heading: str, title: str):
    assert parse(page(head, heading + ARTICLE)).title == title


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        (meta("article:published_time", "2026-11-13T18:30:00+01:00"), "", True),
        (linked(**{"@graph": [{"@type": ["NewsArticle"], "datePublished": "2026-11-13T17:30Z"}]}),
         "", True),
        ("", "<time datetime='2026-11-13T17:30:00Z'>today</time>", True),
        ("", "<time datetime='2026-11-13'>a</time><time datetime='2026-11-12'>b</time>", False),
        (linked(**{"@type": "WebSite", "datePublished": "2026-11-13T17:30Z"}), "", False),
        (meta("article:published_time", "yesterday"), "<p>13 November 2026</p>", False),
        (meta("article:published_time", "0001-01-01"), "", False),
    ],
    ids=["open graph", "linked data", "time", "two times", "of the site", "words", "year 1"],
)  # fmt: skip
def test_a_date_is_the_pages_own_and_never_guessed(head: str, body: str, published: bool):
    found = parse(page(head, body + ARTICLE)).published

    assert found == (datetime(2026, 11, 13, 17, 30, tzinfo=UTC) if published else None)


def test_author_picture_site_and_language_are_the_pages_own():
    head = linked(
        **{
            "@type": "NewsArticle",
            "author": [{"name": "By Anna Berg"}, {"name": "Jo Tamm"}],
            "image": {"url": "/rain.jpg"},
            "publisher": {"name": "The Ledger"},
        }
    )

    found = parse(page(head, html="<html lang=de-AT>"))

    assert (found.author, found.source) == ("Anna Berg, Jo Tamm", "The Ledger")
    assert (found.image, found.language) == ("https://www.ledger.example/rain.jpg", "de-AT")


def test_what_a_page_does_not_say_is_none():
    found = parse(page())

    assert (found.author, found.source, found.image, found.language) == (None, None, None, "en")


@pytest.mark.parametrize("image", ["data:image/png;base64,AAAA", "javascript:alert(1)", "http://"])
def test_a_picture_that_is_not_safe_is_none(image: str):
    assert parse(page(meta("og:image", image))).image is None


@pytest.mark.parametrize(
    ("coding", "content_type", "head"),
    [
        ("utf-8", "text/html; charset=iso-8859-1", ""),
        ("cp1252", None, "<meta charset=iso-8859-1>"),
        ("cp1252", "text/html; charset=zlib", ""),
        ("utf-16", None, ""),
        ("utf-16-le", "text/html", ""),
        ("shift_jis", "text/html; charset=Shift_JIS", "<meta charset=utf-8>"),
        ("iso2022_jp", None, "<meta charset=iso-2022-jp>"),
    ],
)
def test_a_page_is_read_in_its_own_encoding(coding: str, content_type: str | None, head: str):
    words = "雨が降った" if coding in {"shift_jis", "iso2022_jp"} else "Café Bärfjörd"

    found = parse(page(f"{head}<title>{words}</title>").encode(coding), content_type)

    assert found.title == words


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty"),
        ("Rain fell. " * 40, "is no web page"),
        ("%PDF-1.4 rain", "is no web page"),
        (page(body="<h1>Not found</h1>"), "holds no article text"),
        (page(body="<p>Subscribe now to read this article, from 1 € a month.</p>" * 9), "holds no"),
        (page(body=f"<script>{PARAGRAPHS[0] * 9}</script>"), "holds no article text"),
        (page(body="<p>It rained on.</p>" * 5_000), "has more parts than any article"),
        ("<div>" * 100_000 + ARTICLE, "holds no article text"),
    ],
    ids=["empty", "text", "PDF", "error", "payment", "script", "endless", "deep"],
)
def test_a_page_without_an_article_is_told(content: str, said: str):
    with pytest.raises(ParseError, match=said):
        parse(content)


def test_a_page_is_read_no_further_than_an_article_reaches():
    found = parse(page() + "<p>more</p>" * 400_000)

    assert found.text.startswith(PARAGRAPHS[0])


PIECES = st.sampled_from(
    ["<html lang=", "<p>", "</p>", "<article>", ARTICLE, "<h1>", "<title>", "\u202e", "\x00",
     "<meta property=og:image content=", "javascript:alert(1)", "//[", "<link rel=canonical href=",
     "<script type=application/ld+json>", '{"@type":"Article","author":', "[" * 2_000, "</script>",
     "<base href=", "<time datetime=", "9999-99-99", "http://a\u200b.example/\u202e", "é", "<svg>",
     "<table><tr><td>", "&#x202e;", "&#0;", "\ud800", "'", '"', ">", " "]
)  # fmt: skip


@settings(max_examples=examples(2), deadline=None)
@given(st.binary(max_size=200) | st.lists(PIECES, max_size=25).map("".join))
def test_nothing_active_or_unseen_passes_whatever_the_bytes(content: bytes | str):
    if isinstance(content, str):
        content = content.encode("utf-8", "surrogatepass")

    found, reason = Page(url=URL), "none"
    try:
        found = parse(content)
    except ParseError as error:
        reason = str(error)

    assert reason.isprintable()
    words = (found.title, found.author, found.source, found.language, *found.text.split("\n"))
    for text in filter(None, words):
        assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in text)
        assert not set(text) & set("\u200b\u202e\u2066\ufeff")
    for url in filter(None, (found.canonical, found.image)):
        assert link(url) == url
