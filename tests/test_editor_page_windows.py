"""One editor with two windows on her issue: neither loses anything, or is silent about it."""

from typing import Any

from editor_browsing import act, fake, opened, page, press, said, server, state, until
from editor_desk import EditedDesk

from newsletter.preview import Server

__all__ = ["fake", "page", "server"]


def test_what_was_done_in_one_window_is_told_in_the_other(
    fake: EditedDesk, page: Any, server: Server
):
    other = opened(page.context.new_page(), server)

    act(other, "story10", "Drop")
    told = said(page, "Meanwhile")
    done = said(other, "Dropped")

    assert told.startswith("Meanwhile you, elsewhere: dropped “Browser")
    assert "elsewhere" not in done
    other.close()


def test_one_of_two_windows_does_not_say_saved_of_what_the_other_has_replaced(
    fake: EditedDesk, page: Any, server: Server
):
    other = opened(page.context.new_page(), server)
    for window, text in ((page, "Port shut"), (other, "Port open")):
        act(window, "story0", "Edit")
        window.locator("#f-headline-story0").fill(text)
        press(window, "Enter")
        state(window, "Saved")
        # Each has heard of it: who has not is asked whose word is to stand.
        for one in (page, other):
            one.locator("#head-story0", has_text=text).wait_for(state="attached")

    state(page, "Changed since")

    assert page.locator("#f-headline-story0").input_value() == "Port open"
    assert "Meanwhile you, elsewhere: headline" in said(page, "Meanwhile")
    other.close()


def test_the_reasons_are_those_of_the_story_as_it_is_now(page: Any, server: Server):
    other = opened(page.context.new_page(), server)
    for window in (page, other):
        act(window, "story0", "Why")
        window.locator("#why [data-article]").first.wait_for()
    before = page.locator("#why [data-article]").count()

    other.locator("#why [data-article]").nth(1).check()
    other.locator("#why [data-do=split-off]").click()

    until(page, f"document.querySelectorAll('#why [data-article]').length === {before - 1}")
    other.close()


def test_what_is_ticked_stays_ticked_when_the_reasons_are_drawn_anew(page: Any):
    act(page, "story0", "Why")
    boxes = page.locator("#why [data-article]")
    boxes.nth(1).check()
    boxes.nth(1).evaluate("one => one.closest('li').setAttribute('data-stale', '')")

    act(page, "story10", "Drop")
    said(page, "Dropped")
    page.locator("#why [data-stale]").wait_for(state="detached")  # it is drawn anew

    assert boxes.nth(1).is_checked()
    assert page.locator("#why [data-do=split-off]").is_enabled()
