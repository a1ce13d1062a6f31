"""A figure that grew since the first reports is no difference between its sources."""

from datetime import UTC, datetime, timedelta

import pytest

from newsletter.model import Article, Story
from newsletter.summarise.differing.differences import differences
from newsletter.summarise.documents import read

MORNING = datetime(2026, 11, 10, 8, tzinfo=UTC)
LATER = timedelta(hours=30)


def lines(early: str, late: str, *, apart: timedelta = LATER) -> int:
    """Return how many differences there are between two reports so far apart."""
    articles = tuple(
        Article(id=name, title="", text=text, source=name, published=at, first_seen=MORNING)
        for name, text, at in (("a", early, MORNING), ("b", late, MORNING + apart))
    )
    return len(differences(read(Story(id="a", articles=articles, copies={}))))


def toll(number: str) -> str:
    return f"The flood in the Karst valley killed {number} people, the fire service said."


def test_a_toll_that_has_risen_since_is_no_difference() -> None:
    assert lines(toll("12"), toll("14")) == 0


def test_a_toll_told_otherwise_within_hours_is_a_difference() -> None:
    assert lines(toll("12"), toll("14"), apart=timedelta(hours=3)) == 1


def test_a_toll_that_fell_is_a_difference() -> None:
    assert lines(toll("14"), toll("12")) == 1


def test_the_missing_may_have_become_fewer() -> None:
    text = "After the flood in the Karst valley {} people are missing, the fire service said."

    assert lines(text.format("40"), text.format("25")) == 0


@pytest.mark.parametrize(("first", "count"), [("$60 million", 1), ("at least $60 million", 0)])
def test_only_what_was_at_least_so_much_may_have_grown(first: str, count: int) -> None:
    text = "Repairs of the Karst valley road will cost the city {}, the fire service said."

    assert lines(text.format(first), text.format("$75 million")) == count


def test_what_stands_so_far_may_have_changed_either_way() -> None:
    text = "As of noon, {} of gas stations in the Karst valley had no gasoline."

    assert lines(text.format("8.5%"), text.format("6.1%")) == 0


def test_words_that_belong_to_another_percentage_do_not_liken_two() -> None:
    web = "Some 70 percent of web services in Egypt, and 60 percent in India, were down."
    voice = "Of voice traffic 52 percent in Egypt, and 82 percent in India, was down."

    assert lines(web, voice, apart=timedelta(0)) == 0
