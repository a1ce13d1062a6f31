"""What every page of an issue promises, whatever the format."""

import html
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from issues import article, issue, masthead, story, templates, week
from pages import Page

from newsletter.model import Issue, Section, Sentence
from newsletter.render import render
from newsletter.render.safe import plain

PAGES = ("index.html", "email.html")
FORMATS = (*PAGES, "issue.md", "issue.txt")
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
FORBIDDEN = {"script", "svg", "form", "button", "input", "iframe", "frame", "object", "embed"}


def read(files: dict[str, bytes], name: str) -> str:
    """Return what a reader reads in a format, on one line."""
    text = files[name].decode()
    if name.endswith(".html"):
        text = "".join(Page(files[name]).words)
    if name.endswith(".md"):
        text = html.unescape(ESCAPED.sub(r"\1", text))
    return " ".join(text.split())


@cache
def week_files() -> dict[str, bytes]:
    return dict(render(week(), templates()).files)


def files_of(*stories: object, **changes: object) -> dict[str, bytes]:
    return dict(render(issue(*stories, **changes), templates()).files)  # type: ignore[arg-type]


def texts(issue_: Issue) -> Sequence[str]:
    return [
        piece
        for story_ in issue_.stories
        for piece in (story_.headline, " ".join(part.text for part in story_.summary))
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_headlines_and_summaries_are_the_same_in_every_format(name: str) -> None:
    seen = read(week_files(), name)

    assert [text for text in texts(week()) if text not in seen] == []


@pytest.mark.parametrize("name", FORMATS)
def test_every_source_is_named_and_linked_in_every_format(name: str) -> None:
    articles = [article for story_ in week().stories for article in story_.articles]

    files = week_files()

    links = Page(files[name]).links if name.endswith(".html") else files[name].decode()
    assert [a.source for a in articles if a.source not in read(files, name)] == []
    assert [a.url for a in articles if a.url and a.url not in links] == []


@pytest.mark.parametrize("name", FORMATS)
def test_stories_stand_in_the_same_order_in_every_format(name: str) -> None:
    seen = read(week_files(), name)

    places = [seen.find(summary) for summary in texts(week())[1::2]]
    assert places == sorted(places)


def test_the_same_issue_gives_the_same_bytes() -> None:
    first = render(week(), templates())
    again = render(week(), templates())

    assert first == again
    assert b"2026-11-22" in first.files["issue.md"]


def test_a_copy_is_named_but_not_counted_as_an_outlet() -> None:
    told = story(
        articles=(
            article(1, lead=True),
            article(2, source="Wire Mirror", copy_of="article1"),
            article(3),
        )
    )

    seen = read(files_of(told), "issue.txt")

    assert "2 outlets: " in seen
    assert "Wire Mirror [2] (19 Nov, copy)" in seen


@pytest.mark.parametrize(("number", "words"), [(1, "1 document"), (2, "2 documents")])
def test_a_story_without_links_counts_documents(number: int, words: str) -> None:
    papers = tuple(article(n, url=None, lead=n == 0) for n in range(number))

    files = files_of(story(articles=papers))

    assert all(words in read(files, name) for name in FORMATS)
    assert "outlet ·" not in read(files, "index.html")


def test_a_source_without_url_is_named_and_not_linked() -> None:
    told = story(articles=(article(1, lead=True), article(2, url=None, source="Quay notes")))

    page = Page(files_of(told)["index.html"])

    assert "Quay notes" in "".join(page.words)
    assert "Quay notes" not in [word for link_ in page.links for word in link_.split()]
    assert all(page.links)


def test_dates_follow_the_newsletters_clock() -> None:
    late = article(1, lead=True, published=datetime(2026, 11, 20, 23, 30, tzinfo=UTC))

    files = files_of(story(articles=(late,)))

    assert all("21 Nov" in read(files, name) for name in FORMATS)


def test_an_article_without_date_gets_none() -> None:
    undated = article(1, lead=True, published=None)

    seen = read(files_of(story(articles=(undated,))), "issue.txt")

    assert "1 outlet: Circuit Review [1] [1] https://" in seen


def test_a_date_of_another_year_says_so() -> None:
    old = article(1, lead=True, published=datetime(2025, 1, 30, tzinfo=UTC))

    assert "30 Jan 2025" in read(files_of(story(articles=(old,))), "index.html")


def test_the_masthead_names_week_and_day() -> None:
    files = files_of(story())

    assert all("Week 47, Sunday 22 November 2026" in read(files, name) for name in FORMATS)


HOSTILE = (
    "{{7*7}} {%x%} *|MERGE|* %%NAME%% ](javascript:alert(1)) <!--[if mso]> <script>alert(1)"
    "</script> `code` *b* _i_ # &lt;b&gt; \r\nBcc: eve@example.org \u2028 =?UTF-8?Q?=0A?=Bcc: x"
)


@pytest.mark.parametrize("name", FORMATS)
def test_hostile_text_is_printed_and_does_nothing(name: str) -> None:
    told = story(
        headline=HOSTILE,
        summary=(Sentence(text=HOSTILE, article_id="a"),),
        articles=(article(1, lead=True, source=HOSTILE),),
    )

    files = files_of(told)

    raw = files[name].decode()
    assert plain(HOSTILE) in read(files, name)
    assert not re.search(r"\{\{|\}\}|\{%|%\}|\*\||\|\*|%%", raw.split("<body")[-1])
    assert name != "issue.md" or not re.search(r"(?<!\\)\]\(javascript:|<script", raw)
    if name.endswith(".html"):
        assert "script" not in Page(files[name]).tags


@pytest.mark.parametrize("name", PAGES)
def test_pages_need_no_script_and_nothing_from_elsewhere(name: str) -> None:
    page = Page(week_files()[name])

    assert FORBIDDEN.isdisjoint(page.tags)
    assert not [n for n, value in page.attributes if n.startswith("on") or n == "src"]
    assert not [value for _, value in page.attributes if value.startswith("data:")]
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "x"])
def test_only_web_and_mail_addresses_become_links(url: str) -> None:
    told = story(articles=(article(1, lead=True, url=url),))

    files = files_of(told)

    assert url not in Page(files["index.html"]).links + Page(files["email.html"]).links
    assert f"]({url}" not in files["issue.md"].decode()


