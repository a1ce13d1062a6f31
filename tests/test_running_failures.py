"""The weekly run when something goes wrong: tried again, given up loudly, never done twice."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from running_desk import DAY, HOUR, INSTANT, STARTED, Newsroom, newsroom

from newsletter.errors import OutputError
from newsletter.pipeline.rundesk import Brought

MINUTE = timedelta(minutes=1)
FULL = OutputError("dist/: cannot be written: no space left on device")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    articles = [STARTED + n * 7 * HOUR for n in range(60)]
    with newsroom(tmp_path, articles=articles) as found:
        found.run(STARTED)
        yield found


def test_what_fails_is_tried_again_later_and_later(room: Newsroom):
    room.faults = [FULL] * 3

    did = room.run(*(INSTANT + n * MINUTE for n in range(8)))

    assert [one.state for one in did] == ["waiting", "waiting", "waiting", "done"]
    assert [one.text.rpartition("; ")[2] for one in did[:3]] == [
        "tried again in 1 min",
        "tried again in 2 min",
        "tried again in 4 min",
    ]
    assert [at - INSTANT for _, at in room.builds] == [7 * MINUTE]


def test_the_next_try_is_what_comes_next(room: Newsroom):
    room.faults = [FULL]

    assert room.tick(INSTANT).next_at == INSTANT + MINUTE


def test_what_fails_for_longer_than_it_may_be_late_is_given_up_loudly():
    with newsroom(articles=[STARTED], faults=[FULL] * 200) as room:
        room.run(STARTED)

        did = room.run(*(INSTANT + n * 30 * MINUTE for n in range(75)))

        assert did[-1].state == "failed"
        first, last = room.store.events("2026-W47")
        assert room.told() == [("failed", "2026-W47")] * 2
        assert first.at == INSTANT + 30 * MINUTE
        assert first.cause.endswith(
            "no space left on device; tried again until 2026-11-24 06:00 UTC"
        )
        assert first.details["next_try"] == "2026-11-22T18:32:00Z"
        assert "tried 72 times; last: dist/" in last.cause
        assert room.issues() == []


def test_a_fault_of_the_program_is_a_failure_like_any_other(room: Newsroom):
    room.faults = [ZeroDivisionError("division by zero")]

    did = room.run(INSTANT, INSTANT + MINUTE)

    assert "unexpected ZeroDivisionError" in did[0].text
    assert did[1].state == "done"


def test_a_job_that_fails_does_not_keep_the_others_from_running(room: Newsroom):
    room.faults = [FULL]

    done = room.tick(INSTANT).did

    assert {one.job: one.state for one in done} == {"publish": "waiting", "gather": "done"}


def test_a_draft_that_cannot_be_built_is_told_and_the_issue_tried_at_its_instant():
    with newsroom(window=2 * HOUR, articles=[STARTED], unless_approved="publish") as room:
        room.run(STARTED)
        room.faults = [FULL] * 20
        room.run(*(INSTANT - 2 * HOUR + n * 10 * MINUTE for n in range(12)))
        assert room.told() == [("failed", "2026-W47")] * 2
        room.faults = []

        room.run(INSTANT)

        assert room.state("2026-W47") == "published"


def test_a_held_week_stays_held_when_its_draft_cannot_be_built():
    with newsroom(window=2 * HOUR, articles=[STARTED]) as room:
        room.run(STARTED)
        room.say("held", "2026-W47", STARTED)
        room.faults = [FULL] * 20

        room.run(*(INSTANT - 2 * HOUR + n * 10 * MINUTE for n in range(13)))

        assert ("failed", "2026-W47") in room.told()
        assert room.state("2026-W47") == "held"


def test_who_is_told_to_end_gives_the_claim_back_at_once(room: Newsroom):
    room.faults = [KeyboardInterrupt()]

    with pytest.raises(KeyboardInterrupt):
        room.tick(INSTANT)
    done = room.tick(INSTANT, owner="two").did

    assert ("publish", "done") in [(one.job, one.state) for one in done]
    assert room.store.run_of("publish", "2026-W47").attempts == 1


def test_who_is_told_to_end_while_it_reads_gives_the_claim_back_too(room: Newsroom, tmp_path: Path):
    def read_and_be_told() -> None:
        database = sqlite3.connect(tmp_path / "news.db")
        answer = database.execute("SELECT name FROM sqlite_schema")
        assert answer.fetchone()
        raise KeyboardInterrupt

    room.interruptions = [read_and_be_told]

    with pytest.raises(KeyboardInterrupt):
        room.tick(INSTANT)

    assert room.store.run_of("publish", "2026-W47").state == "waiting"


def test_what_another_daemon_is_at_is_left_to_it(room: Newsroom):
    room.interruptions = [lambda: found.append(room.tick(INSTANT, owner="two"))]
    found = []

    room.tick(INSTANT)

    assert found[0].busy == ("publish 2026-W47",)
    assert len(room.builds) == 1


def test_who_was_taken_for_dead_can_neither_build_nor_publish(room: Newsroom):
    def sleep() -> None:
        room.wall += timedelta(seconds=20)
        found.append(room.tick(INSTANT + 20 * MINUTE, owner="two"))

    found = []
    room.interruptions = [sleep]

    stale = room.tick(INSTANT)

    assert "publish" not in [one.job for one in stale.did]
    assert [one.job for one in found[0].did] == ["publish", "prune"]
    (built,) = room.issues()
    assert built.until == INSTANT + 20 * MINUTE + timedelta(seconds=1)
    assert room.told() == [("published", "2026-W47")]


def test_who_was_taken_for_dead_leaves_the_issue_to_whoever_is_at_it_now(room: Newsroom):
    def sleep() -> None:
        room.wall += timedelta(seconds=20)
        assert room.store.claim(
            "publish",
            "2026-W47",
            owner="two",
            now=INSTANT,
            beat_at=room.wall,
            lease_s=15.0,
        )

    room.interruptions = [sleep]

    room.tick(INSTANT)

    assert room.store.built("2026-W47") is None
    run = room.store.run_of("publish", "2026-W47")
    assert (run.owner, run.state) == ("two", "running")


def test_an_issue_that_was_published_while_it_was_built_is_no_failure(room: Newsroom):
    room.interruptions = [lambda: room.publish_by_hand("2026-W47", INSTANT)]

    did = room.run(INSTANT)

    assert [(one.state, one.text) for one in did] == [("done", "was published already")]
    assert len(room.issues()) == 1


def test_of_a_gather_that_fails_nobody_is_told(room: Newsroom, caplog: pytest.LogCaptureFixture):
    def broken(now: object) -> None:
        raise FULL

    room.gather = broken

    done = room.tick(STARTED + HOUR).did

    assert [(one.job, one.state) for one in done] == [("gather", "waiting")]
    assert room.told() == []
    assert "no space left" in caplog.text


def test_what_was_tried_before_an_outage_has_failed_and_was_not_missed(room: Newsroom):
    room.faults = [FULL]
    room.run(INSTANT)

    (did,) = room.run(INSTANT + 3 * DAY)

    assert (did.state, did.text) == ("failed", f"given up: tried once; last: {FULL}")
    assert room.told() == [("failed", "2026-W47")]
    assert room.store.run_of("publish", "2026-W47").cause == f"tried once; last: {FULL}"


def test_what_fails_once_and_then_goes_well_is_told_as_published_alone(room: Newsroom):
    room.faults = [FULL]

    room.run(INSTANT, INSTANT + MINUTE)

    assert room.told() == [("published", "2026-W47")]


def test_an_approved_week_that_fails_stays_approved_and_is_published():
    with newsroom(window=12 * HOUR, articles=[STARTED]) as room:
        room.run(STARTED, INSTANT - 12 * HOUR)
        room.say("approved", "2026-W47", INSTANT - HOUR)
        publish, faults = room.publish, [FULL] * 3

        def failing(*arguments):
            if faults:
                raise faults.pop()
            return publish(*arguments)

        room.publish = failing
        room.run(*(INSTANT + n * MINUTE for n in range(5)))
        assert room.store.week_state("2026-W47") == ("approved", INSTANT - HOUR)

        room.run(INSTANT + 7 * MINUTE)

        assert room.told() == [
            ("draft", "2026-W47"),
            ("failed", "2026-W47"),
            ("published", "2026-W47"),
        ]


def test_the_reason_of_a_failure_holds_no_marks_that_steer(room: Newsroom):
    room.faults = [OutputError("dist/\x1b[31m\u202egnp.x: full")]

    (did,) = room.run(INSTANT)

    assert did.text.startswith("failed: dist/[31mgnp.x: full")


def test_a_machine_that_sleeps_until_it_is_too_late_publishes_nothing(room: Newsroom):
    def sleep() -> None:
        room.wall += 9 * DAY

    room.interruptions = [sleep]

    did = room.run(INSTANT)

    assert [one.state for one in did] == ["missed"]
    assert "the machine slept" in did[0].text
    assert room.told() == [("missed", "2026-W47")]
    assert room.issues() == []


def test_a_short_sleep_delays_nothing_but_the_moment(room: Newsroom):
    def sleep() -> None:
        room.wall += 5 * HOUR

    room.interruptions = [sleep]

    room.run(INSTANT)

    assert room.told() == [("published", "2026-W47")]


@pytest.fixture
def cut_off() -> Iterator[Newsroom]:
    """Yield a newsroom whose network is not there at the first start, nor at the instant."""
    with newsroom(articles=[STARTED], is_cut_off=True) as found:
        found.run(STARTED)
        yield found


def test_a_week_without_an_article_is_tried_again_while_no_feed_can_be_read(cut_off: Newsroom):
    (did,) = cut_off.run(INSTANT)
    assert did.state == "waiting"
    assert "not one of the feeds (Ledger, Gauge) could be read" in did.text

    cut_off.is_cut_off = False
    cut_off.run(INSTANT + MINUTE)

    assert cut_off.told() == [("published", "2026-W47")]


def test_feeds_that_are_left_alone_after_failing_are_not_taken_to_have_answered(
    cut_off: Newsroom,
):
    cut_off.run(INSTANT)
    cut_off.gather = lambda now: Brought()

    (did,) = cut_off.run(INSTANT + MINUTE)

    assert did.state == "waiting"


def test_a_week_without_an_article_has_failed_if_no_feed_could_be_read_to_the_end(
    cut_off: Newsroom,
):
    did = cut_off.run(*(INSTANT + n * 30 * MINUTE for n in range(75)))

    assert did[-1].state == "failed"
    assert cut_off.state("2026-W47") == "failed"


@pytest.mark.parametrize("window", [None, 12 * HOUR], ids=["at once", "with review"])
def test_a_thin_issue_is_tried_again_while_no_feed_can_be_read(window: timedelta | None):
    articles = [STARTED, INSTANT - HOUR]
    with newsroom(
        window=window, articles=articles, min_stories=2, unless_approved="publish"
    ) as room:
        room.run(STARTED)
        room.is_cut_off = True
        (did,) = room.run(INSTANT)
        assert did.state == "waiting"
        room.is_cut_off = False

        room.run(INSTANT + MINUTE)

        assert room.told().count(("draft", "2026-W47")) == bool(window)
        assert room.told()[-1] == ("published", "2026-W47")


def test_a_thin_issue_is_skipped_at_last_and_names_the_feeds_that_could_not_be_read():
    with newsroom(articles=[STARTED], min_stories=2) as room:
        room.run(STARTED)
        room.is_cut_off = True

        room.run(*(INSTANT + n * 30 * MINUTE for n in range(75)))

        event = room.store.events("2026-W47")[-1]
        assert event.kind == "skipped"
        assert "not one of the feeds (Ledger, Gauge) could be read" in event.cause
