"""What an e-mail uses is found, and held against what each mail client supports."""

from collections.abc import Mapping
from typing import Any

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.model import Support, Unsupported
from newsletter.render.checking.clients import support
from newsletter.render.checking.clients.features import features
from newsletter.workspace import client_support_data

DATA = client_support_data()

PLAIN = """<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8"><title>Week</title>
<!--[if mso]><xml><o:PixelsPerInch>96</o:PixelsPerInch></xml><![endif]--></head><body>
<table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr>
<td style="padding:8px 0;font-size:16px;color:#111111"><h1 style="margin:0">Week 47</h1>
<p style="margin:0 0 8px"><a href="https://example.org/rain">Rain until Sunday</a></p></td>
</tr></table></body></html>"""


def mail(body: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body>{body}</body></html>"


def found(html: str) -> set[str]:
    return {use.feature for use in features(html, DATA["features"].keys())}


def lacking(feature: str, html: str, data: Mapping[str, Any] = DATA) -> list[Unsupported]:
    return [one for one in support(html, data).unsupported if one.feature == feature]


def clients(feature: str, html: str) -> set[str]:
    return {client for one in lacking(feature, html) for client in one.clients}


def core_of(client: str, told: Support) -> float:
    return next(one.core for one in told.clients if one.name == client)


@pytest.mark.parametrize(
    ("html", "feature"),
    [
        (mail("<blockquote>So it goes</blockquote>"), "html-blockquote"),
        (mail("<h2>Weather</h2>"), "html-h1-h6"),
        (mail("<ol><li>Rain</li></ol>"), "html-lists"),
        (mail("<section>Weather</section>"), "html-semantics"),
        (mail("<input type='email'>"), "html-input-text"),
        (mail("<input type='checkbox'>"), "html-input-checkbox"),
        (mail("<button>Read</button>"), "html-button-submit"),
        (mail("<svg width='9'></svg>"), "html-svg"),
        (mail("", "<meta name='color-scheme' content='light dark'>"), "html-meta-color-scheme"),
        (mail("", "<link rel='stylesheet' href='https://example.org/a.css'>"), "html-link"),
        (mail("<!-- the lead -->"), "html-comments"),
        ("<!doctype html><p>Rain</p>", "html-doctype"),
    ],
    ids=lambda value: value if "-" in value and "<" not in value else "",
)
def test_an_element_is_found(html: str, feature: str):
    assert feature in found(html)


@pytest.mark.parametrize(
    ("body", "feature"),
    [
        ("<td align='center'>", "html-align"),
        ("<table cellpadding='0'>", "html-cellpadding"),
        ("<p aria-hidden='true'>", "html-aria-hidden"),
        ("<img src='a' srcset='b 2x'>", "html-srcset"),
        ("<img src='a' loading='lazy'>", "html-loading-attribute"),
        ("<div inert>", "css-inert-attribute"),
        ("<a href='#rain'>", "html-anchor-links"),
        ("<a href='mailto:desk@example.org'>", "html-mailto-links"),
        ("<img src='https://example.org/rain.webp?w=600#top'>", "image-webp"),
        ("<img src='https://example.org/rain.JPEG'>", "image-jpg"),
        ("<img src='data:image/gif;base64,R0lG'>", "image-base64"),
        ("<td background='https://example.org/rain.png'>", "image-png"),
        ("<p style='background:url(rain.gif)'>", "image-gif"),
    ],
)
def test_an_attribute_a_link_and_a_picture_are_found(body: str, feature: str):
    assert feature in found(mail(f"<table><tr>{body}</table>" if "<t" in body else body))


@pytest.mark.parametrize(
    ("style", "feature"),
    [
        ("padding-left:4px", "css-padding"),
        ("border-top-color:#eeeeee", "css-border"),
        ("column-gap:4px", "css-gap"),
        ("grid-template-areas:'a b'", "css-grid-template"),
        ("display:none", "css-display-none"),
        ("display:inline-flex", "css-display-flex"),
        ("display:block", "css-display"),
        ("width:calc(100% - 8px)", "css-unit-calc"),
        ("width:calc(100% - (2 * 8rem))", "css-unit-rem"),
        ("color:rgba(0,0,0,.5)", "css-rgba"),
        ("color:oklch(40% .2 90)", "css-modern-color"),
        ("background-image:linear-gradient(red,blue)", "css-linear-gradient"),
        ("width:min-content", "css-intrinsic-size"),
        ("color:initial", "css-unit-initial"),
        ("--ink:#111111", "css-variables"),
        ("color:var(--ink)", "css-variables"),
        ("font-family:system-ui,sans-serif", "css-sytem-ui"),
        ("color:red !important", "css-important"),
        ("COLOR:RED;FONT-SIZE:2EM", "css-unit-em"),
    ],
)
def test_a_property_a_value_a_unit_and_a_function_are_found(style: str, feature: str):
    assert feature in found(mail(f'<p style="{style}">Rain</p>'))


@pytest.mark.parametrize(
    ("css", "feature"),
    [
        ("@font-face{font-family:A;src:url(a.woff2)}", "css-at-font-face"),
        ("@import url(a.css);", "css-at-import"),
        ("@media (max-width:480px){p{margin:0}}", "css-at-media"),
        ("@media (prefers-color-scheme:dark){p{margin:0}}", "css-at-media-prefers-color-scheme"),
        ("@media screen{p{line-height:2em}}", "css-unit-em"),
        ("@supports (display:grid){p{margin:0}}", "css-at-supports"),
        ("@keyframes a{from{opacity:0}}", "css-at-keyframes"),
        ("p,h2{margin:0}", "css-selector-grouping"),
        ("p b{margin:0}", "css-selector-descendant"),
        ("p > b{margin:0}", "css-selector-child"),
        ("p+p{margin:0}", "css-selector-adjacent-sibling"),
        ("p~p{margin:0}", "css-selector-general-sibling"),
        ("*{margin:0}", "css-selector-universal"),
        (".a.b{margin:0}", "css-selector-chaining"),
        ("[lang]{margin:0}", "css-selector-attribute"),
        ("#a{margin:0}", "css-selector-id"),
        ("a:hover{color:red}", "css-pseudo-class-hover"),
        ("p:nth-child(2n){color:red}", "css-pseudo-class-nth-child"),
        ("p::before{content:'x'}", "css-pseudo-element-before"),
        ("p{color:red;b{color:blue}}", "css-nesting"),
        ("/* the lead */", "css-comments"),
    ],
)
def test_an_at_rule_and_a_selector_are_found(css: str, feature: str):
    assert feature in found(mail("<p>Rain</p>", f"<style>{css}</style>"))


def test_what_only_classic_outlook_reads_is_not_counted():
    html = mail("<!--[if mso]><v:rect style='width:9vw'><form></form></v:rect><![endif]-->")

    assert found(html) == {"html-body"}


def test_what_is_hidden_from_classic_outlook_is_not_held_against_it():
    button = '<a href="https://example.org" style="display:inline-block">Read</a>'

    shown = clients("display", mail(button))
    hidden = clients("display", mail(f"<!--[if !mso]><!-->{button}<!--<![endif]-->"))

    assert shown == {"Outlook classic"}
    assert hidden == set()


def test_a_plain_mail_is_supported_by_all_that_read_the_attributes_of_tables():
    told = support(PLAIN, DATA)

    assert {one.feature for one in told.unsupported if one.is_core} == {
        "lang attribute",
        "width attribute",
    }
    assert core_of("Outlook classic", told) == 1.0
    assert told.core > 0.99


def test_a_client_lacks_what_caniemail_says_it_lacks():
    assert clients("border-radius", mail('<p style="border-radius:4px">Rain</p>')) == {
        "Outlook classic"
    }


def test_shares_are_counted_over_pairs_of_feature_and_client():
    data = {
        "date": "2026-01-01",
        "clients": {"outlook.windows": "Outlook", "hey.desktop-webmail": "HEY"},
        "features": {
            "css-float": {"title": "float", "support": {"n": "outlook.windows"}, "notes": {}},
            "css-clear": {"title": "clear", "support": {"u": "outlook.windows"}, "notes": {}},
            "css-opacity": {"title": "opacity", "support": {"a": "outlook.windows"}, "notes": {}},
        },
    }

    told = support(mail('<p style="float:left;clear:both;opacity:.5">Rain</p>'), data)

    assert told.pairs == 5
    assert (told.share, told.core) == (3 / 5, 2 / 3)
    assert [(one.name, one.share, one.core) for one in told.clients] == [
        ("Outlook", 0.0, 0.0),
        ("HEY", 1.0, 1.0),
    ]
    assert [(one.feature, one.is_core) for one in told.unsupported] == [
        ("float", True),
        ("opacity", False),
    ]
    assert told.data_date == "2026-01-01"


def test_a_mail_that_uses_nothing_is_supported_by_all():
    told = support("", DATA)

    assert (told.pairs, told.share, told.core, told.unsupported) == (0, 1.0, 1.0, ())


def test_what_caniemail_does_not_know_is_not_counted():
    assert found('<p frobnicate="1" style="frob:9zz;color:frob(1)"><blink>Rain</blink>') == {
        "html-body",
        "html-p",
    }


def test_the_same_mail_gets_the_same_answer():
    assert support(PLAIN, DATA) == support(PLAIN, DATA)


def test_what_is_core_and_what_most_lack_comes_first():
    html = mail('<div style="display:flex;float:left;gap:8px;border-radius:4px">Rain</div>')

    order = [(not one.is_core, -len(one.clients)) for one in support(html, DATA).unsupported]

    assert len(order) > 4
    assert order == sorted(order)


@pytest.mark.parametrize(
    "html",
    [
        "<style>p{color:red;{{{",
        "<style>@media x{@media y{@supports z{p{a:b",
        "<style>" + ".a " * 3_000 + "{color:red}",
        "<style>" + ":not(" * 5_000 + "{color:red}",
        "<style>" + "@media x{" * 2_000,
        "<style>" + "p,:hover{color:red}\n" * 1_000,
        "<style>p{color:" + "x" * 1_000_000,
        "<p style='a:" + "calc(" * 20_000 + "'>",
        "<p style='" + ";" * 20_000 + ":::'>",
        "<div>" * 20_000,
        "<!--[if mso]>" * 5_000,
        "<!--[if !mso]><!--><p>",
        "\x00\ud800<p style='\x00'>",
        "<table><tr>" + "<td style='padding:1px'>" * 2_000,
        "<?xml version='1.0' encoding='utf-7'?><p>",
    ],
    ids=lambda html: html[:24],
)
def test_broken_and_hostile_mails_are_read_as_far_as_they_go(html: str):
    told = support(html, DATA)

    assert 0.0 <= told.core <= 1.0


@settings(max_examples=examples(0.6), deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "<p style=' '> <style> </style> margin: { } @media ( ) a . # : ; !important [ ] ,"
            " <table><tr><td> <!--[if".split(" ")
        ),
        max_size=40,
    ).map("".join)
    | st.text(max_size=60)
)
def test_no_mail_is_too_odd_to_be_read(html: str):
    told = support(html, DATA)

    assert all(0.0 <= one.core <= 1.0 and 0.0 <= one.share <= 1.0 for one in told.clients)
