"""The whole coffee by mouse, and on a phone: by touch, with what is there for a finger."""

from collections.abc import Iterator
from typing import Any

import pytest
from browsing import axe, overflow
from editor_browsing import act, card, drag, said
from editor_coffee import HEADLINE, NOTE, SUMMARY, WEEK, Coffee, opened, see_that_all_was_done
from test_editor_coffee import coffee, workspace

__all__ = ["coffee", "workspace"]


def test_the_whole_coffee_is_taken_by_mouse(coffee: Coffee, shared_page: Any):
    with opened(coffee, shared_page, width=1200) as page:
        by_mouse(coffee, page)
        page.get_by_role("button", name=f"Approve {WEEK}").click()
        said(page, f"{WEEK} is approved")
        assert axe(page) == []

    see_that_all_was_done(coffee)


def by_mouse(coffee: Coffee, page: Any) -> None:
    flood, ferry, cranes = coffee.id("Flood"), coffee.id("Ferry"), coffee.id("Port")
    salt, island = coffee.id("Salt"), coffee.id("Island")
    page.get_by_role("button", name="Add: Fishermen").click()
    said(page, "Brought in “Fishermen")
    for headline in ("Library", "Court"):
        page.get_by_role("button", name=f"Drop: {headline}").click()
        said(page, f"Dropped “{headline}")
    fishermen = card(page, coffee.id("Fishermen"))
    drag(page, card(page, island).locator(".grip"), fishermen, below=True)
    said(page, "Place 4 of 4 in Coast: Island")
    drag(page, card(page, ferry).locator(".grip"), card(page, cranes))
    said(page, "Place 1 of 4 in Coast: Ferry")
    act(page, ferry, "Edit")
    page.get_by_role("textbox", name="Headline").fill(HEADLINE)
    page.get_by_role("textbox", name="Summary").fill(SUMMARY)
    card(page, ferry).get_by_role("button", name="Done").click()
    said(page, "Saved")
    page.get_by_role("button", name="Write note").click()
    page.get_by_role("textbox", name="Note").fill(NOTE)
    page.locator("#own-note").get_by_role("button", name="Done").click()
    page.locator("#own-note .shown").get_by_text("We erred").wait_for()
    act(page, flood, "Merge with")
    page.get_by_role("button", name="Merge with: Engineers").click()
    said(page, "Merged “Flood")
    act(page, salt, "Split")
    page.get_by_role("checkbox", name="Ellery Star").check()
    page.get_by_role("button", name="Split 1 off").click()
    said(page, "Split one article off “Salt")


@pytest.fixture
def phone(shared_page: Any) -> Iterator[Any]:
    """A page that is touched."""
    context = shared_page.context.browser.new_context(
        viewport={"width": 375, "height": 812}, has_touch=True, is_mobile=True
    )
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def test_the_whole_coffee_is_taken_on_a_phone(coffee: Coffee, phone: Any):
    with opened(coffee, phone, width=375) as page:
        by_touch(coffee, page)
        page.get_by_role("button", name=f"Approve {WEEK}").tap()
        said(page, f"{WEEK} is approved")
        assert axe(page) == []
        assert overflow(page) == 0

    see_that_all_was_done(coffee)


def by_touch(coffee: Coffee, page: Any) -> None:
    flood, ferry, salt, island = map(coffee.id, ("Flood", "Ferry", "Salt", "Island"))
    page.get_by_role("button", name="Candidates").tap()
    page.get_by_role("button", name="Add: Fishermen").tap()
    said(page, "Brought in “Fishermen")
    page.get_by_role("button", name="Close", exact=True).tap()
    for headline in ("Library", "Court"):
        page.get_by_role("button", name=f"Drop: {headline}").tap()
        said(page, f"Dropped “{headline}")
    touch(page, island, "Move")
    page.get_by_role("button", name="After “Fishermen").tap()  # the last one of Coast
    said(page, "stands after")
    page.get_by_role("button", name="Move up: Ferry").tap()
    said(page, "Place 1 of 4 in Coast: Ferry")
    touch(page, ferry, "Edit")
    page.get_by_role("textbox", name="Headline").fill(HEADLINE)
    page.get_by_role("textbox", name="Summary").fill(SUMMARY)
    card(page, ferry).get_by_role("button", name="Done").tap()
    said(page, "Saved")
    page.get_by_role("button", name="Write note").tap()
    page.get_by_role("textbox", name="Note").fill(NOTE)
    page.locator("#own-note").get_by_role("button", name="Done").tap()
    page.locator("#own-note .shown").get_by_text("We erred").wait_for()
    touch(page, flood, "Merge with")
    page.get_by_role("button", name="Merge with: Engineers").tap()
    said(page, "Merged “Flood")
    touch(page, salt, "Split")
    page.get_by_role("checkbox", name="Ellery Star").tap()
    page.get_by_role("button", name="Split 1 off").tap()
    said(page, "Split one article off “Salt")
    page.get_by_role("button", name="Close", exact=True).tap()


def touch(page: Any, story: str, name: str) -> None:
    """Touch a card, then what it offers."""
    card(page, story).locator("h3").tap()
    page.locator(f"#card-{story}.current").wait_for()  # until then some of it is out of sight
    card(page, story).get_by_role("button", name=name).first.tap()
