"""Where the focus stays when what had it goes: typing never turns into commands."""

from typing import Any

import pytest
from editor_asking import EDIT
from editor_browsing import act, card, fake, page, press, said, server, until
from editor_desk import EditedDesk
from preview_desk import WEEK

from newsletter.model import Wish
from newsletter.preview import Server

__all__ = ["fake", "page", "server"]

# However slow all this is, the hand does not rest: what is typed is not saved by itself.
RESTLESS = """() => {
  const later = window.setTimeout;
  window.setTimeout = (act, pause) => (pause >= 1000 ? 0 : later(act, pause));
}"""


@pytest.mark.parametrize("typed", ["Night", ""], ids=["typed", "nothing typed yet"])
def test_who_types_on_when_the_story_goes_gives_no_commands(
    fake: EditedDesk, page: Any, typed: str
):
    act(page, "story0", "Edit")
    page.locator("#f-headline-story0").focus()
    page.evaluate(RESTLESS)
    fake.editor.change(WEEK, [Wish(kind="drop", story="story0")], None, "Ida")

    page.keyboard.type(typed)
    page.evaluate("import('/static/edit/sending.js').then((it) => it.refresh())")
    card(page, "story0").wait_for(state="detached")
    press(page, "z", "y", "p", "c")

    assert "is not in the issue any more" in (told := page.locator("#said").inner_text())
    assert "Meanwhile Ida" in told
    assert page.locator("[data-panel=preview]").is_hidden()
    assert [one.kind for one in fake.editor.edits if one.reverted_at is None] == ["drop"]
    assert page.evaluate("document.activeElement !== document.body")


def test_what_comes_while_a_pointer_is_down_waits_for_its_click(fake: EditedDesk, page: Any):
    box = page.locator("#own-note [data-do=edit-own]").bounding_box()
    page.mouse.move(box["x"] + 4, box["y"] + 4)
    page.mouse.down()
    fake.editor.change(WEEK, [Wish(kind="intro", text="One\n\nTwo\n\nThree")], None, "Ida")
    page.evaluate("import('/static/edit/sending.js').then((it) => it.refresh())")
    before = page.locator("#own-intro").inner_text()
    page.mouse.up()
    page.locator("#own-intro", has_text="Three").wait_for()

    assert "Three" not in before
    assert page.locator("#f-note").is_visible()


def test_after_a_new_start_and_login_the_old_page_goes_on(
    fake: EditedDesk, page: Any, server: Server
):
    page.context.clear_cookies()
    again = page.context.new_page()
    again.goto(server.address(EDIT))
    again.close()

    act(page, "story0", "Drop")

    said(page, "Dropped")
    assert [one.by for one in fake.editor.edits] == ["Ada"]


def test_keys_lead_into_the_search_and_from_there_to_the_rows(page: Any):
    press(page, "c")
    page.keyboard.type("sudan")
    typed = page.locator("#find").input_value()
    page.locator("#find").fill("")
    press(page, "ArrowDown")

    assert typed == "sudan"
    assert page.evaluate("document.activeElement.dataset.do") == "add"


def test_the_reason_for_holding_can_be_typed_at_once(fake: EditedDesk, page: Any):
    page.locator("#decide-hold summary").press("Enter")
    until(page, "document.activeElement.id === 'because-hold'")
    page.keyboard.type("the lawyer reads it")
    press(page, "Enter")

    said(page, "is held")
    assert [word for word, *_ in fake.editor.words] == ["hold"]
    assert fake.editor.words[0][1] == "the lawyer reads it"
