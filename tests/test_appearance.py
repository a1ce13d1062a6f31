"""An issue as one reader sees it, in any browser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from issues import article, issue, story, templates, week
from pages import Page

from newsletter.model import Layout
from newsletter.render import render
from newsletter.render.appearance import Show, as_seen

DARK = "(prefers-color-scheme:dark)"
SHOWS: tuple[Show, ...] = ("light", "dark", "forced-dark", "images-off", "no-style")


def pages() -> list[str]:
    files = render(week(), templates()).files
    return [files[name].decode() for name in ("email.html", "index.html")]


@pytest.mark.parametrize("show", SHOWS)
def test_no_way_of_showing_asks_what_the_reader_prefers(show: Show) -> None:
    for page in pages():
        assert "prefers-color-scheme" not in as_seen(page, show)
        assert "light dark" not in as_seen(page, show)


@pytest.mark.parametrize("show", SHOWS)
def test_words_and_links_stay_however_an_issue_is_shown(show: Show) -> None:
    for page in pages():
        before, after = Page(page.encode()), Page(as_seen(page, show).encode())

        assert after.links == before.links
        assert after.ids == before.ids


@pytest.mark.parametrize(
    ("sheet", "light", "dark"),
    [
        (
            f"@media {DARK}{{a{{b:c}}}}",
            "@media (max-width:0){a{b:c}}",
            "@media (min-width:0){a{b:c}}",
        ),
        (
            "@media screen and ( prefers-color-scheme : light ){}",
            "@media screen and (min-width:0){}",
            "@media screen and (max-width:0){}",
        ),
        (":root{color-scheme:light dark}", ":root{color-scheme:light}", ":root{color-scheme:dark}"),
        (":root{color-scheme:light}", ":root{color-scheme:light}", ":root{color-scheme:light}"),
    ],
    ids=["dark query", "light query", "both schemes", "one scheme"],
)
def test_a_style_sheet_is_resolved_for_one_scheme(sheet: str, light: str, dark: str) -> None:
    page = f"<style>{sheet}</style>"

    assert as_seen(page, "light") == f"<style>{light}</style>"
    assert as_seen(page, "dark") == f"<style>{dark}</style>"


def test_the_meta_of_a_page_names_one_scheme() -> None:
    page = '<meta content="light dark" name="color-scheme"><p>light dark</p>'

    assert as_seen(page, "dark") == '<meta content="dark" name="color-scheme"><p>light dark</p>'


def test_a_page_that_is_turned_loses_its_own_dark_styles() -> None:
    turned = as_seen(pages()[0], "forced-dark")

    assert "html{filter:invert(1)" in turned
    assert "@media (max-width:0)" in turned
    assert '<meta name="color-scheme" content="light">' in turned


def test_without_style_sheets_the_styles_in_elements_stay() -> None:
    bare = as_seen(
        '<style>p{a:b}</style><link rel="stylesheet" href="x"><p style="c:d">x</p>', "no-style"
    )

    assert bare == '<p style="c:d">x</p>'


def test_where_a_picture_stood_its_text_stands() -> None:
    shown = article(
        1, lead=True, image="https://a.example/q.jpg", image_width=800, image_height=400
    )
    whole = issue(story(1, articles=(shown,)), layout=Layout(images="lead"))
    page = render(whole, templates()).files["email.html"].decode()

    off = as_seen(page, "images-off")

    assert "<img" in page
    assert "<img" not in off
    assert "Picture with the report of Circuit Review: Ferry number 1" in "".join(
        Page(off.encode()).words
    )


def test_pictures_behind_words_are_off_too() -> None:
    cell = '<td background="b.png" style="background:url(\'c\')">x'
    page = f"<style>p{{background:url(a.png)}}</style>{cell}"

    off = as_seen(page, "images-off")

    assert off == '<style>p{background:none}</style><td style="background:none">x'


def test_what_stands_in_a_comment_for_one_program_stays() -> None:
    page = f"<!--[if mso]><style>@media {DARK}{{}}</style><img src=x><![endif]--><p>x</p>"

    assert all(as_seen(page, show) == page for show in ("light", "dark", "images-off", "no-style"))


@given(st.text(st.sampled_from("<>!-=/\"' styleimga{}:()"), max_size=60), st.sampled_from(SHOWS))
def test_any_text_can_be_shown(text: str, show: Show) -> None:
    assert isinstance(as_seen(text, show), str)
