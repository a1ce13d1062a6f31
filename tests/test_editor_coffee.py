"""The whole coffee before a real workspace: by keys alone until it is out."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from browsing import axe
from editor_browsing import card, press, said
from editor_coffee import (
    HEADLINE,
    LATER,
    NOTE,
    SUMMARY,
    WEEK,
    Coffee,
    laid_out,
    opened,
    see_that_all_was_done,
    see_that_every_edition_says_so,
    written,
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return laid_out(tmp_path_factory.mktemp("coffee"))


@pytest.fixture
def coffee(workspace: Path, tmp_path: Path) -> Coffee:
    return Coffee(Path(shutil.copytree(workspace, tmp_path / "week")))


def test_what_was_done_by_keys_alone_outlives_a_rebuild_and_is_published(
    coffee: Coffee, shared_page: Any, capsys: pytest.CaptureFixture[str]
):
    with opened(coffee, shared_page, width=1200) as page:
        by_keys(coffee, page)
        approved(page)
        see_that_all_was_done(coffee)
        assert axe(page) == []

        coffee.pass_by(hours=1)
        written(coffee.folder, LATER)
        coffee.ran("build-issue", "--offline")
        assert f"{WEEK} was approved; built again, it is a draft" in capsys.readouterr().err
        said(page, "It was approved, and was changed or built again since: it is a draft.")
        card(page, coffee.id("Warm")).get_by_text("since then also told by Harbour Post").wait_for()
        approved(page)
        coffee.ran("publish")
        page.get_by_text(f"{WEEK} is published and stays as it is.").wait_for()

    see_that_all_was_done(coffee)
    see_that_every_edition_says_so(coffee)
    assert "Dam" in coffee.told_by
    assert coffee.told_by["Warm"] == {"Sandholm Mail", "Harbour Post"}
    assert coffee.issue.status == "published"


def by_keys(coffee: Coffee, page: Any) -> None:
    flood, ferry, salt, island = map(coffee.id, ("Flood", "Ferry", "Salt", "Island"))
    library, court = coffee.id("Library"), coffee.id("Court")
    press(page, "c", "ArrowDown", "Enter")  # from the search to the first candidate
    said(page, "Brought in “Fishermen")
    press(page, "Escape")
    for story, headline in ((library, "Library"), (court, "Court")):
        go_to(page, story)
        press(page, "Delete")
        said(page, f"Dropped “{headline}")
    go_to(page, island)
    press(page, "Space", "ArrowUp", "ArrowUp", "Space")
    said(page, "Place 4 of 4 in Coast: Island")
    go_to(page, ferry)
    press(page, "Space", "ArrowUp", "Space")
    said(page, "Place 1 of 4 in Coast: Ferry")
    press(page, "Enter", "Control+a")
    page.keyboard.type(HEADLINE)
    press(page, "Tab", "Control+a")
    page.keyboard.insert_text(SUMMARY)
    press(page, "Escape")
    card(page, ferry).locator(".shown").get_by_text("The captain is content").wait_for()
    tab_to(page, "#own-note [data-do=edit-own]", "Shift+Tab")
    press(page, "Enter")
    page.keyboard.insert_text(NOTE)
    press(page, "Escape")
    page.locator("#own-note .shown").get_by_text("We erred").wait_for()
    go_to(page, flood)
    press(page, "m")
    row_named(page, "Merge with: Engineers")
    press(page, "Enter")
    said(page, "Merged “Flood")
    go_to(page, salt)
    press(page, "s")
    page.locator("#why input:focus").wait_for()
    press(page, "ArrowDown", "Space", "s")
    said(page, "Split one article off “Salt")
    press(page, "Escape")


def approved(page: Any) -> None:
    tab_to(page, "#approve")
    press(page, "Enter")
    said(page, f"{WEEK} is approved")


def go_to(page: Any, story: str) -> None:
    """Go by arrows to the card of *story*, from wherever the focus is."""
    cards = page.locator(".story").evaluate_all("all => all.map((one) => one.dataset.story)")
    for _ in range(2 * len(cards)):
        if page.evaluate("document.activeElement.id") == f"card-{story}":
            return
        now = page.evaluate("document.querySelector('.story.current')?.dataset.story ?? ''")
        is_behind = now in cards and cards.index(now) > cards.index(story)
        press(page, "ArrowUp" if is_behind or now == cards[-1] else "ArrowDown")
    raise AssertionError(story)


def row_named(page: Any, name: str) -> None:
    """Go down the rows of the drawer until the focus is on the button of that name."""
    page.locator("#drawer button:focus").wait_for()
    for _ in range(20):
        if str(page.locator(":focus").get_attribute("aria-label")).startswith(name):
            return
        press(page, "ArrowDown")
    raise AssertionError(name)


def tab_to(page: Any, selector: str, key: str = "Tab") -> None:
    """Press *key* until the focus is on what *selector* names."""
    for _ in range(200):
        if page.evaluate("(one) => document.activeElement.matches(one)", selector):
            return
        press(page, key)
    raise AssertionError(selector)
