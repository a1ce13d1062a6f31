"""The weekly run when something goes wrong: tried again, given up loudly, never done twice."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from running_desk import DAY, HOUR, INSTANT, STARTED, Newsroom, newsroom

from newsletter.errors import OutputError

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
        assert room.told() == [("failed", "2026-W47")]
        assert "no space left" in room.store.events("2026-W47")[0].cause
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
        assert room.told() == [("failed", "2026-W47")]
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


def test_a_run_that_failed_until_the_end_of_an_outage_is_missed_with_its_reason(room: Newsroom):
    room.faults = [FULL]
    room.run(INSTANT)

    room.run(INSTANT + 3 * DAY)

    assert room.told() == [("missed", "2026-W47")]
    assert "no space left" in room.store.events("2026-W47")[0].cause
