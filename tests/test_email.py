"""The e-mail in every theme: right by construction, for whatever stories it is given."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from issues import PUBLISHES, article, issue, masthead, story, templates, week

from newsletter.model import (
    Difference,
    Earlier,
    Images,
    Issue,
    Layout,
    PrintedStory,
    Said,
    Section,
    Sender,
    Sponsor,
)
from newsletter.render import render
from newsletter.render.themes import theme_named

THEMES = ("briefing", "broadsheet", "modern")
BLOCKS = "masthead intro note lead contents sections sponsor closing footer".split()
SPONSOR = Sponsor(
    name="Kestrel Notebooks",
    text="Paper that lies flat.",
    url="https://kestrel.example/",
    link_text="See the notebooks",
)
LOGO = "\nlogo:\n  url: https://tideline.example/logo.png\n  width: 180\n  height: 40\n"
ARABIC = "قطارات الليل تعود إلى الساحل"


class Mail(HTMLParser):
    """What a mail program reads: elements with their attributes, and the text of each."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[tuple[str, str], ...]] = []  # tags and styles around each text
        self._around: list[tuple[str, str]] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.elements.append((tag, found))
        if tag not in ("meta", "img", "br"):
            self._around.append((tag, found.get("style", "")))

    def handle_endtag(self, tag: str) -> None:
        while self._around.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and any(tag == "body" for tag, _ in self._around):
            self.texts.append(tuple(self._around))

    def of(self, *tags: str) -> list[dict[str, str]]:
        return [found for tag, found in self.elements if tag in tags]


def mail(issue_: Issue, theme: str = "modern", images: Images = "none", **texts: str) -> str:
    """Return the e-mail of an issue in a theme, drawn by templates of which some are replaced."""
    dressed = replace(issue_, layout=Layout(theme=theme, images=images))
    own = {name.replace("__", "/").replace("_", "."): text for name, text in texts.items()}
    return render(dressed, {**templates(), **own}).files["email.html"].decode()


def goes_on(number: int, **changes: object) -> PrintedStory:
    """Return a story with everything that a story can have."""
    past = tuple(
        Earlier(
            issue_id=f"2026-W{47 - weeks}",
            story_id=f"told{weeks}",
            headline="Fog stops two of the cranes",
            publishes_at=PUBLISHES - timedelta(weeks=weeks),
            score=0.5,
        )
        for weeks in (3, 1)
    )
    said = tuple(
        Said(value=value, article_ids=(f"article{number + step}",), sentence="")
        for step, value in enumerate(("40", "about 50"))
    )
    return replace(
        story(number, **changes),
        earlier=past,
        new=("new figure: 61,000",),
        differences=(Difference(kind="count", about="the crew", said=said),),
        genre="opinion",
    )


@cache
def whole(theme: str) -> str:
    """Return the mail of an issue that has every part."""
    sections = week().sections
    first = replace(sections[0], stories=(goes_on(0), goes_on(7), *sections[0].stories[1:]))
    told = replace(
        week(),
        sections=(first, *sections[1:]),
        intro="Good **morning**. See [the desk](https://desk.example/).\n\n- one\n- two",
        note="It was [Velsum](https://velsum.example/).",
        closing="> That was the week.",
        sponsor=SPONSOR,
    )
    return mail(told, theme)


def styles(html: str) -> str:
    """Return the style element that is not classic Outlook's own."""
    return re.findall(r"<style>(.*?)</style>", html, re.DOTALL)[-1]


