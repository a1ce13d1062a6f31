"""Finds a Chromium on this machine and has it draw pages, with no script and next to no network."""

import os
import shutil
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

from newsletter.browser.network import PAGE, Gate, unreachable
from newsletter.browser.shots import Scheme
from newsletter.errors import BrowserError

if TYPE_CHECKING:  # an extra, and half a second to start: only who takes pictures waits for it
    from playwright.sync_api import Browser as Chromium
    from playwright.sync_api import BrowserContext, Page, Playwright

VARIABLE = "NEWSLETTER_CHROMIUM"
MAX_HEIGHT = 20_000  # px; 25 screens of a phone tell enough of a page that never ends
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The same letters on every machine: no hints of the screen that this one happens to have.
    "--font-render-hinting=none",
)
_PICTURES_MS = 15_000
_DRAWING_MS = 30_000


class Browser:
    """A running Chromium, and the thread that it listens to."""

    def __init__(self, context: "BrowserContext", thread: Executor, *, offline: bool) -> None:
        self._context = context
        self._thread = thread
        self._offline = offline

    def picture(self, html: str, *, width: int, scheme: Scheme, name: str) -> bytes:
        """Return the whole page as a PNG *width* pixels wide, at most 20,000 high.

        No script runs. Nothing is fetched but pictures over https, none where the browser was
        opened offline; a picture that does not come in 15 s is left out. *name* stands for the page
        in error messages.

        Raises:
            BrowserError: the browser cannot draw it.
        """
        return self._thread.submit(self._drawn, html, width, scheme, name).result()

    def _drawn(self, html: str, width: int, scheme: Scheme, name: str) -> bytes:
        from playwright.sync_api import Error

        try:
            with self._context.new_page() as page:
                page.set_viewport_size({"width": width, "height": 800})
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                return _drawn(page, html, offline=self._offline)
        except Error as error:
            raise BrowserError(
                f"{name}: the browser cannot draw it: {_first_line(error)}; try again, or name"
                f" another Chromium in {VARIABLE}"
            ) from error


@contextmanager
def open_browser(
    *, offline: bool = False, environment: Mapping[str, str] | None = None
) -> Iterator[Browser]:
    """Start a Chromium of this machine, and end it with the block.

    *offline* keeps pictures from being fetched as well. *environment* is where the variable
    NEWSLETTER_CHROMIUM is looked for, None for that of the process.

    Raises:
        BrowserError: there is no Chromium, it does not start, or playwright is not installed.
    """
    executable = find_chromium(os.environ if environment is None else environment)
    # A thread of its own: playwright marks its event loop as the running one of the thread that
    # calls it, and whoever called us could no longer say asyncio.run.
    with ThreadPoolExecutor(1, thread_name_prefix="chromium") as thread:
        opened = ExitStack()
        context = thread.submit(
            opened.enter_context, _running(executable, offline=offline)
        ).result()
        try:
            yield Browser(context, thread, offline=offline)
        finally:
            thread.submit(opened.close).result()


@contextmanager
def _running(executable: str | None, *, offline: bool) -> Iterator["BrowserContext"]:
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        raise BrowserError(
            "playwright is not installed, which drives the browser: pip install"
            " 'newsletter[screenshots]'"
        ) from error
    with sync_playwright() as playwright:
        try:
            chromium = launched(playwright, executable, unreachable(offline=offline))
        except Error as error:
            raise BrowserError(_not_started(executable, error)) from error
        try:
            yield chromium.new_context(
                java_script_enabled=False,
                service_workers="block",
                accept_downloads=False,
                timezone_id="UTC",
            )
        finally:
            with suppress(Error):  # it may have died before us
                chromium.close()


def find_chromium(environment: Mapping[str, str]) -> str | None:
    """Return the path of a Chromium or Chrome, None where only playwright may have one of its own.

    The one that NEWSLETTER_CHROMIUM names comes first, by path or by name, then what the search
    path holds.

    Raises:
        BrowserError: NEWSLETTER_CHROMIUM names none.
    """
    path = environment.get("PATH")
    if named := environment.get(VARIABLE, "").strip():
        if found := shutil.which(named, path=path):
            return found
        raise BrowserError(
            f"{VARIABLE}: {named!r} is no program that can be run; name a Chromium or Chrome by its"
            " path, or unset the variable to have one looked for"
        )
    return next(filter(None, (shutil.which(name, path=path) for name in _NAMES)), None)


def launched(playwright: "Playwright", executable: str | None, *arguments: str) -> "Chromium":
    """Return a headless Chromium, started; *executable* None stands for playwright's own."""
    # Root gets no sandbox from Chromium at all; everybody else keeps it, pages are strangers' text.
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return playwright.chromium.launch(
        executable_path=executable,
        headless=True,
        chromium_sandbox=not is_root,
        args=[*_ARGUMENTS, *arguments],
    )


def _drawn(page: "Page", html: str, *, offline: bool) -> bytes:
    from playwright.sync_api import TimeoutError as LateError

    page.set_default_timeout(_DRAWING_MS)
    page.route("**/*", Gate(html, offline=offline))
    page.goto(PAGE, wait_until="domcontentloaded")
    with suppress(LateError):
        page.wait_for_load_state("load", timeout=_PICTURES_MS)
    size = page.viewport_size or {"width": 0, "height": 0}
    height = max(1, min(int(page.evaluate("document.documentElement.scrollHeight")), MAX_HEIGHT))
    return page.screenshot(
        full_page=True,
        clip={"x": 0, "y": 0, "width": size["width"], "height": height},
        animations="disabled",
        scale="css",
    )


def _not_started(executable: str | None, error: Exception) -> str:
    if executable is None:
        return (
            "no Chromium is installed: apt install chromium, or python -m playwright install"
            f" chromium, or name one by its path in {VARIABLE}"
        )
    return (
        f"{executable}: does not start: {_first_line(error)}; run it by hand to see why, or name"
        f" another Chromium in {VARIABLE}"
    )


def _first_line(error: Exception) -> str:
    lines = (line.strip() for line in str(error).splitlines())
    return next(filter(None, lines), type(error).__name__)
