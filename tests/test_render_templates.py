"""An editor's own templates and style sheet, and how their faults are told."""

import re
from collections.abc import Mapping

import pytest
from issues import issue, masthead, story, templates

from newsletter.errors import TemplateError
from newsletter.model import Sender
from newsletter.render import check_templates, render


def own(**texts: str) -> Mapping[str, str]:
    """Return the package's templates with an editor's before them, as a workspace has them."""
    shipped = templates()
    kept = {f"package/{name}": text for name, text in shipped.items()}
    return {**shipped, **kept, **{name.replace("__", "."): text for name, text in texts.items()}}


def mail(files: Mapping[str, str]) -> str:
    return render(issue(story()), files).files["email.html"].decode()


def test_a_block_of_the_mail_can_be_replaced_alone() -> None:
    ours = "{% block footer %}<p>Ours: {{ plate.title }}</p>{% endblock %}"

    page = mail(own(**{"email.html.j2": '{% extends "package/email.html.j2" %}' + ours}))

    assert "<p>Ours: Tideline</p>" in page
    assert "Ferry number 0" in page
    assert "because your address is on its list" not in page


@pytest.mark.parametrize(
    ("name", "blocks"),
    [
        ("email.html.j2", "masthead intro lead contents sections sponsor closing footer"),
        ("web.html.j2", "masthead intro lead contents sections sponsor closing footer"),
        ("issue.md.j2", "masthead intro sections sponsor closing footer"),
        ("issue.txt.j2", "masthead intro contents sections sponsor closing footer"),
    ],
)
def test_every_part_of_a_format_is_a_block_that_can_be_replaced(name: str, blocks: str) -> None:
    text = templates()[name] + templates().get("layout.html.j2", "")

    assert set(blocks.split()) <= set(re.findall(r"{%-? block (\w+)", text))


def test_a_block_can_call_upon_what_it_replaces() -> None:
    ours = (
        '{% extends "package/issue.txt.j2" %}{% block footer %}Ours.\n{{ super() }}{% endblock %}'
    )

    text = render(issue(story()), own(**{"issue.txt.j2": ours})).files["issue.txt"].decode()

    assert "Ours.\n" in text
    assert "14 Quay Street" in text


def test_a_syntax_error_names_file_and_line_of_every_template() -> None:
    broken = {
        **templates(),
        "email.html.j2": "fine\n{% if %}\n",
        "issue.txt.j2": "\n\n{{ issue.line | shout }}",
        "own.j2": "{% include 'gone.html.j2' %}",
        "email.css": "p { color: red }\n}",
    }

    with pytest.raises(TemplateError) as caught:
        check_templates(broken)

    lines = str(caught.value).splitlines()
    assert [line.split(": ")[0] for line in lines] == [
        "templates/email.html.j2:2",
        "templates/issue.txt.j2:3",
        "templates/own.j2:1",
        "templates/email.css:2",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("one\n{{ issue.headlin }}", "2: issue has no 'headlin'"),
        ("{{ issue.plate.titel }}", "1: nameplate has no 'titel'; did you mean 'title'?"),
        ("{{ isue.line }}", "1: 'isue' is undefined; did you mean 'issue'?"),
        ("{{ issue.line | shout }}", "1: No filter named 'shout'"),
        ("{{ issue.line | filed }}", "1: No filter named 'filed'; did you mean 'filled'?"),
        ("{{ theme.light.inc }}", "1: it has no 'inc'; did you mean 'ink'?"),
        ("one\ntwo\n{{ issue.line / 2 }}", "3: unsupported operand"),
        ("{% include 'isue.txt.j2' %}", "1: there is no template 'isue.txt.j2'; did you mean"),
        ("{% for %}", "1: "),
        ("{% include 'issue.txt.j2' %}", "1: it holds itself, and so has no end"),
        ("{{ issue.__class__ }}", "1: access to attribute '__class__'"),
    ],
)
def test_a_fault_names_file_line_and_the_name_that_was_meant(text: str, told: str) -> None:
    with pytest.raises(TemplateError, match=f"^templates/issue.txt.j2:{re.escape(told)}"):
        render(issue(story()), {**templates(), "issue.txt.j2": text})


