"""The mail and the web page of an issue in a real browser; the whole matrix is in tests/long."""

from functools import cache
from typing import Any

import pytest
from browsing import axe, overflow, show
from issues import templates, week

from newsletter.model import Layout
from newsletter.render import render
from newsletter.render.appearance import as_seen

THEMES = ("modern", "broadsheet", "briefing")
WIDTHS = (320, 375, 600)


@cache
def page_of(theme: str, name: str) -> str:
    return render(week(layout=Layout(theme=theme)), templates()).files[name].decode()


def sticking_out(page: Any, html: str, scheme: str = "light") -> dict[int, int]:
    """Return by how much *html* is wider than each window that it does not fit."""
    found = {}
    for width in WIDTHS:
        show(page, html, width=width, scheme=scheme)
        found[width] = overflow(page)
    return {width: pixels for width, pixels in found.items() if pixels}


@pytest.mark.parametrize(
    ("theme", "scheme"), [("modern", "light"), ("briefing", "light"), ("broadsheet", "dark")]
)
def test_the_mail_shuts_nobody_out(shared_page: Any, theme: str, scheme: str):
    show(shared_page, page_of(theme, "email.html"), scheme=scheme)

    assert axe(shared_page) == []


def test_the_mail_shuts_nobody_out_where_its_style_sheet_is_dropped(shared_page: Any):
    show(shared_page, as_seen(page_of("briefing", "email.html"), "no-style"))

    assert axe(shared_page) == []


@pytest.mark.parametrize("theme", THEMES)
def test_the_mail_fits_small_windows(shared_page: Any, theme: str):
    assert sticking_out(shared_page, page_of(theme, "email.html")) == {}


@pytest.mark.parametrize("theme", THEMES)
def test_the_web_page_fits_small_windows_and_shuts_nobody_out(shared_page: Any, theme: str):
    html = page_of(theme, "index.html")

    assert sticking_out(shared_page, html, scheme="dark") == {}
    assert axe(shared_page) == []
