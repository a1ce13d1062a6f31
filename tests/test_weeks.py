"""The weekly instants: time zones, clock changes, years' ends, the names of weeks."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter import weeks
from newsletter.weeks import Schedule


def schedule(*, weekday: int = 6, at: time = time(18), zone: str = "Europe/Berlin") -> Schedule:
    return Schedule(weekday=weekday, at=at, zone=zone)


def test_an_issue_is_named_after_the_iso_week_of_its_instant():
    moment = weeks.instant(schedule(), "2026-W47")

    assert moment == datetime(2026, 11, 22, 17, 0, tzinfo=UTC)


def test_a_skipped_local_time_moves_to_the_first_that_exists():
    moment = weeks.instant(schedule(at=time(2, 30)), "2026-W13")

    assert moment == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)  # 03:00 in Berlin


def test_a_local_time_that_occurs_twice_is_used_at_its_first_occurrence():
    moment = weeks.instant(schedule(at=time(2, 30)), "2026-W43")

    assert moment == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_gap_of_half_an_hour_is_left_at_its_end():
    lord_howe = schedule(at=time(2, 15), zone="Australia/Lord_Howe")

    moment = weeks.instant(lord_howe, "2026-W40")

    assert moment == datetime(2026, 10, 3, 15, 30, tzinfo=UTC)  # 02:30 after the change


def test_the_coming_issue_is_the_one_whose_instant_is_not_past():
    instant = weeks.instant(schedule(), "2026-W47")

    assert weeks.coming(schedule(), instant) == "2026-W47"
    assert weeks.coming(schedule(), instant + timedelta(seconds=1)) == "2026-W48"


@pytest.mark.parametrize(
    ("before", "after"),
    [("2026-W47", "2026-W48"), ("2026-W53", "2027-W01"), ("2025-W52", "2026-W01")],
)
def test_weeks_follow_one_another_over_the_years_end(before: str, after: str):
    assert weeks.following(before) == after


@pytest.mark.parametrize(
    ("text", "now", "named"),
    [
        ("2026-W47", "2026-01-01", "2026-W47"),
        ("2026w47", "2026-01-01", "2026-W47"),
        ("W47", "2026-11-21", "2026-W47"),
        ("W52", "2027-01-04", "2026-W52"),
        ("W1", "2026-12-30", "2027-W01"),
        ("W53", "2026-06-01", "2026-W53"),
        ("W12", "2026-11-21", "2026-W12"),
    ],
)
def test_a_week_without_a_year_is_the_latest_of_that_number(text: str, now: str, named: str):
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)

    assert weeks.parse_issue_id(text, moment, "UTC") == named


@pytest.mark.parametrize("text", ["47", "W0", "W54", "2025-W53", "week 3", ""])
def test_what_names_no_week_is_refused_with_the_way_to_write_one(text: str):
    with pytest.raises(ValueError, match="is no week"):
        weeks.parse_issue_id(text, datetime(2025, 6, 1, tzinfo=UTC), "UTC")


@given(
    now=st.integers(946_684_800, 4_102_444_800).map(lambda s: datetime.fromtimestamp(s, UTC)),
    weekday=st.integers(0, 6),
    at=st.times().map(lambda moment: moment.replace(second=0, microsecond=0)),
    zone=st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia"]),
)
def test_instants_tile_time(now: datetime, weekday: int, at: time, zone: str):
    plan = schedule(weekday=weekday, at=at, zone=zone)

    coming = weeks.coming(plan, now)

    assert weeks.instant(plan, coming) >= now
    assert weeks.instant(plan, coming) < weeks.instant(plan, weeks.following(coming))
    assert weeks.instant(plan, coming) - now <= timedelta(days=8, hours=2)


def test_the_latest_issue_is_the_one_whose_instant_was_last():
    instant = weeks.instant(schedule(), "2026-W47")

    assert weeks.latest(schedule(), instant) == "2026-W47"
    assert weeks.latest(schedule(), instant - timedelta(seconds=1)) == "2026-W46"
    assert weeks.latest(schedule(), instant + timedelta(days=6)) == "2026-W47"


def test_the_plan_lists_the_coming_instants_over_the_years_end():
    plan = weeks.plan(schedule(), datetime(2026, 12, 26, tzinfo=UTC), 3)

    assert [issue_id for issue_id, _ in plan] == ["2026-W52", "2026-W53", "2027-W01"]
    assert plan[0][1] == weeks.instant(schedule(), "2026-W52")


def test_a_weekly_time_on_a_day_that_does_not_exist_moves_to_the_next():
    friday = schedule(weekday=4, at=time(12), zone="Pacific/Apia")

    moment = weeks.instant(friday, "2011-W52")  # 30 December 2011 was left out in Samoa

    assert moment == datetime(2011, 12, 30, 10, 0, tzinfo=UTC)  # 31 December, 00:00
