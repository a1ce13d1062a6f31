"""Telling people: each notice once, nothing lost in silence, nobody held up."""

import logging
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from noting import NOW, event
from pace import slowness

from newsletter.errors import NotifyError
from newsletter.model import Event, EventKind
from newsletter.pipeline.notifying import TellingDesk, dispatch, try_out
from newsletter.store import Store, open_store

MINUTE = timedelta(minutes=1)
DOWN = NotifyError("answers 500")
GONE = NotifyError("answers 404", is_final=True)
LOST = NotifyError("no answer within 10 s; it may have arrived", is_sure=False)


@dataclass
class Wire:
    """A channel that keeps what it is told, or fails as it was told to."""

    label: str
    failure: Exception | None = None
    limit_s: float = 60.0
    told: list[str] = field(default_factory=list)
    before: Callable[[], object] = lambda: None

    def tell(self, event: Event) -> None:
        self.before()
        if self.failure is not None:
            raise self.failure
        self.told.append(f"{event.kind} {event.week}")

    def try_out(self, at: datetime) -> None:
        self.tell(event(week=f"{at:%Y}"))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as it is made; tests work on copies of it."""
    path = tmp_path_factory.mktemp("empty") / "newsletter.db"
    with open_store(f"sqlite:///{path}"):
        return path


@pytest.fixture
def store(empty: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copy(empty, tmp_path)
    with open_store(f"sqlite:///{tmp_path / 'newsletter.db'}") as opened:
        yield opened


def desk_of(store: Store, *wires: Wire, wall: datetime = NOW, stops: bool = False) -> TellingDesk:
    return TellingDesk(
        store=store,
        wires={wire.label: wire for wire in wires},
        channels=lambda kind: tuple(wire.label for wire in wires),
        wall=lambda: wall,
        is_stopping=lambda: stops,
    )


def note(store: Store, *channels: str, kind: EventKind = "draft", week: str = "2026-W47") -> None:
    store.note(event(kind, {}, week=week, id=0), channels=channels)


def states(store: Store) -> dict[tuple[str, str], str]:
    return {(one.event.kind, one.channel): one.state for one in store.notices(most=50)}


def test_what_happened_is_told_once_on_each_channel(store: Store):
    mail, hook = Wire("mail"), Wire("hook")
    note(store, "mail", "hook")

    told = [*dispatch(desk_of(store, mail, hook), NOW), *dispatch(desk_of(store, mail, hook), NOW)]

    assert mail.told == hook.told == ["draft 2026-W47"]
    assert sorted(one.text for one in told) == [
        "hook told: draft 2026-W47",
        "mail told: draft 2026-W47",
    ]


def test_events_reach_a_channel_in_the_order_in_which_they_happened(store: Store):
    mail = Wire("mail")
    for kind in ("draft", "approved", "published"):
        note(store, "mail", kind=kind)

    dispatch(desk_of(store, mail), NOW)

    assert [one.split()[0] for one in mail.told] == ["draft", "approved", "published"]


def test_a_notice_that_surely_did_not_arrive_is_tried_again_later_and_later(store: Store):
    mail = Wire("mail", DOWN)
    note(store, "mail")
    now, waits = NOW, []
    for _ in range(9):
        dispatch(desk_of(store, mail), now)
        next_try = store.notices(most=1)[0].next_try
        assert next_try
        waits.append((next_try - now) // MINUTE)
        assert not dispatch(desk_of(store, mail), next_try - MINUTE / 2)
        now = next_try

    mail.failure = None
    dispatch(desk_of(store, mail), now)

    assert waits == [1, 2, 4, 8, 16, 32, 64, 120, 120]
    assert mail.told == ["draft 2026-W47"]


def test_a_channel_is_asked_no_sooner_than_it_wants(store: Store):
    hook = Wire("hook", NotifyError("answers 429", retry_after_s=900.0))
    note(store, "hook")

    dispatch(desk_of(store, hook), NOW)

    assert store.notices(most=1)[0].next_try == NOW + 15 * MINUTE


def test_after_about_a_day_a_notice_is_given_up_and_the_others_are_told(store: Store):
    hook, mail = Wire("hook", DOWN), Wire("mail")
    note(store, "hook")
    now = NOW
    while states(store)["draft", "hook"] == "pending":
        dispatch(desk_of(store, hook, mail), now)
        now = store.notices(most=50)[-1].next_try or now

    assert timedelta(hours=20) < now - NOW < timedelta(hours=24)
    assert states(store)["draft", "hook"] == "failed"
    assert mail.told == ["notifier 2026-W47"]
    assert hook.told == []


@pytest.mark.parametrize(
    ("failure", "state"),
    [(GONE, "failed"), (LOST, "unsure"), (ValueError("a fault of ours"), "unsure")],
    ids=["final", "unsure", "unexpected"],
)
def test_what_is_given_up_is_never_sent_again_and_never_silent(
    store: Store, failure: Exception, state: str, caplog: pytest.LogCaptureFixture
):
    hook, mail = Wire("hook", failure), Wire("mail")
    note(store, "hook")

    dispatch(desk_of(store, hook, mail), NOW)
    hook.failure = None
    dispatch(desk_of(store, hook, mail), NOW + timedelta(days=2))

    assert hook.told == []
    assert mail.told == ["notifier 2026-W47"]
    assert states(store)["draft", "hook"] == state
    (noted,) = [one for one in store.events() if one.kind == "notifier"]
    assert noted.details == {
        "channel": "hook",
        "state": state,
        "error": noted.details["error"],
        "kind": "draft",
        "week": "2026-W47",
    }
    assert str(failure) in str(noted.details["error"])
    assert [record.levelname for record in caplog.records if "given up" in record.message] == [
        "ERROR"
    ]


def test_failing_to_tell_of_a_failure_is_logged_and_goes_no_further(
    store: Store, caplog: pytest.LogCaptureFixture
):
    hook, mail = Wire("hook", GONE), Wire("mail", GONE)
    note(store, "hook")

    dispatch(desk_of(store, hook, mail), NOW)

    assert [one.kind for one in store.events()] == ["draft", "notifier"]
    assert states(store) == {("draft", "hook"): "failed", ("notifier", "mail"): "failed"}
    assert len([record for record in caplog.records if record.levelno == logging.ERROR]) == 2


def test_a_failure_is_told_where_nobody_asked_for_such_events(store: Store):
    hook, mail = Wire("hook", GONE), Wire("mail")
    desk = TellingDesk(
        store=store,
        wires={"hook": hook, "mail": mail},
        channels=lambda kind: (),
        wall=lambda: NOW,
    )
    note(store, "hook")

    dispatch(desk, NOW)

    assert mail.told == ["notifier 2026-W47"]


@pytest.mark.parametrize("failure", [GONE, DOWN, LOST], ids=["final", "tried again", "unsure"])
def test_a_failure_is_not_told_where_telling_fails_as_well(store: Store, failure: Exception):
    hook, page, mail = Wire("hook", GONE), Wire("page", failure), Wire("mail")
    desk = desk_of(store, hook, page, mail)
    note(store, "page", week="2026-W46")
    dispatch(desk, NOW)
    note(store, "hook")

    dispatch(desk, NOW)

    assert mail.told[-1] == "notifier 2026-W47"
    assert ("notifier", "page") not in states(store)


def test_a_channel_that_works_again_is_told_of_failures_again(store: Store):
    hook, page, mail = Wire("hook", GONE), Wire("page", GONE), Wire("mail")
    desk = desk_of(store, hook, page, mail)
    note(store, "page", week="2026-W45")
    dispatch(desk, NOW)
    page.failure = None
    note(store, "page", week="2026-W46")
    dispatch(desk, NOW)
    note(store, "hook")

    dispatch(desk, NOW)

    assert page.told == ["draft 2026-W46", "notifier 2026-W47"]


def test_where_no_channel_works_a_failure_waits_on_one_of_them(store: Store):
    hook, page, mail = Wire("hook", GONE), Wire("page", DOWN), Wire("mail", DOWN)
    desk = desk_of(store, hook, page, mail)
    note(store, "page", "mail")
    dispatch(desk, NOW)
    note(store, "hook", week="2026-W48")

    dispatch(desk, NOW)

    waiting = [one for one in store.notices(most=50) if one.event.kind == "notifier"]
    assert [(one.channel, one.state) for one in waiting] == [("page", "pending")]


def test_a_channel_that_is_gone_from_feeds_yaml_is_given_up(store: Store):
    mail = Wire("mail")
    note(store, "email:old@tide.example")

    (gone, _) = dispatch(desk_of(store, mail), NOW)

    assert gone.state == "failed"
    assert "no longer in feeds.yaml" in gone.text
    assert mail.told == ["notifier 2026-W47"]


def test_what_a_dead_sender_left_behind_is_given_up_after_ten_minutes(store: Store):
    hook, mail = Wire("hook"), Wire("mail")
    note(store, "hook")
    (notice,) = store.notices_due(NOW, most=1)
    assert store.take_notice(notice, beat_at=NOW)

    early = dispatch(desk_of(store, hook, mail, wall=NOW + 9 * MINUTE), NOW)
    late = dispatch(desk_of(store, hook, mail, wall=NOW + 11 * MINUTE), NOW)

    assert early == ()
    assert [one.state for one in late] == ["unsure", "sent"]
    assert hook.told == []
    assert mail.told == ["notifier 2026-W47"]


def test_a_channel_that_hangs_holds_up_no_other_and_is_given_up(store: Store):
    end = threading.Event()
    hook, mail = Wire("hook", before=end.wait, limit_s=0.2), Wire("mail")
    note(store, "hook", "mail")
    begun = time.monotonic()

    dispatch(desk_of(store, hook, mail), NOW)
    took_s = time.monotonic() - begun
    end.set()

    assert took_s < 20 * slowness()
    assert mail.told == ["draft 2026-W47", "notifier 2026-W47"]
    assert states(store)["draft", "hook"] == "unsure"


def test_a_channel_that_failed_is_left_alone_until_the_next_time(store: Store):
    asked: list[int] = []
    hook = Wire("hook", DOWN, before=lambda: asked.append(1))
    for kind in ("draft", "approved", "published"):
        note(store, "hook", kind=kind)

    dispatch(desk_of(store, hook), NOW)

    assert len(asked) == 1


def test_a_program_that_is_to_end_begins_no_message(store: Store):
    mail = Wire("mail")
    note(store, "mail")

    told = dispatch(desk_of(store, mail, stops=True), NOW)

    assert told == ()
    assert states(store)["draft", "mail"] == "pending"


def test_two_that_tell_at_once_tell_each_notice_once(store: Store, tmp_path: Path):
    mail, hook = Wire("mail"), Wire("hook")
    for week in range(10, 18):
        note(store, "mail", "hook", week=f"2026-W{week}")
    start = threading.Barrier(2)

    def tell() -> None:
        with open_store(f"sqlite:///{tmp_path / 'newsletter.db'}") as other:
            start.wait()
            dispatch(desk_of(other, mail, hook), NOW)

    threads = [threading.Thread(target=tell) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    weeks = [f"draft 2026-W{week}" for week in range(10, 18)]
    assert sorted(mail.told) == sorted(hook.told) == weeks
    assert set(states(store).values()) == {"sent"}


def test_a_test_is_sent_on_every_channel_at_once_and_nothing_is_remembered():
    meeting = threading.Barrier(2, timeout=30)
    mail, hook = Wire("mail", before=meeting.wait), Wire("hook", DOWN, before=meeting.wait)

    told = try_out({"mail": mail, "hook": hook}, NOW)

    assert [(one.channel, one.state, one.text) for one in told] == [
        ("mail", "sent", "mail: sent"),
        ("hook", "failed", "hook: answers 500"),
    ]
