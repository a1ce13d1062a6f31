"""A real browser before the editing page: an editor's eyes and hands."""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle
from typing import Any

import pytest
from editor_asking import EDIT, fake, server
from editor_desk import EditedDesk
from preview_desk import WEEK

from newsletter.model import Wish
from newsletter.preview import Server

__all__ = ["fake", "server"]

HEADLINE = "#f-headline-story0"

# What is refused says so by its status, which browsers tell as an error of the console.
_REFUSED = re.compile(r"status of (40[139]|422|50[23])|ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE")

# What is typed and not saved goes out when the server says hello, be it late: hands wait for it.
_GREETED = """
  if (!("isGreeted" in window)) {
    window.isGreeted = false;
    window.EventSource = class extends EventSource {
      constructor(...all) {
        super(...all);
        this.addEventListener("hello", () => (window.isGreeted = true));
      }
    };
  }
"""
# Whether the card in the hand stands beside another, on the side that is wanted.
_STANDS = """(onto, isBehind) =>
  (isBehind ? onto.nextElementSibling : onto.previousElementSibling)?.matches(".ghost") ?? false"""
# Every word of the first story's card on how its saving stands, also those that stay for a moment.
_STATES = """() => {
  const card = document.querySelector("#card-story0");
  window.states = [];
  new MutationObserver(() => {
    const now = card.querySelector(".state").textContent;
    if (now && now !== states.at(-1)) states.push(now);
  }).observe(card, { subtree: true, childList: true, characterData: true });
}"""


def come(page: Any, go: Callable[[], object]) -> None:
    """Have *page* go to an editing page by *go*, and wait until it is ready for hands."""
    page.add_init_script(_GREETED)
    go()
    page.locator("html.scripted").wait_for()
    until(page, "window.isGreeted")


def opened(page: Any, server: Server, *, width: int = 1200, scheme: str = "light") -> Any:
    """Return *page* with the issue on it, ready for hands."""
    page.set_viewport_size({"width": width, "height": 900 if width > 800 else 812})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    come(page, lambda: page.goto(server.address(EDIT)))
    return page


def another(page: Any, server: Server) -> Any:
    """Return a second browser's page with the same issue, of another session."""
    context = page.context.browser.new_context()
    context.set_default_timeout(60_000)
    return opened(context.new_page(), server)


@pytest.fixture
def page(shared_page: Any, server: Server) -> Iterator[Any]:
    """The editing page in a wide window; its console must stay silent."""
    said: list[str] = []

    def hear(line: Any) -> None:
        if line.type in ("error", "warning") and not _REFUSED.search(line.text):
            said.append(line.text)

    ears = {"pageerror": lambda error: said.append(str(error)), "console": hear}
    for event, ear in ears.items():
        shared_page.on(event, ear)
    yield opened(shared_page, server)
    shared_page.goto("about:blank")  # its ear for news is let go before the server ends
    for event, ear in ears.items():
        shared_page.remove_listener(event, ear)
    assert said == []


def said(page: Any, text: str) -> str:
    """Wait until the bar says *text*; return all that it says with it."""
    return str(page.locator("#said:visible", has_text=_exactly(text)).inner_text())


def until(page: Any, script: str, arg: object = None) -> None:
    """Wait until *script* holds in the page; playwright's own waiting breaks the page's policy."""
    end = time.monotonic() + 60
    while not page.evaluate(script, arg):
        assert time.monotonic() < end, script
        page.wait_for_timeout(50)


def caught(page: Any, routes: Sequence[Any]) -> Any:
    """Wait until a request was caught on its way; return what lets it go on."""
    end = time.monotonic() + 60
    while not routes:
        assert time.monotonic() < end
        page.wait_for_timeout(20)
    return routes[0]


def _exactly(text: str) -> re.Pattern[str]:
    """Letters as they are: “Not saved” is not “Saved”."""
    return re.compile(re.escape(text))


def card(page: Any, story: str) -> Any:
    return page.locator(f"#card-{story}")


def act(page: Any, story: str, name: str) -> None:
    """Click what a card offers once it is the current one."""
    card(page, story).locator("h3").click()
    page.locator(f"#card-{story}.current").wait_for()  # until then some of it is out of sight
    card(page, story).get_by_role("button", name=re.compile(f"^{name}")).first.click()


def press(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def drag(page: Any, grip: Any, onto: Any, *, below: bool = False) -> None:
    """Take hold of *grip*, and let go once its card stands before *onto* or, *below*, behind it."""
    grip.scroll_into_view_if_needed()
    onto.scroll_into_view_if_needed()
    start = grip.bounding_box()
    page.mouse.move(start["x"] + 6, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(start["x"] + 20, start["y"] + 20, steps=4)
    page.locator(".ghost").wait_for()
    end = time.monotonic() + 60
    for share in cycle((0.95, 0.3, 0.7) if below else (0.05, 0.7, 0.3)):
        box = onto.bounding_box()
        at = [int(box["x"] + 60), int(box["y"] + box["height"] * share)]
        page.mouse.move(*at, steps=12)
        # It looks only now and then where the hand is.
        until(page, "([x, y]) => Sortable.active._lastX === x && Sortable.active._lastY === y", at)
        if onto.evaluate(_STANDS, below):
            break
        assert time.monotonic() < end
    page.mouse.up()


def order(fake: EditedDesk, section: str) -> list[str]:
    """Return the ids of the stories that a section of the issue has."""
    sections = fake.editor.edited.issue.sections
    return [story.id for one in sections if one.name == section for story in one.stories]


def headline(fake: EditedDesk) -> str:
    """Return the headline of the issue's first story."""
    return fake.editor.edited.issue.stories[0].headline


def state(page: Any, text: str) -> None:
    """Wait until the first story's card says *text* of how its saving stands."""
    page.locator("#card-story0 .state", has_text=_exactly(text)).wait_for()


def noted(page: Any) -> None:
    """Have *page* note from now on, in `states`, all that the first story's card says of it."""
    page.evaluate(_STATES)


def by_ida(fake: EditedDesk, *wishes: Wish) -> None:
    """Have somebody else change the issue, of which this page has not heard."""
    fake.editor.change(WEEK, wishes, None, "Ida")


def clash(fake: EditedDesk, page: Any) -> None:
    """Have her headline and another's meet."""
    act(page, "story0", "Edit")
    by_ida(fake, Wish(kind="headline", story="story0", text="Port shut"))
    page.locator(HEADLINE).fill("Night cranes")
    press(page, "Enter")
    card(page, "story0").get_by_text("Somebody changed this meanwhile").wait_for()
