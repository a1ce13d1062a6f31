"""What is taken back or brought back is the edit that was seen, with the words it had then."""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from edited_weeks import WEEK, a_copy, desk_in, later, named, seen

from newsletter.errors import ClashError, WishError
from newsletter.model import Edit, Wish
from newsletter.pipeline.editing import (
    EditingDesk,
    EditingStore,
    bring_back,
    change,
    redo,
    revert,
    undo,
)

ONE, MORE = "One", "One, much better said"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[EditingDesk]:
    with desk_in(a_copy(tmp_path / "week")) as found:
        yield found


def typed(desk: EditingDesk, text: str, seconds: int = 0) -> int:
    """Have Ada type an intro, and go on with it; return the version that it made."""
    done = change(WEEK, [Wish(kind="intro", text=text)], later(desk, seconds), amends=True)
    return done.opened.version


def only(desk: EditingDesk) -> Edit:
    (edit,) = desk.store.edits(WEEK)
    return edit


def test_an_undo_does_not_take_back_what_was_typed_on_in_another_window(desk: EditingDesk):
    known = typed(desk, ONE)
    now = typed(desk, MORE, 30)

    with pytest.raises(ClashError, match=r"not edit 1 as you saw it .*much better") as error:
        undo(WEEK, later(desk, 40), seen=known, number=1)

    assert [one.edit.text for one in error.value.clashes] == [MORE]
    assert (error.value.version, only(desk).reverted_at) == (now, None)
    assert undo(WEEK, later(desk, 50), seen=now, number=1).made == (only(desk),)


def test_nor_does_another_editor_take_back_what_she_has_not_seen(desk: EditingDesk):
    known = typed(desk, ONE)
    now = typed(desk, MORE, 30)
    bob = later(desk, 40, by="Bob")

    with pytest.raises(ClashError, match="what would be taken back"):
        revert(WEEK, 1, bob, seen=known)

    assert revert(WEEK, 1, bob, seen=now).opened.issue.intro == ""


@pytest.mark.parametrize(
    "again",
    [
        lambda desk, seen: redo(WEEK, desk, seen=seen, number=1),
        lambda desk, seen: bring_back(WEEK, 1, desk, seen=seen),
    ],
    ids=["redo", "bring back"],
)
def test_what_was_brought_back_and_undone_since_is_not_brought_back_unseen(
    desk: EditingDesk, again: Callable[[EditingDesk, int], object]
):
    typed(desk, ONE)
    known = undo(WEEK, later(desk, 100)).opened.version
    redo(WEEK, later(desk, 110))
    now = undo(WEEK, later(desk, 120)).opened.version

    with pytest.raises(ClashError, match="what would be brought back"):
        again(later(desk, 130), known)

    again(later(desk, 140), now)
    assert only(desk).reverted_at is None


def test_what_somebody_took_back_already_is_said_so(desk: EditingDesk):
    known = typed(desk, ONE)
    revert(WEEK, 1, later(desk, 100, by="Bob"))

    with pytest.raises(WishError, match="taken back already, by Bob"):
        revert(WEEK, 1, later(desk, 110), seen=known)


def test_what_others_did_elsewhere_is_in_nobodys_way(desk: EditingDesk):
    known = typed(desk, ONE)
    change(WEEK, [Wish(kind="note", text="We erred.")], later(desk, 10, by="Bob"))

    undone = undo(WEEK, later(desk, 20), seen=known, number=1)

    assert undone.opened.issue.intro == ""
    assert redo(WEEK, later(desk, 30), seen=undone.opened.version, number=1).opened.issue.intro


class Watched:
    """A store that notes at the begin of each transaction what *look* finds then."""

    def __init__(self, store: EditingStore, look: Callable[[], object]) -> None:
        self.store, self.look = store, look
        self.found: list[object] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    def transaction(self) -> AbstractContextManager[EditingStore]:
        return self._transaction()

    @contextmanager
    def _transaction(self) -> Iterator[EditingStore]:
        self.found.append(self.look())
        with self.store.transaction() as joined:
            yield joined


def test_nobody_waits_for_the_store_while_what_reads_sentences_is_loaded(
    desk: EditingDesk, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delitem(sys.modules, "newsletter.pipeline.offering", raising=False)
    store = Watched(desk.store, lambda: "newsletter.pipeline.offering" in sys.modules)
    watched = replace(desk, store=store)  # type: ignore[arg-type]  # it has all of a store's calls
    flood = named(seen(desk), "flood").id

    change(WEEK, [Wish(kind="intro", text=ONE)], watched)
    change(WEEK, [Wish(kind="summary", story=flood, text="The dam held.")], watched)

    assert store.found == [False, True]
