"""Publishing remembers how common a week's words were, once."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from checking import known
from issues import issue, templates

from newsletter.issue import dump
from newsletter.model import Article, Built, Frequencies, Status
from newsletter.pipeline.clustering import save_readings
from newsletter.pipeline.press import Press
from newsletter.pipeline.publish import Memory, publish
from newsletter.store import Store, open_store
from newsletter.workspace import common_words

NOW = datetime(2026, 11, 16, 6, tzinfo=UTC)


class Shelf:
    """An output that keeps what it is given in memory."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    @property
    def root(self) -> Path:
        return Path("dist")

    def check(self) -> None:
        """See nothing: memory can be written."""

    def read_issue(self, issue_id: str) -> Mapping[str, bytes]:
        return {}

    def write_issue(
        self, issue_id: str, files: Mapping[str, bytes], *, before_moving: Callable[[], None]
    ) -> Path:
        before_moving()
        self.files.update(files)
        return self.root / issue_id

    def write_pages(self, files: Mapping[str, bytes], *, before_moving: Callable[[], None]) -> None:
        before_moving()
        self.files.update(files)

    def issues(self) -> Iterator[tuple[str, str]]:
        return iter(())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path}/news.db") as opened:
        yield opened


def article(id_: str, text: str) -> Article:
    return Article(
        id=id_,
        keys=(f"guid {id_}",),
        title="",
        text=text,
        source=f"{id_}.example",
        first_seen=NOW,
        origins=(f"https://{id_}.example/feed",),
    )


def build(store: Store, week: str, since: datetime | None, until: datetime) -> None:
    content = dump(issue(id=week))
    store.save_issue(
        Built(
            id=week,
            status=Status.READY,
            since=since,
            until=until,
            content=content,
            report="{}",
        )
    )


def publish_week(store: Store, week: str) -> None:
    memory = Memory(articles=store, words=store, common_words=common_words)
    press = Press(templates=templates(), output=Shelf(), known=lambda issue: known())
    publish(week, store, press, memory)


FLOOD = (
    article("a", "The river Elz flooded the mill at Rauental."),
    article("b", "Rauental counts its losses after the Elz rose."),
)


def test_a_published_week_leaves_its_words_and_lets_go_of_its_readings(store: Store):
    until = NOW + timedelta(hours=1)
    save_readings(store.record(FLOOD), store, store)
    build(store, "2026-W47", None, until)

    publish_week(store, "2026-W47")

    known = store.history()
    assert known.articles == {"en": 2.0}
    assert known.held["en"] == {"elz": 2.0, "rauental": 2.0, "the": 2.0}
    assert store.readings(None, until) == {}


def test_publishing_twice_remembers_once(store: Store):
    store.record(FLOOD)
    build(store, "2026-W47", None, NOW + timedelta(hours=1))

    publish_week(store, "2026-W47")
    once = store.history()
    publish_week(store, "2026-W47")

    assert store.history() == once != Frequencies()


def test_the_week_before_counts_for_half(store: Store):
    first, second = NOW + timedelta(hours=1), NOW + timedelta(days=7)
    store.record(FLOOD)
    build(store, "2026-W47", None, first)
    publish_week(store, "2026-W47")
    store.record([replace(one, id=f"{one.id}2", keys=(one.id,), first_seen=first) for one in FLOOD])
    build(store, "2026-W48", first, second)

    publish_week(store, "2026-W48")

    assert store.history().articles == {"en": 3.0}
