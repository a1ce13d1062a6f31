"""What the editing page says of the issue is what its readers will find, and leads to it."""

import json
import re
from dataclasses import replace
from datetime import timedelta

from editor_asking import EDIT, Session, fake, server, session
from editor_desk import EditedDesk
from preview_asking import asked
from preview_desk import NOW, WEEK

from newsletter.model import Event, Finding, Issue, Place, Status
from newsletter.preview import Server
from newsletter.preview.edit_page_why import why_view

__all__ = ["fake", "server", "session"]  # fixtures, by whose names the tests ask for them


def test_texts_stand_in_the_order_in_which_they_are_printed(session: Session):
    page = session.get(EDIT).text

    places = [page.index(f'id="{name}"') for name in ("own-intro", "own-note", "card-story0")]
    assert places == sorted(places)


def test_the_bar_says_the_reading_time_that_the_mail_says(fake: EditedDesk, session: Session):
    told = fake.editor.desk().reading_time(fake.editor.edited.issue)

    assert re.fullmatch(r"\d+ min read", told)
    assert told in json.loads(session.get(f"/issues/{WEEK}/edits").text)["parts"]["bar"]


def test_cards_have_the_numbers_by_which_findings_name_them(session: Session):
    page = session.get(EDIT).text

    numbers = re.findall(r'class="number">(\d+)<', page)
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert len(numbers) > 3


def test_a_finding_leads_to_the_card_of_its_story(fake: EditedDesk, session: Session):
    place = Place(file="email.html", text="Passkeys", story_id="story10")
    finding = Finding(
        rule="length", group="Text", verdict="warning", title="Headlines fit", places=(place, place)
    )
    fake.editor.findings = (finding,)

    checks = json.loads(session.get(f"/issues/{WEEK}/edits").text)["parts"]["checks"]

    assert checks.count('href="#card-story10"') == 1
    assert 'data-do="show" data-story="story10">Story 2</a>' in checks


def test_notes_are_shown_as_they_are_printed(session: Session):
    answer = session.change(
        {"kind": "note", "text": "**We erred.** <b>See</b> [it](https://a.example)"}
    )

    cards = json.loads(answer.text)["parts"]["cards"]
    shown = cards[cards.index('id="own-note"') : cards.index('id="f-note"')]
    assert "<strong>We erred.</strong>" in shown
    assert "<b>See" not in shown


def test_a_draft_that_was_approved_says_so_as_long_as_it_is_one(fake: EditedDesk, session: Session):
    cause = "edited by Ida after it was approved"
    fake.editor.redrafted = Event(kind="draft", at=NOW - timedelta(hours=7), cause=cause)

    bars = [json.loads(session.get(f"/issues/{WEEK}/edits").text)["parts"]["bar"] for _ in "ab"]
    fake.editor.state = "approved"
    after = json.loads(session.get(f"/issues/{WEEK}/edits").text)["parts"]["bar"]

    assert all("Draft again since 10:48: edited by Ida" in bar for bar in bars)
    assert "Draft again" not in after


def test_candidates_are_counted_among_all_that_were_not_chosen(fake: EditedDesk, session: Session):
    issue = fake.editor.base.issue
    counts = replace(issue.counts, stories=len(issue.stories) + 136)
    fake.editor.base = replace(fake.editor.base, issue=replace(issue, counts=counts))

    assert "7 of 136 stories that were not chosen" in session.get(EDIT).text


def test_a_published_issue_has_neither_grips_nor_keys(fake: EditedDesk, session: Session):
    base = fake.editor.base
    fake.editor.base = replace(base, issue=replace(base.issue, status=Status.PUBLISHED))

    page = session.get(EDIT).text
    before_dialogs = page[: page.index("<dialog")]

    assert 'class="grip"' not in page
    assert re.findall(r"<kbd[^>]*>([^<]*)</kbd>", before_dialogs) == ["↑ ↓"]
    assert "nothing can be brought in any more" in page


def test_a_picture_is_named_by_outlet_and_size_and_opens_beside_the_page(
    fake: EditedDesk, session: Session
):
    pictured(fake, width=640)

    page = session.get(EDIT).text

    assert re.search(r'aria-pressed="true">[\w ]+, 640 × 360 pixels</button>', page)
    assert '<a href="https://pictures.example/cranes-0.jpg" target="_blank" rel="noopener' in page


def test_a_picture_that_could_not_be_had_is_not_preselected(fake: EditedDesk, session: Session):
    pictured(fake, width=None)

    answer = session.change(
        {"kind": "picture", "story": "story0", "text": "https://pictures.example/cranes-0.jpg"}
    )

    cards = json.loads(answer.text)["parts"]["cards"]
    assert "(could not be had)" in cards
    assert 'cranes-0.jpg" aria-pressed="true"' not in cards


def pictured(fake: EditedDesk, *, width: int | None) -> None:
    """Have the lead's picture be shown, of that width or of none that is known."""
    issue: Issue = fake.editor.base.issue
    first, *rest = issue.sections[0].stories
    lead = replace(first.articles[0], image_width=width, image_height=width and 360)
    first = replace(first, articles=(lead, *first.articles[1:]))
    sections = (replace(issue.sections[0], stories=(first, *rest)), *issue.sections[1:])
    layout = replace(issue.layout, images="lead")
    fake.editor.base = replace(
        fake.editor.base, issue=replace(issue, sections=sections, layout=layout)
    )


def test_who_has_no_session_is_told_how_to_get_in_and_offered_nothing(server: Server):
    pages = [asked(server.url, path).text for path in ("/", f"/issues/{WEEK}")]

    for page in pages:
        assert "open the address that <code>newsletter preview</code> printed" in page
        assert 'action="/rebuild"' not in page
        assert "/edit" not in page


def test_what_was_near_enough_alone_is_shown_as_near_as_the_stories_are(fake: EditedDesk):
    opened = fake.editor.opened(WEEK, "Ada")
    near = {
        "kind": "event", "score": 0.55, "threshold": 0.42, "mean": 0.31, "terms": ["port"],
        "other_id": opened.candidates[0].story.id, "other": "A raw title (The Ledger)",
    }  # fmt: skip

    view = why_view(opened.issue.stories[0], {"nearest": near}, opened)

    assert view.near
    assert (view.near.likeness, view.near.is_below) == (0.31, True)
    assert "0.55 to one article, but 0.31 to the whole story" in view.near.told
    assert view.near.title == opened.candidates[0].story.headline


def test_no_article_of_a_story_seems_further_than_the_line(fake: EditedDesk):
    story = fake.editor.edited.issue.stories[0]

    view = why_view(story, fake.editor.reasons(WEEK, story.id))

    held = [one.likeness for one in view.members if one.likeness is not None]
    assert len(held) == 5
    assert min(held) >= (view.line or 1)
    assert view.members[1].tie.startswith(f"like {view.members[0].source}")
