"""The report of the check: its order, its figures, its page, and that nothing makes it fail."""

import re

import pytest
from checking import findings, known, sample, sound, spoilt
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from issues import issue, story, templates, week

from newsletter.errors import TemplateError
from newsletter.model import Edition
from newsletter.render import render
from newsletter.render.checking import check, check_page

VERDICTS = ["error", "warning", "note", "passed"]


def test_findings_stand_by_verdict_errors_first() -> None:
    files = spoilt("email.html", "<title>.*?</title>", "<script></script>")

    report = check(sample(), Edition(files=files), known(min_stories=9))

    order = [VERDICTS.index(one.verdict) for one in report.findings]
    assert order == sorted(order)
    assert [one.rule for one in report.errors] == ["title", "inert"]


def test_places_name_file_line_and_story() -> None:
    files = spoilt(
        "email.html", '(?<=story1"><a class="i" )href="[^"]*"', 'href="http://a.example/"'
    )

    place = findings(files)["links-https"].places[0]

    line = (
        files["email.html"].decode()[: files["email.html"].index(b"http://a.example")].count("\n")
        + 1
    )
    assert (place.file, place.line, place.story_id) == ("email.html", line, "story1")


def test_the_parts_of_a_mail_add_up_to_its_bytes() -> None:
    found = check(sample(), Edition(files=sound()), known()).bytes

    assert found.raw == len(sound()["email.html"])
    assert found.text + found.inline_styles + found.head == found.raw
    assert found.total == max(found.raw, found.quoted_printable)


def test_each_story_is_measured_with_all_that_belongs_to_it() -> None:
    mail = sound()["email.html"].decode()
    block = re.search(
        r'<table role="presentation"><tr><td>\n<h2 id="story1">.*?</table>', mail, re.DOTALL
    )

    stories = check(sample(), Edition(files=sound()), known()).bytes.stories

    assert block is not None
    assert stories[1].bytes == len(block[0])


def test_of_a_full_mail_the_report_says_what_is_left_of_each_story() -> None:
    crowded = issue(*(story(number) for number in range(300)))

    report = check(crowded, render(crowded, templates()), known())

    shown = [one.shown for one in report.bytes.stories]
    assert shown[0] == "full"
    assert {"headline", "web only"} <= set(shown)
    assert report.errors == ()


def test_the_page_shows_what_to_look_at_first_and_where() -> None:
    files = spoilt(
        "email.html", '(?<=story1"><a class="i" )href="[^"]*"', 'href="http://a.example/"'
    )
    report = check(sample(), Edition(files=files), known())

    page = check_page(report, sample(), templates()).decode()

    assert page.index("Every link is encrypted") < page.index("begins with HTML5")
    assert 'href="email.html#story1"' in page
    assert "1 warning" in page


def test_the_page_runs_nothing_and_loads_nothing() -> None:
    page = check_page(
        check(week(), render(week(), templates()), known()), week(), templates()
    ).decode()

    assert "<script" not in page
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)


def test_what_mails_say_is_escaped_on_the_page() -> None:
    files = spoilt("email.html", "Write to us", "http://&lt;script&gt;alert(1)&lt;/script&gt;")

    page = check_page(
        check(sample(), Edition(files=files), known()), sample(), templates()
    ).decode()

    assert "<script>" not in page


def test_a_missing_template_is_named() -> None:
    report = check(sample(), Edition(files=sound()), known())
    rest = {name: text for name, text in templates().items() if name != "check.html.j2"}

    with pytest.raises(TemplateError, match=r"check\.html\.j2"):
        check_page(report, sample(), rest)


def test_a_folder_without_files_is_told_and_nothing_more() -> None:
    found = findings({})

    assert found["files"].verdict == "error"


GARBLE = (
    "<p>|</p>|<table>|<td style='|color:#12|'>|\"|<a href=|http://|[|]|@media|{|}|<style>|</style>"
    "|<!--|-->|&#x85;|{{|}}|%|\0|\u202e|é|=?utf-8?q?=0a?=|\r\n|: |From|,|<h1|>"
)
HOSTILE = {
    "nothing": b"",
    "a nul": b"\0",
    "not UTF-8": b"<p>\xff\xfe\x85",
    "an open comment": b"<!doctype html><!-- <p>",
    "3,000 open elements": b"<div>" * 3_000 + b"x",
    "brackets in brackets": b"<style>" + b"a{b:(" * 20_000 + b"</style>",
    "brackets in an attribute": b'<p style="color:' + b"(" * 50_000 + b'">x',
    "a selector of 10,000 parts": b"<style>" + b"a " * 10_000 + b"{color:red}</style><p>x",
    "selectors that are none": b"<style>:is(,){color:red}::{}[{color:red}@media{@{}}</style>",
    "odd links": b'<a href="http://[::1">x</a><a href="//">y</a><a href="http://a:b@:9/">z</a>'
    b'<a href="mailto:">m</a><a href="https://xn--/">p</a><a href="http://\xd0\xb0.example:x">q</a>',
    "odd sizes": b'<img width="1e9" height="-1"><font size="99">x</font>'
    b'<p style="font-size:-3e40px;width:1.2.3px;opacity:nan;font-weight:1e9;color:rgb(a)">x',
    "odd attributes": b'<p 1="2" on="x" xml:lang="de" style lang dir id class>x</p><base href>',
}  # fmt: skip


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_no_content_makes_the_check_fail(content: bytes) -> None:
    files = dict.fromkeys(sound(), content)

    report = check(sample(), Edition(files=files), known())

    assert report.errors


@settings(max_examples=examples(0.6), deadline=None)
@given(
    st.lists(
        st.sampled_from(GARBLE.split("|")),
        max_size=60,
    ).map("".join)
)
def test_no_garble_makes_the_check_fail(text: str) -> None:
    files = dict.fromkeys(sound(), text.encode())

    report = check(sample(), Edition(files=files), known())

    assert report.findings
    assert check_page(report, sample(), templates())


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("email.html", "max-width:600px", f"max-width:{'9' * 5_000}px"),
        ("email.html", "@media", f".i{{margin:{'9' * 5_000}px}}@media"),
        ("email.html", "@media", "div " * 40 + "{color:red}@media"),
        ("email.html", "</h1>", "</h1><p>" + "%%a " * 3_000 + "</p>"),
        ("issue.eml", "From: [^\r]*", "From: " + "(" * 5_000),
    ],
    ids=["number", "number in a rule", "selector", "marks", "sender"],
)
def test_what_no_program_would_write_is_read_all_the_same(file: str, old: str, new: str) -> None:
    assert findings(spoilt(file, old, new))


def test_a_selector_that_would_be_tried_for_years_is_told_and_not_tried() -> None:
    deep = "<div>" * 60 + "Rain" + "</div>" * 60
    files = spoilt("email.html", "</h1>", f"</h1>{deep}")
    mail = files["email.html"].replace(b"@media", b"div " * 30 + b"{color:red}@media", 1)

    found = findings({**files, "email.html": mail})

    assert "too many parts" in " ".join(
        place.text for one in found.values() for place in one.places
    ) + " ".join(one.detail for one in found.values())
