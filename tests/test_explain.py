"""What a story says of itself: its bonds, how near its members are, what came near it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes import NOW
from scipy.sparse import csr_array

from newsletter.model import Article, Decision, Story
from newsletter.stories import THRESHOLD, cluster
from newsletter.stories.counting import count
from newsletter.stories.decisions import settle
from newsletter.stories.explain import spelt, stories
from newsletter.stories.reading import read
from newsletter.stories.similarity import Window
from newsletter.stories.weights import weigh
from newsletter.workspace import word_frequencies

BACKGROUND = word_frequencies(["en"])
FLOOD = (
    "The river Aar rose by two metres on Friday and reached the old mill at Lowmere. Forty people "
    "left their houses before midnight. The mayor, Ida Holt, said the dam upstream had held."
)


def article(name: str, title: str, text: str, *, days: float | None = None) -> Article:
    return Article(
        id=name,
        title=title,
        text=text,
        source=f"{name}.example",
        published=None if days is None else NOW - timedelta(days=days),
        first_seen=NOW,
    )


A = article("a", "Flood reaches the old mill at Lowmere", FLOOD, days=3)
B = article(
    "b",
    "Lowmere leaves its houses as the Aar floods the mill",
    "Residents of Lowmere spent the night in a school after the Aar flooded the old mill. Mayor "
    "Ida Holt praised the dam. Engineers will look at the bridge on Monday.",
    days=1,
)
C = article(
    "c",
    "Holt: dam saved Lowmere from the Aar",
    "Without its dam Lowmere would have lost more than a mill to the river, mayor Ida Holt told "
    "residents who had left their houses when the Aar rose.",
)
T = article(
    "t",
    "Night trains return to the Harn coast",
    "Two sleepers a week will link Velsum and the coast from May. Bicycles travel, cars do not.",
    days=1,
)
WEEK = (A, B, C, T)


def told(*decisions: Decision, week: tuple[Article, ...] = WEEK) -> dict[str, Story]:
    found = cluster(week, background=BACKGROUND, decisions=settle(decisions))
    return {article.id: story for story in found for article in story.articles}


def decided(kind, pair: str) -> Decision:
    return Decision(kind=kind, article_id=pair[0], other_id=pair[1], at=NOW)


def test_a_bond_says_how_much_each_shared_term_carries():
    bond = told()["a"].bonds[0]

    assert len(bond.weights) == len(bond.terms) > 0
    assert list(bond.weights) == sorted(bond.weights, reverse=True)
    assert 0 < sum(bond.weights) <= 1


def test_a_bond_says_how_many_days_lie_between():
    bonds = {frozenset((one.article_id, one.other_id)): one for one in told()["a"].bonds}

    assert all(one.days is None for pair, one in bonds.items() if "c" in pair)
    assert all(one.days == 2.0 for pair, one in bonds.items() if "c" not in pair)


def test_every_member_says_how_near_it_is_to_the_lead_and_to_the_story():
    story = told()["a"]

    lead, *others = story.closeness
    assert [one.article_id for one in story.closeness] == [one.id for one in story.articles]
    assert lead.to_lead == 1.0
    assert lead.to_story == pytest.approx(sum(one.to_lead for one in others) / len(others))


def test_a_copy_is_as_near_as_the_article_that_it_repeats():
    reprint = replace(A, id="z", source="z.example", title="Mill under water")

    story = told(week=(*WEEK, reprint))["z"]

    near = {one.article_id: one for one in story.closeness}
    (copy_id, original_id), *_ = story.copies.items()
    assert near[copy_id].to_story == near[original_id].to_story


def test_what_only_the_editor_put_together_says_so():
    story = told(decided("together", "at"))["t"]

    kinds = {one.article_id: one.kind for one in story.bonds}
    assert len(story.articles) == 4
    assert list(kinds.values()).count("editor") == 1


def test_what_words_would_join_as_well_is_told_by_its_words():
    story = told(decided("together", "ab"))["a"]

    assert {one.kind for one in story.bonds} == {"event"}


def test_what_the_editor_set_apart_is_named_as_such():
    parted = (decided("apart", "ab"), decided("apart", "ac"))

    nearest = told(*parted)["a"].nearest

    assert nearest is not None
    assert (nearest.kind, nearest.score >= THRESHOLD) == ("editor", True)


def test_the_editor_joins_only_what_words_do_not():
    story = told(decided("together", "at"), decided("together", "bt"))["t"]

    by_editor = [one for one in story.bonds if one.kind == "editor"]
    assert [{one.article_id, one.other_id} & {"t"} for one in by_editor] == [{"t"}]


def test_a_stranger_that_came_near_says_how_near_its_whole_story_is():
    week = (A, B, C)
    weighed = weigh(count(week, [read(article) for article in week]), BACKGROUND, None)
    window = Window.of(week, weighed, use_dates=True)
    scores = csr_array([[0, 0.5, 0.1], [0.5, 0, 0.4], [0.1, 0.4, 0]])

    _, alone = stories(window, scores, [(0, 1), (2,)], {}, {one.id: one for one in week})

    assert alone.nearest is not None
    assert (alone.nearest.other_id, alone.nearest.score) == ("b", 0.4)
    assert alone.nearest.mean == pytest.approx(0.25)


def test_terms_of_a_stranger_are_spelt_once_they_are_shown():
    nearest = told(decided("apart", "ab"), decided("apart", "bc"))["b"].nearest

    assert nearest is not None
    assert "lowmer" in " ".join(nearest.terms).lower()
    assert "Lowmere" in spelt(nearest, B).terms
