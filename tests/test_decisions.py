"""What the editor's decisions come to, once the later have won over the earlier."""

from datetime import timedelta
from typing import Literal

import pytest
from fakes import NOW
from hypothesis import given
from hypothesis import strategies as st

from newsletter.model import Decision
from newsletter.stories.decisions import Settled, settle


def said(kind: Literal["together", "apart"], pair: str, hour: int = 0) -> Decision:
    first, second = pair
    return Decision(kind=kind, article_id=first, other_id=second, at=NOW + timedelta(hours=hour))


DECISIONS = st.lists(
    st.builds(
        said,
        st.sampled_from(["together", "apart"]),
        st.text("abcdefg", min_size=2, max_size=2),
        st.integers(0, 4),
    ),
    max_size=30,
)


def test_without_decisions_nothing_is_settled():
    assert settle([]) == Settled()


def test_what_is_put_together_in_a_chain_is_one_group():
    settled = settle([said("together", "ba"), said("together", "bc", 1)])

    assert settled == Settled(together=(frozenset("abc"),))


def test_the_later_word_on_two_articles_wins():
    settled = settle([said("together", "ab"), said("apart", "ba", 1)])

    assert settled == Settled(apart=frozenset({("a", "b")}))


def test_of_a_chain_that_is_cut_later_the_oldest_link_gives_way():
    settled = settle([said("together", "ab"), said("together", "bc", 1), said("apart", "ac", 2)])

    assert settled == Settled(
        together=(frozenset("bc"),), apart=frozenset({("a", "b"), ("a", "c")})
    )


def test_what_stands_apart_stands_apart_from_the_whole_group():
    settled = settle([said("apart", "ax"), said("together", "ab", 1)])

    assert settled.apart == {("a", "x"), ("b", "x")}


def test_of_one_moment_apart_is_heard_first():
    settled = settle([said("together", "ab"), said("apart", "ab")])

    assert settled.apart == {("a", "b")}


def test_an_article_is_not_parted_from_itself():
    assert settle([said("apart", "aa")]) == Settled()


@given(DECISIONS)
def test_no_two_articles_are_both_together_and_apart(decisions: list[Decision]):
    settled = settle(decisions)

    for group in settled.together:
        assert len(group) > 1
        assert not any(first in group and second in group for first, second in settled.apart)
    assert sum(map(len, settled.together)) == len(frozenset().union(*settled.together))
    assert all(first < second for first, second in settled.apart)


@given(DECISIONS, st.randoms())
def test_the_order_in_which_decisions_are_given_changes_nothing(decisions, dice):
    shuffled = list(decisions)
    dice.shuffle(shuffled)

    assert settle(shuffled) == settle(decisions)


@given(DECISIONS, st.sampled_from(["together", "apart"]), st.sampled_from(["ab", "cd", "ga"]))
def test_the_last_word_always_holds(decisions, kind: Literal["together", "apart"], pair: str):
    settled = settle([*decisions, said(kind, pair, 9)])

    both = tuple(sorted(pair))
    assert (both in settled.apart) == (kind == "apart")
    assert any(set(pair) <= group for group in settled.together) == (kind == "together")


@pytest.mark.parametrize("count", [3_000])
def test_years_of_decisions_are_settled_at_once(count: int):
    chain = [
        Decision(kind="together", article_id=f"{n:05}", other_id=f"{n + 1:05}", at=NOW)
        for n in range(count)
    ]

    assert len(settle(chain).together[0]) == count + 1
