"""What a person is told of each kind of event."""

import re
from datetime import datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from noting import DRAFT, HOSTILE, NOW, PAPER, event, note

from newsletter.model import EventKind
from newsletter.notify.forms import plain
from newsletter.notify.wording import note_of, trial_note

CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
KINDS = get_args(EventKind)
INSTANT = "2026-11-22T17:00:00Z"


def test_a_draft_says_first_what_is_asked_until_when_and_that_something_is_wrong():
    told = note("draft")

    assert told.subject == (
        "The Tide: 2026-W47 is ready for review, with 1 error: approve it by Sun 22 Nov, 18:00"
    )
    assert told.says[0] == (
        "It is published on Sunday, 22 November 2026, 18:00 (Europe/Berlin, UTC+01:00) if you"
        " approve it before; else it is held."
    )


def test_a_draft_names_headlines_faults_commands_and_places():
    text = plain(note("draft"))

    for told in (
        "1. Flood reaches the old mill at Lowmere",
        "… and 12 more",
        "check: index.html: a picture has no alternative text",
        "newsletter approve 2026-W47",
        "newsletter hold 2026-W47",
        "newsletter preview 2026-W47",
        "/srv/tide/dist/2026-W47/check.html",
        "http://127.0.0.1:8765/issues/2026-W47",
        "in /srv/tide:",
    ):
        assert told in text


def test_a_draft_that_goes_out_unless_it_is_stopped_says_so():
    told = note("draft", DRAFT | {"unless_approved": "publish"})

    assert told.subject.endswith("it goes out Sun 22 Nov, 18:00")
    assert "unless you hold or skip it before" in told.says[0]


@pytest.mark.parametrize("unless_approved", ["hold", "publish"])
def test_a_thin_draft_is_skipped_unless_it_is_approved(unless_approved: str):
    thin = ["thin: 5 of at least 6 stories"]
    details = DRAFT | {"unless_approved": unless_approved, "warnings": thin, "errors": 0}

    then = "; at its instant it is skipped, as it is thin: 5 of at least 6 stories"
    told = note("reminder", details, cause=f"nobody has approved it yet{then}")

    assert told.subject.endswith("but thin: approve it by Sun 22 Nov, 18:00, or it is skipped")
    assert told.says[0] == (
        "It is thin (5 of at least 6 stories): it is skipped on Sunday, 22 November 2026, 18:00"
        " (Europe/Berlin, UTC+01:00), unless you approve it."
    )
    assert told.says[-1] == "Why: nobody has approved it yet"


@pytest.mark.parametrize(
    ("days", "words", "commands"),
    [
        (0, "at the next tick of newsletter run", {"newsletter hold 2026-W47"}),
        (7, "newsletter run does not publish it any more", {"newsletter publish 2026-W47"}),
    ],
)
def test_an_approval_after_its_instant_names_no_moment_of_the_past_as_to_come(
    days: int, words: str, commands: set[str]
):
    at = datetime.fromisoformat(INSTANT) + timedelta(days=days, hours=1)

    told = note("approved", DRAFT, at=at)

    assert "it goes out Sun" not in told.subject
    assert words in told.says[0]
    assert commands <= {command for command, _ in told.commands}


@pytest.mark.parametrize("unless_approved", ["hold", "publish"])
def test_a_draft_after_its_instant_promises_nothing_for_the_past(unless_approved: str):
    details = DRAFT | {"unless_approved": unless_approved}

    told = note("draft", details, at=datetime.fromisoformat(INSTANT))

    assert told.says[0].startswith("It was due on Sunday, 22 November 2026")


def test_warnings_are_worth_a_look_and_no_fault():
    told = note("draft")

    assert told.wrong
    assert told.look
    assert told.wrong.items == ("check: index.html: a picture has no alternative text",)
    assert told.look.items == ("harbour.example has not answered since Friday",)


def test_a_reason_that_says_nothing_is_left_out():
    assert "Why" not in plain(note("draft", cause="built for review"))


def test_a_week_without_an_article_leaves_nothing_to_the_next():
    cause = "there was not one article to make it of"

    text = plain(note("skipped", {"stories": 0, "min_stories": 3}, cause=cause))

    assert "Why: there was not one article to make it of\n" in text
    assert "next issue" not in text.partition("What you can do")[0]


def test_feeds_that_fail_have_moved_or_fell_silent_are_told_apart():
    rows = [
        {"name": "Quay", "note": "answers 500", "since": "failing 2026-11-10T05:00:00Z"},
        {"name": "Pier", "note": "nothing new for 14 days; an article a day before that"},
        {"name": "Dock", "note": "has moved for good to https://dock.example/new"},
        {"name": "Weir", "note": "410 Gone", "since": "gone"},
    ]

    told = note("feeds", {"feeds": rows}, week=None)

    assert told.subject.endswith("2 feeds are failing, 1 feed has moved, 1 feed is silent")
    assert told.wrong
    assert told.look
    assert [one[:4] for one in told.wrong.items] == ["Quay", "Weir"]
    assert [one[:4] for one in told.look.items] == ["Dock", "Pier"]


