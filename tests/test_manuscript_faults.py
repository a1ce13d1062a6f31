"""A manuscript with faults: each is named by its line, all at once, and nothing is changed."""

from contextlib import suppress

import pytest
from manuscripts import BUSES, COURT, CRANES, ISLAND, KEYS, PIPES, Desk, base

from newsletter.errors import WishError
from newsletter.issue.manuscript import read, write


def heading(story) -> str:
    return f"## {story.headline} {{#{story.id}}}"


def faults(text: str) -> list[str]:
    with pytest.raises(WishError) as raised:
        read(text, Desk(base()).opened, name="week.md")
    return str(raised.value).splitlines()


def manuscript() -> str:
    return write(Desk(base()).opened)


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_a_heading_without_its_marker_is_told_which():
    text = manuscript().replace(" {#tale1}", "")

    (said,) = faults(text)
    assert said.startswith(
        f"week.md:{line_of(text, KEYS.headline)}: “{KEYS.headline}” has lost its"
    )
    assert said.endswith("write {#tale1} behind it again, or delete the text below it too")


def test_a_marker_of_no_story_is_told_the_nearest():
    text = manuscript().replace("{#tale1}", "{#tail1}")

    (said,) = faults(text)
    assert said.startswith(f"week.md:{line_of(text, 'tail1')}: {{#tail1}} marks no story of")
    assert said.endswith("did you mean {#tale1}?")


def test_a_story_that_stands_twice_is_told_with_both_lines():
    text = manuscript().replace("# Closing", f"{heading(CRANES)}\nAgain.\n\n# Closing")
    first, second = line_of(text, heading(CRANES)), text[: text.rindex("{#tale0}")].count("\n") + 1

    assert faults(text) == [
        f"week.md:{second}: {{#tale0}} stands on line {first} already; delete one of the two"
    ]


def test_a_story_outside_of_any_section_is_told_those_that_there_are():
    text = manuscript().replace("# Technology\n\n", "")

    assert faults(text)[0].endswith(
        f"“{CRANES.headline}” stands outside of any section; move it under one:"
        " # Technology, # Energy & climate, # Science"
    )


def test_an_unknown_section_is_told_those_that_there_are():
    text = manuscript().replace("# Energy & climate", "# Enery")

    (said,) = faults(text)
    assert "there is no section “Enery”; did you mean “Energy & climate”? there are # Tech" in said


def test_text_before_the_first_heading_or_story_is_told():
    text = "Hello.\n" + manuscript().replace("# Technology\n", "# Technology\n\nMore to come.\n")

    said = faults(text)

    assert said[0] == "week.md:1: text stands before the first heading; move it below one"
    assert said[1].endswith(
        "text stands below “Technology”, but in none of its stories; move it below a story,"
        " or delete it"
    )


@pytest.mark.parametrize(
    "lost", [heading(KEYS), heading(ISLAND)], ids=["in the middle", "the last of a section"]
)
def test_a_heading_lost_above_its_text_drops_no_story(lost: str):
    text = manuscript().replace(f"{lost}\n", "")

    (said,) = faults(text)

    assert f"this is the text of “{lost[:40]}" in said
    assert "write it above this line again, or delete this too" in said


def test_the_heading_of_a_text_lost_above_it_is_told():
    text = manuscript().replace("# Intro\n", "")

    assert "text stands before the first heading; move it below one" in faults(text)[0]


def test_a_sections_heading_lost_above_its_stories_is_told():
    text = manuscript().replace("# Energy & climate\n\n", "")

    (said,) = faults(text)
    assert said.startswith(f"week.md:{line_of(text, heading(BUSES))}: the heading “# Energy & cl")
    assert "is gone, but not its stories; write it again" in said


def test_without_the_heading_of_what_is_left_out_nothing_comes_in():
    text = manuscript().replace("# Closing\n\n# Not in the issue\n\n", "")

    assert any("the heading “# Not in the issue” is gone" in one for one in faults(text))


def test_a_heading_that_lost_its_signs_is_told():
    text = manuscript().replace(heading(COURT), heading(COURT).removeprefix("## "))

    assert faults(text)[0].endswith("is the heading of {#tale2} no more; begin it with “## ”")


def test_words_for_what_is_not_in_the_issue_are_not_lost():
    text = manuscript().replace(heading(PIPES), "## Pipes {#tale6}")

    assert faults(text)[0].endswith(
        "“Pipes” is rewritten, but not in the issue; move it under a section, or leave it as it was"
    )


def test_sections_in_another_order_are_told_which_is_theirs():
    text = manuscript()
    first, second, third = map(text.index, ("# Technology", "# Energy", "# Science"))
    science = f"# Science\n\n{heading(ISLAND)}\n{ISLAND.summary[0].text}\n\n"
    energy = text[second:third].partition(heading(ISLAND))[0]
    text = text[:first] + science + energy + text[first:second] + text[text.index("# Closing") :]

    assert faults(text)[0].endswith(
        "“Energy & climate” stands out of order; sections keep theirs (Technology, Energy &"
        " climate, Science), but one may be moved to the top"
    )


def test_what_is_too_long_is_told_how_long_it_may_be():
    text = manuscript().replace(heading(CRANES), f"## {'w' * 301} {{#tale0}}")
    text = text.replace("A short week.", "w" * 10_001)

    intro, headline = faults(text)

    assert "the intro has at most 10,000 characters" in intro
    assert "a headline has at most 300 characters, this one has 301" in headline


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (heading(CRANES), "## {#tale0}", "has no headline; write one, or delete its text too"),
        ("# Note", "<!-- begun\n# Note", "a comment begins here and does not end before the next"),
        ("# Science", "# Science\n\n# Science", "“Science” stands on line"),
    ],
    ids=["no headline", "open comment", "a section twice"],
)
def test_other_slips_are_told(old: str, new: str, said: str):
    assert said in "\n".join(faults(manuscript().replace(old, new)))


def test_all_faults_are_told_at_once_in_the_order_of_their_lines():
    text = manuscript().replace(" {#tale0}", "").replace("{#tale4}", "{#nobody}")

    lines = [int(one.split(":")[1]) for one in faults(text)]

    assert len(lines) >= 2
    assert lines == sorted(lines)


def test_a_file_beyond_all_measure_is_refused():
    assert faults("w" * 2_000_001) == ["week.md: is larger than any issue (2,000,001 characters)"]


@pytest.mark.parametrize(
    "text",
    ["\x00", "# ", "#", "## ", "{#", "<!--", "-->", "#" * 5000, "<!-- -->" * 5000, "\ud800 {#x}"],
)
def test_nonsense_is_refused_or_nothing(text: str):
    with suppress(WishError):
        assert read(text, Desk(base()).opened) == ()
