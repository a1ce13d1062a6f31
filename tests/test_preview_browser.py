"""The preview as a person uses it: with eyes, keys and a template open in an editor."""

from collections.abc import Iterator
from typing import Any

import pytest
from browsing import axe, browser_page, overflow
from preview_asking import base, fake
from preview_desk import WEEK, FakeDesk, previewing

__all__ = ["base", "browser_page", "fake"]  # fixtures, by whose names the tests ask for them

PAGES = {
    "issues": "",
    "issue": f"issues/{WEEK}",
    "compare": f"issues/{WEEK}?show=all",
    "text": f"issues/{WEEK}?edition=text&beside=markdown",
    "source": f"issues/{WEEK}?edition=source",
    "headers": f"issues/{WEEK}?edition=headers",
    "feeds": "feeds",
    "charts": "charts",
    "archive": "archive",
    "keys": "keys",
    "unknown": "issues/2020-W01",
}
ISSUE = f"issues/{WEEK}"


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A preview that tests only look at, with an archive."""
    site = tmp_path_factory.mktemp("site")
    (site / "index.html").write_text("<!doctype html><title>All</title><h1>All issues</h1>")
    fake = FakeDesk(folder=tmp_path_factory.mktemp("standing") / "workspace", site=site)
    with previewing(fake) as url:
        yield url


@pytest.fixture
def page(browser_page: Any) -> Iterator[Any]:
    """A wide page, whose console must stay silent."""
    yield from silent(browser_page)


@pytest.fixture
def looked_at(shared_page: Any, standing: str) -> Iterator[Any]:
    """A page that is only looked at, whose console must stay silent."""
    yield from silent(shared_page)


def silent(page: Any) -> Iterator[Any]:
    said: list[str] = []
    ears = {
        "pageerror": lambda error: said.append(str(error)),
        "console": lambda line: said.append(line.text) if is_fault(line) else None,
    }
    for event, ear in ears.items():
        page.on(event, ear)
    page.set_viewport_size({"width": 1200, "height": 900})
    yield page
    page.goto("about:blank")  # its ear for news is let go before the server ends
    for event, ear in ears.items():
        page.remove_listener(event, ear)
    assert said == []


def is_fault(line: Any) -> bool:
    # A page that is not there says so by its status; browsers tell that as an error.
    return line.type == "error" and "status of 404" not in line.text


def mail(page: Any) -> Any:
    return page.frame_locator("iframe").locator("body")


def expect_scrolled(page: Any) -> None:
    from playwright.sync_api import expect

    line = page.frame_locator("iframe").locator("#line60")
    expect(line).to_be_in_viewport(timeout=60_000)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_accessible_and_fits_its_window(looked_at: Any, standing: str, name: str):
    # A sample: every other page on a phone in the dark. All of them in both: tests/long.
    on_a_phone = list(PAGES).index(name) % 2 == 1

    looked_at.goto(standing + PAGES[name])

    assert faults_of(looked_at, *((375, "dark") if on_a_phone else (1200, "light"))) == []


def faults_of(page: Any, width: int, scheme: str) -> list[str]:
    """Whom a page shuts out, and whether it is wider than its window."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    return axe(page) + ["wider than the window"] * bool(overflow(page))


def test_a_view_is_reached_by_a_click(page: Any, standing: str):
    # A sample; every view there is: tests/long.
    page.goto(standing)
    page.get_by_role("link", name="Preview", exact=True).click()
    seen = shows_by_clicks(page, "Forced dark", "Light")
    choose(page, "Briefing")
    title = page.frame_locator("iframe").locator("h1").inner_text()
    choose(page, "375")
    page.frame_locator("iframe").locator("h1").wait_for()
    width = page.frame_locator("iframe").locator("html").bounding_box()["width"]
    headings = headings_by_clicks(page, "Source")

    assert seen == {"Forced dark": "forced-dark", "Light": "light"}
    assert (title, width) == ("Tideline briefing", 375)
    assert headings == ["Source of the mail"]


def choose(page: Any, name: str) -> None:
    """Click on a link and wait for the page that it leads to, where it is the current one."""
    link = page.get_by_role("link", name=name, exact=True).first
    link.click()
    link.and_(page.locator("[aria-current]")).wait_for()


def shows_by_clicks(page: Any, *names: str) -> dict[str, str]:
    """How the mail is shown after a click on each link."""
    seen = {}
    for name in names:
        choose(page, name)
        seen[name] = page.frame_locator("iframe").locator("h1").get_attribute("data-show")
    return seen


def headings_by_clicks(page: Any, *names: str) -> list[str]:
    """What stands above the pane after a click on each link."""
    headings = []
    for name in names:
        choose(page, name)
        headings.append(page.locator(".pane h2").first.inner_text())
    return headings


