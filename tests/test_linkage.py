"""Average linkage: who is grouped by scores alone, and by what cannot be."""

import numpy as np
import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import csr_array
from scipy.spatial.distance import squareform

from newsletter.stories.linkage import Families, groups, united

THRESHOLD = 0.5


def matrix(count: int, *pairs: tuple[int, int, float]) -> csr_array:
    rows, others, values = zip(*pairs, strict=True)
    upper = csr_array((values, (rows, others)), shape=(count, count))
    return csr_array(upper + upper.T)


def test_groups_are_near_on_the_whole_not_by_one_link():
    chain = matrix(4, (0, 1, 0.9), (1, 2, 0.6), (2, 3, 0.9))

    assert groups(chain, THRESHOLD) == ((0, 1), (2, 3))


def test_equal_scores_are_grouped_from_the_smallest_rows_on():
    equal = matrix(3, (0, 1, 0.6), (1, 2, 0.6))

    assert groups(equal, THRESHOLD) == ((0, 1), (2,))


def test_what_nothing_is_near_to_stays_alone():
    assert groups(csr_array((3, 3)), THRESHOLD) == ((0,), (1,), (2,))
    assert groups(csr_array((0, 0)), THRESHOLD) == ()


def test_ten_thousand_rows_in_one_chain_are_no_group_and_no_burden():
    count = 10_000
    pairs = [(row, row + 1, 0.6 + 0.3 * (row % 2 == 0)) for row in range(count - 1)]

    found = groups(matrix(count, *pairs), THRESHOLD)

    assert {len(group) for group in found} == {2}


def test_rows_of_one_family_end_together_with_their_groups():
    scores = matrix(5, (0, 1, 0.9), (2, 3, 0.9))
    families = Families(together=[[1, 2]])

    found = groups(scores, THRESHOLD, families)

    assert found == ((0, 1), (2, 3), (4,))
    assert united(found, families) == ((0, 1, 2, 3), (4,))


def test_rows_that_are_kept_apart_part_all_that_joins_them():
    scores = matrix(4, (0, 1, 0.9), (0, 2, 0.8), (1, 2, 0.8), (2, 3, 0.7))
    families = Families(apart=[(0, 2)])

    assert united(groups(scores, THRESHOLD, families), families) == ((0, 1), (2, 3))


def test_a_family_keeps_away_what_one_of_it_is_kept_apart_from():
    families = Families(together=[[0, 1]], apart=[(1, 2)])

    assert not families.join(0, 2)
    assert families.join(2, 3)
    assert not families.join(3, 0)


def test_families_are_the_same_under_other_numbers():
    families = Families(together=[[4, 7]], apart=[(4, 9)])

    renumbered = families.renumbered([7, 8, 9])

    assert not renumbered.join(0, 2)
    assert renumbered.join(0, 1)


def test_larger_groups_are_asked_for_more():
    scores = np.full((6, 6), 0.31)
    scores[:3, :3] = scores[3:, 3:] = 0.9

    assert groups(csr_array(scores), 0.3) == (tuple(range(6)),)
    assert groups(csr_array(scores), 0.3, caution=0.03) == ((0, 1, 2), (3, 4, 5))


@settings(deadline=None, max_examples=examples(0.6))
@given(st.integers(3, 12), st.integers(0, 2**32), st.floats(0.1, 0.9))
def test_it_is_the_average_linkage_of_the_books(count: int, seed: int, threshold: float):
    dice = np.random.default_rng(seed)  # no two scores are equal: of ties each may take another
    pairs = [
        (row, other, float(dice.random()))
        for row in range(count)
        for other in range(row + 1, count)
        if dice.random() < 0.6
    ] or [(0, 1, 0.5)]
    scores = matrix(count, *pairs)

    found = groups(scores, threshold)

    distances = 1.0 - scores.toarray()
    np.fill_diagonal(distances, 0.0)
    tree = linkage(squareform(distances), method="average")
    labels = fcluster(tree, 1.0 - threshold, criterion="distance")
    expected = {tuple(np.flatnonzero(labels == label).tolist()) for label in set(labels)}
    assert set(found) == expected


@pytest.mark.parametrize("threshold", [0.3, 0.6])
def test_every_row_is_in_exactly_one_group(threshold: float):
    dice = np.random.default_rng(7)
    pairs = [(r, o, float(dice.random())) for r in range(40) for o in range(r + 1, 40)]

    found = groups(matrix(40, *pairs), threshold)

    assert sorted(row for group in found for row in group) == list(range(40))
