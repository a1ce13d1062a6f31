"""The preview's pages: issues, formats and views, the check report, feeds, charts."""

import re
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from issues import issue, week
from preview_asking import asked, base, fake, standing
from preview_desk import WEEK, FakeDesk, previewing, report

from newsletter.model import Status
from newsletter.preview import FeedRow, words
from newsletter.preview.choices import EDITIONS, SHOWS, WIDTHS, Choices, chosen

__all__ = ["base", "fake", "standing"]  # fixtures, by whose names the tests ask for them


def test_the_list_shows_each_issue_with_its_state_and_what_keeps_the_coming_one_back(standing: str):
    page = asked(standing, "/").text

    assert page.count("Published") == 6
    assert "no sender.unsubscribe: write it in feeds.yaml" in page
    assert "Due tomorrow at 07:00, in 13 h 12 min." in page
    assert f'href="/issues/{WEEK}"' in page


@pytest.mark.parametrize("edition", ["web", "mail", "text", "markdown", "source", "headers"])
def test_every_edition_of_an_issue_has_its_page(standing: str, edition: str):
    page = asked(standing, f"/issues/{WEEK}?edition={edition}")

    assert page.status == 200
    assert "Check report" in page.text
    assert page.text.count("<iframe") == (edition in ("web", "mail"))


@pytest.mark.parametrize("show", ["light", "dark", "forced-dark", "images-off", "no-style"])
def test_a_frame_shows_the_mail_as_the_view_asks(standing: str, show: str):
    page = asked(standing, f"/frames/{WEEK}/mail?show={show}").text

    assert f'data-show="{show}"' in page


def test_all_views_stand_beside_one_another_to_compare_them(standing: str):
    five = asked(standing, f"/issues/{WEEK}?show=all").text
    four = asked(standing, f"/issues/{WEEK}?show=all&width=both").text

    assert five.count("<iframe") == 5
    assert re.findall(r'<iframe title="Mail, (\w+ px, \w+)"', four) == [
        "375 px, light", "768 px, light", "375 px, dark", "768 px, dark",
    ]  # fmt: skip


def test_a_choice_keeps_the_others(standing: str):
    page = asked(standing, f"/issues/{WEEK}?show=dark&theme=briefing&width=375").text

    assert f'href="/issues/{WEEK}?width=768&amp;show=dark&amp;theme=briefing"' in page
    assert f'src="/frames/{WEEK}/mail?show=dark&amp;theme=briefing"' in page


def test_what_the_address_chooses_in_vain_counts_as_not_chosen(standing: str):
    page = asked(standing, f"/issues/{WEEK}?edition=fax&show=upside-down&width=-1&theme=../x").text

    assert f'src="/frames/{WEEK}/mail?show=light"' in page