def test_a_silent_feed_alone_is_not_called_missing():
    told = note("feeds", {"feeds": [{"name": "Pier", "note": "nothing new for 14 days"}]})

    assert told.wrong is None
    assert "failing" not in plain(told)
    assert "missing" not in plain(told)


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"error": "no answer within 10 s; it may have arrived"}, "Nobody knows whether"),
        ({"error": "answers 404", "state": "failed"}, "webhook was not told of the draft"),
        ({"error": "answers 404", "state": "unsure"}, "Nobody knows whether"),
        ({"error": "connection refused"}, "webhook was not told of the draft of 2026-W47"),
    ],
)
def test_a_message_that_was_lost_is_told_as_surely_as_it_is_known(
    details: dict[str, object], words: str
):
    told = note("notifier", {"channel": "webhook", "kind": "draft"} | details)

    assert words in told.says[0]
    assert ("may not have" in told.subject) == (words == "Nobody knows whether")


@pytest.mark.parametrize(
    ("kind", "details", "words"),
    [
        ("reminder", DRAFT, "2026-W47 still waits for you"),
        ("approved", DRAFT, "2026-W47 is approved: it goes out Sun 22 Nov, 18:00"),
        ("published", DRAFT, "2026-W47 is published: 14 stories"),
        ("published", DRAFT | {"late": True}, "2026-W47 is published, late"),
        ("published", {"url": "https://tide.example/2026-W47/"}, "On the web: https://tide.ex"),
        ("republished", {"changes": ["headline of story 3"]}, "- headline of story 3"),
        ("held", {"instant": INSTANT}, "newsletter approve 2026-W47"),
        ("skipped", {"stories": 1, "min_stories": 3}, "1 story, 3 are the fewest"),
        ("failed", {"job": "publish", "attempts": 5, "error": "disk full"}, "Error: disk full"),
        ("failed", {"job": "publish", "attempts": 5}, "could not be published after 5 tries"),
        ("failed", {"job": "draft"}, "newsletter doctor"),
        ("missed", {"instant": INSTANT, "catch_up_h": 36.0}, "It was due on Sunday, 22 November"),
        ("feeds", {"feeds": [{"name": "Quay", "note": "answers 500"}]}, "- Quay: answers 500"),
        ("feeds", {"feeds": [{"url": "https://q.example"}]}, "1 feed is failing"),
        ("notifier", {"channel": "webhook q.example", "kind": "draft"}, "told of the draft"),
    ],
)
def test_each_kind_of_event_has_words_of_its_own(
    kind: EventKind, details: dict[str, object], words: str
):
    told = note(kind, details)

    assert words in f"{told.subject}\n{plain(told)}"


@pytest.mark.parametrize("kind", KINDS)
def test_an_event_without_any_details_is_told_all_the_same(kind: EventKind):
    told = note(kind, {}, cause="because of the tide")

    assert told.subject.startswith("The Tide: ")
    assert kind == "notifier" or "because of the tide" in plain(told)


@pytest.mark.parametrize("headline", HOSTILE, ids=range(len(HOSTILE)))
def test_a_headline_is_one_short_line_whatever_stands_in_it(headline: str):
    told = note("draft", DRAFT | {"headlines": [headline], "problems": [headline]})

    assert told.listing
    assert told.wrong
    for line in (*told.listing.items, told.wrong.items[0]):
        assert len(line) <= 200
        assert line.isprintable()
        assert not set(line) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b")


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9)
json_values = (
    scalars
    | st.lists(scalars, max_size=2)
    | st.lists(
        st.dictionaries(st.sampled_from(["name", "url", "note"]), scalars, max_size=2), max_size=2
    )
)


@settings(max_examples=40)
@given(
    kind=st.sampled_from(KINDS),
    details=st.dictionaries(
        st.sampled_from([*DRAFT, "feeds", "catch_up_h", "job", "changes"]), json_values, max_size=5
    ),
    cause=st.text(max_size=30),
    week=st.none() | st.text(max_size=10),
)
def test_whatever_the_details_hold_there_is_something_to_tell(
    kind: EventKind, details: dict[str, object], cause: str, week: str | None
):
    told = note_of(event(kind, details, cause=cause, week=week), PAPER)

    assert 0 < len(told.subject) <= 150
    assert not CONTROLS.search(told.subject)
    assert not CONTROLS.search(plain(told).replace("\n", " "))


def test_a_test_says_that_there_is_nothing_to_do():
    assert "nothing to do" in plain(trial_note(PAPER, NOW))
