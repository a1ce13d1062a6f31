"""Rank: what makes a story matter, and what keeps it out of the issue."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes import NOW

from newsletter.model import Article, Continuation, Earlier, Story
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
    assert "reported by 2 outlets" in ranked[0].reasons


def test_an_outlet_counts_once_however_much_it_writes():
    same = story(article("a"), article("b"))
    other = story(article("c"), article("d", source="Harbour Post"))

    first, second = rank([same, other], DESK, NOW)

    assert (first.story.id, second.reasons[0]) == ("c", "reported by 1 outlet")


def test_copies_count_as_sources_but_not_as_outlets():
    copied = story(article("a"), article("b", source="Harbour Post"), copies={"b": "a"})

    (only,) = rank([copied], DESK, NOW)

    assert only.reasons[0] == "reported by 1 outlet, 1 more in copies"


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
        (["news"] * 4, ["A", "B", "C", "D"], "the issue was full"),
        (["science"] * 2, ["A", "B"], "the section Science was full"),
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


EARLIER = Earlier(
    issue_id="2026-W46",
    story_id="a",
    headline="Flood nears the mill",
    publishes_at=NOW - timedelta(days=7),
    score=0.5,
)


def test_what_was_told_and_has_nothing_new_is_passed_over():
    repeat = replace(story(article("a")), continuation=Continuation(earlier=(EARLIER,)))

    choice = choose(rank([repeat], DESK, NOW), DESK)

    ((_, reason),) = choice.passed_over
    assert reason == "told in 2026-W46, nothing new since"


def test_what_goes_on_is_chosen_as_an_update():
    update = replace(
        story(article("a")), continuation=Continuation(earlier=(EARLIER,), new=("new names: Holt",))
    )

    (only,) = choose(rank([update], DESK, NOW), DESK).chosen

    assert "update of 2026-W46" in only.reasons


def test_a_story_under_the_floor_stays_out_however_thin_the_issue():
    desk = replace(DESK, min_score=2.0)

    choice = choose(rank([story(article("a"))], desk, NOW), desk)

    ((ranked, reason),) = choice.passed_over
    assert reason == f"scores {ranked.score:.2f}, under issue.min_score (2)"


def test_a_full_section_does_not_let_one_under_the_floor_pass():
    good = story(article("a", source="A"), article("b", source="B"), article("c", source="C"))
    desk = replace(DESK, min_score=2.0, stories=5)

    choice = choose(rank([good, story(article("d", origin="science"))], desk, NOW), desk)

    assert [one.story.id for one in choice.chosen] == ["a"]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([0], "new today"),
        ([1], "new yesterday"),
        ([3], "new on Tuesday"),
        ([3, 1], "new since Tuesday, the latest yesterday"),
        ([17, 3], "new since 3 November, the latest of Tuesday"),
        ([400], "new on 16 October 2025"),
    ],
    ids=["today", "yesterday", "weekday", "span", "older", "another year"],
)
def test_the_days_of_a_story_are_told_as_one_speaks_of_them(days: list[int], said: str):
    articles = [article(f"a{day}", days=day) for day in days]

    (only,) = rank([story(*articles)], DESK, NOW)

    assert said in only.reasons


def test_days_are_those_of_the_newsletters_time_zone():
    late = replace(article("a"), published=NOW.replace(day=19, hour=23, minute=30))

    (here,) = rank([story(late)], DESK, NOW)
    (there,) = rank([story(late)], replace(DESK, timezone="Europe/Berlin"), NOW)

    assert "new yesterday" in here.reasons
    assert "new today" in there.reasons


OWN = article("a", source="Harbour Post")
OWN = replace(OWN, text="The quay was closed by the mayor. " * 30)
HANDED_ON = replace(
    article("b", source="Coast Monitor"), text=f"The Harbour Post says so. {OWN.text}"
)
ALSO_OWN = replace(OWN, id="c", source="Meridian Daily")
TEASER = replace(article("d", source="Open Bench"), text="The quay is shut.")


@pytest.mark.parametrize(
    ("articles", "said"),
    [
        ((OWN, HANDED_ON), "reported by 2 outlets, 1 of them first-hand"),
        ((OWN, ALSO_OWN), "reported by 2 outlets, all first-hand"),
        ((OWN, ALSO_OWN, TEASER), "reported by 3 outlets, at least 2 of them first-hand"),
        ((HANDED_ON, TEASER), "reported by 2 outlets"),
        ((OWN,), "reported by 1 outlet"),
    ],
    ids=["one hands on", "none does", "a teaser does not tell", "nobody knows", "a single one"],
)
def test_outlets_that_report_for_themselves_are_counted(articles: tuple[Article, ...], said: str):
    others = story(replace(OWN, id="x"), replace(HANDED_ON, id="y"))

    ranked = rank([story(*articles), others], DESK, NOW)

    assert said in {one.reasons[0] for one in ranked if one.story.id == articles[0].id}
