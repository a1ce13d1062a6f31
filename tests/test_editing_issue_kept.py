"""What was answered is kept, and what was cut short is nobody's change; on both databases."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from desks import built, files
from edited_weeks import (
    MOMENT,
    WEEK,
    build,
    desk,
    desk_in,
    headlines,
    laid_out,
    later,
    named,
    printed,
    week,
)
from llm_server import model_server
from sqlalchemy.pool import NullPool
from test_building_llm import KEY, TOLD, ask, tells

from newsletter import wiring
from newsletter.cli.assembly_edit import editing_desk
from newsletter.config import load
from newsletter.errors import StoreError
from newsletter.model import Wish
from newsletter.pipeline.editing import EditingDesk, change, opened, undo
from newsletter.store import Store

__all__ = ["desk", "week"]  # fixtures, by whose names the tests ask for them


@dataclass(frozen=True)
class CutShort:
    """An output folder whose process ends once an issue's files lie there."""

    whole: Any

    @property
    def root(self) -> Path:
        return Path(self.whole.root)

    def read_issue(self, issue_id: str) -> Mapping[str, bytes]:
        return dict(self.whole.read_issue(issue_id))

    def issues(self) -> Any:
        return self.whole.issues()

    def write_issue(self, issue_id: str, content: Mapping[str, bytes], **more: Any) -> Path:
        self.whole.write_issue(issue_id, content, **more)
        raise KeyboardInterrupt


def cut_short(desk: EditingDesk) -> EditingDesk:
    return replace(desk, press=replace(desk.press, output=CutShort(desk.press.output)))


def test_opening_writes_nothing(week: Path, desk: EditingDesk):
    before = files(week / "dist"), desk.store.dump()

    opened(WEEK, desk)

    assert (files(week / "dist"), desk.store.dump()) == before


def test_a_change_that_is_cut_short_between_files_and_rows_is_nobodys(
    week: Path, desk: EditingDesk
):
    before = opened(WEEK, desk).issue
    with pytest.raises(KeyboardInterrupt):
        change(WEEK, [Wish(kind="intro", text="Half said")], cut_short(desk))
    left = printed(week).intro

    changed = change(WEEK, [Wish(kind="closing", text="Goodbye")], later(desk))

    assert left == "Half said"
    assert desk.store.edits(WEEK)[0].kind == "closing"
    assert printed(week) == changed.opened.issue
    assert changed.opened.issue == replace(before, closing="Goodbye")


def test_nor_does_a_build_stop_at_it(week: Path, desk: EditingDesk):
    with pytest.raises(KeyboardInterrupt):
        change(WEEK, [Wish(kind="intro", text="Half said")], cut_short(desk))

    assert build(week) == 0

    assert printed(week).intro == ""


def read_only(path: Path) -> Store:
    """Return a store that can be read and no more."""
    engine = sa.create_engine(f"sqlite:///{path}", poolclass=NullPool)

    def prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA query_only = ON")

    sa.event.listen(engine, "connect", prepare)
    return Store(engine.connect, engine.begin, str(path))


def test_a_database_that_is_read_only_says_so_and_nothing_is_changed(week: Path):
    before = files(week / "dist")
    store = read_only(week / "newsletter.db")
    desk = editing_desk(load(week / "feeds.yaml"), store, MOMENT, by="Ada")

    with pytest.raises(StoreError, match="it is read-only"):
        change(WEEK, [Wish(kind="intro", text="Hello")], desk)

    assert files(week / "dist") == before
    assert opened(WEEK, desk).version == 0


def test_postgresql_keeps_and_takes_back_as_sqlite_does(
    tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("NEWSLETTER_DATABASE_URL", postgres_url)
    folder = laid_out(tmp_path)
    configuration = load(folder / "feeds.yaml")
    with wiring.store(configuration) as store:
        desk = editing_desk(configuration, store, MOMENT, by="Ada")
        found = opened(WEEK, desk)
        cranes, herring = named(found, "cranes").id, named(found, "herring").id

        change(WEEK, [Wish(kind="merge", story=cranes, ids=(herring,))], desk, seen=0)
        change(WEEK, [Wish(kind="headline", story=cranes, text="Two from the sea")], later(desk))
        assert build(folder) == 0
        kept = headlines(printed(folder))
        undo(WEEK, later(desk, 300))
        undo(WEEK, later(desk, 310))

        assert "Two from the sea" in kept["Coast"]
        assert headlines(printed(folder)) == headlines(found)
        assert store.decisions() == ()


def test_what_a_language_model_wrote_comes_back_from_what_is_kept_and_nobody_is_asked(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("LOWMERE_KEY", KEY)
    with model_server(tells(TOLD)) as server:
        ask(server, workspace)
        assert built() == 0
    with desk_in(workspace) as desk:  # the model is gone by now
        story = opened(WEEK, desk).issue.stories[0]

        change(WEEK, [Wish(kind="split", story=story.id, ids=(story.articles[1].id,))], desk)
        apart = [one.by for one in printed(workspace).stories]
        undo(WEEK, later(desk))

    assert (story.by, apart) == ("llm", ["extractive", "extractive"])
    assert printed(workspace).stories == (story,)
