"""What another process did while this one was paused keeps this one's files out of place."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from checking import known
from engines import NOW, url_on
from issues import issue, templates
from postgres import Server

from newsletter.deliver import OutputFolder
from newsletter.errors import IssueError, StoreError
from newsletter.issue import dump
from newsletter.model import Built, Status
from newsletter.pipeline.press import Press
from newsletter.pipeline.publish import publish
from newsletter.pipeline.republish import republish
from newsletter.store import Store, open_store

WEEK = "2026-W47"
READY, PUBLISHED = Status.READY, Status.PUBLISHED


class PausedBeforeMoving(OutputFolder):
    """A folder whose process is paused before an issue is moved; *meanwhile* happens then."""

    def __init__(self, root: Path, meanwhile: Callable[[], None]) -> None:
        super().__init__(root)
        self._meanwhile = meanwhile

    def write_issue(
        self, issue_id: str, files: Mapping[str, bytes], **more: Callable[[], None]
    ) -> Path:
        self._meanwhile()
        return super().write_issue(issue_id, files, **more)


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    return tmp_path / "dist"


@pytest.fixture
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    with open_store(url_on("sqlite", request)) as opened:
        yield opened


@pytest.fixture
def postgres_store(request: pytest.FixtureRequest) -> Iterator[Store]:
    with open_store(url_on("postgresql", request)) as opened:
        yield opened


def press(output: OutputFolder) -> Press:
    return Press(templates=templates(), output=output, known=lambda issue: known())


def built(status: Status, until_h: int = 0) -> Built:
    return Built(
        id=WEEK,
        status=status,
        since=None,
        until=NOW + timedelta(hours=until_h),
        content=dump(issue(id=WEEK, status=status)),
        report="{}",
    )


def files(dist: Path) -> list[str]:
    return [path.name for path in dist.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("before", "meanwhile"),
    [
        pytest.param(READY, built(PUBLISHED), id="published"),
        pytest.param(READY, built(READY, 1), id="built again"),
        pytest.param(PUBLISHED, built(PUBLISHED, 1), id="published anew"),
    ],
)
def test_a_week_that_another_process_was_at_meanwhile_is_not_put_in_place(
    store: Store, dist: Path, before: Status, meanwhile: Built
):
    store.save_issue(built(before))
    paused = press(PausedBeforeMoving(dist, lambda: store.save_issue(meanwhile)))

    with pytest.raises(IssueError, match="by another process meanwhile"):
        publish(WEEK, store, paused, now=NOW)

    assert files(dist) == []
    assert store.built(WEEK) == meanwhile


@pytest.mark.parametrize(
    ("act", "status"), [(publish, READY), (publish, PUBLISHED), (republish, PUBLISHED)]
)
def test_whoever_wakes_when_postgresql_has_ended_its_transaction_moves_no_file(
    postgres_store: Store, postgres: Server, dist: Path, act: Callable[..., object], status: Status
):
    postgres_store.save_issue(built(status))

    def end_it() -> None:
        postgres.tell(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = 'shared' AND pid <> pg_backend_pid()"
        )

    paused = press(PausedBeforeMoving(dist, end_it))

    with pytest.raises(StoreError), postgres_store.transaction() as joined:
        act(WEEK, joined, paused, now=NOW)

    assert files(dist) == []
    assert postgres_store.built(WEEK) == built(status)
