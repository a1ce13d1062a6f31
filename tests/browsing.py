"""A real browser for tests: one Chromium for all, a fresh context for each, axe-core within it."""

import asyncio
import os
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, NoReturn

import pytest

from newsletter.browser.chromium import find_chromium, launched
from newsletter.errors import BrowserError

# axe-core's tags of everything that WCAG 2.2 asks for on levels A and AA.
WCAG_AA = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


# No test reaches the outside; one that wants a picture answers for it with `page.route`.
_OUTSIDE = re.compile(r"^(?!https?://(127\.0\.0\.1|localhost|\[::1\])(:|/|$))")


class Chromium(NamedTuple):
    """The browser of the test run, and the event loop by which playwright speaks to it."""

    browser: Any
    loop: asyncio.AbstractEventLoop


# One process for all pages and frames: the tests wait for pages, not for processes to start.
_ONE_PROCESS = (
    "--renderer-process-limit=1",
    "--disable-site-isolation-trials",
    "--disable-features=IsolateSandboxedIframes",
)

_CHROMIUM = pytest.StashKey[Chromium | str]()  # a text where there is none: the reason


@pytest.fixture
def browser_page(request: pytest.FixtureRequest) -> Iterator[Any]:
    """A page of playwright's, in a context of its own that ends with the test.

    All tests share one Chromium. Where there is none the test is skipped; with
    NEWSLETTER_BROWSER=required in the environment, as in CI, it fails instead.
    """
    chromium = _chromium(request.config)
    _mark(chromium.loop)
    page = _new_page(chromium)
    yield page
    _mark(chromium.loop)
    page.context.close()
    _mark(None)


@pytest.fixture(scope="module")
def _page_of_module(request: pytest.FixtureRequest) -> Iterator[Any]:
    chromium = _chromium(request.config)
    _mark(chromium.loop)
    page = _new_page(chromium)
    _mark(None)
    yield page
    _mark(chromium.loop)
    page.context.close()
    _mark(None)


@pytest.fixture
def shared_page(request: pytest.FixtureRequest, _page_of_module: Any) -> Iterator[Any]:
    """A page of playwright's that all tests of a module share, which only look at what it shows.

    It keeps what the test before left: window, scheme, storage.
    """
    loop = _chromium(request.config).loop
    _mark(loop)
    yield _page_of_module
    _mark(None)


def missing(why: str) -> NoReturn:
    """Skip the test that wants a browser, or fail it where there must be one."""
    if os.environ.get("NEWSLETTER_BROWSER") == "required":
        pytest.fail(why, pytrace=False)
    pytest.skip(why)


def show(page: Any, html: str, *, width: int = 600, scheme: str = "light") -> None:
    """Have *page* show *html* in a window *width* pixels wide, to a reader of that scheme."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.set_content(html, wait_until="load")


def axe(page: Any) -> list[str]:
    """Return what axe-core finds against WCAG 2.2 AA on *page*: rule, element and reason each.

    The page is left as it was, but with axe-core in it.
    """
    from axe_playwright_python.sync_playwright import Axe

    options = {"runOnly": {"type": "tag", "values": list(WCAG_AA)}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))}: {_reason(node)}"
        for violation in found
        for node in violation["nodes"]
    ]


def overflow(page: Any) -> int:
    """Return by how many pixels *page* is wider than its window: 0 where nothing sticks out."""
    wide = page.evaluate(
        "Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"
        " - document.documentElement.clientWidth"
    )
    return max(0, int(wide))


def _reason(node: Any) -> str:
    checks: Sequence[Any] = [*node["any"], *node["all"], *node["none"]]
    return "; ".join(check["message"] for check in checks)


def _new_page(chromium: Chromium) -> Any:
    context = chromium.browser.new_context(viewport={"width": 600, "height": 800})
    context.set_default_timeout(60_000)
    context.route(_OUTSIDE, lambda route: route.abort())
    return context.new_page()


def _chromium(config: pytest.Config) -> Chromium:
    """Return the Chromium of this run, started when the first test wants it."""
    if _CHROMIUM not in config.stash:
        config.stash[_CHROMIUM] = _started(config)
    found = config.stash[_CHROMIUM]
    if isinstance(found, str):
        missing(found)
    return found


def _started(config: pytest.Config) -> Chromium | str:
    """Return a Chromium that ends with the run, or why there is none."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        return "playwright is not installed: pip install 'newsletter[screenshots]'"
    playwright = sync_playwright().start()
    loop = asyncio.get_running_loop()
    try:
        browser = launched(playwright, find_chromium(os.environ), *_ONE_PROCESS)
    except (BrowserError, Error) as error:
        playwright.stop()
        return f"no Chromium that starts: apt install chromium ({str(error).splitlines()[0]})"

    def end() -> None:
        _mark(loop)
        browser.close()
        playwright.stop()

    config.add_cleanup(end)
    return Chromium(browser, loop)


def _mark(loop: asyncio.AbstractEventLoop | None) -> None:
    """Say which event loop is the running one of this thread.

    Playwright leaves its own marked so between two calls, and no other test could say asyncio.run:
    the mark comes off between tests.
    """
    asyncio.events._set_running_loop(loop)
