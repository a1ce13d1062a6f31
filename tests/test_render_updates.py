"""How an issue shows that a story goes on, and where its sources differ."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

import pytest
from issues import PUBLISHES, article, issue, masthead, story, templates
from pages import Page
from test_render import FORMATS, PAGES, read

from newsletter.issue import dump, load
from newsletter.model import Difference, Earlier, PrintedStory, Said
from newsletter.render import render

HEADLINES = (
    "Velsum port tries cranes without drivers",
    "Fog stops two of the night cranes",
    "Insurers ask for a second trial",
    "Union wants its supplement kept",
)


def earlier(weeks_ago: int) -> Earlier:
    """Return where a story stood some weeks before the sample issue."""
    week = 47 - weeks_ago
    return Earlier(
        issue_id=f"2026-W{week}",
        story_id=f"told{week}",
        headline=HEADLINES[-weeks_ago % len(HEADLINES)],
        publishes_at=PUBLISHES - timedelta(weeks=weeks_ago),
        score=0.5,
    )


def update(*weeks_ago: int, **changes: Any) -> PrintedStory:
    """Return a story that goes on from those told so many weeks ago, the longest ago first."""
    past = tuple(earlier(weeks) for weeks in weeks_ago)
    return story(earlier=past, new=("new figure: 61,000",), **changes)


def differing(about: str = "the crew", **changes: Any) -> PrintedStory:
    """Return a story whose two outlets differ on a count."""
    values = (("40", "article1"), ("about 50", "article2"))
    said = tuple(Said(value=v, article_ids=(id_,), sentence="") for v, id_ in values)
    told = Difference(kind="count", about=about, said=said)
    return story(1, articles=(article(1, lead=True), article(2)), differences=(told,), **changes)


def files_of(*stories: PrintedStory, **changes: Any) -> dict[str, bytes]:
    return dict(render(issue(*stories, **changes), templates()).files)


def links(files: dict[str, bytes], name: str) -> Sequence[str]:
    return Page(files[name]).links


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("place", ["lead", "below"])
def test_an_update_says_so_and_when_it_began(name: str, place: str) -> None:
    told = update(1, id="goes-on")

    files = files_of(told) if place == "lead" else files_of(story(7), told)

    seen = read(files, name)
    assert "Update" in seen
    assert "first told 15 Nov" in seen.replace("[", "")


@pytest.mark.parametrize("name", FORMATS)
def test_a_new_story_is_no_update(name: str) -> None:
    assert "Update" not in read(files_of(story()), name)


def test_the_page_leads_to_the_story_in_the_earlier_issue() -> None:
    files = files_of(update(1))

    assert "../2026-W46/index.html#told46" in links(files, "index.html")


def test_the_mail_leads_to_the_earlier_issue_on_the_web() -> None:
    files = files_of(update(1))

    page = "https://tideline.example/archive/2026-W46/index.html#told46"
    assert page in links(files, "email.html")
    assert page in files["issue.txt"].decode()
    assert page in files["issue.md"].decode()


def test_without_an_address_on_the_web_the_mail_has_no_link_to_it() -> None:
    files = files_of(update(2, 1), masthead=masthead(url=None))

    assert not [link for link in links(files, "email.html") if "W4" in link]
    assert "../2026-W45/issue.md" in files["issue.md"].decode()


@pytest.mark.parametrize("name", FORMATS)
def test_a_story_of_four_issues_shows_its_timeline(name: str) -> None:
    told = update(3, 2, 1, headline="Velsum keeps its night cranes")

    seen = read(files_of(told), name)

    assert all(day in seen for day in ("1 Nov", "8 Nov", "15 Nov", "22 Nov"))
    assert all(earlier(weeks).headline in seen for weeks in (3, 2, 1))


def test_a_story_of_two_issues_has_no_timeline() -> None:
    assert earlier(1).headline not in read(files_of(update(1)), "index.html")


def test_a_long_story_shows_its_beginning_and_its_latest_stages() -> None:
    seen = read(files_of(update(6, 5, 4, 3, 2, 1)), "issue.txt")

    days = ("11 Oct", "18 Oct", "25 Oct", "1 Nov", "8 Nov", "15 Nov", "22 Nov")
    assert [day for day in days if f"- {day}:" in seen] == ["11 Oct", "8 Nov", "15 Nov", "22 Nov"]


@pytest.mark.parametrize("name", FORMATS)
def test_where_sources_differ_one_line_names_both(name: str) -> None:
    seen = read(files_of(differing()), name)

    told = "Where sources differ on the crew: 40 (Circuit Review); about 50 (Meridian Daily)."
    assert told in seen.replace("**", "")


def test_a_difference_without_a_name_says_only_that_there_is_one() -> None:
    seen = read(files_of(differing(about="")), "issue.txt")

    assert "Where sources differ: 40 (Circuit Review)" in seen


@pytest.mark.parametrize("name", PAGES)
def test_the_parts_of_a_story_keep_their_order(name: str) -> None:
    told = differing(earlier=(earlier(2), earlier(1)), headline="Velsum keeps its cranes")

    seen = read(files_of(told), name).split("first told", 1)[1]

    parts = ("Velsum keeps its cranes", "warms the cabins", "22 Nov", "sources differ", "2 outlets")
    places = [seen.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_a_mail_too_long_loses_timelines_with_the_summaries() -> None:
    stories = [update(3, 2, 1, id=f"s{n}", score=n / 300) for n in range(150)]

    edition = render(issue(*stories), templates())

    assert len(edition.files["email.html"]) <= 102_400
    assert any("without summary" in cut for cut in edition.cuts)


def test_an_issue_from_before_updates_renders_as_one_without_any() -> None:
    whole = issue(story(), story(2))
    lines = [line for line in dump(whole).splitlines() if not line.strip().startswith('"new"')]
    old = "\n".join(line for line in lines if '"earlier": []' not in line)
    old = old.replace(',\n          "differences": []', "").replace(
        '"reasons": [],\n        }', '"reasons": []\n        }'
    )
    assert '"earlier"' not in old

    assert render(load(old), templates()) == render(whole, templates())


def test_an_update_renders_the_same_from_its_issue_json() -> None:
    whole = issue(update(3, 2, 1), differing(id="other"))

    again = load(dump(whole))

    assert asdict(again) == asdict(whole)
    assert render(again, templates()) == render(whole, templates())


@pytest.mark.parametrize("name", FORMATS)
def test_a_document_with_a_long_name_does_not_fill_the_line_on_differences(name: str):
    long = "Minutes of the hearing on the night supplement of the crews"
    one = differing()
    articles = (article(1, source=long, url=None, lead=True), article(2))

    told = read(files_of(replace(one, articles=articles)), name)

    assert "differ on the crew: 40 (Minutes of the hearing on the night…);" in told.replace(
        "**", ""
    )


def test_the_text_leads_to_every_issue_of_a_timeline_once():
    text = files_of(update(3, 2, 1))["issue.txt"].decode()

    pages = [f"archive/2026-W{week}/index.html#told{week}" for week in (44, 45, 46)]
    assert [text.count(page) for page in pages] == [1, 1, 1]
