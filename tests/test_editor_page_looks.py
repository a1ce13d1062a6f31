"""The editing page shuts nobody out: a card that is edited, on a phone in the dark."""

from collections.abc import Callable, Iterable
from typing import Any

from browsing import axe, overflow
from editor_browsing import act, card, fake, opened, press, said, server
from editor_desk import EditedDesk
from preview_desk import WEEK

from newsletter.model import Wish
from newsletter.preview import Server

__all__ = ["fake", "server"]


def _editing(page: Any) -> None:
    act(page, "story0", "Edit")
    page.get_by_text("Other sentences of its sources").wait_for()


def _why(page: Any) -> None:
    act(page, "story0", "Why one story")
    page.locator("#why input").first.wait_for()


def _merge(page: Any) -> None:
    act(page, "story0", "Merge with")
    page.get_by_role("button", name="Merge with: Court").wait_for()


def _lifted(page: Any) -> None:
    card(page, "story10").focus()
    press(page, "Space", "ArrowDown")
    said(page, "Lifted")


def _changes(page: Any) -> None:
    page.get_by_role("button", name="Changes").click()


def _checks(page: Any) -> None:
    page.locator("#open-checks").click()


def _candidates(page: Any) -> None:
    if not page.locator("#candidate-list").is_visible():
        page.get_by_role("button", name="Candidates").click()


def _reason(page: Any) -> None:
    page.locator("#decide-hold summary").click()


STATES: dict[str, Callable[[Any], None]] = {
    "candidates": _candidates,
    "editing": _editing,
    "why": _why,
    "merge": _merge,
    "lifted": _lifted,
    "changes": _changes,
    "checks": _checks,
    "reason": _reason,
}


def test_the_page_is_accessible_and_fits_its_window(
    fake: EditedDesk, shared_page: Any, server: Server
):
    # A sample; every state there is, also wide and light: tests/long.
    changed(fake)

    faults = faults_of(shared_page, server, 375, "dark", ["editing"])

    assert faults == {}


def changed(fake: EditedDesk) -> None:
    """Have somebody change the issue: cards, list and texts show it."""
    wishes = [
        Wish(kind="headline", story="story20", text="Court stops tenant scores"),
        Wish(kind="drop", story="story30"),
        Wish(kind="intro", text="Good *morning*."),
    ]
    fake.editor.change(WEEK, wishes, None, "Ida")


def faults_of(
    page: Any, server: Server, width: int, scheme: str, states: Iterable[str]
) -> dict[str, list[str]]:
    """Whom the page shuts out, and whether it is wider than its window, by its state."""
    faults = {}
    for name in states:
        opened(page, server, width=width, scheme=scheme)
        STATES[name](page)
        found = axe(page) + ["wider than the window"] * bool(overflow(page))
        if found:
            faults[name] = found
    page.goto("about:blank")  # its ear for news is let go before the server ends
    return faults
