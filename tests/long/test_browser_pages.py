"""Every page in every theme in a real browser, as small and large, plain and odd as issues come."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any, get_args

import pytest
from browsing import axe, overflow, show
from issues import article, issue, masthead, story, templates, week

from newsletter.model import Issue, Layout, Section, Sentence, Sponsor
from newsletter.render import render, render_site
from newsletter.render.appearance import Show, as_seen
from newsletter.render.checking import Known, check, check_page
from newsletter.workspace import client_support_data

THEMES = ("modern", "broadsheet", "briefing")
PAGES = ("email.html", "index.html")
WIDTHS = (320, 375, 600, 1200)
SIZES = (1, 10, 40, 300)
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="800">'
    '<rect width="1200" height="800" fill="#888"/></svg>'
)

_CJK = "潮汐周刊本周报道港口夜间起重机试行由软件操控一个月后的结果与工会的意见"
_RTL = "الميناء يسلّم رافعاته الليلية إلى برنامج بعد شهر من التجارب"
_GERMAN = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


def of_length(count: int) -> Issue:
    """Return an issue of *count* stories in up to four sections."""
    names = ("Technology", "Energy & climate", "Cities & public life", "Science")
    stories = [story(number) for number in range(count)]
    each = -(-count // len(names))
    parts = [stories[start : start + each] for start in range(0, count, each)]
    return issue(
        sections=tuple(
            Section(name=name, stories=tuple(part))
            for name, part in zip(names, parts, strict=False)
        )
    )


def odd(text: str, **plate: Any) -> Issue:
    """Return an issue that says nothing but *text*: title, sections, headlines, outlets."""
    said = (Sentence(text=text, article_id="article0"),)
    stories = tuple(
        story(number, headline=text, summary=said, articles=(article(0, source=text, lead=True),))
        for number in range(3)
    )
    return issue(
        sections=(Section(name=text, stories=stories),),
        masthead=masthead(**{"title": text, "description": text} | plate),
        intro=text,
        closing=text,
        sponsor=Sponsor(name=text, text=text, url="https://sponsor.example/", link_text=text),
    )


def pictured() -> Issue:
    """Return an issue whose stories all have a picture, the third a very high one."""
    sizes = ((1200, 800), (300, 200), (400, 4000))
    stories = tuple(
        story(
            number,
            articles=(
                article(
                    number,
                    lead=True,
                    image=f"https://pictures.example/{number}.svg",
                    image_width=width,
                    image_height=height,
                ),
            ),
        )
        for number, (width, height) in enumerate(sizes)
    )
    return issue(*stories)


ODD: Mapping[str, Issue] = {
    "one word of 300 letters": odd("Überlang" * 38),
    "a title of 1,000 characters": odd("Ebb and flood, again and again. " * 32),
    "German words": odd(_GERMAN, language="de"),
    "Chinese": odd(_CJK, language="zh"),
    "Arabic": odd(_RTL, language="ar"),
    "emoji and zero-width letters": odd("👩‍👩‍👧‍👦" * 60 + "\u200b\u200d\u2060 end"),
    "pictures": pictured(),
}


def in_theme(found: Issue, theme: str) -> Issue:
    return replace(found, layout=Layout(theme=theme, images="all"))


@cache
def long_page(theme: str, name: str, count: int) -> str:
    return render(in_theme(of_length(count), theme), templates()).files[name].decode()


def sticking_out(page: Any, html: str) -> dict[int, int]:
    """Return by how much *html* is wider than each window that it does not fit."""
    found = {}
    for width in WIDTHS:
        show(page, html, width=width)
        found[width] = overflow(page)
    return {width: pixels for width, pixels in found.items() if pixels}


@pytest.fixture
def page(browser_page: Any) -> Any:
    """A page that finds a picture wherever it looks for one."""
    browser_page.set_default_timeout(120_000)
    browser_page.route(
        "https://pictures.example/**",
        lambda route: route.fulfill(body=PICTURE, content_type="image/svg+xml"),
    )
    return browser_page


@pytest.mark.parametrize("count", SIZES)
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_length_of_issue_shuts_anybody_out(
    page: Any, scheme: str, theme: str, name: str, count: int
):
    html = long_page(theme, name, count)

    show(page, html, scheme=scheme)

    assert axe(page) == []


@pytest.mark.parametrize("count", SIZES)
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_no_length_of_issue_sticks_out(page: Any, theme: str, name: str, count: int):
    assert sticking_out(page, long_page(theme, name, count)) == {}


@pytest.mark.parametrize("seen", get_args(Show))
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_however_a_page_is_shown_it_fits_and_shuts_nobody_out(
    page: Any, theme: str, name: str, seen: Show
):
    whole = render(in_theme(week(), theme), templates()).files[name].decode()

    html = as_seen(whole, seen)

    assert sticking_out(page, html) == {}
    assert axe(page) == []


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_whatever_a_page_says_it_fits_and_shuts_nobody_out(
    page: Any, theme: str, name: str, kind: str
):
    html = render(in_theme(ODD[kind], theme), templates()).files[name].decode()

    assert sticking_out(page, html) == {}
    assert axe(page) == []


@pytest.mark.parametrize("seen", ["images-off", "no-style"])
@pytest.mark.parametrize("theme", THEMES)
def test_a_mail_with_pictures_fits_without_them_and_without_its_style_sheet(
    page: Any, theme: str, seen: Show
):
    whole = render(in_theme(pictured(), theme), templates()).files["email.html"].decode()

    html = as_seen(whole, seen)

    assert sticking_out(page, html) == {}
    assert axe(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["index.html", "latest.html"])
@pytest.mark.parametrize("theme", THEMES)
def test_the_pages_beside_the_issues_fit_and_shut_nobody_out(
    page: Any, theme: str, name: str, scheme: str
):
    issues = [in_theme(week(id=f"2026-W{number}"), theme) for number in range(40, 48)]
    # What forwards is looked at before it does.
    html = render_site(issues, templates())[name].decode().replace('http-equiv="refresh"', "")

    assert sticking_out(page, html) == {}
    show(page, html, scheme=scheme)
    assert axe(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "found", [week(), of_length(300), *ODD.values()], ids=["a week", "300 stories", *ODD]
)
def test_the_check_page_fits_and_shuts_nobody_out(page: Any, found: Issue, scheme: str):
    edition = render(found, templates())
    known = Known(support_data=client_support_data(), earlier={})
    html = check_page(check(found, edition, known), found, templates()).decode()

    assert sticking_out(page, html) == {}
    show(page, html, scheme=scheme)
    assert axe(page) == []
