"""A trail names stories as they were called when they were changed."""

from dataclasses import replace

from edited import base, edited, headline, made, merge, move, ranked, told

from newsletter.issue.editing import apply
from newsletter.issue.naming import told as told_of


def test_a_story_is_named_by_the_headline_that_it_had():
    of = base()

    found = edited(of, headline(story="a", text="Hers"), move(story="a", place=2))

    assert [told_of(one.edit, found) for one in found.effects] == [
        "headline of “Headline of a”: “Hers”",
        "put “Hers” at place 2 of Technology",
    ]


def test_stories_that_were_merged_are_named_by_what_was_printed():
    of = base()
    edits = made(of, headline(story="b", text="Hers"), merge(story="a", ids=("b", "c")))

    found = apply(base({"Technology": [told("a", "b", "c"), *ranked("d")]}), edits)

    assert told_of(edits[-1], found) == ("merged “Headline of a” with “Hers”, “Headline of c”")


def test_an_edit_that_does_not_know_it_names_the_story_of_today():
    (edit,) = made(base(), move(story="a", place=2))

    line = told_of(replace(edit, name=""), apply(base(), [edit]))

    assert line == "put “Headline of a” at place 2 of Technology"


def test_a_name_is_of_one_line_and_no_longer_than_it_need_be():
    of = base({"Technology": [told("a", headline=f"So\nlong {'x' * 300}")]})

    (edit,) = made(of, headline(story="a", text="Hers"))

    assert edit.name.startswith("So long xxx")
    assert len(edit.name) == 120
