"""The Markdown of an issue, as people paste it."""

import re
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from issues import article, issue, masthead, story, templates, week
from ruamel.yaml import YAML

from newsletter.model import Issue, Layout, Sender, Sponsor
from newsletter.render import render, without_front_matter


def markdown_of(issue_: Issue) -> str:
    return render(issue_, templates()).files["issue.md"].decode()


def front_matter(text: str) -> dict[str, object]:
    return dict(YAML(typ="safe", pure=True).load(text.split("\n---\n")[0].removeprefix("---\n")))


def test_front_matter_says_title_date_description_and_address() -> None:
    found = front_matter(markdown_of(week()))

    assert list(found) == ["title", "date", "description", "canonical_url"]
    assert str(found["title"]).startswith("Velsum port")
    assert isinstance(found["date"], datetime)
    assert found["canonical_url"] == "https://tideline.example/archive/2026-W47/index.html"


def test_without_an_address_on_the_web_front_matter_names_none() -> None:
    assert "canonical_url" not in front_matter(markdown_of(issue(masthead=masthead(url=None))))


def test_front_matter_can_be_left_out() -> None:
    body = without_front_matter(markdown_of(week()))

    assert body.startswith("# Tideline\n")
    assert body.endswith("Every story names its sources.\n")


@pytest.mark.parametrize("text", ["# T\n\n---\n\nx\n", "---\nno end", "", "--- x\n---\n"])
def test_a_page_without_front_matter_stays_as_it_is(text: str) -> None:
    assert without_front_matter(text) == text


@given(st.text(min_size=1))
def test_any_headline_leaves_front_matter_that_can_be_read(headline: str) -> None:
    whole = markdown_of(issue(story(headline=headline)))

    found = front_matter(whole)
    assert list(found) == ["title", "date", "description", "canonical_url"]
    assert re.findall(r"^#+ ", without_front_matter(whole), re.MULTILINE) == ["# ", "## ", "### "]


def test_the_editors_words_stand_as_markdown_and_html_nowhere() -> None:
    sponsor = Sponsor(name="Anvil <b>", text="*Half* price.", url="https://anvil.example/")

    text = markdown_of(
        issue(story(), intro="**Hello** <i>you</i>\n\n- one", closing="Bye", sponsor=sponsor)
    )

    assert "\n**Hello** *you*\n\n- one\n" in text
    assert "\n## Sponsored\n\n**Anvil &lt;b&gt;**\n\n*Half* price.\n" in text
    assert "\n---\n\nBye\n" in text
    assert not re.search(r"<[a-z/!]", text)


def test_the_footer_leads_off_the_list_and_gives_the_postal_address() -> None:
    text = markdown_of(week())

    assert "\n[Unsubscribe](https://tideline.example/unsubscribe)\n" in text
    assert "14 Quay Street" in text


def test_a_tag_with_spaces_is_a_link_all_the_same() -> None:
    sender = Sender(name="T", address="a@b.example", unsubscribe="{{ UnsubscribeURL }}")

    text = markdown_of(issue(masthead=masthead(sender=sender)))

    assert "[Unsubscribe](<{{ UnsubscribeURL }}>)" in text


def test_a_picture_stands_above_its_story() -> None:
    shown = article(
        1, lead=True, image="https://a.example/(1).jpg", image_width=800, image_height=400
    )

    text = markdown_of(issue(story(1, articles=(shown,)), layout=Layout(images="lead")))

    assert "![Picture with the report of Circuit Review: Ferry number 1" in text
    assert "](<https://a.example/(1).jpg>)\n" in text
