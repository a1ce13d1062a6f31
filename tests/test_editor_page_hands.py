"""What hands do on the editing page is told where it went, and the focus stays where it was."""

from typing import Any

from editor_browsing import (
    act,
    card,
    caught,
    fake,
    opened,
    order,
    page,
    press,
    said,
    server,
    until,
)
from editor_desk import EditedDesk

from newsletter.model import Finding, Place
from newsletter.preview import Server

__all__ = ["fake", "page", "server"]


def test_a_part_that_was_split_off_is_told_where_it_went(fake: EditedDesk, page: Any):
    act(page, "story0", "Split")
    page.locator("#why [data-article]").nth(1).check()
    page.locator("#why [data-do=split-off]").click()

    told = said(page, "Split one article off")

    assert "It is a candidate now: open Candidates." in told
    assert page.locator("#candidate-fromstory0").count() == 1


def test_merging_names_both_headlines_the_issues_stories_before_candidates(
    fake: EditedDesk, page: Any
):
    first = fake.editor.edited.issue.stories[0].headline[:20]
    act(page, "story0", "Merge with")
    rows = page.locator("#merge-list li:visible")
    ids = rows.evaluate_all("rows => rows.map((one) => one.dataset.with)")
    other = rows.first.locator("h3").inner_text()
    rows.first.get_by_role("button").click()

    told = said(page, "Merged")

    assert [one.startswith("spare") for one in ids] == sorted(
        one.startswith("spare") for one in ids
    )
    assert first in told
    assert other[:20] in told


def test_every_place_can_be_had_without_arrow_keys(
    fake: EditedDesk, shared_page: Any, server: Server
):
    page = opened(shared_page, server, width=375)
    headline = fake.editor.headlines()["Technology"][0]

    act(page, "story0", "Move")
    title = page.locator("#move-title").inner_text()
    page.get_by_role("button", name="After “Court").click()
    said(page, "stands after “Court")

    assert headline[:20] in title
    technology = order(fake, "Technology")
    assert technology.index("story0") == technology.index("story20") + 1
    page.goto("about:blank")


def test_a_low_card_that_is_edited_comes_into_view_whole(page: Any):
    page.set_viewport_size({"width": 1200, "height": 700})
    last = page.locator(".story").last
    last.scroll_into_view_if_needed()
    last.focus()
    press(page, "Enter")
    last.get_by_role("button", name="Done").wait_for()
    page.get_by_text("Other sentences of its sources").wait_for()

    until(
        page,
        """() => {
          const button = document.querySelector(".story.editing [data-do=done]");
          const stage = document.querySelector("#stage").getBoundingClientRect();
          return button.getBoundingClientRect().bottom <= stage.bottom;
        }""",
    )


def test_the_card_has_the_focus_again_after_its_reasons_and_its_merging(page: Any):
    focus = "document.activeElement.id"
    card(page, "story10").focus()

    press(page, "w")
    page.locator("#why input").first.wait_for()
    press(page, "Escape")
    after_why = page.evaluate(focus)
    press(page, "m")
    page.locator("#merge-list li:visible").first.wait_for()
    press(page, "Escape")

    assert (after_why, page.evaluate(focus)) == ("card-story10", "card-story10")


def test_the_reasons_that_come_late_do_not_take_the_focus_from_the_card(page: Any):
    held: list[Any] = []
    page.route("**/why", lambda route: held.append(route))
    card(page, "story10").focus()
    press(page, "w")
    page.locator("[data-panel=why]").wait_for()
    press(page, "Escape", "m", "Escape")

    caught(page, held).continue_()
    page.locator("#why input").first.wait_for(state="attached")
    page.unroute("**/why")

    assert page.evaluate("document.activeElement.id") == "card-story10"


def test_a_finding_in_the_drawer_leads_to_the_card(fake: EditedDesk, page: Any):
    place = Place(file="email.html", story_id="story20")
    fake.editor.findings = (
        Finding(rule="r", group="Text", verdict="warning", title="Headlines fit", places=(place,)),
    )
    page.reload()
    page.locator("#open-checks").click()

    page.get_by_role("link", name="Story 3").click()

    assert page.evaluate("document.activeElement.id") == "card-story20"


def test_the_buttons_stand_still_and_the_focus_is_on_the_card_after_the_approval(page: Any):
    def places() -> list[float]:
        return [page.locator(f"#decide-{one}").bounding_box()["x"] for one in ("hold", "skip")]

    card(page, "story10").locator("h3").click()
    page.locator("#card-story10.current").wait_for()
    before = places()
    page.locator("#approve").click()
    said(page, "is approved")

    until(page, "document.activeElement.id === 'card-story10'")
    assert places() == before
