"""Nothing that was typed or said on the editing page goes without a word: choices, lost stories."""

import json
from typing import Any

import pytest
from editor_browsing import (
    HEADLINE,
    act,
    another,
    by_ida,
    card,
    clash,
    come,
    fake,
    headline,
    opened,
    page,
    press,
    said,
    server,
    state,
    until,
)
from editor_desk import EditedDesk
from preview_desk import WEEK

from newsletter.model import Wish
from newsletter.preview import Server

__all__ = ["fake", "page", "server"]


def hide(page: Any, hidden: bool) -> None:
    """Have the tab go behind another, or come back."""
    page.evaluate(
        """(hidden) => {
          Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )


def test_escape_keeps_what_was_typed_and_the_question_until_she_chooses(
    fake: EditedDesk, page: Any
):
    clash(fake, page)

    press(page, "Escape")
    said(page, "Not saved: choose")
    kept = page.locator(HEADLINE).input_value()
    theirs = headline(fake)
    page.get_by_role("button", name="Use mine").click()
    state(page, "Saved")

    assert (kept, theirs) == ("Night cranes", "Port shut")
    assert headline(fake) == "Night cranes"


def test_who_kept_theirs_can_have_hers_after_all(fake: EditedDesk, page: Any):
    clash(fake, page)

    page.get_by_role("button", name="Keep theirs").click()
    state(page, "Theirs was kept")
    theirs = headline(fake)
    card(page, "story0").get_by_role("button", name="Use mine after all").click()
    state(page, "Saved")

    assert theirs == "Port shut"
    assert headline(fake) == "Night cranes"


def test_what_was_typed_for_a_story_that_has_gone_is_shown_until_she_throws_it_away(
    fake: EditedDesk, page: Any
):
    fake.editor.is_read_only = True
    act(page, "story20", "Edit")
    page.locator("#f-headline-story20").fill("Court stops scores")
    press(page, "Enter")
    said(page, "Not saved")
    fake.editor.is_read_only = False
    by_ida(fake, Wish(kind="drop", story="story20"))

    come(page, page.reload)
    box = page.get_by_role("region", name="Typed for a story that is not here now")
    box.wait_for()
    label = box.locator("label").inner_text()
    kept = box.get_by_role("textbox").input_value()
    box.get_by_role("button", name="Discard").click()
    said(page, "Thrown away")

    assert label.startswith("Headline of “Court")
    assert kept == "Court stops scores"
    assert page.evaluate("sessionStorage.length") == 0
    assert [one.kind for one in fake.editor.edits] == ["drop"]


def test_a_story_that_comes_back_finds_what_was_typed_for_it(fake: EditedDesk, page: Any):
    fake.editor.is_read_only = True
    act(page, "story20", "Edit")
    page.locator("#f-headline-story20").fill("Court stops scores")
    press(page, "Enter")
    said(page, "Not saved")
    fake.editor.is_read_only = False
    by_ida(fake, Wish(kind="drop", story="story20"))
    come(page, page.reload)
    page.locator("#lost").wait_for()

    page.locator("#candidate-story20 [data-do=add]").click()
    card(page, "story20").locator(".state", has_text="Not saved yet").wait_for()

    assert page.locator("#f-headline-story20").input_value() == "Court stops scores"
    assert page.locator("#lost").is_hidden()


@pytest.mark.parametrize("choice", ["Look at it first", "Approve it as it is now"])
def test_who_approves_what_she_has_not_seen_is_shown_it_and_asked(
    fake: EditedDesk, page: Any, choice: str
):
    by_ida(fake, Wish(kind="note", text="We erred."))
    page.get_by_role("button", name="Approve 2026-W47").click()

    question = page.locator("#clash")
    question.get_by_role("button", name=choice).wait_for()
    told = question.inner_text()
    question.get_by_role("button", name=choice).click()
    if choice.startswith("Approve"):
        said(page, "is approved")

    assert "Ida changed the note" in told
    assert "We erred." in page.locator("#own-note").inner_text()
    assert len(fake.editor.words) == int(choice.startswith("Approve"))


def test_undo_takes_back_what_its_button_shows_and_nothing_else(
    fake: EditedDesk, page: Any, server: Server
):
    card(page, "story10").focus()
    press(page, "Delete")
    said(page, "Dropped")
    hide(page, True)
    fake.editor.change(WEEK, [Wish(kind="note", text="We erred.")], None, "Ada")

    press(page, "z")
    told = said(page, "Not done: this was another step")

    assert "“We erred.”" in told
    assert not any(one.reverted_at for one in fake.editor.edits)


def test_an_answer_that_was_lost_is_not_made_up_for_by_a_second_step(fake: EditedDesk, page: Any):
    for story in ("story10", "story20"):
        card(page, story).focus()
        press(page, "Delete")
        card(page, story).wait_for(state="detached")

    def lose(route: Any) -> None:
        route.fetch()
        route.abort("connectionrefused")

    page.route("**/undo", lose)
    press(page, "z")
    said(page, "Not done: the preview does not answer")
    page.unroute("**/undo")
    card(page, "story20").wait_for()  # it has heard of what was done all the same
    page.get_by_role("button", name="Try again").click()
    said(page, "another step")

    assert [one.reverted_at is None for one in fake.editor.edits] == [True, False]


def test_what_others_did_is_told_with_the_answer_to_a_change(fake: EditedDesk, page: Any):
    hide(page, True)
    by_ida(fake, Wish(kind="note", text="We erred."))

    act(page, "story0", "Edit")
    page.locator(HEADLINE).fill("Night cranes")
    press(page, "Enter")

    assert said(page, "Meanwhile") == "Saved 17:48. Meanwhile Ida: note: “We erred.”"


def test_a_tab_that_is_not_seen_holds_no_connection_and_catches_up(
    fake: EditedDesk, page: Any, server: Server
):
    other = another(page, server)
    with page.expect_event("requestfailed", lambda one: one.url.endswith("/events")):
        hide(page, True)
    card(other, "story10").focus()
    press(other, "Delete")
    said(other, "Dropped")
    other.close()

    still = card(page, "story10").count()
    hide(page, False)
    card(page, "story10").wait_for(state="detached")

    assert still == 1


def test_a_server_that_never_answers_is_not_waited_for_and_the_text_stays(
    fake: EditedDesk, browser_page: Any, server: Server
):
    browser_page.clock.install()
    page = opened(browser_page, server)
    fake.editor.held.clear()
    act(page, "story0", "Edit")
    page.locator(HEADLINE).fill("Night cranes")
    press(page, "Enter")
    state(page, "Saving")

    page.clock.fast_forward(61_000)
    state(page, "has not answered for a minute")
    kept = json.loads(page.evaluate("Object.values(sessionStorage)[0]"))
    fake.editor.held.set()
    page.goto("about:blank")

    assert kept["headline-story0"]["text"] == "Night cranes"


@pytest.mark.parametrize("choice", ["Look at it first", "Approve without it"])
def test_who_approves_what_is_not_saved_is_asked(fake: EditedDesk, page: Any, choice: str):
    clash(fake, page)

    page.locator("#approve").click()
    question = page.locator("#clash .question", has_text="what you typed is not saved")
    told = question.inner_text()
    before = list(fake.editor.words)
    question.get_by_role("button", name=choice).click()

    assert "Night cranes" in told
    assert before == []
    if choice.startswith("Approve"):
        said(page, "is approved")
    else:
        until(page, "document.activeElement.id === 'f-headline-story0'")
    assert len(fake.editor.words) == int(choice.startswith("Approve"))


def test_what_is_typed_last_is_saved_before_the_approval(fake: EditedDesk, page: Any):
    act(page, "story0", "Edit")
    page.locator(HEADLINE).fill("Night cranes")
    page.locator("#approve").click()

    said(page, "is approved")
    assert [one.text for one in fake.editor.edits] == ["Night cranes"]
    assert fake.editor.state == "approved"
