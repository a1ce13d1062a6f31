"""What happened to each week, and whom it was told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from engines import (
    DAY,
    ENGINES,
    HOUR,
    NOW,
    SECOND,
    event,
    url_on,
)
from postgres import emptied_postgres_url, postgres  # noqa: F401 - fixtures

from newsletter.model import Notice
from newsletter.store import Store, open_store


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest) -> str:
    return url_on(request.param, request)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with open_store(url) as opened:
        yield opened


DESK, HOOK = "email:desk@example.org", "webhook:0a1b2c3d"


def test_an_event_comes_back_as_it_was_noted_with_a_number(store: Store):
    noted = event(key="draft:2026-W47:1", details={"stories": 3, "headlines": ["Rain, “hail”"]})

    assert store.note(noted)
    [kept] = store.events()

    assert kept.id > 0
    assert replace(kept, id=0) == noted


def test_an_event_with_a_key_happens_once_and_one_without_as_often_as_it_happens(store: Store):
    def note(key: str | None) -> bool:
        return store.note(event("published", key=key), channels=[DESK])

    assert [note("published:2026-W47"), note("published:2026-W47")] == [True, False]
    assert [note(None), note(None)] == [True, True]
    assert len(store.notices(most=9)) == 3


def test_events_come_in_the_order_they_happened_the_last_of_them_if_not_all(store: Store):
    for kind, week in [("draft", "2026-W47"), ("missed", "2026-W46"), ("held", "2026-W47")]:
        store.note(event(kind, week))

    assert [one.kind for one in store.events()] == ["draft", "missed", "held"]
    assert [one.kind for one in store.events(most=2)] == ["missed", "held"]
    assert [one.kind for one in store.events("2026-W47", most=1)] == ["held"]


def test_a_week_is_as_its_last_event_that_is_a_state(store: Store):
    store.note(event("draft", at=NOW))
    store.note(event("approved", at=NOW + HOUR))
    store.note(event("reminder", at=NOW + 2 * HOUR))
    store.note(event("missed", "2026-W46"))
    store.note(event("feeds", None))

    assert store.week_state("2026-W47") == ("approved", NOW + HOUR)
    assert store.week_state("2026-W45") is None
    assert store.week_states() == {
        "2026-W46": ("missed", NOW),
        "2026-W47": ("approved", NOW + HOUR),
    }


def told(store: Store, *channels: str) -> tuple[Notice, ...]:
    store.note(event(), channels=channels or [DESK])
    return store.notices_due(NOW, most=9)


def test_what_is_to_be_told_is_due_on_each_of_its_channels_once(store: Store):
    due = told(store, HOOK, DESK, HOOK)

    assert [(one.channel, one.state, one.event.kind) for one in due] == [
        (DESK, "pending", "draft"),
        (HOOK, "pending", "draft"),
    ]


def test_a_notice_is_taken_by_one_sender(store: Store):
    [notice] = told(store)

    assert store.take_notice(notice, beat_at=NOW)
    assert not store.take_notice(notice, beat_at=NOW)
    assert store.notices_due(NOW + DAY, most=9) == ()


def test_what_was_sent_is_not_due_again(store: Store):
    [notice] = told(store)
    store.take_notice(notice, beat_at=NOW)

    store.settle_notice(notice, "sent")

    assert store.notices_due(NOW + DAY, most=9) == ()
    assert [(one.state, one.attempts) for one in store.notices(most=9)] == [("sent", 1)]


def test_what_did_not_arrive_is_due_at_its_next_try_and_says_why(store: Store):
    [notice] = told(store)
    store.take_notice(notice, beat_at=NOW)

    store.settle_notice(notice, "pending", error="answers 500", next_try=NOW + HOUR)
    [again] = store.notices_due(NOW + HOUR, most=9)

    assert store.notices_due(NOW + HOUR - SECOND, most=9) == ()
    assert (again.attempts, again.error, again.next_try) == (1, "answers 500", NOW + HOUR)
    assert not store.take_notice(notice, beat_at=NOW), "that was the first try's"
    assert store.take_notice(again, beat_at=NOW)


@pytest.mark.parametrize("taken", [timedelta(0), DAY], ids=["long ago", "a clock set back"])
def test_what_was_never_heard_of_again_is_unsure(store: Store, taken: timedelta):
    first, second = told(store, DESK, HOOK)
    store.take_notice(first, beat_at=NOW + taken)
    store.take_notice(second, beat_at=NOW + 2 * SECOND)

    lapsed = store.lapse_notices(before=NOW + SECOND)

    assert [(one.channel, one.state) for one in lapsed] == [(DESK, "unsure")]
    assert store.notices_due(NOW + DAY, most=9) == ()
    assert store.lapse_notices(before=NOW + SECOND) == ()


def test_a_sender_that_was_given_up_may_still_say_that_it_arrived(store: Store):
    [notice] = told(store)
    store.take_notice(notice, beat_at=NOW)
    store.lapse_notices(before=NOW + SECOND)

    store.settle_notice(notice, "sent")
    store.settle_notice(notice, "pending")

    assert [one.state for one in store.notices(most=9)] == ["sent"]


def test_the_last_notices_come_first_those_of_a_state_alone_if_asked(store: Store):
    [first] = told(store)
    store.note(event("published"), channels=[DESK])
    store.settle_notice(first, "failed", error="no such address")

    assert [one.event.kind for one in store.notices(most=9)] == ["published", "draft"]
    assert [one.error for one in store.notices(most=9, state="failed")] == ["no such address"]
