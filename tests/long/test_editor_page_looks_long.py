"""Every state of the editing page, wide and light, on a phone in the dark."""

from typing import Any

import pytest
from browsing import axe
from editor_browsing import act, fake, opened, press, server
from editor_desk import EditedDesk
from preview_desk import WEEK
from test_editor_page_looks import STATES, changed, faults_of

from newsletter.model import Wish
from newsletter.preview import Server

__all__ = ["fake", "server"]


@pytest.mark.parametrize("state", STATES)
def test_every_state_of_the_page_is_accessible_and_fits_phone_and_desktop(
    fake: EditedDesk, shared_page: Any, server: Server, state: str
):
    changed(fake)

    wide = faults_of(shared_page, server, 1200, "light", [state])
    narrow = faults_of(shared_page, server, 375, "dark", [state])

    assert (wide, narrow) == ({}, {})


def test_a_clash_is_told_accessibly(fake: EditedDesk, shared_page: Any, server: Server):
    page = opened(shared_page, server)
    act(page, "story0", "Edit")
    fake.editor.change(WEEK, [Wish(kind="headline", story="story0", text="Shut")], None, "Ida")
    page.get_by_role("textbox", name="Headline").fill("Night cranes")
    press(page, "Enter")
    page.get_by_text("Somebody changed this meanwhile").wait_for()

    faults = axe(page)
    page.goto("about:blank")

    assert faults == []
