"""A manuscript whose stories others merged, split or lost while its editor was at it."""

import pytest
from manuscripts import BUSES, COURT, CRANES, DIARIES, ISLAND, KEYS, Desk, base, moved, told
from manuscripts_meanwhile import gone, merged, split

from newsletter.errors import WishError
from newsletter.issue.manuscript import read, write
from newsletter.model import PrintedStory

WRITTEN = write(Desk(base()).opened)
MERGED = merged(Desk(base()), "tale0", "tale3")  # the buses are part of the cranes


def heading(story: PrintedStory) -> str:
    return f"## {story.headline} {{#{story.id}}}"


def block(story: PrintedStory) -> str:
    (found,) = [one for one in WRITTEN.split("\n\n") if one.startswith(heading(story))]
    return f"{found}\n\n"


def wishes(text: str, desk: Desk) -> list[tuple]:
    return told(read(text, desk.opened, written=WRITTEN))


def faults(text: str, desk: Desk) -> list[str]:
    with pytest.raises(WishError) as raised:
        read(text, desk.opened, name="week.md", written=WRITTEN)
    return str(raised.value).splitlines()


@pytest.mark.parametrize(
    "desk",
    [MERGED, merged(Desk(base()), "tale5", "tale3"), gone(Desk(base()), "tale3")],
    ids=["merged", "merged with one left out", "gone"],
)
def test_what_she_wrote_elsewhere_is_taken_where_a_story_went_meanwhile(desk: Desk):
    text = WRITTEN.replace(heading(COURT), "## No more scores {#tale2}")

    assert wishes(text, desk) == [("headline", "tale2", "No more scores")]


def test_rewritten_it_is_told_what_it_has_become_part_of():
    text = WRITTEN.replace(heading(BUSES), "## Buses {#tale3}")
    line = text[: text.index("## Buses")].count("\n") + 1

    (said,) = faults(text, MERGED)
    assert said == (
        f"week.md:{line}: “Buses” has become part of “{CRANES.headline}” since; write there what"
        " is to be said, and leave it as it was, or delete it"
    )


@pytest.mark.parametrize(
    "text",
    [
        moved(WRITTEN, heading(BUSES), behind=heading(ISLAND)).replace("Forty", "Fifty"),
        moved(WRITTEN, heading(BUSES), behind=heading(KEYS)),
        moved(WRITTEN, heading(CRANES), behind="# Not in").replace(heading(KEYS), "## K {#tale1}"),
    ],
    ids=["rewritten summary", "another section", "its whole is taken out"],
)
def test_changed_in_another_way_it_is_told_too(text: str):
    (said,) = faults(text, MERGED)

    assert f"“{BUSES.headline}” has become part of “{CRANES.headline}” since" in said


def test_of_one_that_is_gone_it_is_told_that_it_is():
    text = WRITTEN.replace(heading(BUSES), "## Buses {#tale3}")

    (said,) = faults(text, gone(Desk(base()), "tale3"))

    assert "“Buses” has gone from this week since; leave it as it was, or delete it" in said


@pytest.mark.parametrize("desk", [MERGED, gone(Desk(base()), "tale3")], ids=["merged", "gone"])
def test_deleted_it_takes_nothing_with_it(desk: Desk):
    assert wishes(WRITTEN.replace(block(BUSES), ""), desk) == []


def test_its_text_may_be_moved_to_what_it_has_become_part_of():
    text = WRITTEN.replace(block(BUSES), "")
    text = text.replace("A union agrees.", "A union agrees.\nForty buses charge in Lowmere.")

    assert [wish[:2] for wish in wishes(text, MERGED)] == [("summary", "tale0")]


def test_stories_taken_out_with_what_they_have_become_part_of_are_one_drop():
    text = WRITTEN.replace(block(BUSES), "").replace(block(CRANES), "")

    assert wishes(text, MERGED) == [("drop", "tale0")]


def test_that_she_moves_others_past_it_is_no_fault():
    two = merged(Desk(base()), "tale4", "tale1")  # the keys are part of the island

    text = moved(WRITTEN, heading(CRANES), behind=heading(COURT))

    assert wishes(text, two) == [("move", "tale2", 1)]


def test_one_brought_in_that_is_part_of_another_by_now_is_told():
    desk = merged(Desk(base()), "tale0", "tale5")

    (said,) = faults(moved(WRITTEN, heading(DIARIES), behind=heading(ISLAND)), desk)

    assert f"“{DIARIES.headline}” has become part of" in said


def test_a_story_that_was_split_is_rewritten_as_it_was_known():
    text = WRITTEN.replace(heading(BUSES), "## Buses {#tale3}")

    assert wishes(text, split(Desk(base()), "tale3")) == [("headline", "tale3", "Buses")]
