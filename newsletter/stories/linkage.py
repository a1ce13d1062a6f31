"""Groups what is scored in pairs: average linkage inside connected components."""

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform


def groups(scores: csr_array, threshold: float) -> tuple[tuple[int, ...], ...]:
    """Return the groups of rows whose mean score between halves reaches *threshold*.

    *scores* is symmetric; what is not stored counts as 0. Every row is in exactly one group;
    groups and their members are in rising order. Average linkage (UPGMA, Sokal and Michener 1958)
    asks two groups to be near on the whole, where single linkage would let one round-up chain two
    events. It runs within components of pairs that reach *threshold*, since no merger across two
    components could.
    """
    strong = coo_array(scores)
    keep = strong.data >= threshold
    near = coo_array((strong.data[keep], (strong.row[keep], strong.col[keep])), shape=scores.shape)
    count, labels = connected_components(near, directed=False)
    order = np.argsort(labels, kind="stable")
    ends = np.cumsum(np.bincount(labels, minlength=count))
    found: list[tuple[int, ...]] = []
    for members in np.split(order, ends[:-1]) if count else ():
        found.extend(_split(scores, members, threshold))
    return tuple(sorted(found))


def _split(scores: csr_array, members: NDArray[np.intp], threshold: float) -> list[tuple[int, ...]]:
    """Return the groups within one component."""
    if len(members) < 3:
        return [tuple(members.tolist())]
    block = scores[members][:, members].toarray()
    # Any decreasing line would do for a distance; this one keeps them from falling below 0.
    top = float(block.max())
    distances = top - block
    np.fill_diagonal(distances, 0.0)
    tree = linkage(squareform(distances, checks=False), method="average")
    # A hair of tolerance: the mean of equal scores may round to just under them.
    labels = fcluster(tree, top - threshold + 1e-12, criterion="distance")
    return [tuple(members[labels == label].tolist()) for label in np.unique(labels)]
