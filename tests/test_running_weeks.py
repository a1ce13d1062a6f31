"""The weekly run without review: published at the instant, made up when late, else said so."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from running_desk import DAY, HOUR, INSTANT, STARTED, Newsroom, newsroom

from newsletter.model import Event

WEEK = 7 * DAY
SECOND = timedelta(seconds=1)


@pytest.fixture(params=["in memory", "in SQLite"])
def room(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Newsroom]:
    folder = tmp_path if request.param == "in SQLite" else None
    with newsroom(folder, articles=[STARTED + n * 7 * HOUR for n in range(200)]) as found:
        yield found


def test_a_first_start_does_not_build_the_past(room: Newsroom):
    did = room.run(STARTED)

    assert [(one.period, one.state, one.text) for one in did] == [
        ("2026-W46", "done", "before the first start")
    ]
    assert room.told() == []


def test_an_issue_is_published_at_its_instant_and_once(room: Newsroom):
    room.run(STARTED)

    assert room.run(INSTANT - SECOND) == []
    did = room.run(INSTANT, INSTANT + SECOND, INSTANT + DAY)

    assert [(one.job, one.period, one.state) for one in did] == [("publish", "2026-W47", "done")]
    assert [built.id for built in room.issues()] == ["2026-W47"]
    assert room.told() == [("published", "2026-W47")]


def test_what_was_missed_by_a_day_is_made_up_with_all_that_is_there_by_then(room: Newsroom):
    room.run(STARTED)

    room.run(INSTANT + DAY)

    (built,) = room.issues()
    assert built.id == "2026-W47"
    assert built.until == INSTANT + DAY + SECOND
    (event,) = room.store.events("2026-W47")
    assert event.details["late"] is True
    assert event.cause == "built and published, 24 h late"


def test_what_was_missed_by_longer_is_reported_and_goes_into_the_next_issue(room: Newsroom):
    room.run(STARTED)

    did = room.run(INSTANT + 37 * HOUR, INSTANT + 38 * HOUR, INSTANT + WEEK)

    assert [(one.period, one.state) for one in did] == [
        ("2026-W47", "missed"),
        ("2026-W48", "done"),
    ]
    assert room.told() == [("missed", "2026-W47"), ("published", "2026-W48")]
    (built,) = room.issues()
    assert (built.id, built.since) == ("2026-W48", None)


def test_of_a_long_absence_the_last_eight_weeks_are_reported_once_each(room: Newsroom):
    room.run(STARTED)

    did = room.run(INSTANT + 20 * WEEK + 2 * DAY, INSTANT + 20 * WEEK + 3 * DAY)

    missed = [one.period for one in did if one.state == "missed"]
    assert len(missed) == len(set(missed)) == 8
    assert missed[-1] == "2027-W14"


def test_a_week_that_the_editor_skips_goes_into_the_next(room: Newsroom):
    room.run(STARTED)
    room.say("skipped", "2026-W47", INSTANT - DAY)

    did = room.run(INSTANT, INSTANT + WEEK)

    assert [(one.period, one.text) for one in did] == [
        ("2026-W47", "skipped by the editor"),
        ("2026-W48", "published: built and published"),
    ]
    (built,) = room.issues()
    assert (built.id, built.since) == ("2026-W48", None)


def test_a_thin_issue_is_skipped_and_told(room: Newsroom):
    room.run(STARTED)
    room.min_stories = 100

    room.run(INSTANT)

    assert room.told() == [("skipped", "2026-W47")]
    assert room.issues() == []


def test_a_week_without_an_article_is_skipped_and_told(room: Newsroom):
    room.articles = []
    room.run(STARTED)

    room.run(INSTANT)

    (event,) = room.store.events("2026-W47")
    assert event.kind == "skipped"
    assert event.cause == "there was not one article to make it of"


def test_an_issue_that_was_published_by_hand_is_left_alone_at_its_instant(room: Newsroom):
    room.run(STARTED)
    room.publish_by_hand("2026-W47", INSTANT - DAY)

    did = room.run(INSTANT, INSTANT + WEEK)

    assert [(one.period, one.text) for one in did] == [
        ("2026-W47", "was published already"),
        ("2026-W48", "published: built and published"),
    ]


def test_what_a_person_changed_in_a_built_issue_goes_out_as_it_stands(room: Newsroom):
    room.run(STARTED)
    room.build("2026-W47", INSTANT - DAY, room.store.transaction)
    room.is_changed = True

    room.run(INSTANT)

    assert len(room.builds) == 1
    assert room.state("2026-W47") == "published"


def test_a_held_week_that_is_approved_late_is_published_at_the_next_tick(room: Newsroom):
    room.run(STARTED)
    room.build("2026-W47", INSTANT - DAY, room.store.transaction)
    room.say("held", "2026-W47", INSTANT - HOUR)
    room.run(INSTANT)

    room.say("approved", "2026-W47", INSTANT + 3 * DAY)
    did = room.run(INSTANT + 3 * DAY, INSTANT + 4 * DAY)

    assert [one.text for one in did] == [
        "published: approved, and published as it stood, 72 h late"
    ]
    assert [built.id for built in room.issues()] == ["2026-W47"]


def test_an_approval_is_heeded_no_longer_than_a_late_issue_is_made_up(room: Newsroom):
    room.run(STARTED)
    room.build("2026-W47", INSTANT - DAY, room.store.transaction)
    room.say("held", "2026-W47", INSTANT - HOUR)
    room.run(INSTANT)
    room.say("approved", "2026-W47", INSTANT + DAY)

    did = room.run(INSTANT + 4 * DAY, INSTANT + 5 * DAY)

    assert [one.state for one in did] == ["missed"]
    assert did[0].text.startswith("it was approved on 2026-11-23 18:00 UTC, but nothing ran for 36")
    assert room.state("2026-W47") == "missed"
    assert room.issues() == []


def test_an_approval_after_the_instant_gives_the_week_more_time(room: Newsroom):
    room.run(STARTED)
    room.build("2026-W47", INSTANT - DAY, room.store.transaction)
    room.say("approved", "2026-W47", INSTANT + 30 * HOUR)

    room.run(INSTANT + 40 * HOUR)

    assert room.told() == [("published", "2026-W47")]


def test_a_held_week_stays_held_once_the_next_one_is_due(room: Newsroom):
    room.run(STARTED)
    room.build("2026-W47", INSTANT - DAY, room.store.transaction)
    room.say("held", "2026-W47", INSTANT - HOUR)
    room.run(INSTANT)
    room.run(INSTANT + WEEK)

    room.say("approved", "2026-W47", INSTANT + WEEK + HOUR)
    did = room.run(INSTANT + WEEK + 2 * HOUR)

    assert did == []
    assert [built.id for built in room.issues()] == ["2026-W48"]


def test_a_clock_that_is_set_back_by_a_day_publishes_nothing_a_second_time(room: Newsroom):
    room.run(STARTED, INSTANT)

    did = room.run(INSTANT - DAY, INSTANT - DAY + HOUR, INSTANT, INSTANT + HOUR)

    assert did == []
    assert room.told() == [("published", "2026-W47")]


def test_a_clock_that_is_set_back_after_the_first_start_makes_no_week_missed(room: Newsroom):
    room.run(INSTANT + HOUR)

    did = room.run(INSTANT - HOUR, INSTANT + 2 * HOUR)

    assert did == []
    assert room.told() == []


def test_nothing_is_lost_or_told_twice_by_a_clock_that_is_set_back(room: Newsroom):
    room.run(STARTED, INSTANT, INSTANT - DAY, INSTANT - HOUR, INSTANT + WEEK)

    printed = room.printed()
    first, second = room.issues()
    assert second.since == first.until
    assert sorted(printed) == sorted(set(printed))
    assert len(printed) == sum(one <= INSTANT + WEEK for one in room.articles)


def test_a_build_asks_the_feeds_for_its_slot_too(room: Newsroom):
    room.run(STARTED)
    room.gathers.clear()

    room.tick(INSTANT)
    room.tick(INSTANT + 10 * SECOND)

    assert room.gathers == [INSTANT]


def test_feeds_are_asked_once_in_each_slot_and_not_for_those_that_are_past(room: Newsroom):
    room.run(STARTED)
    room.gathers.clear()

    for minutes in (5, 35, 65, 300):
        room.tick(STARTED + timedelta(minutes=minutes))

    assert room.gathers == [STARTED + timedelta(minutes=65), STARTED + timedelta(minutes=300)]


def test_it_is_said_when_something_is_due_next(room: Newsroom):
    assert room.tick(STARTED).next_at == STARTED + HOUR
    assert room.tick(INSTANT - HOUR / 2).next_at == INSTANT


@pytest.mark.parametrize("late", [HOUR, 3 * DAY], ids=["within", "past"])
def test_weeks_after_one_published_by_hand_before_the_first_start_are_no_miss(
    room: Newsroom, late: timedelta
):
    room.publish_by_hand("2026-W47", INSTANT - DAY)
    room.store.note(Event(kind="published", at=INSTANT, week="2026-W47", cause="by hand"))

    did = room.run(INSTANT + 2 * WEEK + late, INSTANT + 3 * WEEK)

    assert [(one.period, one.text) for one in did] == [
        ("2026-W49", "before the first start"),
        ("2026-W50", "published: built and published"),
    ]


@pytest.mark.parametrize("weeks", [0, 2])
def test_a_first_start_publishes_what_the_editor_has_approved(room: Newsroom, weeks: int):
    room.publish_by_hand("2026-W47", INSTANT - DAY)
    at, week = (INSTANT + (weeks + 1) * WEEK, f"2026-W{48 + weeks}")
    room.build(week, at - DAY, room.store.transaction)
    room.say("approved", week, at - HOUR)

    room.run(at + HOUR)

    assert room.state(week) == "published"
    assert "missed" not in [kind for kind, _ in room.told()]


def test_the_editors_word_before_the_first_start_makes_no_week_missed(room: Newsroom):
    room.say("held", "2026-W47", STARTED)

    did = room.run(STARTED + HOUR)

    assert [(one.period, one.text) for one in did] == [("2026-W46", "before the first start")]
