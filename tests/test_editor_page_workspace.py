"""The editing page before a real workspace: what is changed in it stands in the files."""

import json
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from desks import NOW
from editor_asking import Session

from newsletter.cli.assembly_preview import desk_of
from newsletter.preview import Server
from newsletter.preview.login import Access

WEEK = "2026-W47"


@pytest.fixture
def session(built_week: Path) -> Iterator[Session]:
    now = datetime.fromisoformat(NOW)
    desk = desk_of(built_week / "feeds.yaml", None, lambda: now)
    server = Server(desk, host="127.0.0.1", port=0, access=Access(editor="Ada"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield Session(server)
    finally:
        server.stop()
        thread.join(60)


def test_a_week_is_edited_and_approved_in_the_page(built_week: Path, session: Session):
    folder = built_week / "dist" / WEEK
    stories = json.loads((folder / "issue.json").read_text())["sections"][0]["stories"]
    flood = next(one for one in stories if len(one["articles"]) == 2)

    offered = session.get(f"/issues/{WEEK}/stories/{flood['id']}/offered")
    why = session.get(f"/issues/{WEEK}/stories/{flood['id']}/why")
    changed = session.change(
        {"kind": "headline", "story": flood["id"], "text": "The Aar is in the mill"},
        {"kind": "note", "text": "We *erred*."},
        seen=0,
    )
    split = session.change(
        {"kind": "split", "story": flood["id"], "ids": [flood["articles"][1]["id"]]}
    )
    undone = session.post("undo", {"seen": json.loads(split.text)["version"]})
    approved = session.post("approve", {"because": "read twice"})

    told = json.loads(approved.text)
    assert [one.status for one in (offered, why, changed, split, undone)] == [200] * 5
    assert "Likeness to what it was joined with" in json.loads(why.text)["html"]
    assert "Engineers will look at the bridge" in json.loads(offered.text)["html"]
    assert (told["state"], told["said"]) == ("approved", f"{WEEK} is approved")
    assert "The Aar is in the mill" in (folder / "email.html").read_text()
    assert "We <em>erred</em>." in (folder / "index.html").read_text()
