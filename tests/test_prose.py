"""The editor's own Markdown, in every format."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.render.prose import Prose, prose, styled

BARE = re.compile(r"</?(?:p|strong|em|ul|ol|li|code|blockquote|a)>|<br>|<a href=\"[^\"<>]+\">")


def test_paragraphs_lists_and_links_are_kept_in_all_formats() -> None:
    found = prose(
        "Read *the* [report](https://a.example/?x=1&y=2).\n\n- one\n- **two**\n    1. deep"
    )

    assert found.html == (
        '<p>Read <em>the</em> <a href="https://a.example/?x=1&amp;y=2">report</a>.</p>'
        "<ul><li>one</li><li><strong>two</strong><ol><li>deep</li></ol></li></ul>"
    )
    assert found.markdown == (
        "Read *the* [report](https://a.example/?x=1&y=2).\n\n- one\n- **two**\n  1. deep"
    )
    assert found.text == "Read the report (https://a.example/?x=1&y=2).\n\n- one\n- two\n  1. deep"
    assert found.words == "Read the report.\n\n- one\n- two\n  1. deep"
    assert found.links == ("https://a.example/?x=1&y=2",)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("# Big **news**", "<p><strong>Big news</strong></p>"),
        ("![A quay](https://a.example/q.png) at night", "<p>A quay at night</p>"),
        (
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "<p>a · b</p><p>1 · 2</p>",
        ),
        ("<div onclick=x>in **bold**</div>", "<p>in <strong>bold</strong></p>"),
        ("<script>alert(1)</script>fine", "<p>fine</p>"),
        ("[x](javascript:alert(1)) y", "<p>x y</p>"),
        ("a <!--[if mso]>b<![endif]--> c", "<p>a c</p>"),
        ("    one\n    two", "<p><code>one</code><br><code>two</code></p>"),
        ("one  \ntwo", "<p>one<br>two</p>"),
        ("> said\n\n---\n\nafter", "<blockquote><p>said</p></blockquote><p>after</p>"),
    ],
    ids=[
        "heading",
        "picture",
        "table",
        "html",
        "script",
        "javascript",
        "comment",
        "code",
        "break",
        "quote",
    ],
)
def test_what_a_newsletter_has_no_place_for_becomes_plain_and_tidy(source: str, html: str) -> None:
    assert prose(source).html == html


@pytest.mark.parametrize(
    "source", ["", " \n", "<!-- note -->", "---", "![](https://a.example/x.png)"]
)
def test_what_says_nothing_is_false(source: str) -> None:
    assert not prose(source)
    assert prose(source) == Prose()


@pytest.mark.parametrize(
    "source",
    [
        "{{x}} *|NAME|* %%n%%",
        "{**{x}**}",
        "`{{x}}`",
        "[{{x}}](https://a.example/%7B%7Bx)",
        "*|*|x|*|*",
    ],
)
def test_merge_tags_in_the_editors_words_do_nothing(source: str) -> None:
    found = prose(source)

    whole = f"{found.html}\n{found.markdown}\n{found.text}"
    assert not re.search(r"\{\{|\}\}|\*\||\|\*|%%", whole)


def test_an_exclamation_mark_before_a_link_makes_no_picture_of_it() -> None:
    assert prose('Look!<a href="https://a.example">up</a>').markdown == (
        r"Look\![up](https://a.example)"
    )


def test_markdown_that_went_out_says_the_same_when_read_again() -> None:
    first = prose(
        "**A** 1. x - *b* `c`\n\n1. one\n2. two\n\n> q\n\n- x\n\n[l](https://a.example/(1))"
    )

    assert prose(first.markdown).html == first.html


def test_styles_are_put_into_the_tags_named() -> None:
    html = prose("a [b](https://c.example) <b>c</b>").html

    found = styled(html, p='class="i" style="margin:0"', a='style="color:#000"')

    assert found == (
        '<p class="i" style="margin:0">a <a href="https://c.example" style="color:#000">b</a> '
        "<strong>c</strong></p>"
    )


def test_a_tag_that_prose_does_not_have_cannot_be_styled() -> None:
    with pytest.raises(ValueError, match="prose has no tag 'h2'; it has p, a, strong"):
        styled("<p>x</p>", h2="x")


MARKS = (
    "* ** ` [ ]( ) < > <b> </p> <!-- & - 1. > # | --- {{ }} % x http://a.example javascript: ! _"
)
PIECES = [*MARKS.split(), " ", "\\", "\n", "\n\n", "    ", "word "]
MARKDOWN = st.lists(st.sampled_from(PIECES)).map("".join)


@given(MARKDOWN | st.text())
def test_any_text_makes_html_of_bare_tags_alone(source: str) -> None:
    found = prose(source)

    assert not re.search(r"[<>]", BARE.sub("", found.html))
    whole = f"{found.html}\n{found.markdown}\n{found.text}"
    assert not re.search(r"\{\{|\}\}|\{%|\*\||\|\*|%%", whole)
    assert "<script" not in found.markdown
    assert found.text == found.text.strip("\n")


@pytest.mark.parametrize("depth", [5, 150, 300, 3_000])
@pytest.mark.parametrize("mark", ["- ", "1. ", "> ", "- 1. "])
def test_however_deep_it_is_nested_the_words_are_kept(mark: str, depth: int) -> None:
    found = prose(mark * depth + "Rain at last")

    assert found.words.endswith("Rain at last")
    assert "Rain at last" in found.html
