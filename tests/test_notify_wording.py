"""What a person is told of each kind of event."""

import re
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
