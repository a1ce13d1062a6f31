"""The archive in a real browser; the whole matrix is in tests/long."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from browsing import axe, overflow, show
from issues import templates, week

from newsletter.model import Issue, Layout, Status
from newsletter.render import render_site


def archive(theme: str, status: Status) -> str:
    newest = week(layout=Layout(theme=theme), status=status)
    issues = [_weeks_before(newest, number) for number in (0, 1, 5, 60)]
    return render_site(issues, templates())["index.html"].decode()


def _weeks_before(issue: Issue, number: int) -> Issue:
    at = issue.publishes_at - timedelta(days=7 * number)
    year, week_number, _ = at.isocalendar()
    return replace(issue, id=f"{year}-W{week_number:02d}", publishes_at=at)


@pytest.mark.parametrize(
    ("theme", "scheme", "status"),
    [
        ("modern", "dark", Status.PUBLISHED),
        ("briefing", "light", Status.READY),
        ("broadsheet", "light", Status.PUBLISHED),
    ],
)
def test_the_archive_fits_small_windows_and_shuts_nobody_out(
    browser_page: Any, theme: str, scheme: str, status: Status
):
    show(browser_page, archive(theme, status), width=375, scheme=scheme)

    assert overflow(browser_page) == 0
    assert axe(browser_page) == []
