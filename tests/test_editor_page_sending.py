"""What the page sends: meant for what was seen at the click, and done when the preview says so."""

import json
from typing import Any

import pytest
from editor_asking import EDIT, Session, session
from editor_browsing import (
    HEADLINE,
    act,
    by_ida,
    card,
    caught,
    fake,
    order,
    page,
    press,
    said,
    server,
)
from editor_desk import EditedDesk
from preview_desk import WEEK

from newsletter.model import Wish
from newsletter.preview import Server

__all__ = ["fake", "page", "server", "session"]

NOT_OURS = "what answered is not the preview: a login page, perhaps"


def reworded(story: str) -> Wish:
    return Wish(kind="headline", story=story, text="Port shut")


def held(page: Any, story: str, key: str) -> Any:
    """Press *key* on a story; return what it sends, which waits to be let go on."""
    waiting: list[Any] = []
    page.route("**/edits", lambda it: waiting.append(it), times=1)
    card(page, story).focus()
    press(page, key)
    return caught(page, waiting)


def drop(page: Any, story: str) -> None:
    card(page, story).focus()
    press(page, "Delete")


@pytest.mark.parametrize(
    ("status", "kind", "told"),
    [
        pytest.param(200, "text/html", NOT_OURS, id="login page"),
        pytest.param(200, "application/json", NOT_OURS, id="JSON of another"),
        pytest.param(502, "text/html", "the server before the preview answered 502", id="502"),
        pytest.param(503, "text/plain", "the server before the preview answered 503", id="503"),
    ],
)
def test_what_another_server_answered_saves_nothing_and_the_text_is_kept_to_be_sent_again(
    fake: EditedDesk, page: Any, status: int, kind: str, told: str
):
    body = '{"login": "here"}' if kind == "application/json" else "<h1>Sign in</h1>"
    page.route(
        "**/edits", lambda it: it.fulfill(status=status, content_type=kind, body=body), times=1
    )
    act(page, "story0", "Edit")
    page.locator(HEADLINE).fill("Night cranes")
    press(page, "Enter")

    state = card(page, "story0").locator(".state", has_text=f"Not saved: {told}")
    state.wait_for()
    bar = said(page, told)
    kept = page.evaluate("Object.values(sessionStorage).join()")
    state.get_by_role("button", name="Try again").click()
    said(page, "Saved 17:48")

    assert "<" not in bar
    assert "Night cranes" in kept
    assert fake.editor.edited.issue.stories[0].headline == "Night cranes"


def test_what_another_server_answered_is_not_shown_as_why_a_story_is_one(page: Any):
    page.route("**/why", lambda it: it.fulfill(content_type="text/html", body="Hi"), times=1)
    card(page, "story0").focus()
    press(page, "w")

    page.locator("#why", has_text=NOT_OURS).wait_for()


def test_what_waited_to_be_sent_asks_about_what_came_in_after_the_click(
    fake: EditedDesk, page: Any
):
    first = held(page, "story20", "l")
    drop(page, "story10")
    by_ida(fake, reworded("story10"))

    first.continue_()
    page.locator("#clash", has_text="Ida changed the headline of").wait_for()

    assert "story10" in order(fake, "Technology")


def test_nobody_is_asked_about_what_she_did_herself_while_others_did_something_else(
    fake: EditedDesk, page: Any
):
    first = held(page, "story20", "l")
    card(page, "story10").focus()
    press(page, "l")
    by_ida(fake, Wish(kind="note", text="We erred."))

    first.continue_()
    page.locator(".story").first.and_(card(page, "story10")).wait_for()

    assert [one.kind for one in fake.editor.edits] == ["note", "lead", "lead"]
    assert page.locator(".question").count() == 0


def test_each_of_two_clashes_is_asked_about_and_answered_by_itself(fake: EditedDesk, page: Any):
    by_ida(fake, reworded("story10"), reworded("story20"))
    first = held(page, "story10", "Delete")
    drop(page, "story20")
    first.continue_()
    questions = page.locator("#clash .question")
    questions.nth(1).wait_for()

    questions.first.get_by_role("button", name="Keep theirs").focus()
    press(page, "Enter")
    focused = page.evaluate("document.activeElement.className")
    press(page, "Tab", "Tab", "Enter")
    card(page, "story20").wait_for(state="detached")

    assert focused == "question"
    assert questions.count() == 0
    kept = [story for section in fake.editor.edited.issue.sections for story in section.stories]
    assert {"story10", "story20"} & {story.id for story in kept} == {"story10"}


@pytest.mark.parametrize("path", [EDIT, "/"], ids=["editing page", "other pages"])
def test_a_page_whose_news_were_refused_once_asks_for_them_again(
    page: Any, server: Server, path: str
):
    page.route("**/events", lambda it: it.fulfill(status=502, body="Bad gateway"), times=1)

    with page.expect_response(lambda it: it.url.endswith("/events") and it.status == 200):
        page.goto(server.address(path))


def test_an_answer_says_whether_its_version_is_the_editors_own(fake: EditedDesk, session: Session):
    first = session.change({"kind": "pin", "story": "story10"}, seen=0)
    by_ida(fake, Wish(kind="note", text="We erred."))
    looked = session.get(f"/issues/{WEEK}/edits?seen=1")

    told = [json.loads(answer.text) for answer in (first, looked)]
    assert [(one["version"], one["is_own"]) for one in told] == [(1, True), (2, False)]
