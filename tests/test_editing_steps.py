"""Steps: what is one undo, what a redo brings back, and that neither takes another than meant."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from edited import AT
from edited_weeks import WEEK, a_copy, desk_in, later, named, seen
from hypothesis import given
from hypothesis import strategies as st

from newsletter.errors import ClashError, WishError
from newsletter.issue.editing import version
from newsletter.model import Edit, Sponsor, Wish
from newsletter.pipeline.editing import EditingDesk, change, redo, undo
from newsletter.pipeline.editing_desk import last_of, next_of

LONG = "An intro that took ten minutes"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[EditingDesk]:
    with desk_in(a_copy(tmp_path / "week")) as found:
        yield found


def intro(text: str) -> Wish:
    return Wish(kind="intro", text=text)


def typed(desk: EditingDesk, *steps: tuple[int, Wish], amends: bool = True) -> list[str]:
    """Return the texts in the log after wishes, each so many seconds after the first."""
    for seconds, wish in steps:
        change(WEEK, [wish], later(desk, seconds), amends=amends)
    return [one.text for one in desk.store.edits(WEEK)]


def test_a_step_is_over_after_a_minute_however_often_one_types(desk: EditingDesk):
    log = typed(desk, (0, intro("One")), (59, intro("Two")), (118, intro("Six")))

    assert log == ["Two", "Six"]
    assert desk.store.edits(WEEK)[0].at == desk.now


def test_a_text_that_is_cleared_can_be_had_back(desk: EditingDesk):
    log = typed(desk, (0, intro(LONG)), (1, intro("x")), (2, intro("")))

    assert log == [LONG, "x", ""]


def test_a_sponsor_who_is_taken_out_can_be_had_back(desk: EditingDesk):
    quay = Sponsor(name="Quay", text="Buy.", url="https://quay.example/")
    typed(desk, (0, Wish(kind="sponsor", sponsor=quay)), (1, Wish(kind="sponsor")))

    assert [one.sponsor is None for one in desk.store.edits(WEEK)] == [False, True]


def test_each_command_is_a_step_of_its_own(desk: EditingDesk):
    assert typed(desk, (0, intro("One")), (1, intro("Two")), amends=False) == ["One", "Two"]


def test_leading_with_another_story_is_another_step(desk: EditingDesk):
    found = seen(desk)
    herring, library = (named(found, words).id for words in ("herring", "library"))
    typed(desk, (0, Wish(kind="lead", story=herring)), (5, Wish(kind="lead", story=library)))

    assert [one.story for one in desk.store.edits(WEEK)] == [herring, library]
    assert undo(WEEK, later(desk, 10)).opened.issue.stories[0].id == herring


def test_redo_brings_back_what_was_undone_last(desk: EditingDesk):
    typed(desk, (0, intro("A")))
    undo(WEEK, later(desk, 100))
    typed(desk, (200, intro("B")))
    undo(WEEK, later(desk, 300))

    assert redo(WEEK, later(desk, 400)).opened.issue.intro == "B"
    with pytest.raises(WishError, match="nothing of yours to bring back"):
        redo(WEEK, later(desk, 500))


def test_undo_takes_back_no_other_edit_than_the_one_that_was_shown(desk: EditingDesk):
    typed(desk, (0, intro("Hers")), (100, Wish(kind="closing", text="In another window")))

    with pytest.raises(ClashError, match=r"not edit 1, but edit 2 \(closing") as error:
        undo(WEEK, later(desk, 200), number=1)

    assert [one.edit.number for one in error.value.clashes] == [2]
    assert error.value.version == version(desk.store.edits(WEEK)) == 2
    assert undo(WEEK, later(desk, 200), number=2).made[0].kind == "closing"


def test_nor_does_redo(desk: EditingDesk):
    typed(desk, (0, intro("Hers")), (100, Wish(kind="closing", text="Bye")))
    undo(WEEK, later(desk, 200))
    undo(WEEK, later(desk, 201))

    with pytest.raises(ClashError, match="not edit 2, but edit 1"):
        redo(WEEK, later(desk, 300), number=2)

    assert redo(WEEK, later(desk, 300), number=1).opened.issue.intro == "Hers"


def test_a_merge_that_is_asked_for_again_as_its_answer_was_lost_is_done_once(desk: EditingDesk):
    found = seen(desk)
    herring, library = (named(found, words).id for words in ("herring", "library"))
    wish = Wish(kind="merge", story=herring, ids=(library,))
    change(WEEK, [wish], desk, seen=0)

    again = change(WEEK, [wish], later(desk, 100), seen=0)

    assert (again.made, [one.kind for one in desk.store.edits(WEEK)]) == ((), ["merge"])
    with pytest.raises(ClashError, match="changed since you looked"):
        change(WEEK, [wish], replace(desk, by="Bob"), seen=0)


def _with(edits: Sequence[Edit], edit: Edit | None, reverted_by: str) -> list[Edit]:
    """Return *edits* with *edit* taken back by somebody, or brought back by nobody."""
    at = AT + timedelta(minutes=version(edits)) if reverted_by else None
    now = version(edits) + 1
    return [
        replace(one, reverted_at=at, reverted_by=reverted_by, changed=now) if one is edit else one
        for one in edits
    ]


@given(st.lists(st.sampled_from(["make", "undo", "undo", "redo", "Bob makes", "Bob undoes"])))
def test_undo_and_redo_are_two_stacks(steps: list[str]):
    edits: list[Edit] = []
    done: list[int] = []
    undone: list[int] = []
    for step in steps:
        by = "Bob" if step.startswith("Bob") else "Ada"
        number = len(edits) + 1
        if step in {"make", "Bob makes"}:
            edits.append(
                Edit(number=number, kind="intro", at=AT, by=by, changed=version(edits) + 1)
            )
            if by == "Ada":
                done.append(number)
                undone.clear()
        elif step == "redo":
            edits = _with(edits, next_of(edits, by), "")
            if undone:
                done.append(undone.pop())
        else:
            edits = _with(edits, last_of(edits, by), by)
            if by == "Ada" and done:
                undone.append(done.pop())

        last, following = last_of(edits, "Ada"), next_of(edits, "Ada")
        assert (last and last.number) == (done[-1] if done else None)
        assert (following and following.number) == (undone[-1] if undone else None)


def test_what_was_undone_before_an_edit_that_another_took_back_is_gone():
    first = Edit(number=1, kind="intro", at=AT, by="Ada", changed=1)
    edits = _with([first], first, "Ada")
    second = Edit(number=2, kind="intro", at=AT, by="Ada", changed=3)

    assert next_of(_with([*edits, second], second, "Bob"), "Ada") is None
