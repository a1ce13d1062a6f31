"""The editing page takes back and brings back what it shows, not what was typed on since."""

import json
from dataclasses import replace
from typing import Any

from editor_asking import Session, fake, server, session
from editor_browsing import act, card, come, page, press, said, state
from editor_desk import EditedDesk
from preview_desk import WEEK

from newsletter.issue.editing import version
from newsletter.model import Wish

__all__ = ["fake", "page", "server", "session"]

MORE = "One, much better said"


def typed(fake: EditedDesk, by: str = "Ada") -> None:
    """Have an editor write a note, of which the page that is opened next knows."""
    fake.editor.change(WEEK, [Wish(kind="note", text="One")], None, by)


def typed_on(fake: EditedDesk) -> None:
    """Have her type on in another window, of which no page has heard: it is the same edit."""
    edits = fake.editor.edits
    edits[0] = replace(edits[0], text=MORE, changed=version(edits) + 1)


def test_what_was_typed_on_since_is_not_taken_back_unseen(fake: EditedDesk, session: Session):
    typed(fake)
    typed_on(fake)

    refused = [session.post(path, {"seen": 1, "number": 1}) for path in ("undo", "revert")]
    done = session.post("revert", {"seen": 2, "number": 1})

    told = [json.loads(one.text) for one in refused]
    assert [one.status for one in refused] == [409, 409]
    assert [one["clashes"][0]["text"] for one in told] == [MORE, MORE]
    assert done.status == 200


def test_nor_is_it_brought_back(fake: EditedDesk, session: Session):
    typed(fake)
    fake.editor.revert(WEEK, 1, "Ada")
    typed_on(fake)

    answers = [
        session.post(path, {"seen": seen, "number": 1}).status
        for path, seen in (("bring-back", 2), ("redo", 2), ("redo", 3), ("undo", 4))
    ]

    assert answers == [409, 409, 200, 200]


def test_an_undo_of_other_words_than_were_shown_is_not_done(fake: EditedDesk, page: Any):
    typed(fake)
    come(page, page.reload)
    typed_on(fake)

    press(page, "z")
    told = said(page, "Not done: this was another step")
    first = fake.editor.edits[0].reverted_at
    press(page, "z")
    said(page, "Undone")

    assert "One, much better said" in told
    assert first is None
    assert fake.editor.edits[0].reverted_at


def test_taking_back_other_words_than_were_shown_is_asked_about(fake: EditedDesk, page: Any):
    typed(fake, by="Bob")
    come(page, page.reload)
    page.locator("[data-do=panel][data-to=edits]").first.click()
    typed_on(fake)

    page.get_by_role("button", name="Take back edit 1").click()
    page.locator("#clash blockquote", has_text=MORE).wait_for()
    first = fake.editor.edits[0].reverted_at
    page.get_by_role("button", name="Take it back all the same").click()
    said(page, "Taken back")

    assert first is None
    assert fake.editor.edits[0].reverted_by == "Ada"


def test_what_this_page_has_saved_itself_is_undone_without_a_question(fake: EditedDesk, page: Any):
    act(page, "story0", "Edit")
    page.locator("#f-headline-story0").fill("Night cranes")
    press(page, "Enter")
    state(page, "Saved")
    press(page, "Escape")
    card(page, "story0").locator("h3").wait_for()

    press(page, "z")
    said(page, "Undone")
    press(page, "y")
    said(page, "Done again")

    assert fake.editor.edited.issue.stories[0].headline == "Night cranes"
