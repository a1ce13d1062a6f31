"""Several hands on one issue: versions, clashes, steps of undo, and what is no longer approved."""

from pathlib import Path

import pytest
from edited_weeks import WEEK, desk, headlines, later, named, printed, seen, week

from newsletter.cli.app import run
from newsletter.errors import ClashError, IssueError, WishError
from newsletter.issue.editing import version
from newsletter.model import Opened, Wish
from newsletter.pipeline.editing import (
    EditingDesk,
    bring_back,
    change,
    opened,
    redo,
    revert,
    undo,
)
from newsletter.pipeline.editorial import approve, hold

__all__ = ["desk", "week"]  # fixtures, by whose names the tests ask for them


def headline(desk: EditingDesk, words: str, text: str) -> Wish:
    return Wish(kind="headline", story=named(seen(desk), words).id, text=text)


def leads(found: Opened) -> str:
    return found.issue.stories[0].headline


def test_two_hands_on_two_things_both_count_and_hear_of_each_other(desk: EditingDesk):
    known = version(desk.store.edits(WEEK))
    hers = headline(desk, "flood", "Water in the mill")
    change(WEEK, [headline(desk, "ferry", "Warm cabins")], later(desk, by="Bob"), seen=known)

    changed = change(WEEK, [hers], later(desk, 130), seen=known)

    assert {"Water in the mill", "Warm cabins"} <= {
        story.headline for story in changed.opened.issue.stories
    }
    assert [(one.by, one.text) for one in changed.news] == [("Bob", "Warm cabins")]


def test_two_hands_on_one_thing_clash_and_the_second_is_told(desk: EditingDesk, week: Path):
    known = version(desk.store.edits(WEEK))
    hers = headline(desk, "flood", "Water in the mill")
    change(WEEK, [headline(desk, "flood", "The Aar rises")], later(desk, by="Bob"), seen=known)
    before = printed(week)

    with pytest.raises(ClashError, match=r"headline of .* \(by Bob\)") as error:
        change(WEEK, [hers, Wish(kind="intro", text="Hi")], later(desk, 130), seen=known)

    assert [clash.edit.text for clash in error.value.clashes] == ["The Aar rises"]
    assert error.value.version == version(desk.store.edits(WEEK))
    assert printed(week) == before


def test_who_has_seen_it_may_overrule_it(desk: EditingDesk):
    change(WEEK, [headline(desk, "flood", "The Aar rises")], later(desk, by="Bob"))
    known = version(desk.store.edits(WEEK))
    hers = headline(desk, "the aar rises", "Water in the mill")

    changed = change(WEEK, [hers], later(desk, 130), seen=known)

    assert leads(changed.opened) == "Water in the mill"
    assert [effect.state for effect in changed.opened.effects] == ["overruled", "applied"]


def test_what_is_typed_on_within_a_minute_is_one_step(desk: EditingDesk):
    change(WEEK, [headline(desk, "flood", "Wat")], desk, amends=True)
    change(WEEK, [headline(desk, "wat", "Water in")], later(desk, 20), amends=True)
    hers = headline(desk, "water in", "Water in the mill")

    changed = change(WEEK, [hers], later(desk, 60), amends=True)

    (effect,) = changed.opened.effects
    assert (effect.edit.number, effect.edit.text) == (1, "Water in the mill")
    assert changed.opened.version == 3
    assert leads(undo(WEEK, later(desk, 80)).opened) == "Flood reaches the old mill at Lowmere"


@pytest.mark.parametrize(
    ("seconds", "by", "between"),
    [(61, "Ada", False), (20, "Bob", False), (20, "Ada", True)],
    ids=["a minute later", "by another hand", "with something between"],
)
def test_other_edits_are_steps_of_their_own(
    desk: EditingDesk, seconds: int, by: str, between: bool
):
    change(WEEK, [headline(desk, "flood", "Water")], desk)
    if between:
        change(WEEK, [Wish(kind="intro", text="Hello")], desk)

    hers = headline(desk, "water", "Mud")
    changed = change(WEEK, [hers], later(desk, seconds, by=by), amends=True)

    assert changed.made[0].number == (3 if between else 2)


def test_saying_the_same_twice_is_no_second_edit(desk: EditingDesk):
    change(WEEK, [headline(desk, "flood", "Water")], desk)

    changed = change(WEEK, [headline(desk, "water", "Water")], later(desk))

    assert changed.made == ()
    assert changed.opened.version == 1


def test_undo_takes_back_ones_own_steps_and_redo_brings_them_again(desk: EditingDesk):
    change(WEEK, [headline(desk, "flood", "Water")], desk)
    change(WEEK, [Wish(kind="intro", text="Hello")], later(desk, by="Bob"))
    change(WEEK, [headline(desk, "water", "Mud")], later(desk, 240))

    once = undo(WEEK, later(desk, 300)).opened
    twice = undo(WEEK, later(desk, 310)).opened
    again = redo(WEEK, later(desk, 320)).opened

    assert [leads(one) for one in (once, twice, again)] == [
        "Water",
        "Flood reaches the old mill at Lowmere",
        "Water",
    ]
    assert again.issue.intro == "Hello"
    assert (again.undo and again.undo.number, again.redo and again.redo.number) == (1, 3)