def test_keys_change_the_view_unless_somebody_types_or_has_switched_them_off(
    page: Any, standing: str
):
    page.goto(standing + ISSUE)

    page.keyboard.press("2")
    page.wait_for_url("**show=dark")
    page.keyboard.press("w")
    page.wait_for_url("**width=768*")
    page.keyboard.press("t")
    page.wait_for_url("**theme=briefing")
    page.get_by_role("textbox", name="To").fill("")
    page.get_by_role("textbox", name="To").press_sequentially("e2@x.org")
    assert page.get_by_role("textbox", name="To").input_value() == "e2@x.org"
    page.get_by_role("textbox", name="To").blur()
    page.keyboard.press("?")
    page.get_by_label("Letters and figures act").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.evaluate("addEventListener('click', () => { window.hasActed = true })")
    page.keyboard.press("3")
    page.keyboard.press("e")

    assert page.evaluate("window.hasActed") is None


def test_a_template_is_edited_broken_and_mended_while_the_page_is_open(
    fake: FakeDesk, base: str, page: Any
):
    page.goto(base + ISSUE)
    mail(page).get_by_text("Read the good week.").wait_for()
    page.mouse.move(400, 500)
    page.mouse.wheel(0, 2100)
    expect_scrolled(page)

    fake.template.write_text("<p>Behold the {word} week.</p>")
    mail(page).get_by_text("Behold the good week.").wait_for()
    expect_scrolled(page)
    fake.template.write_text("<p>Read the {wird} week.</p>")
    page.get_by_role("alert").get_by_text("templates/email.html:1: 'wird' is undefined").wait_for()
    mail(page).get_by_text("Behold the good week.").wait_for()  # what was good last
    fake.template.write_text("<p>Mended is the {word} week.</p>")
    mail(page).get_by_text("Mended is the good week.").wait_for()
    page.get_by_role("alert").wait_for(state="detached")


def test_the_coming_issue_is_composed_anew_and_the_page_follows(
    fake: FakeDesk, base: str, page: Any
):
    fake.building.clear()
    page.goto(base + ISSUE)

    page.get_by_role("button", name="compose anew").click()
    page.get_by_role("status").get_by_text("Composing the coming issue").wait_for()
    is_off = page.get_by_role("button", name="Composing").is_disabled()
    fake.building.set()
    page.get_by_role("status").get_by_text("2026-W47 was composed anew").wait_for()
    mail(page).get_by_text("Read the rebuilt week.").wait_for()

    assert is_off


def test_a_notice_stays_while_the_page_follows_until_something_else_is_under_way(
    fake: FakeDesk, base: str, page: Any
):
    notice = page.get_by_role("status").get_by_text("2026-W47 was composed anew")
    page.goto(base + ISSUE)
    page.get_by_role("button", name="compose anew").click()
    notice.wait_for()

    fake.template.write_text("<p>Behold the {word} week.</p>")
    mail(page).get_by_text("Behold the rebuilt week.").wait_for()
    kept = notice.count()
    fake.building.clear()
    page.get_by_role("button", name="compose anew").click()
    page.get_by_role("status").get_by_text("Composing the coming issue").wait_for()
    left = notice.count()
    fake.building.set()
    notice.wait_for()

    assert (kept, left) == (1, 0)


def test_a_test_is_sent_with_the_form(fake: FakeDesk, base: str, page: Any):
    page.goto(base + ISSUE)

    page.get_by_role("textbox", name="To").fill("me@example.org")
    page.get_by_role("button", name="Send test").click()
    page.get_by_role("status").get_by_text("was taken by mail.example.org").wait_for()

    assert fake.sent == [(WEEK, "me@example.org")]


def test_a_hostile_issue_runs_nothing_and_reaches_nobody(
    fake: FakeDesk, base: str, browser_page: Any
):
    page = browser_page  # its console may tell of all that was refused
    fake.hostile = """
        <script>parent.document.title = 'owned'; fetch('/rebuild', {method: 'POST'})</script>
        <img src=x onerror="top.location='/feeds'"><iframe src="/issues/2026-W47"></iframe>
        <form id="evil" action="/rebuild" method="post"><button>Win</button></form>
        <meta http-equiv="refresh" content="0;url=/feeds"><base target="_top">
        <a href="/feeds" target="_top">Away</a>
    """
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    page.goto(base + ISSUE)
    inside = page.frame_locator("iframe").first

    inside.get_by_text("Win").click()
    inside.get_by_text("Away").click()
    page.get_by_role("link", name="Dark", exact=True).click()
    inside.locator("h1[data-show=dark]").wait_for()
    stayed, title = page.url, page.title()
    page.goto("about:blank")

    assert stayed == f"{base}{ISSUE}?show=dark"
    assert "owned" not in title
    assert not [one for one in asked if one.startswith("POST")]
    assert fake.word == "good"


def test_a_link_of_the_issue_opens_in_a_window_of_its_own(page: Any, standing: str):
    page.goto(standing + ISSUE)
    page.context.route("https://ledger.example/**", lambda route: route.fulfill(body="The Ledger"))

    with page.expect_popup() as popup:
        page.frame_locator("iframe").get_by_text("The Ledger").click()
    popup.value.get_by_text("The Ledger").wait_for()

    assert page.url == standing + ISSUE


def test_without_script_every_view_is_a_link_away(browser_page: Any, standing: str):
    context = browser_page.context.browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(standing + ISSUE)

    choose(page, "Dark")
    show = page.frame_locator("iframe").locator("h1").get_attribute("data-show")
    context.close()

    assert show == "dark"
