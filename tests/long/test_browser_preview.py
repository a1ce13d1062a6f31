"""Every page of the preview, on phone and desktop, in light and dark."""

from typing import Any

import pytest
from test_preview_browser import PAGES, faults_of, page, standing  # noqa: F401 - fixtures


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
