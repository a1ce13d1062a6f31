"""The editing page under a finger, on a tablet: a held grip is dragged, anything else scrolls."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from editor_browsing import card, fake, opened, order, page, said, server, until
from editor_desk import EditedDesk

from newsletter.preview import Server

__all__ = ["fake", "page", "server"]

Touch = Callable[..., None]


@pytest.fixture
def tablet(page: Any, server: Server) -> Iterator[Any]:
    context = page.context.browser.new_context(has_touch=True)
    yield opened(context.new_page(), server, width=1024)
    context.close()


@pytest.fixture
def touch(tablet: Any) -> Touch:
    """Do what a finger does: start, move or end a touch at a point of the window."""
    session = tablet.context.new_cdp_session(tablet)

    def do(kind: str, x: float = 0, y: float = 0) -> None:
        points = [] if kind == "End" else [{"x": x, "y": y}]
        session.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})

    return do


def test_a_card_is_dragged_by_its_grip(fake: EditedDesk, tablet: Any, touch: Touch):
    first, second, *others = order(fake, "Technology")
    grip = card(tablet, first).locator(".grip").bounding_box()
    onto = card(tablet, second).bounding_box()
    x, y = grip["x"] + grip["width"] / 2, grip["y"] + 40
    way = onto["y"] + onto["height"] - 10 - y

    touch("Start", x, y)
    tablet.locator(f"#card-{first}.sortable-chosen").wait_for()  # it knows it is not scrolled
    for step in range(1, 16):
        touch("Move", x + step, y + way * step / 15)
        tablet.wait_for_timeout(30)
    behind = "(id) => document.getElementById(id).nextElementSibling?.matches('.ghost')"
    until(tablet, behind, f"card-{second}")
    touch("End")

    assert "Place 2 of 4 in Technology" in said(tablet, "Place")
    assert order(fake, "Technology") == [second, first, *others]


def test_a_finger_on_a_card_scrolls(fake: EditedDesk, tablet: Any, touch: Touch):
    box = card(tablet, "story10").bounding_box()

    touch("Start", box["x"] + 200, box["y"] + 40)
    for step in range(1, 12):
        touch("Move", box["x"] + 200, box["y"] + 40 - 15 * step)
    touch("End")

    until(tablet, "document.querySelector('#stage').scrollTop > 50")
    assert fake.editor.edits == []
