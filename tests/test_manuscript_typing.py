"""What editors and their programs do to a manuscript: read where it is plain, told where not."""

import re
from collections.abc import Callable

import pytest
from manuscripts import BUSES, CRANES, KEYS, Desk, base, told

from newsletter.errors import WishError
from newsletter.issue.manuscript import read, write
from newsletter.model import PrintedStory

DESK = Desk(base()).opened
TEXT = write(DESK)
MARKER = re.compile(r" \{#(\w+)\}$", re.MULTILINE)


def heading(story: PrintedStory) -> str:
    return f"## {story.headline} {{#{story.id}}}"


def faults(text: str) -> list[str]:
    with pytest.raises(WishError) as raised:
        read(text, DESK, name="week.md")
    return str(raised.value).splitlines()


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


@pytest.mark.parametrize(
    "marker",
    [
        r"\t{#\1}",
        "\u00a0{#\\1}\u00a0",
        r"{#\1}",
        r" **{#\1}**",
        r" `{#\1}`",
        r" \\{\\#\1\\}",
        r" { #\1 }",
        r" {#\1} ##",
        " \u200f{#\\1}\u200e",
    ],
    ids=[
        "tab",
        "no-break blanks",
        "no blank",
        "bold",
        "code",
        "escaped",
        "blanks within",
        "closed heading",
        "marks of direction",
    ],
)
def test_a_marker_is_read_however_a_program_writes_it(marker: str):
    text = MARKER.sub(marker, TEXT)

    assert text != TEXT
    assert read(text, DESK) == ()


@pytest.mark.parametrize(
    "rewritten",
    [
        lambda text: text.replace("## ", "##\u00a0"),
        lambda text: text.replace("## ", "##"),
        lambda text: text.replace("# Intro", "#Intro").replace("# Science", "#Science"),
        lambda text: f"\ufeff\ufeff{text}",
        lambda text: text.partition("\n")[2],
        lambda text: "\n".join(text.split("\n")[6:]),
    ],
    ids=[
        "no-break blank",
        "no blank",
        "no blank of a section",
        "two byte order marks",
        "the first line deleted",
        "half of the first comment deleted",
    ],
)
def test_headings_and_the_first_comment_are_known_by_what_they_say(
    rewritten: Callable[[str], str],
):
    assert read(rewritten(TEXT), DESK) == ()


def test_what_ends_a_comment_and_nothing_else_is_an_emptied_file():
    assert read("of the first comment\n-->\n", DESK) == ()


def test_what_nobody_sees_is_no_change():
    text = TEXT.replace("Sodium cells", "So\u00addium\u00a0cells").replace("Forty", "For\u200bty")

    assert read(text, DESK) == ()


def test_a_hashtag_stays_text():
    text = TEXT.replace("A short week.", "#week47 was short.")

    assert told(read(text, DESK)) == [("intro", "Good *morning*.\n\n#week47 was short.")]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (heading(CRANES), f"## {{#tale0}} {CRANES.headline}", "write it at the end, behind"),
        (heading(CRANES), f"{heading(CRANES)}.", "write it at the end, behind a blank"),
        ("{#tale0}", "{#TALE0}", "did you mean {#tale0}?"),
        ("A short week.", "## This week", "heading of your text, begin its line with a blank"),
        (heading(CRANES), f" {heading(CRANES)}", "is the heading of {#tale0} no more"),
        (KEYS.headline, f"{KEYS.headline} <!-- sure? -->", "“<!-- sure? -->” would be printed"),
        ("Forty buses", "About <!-- 40? --> buses", "“<!-- 40? -->” would be printed"),
    ],
    ids=[
        "marker ahead",
        "marker within",
        "capitals",
        "heading in a text",
        "set in",
        "comment in a headline",
        "comment within a line",
    ],
)
def test_a_slip_is_one_fault_that_says_what_to_do(old: str, new: str, said: str):
    (fault,) = faults(TEXT.replace(old, new, 1))

    assert said in fault


def test_a_heading_broken_in_two_is_told_as_one():
    text = TEXT.replace(heading(BUSES), "## Sodium cells move\ncity buses {#tale3}")
    line = line_of(text, "city buses")

    assert faults(text) == [
        f"week.md:{line}: goes on from line {line - 1}: a heading stands on one line; join the two"
    ]


def test_text_ahead_of_all_is_one_fault():
    assert faults(f"One.\n\nTwo.\n{TEXT}") == [
        "week.md:1: text stands before the first heading; move it below one (lines 1 to 3)"
    ]


def test_a_first_comment_without_its_end_is_one_fault():
    (said,) = faults(TEXT.replace("-->\n", "\n", 1))

    assert "write --> where it ends" in said


def test_what_only_begins_like_a_comment_is_text():
    text = TEXT.replace("A union agrees.", "A union agrees. <!-- So it said.")

    assert [wish.kind for wish in read(text, DESK)] == ["summary"]
