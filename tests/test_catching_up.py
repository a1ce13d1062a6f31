"""A merge or a split that is taken in before its stories are there is made when they are."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from edited import AT
from edited_weeks import WEEK, a_copy, build, desk_in, headlines, later, named, printed, seen

from newsletter.issue.travelling import dump_edits, load_edits
from newsletter.model import Edit, Wish
from newsletter.pipeline.catching_up import Hand, caught_up
from newsletter.pipeline.editing import change, revert
from newsletter.pipeline.listing import Listed
from newsletter.pipeline.taking_in import take_in

EELS = (
    "Eels find their way back up the Aar\n\nForty thousand young eels passed the new ladder at "
    "Rauental in April. Anglers counted them by night.\n"
)
MUSSELS = "Mussel beds close for a year\n\nThe beds off Harn rest until the water clears.\n"
ON_FRIDAY = "2026-11-20T14:00:00Z"


def with_more(folder: Path) -> None:
    """Have documents come in that tell two stories more, and build the week with them."""
    (folder / "seeds/coast/eels.txt").write_text(EELS)
    (folder / "seeds/coast/mussels.txt").write_text(MUSSELS)
    assert build(folder, now=ON_FRIDAY) == 0


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> tuple[Edit, ...]:
    """What was changed elsewhere: eels and mussels were each made one story with the herring."""
    week = a_copy(tmp_path_factory.mktemp("elsewhere"))
    with_more(week)
    with desk_in(week, by="Ole", seconds=4_000) as desk:
        for words in ("eels find", "mussel beds"):
            now = seen(desk)
            herring, other = named(now, "herring").id, named(now, words).id
            change(None, [Wish(kind="merge", story=herring, ids=(other,))], desk)
        return load_edits(dump_edits(desk.store.edits(WEEK), WEEK))


def states(folder: Path) -> list[tuple[str, str]]:
    with desk_in(folder) as desk:
        return [(one.edit.kind, one.state) for one in seen(desk).effects]


def parts(folder: Path) -> int:
    with desk_in(folder) as desk:
        return len(named(seen(desk), "herring").articles)


def test_what_waited_for_its_stories_holds_in_the_build_that_has_them(
    tmp_path: Path, elsewhere: tuple[Edit, ...]
):
    week = a_copy(tmp_path / "week")
    with desk_in(week, by="Ida") as desk:
        take_in(None, elsewhere, desk, source="edits.yaml")
    assert states(week) == [("merge", "waiting"), ("merge", "waiting")]

    with_more(week)

    assert states(week) == [("merge", "applied"), ("merge", "applied")]
    assert parts(week) == 3
    assert not [text for text in printed(week).warnings if "waits" in text]


def test_it_can_be_taken_back_and_is_not_taken_in_twice(
    tmp_path: Path, elsewhere: tuple[Edit, ...]
):
    week, untouched = a_copy(tmp_path / "week"), a_copy(tmp_path / "untouched")
    with desk_in(week, by="Ida") as desk:
        take_in(None, elsewhere, desk, source="edits.yaml")
    with_more(week)
    with_more(untouched)

    with desk_in(week, by="Ida", seconds=5_000) as desk:
        again = take_in(None, elsewhere, desk, source="edits.yaml")
        revert(None, 1, desk)
        revert(None, 2, later(desk))

    assert build(week, now=ON_FRIDAY) == 0
    assert again.made == ()
    assert headlines(printed(week)) == headlines(printed(untouched))
    assert parts(week) == 1


def test_what_was_taken_back_while_it_waited_is_not_made(
    tmp_path: Path, elsewhere: tuple[Edit, ...]
):
    week = a_copy(tmp_path / "week")
    with desk_in(week, by="Ida") as desk:
        take_in(None, elsewhere[:1], desk, source="edits.yaml")
        revert(None, 1, later(desk))

    with_more(week)

    assert states(week) == [("merge", "reverted")]
    assert parts(week) == 1


def told(*ids: str) -> Listed:
    return Listed(
        id=ids[0], number=None, headline=ids[0], section="Town", score=1.0, outlets=1, reason=None,
        articles=tuple((id_, id_, "Gazette") for id_ in ids),
    )  # fmt: skip


def hand(*edits: Edit) -> Hand:
    return Hand(edits=edits, decisions=(), known=())


def merge(number: int, story: str, *ids: str) -> Edit:
    return Edit(number=number, kind="merge", at=AT, by="Ida", story=story, ids=ids, articles=ids)


def made(found: Hand) -> list[int]:
    return [edit.number for edit, _ in found.steps]


@pytest.mark.parametrize(
    ("stories", "edit"),
    [
        ([told("a")], merge(1, "a", "b")),
        ([told("a", "b")], merge(1, "a", "b")),
        ([told("a"), told("b")], replace(merge(1, "a", "b"), kind="split")),
        ([told("a")], replace(merge(1, "a", "a"), kind="split")),
    ],
    ids=["one is not there", "one already", "apart already", "nothing would be left"],
)
def test_what_need_not_or_cannot_be_made_changes_nothing(stories: Sequence[Listed], edit: Edit):
    before = hand(edit)

    assert caught_up(before, stories, AT) is before


def test_a_split_is_made_of_the_story_that_there_is():
    edit = replace(merge(1, "a", "b"), kind="split")

    found = caught_up(hand(edit), [told("a", "b", "c")], AT)

    assert made(found) == [1]
    assert {one.kind for one in found.decisions} == {"together", "apart"}
    assert found.edits[0].articles == ("a", "b", "c")


def test_of_two_on_the_same_story_the_second_waits_until_it_is_composed_with_the_first():
    before = hand(merge(1, "a", "b"), merge(2, "b", "c"), merge(3, "d", "e"))

    once = caught_up(before, [told(id_) for id_ in "abcde"], AT)
    twice = caught_up(once, [told("a", "b"), told("c"), told("d", "e")], AT)

    assert (made(once), made(twice)) == ([1, 3], [1, 3, 2])


def test_what_was_merged_since_is_not_split_by_what_was_said_before():
    split = replace(merge(1, "a", "b"), kind="split")
    later_word = replace(merge(2, "a", "b"), order=("made together a b",), articles=("a", "b"))

    found = caught_up(hand(split, later_word), [told("a", "b")], AT)

    assert made(found) == []
