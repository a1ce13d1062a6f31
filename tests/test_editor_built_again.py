"""An issue that was built again since somebody looked is not approved unseen."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from edited_weeks import FERRY_AGAIN, WEEK, a_copy, build, named
from editor_asking import EDIT, Session, fake, server, session
from editor_browsing import page, said
from editor_desk import EditedDesk

from newsletter.cli.assembly_editor import editor_desk
from newsletter.errors import ClashError
from newsletter.model import Wish
from newsletter.preview.desk import EditorDesk

__all__ = ["fake", "page", "server", "session"]

NOTE = [Wish(kind="note", text="We erred.")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_copy(tmp_path / "week")


@pytest.fixture
def desk(folder: Path) -> EditorDesk:
    return editor_desk(folder / "feeds.yaml", None, lambda: datetime(2026, 11, 21, tzinfo=UTC))


def built_again(folder: Path) -> None:
    (folder / "seeds" / "coast" / "again.md").write_text(FERRY_AGAIN)
    assert build(folder, now="2026-11-20T14:00:00Z") == 0


def test_what_a_build_brought_in_since_is_not_approved_unseen(folder: Path, desk: EditorDesk):
    looked = desk.opened(WEEK, "Ada")
    seen, built = looked.version, looked.issue.generated_at
    built_again(folder)

    with pytest.raises(ClashError, match="it was built again since you looked") as fault:
        desk.approve(WEEK, "", "Ada", seen, built)

    now = desk.opened(WEEK, "Ada")
    assert (fault.value.clashes, fault.value.version, now.state) == ((), seen, None)
    assert len(named(now, "ferry").articles) > len(named(looked, "ferry").articles)
    assert desk.approve(WEEK, "", "Ada", now.version, now.issue.generated_at)


def test_both_a_build_and_edits_since_are_told(folder: Path, desk: EditorDesk):
    looked = desk.opened(WEEK, "Ada")
    built_again(folder)
    desk.change(WEEK, NOTE, None, "Bob")

    with pytest.raises(ClashError, match=r"built again since .*; .* the note \(by Bob\)") as fault:
        desk.approve(WEEK, "", "Ada", looked.version, looked.issue.generated_at)

    assert [one.what for one in fault.value.clashes] == ["the note"]


@pytest.mark.parametrize("word", ["hold", "skip"])
def test_it_may_be_held_and_skipped_all_the_same(folder: Path, desk: EditorDesk, word: str):
    seen = desk.opened(WEEK, "Ada").version
    built_again(folder)

    assert getattr(desk, word)(WEEK, "", "Ada", seen).startswith(WEEK)


def test_an_older_page_that_knows_no_build_is_taken_as_before(folder: Path, desk: EditorDesk):
    seen = desk.opened(WEEK, "Ada").version
    built_again(folder)

    assert desk.approve(WEEK, "", "Ada", seen, None) == f"{WEEK} is approved"


def test_ones_own_edits_are_no_build(desk: EditorDesk):
    looked = desk.opened(WEEK, "Ada")
    first, second = (one.id for one in looked.issue.stories[:2])
    merged = desk.change(
        WEEK, [Wish(kind="merge", story=first, ids=(second,))], looked.version, "Ada"
    )

    assert desk.approve(WEEK, "", "Ada", merged.version, looked.issue.generated_at)


def rebuilt(fake: EditedDesk) -> None:
    """Have the page's issue composed anew an hour later, with one story less."""
    issue = fake.editor.base.issue
    later = issue.generated_at + timedelta(hours=1)
    anew = replace(issue, generated_at=later, sections=issue.sections[1:])
    fake.editor.base = replace(fake.editor.base, issue=anew)


def test_page_and_answers_say_when_the_issue_was_built(fake: EditedDesk, session: Session):
    shown = session.get(EDIT).text
    built = fake.editor.base.issue.generated_at.isoformat()
    answer = json.loads(session.change({"kind": "note", "text": "We erred."}).text)
    sent = {"seen": 1, "generated_at": answer["generated_at"], "because": ""}
    rebuilt(fake)

    refused = session.post("approve", sent)
    told = json.loads(refused.text)

    assert answer["generated_at"] == built
    assert f'data-generated-at="{built}"' in shown
    assert (refused.status, told["clashes"], fake.editor.words) == (409, [], [])
    again = session.post("approve", {**sent, "generated_at": told["generated_at"]})
    assert again.status == 200


def test_a_form_says_which_build_its_page_had_seen(fake: EditedDesk, session: Session):
    built = re.findall(r'name="generated_at" value="([^"]+)"', session.get(EDIT).text)
    rebuilt(fake)

    session.form("approve", seen="0", generated_at=built[0])

    assert len(built) == 1
    assert fake.editor.words == []
    assert "since you looked" in session.get(EDIT).text


def test_what_is_no_moment_is_a_fault_of_the_page(session: Session):
    answer = session.post("approve", {"seen": 0, "generated_at": "now"})

    assert answer.status == 400
    assert "generated_at: 'now' is no moment" in json.loads(answer.text)["fault"]


@pytest.fixture
def asked(fake: EditedDesk, page: Any) -> Any:
    """A page that has asked for approval of what was built again meanwhile."""
    rebuilt(fake)
    page.locator("#approve").click()
    page.get_by_text("It was built again since you looked").wait_for()
    return page


def test_the_page_shows_what_was_built_and_asks_once_more(fake: EditedDesk, asked: Any):
    gone = asked.locator("#card-story0").count()
    before = list(fake.editor.words)

    asked.get_by_role("button", name="Approve it as it is now").click()
    said(asked, "approved")

    assert (gone, before) == (0, [])
    assert fake.editor.words == [("approve", "", "Ada")]
