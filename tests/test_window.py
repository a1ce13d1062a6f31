"""Which issue a build makes: no article lost, none in two published issues."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from fakes import NOW

from newsletter.errors import IssueError
from newsletter.model import Article, Built, Status
from newsletter.pipeline.window import window_of
from newsletter.store import Store, open_store
from newsletter.weeks import Schedule

SUNDAY = Schedule(weekday=6, at=time(18), zone="UTC")
WEEK = timedelta(days=7)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path}/news.db") as opened:
        yield opened


def keep(store: Store, issue_id: str, until: datetime, status: Status = Status.PUBLISHED) -> None:
    store.save_issue(
        Built(id=issue_id, status=status, since=None, until=until, content="{}", report="{}")
    )


def test_the_first_issue_takes_all_there_is(store: Store):
    window = window_of(None, SUNDAY, NOW, store)

    assert (window.id, window.since, window.is_coming) == ("2026-W47", None, True)
    assert window.until > NOW


def test_an_issue_begins_where_the_last_published_one_ended(store: Store):
    keep(store, "2026-W46", NOW - WEEK)

    assert window_of(None, SUNDAY, NOW, store).since == NOW - WEEK


def test_an_issue_that_was_not_published_leaves_its_articles_to_the_next(store: Store):
    keep(store, "2026-W46", NOW - WEEK, Status.READY)

    assert window_of(None, SUNDAY, NOW, store).since is None


def test_a_published_issue_is_not_built_again(store: Store):
    keep(store, "2026-W47", NOW)

    with pytest.raises(IssueError, match="published"):
        window_of(None, SUNDAY, NOW, store)


def test_the_week_after_may_begin_once_the_coming_one_is_published(store: Store):
    with pytest.raises(IssueError, match="has not begun"):
        window_of("2026-W48", SUNDAY, NOW, store)

    keep(store, "2026-W47", NOW)

    assert window_of("2026-W48", SUNDAY, NOW, store).since == NOW


def test_an_earlier_week_keeps_the_window_that_it_was_built_with(store: Store):
    keep(store, "2026-W46", NOW - WEEK, Status.DRAFT)

    window = window_of("2026-W46", SUNDAY, NOW, store)

    assert (window.until, window.is_coming) == (NOW - WEEK, False)


def test_a_week_before_a_published_one_has_nothing_left_of_its_own(store: Store):
    keep(store, "2026-W47", NOW)

    with pytest.raises(IssueError, match="holds its articles"):
        window_of("2026-W46", SUNDAY, NOW, store)


def test_what_is_gathered_by_a_clock_set_back_still_falls_into_the_next_window(store: Store):
    keep(store, "2026-W46", NOW)
    early = NOW - timedelta(hours=3)
    late = Article(
        id="late", keys=("late",), title="T", text="", source="S", first_seen=early, origins=("f",)
    )

    store.record([late])
    window = window_of("2026-W47", SUNDAY, early, store)

    assert [article.id for article in store.within(window.since, window.until)] == ["late"]


def test_an_earlier_week_rebuilt_leaves_out_what_was_published_since_it_was_built(store: Store):
    keep(store, "2026-W45", NOW - 2 * WEEK)
    keep(store, "2026-W46", NOW - WEEK, Status.READY)

    window = window_of("2026-W46", SUNDAY, NOW, store)

    assert (window.since, window.until) == (NOW - 2 * WEEK, NOW - WEEK)