@pytest.mark.parametrize("theme", THEMES)
def test_headings_begin_with_one_title_and_skip_no_level(theme: str) -> None:
    levels = [int(tag[1]) for tag, _ in Mail(whole(theme)).elements if re.fullmatch(r"h\d", tag)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("theme", THEMES)
def test_parts_stand_in_reading_order(theme: str) -> None:
    body = whole(theme).split("<body")[1].split("</div>", 1)[1]  # behind the preheader

    told = ["</h1>", "Good <strong", 'id="story0"', "Browser makers agree", 'id="story10"',
            'id="story70"', "Sponsored", "That was the week", "You receive Tideline"]  # fmt: skip
    if theme == "briefing":
        told.insert(1, told.pop(3))  # its contents stand in the band
    places = [body.find(part) for part in told]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("theme", THEMES)
def test_tables_are_layout_and_say_so(theme: str) -> None:
    tables = re.findall(r"<table[^>]*>", whole(theme))  # in Outlook's comments too

    assert [table for table in tables if 'role="presentation"' not in table] == []
    assert f'width="{theme_named(theme, templates()).width}"' in whole(theme)


@pytest.mark.parametrize("theme", THEMES)
def test_no_text_is_smaller_than_fourteen_pixels(theme: str) -> None:
    sizes = [
        re.findall(r"font-size:(\d+)px", " ".join(style for _, style in around))
        for around in Mail(whole(theme)).texts
        if "display:none" not in around[-1][1]
    ]

    assert all(sizes)
    assert min(int(found[-1]) for found in sizes) >= 14


def coloured(html: str) -> Iterator[tuple[str, set[str]]]:
    """Yield for each colour of an element the property and the classes that could change it."""
    for _, found in Mail(html).elements:
        for name in re.findall(r"(?:^|;)(color|background-color|border)(?:-top|-bottom)?:(?!0)",
                               found.get("style", "")):  # fmt: skip
            yield name.replace("border", "border-color"), set(found.get("class", "").split())


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("scheme", ["@media (prefers-color-scheme:dark){", "[data-ogs"])
def test_every_colour_has_one_for_the_dark(theme: str, scheme: str) -> None:
    rules = styles(whole(theme)).split(scheme, 1)[1]

    known = re.findall(r" \.(\w)\{([^}]*)\}", rules)
    lacking = {
        (name, *classes)
        for name, classes in coloured(whole(theme))
        if not any(f";{name}:" in f";{body}" for class_, body in known if class_ in classes)
    }
    assert lacking == set()


@pytest.mark.parametrize("theme", THEMES)
def test_the_style_sheet_is_small_and_has_no_rule_that_gmail_drops_it_for(theme: str) -> None:
    sheet = styles(whole(theme))

    assert len(sheet.encode()) < 4096
    assert not re.search(r"@media[^@]*\{[^{}]*\{[^{}]*@", sheet)
    assert all(block.count("{") == block.count("}") for block in sheet.split("@media"))
    assert not re.search(r"rgba?\(", whole(theme))


@pytest.mark.parametrize("tag", ["{{ UnsubscribeURL }}", "*|UNSUB|*", "<%asm_group_unsubscribe%>"])
def test_the_merge_tag_to_unsubscribe_goes_out_as_it_is(tag: str) -> None:
    sender = Sender(name="T", address="post@tideline.example", unsubscribe=tag)

    html = mail(issue(story(headline=f"Say {tag}"), masthead=masthead(sender=sender)))

    assert f'href="{tag}"' in html
    assert html.count(tag) == 1


@pytest.mark.parametrize("theme", THEMES)
def test_the_page_on_the_web_is_offered_above_and_below(theme: str) -> None:
    html = whole(theme)

    assert html.count(">View in browser</a>") == 2
    assert html.index(">View in browser</a>") < html.index('id="story0"')
    assert "View in browser" not in mail(issue(story(), masthead=masthead(url=None)), theme)


@pytest.mark.parametrize("theme", THEMES)
def test_where_sources_differ_the_line_says_so_first(theme: str) -> None:
    line = re.sub(r"<[^>]+>", "", whole(theme).split('id="story0"')[1])

    assert re.search(r"Where sources differ on the crew: 40 \(", line)


@pytest.mark.parametrize("theme", THEMES)
def test_a_sponsor_is_named_as_one_and_has_one_link(theme: str) -> None:
    place = whole(theme).split(">Sponsored<")[1].split("</table>")[0]

    assert re.findall(r'href="([^"]*)"', place) == ["https://kestrel.example/"]
    assert "outlet" not in place


def test_the_numbers_of_the_contents_are_those_of_the_stories() -> None:
    html = mail(week(), "briefing")

    before, after = html.split("</h2>", 1)
    contents = re.findall(r'align="right" width="22"[^>]*>(\d+)<', before)
    discs = re.findall(r'class="g h"[^>]*>(\d+)<', after)
    assert contents == [str(number) for number in range(1, 13)]
    assert discs == contents[1:]


@pytest.mark.parametrize("theme", THEMES)
def test_a_long_issue_counts_its_stories_by_section(theme: str) -> None:
    stories = tuple(story(n) for n in range(40))
    sections = (
        Section(name="Technology", stories=stories[:10]),
        Section(name="Science", stories=stories[10:]),
    )

    html = mail(issue(sections=sections), theme)

    assert "30 stories<" in html
    assert html.count("Ferry number 7 sails") == 1


@pytest.mark.parametrize("theme", THEMES)
def test_a_long_issue_of_one_section_has_no_contents(theme: str) -> None:
    html = mail(issue(*(story(n) for n in range(40))), theme)

    assert not re.search(r"\b(39|40) stories<", html)


@pytest.mark.parametrize("theme", THEMES)
def test_forty_stories_fit_with_room(theme: str) -> None:
    printed = week().stories
    going_on = [goes_on(10 * n, id=f"told{n}") for n in range(8)]
    others = [replace(printed[n % 12], id=f"told{n}") for n in range(8, 40)]

    assert len(mail(issue(*going_on, *others), theme).encode()) < 85_000


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("width", "height"), [(1200, 600), (400, 760), (1000, 260)])
def test_a_picture_has_words_and_fits_with_and_without_itself(
    theme: str, width: int, height: int
) -> None:
    lead = article(
        1, lead=True, image="https://pics.example/a", image_width=width, image_height=height
    )

    html = mail(issue(story(articles=(lead,)), story(2)), theme, "lead")

    (picture,) = Mail(html).of("img")
    assert picture["alt"]
    assert 1 <= int(picture["width"]) <= 536
    assert 1 <= int(picture["height"]) <= 420
    assert f"width:100%;max-width:{picture['width']}px;height:auto" in picture["style"]


