"""A real browser puts a card behind the card that its editor sees, whoever moved others since."""

from typing import Any

import pytest
from editor_browsing import act, card, drag, fake, opened, order, page, press, said, server
from editor_desk import EditedDesk
from preview_desk import WEEK

from newsletter.model import Wish
from newsletter.preview import Server

__all__ = ["fake", "page", "server"]


def leave(fake: EditedDesk, story: str) -> None:
    """Have Bob drop a story, of which the page is not told."""
    fake.editor.change(WEEK, [Wish(kind="drop", story=story)], None, "Bob")


@pytest.mark.parametrize("by", ["keys", "mouse"])
def test_a_card_comes_between_the_two_that_it_was_put_between(fake: EditedDesk, page: Any, by: str):
    first, second, third, fourth = order(fake, "Technology")[:4]
    leave(fake, first)

    if by == "keys":
        card(page, fourth).locator("h3").click()
        press(page, "Space", "ArrowUp", "Space")
    else:
        drag(page, card(page, fourth).locator(".grip"), card(page, third))
    said(page, "in Technology: ")  # once it is done; of where it was set down it is told before

    assert order(fake, "Technology")[:3] == [second, fourth, third]


def test_a_candidate_comes_between_the_cards_that_it_was_dropped_between(
    fake: EditedDesk, page: Any
):
    page.set_viewport_size({"width": 1200, "height": 1400})
    first, second, third, *_ = order(fake, "Technology")
    leave(fake, first)

    drag(page, page.locator("#candidate-spare0 h3"), card(page, third))
    said(page, "Brought in")

    assert order(fake, "Technology")[:3] == [second, "spare0", third]


def test_on_a_phone_it_comes_after_the_one_that_was_named(
    fake: EditedDesk, shared_page: Any, server: Server
):
    first, second, third, fourth = order(fake, "Technology")[:4]
    page = opened(shared_page, server, width=375)
    act(page, fourth, "Move")
    leave(fake, first)

    named = fake.editor.headlines()["Technology"][0][:20]
    page.get_by_role("button", name=f"After “{named}").click()
    said(page, "stands after")
    page.goto("about:blank")

    assert order(fake, "Technology")[:3] == [second, fourth, third]