def test_stories_are_anchors_and_contents_lead_to_them() -> None:
    page = Page(week_files()["index.html"])

    anchors = [link_[1:] for link_ in page.links if link_.startswith("#")]

    assert {story_.id for story_ in week().stories} <= set(page.ids)
    assert set(anchors) <= set(page.ids)


def test_a_section_that_has_only_the_lead_is_not_printed_empty() -> None:
    sections = (
        Section(name="Science", stories=(story(1),)),
        Section(name="Cities", stories=(story(2),)),
    )

    files = files_of(sections=sections)

    page = Page(files["index.html"])
    assert "#story1" in page.links
    assert page.tags.count("section") == 1


def test_a_title_from_right_to_left_says_so() -> None:
    files = files_of(story(headline="قطارات الليل تعود إلى الساحل"))

    assert all(b'dir="rtl"' in files[name] for name in PAGES)


def test_without_an_address_on_the_web_nothing_points_there() -> None:
    files = files_of(story(), masthead=masthead(url=None, sender=None))

    assert b"View in browser" not in files["email.html"] + files["issue.txt"]
    assert b"canonical" not in files["index.html"] + files["issue.md"]
    assert b"mailto:" not in files["email.html"]


def test_an_issue_without_stories_can_be_read() -> None:
    files = files_of()

    assert all("No stories this week." in read(files, name) for name in FORMATS)


@given(st.text(), st.text())
@settings(max_examples=30, deadline=None)
def test_any_headline_and_summary_leave_the_headings_of_a_page_whole(
    headline: str, summary: str
) -> None:
    told = (Sentence(text=summary, article_id="a"), Sentence(text="It rains.", article_id="a"))

    files = files_of(story(1), story(2, headline=headline, summary=told))

    for name in PAGES:
        headings = [tag for tag in Page(files[name]).tags if re.fullmatch(r"h[1-6]", tag)]
        assert headings.count("h1") == 1
        assert headings.count("h3") == 1
        assert set(headings) == {"h1", "h2", "h3"}
