"""What is typed and not saved: whose it is, what it gives way to, and what becomes of it."""

from collections.abc import Iterator
from typing import Any

import pytest
from doors import HASH, PASSWORD
from editor_asking import EDIT
from editor_browsing import (
    HEADLINE,
    act,
    another,
    card,
    come,
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
from preview_desk import WEEK, served

from newsletter.model import Wish
from newsletter.preview import Server
from newsletter.preview.login import Access

__all__ = ["fake", "page", "server"]

RESTORE = "Restore the generated headline"


@pytest.fixture
def house(fake: EditedDesk) -> Iterator[Server]:
    """Serve the same desk to whoever knows the password."""
    with served(fake, access=Access(password=HASH)) as server:
        yield server


def saved(page: Any, text: str) -> None:
    """Write a headline and wait until it is saved, and is in force on the page."""
    page.locator(HEADLINE).fill(text)
    press(page, "Enter")
    page.locator("#head-story0", has_text=text).wait_for(state="attached")


def unreachable(page: Any, *names: str) -> None:
    """Let nothing that changes the issue through to the server by these doors."""
    for name in names:
        page.route(
            f"**/{name}",
            lambda route: (
                route.abort("connectionrefused")
                if route.request.method == "POST"
                else route.continue_()
            ),
        )


def shown(page: Any, text: str) -> None:
    """Wait until the field shows *text*."""
    until(page, f"text => document.querySelector('{HEADLINE}').value === text", text)


def in_force(fake: EditedDesk) -> list[str]:
    return [one.text for one in fake.editor.edits if one.reverted_at is None]


def test_restoring_what_was_generated_takes_back_what_was_typed_last_too(
    fake: EditedDesk, page: Any
):
    generated = headline(fake)
    act(page, "story0", "Edit")
    saved(page, "First words")

    page.locator(HEADLINE).fill("Second words")
    page.get_by_role("button", name=RESTORE).click()
    said(page, "Taken back")
    shown(page, generated)

    assert headline(fake) == generated
    assert [one.text for one in fake.editor.edits] == ["First words", "Second words"]
    assert page.evaluate("sessionStorage.length") == 0


def test_what_was_taken_back_in_several_steps_is_done_again_step_by_step(
    fake: EditedDesk, page: Any
):
    act(page, "story0", "Edit")
    saved(page, "First words")
    saved(page, "Second words")
    page.get_by_role("button", name=RESTORE).click()
    page.get_by_role("button", name=RESTORE).wait_for(state="detached")
    until(page, "document.activeElement.id === 'f-headline-story0'")

    press(page, "Escape")
    card(page, "story0").locator("h3").wait_for()
    press(page, "y")
    said(page, "Done again")
    press(page, "y")
    page.locator("#head-story0", has_text="Second words").wait_for()

    assert headline(fake) == "Second words"


def test_what_others_wrote_since_the_click_is_not_taken_back_unasked(fake: EditedDesk, page: Any):
    act(page, "story0", "Edit")
    saved(page, "First words")
    page.route("**/edits?seen=*", lambda route: route.abort("connectionrefused"))  # hears no news
    fake.editor.change(WEEK, [Wish(kind="headline", story="story0", text="Port shut")], None, "Ida")

    page.get_by_role("button", name=RESTORE).click()
    page.locator("#clash", has_text="Port shut").wait_for()
    page.unroute("**/edits?seen=*")

    assert headline(fake) == "Port shut"


def test_what_is_typed_is_kept_until_what_takes_its_place_is_done(fake: EditedDesk, page: Any):
    generated = headline(fake)
    act(page, "story0", "Edit")
    saved(page, "First words")
    unreachable(page, "revert", "edits")

    page.locator(HEADLINE).fill("Second words")
    page.get_by_role("button", name=RESTORE).click()
    said(page, "Not done")
    kept = page.evaluate("JSON.stringify(sessionStorage)")
    page.unroute("**/revert")
    page.locator("#said").get_by_role("button", name="Try again").click()
    said(page, "Taken back")
    shown(page, generated)
    page.unroute("**/edits")

    assert "Second words" in kept
    assert headline(fake) == generated
    assert page.evaluate("sessionStorage.length") == 0


def test_who_types_on_after_an_answer_was_lost_is_not_asked_about_her_own_words(
    fake: EditedDesk, page: Any
):
    def lose(route: Any) -> None:
        route.fetch()
        route.abort("connectionrefused")

    page.route("**/edits", lose, times=1)
    act(page, "story0", "Edit")
    page.locator(HEADLINE).fill("Port clo ")
    press(page, "Enter")
    state(page, "Not saved")
    page.locator(HEADLINE).fill("Port closed")
    press(page, "Enter")

    state(page, "Saved 17:48")

    assert in_force(fake) == ["Port clo", "Port closed"]
    assert page.locator(".question").count() == 0


def test_what_she_wrote_in_another_window_is_asked_about(fake: EditedDesk, page: Any):
    act(page, "story0", "Edit")
    fake.editor.change(WEEK, [Wish(kind="headline", story="story0", text="Port shut")], None, "Ada")
    page.locator(HEADLINE).fill("Port closed")
    press(page, "Enter")

    card(page, "story0").get_by_text("Somebody changed this meanwhile").wait_for()

    assert headline(fake) == "Port shut"


def test_a_page_that_stumbles_over_an_answer_still_saves_what_is_typed_next(
    fake: EditedDesk, page: Any, server: Server
):
    other = another(page, server)
    act(other, "story0", "Edit")
    with other.expect_event("pageerror"):
        other.evaluate(
            """() => {
                const { morph } = Idiomorph;
                Idiomorph.morph = () => { Idiomorph.morph = morph; throw new Error("stumbled"); };
            }"""
        )
        other.locator(HEADLINE).fill("Night")
        press(other, "Enter")

    other.locator(HEADLINE).fill("Night cranes")
    press(other, "Enter")
    other.locator("#head-story0", has_text="Night cranes").wait_for(state="attached")
    other.context.close()

    assert headline(fake) == "Night cranes"


def logged_in(page: Any, house: Server, name: str) -> None:
    """Have the tab of *page* be that of another person."""
    page.goto(f"{house.url}login?to={EDIT}")
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    come(page, page.get_by_role("button", name="Log in").click)


def left_unsaved(page: Any, house: Server) -> None:
    """Have Ada type what cannot be saved, and Bob come to her tab."""
    page.on("dialog", lambda dialog: dialog.accept())
    logged_in(page, house, "Ada")
    unreachable(page, "edits")
    act(page, "story0", "Edit")
    page.locator(HEADLINE).fill("A thought of Ada’s")
    press(page, "Enter")
    state(page, "Not saved")
    page.unroute("**/edits")
    page.context.clear_cookies()
    logged_in(page, house, "Bob")


def test_what_one_editor_typed_is_not_saved_as_anothers(fake: EditedDesk, page: Any, house: Server):
    other = page.context.browser.new_context().new_page()
    left_unsaved(other, house)

    box = other.get_by_role("region", name="Typed in this tab by somebody else")
    told = box.locator("label").inner_text()
    act(other, "story10", "Edit")
    other.locator("#f-headline-story10").fill("Bob’s own")
    press(other, "Enter")
    said(other, "Saved 17:48")
    other.context.clear_cookies()
    logged_in(other, house, "Ada")
    state(other, "Saved 17:48")
    other.context.close()

    assert told.startswith("Headline of “")
    assert told.endswith("typed by Ada")
    assert [(one.by, one.text) for one in fake.editor.edits] == [
        ("Bob", "Bob’s own"),
        ("Ada", "A thought of Ada’s"),
    ]


@pytest.mark.parametrize("choice", ["Save as mine", "Discard"])
def test_who_finds_it_says_whether_it_is_saved_or_thrown_away(
    fake: EditedDesk, page: Any, house: Server, choice: str
):
    other = page.context.browser.new_context().new_page()
    left_unsaved(other, house)

    other.locator("#others").get_by_role("button", name=choice).click()
    other.locator("#others").wait_for(state="hidden")
    said(other, "Saved 17:48" if choice == "Save as mine" else "Thrown away")
    left = other.evaluate("sessionStorage.length")
    other.context.close()

    made = [("Bob", "A thought of Ada’s")] if choice == "Save as mine" else []
    assert [(one.by, one.text) for one in fake.editor.edits] == made
    assert left == 0


def test_a_sponsor_without_a_name_stays_open_and_says_what_is_missing(fake: EditedDesk, page: Any):
    page.locator("#own-sponsor [data-do=edit-own]").click()
    page.locator("#f-sponsor-text").fill("Bread for the night shift.")
    page.locator("#own-sponsor [data-do=done]").click()

    told = said(page, "Not saved: say who paid")
    is_open = page.locator("#own-sponsor.editing").count() == 1
    page.keyboard.type("The corner bakery")  # the field that is missing has the focus
    page.locator("#own-sponsor [data-do=done]").click()
    page.locator("#own-sponsor .shown", has_text="The corner bakery").wait_for()
    said(page, "Saved 17:48")

    assert is_open
    assert told.endswith("or empty the other fields")
    sponsor = fake.editor.edited.issue.sponsor
    assert sponsor
    assert (sponsor.name, sponsor.text) == ("The corner bakery", "Bread for the night shift.")


def test_a_sponsor_whose_fields_are_empty_again_is_none_and_closes(fake: EditedDesk, page: Any):
    page.locator("#own-sponsor [data-do=edit-own]").click()
    page.locator("#f-sponsor-text").fill("Bread")
    page.locator("#f-sponsor-text").fill("")
    page.locator("#own-sponsor [data-do=done]").click()
    page.locator("#own-sponsor:not(.editing)").wait_for()

    assert fake.editor.edits == []
    assert page.evaluate("sessionStorage.length") == 0
