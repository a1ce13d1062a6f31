"""The weekly run with review: a draft before the instant, then what the editor said of it."""

from collections.abc import Iterator

import pytest
from running_desk import DAY, HOUR, INSTANT, STARTED, Newsroom, newsroom

WEEK = 7 * DAY
OPENS = INSTANT - 12 * HOUR


@pytest.fixture
def room() -> Iterator[Newsroom]:
    articles = [STARTED + n * 7 * HOUR for n in range(200)]
    with newsroom(window=12 * HOUR, articles=articles) as found:
        found.run(STARTED)
        yield found


def test_a_draft_is_built_when_the_window_opens_and_told_with_what_is_in_it(room: Newsroom):
    assert room.run(OPENS - HOUR) == []

    room.run(OPENS, OPENS + HOUR)

    assert room.told() == [("draft", "2026-W47")]
    details = room.store.events("2026-W47")[0].details
    assert details["instant"] == "2026-11-22T18:00:00Z"
    assert details["unless_approved"] == "hold"
    assert str(details["check"]).endswith("dist/2026-W47/check.html")
    assert len(room.builds) == 1


def test_an_approved_draft_is_published_as_it_stood(room: Newsroom):
    room.run(OPENS)
    room.say("approved", "2026-W47", OPENS + HOUR)

    room.run(INSTANT)

    (built,) = room.issues()
    assert room.state("2026-W47") == "published"
    assert built.until < OPENS + HOUR
    assert len(room.builds) == 1


def test_a_draft_that_nobody_approves_is_held_and_told(room: Newsroom):
    room.run(OPENS, INSTANT, INSTANT + HOUR)

    assert room.told()[-1] == ("held", "2026-W47")
    assert room.store.events("2026-W47")[-1].cause == "nobody approved it"
    assert room.issues() == []


def test_what_is_held_goes_into_the_next_issue(room: Newsroom):
    room.run(OPENS, INSTANT, OPENS + WEEK)
    room.say("approved", "2026-W48", OPENS + WEEK + HOUR)

    room.run(INSTANT + WEEK)

    (built,) = room.issues()
    assert (built.id, built.since) == ("2026-W48", None)


def test_a_draft_that_nobody_approves_is_published_if_that_is_wanted(room: Newsroom):
    room.unless_approved = "publish"
    room.problems = ("check: an image has no text",)

    room.run(OPENS, INSTANT)

    event = room.store.events("2026-W47")[-1]
    assert event.kind == "published"
    assert event.cause.startswith("nobody approved it")
    assert event.details["problems"] == ["check: an image has no text"]


def test_an_editor_is_reminded_when_a_quarter_of_the_window_is_left(room: Newsroom):
    room.run(OPENS, INSTANT - 4 * HOUR)
    assert ("reminder", "2026-W47") not in room.told()

    room.run(INSTANT - 3 * HOUR, INSTANT - 2 * HOUR)

    assert room.told().count(("reminder", "2026-W47")) == 1


@pytest.mark.parametrize("unless_approved", ["hold", "publish"])
def test_of_a_thin_draft_a_reminder_says_that_it_is_skipped(room: Newsroom, unless_approved: str):
    room.unless_approved, room.min_stories = unless_approved, 100

    room.run(OPENS, INSTANT - HOUR, INSTANT)

    reminder, skipped = room.store.events("2026-W47")[-2:]
    stories = reminder.details["stories"]
    assert reminder.cause == (
        "nobody has approved it yet; at its instant it is skipped, as it is thin:"
        f" {stories} of at least 100 stories"
    )
    assert skipped.kind == "skipped"


def test_who_has_approved_is_not_reminded(room: Newsroom):
    room.run(OPENS)
    room.say("approved", "2026-W47", OPENS + HOUR)

    room.run(INSTANT - HOUR)

    assert ("reminder", "2026-W47") not in room.told()


def test_a_held_week_is_drafted_all_the_same_and_stays_held(room: Newsroom):
    room.say("held", "2026-W47", OPENS - DAY)

    room.run(OPENS, INSTANT)

    assert ("draft", "2026-W47") in room.told()
    assert room.state("2026-W47") == "held"
    assert room.issues() == []


def test_a_skipped_week_is_not_drafted(room: Newsroom):
    room.say("skipped", "2026-W47", OPENS - DAY)

    room.run(OPENS, INSTANT)

    assert room.builds == []
    assert room.state("2026-W47") == "skipped"


def test_without_a_draft_the_issue_is_built_at_the_instant_and_held(room: Newsroom):
    room.run(INSTANT + HOUR)

    assert room.told() == [("draft", "2026-W47"), ("held", "2026-W47")]
    draft, held = room.store.events("2026-W47")
    assert draft.cause.endswith("approve it and it goes out at the next tick")
    assert "nobody could look at it in time" in held.cause


