"""What the real desk tells the editing page: why an issue is a draft again, its prose, its time."""

from datetime import UTC, datetime

import pytest
from desks import built_in
from preview_desk import WEEK

from newsletter.cli.assembly_editor import editor_desk
from newsletter.model import Wish
from newsletter.preview.desk import EditorDesk

FERRY = """\
---
title: A ferry sails on its own waste heat
source: Harbour Post
url: https://harbour.example/ferry
date: 2026-11-18
---
The ferry at Velsum now sails on its own waste heat. Fuel bills fell by a tenth since March.
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> EditorDesk:
    workspace = built_in(tmp_path_factory.mktemp("redrafted"), {"ferry.md": FERRY})
    return editor_desk(workspace / "feeds.yaml", None, lambda: datetime(2026, 11, 20, tzinfo=UTC))


def test_an_issue_is_a_draft_again_from_its_edit_to_its_next_approval(desk: EditorDesk):
    before = desk.redrafted(WEEK)
    desk.approve(WEEK, "", "Ada", None)
    approved = desk.redrafted(WEEK)
    for text in ("We erred.", "We erred twice."):
        desk.change(WEEK, [Wish(kind="note", text=text)], None, "Ida")
    edited = desk.redrafted(WEEK)
    desk.approve(WEEK, "", "Ada", None)

    assert (before, approved, desk.redrafted(WEEK)) == (None, None, None)
    assert edited
    assert edited.cause == "edited by Ida after it was approved"


def test_prose_is_safe_html_whose_links_open_beside_the_page(desk: EditorDesk):
    html = desk.prose("**We** <script>x</script> [erred](https://a.example/?a=1&b=2)")

    assert html.startswith("<p><strong>We</strong>")
    assert "<script" not in html
    assert 'target="_blank" rel="noopener noreferrer"' in html


def test_the_reading_time_is_that_of_the_issue(desk: EditorDesk):
    assert desk.reading_time(desk.opened(WEEK, "Ada").issue) == "1 min read"