def test_an_issue_is_rendered_once_for_all_its_frames(fake: FakeDesk, base: str):
    threads = [
        threading.Thread(target=asked, args=(base, f"/frames/{WEEK}/mail?show={show}"))
        for show in ("light", "dark", "no-style")
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert fake.made == [f"{WEEK} None"]


def test_a_finding_leads_to_its_place(standing: str):
    page = asked(standing, f"/issues/{WEEK}").text

    assert f'href="/issues/{WEEK}?edition=source#source-12">Line 12 of the source</a>' in page
    assert f'href="/issues/{WEEK}?at=story0">Show in the mail</a>' in page
    assert f'href="/issues/{WEEK}?edition=text#text-3">Line 3 of the text</a>' in page


def test_what_the_build_noted_is_told_once(fake: FakeDesk, base: str):
    noted = ("Headlines fit a phone", "one feed failed for a week")
    fake.issue = replace(fake.issue, warnings=noted)

    page = asked(base, f"/issues/{WEEK}").text

    assert page.count("Headlines fit a phone") == 1
    assert page.count("One feed failed for a week.") == 1


def test_the_source_numbers_its_lines(standing: str):
    page = asked(standing, f"/issues/{WEEK}?edition=source").text

    assert '<li id="source-1"><code>&lt;!doctype html&gt;</code></li>' in page


@pytest.mark.parametrize(
    ("total", "state", "left"),
    [
        (42_300, "ok", "60.1 KB left"),
        (90_000, "warning", "12.4 KB left"),
        (102_400, "warning", "0.0 KB left"),
        (110_000, "error", "7.6 KB too large"),
    ],
)
def test_the_byte_meter_warns_before_the_limit(
    fake: FakeDesk, base: str, total: int, state: str, left: str
):
    bytes_ = replace(report(fake.issue).bytes, total=total)
    fake.check = report(fake.issue, bytes=bytes_)

    page = asked(base, f"/issues/{WEEK}").text

    assert f'<svg class="meter {state}"' in page
    assert left in page


def test_feeds_stand_worst_first_with_their_cause(standing: str):
    page = asked(standing, "/feeds").text

    assert re.findall(r'feed-name">([^<]+)', page)[:2] == ["Ponder Weekly", "Quayside Bulletin"]
    assert "12 looks failed: name not found" in page
    assert "<b>7 of 8</b> feeds answered at the last look." in page


def test_a_feed_without_a_name_is_called_by_its_address(fake: FakeDesk, base: str):
    fake.feed_rows = (
        FeedRow(name="", url="https://www.ledger.example/rss/", section="", status="ok"),
    )

    page = asked(base, "/feeds").text

    assert re.findall(r'feed-name">([^<]+)', page) == ["ledger.example/rss"]


def test_a_feed_is_found_by_a_part_of_its_name(standing: str):
    page = asked(standing, "/feeds?q=QUAY&state=warning").text

    assert re.findall(r'feed-name">([^<]+)', page) == ["Quayside Bulletin"]


def test_a_chart_states_its_finding_and_has_a_table_behind_it(standing: str):
    page = asked(standing, "/charts").text

    assert "Technology has four of twelve stories" in page
    assert "2026-W44 comes close to the clip" in page
    assert page.count("Show as table") == page.count('<section class="chart"') == 6


@pytest.mark.parametrize("path", ["/", "/feeds", "/charts"])
def test_a_fresh_workspace_has_empty_pages_that_say_what_to_do(
    fake: FakeDesk, base: str, path: str
):
    fake.issue_rows, fake.feed_rows = (), ()

    page = asked(base, path)

    assert page.status == 200
    assert re.search("No issue has been built|newsletter feeds add URL|nothing to draw", page.text)


@pytest.mark.parametrize("stories", [0, 1])
def test_an_issue_of_hardly_any_stories_has_its_pages(tmp_path: Path, stories: int):
    few = issue(*week().stories[:stories], sections=week().sections[:stories])
    fake = FakeDesk(folder=tmp_path / "w", issue=few)
    with previewing(fake) as base:
        statuses = [asked(base, path).status for path in ("/", f"/issues/{WEEK}", "/charts")]

    assert statuses == [200, 200, 200]


def test_an_unknown_issue_is_not_found_and_says_so(standing: str):
    page = asked(standing, "/issues/2020-W01")

    assert page.status == 404
    assert "2020-W01: has not been built; newsletter build-issue" in page.text


def test_a_published_issue_alone_leaves_room_to_compose_the_coming_one(fake: FakeDesk, base: str):
    fake.issue_rows = [row for row in fake.issues() if row.status == Status.PUBLISHED]

    page = asked(base, "/").text

    assert "Compose the coming issue" in page


@given(
    edition=st.sampled_from(tuple(EDITIONS)),
    width=st.sampled_from(("", *WIDTHS, "both")),
    show=st.sampled_from((*SHOWS, "all")),
    theme=st.sampled_from((None, "modern", "briefing")),
    beside=st.sampled_from(("", "text", "markdown", "source")),
    at=st.text(max_size=20),
)
def test_the_address_of_a_view_tells_all_that_was_chosen(
    edition: str, width: str, show: str, theme: str | None, beside: str, at: str
):
    beside = "" if beside == edition else beside
    choices = Choices(
        issue=WEEK, edition=edition, width=width, show=show, theme=theme, beside=beside, at=at
    )
    query = dict(parse_qsl(urlsplit(choices.url(at=at)).query))

    assert chosen(WEEK, query, ("modern", "briefing")) == choices


@pytest.mark.parametrize(
    ("minutes", "told"),
    [(-5, "0 min"), (59, "59 min"), (60, "1 h"), (792, "13 h 12 min"), (5760, "4 days")],
)
def test_a_span_is_told_in_words(minutes: int, told: str):
    assert words.away(timedelta(minutes=minutes)) == told


@pytest.mark.parametrize(("share", "told"), [(1.0, "100 %"), (0.9999, "99.9 %"), (0.5, "50 %")])
def test_a_share_short_of_all_never_reads_as_all(share: float, told: str):
    assert words.percent(share) == told
