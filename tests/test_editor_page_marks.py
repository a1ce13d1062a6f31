"""What the editing page marks: whose a warning is, which picture is shown, what is near a limit."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from editor_asking import EDIT, Session, session
from editor_browsing import act, card, fake, opened, page, press, said, server
from editor_desk import EditedDesk
from preview_desk import NOW, WEEK, report

from newsletter.errors import WishError
from newsletter.issue import typed
from newsletter.issue.compose import ALL_HELD
from newsletter.model import Built, Event, Finding, Issue, Status
from newsletter.pipeline.editing_desk import see_that_it_is_open
from newsletter.preview import Server
from newsletter.preview.choices import Choices
from newsletter.preview.edit_page import SUMMARY_MOST
from newsletter.preview.report_told import Told, told

__all__ = ["fake", "page", "server", "session"]

PICTURES = ("https://pictures.example/cranes-0.jpg", "https://pictures.example/cranes-1.jpg")


def warned(fake: EditedDesk, title: str) -> None:
    """Have the check report hold one warning of the build."""
    found = Finding(rule="issue-warning", group="issue", verdict="warning", title=title)
    fake.editor.findings = (found,)
    fake.check = report(fake.editor.edited.issue, findings=(found,))


def part(session: Session, name: str) -> str:
    """Return a part of the page as the server draws it now."""
    return str(json.loads(session.get(f"/issues/{WEEK}/edits").text)["parts"][name])


def composed(fake: EditedDesk, issue: Issue) -> None:
    fake.editor.base = replace(fake.editor.base, issue=issue)


def with_pictures(fake: EditedDesk) -> None:
    """Have the first two sources of the lead come with a picture each, both measured."""
    issue = fake.editor.base.issue
    first, *rest = issue.sections[0].stories
    sized = [replace(one, image_width=640, image_height=360) for one in first.articles[:2]]
    first = replace(first, articles=(*sized, *first.articles[2:]))
    sections = (replace(issue.sections[0], stories=(first, *rest)), *issue.sections[1:])
    layout = replace(issue.layout, images="lead")
    composed(fake, replace(issue, sections=sections, layout=layout))


def pressed(cards: str) -> list[str]:
    return re.findall(r'data-do="picture" data-url="([^"]*)" aria-pressed="true"', cards)


def test_a_warning_of_the_build_leads_to_its_stories(fake: EditedDesk, session: Session):
    warned(fake, "a source without a link: stories 1, 2")

    checks = part(session, "checks")

    assert "a source without a link</p>" in checks
    assert re.findall(r'href="#card-(\w+)" data-do="show" [^>]*>(Story \d)<', checks) == [
        ("story0", "Story 1"),
        ("story10", "Story 2"),
    ]


def test_a_warning_in_the_report_leads_into_the_issue(fake: EditedDesk, session: Session):
    warned(fake, "a source without a link: story 2")

    page = session.get(f"/issues/{WEEK}").text

    assert f'<a class="to-card" href="/issues/{WEEK}?at=story10">Story 2</a>' in page


def test_what_a_page_says_names_no_command_to_type(fake: EditedDesk, session: Session):
    warned(fake, f"{ALL_HELD}: story 1")

    checks = part(session, "checks")

    assert "only the headline is printed</p>" in checks
    assert "newsletter why" not in checks


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a source without a link: story 999", "a source without a link: story 999"),
        ("no section for story 1 and others", "no section for story 1 and others"),
        ("a source without a link: story 1, 0", "a source without a link: story 1, 0"),
    ],
    ids=["unknown", "not behind", "none"],
)
def test_numbers_that_are_no_stories_numbers_stay(fake: EditedDesk, text: str, said: str):
    assert told(text, fake.editor.edited.issue, Choices(issue=WEEK)) == Told(text=said)


def test_a_story_without_its_picture_is_named_too(fake: EditedDesk):
    text = "stories 1, 2: no picture from The Ledger: is webp"

    found = told(text, fake.editor.edited.issue, Choices(issue=WEEK))

    assert found.text == "no picture from The Ledger: is webp"
    assert [story.number for story in found.stories] == [1, 2]


def test_markup_in_a_warning_is_shown_as_it_is_written(fake: EditedDesk, session: Session):
    warned(fake, "<b>a source</b> without a link: story 1")

    assert "&lt;b&gt;a source&lt;/b&gt; without a link</p>" in part(session, "checks")


def test_the_picture_that_is_shown_is_marked_before_anyone_chose(
    fake: EditedDesk, session: Session
):
    with_pictures(fake)

    assert pressed(part(session, "cards")) == [PICTURES[0]]


def test_no_picture_is_marked_where_none_is_shown(fake: EditedDesk, session: Session):
    with_pictures(fake)
    issue = fake.editor.base.issue
    composed(fake, replace(issue, layout=replace(issue.layout, images="none")))

    assert pressed(part(session, "cards")) == []


def test_a_size_stays_known_when_another_picture_is_chosen(fake: EditedDesk, session: Session):
    with_pictures(fake)

    session.change({"kind": "picture", "story": "story0", "text": PICTURES[1]})
    cards = part(session, "cards")

    assert pressed(cards) == [PICTURES[1]]
    assert cards.count("640 × 360 pixels</button>") == 2
    assert "size not known" not in cards


def test_a_published_issue_says_since_when_and_how_it_is_corrected(
    fake: EditedDesk, session: Session
):
    base = fake.editor.base.issue
    out = replace(base, status=Status.PUBLISHED, published_at=NOW - timedelta(hours=2))
    composed(fake, out)
    fake.editor.state = "published"

    page, bar = session.get(EDIT).text, part(session, "bar")

    assert f"<code>newsletter publish {WEEK} --republish</code>" in page
    assert "<b>Today at 15:48</b>" in bar
    assert "published</span>" in bar


def test_who_would_edit_what_is_published_is_told_how_it_is_corrected():
    built = Built(id=WEEK, status=Status.PUBLISHED, since=None, until=NOW, content="", report="")

    with pytest.raises(WishError, match=f"issue.json, then: newsletter publish {WEEK} --republish"):
        see_that_it_is_open(built)


def test_the_ring_of_a_sentence_on_offer_lies_within_its_list(page: Any):
    act(page, "story0", "Edit")
    offer = page.locator("#offered-story0 .offer").first
    offer.wait_for()
    press(page, "Shift+Tab", "Tab")  # from here on the focus is shown
    offer.focus()

    ring = "(one) => parseFloat(getComputedStyle(one).outlineOffset)"
    width = "(one) => parseFloat(getComputedStyle(one).outlineWidth)"
    assert offer.evaluate(ring) + offer.evaluate(width) <= 0


def test_a_phone_says_once_that_it_is_a_draft_again_and_leaves_room_to_edit(
    fake: EditedDesk, shared_page: Any, server: Server
):
    page = opened(shared_page, server, width=375)
    page.get_by_role("button", name=f"Approve {WEEK}").click()
    said(page, "is approved")
    fake.editor.redrafted = Event(kind="draft", at=NOW, cause="edited by Ada after it was approved")

    act(page, "story10", "Edit")
    page.locator("#f-headline-story10").fill("Passkeys for all")
    press(page, "Enter")
    said(page, "It was approved")

    lines = page.locator("#bar p").filter(has_text=re.compile("draft", re.IGNORECASE)).all()
    assert [one.bounding_box()["height"] > 2 for one in lines] == [True, False]
    assert page.locator(".foot").bounding_box()["height"] < 812 / 6
    assert card(page, "story10").get_by_role("button", name="Done").is_visible()
    page.goto("about:blank")  # its ear for news is let go before the server ends


def test_a_published_story_takes_the_whole_width_of_a_phone(
    fake: EditedDesk, shared_page: Any, server: Server
):
    composed(fake, replace(fake.editor.base.issue, status=Status.PUBLISHED))

    page = opened(shared_page, server, width=375)

    assert page.locator("#card-story10 .body").bounding_box()["width"] > 250
    page.goto("about:blank")  # its ear for news is let go before the server ends


def test_what_decides_stays_at_the_right_where_nothing_is_said_beside_it(
    fake: EditedDesk, page: Any
):
    fake.editor.redrafted = Event(kind="draft", at=NOW, cause="edited by Ada after it was approved")
    page.locator("#approve").click()
    said(page, "is approved")

    card(page, "story10").focus()
    press(page, "Delete")
    said(page, "It was approved")

    box = page.locator("#approve").bounding_box()
    assert box["x"] + box["width"] > 1150


@pytest.mark.parametrize(
    ("length", "told"),
    [
        (3_699, "1 word"),
        (3_700, "1 word, 3,700 of 4,000 characters"),
        (4_001, "1 word, 4,001 of 4,000 characters: too long"),
    ],
)
def test_the_limit_of_a_summary_is_told_once_it_is_near(page: Any, length: int, told: str):
    act(page, "story0", "Edit")

    page.locator("#f-summary-story0").fill("x" * length)

    assert page.locator("#n-summary-story0").inner_text() == told


def test_the_page_tells_the_limit_that_holds():
    assert SUMMARY_MOST == typed.MOST_SUMMARY
