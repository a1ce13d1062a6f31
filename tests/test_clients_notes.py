"""Partial support is judged by the value that is used, and what does no harm is set apart."""

from datetime import date
from pathlib import Path

import pytest
from test_clients import DATA, clients, lacking, mail

import newsletter
from newsletter.render.checking.clients import support
from newsletter.render.checking.clients.notes import JUDGED

EXACT = "<!--[if mso]><style>p{mso-line-height-rule:exactly}</style><![endif]-->"


def styled(tag: str, style: str) -> str:
    return mail(f'<table><tr><td><{tag} style="{style}">Rain</{tag}></td></tr></table>')


def cell(style: str) -> str:
    return mail(f'<table><tr><td style="{style}">Rain</td></tr></table>')


def sheet(css: str) -> str:
    return mail("<p class='a' lang='en'>Rain</p>", f"<style>{css}</style>")


def test_every_note_that_is_judged_stands_in_the_data():
    noted = {note for page in DATA["features"].values() for note in page["notes"].values()}

    assert set(JUDGED) <= noted


# The feature, a client, a use that it supports, a use that it does not.
CASES = {
    "negative margin": ("margin", "Gmail web", styled("p", "margin:0 8px"), "margin:-8px"),
    "padding of cells": ("padding", "Outlook classic", cell("padding:8px"), "padding:8px"),
    "no padding at all": ("padding", "Outlook classic", styled("p", "padding:0"), "padding:1px"),
    "thick border": (
        "border",
        "Outlook classic",
        cell("border-top:8px solid #111111"),
        "border-top:9px solid #111111",
    ),
    "border of text": (
        "border",
        "Outlook classic",
        styled("b", "border:1px solid #111111"),
        "border:1px solid #111111",
    ),
    "medium weight": (
        "font-weight",
        "Outlook classic",
        styled("p", "font-weight:600"),
        "font-weight:500",
    ),
    "root units": ("font-size", "Yahoo web", styled("p", "font-size:16px"), "font-size:1rem"),
    "relative size": (
        "font-size",
        "Samsung Email",
        styled("p", "font-size:16px"),
        "font-size:120%",
    ),
    "own display": ("display", "Outlook classic", styled("p", "display:block"), "display:inline"),
    "flow-relative": (
        "text-align",
        "Outlook classic",
        styled("p", "text-align:left"),
        "text-align:start",
    ),
    "line through": (
        "text-decoration",
        "Outlook classic",
        styled("p", "text-decoration:underline"),
        "text-decoration:overline",
    ),
    "lower case": (
        "text-transform",
        "Outlook classic",
        styled("p", "text-transform:uppercase"),
        "text-transform:lowercase",
    ),
    "colour in words": ("rgb()", "Gmail web", styled("p", "color:rgb(0,0,0)"), "color:rgb(0 0 0)"),
    "opacity": (
        "rgb()",
        "Outlook classic",
        styled("p", "color:rgb(0,0,0)"),
        "color:rgb(0,0,0,.5)",
    ),
    "background colour": (
        "background",
        "Outlook classic",
        styled("p", "background:#eeeeee"),
        "background:url(a.png)",
    ),
    "two backgrounds": (
        "background-image",
        "Yahoo web",
        styled("p", "background-image:linear-gradient(red,blue)"),
        "background-image:url(a.png),url(b.png)",
    ),
    "width of text": ("width property", "Outlook classic", cell("width:50%"), "width:50%"),
    "inset": (
        "left, right, top, bottom",
        "Samsung Email",
        styled("p", "left:4px"),
        "left:50%",
    ),
    "fixed": ("position", "Apple Mail iOS", styled("p", "position:relative"), "position:fixed"),
    "loose lines": (
        "line-height",
        "Outlook classic",
        styled("p", "line-height:1.4"),
        "line-height:22px",
    ),
}


@pytest.mark.parametrize(("feature", "client", "good", "bad"), CASES.values(), ids=list(CASES))
def test_partial_support_depends_on_the_value(feature: str, client: str, good: str, bad: str):
    assert client not in clients(feature, good)
    assert client in clients(feature, styled("p", bad))


def test_an_instruction_to_classic_outlook_makes_line_heights_exact():
    text = '<p style="line-height:22px">Rain</p>'

    assert clients("line-height", mail(text)) == {"Outlook classic"}
    assert clients("line-height", mail(text, EXACT)) == set()


def test_an_attribute_stands_in_for_a_style_that_classic_outlook_ignores():
    sized = '<img src="a.png" alt="" width="536" style="width:100%;max-width:536px">'
    bare = '<img src="a.png" alt="" style="width:100%;max-width:536px">'

    assert "Outlook classic" not in clients("width property", mail(sized))
    assert "Outlook classic" not in clients("max-width", mail(sized))
    assert "Outlook classic" in clients("width property", mail(bare))


def test_an_align_attribute_stands_in_for_automatic_margins():
    table = '<table style="margin:0 auto"><tr><td>Rain</td></tr></table>'

    assert clients("margin", mail(f'<div align="center">{table}</div>')) == set()
    assert clients("margin", mail(table)) == {"Outlook classic"}


def test_a_picture_that_stands_alone_needs_no_block():
    picture = '<img src="a.png" alt="" style="display:block">'

    assert clients("display", mail(f'<p><a href="https://example.org">{picture}</a></p>')) == set()
    assert clients("display", mail(f"<p>{picture} Rain</p>")) == {"Outlook classic"}


