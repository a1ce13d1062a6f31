"""Laws of an editor's hand: whatever she does and however the issue is built, nothing is lost."""

from collections.abc import Callable
from random import Random

from edited import bases, histories, made, order, reverted, wishes
from examples import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsletter.issue import dump, load
from newsletter.issue.base import dump_base, load_base
from newsletter.issue.editing import apply, version
from newsletter.issue.wishes import told
from newsletter.model import Base, Edit, Edited, PrintedStory, Wish

WELL = settings(
    max_examples=examples(0.75),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
Asked = Callable[[Edited], Wish]
History = tuple[Base, tuple[Edit, ...]]


def every(of: Base | Edited) -> list[PrintedStory]:
    return [*of.issue.stories, *(one.story for one in of.candidates)]


def stories(of: Base | Edited) -> dict[str, PrintedStory]:
    return {story.id: story for story in every(of)}


@WELL
@given(histories())
def test_what_is_applied_to_its_own_result_changes_nothing(history: History):
    base, edits = history

    once = apply(base, edits)
    twice = apply(Base(issue=once.issue, sections=base.sections, candidates=once.candidates), edits)

    assert (twice.issue, twice.candidates) == (once.issue, once.candidates)


@WELL
@given(histories(), bases())
def test_every_edit_is_told_of_once_in_every_build(history: History, later: Base):
    base, edits = history

    for build in (base, later):
        effects = apply(build, edits).effects

        assert [effect.edit for effect in effects] == list(edits)
        assert all(
            bool(effect.story) or effect.edit.story is None
            for effect in effects
            if effect.state == "applied"
        )


@WELL
@given(histories(), bases())
def test_no_story_stands_twice_and_none_is_lost_in_any_build(history: History, later: Base):
    base, edits = history

    for build in (base, later):
        assert sorted(one.id for one in every(apply(build, edits))) == sorted(stories(build))


@WELL
@given(histories(), bases())
def test_what_is_printed_stays_printed_unless_it_is_dropped(history: History, later: Base):
    base, edits = history

    for build in (base, later):
        found = apply(build, edits)
        printed = {story.id for story in found.issue.stories}
        dropped = {
            effect.story
            for effect in found.effects
            if effect.edit.kind == "drop" and effect.state == "applied"
        }

        assert {story.id for story in build.issue.stories} - dropped <= printed
        assert not dropped & printed


@WELL
@given(histories(), bases())
def test_each_word_survives_a_rebuild_in_its_own_story(history: History, later: Base):
    _, edits = history

    found = apply(later, edits)

    composed, now = stories(later), stories(found)
    written = {one.story for one in found.effects if one.edit.kind == "headline"}
    assert all(now[id_].headline == composed[id_].headline for id_ in now if id_ not in written)
    for edit in edits:
        if edit.kind == "headline" and edit.reverted_at is None:
            shares = {
                id_: len({a.id for a in one.articles} & {*edit.articles})
                for id_, one in composed.items()
            }
            most = max(shares.values(), default=0)
            holds = [id_ for id_, share in shares.items() if 0 < share == most]
            later_ones = {
                one.edit.text
                for one in found.effects
                if one.edit.kind == "headline" and one.edit.number > edit.number
            }
            assert not holds or {now[id_].headline for id_ in holds} & {edit.text, *later_ones}


@WELL
@given(histories(), wishes("move", "section"))
def test_after_a_move_the_section_stands_as_the_editor_saw_it(history: History, wish: Asked):
    base, edits = history
    seen = apply(base, edits)

    edits = made(base, wish(seen), edits=edits)

    now, last = order(apply(base, edits)), edits[-1]
    if last.order:
        assert now[last.section] == list(last.order)
    for name, ids in order(seen).items():
        if name != last.section:
            assert now.get(name, []) == [id_ for id_ in ids if id_ != last.story]


@WELL
@given(histories(), wishes())
def test_taking_the_last_edit_back_is_as_if_it_had_never_been(history: History, wish: Asked):
    base, edits = history
    before = apply(base, edits)
    edits = made(base, wish(before), edits=edits)

    after = apply(base, reverted(edits, edits[-1].number))

    assert (after.issue, after.candidates) == (before.issue, before.candidates)


@WELL
@given(histories(), bases())
def test_with_every_edit_taken_back_the_issue_is_as_it_was_composed(history: History, later: Base):
    base, edits = history

    for build in (base, later):
        found = apply(build, reverted(edits, *(edit.number for edit in edits)))

        assert (found.issue, found.candidates) == (build.issue, build.candidates)


@WELL
@given(histories(), bases(), st.randoms(use_true_random=False))
def test_the_order_in_which_edits_are_read_counts_for_nothing(
    history: History, later: Base, dice: Random
):
    _, edits = history
    shuffled = list(edits)
    dice.shuffle(shuffled)

    assert apply(later, shuffled) == apply(later, edits)


@WELL
@given(histories(), bases())
def test_what_comes_of_edits_is_an_issue_and_can_be_a_base(history: History, later: Base):
    _, edits = history

    found = apply(later, edits)

    assert load(dump(found.issue)) == found.issue
    again = Base(issue=found.issue, sections=later.sections, candidates=found.candidates)
    assert load_base(dump_base(again)) == again


@WELL
@given(histories(), bases())
def test_every_edit_is_told_in_one_line_whatever_became_of_its_story(history: History, later: Base):
    base, edits = history

    for build in (base, later):
        lines = [told(edit, apply(build, edits)) for edit in edits]

        assert all(line and "\n" not in line and len(line) < 400 for line in lines)
    assert version(edits) >= len(edits) - 1
