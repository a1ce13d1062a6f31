"""The editor's word is of a week that there is in the calendar, however it came to be named."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time

import pytest

from newsletter.errors import IssueError
from newsletter.model import Event
from newsletter.pipeline.editorial import approve, hold, skip
from newsletter.store import Store, open_store
from newsletter.weeks import Schedule

WEEKLY = Schedule(weekday=0, at=time(0), zone="Europe/Berlin")
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store in which nothing was ever noted, and nothing is to be."""
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('empty')}/news.db") as opened:
        yield opened


@pytest.mark.parametrize("say", [approve, hold, skip])
@pytest.mark.parametrize(
    "week",
    ["2026-W99", "2026-W00", "2025-W53", "2026-W47 ", " 2026-W47", "2026-w47", "2026-W4", "W47",
     "2026-W٤٧", "0001-W01", "0000-W01", "9999-W53", "..", "\x00", "-W", "next"],
)  # fmt: skip
def test_what_is_no_week_is_refused_and_nothing_noted(
    say: Callable[..., Event], week: str, store: Store
):
    with pytest.raises(IssueError, match=r"is no week; write it as 2026-W47$") as raised:
        say(week, store, WEEKLY, NOW, lambda _: ())

    assert str(raised.value).startswith(repr(week))
    assert store.events(week) == ()


def test_the_last_week_of_all_lies_too_far_ahead(store: Store):
    with pytest.raises(IssueError, match="more than a year ahead"):
        hold("9999-W51", store, WEEKLY, NOW, lambda _: ())
