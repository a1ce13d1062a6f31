"""The editing page as it is served: what it shows, what it lets be changed, how it refuses."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from editor_asking import EDIT, Session, fake, server, session
from editor_desk import EditedDesk
from preview_asking import News, asked
from preview_desk import WEEK

from newsletter.model import Status, Wish
from newsletter.preview import Server

__all__ = ["fake", "server", "session"]  # fixtures, by whose names the tests ask for them


def test_the_page_holds_every_story_and_every_candidate(fake: EditedDesk, session: Session):
    page = session.get(EDIT)

    stories = re.findall(r'class="story[^"]*" id="card-([^"]+)"', page.text)
    candidates = re.findall(r'class="candidate" id="candidate-([^"]+)"', page.text)
    assert page.status == 200
    assert stories == [one.id for one in fake.editor.edited.issue.stories]
    assert candidates == [one.story.id for one in fake.editor.edited.candidates]


def test_the_page_brings_no_script_or_style_of_its_own_along(session: Session):
    page = session.get(EDIT)

    assert "'unsafe-inline'" not in page.headers["Content-Security-Policy"]
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", page.text)


def test_nobody_who_is_not_logged_in_sees_or_changes_anything(fake: EditedDesk, server: Server):
    page = asked(server.url, EDIT, Accept="text/html")
    parts = asked(server.url, f"/issues/{WEEK}/edits", Accept="application/json")

    assert (page.status, page.headers["Location"][:7]) == (303, "/login?")
    assert parts.status == 401
    assert "Velsum" not in parts.text


def test_a_change_answers_with_its_version_and_the_parts_of_the_page(
    fake: EditedDesk, session: Session
):
    answer = session.change({"kind": "headline", "story": "story10", "text": "Passkeys move"})

    told = json.loads(answer.text)
    assert (answer.status, told["version"], told["clock"]) == (200, 1, "17:48")
    assert "Passkeys move" in told["parts"]["cards"]
    assert set(told["parts"]) == {
        "head", "outline", "cards", "candidates", "merging", "checks", "edits", "bar"
    }  # fmt: skip
    assert fake.editor.edits[0].by == "Ada"


@pytest.mark.parametrize("path", ["edits", "undo", "redo", "revert", "bring-back", "approve"])
def test_a_page_without_the_sessions_token_changes_nothing(
    fake: EditedDesk, session: Session, path: str
):
    answer = session.post(path, {"wishes": [{"kind": "drop", "story": "story10"}]}, token="stale")

    assert answer.status == 403
    assert "load it anew" in json.loads(answer.text)["fault"]
    assert (fake.editor.edits, fake.editor.state) == ([], "draft")


def test_what_cannot_be_had_is_refused_in_an_editors_words(session: Session):
    answer = session.change({"kind": "section", "story": "story10", "section": "Sports"})

    assert answer.status == 422
    assert "there is no section 'Sports'" in json.loads(answer.text)["fault"]


def test_a_full_disk_is_told_and_changes_nothing(fake: EditedDesk, session: Session):
    fake.editor.is_read_only = True

    answer = session.change({"kind": "drop", "story": "story10"})

    assert answer.status == 503
    assert json.loads(answer.text) == {"fault": "the database is read-only"}


def test_who_changes_what_somebody_else_has_changed_is_told_by_whom_and_what(
    fake: EditedDesk, session: Session
):
    fake.editor.change(WEEK, [Wish(kind="headline", story="story0", text="Port shut")], None, "Ida")

    answer = session.change({"kind": "headline", "story": "story0", "text": "Cranes"}, seen=0)

    told = json.loads(answer.text)
    assert answer.status == 409
    assert [(one["by"], one["text"]) for one in told["clashes"]] == [("Ida", "Port shut")]
    assert told["version"] == 1
    assert "Port shut" in told["parts"]["cards"]
    assert len(fake.editor.edits) == 1


def test_who_comes_back_is_told_what_others_did_meanwhile(fake: EditedDesk, session: Session):
    fake.editor.change(WEEK, [Wish(kind="drop", story="story10")], None, "Ida")
    fake.editor.change(WEEK, [Wish(kind="drop", story="story20")], None, "Ada")

    told = json.loads(session.get(f"/issues/{WEEK}/edits?seen=0").text)

    (news,) = told["news"]
    assert news.startswith("Ida: dropped “Browser makers")


def test_other_pages_hear_of_a_change(fake: EditedDesk, session: Session):
    with News(f"{session.base}/") as news:
        answer = session.change({"kind": "drop", "story": "story10"})
        event = news.next()

    assert event == ("changed", json.loads(answer.text)["news_version"])


def test_undo_and_redo_are_the_editors_own(fake: EditedDesk, session: Session):
    session.change({"kind": "drop", "story": "story10"})
    fake.editor.change(WEEK, [Wish(kind="drop", story="story20")], None, "Ida")

    session.post("undo", {"seen": 2})
    undone = [one.story for one in fake.editor.edits if one.reverted_at]
    session.post("redo", {"seen": 3})

    assert undone == ["story10"]
    assert not any(one.reverted_at for one in fake.editor.edits)


def test_any_edit_can_be_taken_back_and_brought_back_by_its_number(
    fake: EditedDesk, session: Session
):
    fake.editor.change(WEEK, [Wish(kind="drop", story="story20")], None, "Ida")

    session.post("revert", {"number": 1})
    taken_back = fake.editor.edits[0].reverted_by
    session.post("bring-back", {"number": 1})

    assert taken_back == "Ada"
    assert fake.editor.edits[0].reverted_at is None


@pytest.mark.parametrize(
    ("word", "state"), [("approve", "approved"), ("hold", "held"), ("skip", "skipped")]
)
def test_the_editors_word_is_taken_with_its_reason(
    fake: EditedDesk, session: Session, word: str, state: str
):
    answer = session.post(word, {"seen": 0, "because": "a correction comes"})

    told = json.loads(answer.text)
    assert (told["state"], told["said"]) == (state, f"{WEEK} is {state}: a correction comes")
    assert fake.editor.words == [(word, "a correction comes", "Ada")]


def test_the_editors_word_is_taken_from_a_form_where_there_is_no_script(
    fake: EditedDesk, session: Session
):
    answer = session.form("hold", because="wait")
    page = session.get(EDIT)

    assert (answer.status, answer.headers["Location"]) == (303, EDIT)
    assert fake.editor.words == [("hold", "wait", "Ada")]
    assert f"{WEEK} is held: wait" in page.text


def test_markup_and_merge_tags_that_are_typed_are_text_in_the_page(session: Session):
    typed = '<script>alert(1)</script> *|NAME|* "quoted" {{ 7 * 7 }}'

    session.change(
        {"kind": "headline", "story": "story0", "text": typed},
        {"kind": "note", "text": f"</textarea>{typed}"},
    )
    page = session.get(EDIT).text

    assert "<script>alert" not in page
    assert "</textarea><script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; *|NAME|*" in page


def test_a_published_issue_shows_no_way_to_change_it(fake: EditedDesk, session: Session):
    base = fake.editor.base
    fake.editor.base = replace(base, issue=replace(base.issue, status=Status.PUBLISHED))

    page = session.get(EDIT).text
    answer = session.change({"kind": "drop", "story": "story10"})

    assert "is published and stays as it is" in page
    assert 'data-do="drop"' not in page
    assert 'id="approve"' not in page
    assert answer.status == 422


def test_why_a_story_is_one_is_shown_with_the_line_and_what_came_near(session: Session):
    html = json.loads(session.get(f"/issues/{WEEK}/stories/story0/why").text)["html"]

    assert "line 0.42" in html
    assert html.count('type="checkbox"') == 6
    assert "Just below the line" in html
    assert "Chip shares win back half" in html
    assert "night cranes" in html


def test_a_story_of_which_nothing_is_kept_still_shows_its_articles(
    fake: EditedDesk, session: Session
):
    fake.editor.is_forgetful = True

    html = json.loads(session.get(f"/issues/{WEEK}/stories/story0/why").text)["html"]

    assert "kept no more than its articles" in html
    assert html.count('type="checkbox"') == 6


def test_an_unknown_story_has_no_why(session: Session):
    answer = session.get(f"/issues/{WEEK}/stories/nothing/why")

    assert answer.status == 404
    assert "no such story" in json.loads(answer.text)["fault"]


def test_other_sentences_are_offered_with_their_sources(session: Session):
    html = json.loads(session.get(f"/issues/{WEEK}/stories/story0/offered").text)["html"]

    assert 'data-text="The port wants a second trial in autumn."' in html
    assert "Harbour Post" in html


def test_an_edit_whose_story_is_gone_is_shown_and_not_lost(fake: EditedDesk, session: Session):
    session.change({"kind": "headline", "story": "story10", "text": "Passkeys move"})
    base = fake.editor.base
    first, *rest = base.issue.sections
    stories = tuple(one for one in first.stories if one.id != "story10")
    issue = replace(base.issue, sections=(replace(first, stories=stories), *rest))
    fake.editor.base = replace(base, issue=issue)

    page = session.get(EDIT).text

    assert "Waits:" in page
    assert "Passkeys move" in page


def test_an_issue_that_is_past_its_instant_says_so(fake: EditedDesk, session: Session):
    base = fake.editor.base
    late = base.issue.publishes_at - timedelta(days=9)
    fake.editor.base = replace(base, issue=replace(base.issue, publishes_at=late))

    assert "is past" in session.get(EDIT).text


def test_every_list_and_page_of_an_issue_leads_to_its_editing(session: Session):
    pages = [session.get(path).text for path in ("/", f"/issues/{WEEK}")]

    assert all(f'href="{EDIT}"' in page for page in pages)


def test_where_issues_can_only_be_looked_at_nothing_leads_to_editing(
    fake: EditedDesk, session: Session
):
    from preview_desk import FakeDesk, previewing

    with previewing(FakeDesk(folder=fake.folder / "other")) as url:
        pages = [asked(url, path).text for path in ("/", f"/issues/{WEEK}")]

    assert not any("/edit" in page for page in pages)
