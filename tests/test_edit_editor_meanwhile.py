"""`newsletter edit --file` where others changed the same issue since the text was written."""

from collections.abc import Callable
from pathlib import Path

import pytest
from edited_weeks import WEEK, desk_in, headlines, printed
from hands import ran
from untouched import untouched_in

from newsletter.issue.manuscript import write
from newsletter.model import Wish
from newsletter.pipeline.editing import change, opened

Capture = pytest.CaptureFixture[str]
FLOOD = "Flood reaches the old mill at Lowmere"
LIBRARY = "Library lends out its old laptops with the seats"


@pytest.fixture
def week(request: pytest.FixtureRequest, tmp_path: Path, capsys: Capture) -> Path:
    return untouched_in(tmp_path / "week", request, capsys)


@pytest.fixture
def file(week: Path) -> Path:
    """Return a text that was kept, with a headline that she wrote."""
    with desk_in(week) as desk:
        text = write(opened(None, desk))
    path = week / f"{WEEK}.edit.md"
    path.with_name(f"{path.name}.orig").write_text(text)
    path.write_text(text.replace(f"## {FLOOD} ", "## Mill under water "))
    return path


def without_its_stamp(text: str) -> str:
    return "<!--\n" + text.partition("\n")[2]


def below_a_blank_line(text: str) -> str:
    return f"\n{text}"


def as_it_was(text: str) -> str:
    return text


@pytest.mark.parametrize("saved_again", [without_its_stamp, below_a_blank_line, as_it_was])
def test_with_the_next_try_hers_holds_whatever_became_of_the_first_line(
    week: Path, file: Path, saved_again: Callable[[str], str]
):
    text = saved_again(file.read_text())
    ran(week, "edit", "--headline", "1", "Theirs")

    file.write_text(text)
    assert ran(week, "edit", "--file", str(file), minutes=90) == 1
    file.write_text(text)  # from an editor's window that was open still
    assert ran(week, "edit", "--file", str(file), minutes=91) == 0

    assert headlines(printed(week))["Town"][0] == "Mill under water"
    assert not list(week.glob("*.edit*"))


def merge_in(week: Path, *places: int) -> None:
    """Have another merge the stories of these places."""
    with desk_in(week, by="Ole", seconds=60) as desk:
        stories = opened(None, desk).issue.stories
        first, *more = (stories[place - 1].id for place in places)
        change(None, [Wish(kind="merge", story=first, ids=tuple(more))], desk)


def test_where_stories_were_merged_meanwhile_her_words_of_another_are_taken(week: Path, file: Path):
    merge_in(week, 3, 4)

    assert ran(week, "edit", "--file", str(file), minutes=90) == 0
    assert headlines(printed(week))["Town"][:2] == ["Mill under water", LIBRARY]
    assert len(headlines(printed(week))["Coast"]) == 1


def test_her_words_of_a_story_that_was_merged_meanwhile_are_told_and_kept(
    week: Path, file: Path, capsys: Capture
):
    merge_in(week, 1, 2)
    text = file.read_text().replace(f"## {LIBRARY} ", "## Laptops ")
    file.write_text(text)

    assert ran(week, "edit", "--file", str(file), minutes=90) == 1
    assert f"“Laptops” has become part of “{FLOOD}” since" in capsys.readouterr().err
    assert file.read_text() == text