def test_there_is_nothing_to_redo_after_a_new_edit(desk: EditingDesk):
    change(WEEK, [headline(desk, "flood", "Water")], desk)
    undo(WEEK, later(desk, 10))

    changed = change(WEEK, [Wish(kind="intro", text="Hello")], later(desk, 20))

    assert changed.opened.redo is None
    with pytest.raises(WishError, match="nothing of yours to bring back"):
        redo(WEEK, later(desk, 30))


def test_who_changed_nothing_has_nothing_to_undo(desk: EditingDesk):
    change(WEEK, [headline(desk, "flood", "Water")], desk)

    with pytest.raises(WishError, match="nothing of yours to undo"):
        undo(WEEK, later(desk, by="Bob"))


def test_any_edit_can_be_taken_back_by_its_number_and_brought_back(desk: EditingDesk):
    change(WEEK, [headline(desk, "flood", "Water"), Wish(kind="intro", text="Hello")], desk)

    without = revert(WEEK, 1, later(desk, by="Bob"))
    again = bring_back(WEEK, 1, later(desk, 240))

    assert leads(without.opened) == "Flood reaches the old mill at Lowmere"
    assert without.opened.issue.intro == "Hello"
    assert (without.made[0].reverted_by, leads(again.opened)) == ("Bob", "Water")


@pytest.mark.parametrize(
    ("number", "told"),
    [(2, "was taken back already, by Ada"), (9, "has no edit 9: they go from 1 to 2")],
)
def test_what_cannot_be_taken_back_says_why(desk: EditingDesk, number: int, told: str):
    change(WEEK, [headline(desk, "flood", "Water"), Wish(kind="intro", text="Hello")], desk)
    undo(WEEK, later(desk))

    with pytest.raises(WishError, match=told):
        revert(WEEK, number, later(desk))


def test_an_approved_issue_that_is_edited_is_a_draft_again(desk: EditingDesk):
    approve(WEEK, desk.store, desk.schedule, desk.now, lambda kind: ())

    changed = change(WEEK, [headline(desk, "flood", "Water")], later(desk))
    after = change(WEEK, [Wish(kind="intro", text="Hello")], later(desk, 240))

    assert (changed.was_approved, changed.opened.state) == (True, "draft")
    assert not after.was_approved
    event = desk.store.events(WEEK)[-1]
    assert (event.kind, event.cause) == ("draft", "edited by Ada after it was approved")
    assert event.details["headlines"][0] == "Water"


def test_a_held_week_stays_held(desk: EditingDesk):
    hold(WEEK, desk.store, desk.schedule, desk.now, lambda kind: ())

    changed = change(WEEK, [headline(desk, "flood", "Water")], later(desk))

    assert (changed.was_approved, changed.opened.state) == (False, "held")


def test_a_file_that_was_changed_by_hand_is_not_written_over(desk: EditingDesk, week: Path):
    file = week / "dist" / WEEK / "issue.json"
    file.write_text(file.read_text().replace("Flood reaches", "Water reaches"))
    before = file.read_bytes()

    with pytest.raises(IssueError, match="changed by hand"):
        change(WEEK, [Wish(kind="intro", text="Hello")], desk)

    assert file.read_bytes() == before
    assert desk.store.edits(WEEK) == ()


def test_unless_it_is_said_that_it_may_be(desk: EditingDesk, week: Path):
    file = week / "dist" / WEEK / "issue.json"
    file.write_text(file.read_text().replace("Flood reaches", "Water reaches"))

    change(WEEK, [Wish(kind="intro", text="Hello")], desk, discard=True)

    assert headlines(printed(week))["Town"][0].startswith("Flood reaches")


def test_a_file_given_up_is_written_over_even_where_nothing_else_is_changed(
    desk: EditingDesk, week: Path
):
    file = week / "dist" / WEEK / "issue.json"
    before = file.read_bytes()
    file.write_bytes(before.replace(b"Flood reaches", b"Water reaches"))

    change(WEEK, [], desk, discard=True)

    assert file.read_bytes() == before


def test_all_is_done_or_nothing(desk: EditingDesk, week: Path):
    wishes = [headline(desk, "flood", "Water"), Wish(kind="headline", story="nobody", text="x")]
    before = printed(week)

    with pytest.raises(WishError, match="has no story 'nobody'"):
        change(WEEK, wishes, desk)

    assert (printed(week), desk.store.edits(WEEK)) == (before, ())


def test_what_is_not_built_cannot_be_edited(desk: EditingDesk, tmp_path: Path):
    with pytest.raises(IssueError, match="2026-W40 has not been built: there is nothing to edit"):
        opened("2026-W40", desk)


def test_edited_by_hand_after_publication_is_refused(desk: EditingDesk, week: Path):
    run(["publish", "--config", f"{week}/feeds.yaml", "--now", "2026-11-20T14:00:00Z"])

    for act in (undo, redo):
        with pytest.raises(WishError, match="is published and stays as it is"):
            act(WEEK, desk)
