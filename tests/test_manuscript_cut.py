"""A manuscript whose end is missing is told; what an editor deleted herself is understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from manuscripts import BUSES, CRANES, ISLAND, KEYS, Desk, base, moved, told

from newsletter.errors import WishError
from newsletter.issue.manuscript import read, write
from newsletter.model import PrintedStory, Wish

LEFT_OUT = "# Not in the issue"
DESK = Desk(base()).changed([Wish(kind="closing", text="See you on Friday. Bye.")])
WHOLE = write(DESK.opened)


def upto(words: str, text: str = WHOLE) -> str:
    """Return *text* as far as *words*, with these."""
    return text[: text.index(words) + len(words)]


def before(words: str) -> str:
    return WHOLE[: WHOLE.index(words)]


def without(story: PrintedStory, text: str) -> str:
    blocks = text.split("\n\n")
    return "\n\n".join(one for one in blocks if not one.endswith("-->") or story.id not in one)


def fault(text: str) -> str:
    with pytest.raises(WishError) as raised:
        read(text, DESK.opened, name="week.md")
    (said,) = str(raised.value).splitlines()
    return said


def test_a_text_cut_within_a_summary_is_told_by_its_last_line():
    text = upto("The draft covers")

    end = len(text.splitlines())
    assert fault(text) == (
        f"week.md:{end}: the text ends here, within “{KEYS.headline}”: 3 stories,"
        f" the closing and “{LEFT_OUT}” are gone; put back what was cut off, or write “{LEFT_OUT}”"
        " below if you meant it"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (upto("Good *mor"), "ends here, within “Intro”: 5 stories, the closing and"),
        (upto("Two cranes stopped in fog."), f"ends here, within “{CRANES.headline}”: 4 stories"),
        (before("# Energy"), "ends here: 2 stories, the closing and"),
        (upto("{#tale3}"), f"ends here, within “{BUSES.headline}”: 1 story, the closing and"),
        (upto("Harn ran"), f"ends here, within “{ISLAND.headline}”: the closing and"),
        (upto("its engines.\n<!"), f"ends here, within “{ISLAND.headline}”: the closing and"),
        (before("# Closing"), "ends here: the closing and"),
        (upto("See you on"), f"ends here, within “Closing”: “{LEFT_OUT}” is gone"),
    ],
    ids=["the intro", "a summary", "a section", "behind a heading", "the last summary",
         "the last comment", "the closing", "within the closing"],
)  # fmt: skip
def test_wherever_something_is_cut_off_it_is_told_what(text: str, said: str):
    assert said in fault(text)


def test_a_text_that_was_put_in_another_order_before_it_was_cut_is_told():
    text = moved(WHOLE, f"## {ISLAND.headline}", behind="# Energy")

    assert "the text ends here: 1 story, the closing" in fault(upto("Lowland Times -->", text))


def test_with_the_heading_written_again_the_end_is_meant():
    text = f"{before(f'## {BUSES.headline}')}\n{LEFT_OUT}\n"

    assert told(read(text, DESK.opened)) == [("drop", "tale3"), ("drop", "tale4"), ("closing",)]


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        (upto(LEFT_OUT), []),
        (before(LEFT_OUT), []),
        (without(ISLAND, WHOLE), [("drop", "tale4")]),
        (without(ISLAND, before(LEFT_OUT)), [("drop", "tale4")]),
        (before(LEFT_OUT).replace("See you on Friday. Bye.", ""), [("closing",)]),
    ],
    ids=["what is left out", "its heading too", "the last story", "the last story and these",
         "the closing and these"],
)  # fmt: skip
def test_what_she_deleted_is_no_missing_end(text: str, wishes: list[tuple[str, ...]]):
    assert told(read(text, DESK.opened)) == wishes


def test_a_text_cut_behind_a_story_that_is_left_out_lacks_nothing():
    assert read(upto("one outlet alone tells it -->"), DESK.opened) == ()


def test_an_issue_without_a_closing_needs_none_of_its_last_headings():
    desk = Desk(base())
    text = write(desk.opened)

    assert read(text[: text.index("# Science")], desk.opened) == ()


@given(st.integers(0, len(WHOLE)))
def test_wherever_a_text_is_cut_no_story_goes_and_no_words_of_one_change(end: int):
    try:
        wishes = read(WHOLE[:end], DESK.opened)
    except WishError:
        return

    assert {one.kind for one in wishes} <= {"closing"}  # as emptied, where its heading stands
