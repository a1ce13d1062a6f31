"""Rank: what makes a story matter, and what keeps it out of the issue."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes import NOW

from newsletter.model import Article, Story
from newsletter.stories.rank import Desk, choose, rank

DESK = Desk(
    sections=(("News", None), ("Science", 1)),
    section_of={"news": "News", "science": "Science"},
    stories=3,
    per_source=2,
)


def article(name: str, *, source: str = "The Ledger", origin: str = "news", days: float = 1):
    return Article(
        id=name,
        title=f"Title {name}",
        text="word " * 100,
        url=f"https://example.org/{name}",
        source=source,
        published=NOW - timedelta(days=days),
        first_seen=NOW,
        origins=(origin,),
    )


def story(*articles: Article, copies: dict[str, str] | None = None) -> Story:
    return Story(id=articles[0].id, articles=articles, copies=copies or {})


def test_more_outlets_come_first():
    two = story(article("b"), article("c", source="Harbour Post"))
    one = story(article("a", days=0))

    ranked = rank([one, two], DESK, NOW)

    assert [each.story.id for each in ranked] == ["b", "a"]
    assert "told by 2 outlets" in ranked[0].reasons


def test_an_outlet_counts_once_however_much_it_writes():
    same = story(article("a"), article("b"))
    other = story(article("c"), article("d", source="Harbour Post"))

    first, second = rank([same, other], DESK, NOW)

    assert (first.story.id, second.reasons[0]) == ("c", "told by 1 outlet")


def test_copies_count_as_sources_but_not_as_outlets():
    copied = story(article("a"), article("b", source="Harbour Post"), copies={"b": "a"})

    (only,) = rank([copied], DESK, NOW)

    assert only.reasons[0] == "told by 1 outlet, 1 more in copies"


def test_unnamed_documents_are_each_an_outlet_of_their_own():
    seeds = story(
        *(replace(article(name, source="Untitled"), named=False, url=None) for name in "ab")
    )

    (only,) = rank([seeds], DESK, NOW)

    assert only.reasons[0] == "told by 2 documents"


def test_a_heavier_feed_weighs_more():
    desk = replace(DESK, weight_of={"science": 2.0})

    ranked = rank([story(article("a")), story(article("b", origin="science"))], desk, NOW)

    assert [each.story.id for each in ranked] == ["b", "a"]
    assert "weighing 2" in ranked[0].reasons[0]


def test_of_equals_the_newer_comes_first():
    ranked = rank([story(article("a", days=5)), story(article("b", days=1))], DESK, NOW)

    assert [each.story.id for each in ranked] == ["b", "a"]


def test_a_story_stands_where_most_of_its_outlets_belong():
    mixed = story(
        article("a", source="A", origin="news"),
        article("b", source="B", origin="science"),
        article("c", source="C", origin="science"),
    )

    (only,) = rank([mixed], DESK, NOW)

    assert only.section == "Science"


@pytest.mark.parametrize(
    ("origins", "sources", "reason"),
    [
        (["news"] * 4, ["A", "B", "C", "D"], "the issue is full"),
        (["science"] * 2, ["A", "B"], "the section Science is full"),
        (["news"] * 3, ["A", "A", "A"], "A leads 2 already"),
    ],
    ids=["issue", "section", "outlet"],
)
def test_quotas_and_caps_hold_and_say_so(origins: list[str], sources: list[str], reason: str):
    stories = [
        story(article(f"s{place}", source=source, origin=origin, days=place))
        for place, (origin, source) in enumerate(zip(origins, sources, strict=True))
    ]

    choice = choose(rank(stories, DESK, NOW), DESK)

    assert len(choice.chosen) == len(stories) - 1
    ((last, why),) = choice.passed_over
    assert last.story.id == stories[-1].id
    assert reason in why
