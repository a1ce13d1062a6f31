"""Many slips of one kind in a manuscript, as one stray replacement makes them, are told briefly."""

import re

import pytest
from issues import issue
from manuscripts import Desk, base, tale

from newsletter.errors import WishError
from newsletter.issue.manuscript import read, write
from newsletter.issue.nearest import nearest
from newsletter.model import Candidate, Section

TALES = [tale(number, f"Story of day {number}", f"Told on day {number}.") for number in range(24)]
PRINTED, LEFT_OUT = TALES[:14], TALES[14:]


@pytest.fixture
def desk() -> Desk:
    """An issue of fourteen stories, with ten that were left out of it."""
    left_out = tuple(Candidate(story=one, section="Science", reason="full") for one in LEFT_OUT)
    sections = (Section(name="Technology", stories=tuple(PRINTED)),)
    return Desk(base(issue=issue(sections=sections), candidates=left_out))


def unmarked(text: str, *numbers: int) -> str:
    """Return the manuscript without the markers of the stories with these numbers."""
    for number in numbers:
        text = text.replace(f" {{#tale{number}}}", "")
    return text


def faults(text: str, desk: Desk) -> list[str]:
    with pytest.raises(WishError) as raised:
        read(text, desk.opened, name="week.md")
    return str(raised.value).splitlines()


def test_of_more_than_eight_markers_lost_five_are_told_and_the_rest_counted(desk: Desk):
    said = faults(unmarked(write(desk.opened), *range(14)), desk)

    assert len(said) == 5
    assert all("has lost its marker; write {#tale" in one for one in said)
    assert re.search(r"; and 9 more like it \(lines \d+ to \d+\)$", said[-1])


def test_eight_of_a_kind_are_all_told(desk: Desk):
    said = faults(unmarked(write(desk.opened), *range(8)), desk)

    assert len(said) == 8
    assert not any("more like it" in one for one in said)


def test_another_kind_is_told_beside_the_many(desk: Desk):
    text = unmarked(write(desk.opened), *range(12)).replace("{#tale13}", "{#tail13}")

    said = faults(text, desk)

    assert len(said) == 6
    assert "did you mean {#tale13}?" in said[-1]


def test_markers_lost_where_nothing_was_printed_are_one_fault(desk: Desk):
    text = unmarked(write(desk.opened), *range(14, 24))
    first = text[: text.index("## Story of day 14")].count("\n") + 1

    (said,) = faults(text, desk)

    assert said.startswith(f"week.md:{first}: 10 stories below “Not in the issue” have lost their")
    assert "or delete these headings: no story is lost by that" in said


def test_one_marker_lost_there_is_told_as_any_other(desk: Desk):
    (said,) = faults(unmarked(write(desk.opened), 20), desk)

    assert "“Story of day 20” has lost its marker; write {#tale20} behind it again" in said


def test_headings_of_what_is_left_out_may_go(desk: Desk):
    text = write(desk.opened)

    assert read(text[: text.index("## Story of day 14")], desk.opened) == ()


def test_a_misspelt_heading_of_a_text_is_told_which_was_meant(desk: Desk):
    said = faults(write(desk.opened).replace("# Intro", "# Intor"), desk)

    assert any("there is no section “Intor”; did you mean “Intro”?" in one for one in said)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Tecnology", "Technology"),
        ("tech", "Technology"),
        ("climat", "Energy & climate"),
        ("Enery", "Energy & climate"),
        ("Sports", None),
        ("T", None),
        ("", None),
    ],
)
def test_the_nearest_name_is_the_one_with_a_slip_or_its_end_left_out(written: str, meant):
    assert nearest(written, ["Energy & climate", "Technology", "Science"]) == meant
