"""The plain text of an issue: short lines, numbered links."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from issues import issue, masthead, story, templates, week

from newsletter.model import Issue, Sender, Sponsor
from newsletter.render import render
from newsletter.render.heads import columns
from newsletter.render.wrapping import filled


def text_of(issue_: Issue) -> str:
    return render(issue_, templates()).files["issue.txt"].decode()


def test_lines_have_at_most_72_columns_but_for_links() -> None:
    text = text_of(week(intro="Good morning. " * 20))

    assert [line for line in text.splitlines() if columns(line) > 72 and "://" not in line] == []


def test_every_link_stands_on_a_line_of_its_own_behind_its_number() -> None:
    text = text_of(week())

    numbers = dict(re.findall(r"^\[(\d+)\] (\S+)$", text, re.MULTILINE))
    urls = [one.url for story_ in week().stories for one in story_.articles if one.url]
    assert list(numbers.values()) == urls
    assert all(f" [{number}]" in text for number in numbers)


def test_a_link_that_comes_again_keeps_its_number() -> None:
    text = text_of(issue(story(1), story(1, id="again")))

    assert "1. Ferry number 1 sails on its own waste heat [1]" in text
    assert "2. Ferry number 1 sails on its own waste heat [1]" in text
    assert text.count("[1] https://") == 1


def test_an_outlet_its_number_and_its_date_stand_on_one_line() -> None:
    text = text_of(week())

    assert not re.search(r"\[\d+\]\n\(|\(\d+\nNov|\w\n\[\d+\]( \(|,)", text)


def test_the_editors_words_and_the_sponsors_have_numbered_links() -> None:
    sponsor = Sponsor(
        name="Anvil & Co", text="Half price.", url="https://anvil.example/", link_text="See"
    )

    text = text_of(
        issue(story(), intro="Read [this](https://a.example/).", closing="Bye.", sponsor=sponsor)
    )

    assert "Read this [1].\n\n[1] https://a.example/\n" in text
    assert "Sponsored\n=========\n\nAnvil & Co\n\nHalf price.\n\nSee [4]\n" in text
    assert text.find("Half price.") < text.find("\nBye.\n") < text.find("\nUnsubscribe:\n")


@pytest.mark.parametrize("tag", ["{{ UnsubscribeURL }}", "*|UNSUB|*", "<%unsub%>", "%unsub_url%"])
def test_a_services_tag_for_unsubscribing_goes_out_as_it_is(tag: str) -> None:
    sender = Sender(name="T", address="post@tideline.example", unsubscribe=tag)

    files = render(issue(story(), masthead=masthead(sender=sender)), templates()).files

    assert f"\nUnsubscribe:\n{tag}\n" in files["issue.txt"].decode()
    assert f'href="{tag}"' in files["email.html"].decode()
    assert tag in files["issue.md"].decode()


def test_a_line_of_chinese_breaks_between_characters_and_not_before_a_stop() -> None:
    lines = filled("夜行列車が戻る。" * 10, 20).split("\n")

    assert all(columns(line) <= 20 for line in lines)
    assert not [line for line in lines if line.startswith("。")]
    assert "".join(lines) == "夜行列車が戻る。" * 10


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"))), st.integers(10, 80))
def test_filling_lines_loses_nothing_but_spaces(text: str, width: int) -> None:
    assert "".join(filled(text, width).split()) == "".join(text.split())
