"""The opening of a story that goes on is what is new in it."""

from datetime import UTC, datetime

import pytest

from newsletter.model import Article, Story
from newsletter.summarise.documents import read
from newsletter.summarise.fresh import novelty, told_terms
from newsletter.summarise.ledes import Space, best_ledes
from newsletter.summarise.readability import judge_all

SEEN = datetime(2026, 11, 16, 12, tzinfo=UTC)
FIRE = (
    "The ferry Aurora caught fire off Skar on Monday, and eight people died while coast guards "
    "brought 140 passengers ashore."
)
SPRINKLERS = (
    "Prosecutors in Tarn said on Friday that the sprinklers on the car deck had been switched off "
    "since August."
)


def article(text: str, id_: str = "a") -> Article:
    return Article(id=id_, title="Ferry fire off Skar", text=text, source="Post", first_seen=SEEN)


def opening(now: Article, *told: Article) -> str:
    reading = read(Story(id=now.id, articles=(now,), copies={}))
    return best_ledes(Space(reading, judge_all(reading)), told)[0].candidate.text


def test_a_new_story_opens_with_its_lede() -> None:
    assert opening(article(f"{FIRE} {SPRINKLERS}")) == FIRE


def test_a_story_that_goes_on_opens_with_what_is_new() -> None:
    assert opening(article(f"{FIRE} {SPRINKLERS}"), article(FIRE, "b")) == SPRINKLERS


def test_a_repeat_opens_as_it_did() -> None:
    assert opening(article(FIRE), article(FIRE, "b")) == FIRE


@pytest.mark.parametrize(
    ("terms", "told", "share"),
    [({"a", "b"}, {"b"}, 0.5), ({"a"}, {"a"}, 0.0), ({"a"}, set(), 0.0), (set(), {"a"}, 0.0)],
    ids=["half", "nothing", "nobody told anything", "no words"],
)
def test_novelty_is_the_share_of_untold_terms(
    terms: set[str], told: set[str], share: float
) -> None:
    assert novelty(terms, told) == share


def test_headlines_count_as_told() -> None:
    assert {"ferry", "fire", "skar"} <= told_terms([article("")])
