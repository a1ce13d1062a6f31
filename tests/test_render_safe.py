"""Text of others that would steer a mail service, a reader's eye or a page."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from issues import issue, story, templates

from newsletter.model import Sponsor
from newsletter.render import render
from newsletter.render.merge_tags import broken, is_tag
from newsletter.render.safe import link, plain

TAGS = (
    "{{name}} {{{name}}} {%if%} {#x#} *|NAME|* %%name%% <%=name%> %NAME% %recipient.email% ${name}"
    " {$name} {!name} [[name]] {contact.name} {unsubscribe} [unsubscribe] [webversion] [link:x]"
).split()


@pytest.mark.parametrize("tag", TAGS)
def test_a_tag_that_a_service_would_fill_in_is_broken_in_every_format(tag: str) -> None:
    files = render(issue(story(headline=f"Rain {tag} today")), templates()).files

    for name in ("index.html", "email.html", "issue.md", "issue.txt"):
        assert tag not in files[name].decode()
    assert plain(tag) in files["issue.txt"].decode()


ORDINARY = "100% of all|5%, or 10%|50%–60% more|[Update] Rain|{fmt} 10|x * y|$5 {a}|C# {x, y}|a % b"


@pytest.mark.parametrize("text", ORDINARY.split("|"))
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert plain(text) == text


@given(st.text(st.sampled_from("{}%*|<>[]$#ab. "), max_size=40))
def test_no_text_keeps_a_tag_and_breaking_it_again_changes_nothing(text: str) -> None:
    once = broken(text)

    assert broken(once) == once
    assert once.replace(" ", "") == text.replace(" ", "")
    assert not re.search(r"\{\{|\}\}|\{%|%\}|\*\||\|\*|%%|<%|%>|\[\[|\]\]|\$\{", once)


@pytest.mark.parametrize("hidden", ["\u200b", "\u2060", "\ufeff", "\u202e", "\u2066"])
def test_what_takes_no_room_hides_no_tag(hidden: str) -> None:
    assert plain(f"{{{hidden}{{x}}") == "{ {x}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ UnsubscribeURL }}", True),
        ("{{{unsubscribe}}}", True),
        ("*|UNSUB|*", True),
        ("[unsubscribe]", True),
        ("https://a.example/?id={{ id }}", True),
        ("https://a.example/", False),
        ("javascript:{{ x }}", False),
        ("{{ a }} and {{ b }}", False),
    ],
)
def test_a_tag_is_known_by_its_brackets(text: str, expected: bool) -> None:
    assert is_tag(text) is expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/[unsubscribe]", "https://a.example/%5Bunsubscribe]"),
        ("https://a.example/?x=[link:1]", "https://a.example/?x=%5Blink:1]"),
        ("https://a.example/?x[]=1&y[a]=2", "https://a.example/?x[]=1&y[a]=2"),
        ("https://[2001:db8::1]/x", "https://[2001:db8::1]/x"),
    ],
)
def test_brackets_stay_in_a_link_where_no_service_would_act_on_them(
    url: str, expected: str
) -> None:
    assert link(url) == expected


@pytest.mark.parametrize("name", ["|NAME|", "NAME|", "|NAME"])
def test_a_bar_at_the_edge_of_a_name_makes_no_tag_with_the_marks_of_markdown(name: str) -> None:
    sponsor = Sponsor(name=name, text="", url="https://a.example/", link_text="Go")

    markdown = render(issue(story(), sponsor=sponsor), templates()).files["issue.md"].decode()

    assert "&#124;" in markdown
    assert not re.search(r"\*\||\|\*", markdown)


def test_a_link_holds_no_tag_either() -> None:
    assert link("https://a.example/[[name]]/{{x}}?*|y|*") == (
        "https://a.example/%5B%5Bname%5D%5D/%7B%7Bx%7D%7D?*%7Cy%7C*"
    )