def test_a_theme_that_is_not_there_is_told_before_anything_is_gathered() -> None:
    with pytest.raises(TemplateError, match="there is no such theme"):
        check_templates(templates(), "moder")


def test_shipped_templates_have_no_fault() -> None:
    assert check_templates(templates(), "modern") is None  # a fault would be raised


def test_an_editors_style_sheet_is_put_into_the_elements_of_the_mail() -> None:
    css = "h1{letter-spacing:2px!important}\na:hover{color:red}\n@media print{p{top:0}}"

    page = mail(own(email__css=css))

    assert re.search(r'<h1[^>]* style="[^"]*letter-spacing: 2px[^"]*"', page)
    assert "a:hover{color:red}" in page.replace(" ", "")
    assert "@media print" in page
    assert "!important" not in "".join(re.findall(r'style="[^"]*"', page))
    assert "@media (prefers-color-scheme:dark)" in page


def test_a_style_sheet_leaves_a_services_tag_as_it_is() -> None:
    tag = "{{ leave & go <now> }}"
    sender = Sender(name="T", address="post@tideline.example", unsubscribe=tag)

    files = render(
        issue(story(), masthead=masthead(sender=sender)), own(email__css="p{margin:0}")
    ).files

    assert f'href="{tag}"' in files["email.html"].decode()


def test_a_headline_that_names_what_was_set_aside_brings_nothing_back() -> None:
    words = "aside-0000-aside aside-0001-aside"
    sender = Sender(name="T", address="post@tideline.example", unsubscribe="{{ leave }}")
    issue_ = issue(story(headline=words), masthead=masthead(sender=sender))

    page = render(issue_, own(email__css="p{margin:0}")).files["email.html"].decode()

    assert words in page
    assert page.count("{{ leave }}") == 1


def test_a_style_sheet_changes_no_text() -> None:
    words = 'Write style="color:red !important" on it'

    page = render(issue(story(headline=words)), own(email__css="p{margin:0}")).files["email.html"]

    assert words in page.decode()


def test_a_style_sheet_may_hold_a_number_of_any_length() -> None:
    assert "Ferry" in mail(own(email__css="p{margin:" + "9" * 5_000 + "px}"))


@pytest.mark.parametrize(
    ("css", "told"),
    [
        ("@import url(https://a.example/x.css);", "1: @import asks for another file"),
        ("p{}\n@font-face{src:url(https://a.example/x)}", "2: @font-face asks for another file"),
        ("p { color: red }\n\nh1 color: red", "3: is no CSS"),
        ("p {\n  color red;\n}", "2: is no CSS"),
        ("{" * 20_000, " has brackets in brackets"),
        ("p{color:" + "(" * 3_000 + "}", " has brackets in brackets"),
        ("@media x{" * 3_000, " has brackets in brackets"),
    ],
    ids=["import", "remote font", "no braces", "no colon", "blocks", "brackets", "screens"],
)
def test_a_fault_in_a_style_sheet_names_its_line(css: str, told: str) -> None:
    with pytest.raises(TemplateError, match=rf"^templates/email\.css:{re.escape(told)}"):
        mail(own(email__css=css))


def test_a_block_that_nothing_draws_is_named_with_the_nearest() -> None:
    misspelt = '{% extends "package/email.html.j2" %}\n{% block foter %}x{% endblock %}'

    with pytest.raises(TemplateError, match=r"email\.html\.j2:2: .*'foter'.* 'footer'"):
        check_templates(own(**{"email.html.j2": misspelt}))


def test_a_block_within_a_block_is_the_editors_own() -> None:
    inner = "{% block footer %}{% block thanks %}x{% endblock %}{% endblock %}"

    check_templates(own(**{"email.html.j2": '{% extends "package/email.html.j2" %}' + inner}))


@pytest.mark.parametrize(
    "words",
    ["{{ 'a' | truncate(0) }}", "{{ 'a' | center(10 ** 11) }}", "\ud800", "{{ [1] | random }}"],
    ids=["truncate", "memory", "half a character", "dice"],
)
def test_whatever_a_template_does_wrong_is_its_fault(words: str) -> None:
    with pytest.raises(TemplateError, match=r"email\.html\.j2:"):
        mail(own(**{"email.html.j2": words}))