def test_cells_of_a_row_share_their_padding_above_and_below():
    even = "<td style='padding:8px 0 4px'>a</td><td style='padding:8px 9px 4px'>b</td>"
    uneven = even.replace("8px 9px", "2px 9px")

    assert clients("padding", mail(f"<table><tr>{even}</tr></table>")) == set()
    assert clients("padding", mail(f"<table><tr>{uneven}</tr></table>")) == {"Outlook classic"}


def test_hiding_does_not_reach_the_tables_within():
    inner = "<table><tr><td>Rain</td></tr></table>"

    assert clients("display:none", mail('<div style="display:none">Rain</div>')) == set()
    assert clients("display:none", mail(f'<div style="display:none">{inner}</div>')) == {
        "Outlook classic"
    }


def test_links_within_the_mail_need_a_named_anchor():
    link = '<a href="#rain">Rain</a>'

    by_id = clients("Local anchors", mail(f'{link}<h2 id="rain">Rain</h2>'))
    by_name = clients("Local anchors", mail(f'{link}<a name="rain"></a>'))

    assert {"Gmail web", "Outlook classic"} <= by_id
    assert not {"Gmail web", "Outlook classic"} & by_name


def test_a_style_sheet_in_the_body_is_not_read_by_all():
    css = "<style>p{margin:0}</style>"

    assert "Gmail web" not in clients("<style> element", mail("<p>Rain</p>", css))
    assert "Gmail web" in clients("<style> element", mail(f"<div>{css}</div><p>Rain</p>"))


def test_a_style_sheet_of_more_than_16_kb_is_not_read_by_all():
    css = "<style>" + "p{margin:0}" * 1_600 + "</style>"

    assert "Gmail web" in clients("<style> element", mail("<p>Rain</p>", css))


def test_importance_wants_lower_case_and_a_space():
    assert "Gmail web" not in clients("!important keyword", sheet("p{color:red!important}"))
    assert "Gmail web" in clients("!important keyword", sheet("p{color:red!IMPORTANT}"))
    assert "Outlook classic" in clients("!important keyword", sheet("p{color:red!important}"))
    assert "Outlook classic" not in clients("!important keyword", sheet("p{color:red !important}"))


def test_a_pseudo_class_on_a_class_is_not_read_by_all():
    assert "Outlook macOS" not in clients(":first-child", sheet("p:first-child{color:red}"))
    assert "Outlook macOS" in clients(":first-child", sheet(".a:first-child{color:red}"))


def test_a_query_for_more_than_the_size_of_the_screen_is_not_read_by_all():
    assert "Yahoo web" not in clients("@media", sheet("@media (max-width:9px){p{margin:0}}"))
    assert "Yahoo web" in clients("@media", sheet("@media (min-aspect-ratio:1/2){p{margin:0}}"))


def test_what_stands_under_a_query_may_be_passed_over():
    css = "float:left"

    [always] = lacking("float", sheet(f"p{{{css}}}"))[:1]
    [sometimes] = lacking("float", sheet(f"@media (max-width:480px){{p{{{css}}}}}"))[:1]

    assert (always.is_core, sometimes.is_core) == (True, False)


@pytest.mark.parametrize("selector", ["[data-ogsc] p", ".ExternalClass p", "#MessageViewBody p"])
def test_what_is_meant_for_what_a_client_adds_may_be_passed_over(selector: str):
    told = lacking("float", sheet(f"{selector}{{float:left}}"))

    assert [one.is_core for one in told] == [False]


def test_a_sheet_of_refinements_may_be_passed_over_and_one_that_lays_out_may_not():
    refining = sheet(":root{color-scheme:light dark}a:hover{color:red}p{letter-spacing:1px}")
    laying_out = sheet("p{margin:0}")

    assert not any(one.is_core for one in lacking("<style> element", refining))
    assert any(one.is_core for one in lacking("<style> element", laying_out))


@pytest.mark.parametrize(
    ("style", "is_core"),
    [
        ("text-decoration:none", False),
        ("text-decoration:line-through", True),
        ("white-space:nowrap", False),
        ("white-space:pre-wrap", True),
        ("letter-spacing:.1rem", False),
        ("font-family:system-ui,Arial", False),
        ("font-family:Arial,system-ui", True),
    ],
)
def test_what_is_lost_with_a_value_decides_whether_it_is_core(style: str, is_core: bool):
    told = support(styled("p", style), DATA).unsupported

    assert any(one.is_core for one in told) == is_core


def test_how_a_hidden_element_would_look_is_not_core():
    preheader = '<div style="display:none;max-height:0;overflow:hidden">Rain</div>'

    assert [one.is_core for one in lacking("overflow", mail(preheader))] == [False]
    assert {one.is_core for one in lacking("overflow", styled("p", "overflow:hidden"))} == {True}


def test_a_note_comes_with_the_use_that_it_speaks_of():
    [told] = lacking("padding", styled("b", "padding:1px 5px"))

    assert told.clients == ("Outlook classic",)
    assert told.note == ("Partial. Only supported on table cells. Here: padding: 1px 5px on <b>.")


def test_the_data_is_small_names_its_source_and_has_its_licence_beside_it():
    folder = Path(newsletter.__file__).parent / "data"

    assert DATA["source"].startswith("https://github.com/")
    assert date.fromisoformat(DATA["date"]) < date(2100, 1, 1)
    assert DATA["version"]
    assert "MIT" in (folder / "LICENSE.caniemail").read_text(encoding="utf-8")
    assert (folder / "caniemail.json").stat().st_size < 200_000


def test_the_data_speaks_of_known_clients_and_statuses_only():
    statuses = [item for page in DATA["features"].values() for item in page["support"].items()]

    assert {status[0] for status, _ in statuses} == set("ynau")
    assert {client for _, named in statuses for client in named.split()} == set(DATA["clients"])
