"""Who leads a story: told and measured from the article that its summary opens with."""

from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import pytest
from fakes import NOW
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.model import Article, Story
from newsletter.stories import cluster
from newsletter.stories.leading import led_by
from newsletter.workspace import word_frequencies

BACKGROUND = word_frequencies(["en"])
TELLINGS = (
    "The dam at Elmstead cracked on Tuesday. Velda Water lowered the lake by four metres.",
    "Velda Water lowers the lake behind the cracked dam at Elmstead by four metres.",
    "Engineers of Velda Water found a crack in the Elmstead dam and lowered the lake.",
    "Below the cracked Elmstead dam people left the valley, as Velda Water lowered the lake.",
    "Crack in the dam: Velda Water sends people of the Elmstead valley to hotels by the lake.",
)
WEEK = tuple(
    Article(
        id=f"dam{number}",
        title=text.split(".")[0][:60],
        text=text,
        source=f"Outlet {number}",
        published=NOW - timedelta(hours=30 * number),
        first_seen=NOW,
    )
    for number, text in enumerate(TELLINGS)
)
REPRINT = replace(WEEK[3], id="reprint", source="Reprints", title="Valley left")
[DAM] = cluster((*WEEK, REPRINT), background=BACKGROUND)
IDS = [article.id for article in DAM.articles]
COPY_ID, ORIGINAL_ID = next(iter(DAM.copies.items()))


def above(story: Story) -> dict[str, str]:
    return {bond.article_id: bond.other_id for bond in story.bonds}


def ways(story: Story) -> dict[str, list[str]]:
    """For each article the articles that its bonds lead over, from itself on."""
    found = {}
    for article in story.articles:
        way = [article.id]
        while way[-1] in above(story) and len(way) <= len(story.articles):
            way.append(above(story)[way[-1]])
        found[article.id] = way
    return found


leads = pytest.mark.parametrize("lead_id", [id_ for id_ in IDS if id_ not in DAM.copies])


@leads
def test_every_bond_leads_on_to_the_lead(lead_id: str):
    story = led_by(DAM, lead_id)

    assert {way[-1] for way in ways(story).values()} == {lead_id}
    assert [bond.article_id for bond in story.bonds] == [one.id for one in story.articles[1:]]


@leads
def test_the_ties_are_the_same_whoever_leads(lead_id: str):
    def ties(story: Story) -> set[tuple[frozenset[str], float]]:
        return {(frozenset((b.article_id, b.other_id)), b.score) for b in story.bonds}

    assert ties(led_by(DAM, lead_id)) == ties(DAM)


def test_no_two_articles_are_tied_twice():
    pairs = [frozenset((bond.article_id, bond.other_id)) for bond in DAM.bonds]

    assert len(set(pairs)) == len(pairs)


@leads
def test_all_are_measured_to_the_lead(lead_id: str):
    story = led_by(DAM, lead_id)

    known = {one.article_id: one for one in DAM.closeness}
    near = {one.article_id: one.to_lead for one in story.closeness}
    assert list(near) == [article.id for article in story.articles]
    assert near[lead_id] == 1.0
    assert near == {id_: known[id_].to_each[IDS.index(lead_id)] for id_ in near}


def test_days_are_those_from_the_lead():
    story = led_by(DAM, "dam4")

    assert {one.article_id: one.days for one in story.closeness}["dam0"] == 5.0


def test_how_near_two_are_is_the_same_from_both_sides():
    near = {one.article_id: dict(zip(IDS, one.to_each, strict=True)) for one in DAM.closeness}

    assert all(near[one][other] == near[other][one] for one, other in combinations(IDS, 2))


def test_the_others_follow_by_date():
    story = led_by(DAM, "dam0")

    dates = [article.published for article in story.articles[1:]]
    assert dates == sorted(dates)


def test_a_copy_lets_the_article_lead_that_it_repeats():
    assert led_by(DAM, COPY_ID).lead.id == ORIGINAL_ID


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(IDS), max_size=4))
def test_a_story_that_was_led_by_others_comes_back_the_same(others: list[str]):
    story = DAM
    for id_ in others:
        story = led_by(story, id_)

    again = led_by(story, DAM.lead.id)

    assert (again.articles, again.closeness) == (DAM.articles, DAM.closeness)
    assert above(again) == above(DAM)


def test_a_story_that_was_not_measured_is_led_all_the_same():
    story = Story(id="dam0", articles=WEEK[:2], copies={})

    assert led_by(story, "dam1").articles == (WEEK[1], WEEK[0])
