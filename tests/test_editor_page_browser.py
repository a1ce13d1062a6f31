"""The editing page in a real browser: what is dragged, touched, pressed and searched is done."""

from typing import Any

from browsing import overflow
from editor_browsing import act, card, drag, fake, opened, order, page, press, said, server
from editor_desk import EditedDesk

from newsletter.preview import Server

__all__ = ["fake", "page", "server"]

TECHNOLOGY = "Technology"


def test_the_coffee_on_a_phone(fake: EditedDesk, shared_page: Any, server: Server):
    page = opened(shared_page, server, width=375)

    page.get_by_role("button", name="Move up: Browser makers").click()
    said(page, "Place 1 of 4")
    page.get_by_role("button", name="Candidates").click()
    page.get_by_role("button", name="Add: Chip shares").click()
    said(page, "Brought in")
    page.get_by_role("button", name="Close", exact=True).click()
    act(page, "story0", "Edit")
    page.get_by_role("textbox", name="Headline").fill("Night cranes")
    card(page, "story0").get_by_role("button", name="Done").click()
    said(page, "Saved")
    act(page, "story0", "Move")
    page.get_by_role("button", name="First in Science").click()
    said(page, "stands first in Science")
    page.locator("#decide-hold summary").click()
    page.get_by_role("textbox", name="Why it is held").fill("a correction comes")
    page.get_by_role("button", name="Hold 2026-W47").click()
    said(page, "is held: a correction comes")

    assert order(fake, "Science")[0] == "story0"
    assert "spare0" in order(fake, TECHNOLOGY)
    assert fake.editor.headlines()["Science"][0] == "Night cranes"
    assert fake.editor.words == [("hold", "a correction comes", "Ada")]
    assert overflow(page) == 0
    page.goto("about:blank")


def test_a_card_is_dragged_into_another_section_and_a_candidate_among_the_cards(
    fake: EditedDesk, page: Any
):
    page.set_viewport_size({"width": 1200, "height": 1400})

    drag(page, card(page, "story30").locator(".grip"), card(page, "story40"))
    said(page, "in Energy & climate")
    chips = page.locator("#candidate-spare0 h3")
    drag(page, chips, card(page, "story10"), below=True)
    said(page, "Brought in: Chip shares")

    assert order(fake, "Energy & climate")[0] == "story30"
    assert set(order(fake, TECHNOLOGY)) == {"story0", "story10", "spare0", "story20"}
    assert page.locator("#candidate-spare0").count() == 0


def test_what_was_done_is_undone_done_again_and_taken_back_in_the_list(fake: EditedDesk, page: Any):
    card(page, "story10").focus()
    press(page, "Delete")
    said(page, "Dropped")

    press(page, "z")
    said(page, "Undone: dropped “Browser makers")
    is_back = "story10" in order(fake, TECHNOLOGY)
    press(page, "y")
    said(page, "Done again")
    is_gone = "story10" not in order(fake, TECHNOLOGY)
    press(page, "l")
    said(page, "leads")
    page.get_by_role("button", name="Changes 2").click()
    page.get_by_role("button", name="Take back edit 1").click()
    said(page, "Taken back")

    assert (is_back, is_gone) == (True, True)
    assert order(fake, TECHNOLOGY)[:2] == ["story20", "story0"]
    assert "story10" in order(fake, TECHNOLOGY)


def test_keys_act_neither_in_fields_nor_once_they_are_switched_off(fake: EditedDesk, page: Any):
    page.get_by_role("searchbox").fill("")
    page.get_by_role("searchbox").press_sequentially("lzp")
    page.keyboard.press("Escape")
    press(page, "?")
    page.get_by_label("Letters act").uncheck()
    press(page, "Escape")
    card(page, "story10").focus()
    press(page, "l", "w")

    assert fake.editor.edits == []
    assert page.locator("[data-panel=why]").is_hidden()


def test_candidates_are_found_by_word_and_section(page: Any):
    page.get_by_role("searchbox").fill("menu SCHOOL")
    by_words = page.locator(".candidate:visible h3").all_inner_texts()
    page.get_by_role("searchbox").fill("")
    page.get_by_role("button", name="Technology 2").click()
    by_section = page.locator("#candidates .candidate:visible h3").all_inner_texts()

    assert by_words == ["School kitchens share one menu and one van"]
    assert [one.split()[0] for one in by_section] == ["Chip", "Phone"]


def test_an_approved_issue_that_is_edited_is_a_draft_again_and_says_so(fake: EditedDesk, page: Any):
    page.get_by_role("button", name="Approve 2026-W47").click()
    said(page, "is approved")
    page.locator("#approve:disabled").wait_for()

    card(page, "story10").focus()
    press(page, "Delete")
    said(page, "It was approved; since this change it is a draft again")

    page.locator("#approve:enabled").wait_for()
