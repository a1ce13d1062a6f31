"""Pictures of an issue: which there are, who draws them, and what a drawn page may do."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace

import pytest
from browsing import missing
from servers import answer, says, serving

from newsletter.browser import Browser, Shot, find_chromium, open_browser, shots
from newsletter.browser.network import PAGE, Gate, is_public
from newsletter.errors import BrowserError

EDITION = ("check.html", "email.html", "index.html", "issue.eml", "issue.md", "issue.txt")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with ExitStack() as opened:
        try:
            found = opened.enter_context(open_browser())
        except BrowserError as error:
            missing(str(error))
        yield found


def drawn(browser: Browser, html: str, *, width: int = 375, scheme: str = "light") -> bytes:
    return browser.picture(html, width=width, scheme=scheme, name="a.png")  # type: ignore[arg-type]


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


def test_an_edition_has_its_web_page_its_mail_and_its_check_drawn():
    names = [shot.name for shot in shots(EDITION)]

    assert names == [
        *(f"web-{width}-{show}.png" for width in (1200, 375) for show in ("light", "dark")),
        *(
            f"mail-{width}-{show}.png"
            for width in (600, 375)
            for show in ("light", "dark", "forced-dark", "images-off", "no-style")
        ),
        *(f"check-{width}-{show}.png" for width in (1200, 375) for show in ("light", "dark")),
    ]


def test_a_file_that_is_not_there_is_not_drawn():
    assert {shot.file for shot in shots(("index.html", "issue.txt"))} == {"index.html"}


@pytest.mark.parametrize(("show", "scheme"), [("dark", "dark"), ("forced-dark", "light")])
def test_only_the_dark_of_our_own_is_asked_of_the_browser(show: str, scheme: str):
    asked = Shot(name="a.png", file="email.html", show=show, width=375)  # type: ignore[arg-type]

    assert asked.scheme == scheme


def test_a_picture_is_as_wide_as_asked_and_as_high_as_the_page(browser: Browser):
    page = "<body style='margin:0'><div style='height:3000px'>long</div>"

    assert size(drawn(browser, page)) == (375, 3000)
    assert size(drawn(browser, page, width=1200)) == (1200, 3000)


def test_a_page_that_does_not_end_is_cut(browser: Browser):
    page = "<body style='margin:0'><div style='height:90000px'>endless</div>"

    assert size(drawn(browser, page)) == (375, 20_000)


def test_the_same_page_gives_the_same_picture(browser: Browser):
    page = "<h1>The week</h1><p>Nothing happened.</p>"

    assert drawn(browser, page) == drawn(browser, page)


def test_a_page_sees_the_scheme_that_is_asked_for(browser: Browser):
    page = "<style>@media (prefers-color-scheme: dark) {body {background: #000}}</style>night"
    black = drawn(browser, "<body style='background:#000'>night")

    assert drawn(browser, page, scheme="dark") == black
    assert drawn(browser, page) != black


def test_no_script_of_a_page_runs(browser: Browser):
    page = "<p>before</p>{}"
    script = "<script>document.body.textContent='after'</script>"
    handler = "<img hidden src=data:, onerror=\"document.body.textContent='after'\">"

    assert drawn(browser, page.format(script + handler)) == drawn(browser, page.format(""))


def test_a_page_reaches_no_server_of_this_machine(browser: Browser):
    with serving(says(answer(b"no"))) as server:
        url = server.url("/a.png")
        drawn(
            browser,
            f'<link rel="stylesheet" href="{url}"><style>@import "{url}";'
            f"@font-face{{font-family:x;src:url({url})}} p{{font-family:x;background:url({url})}}"
            f'</style><meta http-equiv="refresh" content="0;url={url}"><p>text<img src="{url}">'
            f'<iframe src="{url}"></iframe><object data="{url}"></object>',
        )

    assert server.connections == 0


@pytest.mark.parametrize(
    ("url", "kind", "answered"),
    [
        ("https://pictures.example/a.png", "image", "fetched"),
        ("http://pictures.example/a.png", "image", "nothing"),
        ("https://pictures.example/a.css", "stylesheet", "nothing"),
        ("https://pictures.example/a.woff2", "font", "nothing"),
        ("https://pictures.example/", "document", "nothing"),
        (f"{PAGE}a.png", "image", "nothing"),
        ("https://127.0.0.1/a.png", "image", "nothing"),
        ("https://[::1]/a.png", "image", "nothing"),
        ("https://192.168.0.1/router.png", "image", "nothing"),
        ("https://169.254.169.254/latest", "image", "nothing"),
        ("https://localhost/a.png", "image", "nothing"),
        ("https://printer.local/a.png", "image", "nothing"),
        ("https://intranet/a.png", "image", "nothing"),
        (PAGE, "document", "page"),
    ],
)
def test_a_page_fetches_pictures_of_the_web_over_https_and_nothing_else(
    url: str, kind: str, answered: str
):
    route = Asked(url, kind)

    Gate("<p>page", offline=False)(route)  # type: ignore[arg-type]

    assert route.answered == answered


def test_offline_not_even_pictures_are_fetched():
    route = Asked("https://pictures.example/a.png", "image")

    Gate("<p>page", offline=True)(route)  # type: ignore[arg-type]

    assert is_public(route.request.url)
    assert route.answered == "nothing"


class Asked:
    """A request of a browser, which remembers how it was answered."""

    def __init__(self, url: str, kind: str) -> None:
        self.answered = "not yet"
        self.request = SimpleNamespace(
            url=url, resource_type=kind, is_navigation_request=lambda: kind == "document"
        )

    def fulfill(self, *, status: int = 200, **_: object) -> None:
        self.answered = "page" if status == 200 else "nothing"

    def continue_(self) -> None:
        self.answered = "fetched"

    def abort(self) -> None:
        self.answered = "nothing"


def test_the_browser_that_the_variable_names_comes_first(tmp_path: Path):
    named, usual = program(tmp_path / "mine"), program(tmp_path / "chromium")

    found = find_chromium({"PATH": str(tmp_path), "NEWSLETTER_CHROMIUM": str(named)})

    assert found == str(named)
    assert find_chromium({"PATH": str(tmp_path)}) == str(usual)


def test_a_variable_that_names_no_program_is_told(tmp_path: Path):
    with pytest.raises(BrowserError, match="NEWSLETTER_CHROMIUM: 'nowhere' is no program"):
        find_chromium({"PATH": str(tmp_path), "NEWSLETTER_CHROMIUM": "nowhere"})


def test_without_a_browser_the_ways_to_one_are_named(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))

    with (
        pytest.raises(BrowserError, match="no Chromium is installed: apt install chromium"),
        open_browser(environment={"PATH": str(tmp_path)}),
    ):
        pass


def test_a_browser_that_does_not_start_is_named(browser: Browser, tmp_path: Path):
    broken = program(tmp_path / "chromium")

    with (
        pytest.raises(BrowserError, match=f"^{broken}: does not start: ") as caught,
        open_browser(environment={"PATH": str(tmp_path)}),
    ):
        pass

    assert "\n" not in str(caught.value)


def test_a_page_that_cannot_be_drawn_is_named(browser: Browser):
    with pytest.raises(BrowserError, match=r"^a\.png: the browser cannot draw it: "):
        drawn(browser, "<p>narrow", width=-1)


def test_without_playwright_its_extra_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)

    with (
        pytest.raises(BrowserError, match=r"pip install 'newsletter\[screenshots\]'"),
        open_browser(),
    ):
        pass


def test_nobody_waits_for_playwright_who_takes_no_pictures():
    loaded = "import sys, newsletter.browser; print('playwright' in sys.modules)"

    said = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True
    )

    assert said.stdout == "False\n"


def program(path: Path) -> Path:
    path.write_text("#!/bin/sh\nexit 3\n")
    path.chmod(0o755)
    return path
