"""More of what hands do on the editing page: texts in place, pictures, clashes, no script."""

from typing import Any

import pytest
from editor_asking import Session, session
from editor_browsing import (
    HEADLINE,
    act,
    card,
    fake,
    headline,
    noted,
    order,
    page,
    press,
    said,
    server,
    state,
    until,
)
from editor_desk import EditedDesk
from test_editor_page_typing import by_ida

from newsletter.preview import Server

__all__ = ["fake", "page", "server", "session"]


def test_a_lifted_card_is_put_back_with_escape(fake: EditedDesk, page: Any):
    card(page, "story10").focus()

    press(page, "Space", "ArrowDown", "ArrowDown", "ArrowDown")
    told = said(page, "Place 1 of 4 in Energy & climate")
    press(page, "Escape")

    places = page.locator(".story").evaluate_all("all => all.map((one) => one.dataset.story)")
    assert "Arrows move it, Space sets it down, Esc puts it back." in told
    assert places[:4] == ["story0", "story10", "story20", "story30"]
    assert fake.editor.edits == []
    assert page.evaluate("document.activeElement.id") == "card-story10"


def test_without_script_the_page_reads_and_the_word_is_taken(
    fake: EditedDesk, page: Any, server: Server
):
    context = page.context.browser.new_context(java_script_enabled=False)
    bare = context.new_page()
    bare.goto(server.address("/issues/2026-W47/edit"))

    stories = bare.locator(".story:visible").count()
    buttons = bare.get_by_role("button", name="Edit", exact=True).count()
    bare.locator("#decide-skip summary").click()
    bare.get_by_role("button", name="Skip 2026-W47").click()
    bare.get_by_text("2026-W47 is skipped").wait_for()
    context.close()

    assert (stories, buttons) == (12, 0)
    assert fake.editor.words == [("skip", "", "Ada")]


@pytest.mark.parametrize("end", ["Enter", "blur"])
def test_what_is_typed_is_saved_at_the_end_of_the_field(fake: EditedDesk, page: Any, end: str):
    act(page, "story0", "Edit")
    noted(page)
    page.locator(HEADLINE).fill("Night cranes")

    press(page, "Enter" if end == "Enter" else "Tab")
    state(page, "Saved 17:48")

    assert page.evaluate("states") == ["Not saved yet", "Saving…", "Saved 17:48"]
    assert headline(fake) == "Night cranes"
    assert page.locator(HEADLINE).input_value() == "Night cranes"


def test_a_text_that_is_refused_stays_with_the_reason(fake: EditedDesk, page: Any):
    act(page, "story0", "Edit")
    page.locator(HEADLINE).fill("long " * 70)
    press(page, "Enter")

    state(page, "your text is kept here")

    assert "300" in page.locator("#card-story0 .state").inner_text()
    assert len(page.locator(HEADLINE).input_value()) == 350
    page.locator(HEADLINE).fill("short")
    press(page, "Enter")
    state(page, "Saved")
    assert headline(fake) == "short"


@pytest.mark.parametrize(
    ("choice", "stays"), [("Keep theirs", "Port shut"), ("Use mine", "Night cranes")]
)
def test_whose_word_stands_after_a_clash_goes_on_from_it(
    fake: EditedDesk, page: Any, choice: str, stays: str
):
    act(page, "story0", "Edit")
    by_ida(fake, "Port shut")
    page.locator(HEADLINE).fill("Night cranes")
    press(page, "Enter")

    told = page.locator("#clash-headline-story0 .question").inner_text()
    page.get_by_role("button", name=choice).click()
    state(page, "Saved" if choice == "Use mine" else "Theirs was kept")

    assert "Ida changed the headline of" in told
    assert "Port shut" in told
    assert (headline(fake), page.locator(HEADLINE).input_value()) == (stays, stays)
    page.locator(HEADLINE).press_sequentially("!")
    press(page, "Enter")
    page.locator("#head-story0", has_text=f"{stays}!").wait_for(state="attached")
    assert headline(fake) == f"{stays}!"


def test_a_card_in_the_hand_stays_there_while_others_change_the_issue(
    fake: EditedDesk, page: Any, session: Session
):
    card(page, "story10").focus()
    press(page, "Space", "ArrowDown")

    session.change({"kind": "drop", "story": "story30"})
    press(page, "ArrowDown", "Space")
    said(page, "in Technology: Browser makers")
    card(page, "story30").wait_for(state="detached")

    assert order(fake, "Technology") == ["story0", "story20", "story10"]


def test_the_texts_of_the_issue_are_written_in_place(fake: EditedDesk, page: Any):
    page.locator("#own-note").get_by_role("button", name="Write note").click()
    page.get_by_role("textbox", name="Note").fill("We erred: **Lowmere** is north.")
    page.locator("#own-note").get_by_role("button", name="Done").click()
    said(page, "Saved")
    page.locator("#own-sponsor").get_by_role("button", name="Add sponsor").click()
    page.get_by_role("textbox", name="Text").fill("Saves the day.")
    page.get_by_role("textbox", name="Who paid").fill("Lowmere Savings")
    page.locator("#own-sponsor").get_by_role("button", name="Done").click()
    page.locator("#own-sponsor .shown", has_text="Lowmere Savings Saves the day.").wait_for()

    issue = fake.editor.edited.issue
    assert issue.note == "We erred: **Lowmere** is north."
    assert issue.sponsor is not None
    assert (issue.sponsor.name, issue.sponsor.text) == ("Lowmere Savings", "Saves the day.")


def test_a_sentence_of_the_sources_is_appended_by_a_click(fake: EditedDesk, page: Any):
    act(page, "story0", "Edit")

    page.get_by_role("button", name="The port wants a second trial in autumn.").click()
    said(page, "Saved")

    last = fake.editor.edited.issue.stories[0].summary[-1]
    assert (last.text, last.by_hand) == ("The port wants a second trial in autumn.", False)


def test_what_was_written_gives_way_to_what_was_generated(fake: EditedDesk, page: Any):
    act(page, "story0", "Edit")
    page.locator(HEADLINE).fill("Night cranes")
    press(page, "Enter")
    said(page, "Saved")

    page.get_by_role("button", name="Restore the generated headline").click()
    said(page, "Taken back")
    until(page, f"document.querySelector('{HEADLINE}').value.startsWith('Velsum port hands')")

    assert headline(fake).startswith("Velsum port hands")


def test_a_picture_is_chosen_then_another_then_none(fake: EditedDesk, page: Any):
    act(page, "story0", "Edit")

    page.locator("[data-url$='cranes-1.jpg']").click()
    said(page, "This picture is shown")
    first = pictures(fake)
    page.locator("[data-url$='cranes-0.jpg']").click()
    page.locator("[data-url$='cranes-0.jpg'][aria-pressed=true]").wait_for()
    second = pictures(fake)
    page.get_by_role("button", name="No picture").click()
    said(page, "No picture is shown")

    assert first == ["https://pictures.example/cranes-1.jpg"]
    assert second == ["https://pictures.example/cranes-0.jpg"]
    assert pictures(fake) == []


def pictures(fake: EditedDesk) -> list[str]:
    """The pictures that the first story has now."""
    return [one.image for one in fake.editor.edited.issue.stories[0].articles if one.image]
