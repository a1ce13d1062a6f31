"""The editor's word on a week: what may be approved, held and skipped, and what follows."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from issues import issue, story

from newsletter.errors import IssueError
from newsletter.issue import dump
from newsletter.model import Built, Event, Issue, Status, WeekState
from newsletter.pipeline.editorial import approve, hold, rebuilt, skip
from newsletter.store import Store, open_store
from newsletter.weeks import Schedule

WEEKLY = Schedule(weekday=6, at=time(18), zone="Europe/Berlin")
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)  # the Friday before the instant of 2026-W47
CUT_OFF = datetime(2026, 11, 15, 17, tzinfo=UTC)  # where 2026-W46 ended


def nobody(kind: str) -> tuple[str, ...]:
    return ()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that is up to date; tests work on copies of it."""
    path = tmp_path_factory.mktemp("empty") / "news.db"
    with open_store(f"sqlite:///{path}"):
        pass
    return path


@pytest.fixture
def store(empty: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copy(empty, tmp_path)
    with open_store(f"sqlite:///{tmp_path}/news.db") as opened:
        yield opened


def keep(
    store: Store,
    week: str,
    status: Status = Status.READY,
    *,
    since: datetime | None = None,
    until: datetime = NOW,
    **changes: object,
) -> None:
    made: Issue = issue(story(0), story(1), id=week, status=status, **changes)
    content = dump(made)
    store.save_issue(
        Built(id=week, status=status, since=since, until=until, content=content, report="{}")
    )


def put(store: Store, week: str, state: WeekState) -> None:
    store.note(Event(kind=state, at=NOW - timedelta(hours=1), week=week, cause="as it came"))


def state(store: Store, week: str = "2026-W47") -> str | None:
    known = store.week_state(week)
    return known[0] if known else None


@pytest.mark.parametrize("before", [None, "draft", "held", "skipped", "failed", "missed"])
def test_a_built_week_that_is_not_out_can_be_approved(store: Store, before: WeekState | None):
    keep(store, "2026-W47")
    if before:
        put(store, "2026-W47", before)

    event = approve("2026-W47", store, WEEKLY, NOW, nobody)

    assert state(store) == "approved"
    assert event.details["stories"] == 2
    assert event.details["instant"] == "2026-11-22T17:00:00Z"


def test_an_approval_names_the_problems_that_it_passes_over(store: Store):
    keep(store, "2026-W47", Status.DRAFT, problems=("the postal address is missing",))

    event = approve(None, store, WEEKLY, NOW, nobody)

    assert event.details["problems"] == ["the postal address is missing"]


def test_approving_twice_notes_once_and_tells_nobody_again(store: Store):
    keep(store, "2026-W47")
    approve(None, store, WEEKLY, NOW, lambda kind: ("command:1",))

    again = approve(None, store, WEEKLY, NOW + timedelta(hours=1), lambda kind: ("command:1",))

    assert again.id
    assert again.at == NOW
    assert [one.kind for one in store.events()] == ["approved"]
    assert len(store.notices(most=9)) == 1


def test_the_reason_stands_in_the_history_on_one_line(store: Store):
    keep(store, "2026-W47")

    approve(None, store, WEEKLY, NOW, nobody, because="reads\nwell\x1b[31m")

    assert store.events()[0].cause == "approved by hand: reads well[31m"


@pytest.mark.parametrize("say", [approve, hold, skip])
def test_what_is_out_is_past_the_editors_word(store: Store, say: Callable[..., Event]):
    keep(store, "2026-W47", Status.PUBLISHED)

    with pytest.raises(IssueError, match=r"is published .* --republish"):
        say("2026-W47", store, WEEKLY, NOW, nobody)


@pytest.mark.parametrize("say", [approve, hold, skip])
def test_a_week_before_the_last_one_out_is_past_the_editors_word(
    store: Store, say: Callable[..., Event]
):
    keep(store, "2026-W45")
    keep(store, "2026-W46", Status.PUBLISHED)

    with pytest.raises(IssueError, match="2026-W46, which came after it, is out"):
        say("2026-W45", store, WEEKLY, NOW, nobody)


@pytest.mark.parametrize("before", [None, "skipped"])
def test_what_is_not_built_cannot_be_approved(store: Store, before: WeekState | None):
    if before:
        put(store, "2026-W47", before)

    with pytest.raises(IssueError, match="newsletter build-issue --week 2026-W47"):
        approve("2026-W47", store, WEEKLY, NOW, nobody)


def test_an_issue_that_may_repeat_the_one_before_is_built_again_first(store: Store):
    keep(store, "2026-W46", Status.PUBLISHED, until=CUT_OFF)
    keep(store, "2026-W47", since=CUT_OFF - timedelta(days=2))

    with pytest.raises(IssueError, match="may repeat it; build it again"):
        approve(None, store, WEEKLY, NOW, nobody)


def test_without_a_week_the_built_issue_that_waits_is_approved(store: Store):
    keep(store, "2026-W46", Status.PUBLISHED, until=CUT_OFF)
    keep(store, "2026-W47", since=CUT_OFF)
    put(store, "2026-W47", "held")

    event = approve(None, store, WEEKLY, NOW + timedelta(days=4), nobody)

    assert event.week == "2026-W47"


@pytest.mark.parametrize("given_up", ["skipped", "failed", "missed"])
def test_a_week_that_was_given_up_is_approved_only_by_name(store: Store, given_up: WeekState):
    keep(store, "2026-W47")
    put(store, "2026-W47", given_up)

    with pytest.raises(IssueError, match="newsletter approve 2026-W47"):
        approve(None, store, WEEKLY, NOW, nobody)


def test_when_all_is_out_nothing_waits(store: Store):
    keep(store, "2026-W46", Status.PUBLISHED)

    with pytest.raises(IssueError, match="nothing waits to be approved: 2026-W46 is published"):
        approve(None, store, WEEKLY, NOW, nobody)


@pytest.mark.parametrize("before", [None, "draft", "approved", "failed"])
def test_the_coming_week_can_be_held_before_and_after_it_is_built(
    store: Store, before: WeekState | None
):
    if before:
        put(store, "2026-W47", before)

    event = hold(None, store, WEEKLY, NOW, nobody, because="the mayor resigned")

    assert state(store) == "held"
    assert event.details == {"instant": "2026-11-22T17:00:00Z", "reason": "the mayor resigned"}


@pytest.mark.parametrize("before", [None, "draft", "approved", "held", "failed"])
def test_the_coming_week_can_be_skipped(store: Store, before: WeekState | None):
    if before:
        put(store, "2026-W47", before)

    skip(None, store, WEEKLY, NOW, nobody)

    assert state(store) == "skipped"


@pytest.mark.parametrize(("say", "kind"), [(hold, "held"), (skip, "skipped")])
def test_holding_or_skipping_twice_notes_once(
    store: Store, say: Callable[..., Event], kind: WeekState
):
    say(None, store, WEEKLY, NOW, nobody)

    assert say(None, store, WEEKLY, NOW, nobody).id

    assert [one.kind for one in store.events("2026-W47")] == [kind]


@pytest.mark.parametrize(("say", "before"), [(hold, "skipped"), (hold, "missed"), (skip, "missed")])
def test_what_does_not_go_out_anyway_is_neither_held_nor_skipped(
    store: Store, say: Callable[..., Event], before: WeekState
):
    put(store, "2026-W47", before)

    with pytest.raises(IssueError, match="does not go out unless you approve it"):
        say("2026-W47", store, WEEKLY, NOW, nobody)


def test_a_week_of_the_holidays_is_skipped_in_advance(store: Store):
    skip("2026-W52", store, WEEKLY, NOW, nobody)

    assert state(store, "2026-W52") == "skipped"
    assert state(store) is None


@pytest.mark.parametrize(
    ("week", "fault"), [("2026-W20", "is over and was never built"), ("9999-W52", "a year ahead")]
)
def test_a_slip_of_the_pen_is_no_week_to_skip(store: Store, week: str, fault: str):
    with pytest.raises(IssueError, match=fault):
        skip(week, store, WEEKLY, NOW, nobody)

    assert store.events() == ()


def test_building_an_approved_week_again_makes_it_a_draft(store: Store):
    keep(store, "2026-W47")
    approve(None, store, WEEKLY, NOW, nobody)

    assert rebuilt("2026-W47", store, NOW, nobody)

    assert state(store) == "draft"
    assert store.events()[-1].cause == "built again by hand"


@pytest.mark.parametrize("before", ["held", "skipped", "missed"])
def test_building_is_no_word_on_whether_a_week_goes_out(store: Store, before: WeekState):
    put(store, "2026-W47", before)

    assert not rebuilt("2026-W47", store, NOW, nobody, is_reviewed=True)

    assert state(store) == before


@pytest.mark.parametrize(("is_reviewed", "after"), [(True, "draft"), (False, None)])
def test_a_first_build_by_hand_makes_a_draft_only_where_drafts_are_reviewed(
    store: Store, is_reviewed: bool, after: str | None
):
    assert not rebuilt("2026-W47", store, NOW, nobody, is_reviewed=is_reviewed)

    assert state(store) == after


def test_a_word_that_is_refused_leaves_nothing_behind(store: Store):
    keep(store, "2026-W46", Status.PUBLISHED)

    with pytest.raises(IssueError):
        hold("2026-W46", store, WEEKLY, NOW, lambda kind: ("command:1",))

    assert store.events() == ()
    assert store.notices(most=9) == ()
