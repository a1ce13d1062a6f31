"""The web page of an issue: the same parts in every theme, complete without script or pictures."""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from issues import article, issue, masthead, story, templates, week
from pages import Page

from newsletter.model import Issue, Layout, PrintedStory, Section, Sponsor
from newsletter.render import render

THEMES = ("briefing", "broadsheet", "modern")
BLOCKS = (
    "masthead", "intro", "note", "lead", "contents", "sections", "sponsor", "closing", "footer",
)  # fmt: skip
SPONSOR = Sponsor(
    name="Kestrel Notebooks",
    text="Paper that lies flat.",
    url="https://kestrel.example/",
    link_text="See the notebooks",
)
VOID = {"meta", "link", "img", "br"}


class Outline(Page):
    """A page with its headings, pictures and what stands in a fold."""

    def __init__(self, source: bytes) -> None:
        self.pictures: list[dict[str, str]] = []
        self.headings: list[int] = []
        self.folded: list[str] = []
        self._open: list[str] = []
        super().__init__(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        values = {name: value or "" for name, value in attrs}
        if tag == "img":
            self.pictures.append(values)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "a" and "details" in self._open:
            self.folded.append(values["href"])
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag


def page(issue_: Issue, theme: str = "modern", **texts: str) -> bytes:
    """Return the page of an issue; *texts* replace templates, `web` being web.html.j2."""
    layout = replace(issue_.layout, theme=theme)
    own = {f"{name}.html.j2": text for name, text in texts.items()}
    shipped = {f"package/{name}": templates()[name] for name in own}
    files = render(replace(issue_, layout=layout), {**templates(), **shipped, **own}).files
    return files["index.html"]


def body(source: bytes) -> str:
    return source.decode().split("<body")[1]


def policy(source: bytes) -> str:
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', source.decode())
    assert found
    return found[1]


def told_by(outlets: int, number: int = 0, **changes: Any) -> PrintedStory:
    articles = tuple(article(number + n, lead=n == 0) for n in range(outlets))
    return story(number, articles=articles, **changes)


def pictured(number: int) -> PrintedStory:
    shown = article(
        number,
        lead=True,
        image=f"https://pictures.example/{number}.jpg",
        image_width=1200,
        image_height=800,
    )
    return story(number, articles=(shown,))


def whole(**changes: Any) -> Issue:
    parts = {
        "intro": "Words to begin with", "note": "It was Velsum", "closing": "Words to end with",
        "sponsor": SPONSOR,
    }  # fmt: skip
    return week(**parts | changes)


@pytest.mark.parametrize("theme", THEMES)
def test_a_page_has_one_first_heading_and_skips_no_level(theme: str) -> None:
    levels = Outline(page(whole(), theme)).headings

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("theme", THEMES)
def test_parts_stand_in_reading_order(theme: str) -> None:
    html = body(page(whole(), theme))

    parts = [
        '<header class="masthead">', "Words to begin with", 'class="lead', 'class="section',
        "Sponsored", "Words to end with", "<footer",
    ]  # fmt: skip
    places = [html.index(part) for part in parts]
    assert places == sorted(places)


@pytest.mark.parametrize(("theme", "first"), [("briefing", "<nav"), ("modern", 'class="lead')])
def test_numbered_contents_stand_before_the_lead_and_others_behind_it(theme: str, first: str):
    html = body(page(week(), theme))

    assert min(html.index("<nav"), html.index('class="lead')) == html.index(first)
    assert html.count("<nav") == 1


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("stories", [0, 1, 3, 60])
def test_every_link_within_the_page_leads_somewhere(theme: str, stories: int) -> None:
    found = Page(page(issue(*(story(n) for n in range(stories))), theme))

    anchors = {link[1:] for link in found.links if link.startswith("#")}
    assert anchors <= set(found.ids)
    assert len(found.ids) == len(set(found.ids))


def test_contents_name_every_story_of_a_short_issue_and_the_sections_of_a_long_one() -> None:
    short = Page(page(week(), "broadsheet"))
    halves = (range(40), range(40, 60))
    sections = tuple(Section(name="A", stories=tuple(map(story, half))) for half in halves)
    long = Page(page(issue(sections=sections), "broadsheet"))

    inside = [link for link in long.links if link.startswith("#")]
    assert all(f"#{one.id}" in short.links for one in week().stories)
    assert inside == ["#content", "#section-1", "#section-2"]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("stories", [1, 2, 4, 8, 30, 300])
def test_every_story_is_printed_once_and_in_order(theme: str, stories: int) -> None:
    told = tuple(story(n) for n in range(stories))

    html = body(page(issue(*told, sponsor=SPONSOR), theme))

    assert re.findall(r'<article class="[^"]*" id="(\w+)"', html) == [one.id for one in told]
    assert html.count("Sponsored") == 1


@pytest.mark.parametrize("theme", THEMES)
def test_sections_hold_the_stories_below_the_lead_and_none_is_empty(theme: str) -> None:
    sections = (
        Section(name="Science", stories=(story(1),)),
        Section(name="Quiet", stories=()),
        Section(name="Cities", stories=(story(2), story(3))),
    )

    html = body(page(issue(sections=sections), theme))

    parts = re.findall(r"<section.*?</section>", html, re.DOTALL)
    assert [re.findall(r'id="(story\d)"', part) for part in parts] == [["story2", "story3"]]
    assert "Quiet" not in html


@pytest.mark.parametrize("theme", THEMES)
def test_a_page_without_pictures_may_load_none(theme: str) -> None:
    source = page(whole(), theme)

    assert policy(source).startswith("default-src 'none'; style-src 'unsafe-inline';")
    assert "img-src" not in policy(source)
    assert "img" not in Page(source).tags


@pytest.mark.parametrize("theme", THEMES)
def test_pictures_have_size_and_words_and_the_policy_lets_them_in(theme: str) -> None:
    wanted = Layout(images="all")

    source = page(issue(pictured(0), pictured(1), layout=wanted), theme)

    shown = Outline(source).pictures
    assert [one["src"][-5:] for one in shown] == ["0.jpg", "1.jpg"]
    assert all((one["width"], one["height"]) == ("1200", "800") for one in shown)
    assert all(one["alt"] and one["referrerpolicy"] == "no-referrer" for one in shown)
    assert " img-src https:;" in policy(source)


def test_only_the_lead_shows_a_picture_where_only_the_lead_is_to() -> None:
    source = page(issue(pictured(0), pictured(1), layout=Layout(images="lead")))

    assert [one["src"] for one in Outline(source).pictures] == ["https://pictures.example/0.jpg"]


def test_a_logo_stands_for_the_title_and_says_it() -> None:
    mark = "logo: {url: 'https://tideline.example/logo.png', width: 180, height: 40, alt: ''}\n"
    name = "themes/modern.yaml"

    files = render(week(), {**templates(), name: templates()[name] + mark}).files

    source = files["index.html"]
    [logo] = Outline(source).pictures
    assert (logo["alt"], logo["width"], logo["height"]) == (masthead().title, "180", "40")
    assert "img-src https:;" in policy(source)


def test_the_lead_names_all_its_sources_outright() -> None:
    found = Outline(page(issue(told_by(9))))

    assert found.folded == []
    assert len([link for link in found.links if ".example/2026" in link]) == 9 + 1


@pytest.mark.parametrize(("outlets", "folded"), [(3, 0), (4, 0), (5, 2), (9, 6)])
def test_a_story_names_three_sources_and_folds_the_rest_in_reach(outlets: int, folded: int):
    told = told_by(outlets, 10)

    found = Outline(page(issue(story(0), told)))

    urls = [one.url for one in told.articles]
    assert found.folded == urls[outlets - folded :]
    assert (f"and {folded} more" in "".join(found.words)) == bool(folded)
    assert all(found.links.count(url) == (2 if url == urls[0] else 1) for url in urls if url)


@pytest.mark.parametrize("theme", THEMES)
def test_the_sponsor_is_named_as_such_and_has_one_link(theme: str) -> None:
    html = body(page(whole(), theme))

    part = html[html.index('class="sponsor"') :].split("</article>")[0]
    assert html.count('class="sponsor"') == 1
    assert part.index("Sponsored") < part.index("Kestrel Notebooks") < part.index("lies flat")
    assert html.count('rel="sponsored" href="https://kestrel.example/"') == 1


def test_a_sponsor_never_parts_a_headline_from_its_sources() -> None:
    html = body(page(whole()))

    articles = re.findall(r"<article.*?</article>", html, re.DOTALL)
    assert len(articles) == 12
    assert not [part for part in articles if "Sponsored" in part]


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_not_there_leaves_no_trace(theme: str) -> None:
    html = body(page(issue(story()), theme))

    traces = ("Sponsored", "<nav", "<section", "<details", 'class="prose', "<img")
    assert [trace for trace in traces if trace in html] == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", BLOCKS)
def test_an_editor_replaces_one_block_and_keeps_the_others(theme: str, name: str) -> None:
    own = (
        '{% extends "package/web.html.j2" %}'
        f"{{% block {name} %}}<p>Our own words</p>{{% endblock %}}"
    )

    source = page(whole(), theme, web=own)

    kept = {
        "masthead": '<header class="masthead">', "lead": 'class="lead', "contents": "<nav",
        "sections": "<section", "sponsor": "Sponsored", "footer": "<footer",
        "intro": "Words to begin with", "note": "It was Velsum", "closing": "Words to end with",
    }  # fmt: skip
    assert source.count(b"Our own words") == 1
    assert [part for part in kept if kept[part] not in body(source)] == [name]


@pytest.mark.parametrize("theme", THEMES)
def test_colours_stand_in_the_theme_and_not_in_its_style_sheet(theme: str) -> None:
    sheets = templates()["pages.css"] + templates()[f"themes/{theme}.css"]

    source = page(week(), theme).decode()

    declared = set(re.findall(r" --([a-z-]+): #[0-9A-F]{6};", source))
    used = set(re.findall(r"var\(--([a-z-]+)", sheets))
    others = {
        "band", "band-ink", "mark", "mark-ink", "font", "meta", "radius", "wide", "side", "letters",
        "fitting",
    }  # fmt: skip
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", sheets)
    assert used - declared <= others


def test_a_theme_has_each_colour_in_light_and_in_dark() -> None:
    source = page(week()).decode()

    light, dark = source.split("prefers-color-scheme: dark")[:2]
    names = re.findall(r" --([a-z-]+): #", light)
    assert names
    assert re.findall(r" --([a-z-]+): #", dark) == names


def moving() -> Mapping[str, str]:
    return {name: text for name, text in templates().items() if name.endswith(".css")}


@pytest.mark.parametrize("name", sorted(moving()))
def test_nothing_moves_for_those_who_asked_for_rest(name: str) -> None:
    asked = r"@media \(prefers-reduced-motion: no-preference\) \{ [^{}]*\{[^{}]*\} \}"

    rest = re.sub(asked, "", moving()[name])

    assert not re.findall(r"scroll-behavior|transition|animation", rest)


def test_a_theme_of_one_file_looks_like_the_one_that_it_extends() -> None:
    own = {**templates(), "themes/ours.yaml": "extends: briefing\ntitle: Ours\n"}

    ours = render(replace(week(), layout=Layout(theme="ours")), own).files["index.html"]

    assert ours == page(week(), "briefing")
