"""The editing page while answers and news overtake each other: it is never stale for good."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from editor_asking import EDIT, Session
from editor_browsing import caught, fake, order, page, press, said, server, until
from editor_desk import EditedDesk, FakeEditor
from preview_desk import WEEK, served

from newsletter.model import Opened, Wish
from newsletter.preview.login import Access

__all__ = ["fake", "page", "server"]

DROP = {"kind": "drop", "story": "story10"}
REFRESH = "import('/static/edit/sending.js').then((it) => void it.refresh())"


@dataclass
class OvertakenEditor(FakeEditor):
    """Something happens once after an issue was read, or changed, and before it is answered."""

    after_reading: list[Callable[[], object]] = field(default_factory=list)
    after_changing: list[Callable[[], object]] = field(default_factory=list)

    def opened(self, issue: str, by: str) -> Opened:
        found = super().opened(issue, by)
        if self.after_reading:
            self.after_reading.pop()()
        return found

    def change(self, issue: str, wishes: Sequence[Wish], seen: int | None, by: str) -> Opened:
        found = super().change(issue, wishes, seen, by)
        if self.after_changing:
            self.after_changing.pop()()
        return found


@pytest.fixture
def overtaken(tmp_path: Path) -> Iterator[tuple[OvertakenEditor, Session]]:
    editor = OvertakenEditor()
    with served(
        EditedDesk(folder=tmp_path / "workspace", editor=editor), access=Access(editor="Ada")
    ) as server:
        yield editor, Session(server)


def news_of_page(session: Session) -> str:
    found = re.search(r'data-news="([^"]+)"', session.get(EDIT).text)
    assert found
    return found[1]


def news_of_parts(session: Session) -> str:
    return str(json.loads(session.get(f"/issues/{WEEK}/edits").text)["news_version"])


def news_of_change(session: Session) -> str:
    answer = session.change({"kind": "note", "text": "We erred."})
    return str(json.loads(answer.text)["news_version"])


@pytest.mark.parametrize("ask", [news_of_page, news_of_parts], ids=["page", "parts"])
def test_what_changed_since_it_was_read_is_news_to_a_page(
    overtaken: tuple[OvertakenEditor, Session], ask: Callable[[Session], str]
):
    editor, session = overtaken
    editor.after_reading.append(lambda: session.change(DROP))

    told = ask(session)

    assert told != news_of_parts(session)


def test_what_changed_since_it_was_changed_is_news_to_a_page(
    overtaken: tuple[OvertakenEditor, Session],
):
    editor, session = overtaken
    editor.after_changing.append(lambda: session.change(DROP))

    told = news_of_change(session)

    assert told != news_of_parts(session)


def test_what_nobody_has_overtaken_is_no_news(overtaken: tuple[OvertakenEditor, Session]):
    _, session = overtaken

    told = [news_of_change(session), news_of_page(session), news_of_parts(session)]

    assert len(set(told)) == 1


def late(page: Any) -> Callable[[], None]:
    """Have *page* ask how the issue is; return what lets it have the answer of now later."""
    routes: list[Any] = []
    page.route("**/edits?seen=*", lambda it: routes.append(it), times=1)
    page.evaluate(REFRESH)
    route = caught(page, routes)
    old = route.fetch()

    def come() -> None:
        with page.expect_request("**/edits?seen=*") as again:
            route.fulfill(response=old)
        again.value.response().finished()

    return come


def test_an_answer_from_before_the_approval_says_nothing_of_a_draft(page: Any):
    come = late(page)

    page.get_by_role("button", name=f"Approve {WEEK}").click()
    told = said(page, "is approved")
    come()
    until(page, "!document.querySelector('#approve').matches(':enabled')")

    assert said(page, "is approved") == told


def test_what_nothing_overtakes_is_asked_for_once(page: Any):
    asked: list[str] = []
    page.on("request", lambda it: asked.append(it.url) if "seen=" in it.url else None)

    for _ in range(2):
        page.evaluate("import('/static/edit/sending.js').then((it) => it.refresh())")

    assert len(asked) == 2


def test_an_answer_from_before_a_move_does_not_put_it_back(fake: EditedDesk, page: Any):
    before = order(fake, "Technology")
    come = late(page)

    page.locator(f"#card-{before[2]}").focus()
    for _ in range(2):
        press(page, "Space", "ArrowUp", "Space")
        said(page, "Place")
        come()
        come = late(page)
    come()

    assert order(fake, "Technology")[:3] == [before[2], *before[:2]]