def test_a_logo_stands_for_the_title_and_says_it() -> None:
    modern = templates()["themes/modern.yaml"]

    html = mail(issue(story()), themes__modern_yaml=modern + LOGO)

    heading = html.split("<h1")[1].split("</h1>")[0]
    assert 'alt="Tideline" width="180" height="40"' in heading
    assert heading.endswith(">")


@pytest.mark.parametrize("theme", THEMES)
def test_a_mail_from_right_to_left_is_mirrored_and_its_english_is_not(theme: str) -> None:
    arabic = masthead(language="ar", title="صحيفة الساحل")

    html = mail(issue(story(headline=ARABIC), goes_on(7), masthead=arabic), theme)

    assert '<html lang="ar" dir="rtl"' in html
    assert '<div lang="ar" dir="rtl" role="article"' in html
    assert re.search(r'<p class="m" dir="ltr" align="right"[^>]*>You receive', html)
    assert not re.search(r"<h[12][^>]*letter-spacing[^>]*>(<a[^>]*>)?[^<]*[\u0600-\u06ff]", html)


def title_size(title: str, theme: str = "broadsheet") -> int:
    html = mail(issue(story(), masthead=masthead(title=title)), theme)
    return int(re.findall(r"<h1[^>]*font-size:(\d+)px", html)[0])


def test_a_title_of_a_long_word_is_set_smaller() -> None:
    assert title_size("Tideline") == title_size("港湾新聞港湾新聞港湾新聞港湾新聞") == 54
    assert 24 <= title_size("Wirtschaftsnachrichtendienst") < 54
    assert title_size("W" * 300) == 24


def test_words_are_hyphenated_where_the_language_makes_them_long() -> None:
    german = mail(issue(story(), masthead=masthead(language="de-AT")))

    assert "hyphens:auto" in styles(german)
    assert "hyphens:auto" not in styles(mail(issue(story())))


@pytest.mark.parametrize("theme", THEMES)
def test_an_issue_without_stories_says_so(theme: str) -> None:
    html = mail(issue(), theme)

    assert "No stories this week." in html
    assert "In this issue" not in html


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("block", BLOCKS)
def test_an_editor_replaces_one_part_and_keeps_the_rest(theme: str, block: str) -> None:
    own = {
        "email.html.j2": '{% extends "package/email.html.j2" %}'
        f"{{% block {block} %}}<tr><td>Our own {block}.</td></tr>{{% endblock %}}",
        "package/email.html.j2": templates()["email.html.j2"],
    }
    dressed = replace(week(), layout=Layout(theme=theme))

    html = render(dressed, {**templates(), **own}).files["email.html"].decode()

    assert html.count(f"Our own {block}.") == 1
    assert html.rstrip().endswith("</html>")
    assert ("Night trains return" in html) or block == "sections"
