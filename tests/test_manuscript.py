from typing import Any

import pytest
from manuscripts import BUSES, COURT, CRANES, DIARIES, ISLAND, KEYS, PIPES, Desk, base, moved, told

from newsletter.issue.manuscript import read, write
from newsletter.model import Wish


def wishes(desk: Desk, text: str) -> list[tuple[Any, ...]]:
    return told(read(text, desk.opened))


def order(desk: Desk) -> list[tuple[str, list[str]]]:
    return [
        (part.name, [story.id for story in part.stories]) for part in desk.opened.issue.sections
    ]


def heading(story: Any) -> str:
    return f"## {story.headline} {{#{story.id}}}"


def test_what_is_saved_as_it_was_wishes_nothing():
    desk = Desk(base())

    assert read(write(desk.opened), desk.opened) == ()


@pytest.mark.parametrize("text", ["", "\n\n", "<!-- nothing -->\n"], ids=["none", "blank", "talk"])
def test_an_emptied_file_changes_nothing(text):
    desk = Desk(base())

    assert read(text, desk.opened) == ()


def test_a_rewritten_headline_and_summary_are_wishes():
    desk = Desk(base())
    text = write(desk.opened)

    text = text.replace(f"## {KEYS.headline} ", "## Keys travel ").replace(
        "The draft covers export and deletion.", "Export is covered.\nDeletion, too."
    )

    assert wishes(desk, text) == [
        ("headline", "tale1", "Keys travel"),
        ("summary", "tale1", "Export is covered. Deletion, too."),
    ]


def test_a_deleted_story_is_dropped():
    desk = Desk(base())
    text = write(desk.opened)

    start, end = text.index(heading(KEYS)), text.index(heading(COURT))

    assert wishes(desk, text[:start] + text[end:]) == [("drop", "tale1")]


def test_a_story_among_those_left_out_is_dropped():
    desk = Desk(base())

    text = moved(write(desk.opened), heading(BUSES), behind="# Not in the issue")

    assert wishes(desk, text) == [("drop", "tale3")]


def test_a_story_that_is_moved_is_all_that_moves():
    desk = Desk(base())

    text = moved(write(desk.opened), heading(CRANES), behind=heading(COURT))

    assert wishes(desk, text) == [("move", "tale0", 3)]


def test_a_story_under_another_section_goes_there():
    desk = Desk(base())

    text = moved(write(desk.opened), heading(COURT), behind=heading(BUSES))

    assert wishes(desk, text) == [("section", "tale2", "Energy & climate", 2)]


def test_a_section_without_stories_takes_one():
    desk = Desk(base())

    text = moved(write(desk.opened), heading(ISLAND), behind="# Science")
    desk = desk.changed(read(text, desk.opened))

    assert order(desk)[1:] == [("Energy & climate", ["tale3"]), ("Science", ["tale4"])]


def test_a_candidate_moved_up_comes_in_with_the_summary_that_it_has():
    desk = Desk(base())

    text = moved(write(desk.opened), heading(PIPES), behind=heading(CRANES))
    after = desk.changed(read(text, desk.opened))

    assert wishes(desk, text) == [("move", "tale6", "Technology", 2)]
    assert after.opened.issue.stories[1].summary == PIPES.summary


def test_a_candidate_may_be_rewritten_as_it_comes_in():
    desk = Desk(base())

    text = moved(write(desk.opened), heading(DIARIES), behind=heading(ISLAND))
    text = text.replace(heading(DIARIES), "## Old diaries {#tale5}\nCrews wrote them.")

    assert wishes(desk, text) == [
        ("section", "tale5", "Energy & climate", 3),
        ("headline", "tale5", "Old diaries"),
        ("summary", "tale5", "Crews wrote them."),
    ]


def test_intro_note_and_closing_are_markdown_with_its_lines():
    desk = Desk(base())
    text = write(desk.opened)

    text = text.replace("A short week.", "- one\n- two").replace(
        "# Note\n", "# Note\n\nA *correction*.\n"
    )
    text = text.replace("# Closing\n", "# Closing\n\n # See you\n")

    assert wishes(desk, text) == [
        ("intro", "Good *morning*.\n\n- one\n- two"),
        ("note", "A *correction*."),
        ("closing", "# See you"),
    ]


def test_an_intro_that_is_deleted_with_its_heading_is_taken_out():
    desk = Desk(base())
    text = write(desk.opened)

    text = text.replace("# Intro\n\nGood *morning*.\n\nA short week.\n", "")

    assert wishes(desk, text) == [("intro",)]


def test_a_section_at_the_top_has_its_first_story_lead():
    desk = Desk(base())
    text = write(desk.opened)

    start, end = text.index("# Technology"), text.index("# Energy")
    science = text.index("# Science")
    text = text[:start] + text[end:science] + text[start:end] + text[science:]
    after = desk.changed(read(text, desk.opened))

    assert wishes(desk, text) == [("lead", "tale3")]
    assert [name for name, _ in order(after)] == ["Energy & climate", "Technology"]


def test_without_the_story_that_leads_its_section_stays_at_the_top():
    desk = Desk(base()).changed([Wish(kind="lead", story="tale3")])
    text = write(desk.opened)

    start, end = text.index(heading(BUSES)), text.index(heading(ISLAND))
    text = text[:start] + text[end:]
    after = desk.changed(read(text, desk.opened))

    assert order(after)[0] == ("Energy & climate", ["tale4"])


def test_a_story_that_leads_no_more_stays_where_it_was_left():
    desk = Desk(base()).changed([Wish(kind="lead", story="tale1")])
    text = write(desk.opened)

    start, end, rest = map(text.index, ("# Technology", "# Energy", "# Science"))
    text = text[:start] + text[end:rest] + text[start:end] + text[rest:]
    after = desk.changed(read(text, desk.opened))

    assert order(after)[1] == ("Technology", ["tale1", "tale0", "tale2"])


def test_what_others_did_meanwhile_is_no_wish():
    desk = Desk(base())
    written = write(desk.opened)
    theirs = desk.changed(
        [Wish(kind="drop", story="tale0"), Wish(kind="headline", story="tale1", text="Keys")]
    )

    text = moved(written, heading(BUSES), behind=heading(ISLAND))

    assert told(read(text, theirs.opened, written=written)) == [("move", "tale4", 1)]


def test_text_that_looks_like_a_heading_or_a_comment_stays_text():
    desk = Desk(base()).changed(
        [
            Wish(kind="intro", text="# One\n  ## Two {#tale1}\n<!-- three -->\n\n{#tale2}"),
            Wish(kind="summary", story="tale0", text="# It began so. <!-- It ended. {#tale1}"),
            Wish(kind="headline", story="tale0", text="A {#tale3} --> in a headline {#tale4}"),
        ]
    )

    text = write(desk.opened)

    assert read(text, desk.opened) == ()
    assert wishes(desk, text.replace("three", "four"))[0][1].endswith("<!-- four -->\n\n{#tale2}")


@pytest.mark.parametrize("end", ["\r\n", "\r"], ids=["Windows", "old Mac"])
def test_any_line_ends_and_a_byte_order_mark_are_read(end):
    desk = Desk(base())

    text = "\ufeff" + write(desk.opened).replace("\n", end)

    assert read(text, desk.opened) == ()
