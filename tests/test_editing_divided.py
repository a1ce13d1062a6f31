"""A story that falls in two at a rebuild: an editor's words stay with most of what they are of."""

from dataclasses import replace

from edited import base, headline, lead, made, move, ranked, told

from newsletter.issue.editing import apply

WHOLE = {"Technology": [told("a", "b", "c"), *ranked("d", "e")]}


def test_words_stay_with_the_part_that_has_most_of_what_they_were_of():
    edits = made(base(WHOLE), headline(story="a", text="Hers"))
    later = base({"Technology": [told("a"), told("b", "c"), *ranked("d", "e")]})

    found = apply(later, edits)

    assert [story.id for story in found.issue.stories if story.headline == "Hers"] == ["b"]
    assert found.effects[0].note == (
        "the story was divided since: “Headline of a” has 1 of its articles"
    )


def test_of_equal_parts_they_stay_with_the_one_that_led_it():
    edits = made(base({"Technology": [told("a", "b")]}), headline(story="a", text="Hers"))
    led = told("a", "b").articles
    swapped = [replace(edits[0], articles=(led[1].id, led[0].id))]

    found = apply(base({"Technology": [told("a"), told("b")]}), swapped)

    assert [story.id for story in found.issue.stories if story.headline == "Hers"] == ["b"]


def test_an_order_has_the_part_that_holds_the_edits_of_the_story():
    edits = made(base(WHOLE), move(story="a", place=3), move(story="e", place=1))
    later = base({"Technology": [told("a"), told("b", "c"), *ranked("d", "e")]})

    found = apply(later, edits)

    known = [story.id for story in found.issue.stories if story.id != "a"]
    assert known == ["e", "d", "b"]


def test_what_leads_is_the_part_that_has_most():
    edits = made(base(WHOLE), lead(story="a"))
    later = base({"Technology": [*ranked("d", "e"), told("a"), told("b", "c")]})

    found = apply(later, edits)

    assert found.issue.stories[0].id == "b"
