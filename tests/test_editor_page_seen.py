"""The editing page's answers: nothing is approved unseen, no step is another, news are told."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from editor_asking import EDIT, Session, fake, server, session
from editor_desk import EditedDesk
from preview_desk import WEEK

from newsletter.cli.assembly_editor import editor_desk
from newsletter.errors import ClashError
from newsletter.model import Wish

__all__ = ["fake", "server", "session"]  # fixtures, by whose names the tests ask for them

NOTE = [Wish(kind="note", text="We erred.")]


@pytest.mark.parametrize("word", ["approve", "hold", "skip"])
def test_no_word_is_taken_on_an_issue_that_was_changed_unseen(
    fake: EditedDesk, session: Session, word: str
):
    fake.editor.change(WEEK, NOTE, None, "Ida")

    answer = session.post(word, {"seen": 0, "because": ""})
    again = session.post(word, {"seen": 1, "because": ""})

    told = json.loads(answer.text)
    assert (answer.status, again.status) == (409, 200)
    assert [(one["by"], one["what"]) for one in told["clashes"]] == [("Ida", "the note")]
    assert "We erred." in told["parts"]["cards"]
    assert [one for one, _, _ in fake.editor.words] == [word]


def test_a_form_says_what_its_page_had_seen(fake: EditedDesk, session: Session):
    page = session.get(EDIT).text
    seen = re.findall(r'name="seen" value="(\d+)"', page)
    fake.editor.change(WEEK, NOTE, None, "Ida")

    session.form("approve", seen=seen[0])
    after = session.get(EDIT).text

    assert seen == ["0", "0", "0"]
    assert fake.editor.words == []
    assert "it was changed since you looked" in after


def test_an_undo_of_another_edit_than_the_page_shows_is_refused(session: Session):
    session.change({"kind": "drop", "story": "story10"})
    session.change({"kind": "note", "text": "We erred."})

    other = session.post("undo", {"seen": 1, "number": 1})
    shown = session.post("undo", {"seen": 2, "number": 2})

    assert (other.status, shown.status) == (409, 200)
    assert 'data-number="1"' in json.loads(shown.text)["parts"]["head"]
    assert session.post("redo", {"seen": 3, "number": 1}).status == 409
    assert session.post("redo", {"seen": 3, "number": 2}).status == 200


@pytest.mark.parametrize("seen", [0, 1])
def test_an_answer_tells_what_others_did_since_the_version_that_was_seen(
    fake: EditedDesk, session: Session, seen: int
):
    fake.editor.change(WEEK, NOTE, None, "Ida")

    answer = session.change({"kind": "drop", "story": "story10"}, seen=seen)

    assert json.loads(answer.text)["news"] == ["Ida: note: “We erred.”"][seen:]


def test_who_brings_back_what_another_had_made_is_not_told_that_she_did(
    fake: EditedDesk, session: Session
):
    fake.editor.change(WEEK, NOTE, None, "Ida")
    fake.editor.revert(WEEK, 1, "Ida")

    looked = session.get(f"/issues/{WEEK}/edits?seen=1")
    answer = session.post("bring-back", {"seen": 2, "number": 1})

    assert json.loads(looked.text)["news"] == ["Ida: took back: note: “We erred.”"]
    assert json.loads(answer.text)["news"] == []


def test_a_real_issue_is_not_approved_unseen_and_no_other_step_undone(built_week: Path):
    desk = editor_desk(built_week / "feeds.yaml", None, lambda: datetime(2026, 11, 20, tzinfo=UTC))
    seen = desk.opened(WEEK, "Ada").version
    note = desk.change(WEEK, NOTE, seen, "Ida")
    intro = desk.change(WEEK, [Wish(kind="intro", text="Welcome.")], note.version, "Ida")
    numbers = [one.edit.number for one in intro.effects]

    with pytest.raises(ClashError, match=r"the note \(by Ida\), the intro \(by Ida\)") as fault:
        desk.approve(WEEK, "", "Ada", seen)
    with pytest.raises(ClashError):
        desk.undo(WEEK, "Ida", note.version, numbers[0])

    now = desk.opened(WEEK, "Ida")
    assert fault.value.version == now.version == intro.version
    assert (now.state, now.issue.note, now.issue.intro) == (None, "We erred.", "Welcome.")
    assert desk.approve(WEEK, "", "Ada", now.version) == f"{WEEK} is approved"
