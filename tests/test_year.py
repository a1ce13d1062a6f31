"""A year of the weekly run, by a clock that is set by hand: each issue once, each article once."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from running_desk import DAY, HOUR, Newsroom, newsroom

from newsletter import weeks
from newsletter.pipeline.due import Timing
from newsletter.weeks import Schedule

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe")
_LAST_INSTANT = datetime(2027, 1, 4, 12, tzinfo=UTC)  # after that of 2026-W53, everywhere


def sundays(at: time, zone: str) -> dict[str, datetime]:
    """Return the instants of 2026 by a search minute for minute, without the code under test."""
    found = {}
    for week in range(1, 54):
        day = date.fromisocalendar(2026, week, 7)
        wanted = datetime.combine(day, at)
        moment = wanted.replace(tzinfo=UTC) - 15 * HOUR
        while moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) < wanted - HOUR:
            moment += 30 * MINUTE
        while moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) < wanted:
            moment += MINUTE
        found[f"2026-W{week:02}"] = moment
    return found


def moments(room: Newsroom, outages: list[tuple[datetime, datetime]]) -> Iterator[datetime]:
    """Yield when a daemon ticks from new year to the next: when it said, unless it was down."""
    now = NEW_YEAR
    while now < _LAST_INSTANT:
        yield now
        now = room.tick(now).next_at
        now = next((end for begin, end in outages if begin <= now < end), now)


@pytest.mark.parametrize(
    ("zone", "at", "special"),
    [
        ("Europe/Berlin", time(2, 30), {"2026-W13": "03-29T01:00", "2026-W43": "10-25T00:30"}),
        ("America/New_York", time(1, 30), {"2026-W44": "11-01T05:30"}),
        ("America/New_York", time(2, 30), {"2026-W10": "03-08T07:00"}),
        ("Asia/Kolkata", time(18), {"2026-W01": "01-04T12:30"}),
        ("Australia/Lord_Howe", time(1, 45), {"2026-W14": "04-04T14:45"}),
        ("Australia/Lord_Howe", time(2, 15), {"2026-W40": "10-03T15:30"}),
    ],
)
def test_a_year_has_each_issue_once_and_at_its_instant(
    zone: str, at: time, special: dict[str, str]
):
    wanted = sundays(at, zone)
    dice = random.Random(7)
    begins = sorted(NEW_YEAR + dice.random() * 360 * DAY for _ in range(20))
    outages = [(begin, begin + dice.random() * 30 * HOUR) for begin in begins]
    articles = [NEW_YEAR + n * 16 * HOUR for n in range(560)]
    schedule = Schedule(weekday=6, at=at, zone=zone)
    with newsroom(None, schedule, gather=2 * DAY, articles=articles) as room:
        list(moments(room, outages))

        out = {event.week: event.at for event in room.store.events() if event.kind == "published"}
        assert list(out) == list(wanted)
        for week, instant in wanted.items():
            up = next((end for begin, end in outages if begin <= instant < end), instant)
            assert out[week] == up
        for week, moment in special.items():
            assert wanted[week] == datetime.fromisoformat(f"2026-{moment}:00+00:00")
        tile(room)


def test_a_year_of_ticks_every_half_hour_says_the_same_as_one_by_what_comes_next():
    articles = [NEW_YEAR + n * DAY for n in range(60)]
    schedule = Schedule(weekday=6, at=time(2, 30), zone="Europe/Berlin")
    with newsroom(None, schedule, gather=2 * DAY, articles=articles) as room:
        for half_hours in range(48 * 35):
            room.tick(NEW_YEAR + half_hours * 30 * MINUTE)

        assert [built.id for built in room.issues()] == [f"2026-W{n:02}" for n in range(1, 6)]
        tile(room)


def tile(room: Newsroom) -> None:
    """See that windows tile time, and that every article is in one issue or waits for the next."""
    issues = room.issues()
    assert [built.since for built in issues] == [None, *(one.until for one in issues)][
        : len(issues)
    ]
    assert all(before.id < after.id for before, after in pairwise(issues))
    printed = Counter(room.printed())
    assert max(printed.values(), default=1) == 1
    end = issues[-1].until if issues else None
    waiting = room.store.within(end, room.wall + 400 * DAY)
    seen = room.store.within(None, room.wall + 400 * DAY)
    assert {one.id for one in seen} == set(printed) | {one.id for one in waiting}
    assert len(seen) == len(printed) + len(waiting)
    assert len(seen) == sum(one <= max(room.gathers) for one in room.articles)
    events = room.store.events()
    begun = min(run.started_at for run in room.store.runs(10_000))
    begun = min([begun, *(event.at for event in events)])
    for event in events:
        assert event.kind != "missed" or str(event.details["instant"]) > begun.isoformat()
    once = Counter(event.week for event in events if event.kind == "published")
    assert all(count == 1 for count in once.values())


schedules = st.builds(
    Schedule,
    weekday=st.integers(0, 6),
    at=st.times().map(lambda moment: moment.replace(second=0, microsecond=0)),
    zone=st.sampled_from(ZONES),
)
steps = st.one_of(
    st.tuples(st.just("run"), st.integers(1, 200)),
    st.tuples(st.just("run"), st.integers(24, 200)),
    st.tuples(st.just("down"), st.integers(1, 400)),
    st.tuples(st.just("back"), st.integers(1, 24)),
    st.tuples(st.sampled_from(["approved", "held", "skipped"]), st.integers(0, 1)),
    st.tuples(st.just("by hand"), st.just(0)),
    st.tuples(st.just("schedule"), schedules),
    st.tuples(st.just("fault"), st.integers(1, 8)),
    st.tuples(st.just("cut off"), st.integers(0, 1)),
)


@settings(max_examples=30, deadline=None)
@given(
    schedule=schedules,
    window=st.none() | st.integers(1, 100).map(lambda hours: hours * HOUR),
    unless_approved=st.sampled_from(["hold", "publish"]),
    catch_up=st.integers(1, 160).map(lambda hours: hours * HOUR),
    gather=st.integers(6, 48).map(lambda hours: hours * HOUR),
    days=st.lists(steps, max_size=24),
)
def test_whatever_happens_each_article_is_in_one_issue(
    schedule: Schedule,
    window: timedelta | None,
    unless_approved: str,
    catch_up: timedelta,
    gather: timedelta,
    days: list[tuple[str, object]],
):
    articles = [NEW_YEAR + n * 11 * HOUR for n in range(400)]
    with newsroom(
        None,
        schedule,
        window=window,
        unless_approved=unless_approved,
        catch_up=catch_up,
        gather=gather,
        articles=articles,
    ) as room:
        now = NEW_YEAR
        for what, value in days:
            now = lived(room, now, what, value)
        # Three weeks in which everything goes well and nothing is held back.
        room.unless_approved, room.faults, room.is_cut_off = "publish", [], False
        now = lived(room, now, "run", 22 * 24)

        tile(room)
        last = room.store.last_published()
        assert last is not None
        assert last.until > now - 15 * DAY


def lived(room: Newsroom, now: datetime, what: str, value: object) -> datetime:
    """Let one thing happen and return what time it is then."""
    week = weeks.coming(room.timing.schedule, now)
    match what, value:
        case "run", int(hours):
            end = now + hours * HOUR
            while now < end:
                now = room.tick(now).next_at
        case "down", int(hours):
            now += hours * HOUR
        case "back", int(hours):
            now -= hours * HOUR
        case "schedule", Schedule() as schedule:
            room.timing = Timing(
                schedule=schedule,
                gather=room.timing.gather,
                catch_up=room.timing.catch_up,
                window=room.timing.window,
            )
        case "fault", int(times):
            room.faults = [OSError("no space left on device")] * times
        case "cut off", int(whether):
            room.is_cut_off = bool(whether)
        case "by hand", _:
            if is_open(room, week) and not room.faults:
                publish_by_hand(room, week, now)
        case ("approved" | "held" | "skipped") as kind, int(before):
            named = weeks.preceding(week) if before else week
            if is_open(room, named) and (kind != "approved" or room.store.built(named)):
                room.say(kind, named, now)
    return now


def is_open(room: Newsroom, week: str) -> bool:
    last = room.store.last_published()
    return last is None or week > last.id


def publish_by_hand(room: Newsroom, week: str, now: datetime) -> None:
    room.gather(now)
    last = room.store.last_published()
    if room.store.within(last.until if last else None, now + MINUTE):
        room.publish_by_hand(week, now)
