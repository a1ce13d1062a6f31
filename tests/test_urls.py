"""URLs: two spellings of one page are one, and only what is safe is printed."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsletter.text.urls import (
    canonical_url,
    host_of,
    is_front_page,
    link,
    registrable_domain,
    shown_url,
    with_shown_urls,
)

PAGE = "https://harbour.example/2026/rain?id=7&lang=en"
PIECES = st.sampled_from(
    ["http://", "https://", "HTTPS://", "www.", "harbour.example", "[::1]", ":80", ":8080", "/",
     "//", "/index.html", "/default.aspx", "/rain", "%2F", "%e9", "é", "?", "&", "=", "utm_source",
     "id", "7", "#", "@", ":", ".", " ", "\\", "[", "]", "%", "+", ";", "..", "\ud800", "\u200b"]
)  # fmt: skip
URLS = st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=40)


@given(URLS)
@example("https://harbour.example/index.html/index.html/")
@example("http://[::1]:8080/rain")
@example("http://www./")
def test_the_canonical_form_is_its_own_canonical_form(url: str):
    once = canonical_url(url)

    assert canonical_url(once) == once


@pytest.mark.parametrize(
    "other",
    [
        "http://harbour.example/2026/rain?id=7&lang=en",
        "https://www.harbour.example/2026/rain?id=7&lang=en",
        "HTTPS://Harbour.Example/2026/rain?id=7&lang=en",
        "https://harbour.example:443/2026/rain?id=7&lang=en",
        "http://harbour.example:80/2026/rain?id=7&lang=en",
        "https://harbour.example./2026/rain?id=7&lang=en",
        "https://harbour.example/2026/rain/?id=7&lang=en",
        "https://harbour.example//2026/rain?id=7&lang=en",
        "https://harbour.example/2026/./rain?id=7&lang=en",
        "https://harbour.example/2026/rain/index.html?id=7&lang=en",
        "https://harbour.example/2026/rain?lang=en&id=7",
        "https://harbour.example/2026/rain?id=7&lang=en#comments",
        "https://harbour.example/2026/rain?id=7&lang=en&utm_source=feed&utm_medium=rss",
        "https://harbour.example/2026/rain?fbclid=abc&id=7&lang=en",
        "  https://harbour.example/2026/rain?id=7&lang=en\n",
    ],
    ids=[
        "scheme", "www", "case", "https port", "http port", "dot", "slash", "two slashes", "dots",
        "default page", "order", "fragment", "utm", "click id", "spaces",
    ],
)  # fmt: skip
def test_what_says_how_a_reader_came_makes_no_difference(other: str):
    assert canonical_url(other) == canonical_url(PAGE)


@pytest.mark.parametrize(
    "other", ["http://www.harbour.example./2026//rain/", "https://harbour.example/2026/./rain#top"]
)
def test_a_page_without_parameters_has_one_canonical_form_as_well(other: str):
    assert canonical_url(other) == "https://harbour.example/2026/rain"


@pytest.mark.parametrize(
    "other",
    [
        "https://harbour.example/2026/rain?id=8&lang=en",
        "https://harbour.example/2026/rain?id=7",
        "https://harbour.example/2026/Rain?id=7&lang=en",
        "https://harbour.example:8443/2026/rain?id=7&lang=en",
        "https://news.harbour.example/2026/rain?id=7&lang=en",
    ],
    ids=["value", "parameter", "path's case", "port", "host"],
)
def test_what_names_the_page_makes_a_difference(other: str):
    assert canonical_url(other) != canonical_url(PAGE)


@pytest.mark.parametrize("text", ["", "rain", "mailto:a@b.example", "tag:x,2026:1", "http://[::1"])
def test_what_is_no_web_url_comes_back_as_it_is(text: str):
    assert canonical_url(f" {text} ") == text


@pytest.mark.parametrize(
    ("url", "front"),
    [
        ("https://www.harbour.example/", True),
        ("http://harbour.example/index.html?utm_source=x#top", True),
        ("https://harbour.example/rain", False),
        ("https://harbour.example/?p=7", False),
    ],
)
def test_a_site_is_told_from_a_page_of_it(url: str, front: bool):
    assert is_front_page(url) == front


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JavaScript:alert(1)", " java\nscript:alert(1)",
        "java\x01script:alert(1)", "data:text/html,<script>", "vbscript:x", "file:///etc/passwd",
        "mailto:a@b.example", "ftp://harbour.example/", "//harbour.example/rain", "/rain", "rain",
        "https://", "https:///rain", "https://user@harbour.example/",
        "https://user:word@harbour.example/", "https://evil.example\\.harbour.example/",
        "https://harbour.example\\@evil.example/", "https://har bour.example/", "http://[::1",
        "http://a:99999/", "https://harbour.example/" + "x" * 2000, "", "  ", None,
    ],
)  # fmt: skip
def test_what_is_not_a_whole_and_honest_web_url_is_no_link(url: str | None):
    assert link(url) is None


@pytest.mark.parametrize(
    ("url", "printed"),
    [
        ("https://harbour.example/rain?a=1#b", "https://harbour.example/rain?a=1#b"),
        (" http://harbour.example/a b ", "http://harbour.example/a%20b"),
        ("https://harbour.example/ra\u202ein\u200b\x00", "https://harbour.example/rain"),
        ("https://harbour.example/\ud800", "https://harbour.example/"),
        ('https://harbour.example/"<b>`', "https://harbour.example/%22%3Cb%3E%60"),
        ("https://harbour.example/straße", "https://harbour.example/straße"),
    ],
    ids=["plain", "space", "steering marks", "half a character", "markup", "letters"],
)
def test_a_link_is_printed_without_what_hides_or_steers(url: str, printed: str):
    assert link(url) == printed


def test_a_relative_link_is_made_whole():
    assert link("../rain", "https://harbour.example/feeds/all") == "https://harbour.example/rain"


def test_a_character_that_nobody_can_see_is_written_out():
    assert link("https://ledger.example/\ud7fc") == "https://ledger.example/%ED%9F%BC"


@given(URLS, URLS)
def test_a_link_is_always_absolute_and_free_of_controls(url: str, base: str):
    found = link(url, base)

    assert found is None or found.lower().startswith(("http://", "https://"))
    assert found is None or (found.isprintable() and " " not in found and len(found) <= 2000)


@pytest.mark.parametrize(
    ("url", "host", "domain"),
    [
        ("https://www.harbour.example/rain", "harbour.example", "harbour.example"),
        ("https://news.harbour.co.uk:8443/", "news.harbour.co.uk", "harbour.co.uk"),
        ("http://127.0.0.1:80/", "127.0.0.1", "127.0.0.1"),
        ("http://[::1]/", "::1", "::1"),
        ("http://localhost/", "localhost", "localhost"),
        ("rain", "", ""),
        ("http://[::1", "", ""),
    ],
)
def test_a_url_tells_whose_it_is(url: str, host: str, domain: str):
    assert host_of(url) == host
    assert registrable_domain(url) == domain


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://harbour.example/feed", "https://harbour.example/feed"),
        ("http://ann:pw@harbour.example:81/feed?token=t#f", "http://harbour.example:81/feed"),
        ("http://ann:p@w@harbour.example/", "http://harbour.example/"),
        ("http://ann:pw@[::1/feed?token=t", "[::1/feed"),
    ],
    ids=["nothing secret", "login, query and fragment", "a password with @", "no URL"],
)
def test_a_url_is_shown_without_what_may_be_secret(url: str, shown: str):
    assert shown_url(url) == shown


def test_a_sentence_is_shown_without_the_secrets_of_its_urls():
    said = with_shown_urls("has moved to https://ann:pw@b.example/feed?key=1, for good")

    assert said == "has moved to https://b.example/feed, for good"
