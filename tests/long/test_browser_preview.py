"""Every page of the preview, on phone and desktop, in light and dark."""

from typing import Any

import pytest
from test_preview_browser import (
    ISSUE,
    PAGES,
    faults_of,
    headings_by_clicks,
    page,  # noqa: F401 - a fixture
    shows_by_clicks,
    standing,  # noqa: F401 - a fixture
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 375, 600, 1200])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_accessible_and_fits_phone_and_desktop(
    page: Any,  # noqa: F811
    standing: str,  # noqa: F811
    name: str,
    width: int,
    scheme: str,
):
    page.goto(standing + PAGES[name])

    assert faults_of(page, width, scheme) == []


def test_every_view_is_reached_by_a_click(
    page: Any,  # noqa: F811
    standing: str,  # noqa: F811
):
    page.goto(standing + ISSUE)

    seen = shows_by_clicks(page, "Dark", "Forced dark", "Images off", "No style", "Light")
    headings = headings_by_clicks(page, "Text", "Markdown", "Source", "Headers")

    assert seen == {
        "Dark": "dark", "Forced dark": "forced-dark", "Images off": "images-off",
        "No style": "no-style", "Light": "light",
    }  # fmt: skip
    assert headings == ["Plain text", "Markdown", "Source of the mail", "Headers of the message"]
