"""The door as a person meets it, in a real browser."""

from pathlib import Path
from typing import Any

import pytest
from browsing import axe, browser_page, overflow
from doors import HASH, PASSWORD, running
from preview_desk import WEEK, FakeDesk

from newsletter.preview import Server
from newsletter.preview.login import Access

__all__ = ["browser_page"]


@pytest.mark.parametrize(("width", "scheme"), [(1200, "light"), (320, "dark")])
def test_who_has_no_session_logs_in_and_is_where_she_wanted_to_be(
    browser_page: Any, tmp_path: Path, width: int, scheme: str
):
    page = browser_page
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    desk = FakeDesk(folder=tmp_path / "w").desk()
    with running(Server(desk, host="127.0.0.1", port=0, access=Access(password=HASH))) as base:
        page.goto(f"{base}issues/{WEEK}?edition=text")
        page.get_by_label("Your name").fill("Ida Holt")
        page.get_by_label("Password").fill("not the password")
        page.keyboard.press("Enter")
        page.get_by_role("alert").get_by_text("This is not the password.").wait_for()
        faults = axe(page) + ["wider than the window"] * bool(overflow(page))
        page.get_by_label("Password").and_(page.locator(":focus")).wait_for()
        page.keyboard.type(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.get_by_role("heading", name="Plain text").wait_for()
        url = page.url
        page.goto("about:blank")

    assert faults == []
    assert url == f"{base}issues/{WEEK}?edition=text"


def test_an_address_from_the_terminal_is_clean_once_it_is_open(browser_page: Any, tmp_path: Path):
    page = browser_page
    server = Server(FakeDesk(folder=tmp_path / "w").desk(), host="127.0.0.1", port=0)
    with running(server) as base:
        address = server.address(f"/issues/{WEEK}")
        page.goto(address)
        first = page.url
        page.context.clear_cookies()
        page.goto(address)
        page.get_by_role("alert").get_by_text("This address has been used").wait_for()
        faults = axe(page)
        page.goto("about:blank")

    assert first == f"{base}issues/{WEEK}"
    assert faults == []
