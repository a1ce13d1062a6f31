"""What clashes: whoever did not see it neither loses another's work nor brings it back unasked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from edited import base, drop, headline, lead, made, move, pin, ranked, reverted
from edited_weeks import WEEK, a_copy, desk_in, later, named, seen

from newsletter.errors import ClashError
from newsletter.issue.editing import apply
from newsletter.issue.wishes import clashes
from newsletter.model import Edit, Wish
from newsletter.pipeline.editing import EditingDesk, change, undo

OF = base(spare={"Energy": ranked("x")})


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[EditingDesk]:
    with desk_in(a_copy(tmp_path / "week")) as found:
        yield found


def fought(wish: Wish, edits: tuple[Edit, ...], seen: int = 0) -> list[str]:
    return [one.edit.kind for one in clashes(wish, apply(OF, edits), seen, "Ada")]


@pytest.mark.parametrize(
    "wish",
    [
        headline(story="a", text="Mine"),
        Wish(kind="summary", story="a", text="Mine."),
        move(story="a", place=1),
        Wish(kind="section", story="a", section="Energy"),
        lead(story="a"),
        pin(story="a"),
    ],
    ids=lambda wish: wish.kind,
)
def test_who_did_not_see_a_story_dropped_does_not_bring_it_back(wish: Wish):
    edits = made(OF, drop(story="a"), by="Bob")

    assert fought(wish, edits) == ["drop"]
    assert fought(wish, edits, seen=1) == []


@pytest.mark.parametrize("work", [headline(story="a", text="His"), lead(story="a")])
def test_who_did_not_see_anothers_work_does_not_drop_it(work: Wish):
    edits = made(OF, work, by="Bob")

    assert fought(drop(story="a"), edits) == [work.kind]
    assert fought(drop(story="a"), edits, seen=1) == []
    assert fought(drop(story="b"), edits) == []


def test_ones_own_work_may_be_dropped_from_another_window():
    assert fought(drop(story="a"), made(OF, headline(story="a", text="Mine"))) == []


def test_a_drop_that_was_taken_back_or_overruled_is_in_nobodys_way():
    dropped = made(OF, drop(story="a"), by="Bob")

    assert fought(headline(story="a", text="Mine"), reverted(dropped, 1)) == []
    pinned = made(OF, pin(story="a"), edits=dropped, by="Bob")
    assert fought(headline(story="a", text="Mine"), pinned) == []


def test_what_a_drop_clashes_with_changes_nothing(desk: EditingDesk):
    flood = named(seen(desk), "flood").id
    change(WEEK, [drop(story=flood)], later(desk, 10, by="Bob"), seen=0)

    with pytest.raises(ClashError, match=r"whether .* is in the issue \(by Bob\)"):
        change(WEEK, [headline(story=flood, text="Mine")], later(desk, 20), seen=0)

    assert [one.kind for one in desk.store.edits(WEEK)] == ["drop"]


@pytest.mark.parametrize(
    "wishes",
    [
        lambda flood: [headline(story=flood, text="  Same\nwords ")],
        lambda flood: [Wish(kind="summary", story=flood, text="The dam held.")],
        lambda flood: [drop(story=flood), Wish(kind="intro", text="Good morning.")],
        lambda flood: [move(story=flood, section="Coast", place=2)],
    ],
    ids=["headline", "summary", "drop and intro", "move into another section"],
)
def test_what_is_asked_again_as_its_answer_was_lost_is_no_clash_and_no_second_edit(
    desk: EditingDesk, wishes: object
):
    asked = wishes(named(seen(desk), "flood").id)  # type: ignore[operator]
    change(WEEK, asked, desk, seen=0)
    before = desk.store.edits(WEEK)

    again = change(WEEK, asked, later(desk, 5), seen=0)

    assert again.made == ()
    assert desk.store.edits(WEEK) == before


def test_asked_again_it_still_clashes_with_what_another_said_since(desk: EditingDesk):
    asked = [headline(story=named(seen(desk), "flood").id, text="Mine")]
    change(WEEK, asked, desk, seen=0)
    change(WEEK, [headline(story=asked[0].story, text="His")], later(desk, 2, by="Bob"), seen=1)

    with pytest.raises(ClashError, match="by Bob"):
        change(WEEK, asked, later(desk, 5), seen=0)


def test_what_one_took_back_in_another_window_does_clash(desk: EditingDesk):
    asked = [headline(story=named(seen(desk), "flood").id, text="Mine")]
    change(WEEK, asked, desk, seen=0)
    undo(WEEK, later(desk, 2))

    with pytest.raises(ClashError):
        change(WEEK, asked, later(desk, 5), seen=0)