def test_a_draft_is_looked_for_again_until_there_is_something_to_print():
    with newsroom(window=12 * HOUR, articles=[OPENS + HOUR]) as room:
        room.run(STARTED, OPENS)
        assert room.store.run_of("draft", "2026-W47").state == "waiting"
        assert room.run(OPENS + HOUR / 4) == []

        room.run(OPENS + HOUR / 2, OPENS + HOUR)

        assert room.told() == [("draft", "2026-W47")]


def test_of_a_draft_that_stays_empty_nobody_is_told_before_the_instant():
    with newsroom(window=2 * HOUR) as room:
        room.run(STARTED, *(INSTANT - 2 * HOUR + n * HOUR / 2 for n in range(4)))

        assert room.told() == []
        assert room.store.run_of("draft", "2026-W47").state == "done"


def test_what_was_changed_by_hand_after_it_was_approved_is_remarked(room: Newsroom):
    room.run(OPENS)
    room.say("approved", "2026-W47", OPENS + HOUR)
    room.is_changed = True

    (did,) = room.run(INSTANT)

    assert did.text.endswith("published as it stood, with what was changed by hand")


def test_what_was_held_for_want_of_a_draft_is_published_once_it_is_approved(room: Newsroom):
    room.run(INSTANT + HOUR)
    room.say("approved", "2026-W47", INSTANT + 2 * HOUR)

    room.run(INSTANT + 3 * HOUR)

    assert room.state("2026-W47") == "published"


def test_without_a_draft_the_issue_is_built_and_published_if_that_is_wanted(room: Newsroom):
    room.unless_approved = "publish"

    room.run(INSTANT + HOUR)

    assert room.told() == [("draft", "2026-W47"), ("published", "2026-W47")]


def test_an_approval_does_not_count_for_what_would_repeat_another_issue(room: Newsroom):
    room.run(OPENS)
    room.say("held", "2026-W47", INSTANT - HOUR)
    room.run(INSTANT, OPENS + WEEK)
    room.say("approved", "2026-W48", OPENS + WEEK + HOUR)
    room.publish_by_hand("2026-W47", OPENS + WEEK + 2 * HOUR)

    room.run(INSTANT + WEEK)

    assert [one.kind for one in room.store.events("2026-W48")] == [
        "draft",
        "approved",
        "draft",
        "held",
    ]
    assert "its approval no longer counts" in room.store.events("2026-W48")[2].cause
    assert [built.id for built in room.issues()] == ["2026-W47"]


def test_an_approval_given_before_the_window_opens_is_not_built_over(room: Newsroom):
    room.build("2026-W47", OPENS - DAY, room.store.transaction)
    room.say("approved", "2026-W47", OPENS - HOUR)

    room.run(OPENS, INSTANT)

    assert len(room.builds) == 1
    assert room.state("2026-W47") == "published"


def test_a_draft_that_a_person_has_changed_is_left_as_it_stands_and_told(room: Newsroom):
    room.build("2026-W47", OPENS - DAY, room.store.transaction)
    room.is_changed = True

    room.run(OPENS)

    assert len(room.builds) == 1
    assert room.told() == [("draft", "2026-W47")]


def test_an_approval_given_while_a_draft_is_built_again_wins(room: Newsroom):
    room.build("2026-W47", OPENS - DAY, room.store.transaction)
    room.interruptions = [lambda: room.say("approved", "2026-W47", OPENS)]

    room.run(OPENS)

    assert room.state("2026-W47") == "approved"
    assert room.store.built("2026-W47").until < OPENS


def test_a_hold_given_while_the_issue_is_built_at_the_instant_wins(room: Newsroom):
    room.unless_approved = "publish"
    room.interruptions = [lambda: room.say("held", "2026-W47", INSTANT)]

    room.run(INSTANT)

    assert room.state("2026-W47") == "held"
    assert room.issues() == []


def test_a_thin_draft_is_skipped_at_the_instant_unless_it_is_approved(room: Newsroom):
    room.min_stories = 100
    room.run(OPENS, INSTANT, OPENS + WEEK)
    room.say("approved", "2026-W48", OPENS + WEEK + HOUR)

    room.run(INSTANT + WEEK)

    assert room.state("2026-W47") == "skipped"
    assert room.state("2026-W48") == "published"


def test_a_daemon_that_starts_within_the_window_builds_the_draft_at_once(room: Newsroom):
    room.run(INSTANT - HOUR)

    assert room.told() == [("draft", "2026-W47")]
