"""What is due: by the schedule as it is now, and by what was done under the one before."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

import pytest
from running_desk import DAY, HOUR, INSTANT, STARTED, newsroom

from newsletter import weeks
from newsletter.model import Event
from newsletter.pipeline.ailing import Ailing, ailed, untold
from newsletter.pipeline.due import Timing, agenda, slot
from newsletter.weeks import Schedule

ARTICLES = [STARTED + n * 7 * HOUR for n in range(100)]
MONDAY = Schedule(weekday=0, at=time(8), zone="UTC")
WEEK = 7 * DAY


def moved(room, schedule: Schedule) -> None:
    room.timing = Timing(schedule=schedule, gather=DAY, catch_up=36 * HOUR)


def test_after_a_move_to_an_earlier_weekday_the_next_weeks_issue_comes_soon():
    with newsroom(articles=ARTICLES) as room:
        room.run(STARTED, INSTANT)
        moved(room, MONDAY)

        room.run(INSTANT + HOUR, INSTANT + 14 * HOUR)

        assert [built.id for built in room.issues()] == ["2026-W47", "2026-W48"]


def test_after_a_move_to_a_later_weekday_a_week_that_is_out_does_not_come_again():
    with newsroom(None, MONDAY, articles=ARTICLES) as room:
        room.run(STARTED - DAY, datetime(2026, 11, 23, 8, tzinfo=UTC))
        moved(room, Schedule(weekday=6, at=time(18), zone="UTC"))

        room.run(INSTANT + WEEK, INSTANT + 2 * WEEK)

        assert [built.id for built in room.issues()] == ["2026-W48", "2026-W49"]


def test_an_instant_before_the_end_of_the_last_issue_is_not_due():
    with newsroom(articles=ARTICLES) as room:
        room.run(STARTED, INSTANT + 30 * HOUR)
        moved(room, MONDAY)

        did = room.run(INSTANT + 31 * HOUR, INSTANT + 32 * HOUR)

        assert [(one.period, one.text) for one in did] == [
            ("2026-W48", "its instant lies before the end of 2026-W47")
        ]
        assert room.told() == [("published", "2026-W47")]


def test_a_week_whose_time_was_past_when_the_schedule_was_changed_is_not_called_missed():
    with newsroom(articles=ARTICLES) as room:
        room.run(STARTED, INSTANT, *(INSTANT + n * DAY for n in range(1, 4)))
        moved(room, MONDAY)

        did = room.run(INSTANT + 3 * DAY + HOUR, INSTANT + 8 * DAY)

        assert [(one.period, one.text) for one in did] == [
            ("2026-W48", "the schedule was changed when its time was past"),
            ("2026-W49", "published: built and published, 10 h late"),
        ]


def test_what_a_changed_schedule_puts_before_the_first_start_is_not_made_up():
    with newsroom(articles=ARTICLES) as room:
        room.run(STARTED)
        moved(room, MONDAY)

        did = room.run(STARTED + HOUR)

        assert [(one.period, one.text) for one in did] == [("2026-W47", "before the first start")]


def test_another_time_zone_makes_no_instant_come_twice():
    tokyo = Schedule(weekday=6, at=time(18), zone="Asia/Tokyo")
    honolulu = Schedule(weekday=6, at=time(18), zone="Pacific/Honolulu")
    with newsroom(None, tokyo, articles=ARTICLES) as room:
        room.run(STARTED, INSTANT - 9 * HOUR)
        moved(room, honolulu)

        room.run(INSTANT + 10 * HOUR, INSTANT + WEEK + 10 * HOUR)

        assert [built.id for built in room.issues()] == ["2026-W47", "2026-W48"]


@pytest.mark.parametrize("hours", [1, 2, 3, 6, 24])
def test_slots_of_gathering_begin_at_whole_hours_of_the_day(hours: int):
    timing = Timing(schedule=MONDAY, gather=hours * HOUR, catch_up=HOUR)

    begin = slot(timing, STARTED + 17 * HOUR + timedelta(minutes=13))

    assert begin.hour % hours == 0
    assert begin.minute == 0


def test_what_comes_next_is_never_past():
    with newsroom(window=12 * HOUR, articles=ARTICLES) as room:
        for hours in range(0, 200, 7):
            now = STARTED + hours * HOUR

            assert room.tick(now).next_at > now
            assert agenda(room.timing, now, room.store).next_at > now


def test_old_articles_are_let_go_of_once_after_an_issue_is_out():
    with newsroom(articles=ARTICLES) as room:
        done = [room.tick(now).did for now in (STARTED, INSTANT, INSTANT + HOUR)]

        assert [one.job for did in done for one in did].count("prune") == 1


def test_a_feed_that_ails_is_told_of_once_for_each_spell():
    spell = Ailing(url="https://a.example/feed", name="A", note="404", since="failing 2026-11-01")
    again = Ailing(url="https://a.example/feed", name="A", note="404", since="failing 2026-11-20")
    told = [ailed([spell], STARTED)]

    assert untold([spell], told) == ()
    assert untold([spell, again], told) == (again,)


def test_feeds_that_ail_are_told_after_a_gather_and_not_at_the_next():
    spell = Ailing(url="https://a.example/feed", name="A", note="404", since="failing 2026-11-01")
    with newsroom(articles=ARTICLES, ailing=(spell,)) as room:
        for hours in range(3):
            room.tick(STARTED + hours * HOUR)

        assert room.told() == [("feeds", "")]
        (event,) = room.store.events()
        assert event.details["feeds"][0]["url"] == "https://a.example/feed"


def test_details_that_lack_their_keys_are_borne():
    told = [Event(kind="feeds", at=STARTED, cause="", details={"feeds": "many"})]
    spell = Ailing(url="u", name="A", note="", since="gone")

    assert untold([spell], told) == (spell,)


def test_the_plan_begins_with_the_coming_issue_and_has_each_week_once():
    plan = weeks.plan(MONDAY, INSTANT, 60)

    assert plan[0] == ("2026-W48", datetime(2026, 11, 23, 8, tzinfo=UTC))
    assert len({week for week, _ in plan}) == 60
    assert all(after - before == WEEK for (_, before), (_, after) in pairwise(plan))
