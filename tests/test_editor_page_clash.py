"""Whose word is to stand is asked beside the field: typing on presses nothing and is kept."""

from typing import Any

from editor_browsing import (
    HEADLINE,
    act,
    card,
    clash,
    fake,
    headline,
    page,
    press,
    said,
    server,
    state,
    until,
)
from editor_desk import EditedDesk

__all__ = ["fake", "page", "server"]


def test_who_types_on_while_the_question_opens_types_into_her_own_text(fake: EditedDesk, page: Any):
    clash(fake, page)

    page.keyboard.type(" by the sea")
    press(page, "Enter")
    typed = page.locator(HEADLINE).input_value()
    meanwhile = headline(fake)
    page.get_by_role("button", name="Use mine").click()
    state(page, "Saved")

    assert (typed, meanwhile) == ("Night cranes by the sea", "Port shut")
    assert headline(fake) == "Night cranes by the sea"


def test_the_question_is_answered_by_tab_and_enter(fake: EditedDesk, page: Any):
    clash(fake, page)

    press(page, "Tab", "Enter")
    state(page, "Theirs was kept")

    assert headline(fake) == "Port shut"
    assert page.locator(HEADLINE).input_value() == "Port shut"
    assert page.evaluate("document.activeElement.id") == "f-headline-story0"


def test_theirs_is_kept_though_something_else_was_saved_while_she_was_asked(
    fake: EditedDesk, page: Any
):
    clash(fake, page)

    page.locator("#f-summary-story0").fill("A trial of cranes by night.")
    said(page, "Saved")
    page.get_by_role("button", name="Keep theirs").click()
    until(page, f"document.querySelector('{HEADLINE}').value === 'Port shut'")

    assert headline(fake) == "Port shut"


def test_a_session_that_ended_is_told_with_the_way_back_in(fake: EditedDesk, page: Any):
    page.context.clear_cookies()
    act(page, "story0", "Edit")
    page.locator(HEADLINE).fill("Night cranes")
    press(page, "Enter")

    told = card(page, "story0").locator(".state", has_text="started anew")
    told.wait_for()

    assert "open the address that the terminal prints; your text is kept here" in told.inner_text()
    assert "/login" not in told.inner_text()
