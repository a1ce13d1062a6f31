"""JSON Feed in, articles out; whatever type a field has, an article or nothing."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from articles import SEEN, assert_is_sound
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import JSON_10, JSON_11

from newsletter.errors import ParseError
from newsletter.model import Article, Document, Feed
from newsletter.parse import FeedJob, ParsedFeed, parse_feed

URL = "https://ledger.example/feed.json"
VERSION = "https://jsonfeed.org/version/1.1"


def read(content: bytes | str) -> ParsedFeed:
    body = content.encode() if isinstance(content, str) else content
    document = Document(url=URL, content=body)
    feed = Feed(url=URL, section="News")
    return parse_feed(FeedJob(document=document, feed=feed, seen_at=SEEN, language="en"))


def feed_of(*items: Any, **more: Any) -> str:
    return json.dumps({"version": VERSION, "title": "Ledger", "items": items, **more})


def one(**fields: Any) -> Article:
    return read(feed_of({"id": "1", "title": "Rain", **fields})).articles[0]


@pytest.mark.parametrize("document", [JSON_10, JSON_11], ids=["1.0", "1.1"])
def test_an_item_is_an_article_in_both_versions(document: str):
    found = read(document)

    [article] = found.articles
    assert (article.title, article.text) == ("Rain over Velsum", "It rained.")
    assert (article.url, article.author) == ("https://ledger.example/rain", "Jo Tamm")
    assert article.image == "https://ledger.example/rain.jpg"
    assert article.categories == ("weather",)
    assert article.published == datetime(2026, 11, 15, 18, tzinfo=UTC)
    assert (found.title, found.found) == ("Ledger", 1)


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_a_json_feed_is_read_in_its_own_encoding(coding: str):
    assert read(JSON_11.replace("Rain", "Räin").encode(coding)).articles[0].title.startswith("Räin")


def test_the_html_of_an_item_is_its_text():
    assert one(content_html="<p>It rained.</p><script>x</script>").text == "It rained."


def test_an_items_own_page_comes_before_the_one_it_links_to():
    assert (
        one(url="rain", external_url="https://tide.example/").url == "https://ledger.example/rain"
    )
    assert one(external_url="https://tide.example/a").url == "https://tide.example/a"


def test_an_id_may_be_a_number():
    first, second = read(feed_of(*({"id": n, "title": "Rain"} for n in (7, 8)))).articles

    assert first.id != second.id
    assert first.keys[0] == one(id="7").keys[0]


def test_a_feed_without_items_is_an_empty_one():
    assert read(feed_of()).articles == ()


@pytest.mark.parametrize("field", ["id", "url", "title", "content_html", "content_text", "summary",
    "image", "tags", "authors", "date_published", "language", "attachments"])  # fmt: skip
@pytest.mark.parametrize("value", [None, 7, True, 1e300, [], {}, [[]], [{}], [None], {"a": 1}])
def test_a_field_of_the_wrong_type_is_left_out(field: str, value: object):
    item = {"id": "1", "title": "Rain", "content_text": "It rained.", field: value}

    found = read(feed_of(item, {"id": "2", "title": "Wind"}))

    assert found.articles[-1].title == "Wind"
    assert_is_sound(found)


@pytest.mark.parametrize("items", [None, 7, {}, "rain", [None], [7], ["rain"], [[]]])
def test_what_is_no_item_falls_out(items: object):
    assert read(json.dumps({"version": VERSION, "items": items})).articles == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[]", "is no feed: it is JSON, but not a JSON Feed"),
        ('{"a": 1}', "is no feed: it is JSON, but not a JSON Feed"),
        ('{"a": ', "is damaged"),
        (JSON_11[:200], "is damaged"),
        ('{"a": ' + "9" * 5_000 + "}", "not a JSON Feed"),
        ("[" * 200_000, "far too deep"),
        ('{"items":[' + "[],1," * 800_000, "more values than a feed has"),
    ],
    ids=["list", "other", "begun", "truncated", "number", "deep", "many"],
)
def test_json_that_is_no_feed_is_told(content: str, said: str):
    with pytest.raises(ParseError, match=said):
        read(content)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
NAMES = st.sampled_from(
    ["id", "url", "external_url", "title", "content_html", "content_text", "summary", "image",
     "banner_image", "date_published", "date_modified", "authors", "author", "tags", "language",
     "attachments"]
)  # fmt: skip


@settings(max_examples=examples(0.6), deadline=None)
@given(st.lists(st.dictionaries(NAMES, VALUES), max_size=3), VALUES)
def test_items_of_any_values_give_sound_articles(items: list[dict[str, Any]], language: object):
    assert_is_sound(read(feed_of(*items, language=language)))
