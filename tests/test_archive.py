"""The archive, and the laws of what is printed: plain text, safe links, escaped Markdown."""

import html
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from issues import issue, masthead, story, templates, week
from pages import Page

from newsletter.model import Issue, Layout, Status
from newsletter.render import render, render_site
from newsletter.render.safe import link, markdown, plain

THEMES = ("briefing", "broadsheet", "modern")
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def older(number: int) -> Issue:
    base = issue(story(number))
    published = base.publishes_at - timedelta(days=7 * number)
    return replace(base, id=f"2026-W{47 - number}", publishes_at=published)


def test_the_archive_lists_newest_first_and_latest_forwards_to_it() -> None:
    files = render_site([older(2), week(), older(1)], templates())

    links = Page(files["index.html"]).links
    issues = [link_ for link_ in links if link_.startswith("2026")]
    assert issues[::2] == [f"2026-W{number}/index.html" for number in (47, 46, 45)]
    assert issues[1] == "2026-W47/issue.txt"
    assert b'content="0; url=2026-W47/index.html"' in files["latest.html"]
    assert "2026-W47/index.html" in Page(files["latest.html"]).links


def test_the_archive_does_not_care_for_the_order_of_issues() -> None:
    issues = [older(0), older(1), older(5)]

    assert render_site(issues, templates()) == render_site(issues[::-1], templates())


def test_an_archive_of_nothing_is_no_file() -> None:
    assert render_site([], templates()) == {}


def archived(theme: str, *weeks_ago: int) -> dict[str, bytes]:
    issues = [older(number) for number in weeks_ago]
    shown = [replace(one, layout=Layout(theme=theme)) for one in issues]
    return dict(render_site(shown, templates()))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["index.html", "latest.html"])
def test_the_archives_pages_have_one_first_heading_and_load_nothing(theme: str, name: str):
    source = archived(theme, 0, 1, 8)[name]

    page = Page(source)
    assert page.tags.count("h1") == 1
    assert not {"script", "img", "form"} & set(page.tags)
    assert b"content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri" in source


@pytest.mark.parametrize("theme", THEMES)
def test_an_archive_of_years_leads_to_each_of_them(theme: str) -> None:
    page = Page(archived(theme, *range(0, 120, 8))["index.html"])

    years = [link_ for link_ in page.links if link_.startswith("#month-")]
    words = " ".join("".join(page.words).split())
    assert len(years) == 3
    assert {link_[1:] for link_ in years} <= set(page.ids)
    assert re.search(r"Year 2026 \d+ issues 2025 \d+ issues 2024 \d+ issues? ", words)


def test_an_archive_of_one_year_names_none() -> None:
    page = Page(archived("modern", 0, 1, 2)["index.html"])

    assert "nav" not in page.tags


def out(*issues: Issue) -> list[Issue]:
    return [replace(one, status=Status.PUBLISHED) for one in issues]


def listed(*issues: Issue) -> Page:
    return Page(render_site(issues, templates())["index.html"])


def test_drafts_are_listed_as_such_until_an_issue_is_published() -> None:
    page = listed(older(0), older(1))

    assert page.words.count("Draft") == 2
    assert "feed.xml" not in page.links


def test_once_an_issue_is_published_only_published_ones_are_listed() -> None:
    files = render_site([older(0), *out(older(1), older(2))], templates())

    links = Page(files["index.html"]).links
    assert {link_[:8] for link_ in links if link_.startswith("2026")} == {"2026-W46", "2026-W45"}
    assert "Draft" not in Page(files["index.html"]).words
    assert "2026-W46/index.html" in Page(files["latest.html"]).links


def test_the_archive_leads_people_and_programs_to_the_feeds() -> None:
    page = listed(*out(week()))

    assert {"feed.xml", "feed.json"} <= set(page.links)
    assert [
        value
        for name, value in page.attributes
        if name == "type" and value.startswith("application/")
    ] == ["application/atom+xml", "application/feed+json"]


@pytest.mark.parametrize(
    ("url", "feeds"),
    [
        (None, []),
        (
            "https://tideline.example/archive/",
            [
                "https://tideline.example/archive/feed.xml",
                "https://tideline.example/archive/feed.json",
            ],
        ),
    ],
)
def test_an_issues_page_names_the_feeds_where_it_knows_its_address(
    url: str | None, feeds: list[str]
):
    page = Page(render(week(masthead=masthead(url=url)), templates()).files["index.html"])

    found = [value for name, value in page.attributes if name == "href" and "/feed." in value]
    assert found == feeds


def test_issues_that_are_only_listed_are_listed_alike() -> None:
    issues = out(*(older(number) for number in range(24)))

    briefly = render_site(issues[:20], templates(), older=[one.at_a_glance for one in issues[20:]])

    assert briefly == render_site(issues, templates())


@given(st.text())
def test_plain_text_is_one_line_and_stays_what_it_is(text: str) -> None:
    once = plain(text)

    assert plain(once) == once
    assert len(once.splitlines()) <= 1
    assert not re.search(r"\{\{|\*\||%%|[\x00-\x1f\x7f-\x9f]", once)


@given(st.text())
def test_a_link_is_safe_or_none(text: str) -> None:
    made = link(f"https://news.example/{text}")

    assert made is not None
    assert not re.search(r'[\s"<>{}|\\]', made)
    assert link(made) == made
    assert link(text) is None or text.strip().lower().startswith(("http", "mailto:"))


@given(st.text(alphabet="ab \\`*_{}[]()#+-.!<>&|~=1", max_size=30).map(plain))
def test_escaped_markdown_reads_as_the_text_it_was(text: str) -> None:
    read_back = html.unescape(ESCAPED.sub(r"\1", markdown(text)))

    assert read_back == text
