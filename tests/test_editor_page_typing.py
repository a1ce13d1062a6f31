"""Typing on the editing page: saved by itself, and kept whatever happens to the saving."""

from typing import Any

from editor_browsing import (
    HEADLINE,
    act,
    another,
    card,
    come,
    fake,
    headline,
    noted,
    order,
    page,
    press,
    said,
    server,
    state,
)
from editor_desk import EditedDesk
from preview_desk import WEEK

from newsletter.model import Wish
from newsletter.preview import Server

__all__ = ["fake", "page", "server"]


def by_ida(fake: EditedDesk, text: str) -> None:
    """Have somebody else write another headline, of which this page has not heard."""
    fake.editor.change(WEEK, [Wish(kind="headline", story="story0", text=text)], None, "Ida")


def test_what_is_typed_is_saved_when_the_hand_rests(fake: EditedDesk, page: Any):
    act(page, "story0", "Edit")
    noted(page)
    page.locator(HEADLINE).fill("Night cranes")

    state(page, "Saved 17:48")

    assert page.evaluate("states") == ["Not saved yet", "Saving…", "Saved 17:48"]
    assert headline(fake) == "Night cranes"
    assert page.locator(HEADLINE).input_value() == "Night cranes"


def test_what_is_typed_while_it_is_being_saved_is_saved_too(fake: EditedDesk, page: Any):
    fake.editor.held.clear()
    act(page, "story0", "Edit")
    page.locator(HEADLINE).fill("Night")
    press(page, "Enter")
    state(page, "Saving")

    page.locator(HEADLINE).press_sequentially(" cranes")
    fake.editor.held.set()
    state(page, "Saved 17:48")

    assert page.locator(HEADLINE).input_value() == "Night cranes"
    assert headline(fake) == "Night cranes"
    assert [one.text for one in fake.editor.edits] == ["Night", "Night cranes"]


def test_a_text_that_cannot_be_saved_stays_in_the_page_over_a_reload(fake: EditedDesk, page: Any):
    fake.editor.is_read_only = True
    act(page, "story0", "Edit")
    page.locator(HEADLINE).fill("Night cranes")
    press(page, "Enter")
    state(page, "Not saved: the database is read-only; your text is kept here.")

    come(page, page.reload)
    state(page, "Not saved: the database is read-only")  # it was tried again by itself
    kept = page.locator(HEADLINE).input_value()
    fake.editor.is_read_only = False
    card(page, "story0").get_by_role("button", name="Try again").click()
    state(page, "Saved")

    assert kept == "Night cranes"
    assert headline(fake) == "Night cranes"
    assert page.evaluate("sessionStorage.length") == 0


def test_who_wrote_the_same_as_somebody_else_sees_both_and_chooses(fake: EditedDesk, page: Any):
    act(page, "story0", "Edit")
    by_ida(fake, "Port shut")
    page.locator(HEADLINE).fill("Night cranes")
    press(page, "Enter")

    state(page, "Not saved: choose")
    told = page.locator("#clash-headline-story0").inner_text()
    page.get_by_role("button", name="Use mine").click()
    state(page, "Saved")

    assert "Ida changed the headline of" in told
    assert "Port shut" in told
    assert (headline(fake), page.locator(HEADLINE).input_value()) == (
        "Night cranes",
        "Night cranes",
    )


def test_the_second_tab_learns_what_the_first_did_and_keeps_what_is_being_typed(
    fake: EditedDesk, page: Any, server: Server
):
    other = another(page, server)
    act(other, "story0", "Edit")
    other.locator(HEADLINE).press_sequentially(" by")

    card(page, "story10").focus()
    press(page, "Delete")
    said(page, "Dropped")
    card(other, "story10").wait_for(state="detached")
    other.keyboard.type(" night")
    other.keyboard.press("Enter")
    page.locator("#head-story0", has_text="trials by night").wait_for()
    said(other, "Saved")
    other.context.close()

    assert headline(fake).endswith("trials by night")
    assert "story10" not in order(fake, "Technology")
