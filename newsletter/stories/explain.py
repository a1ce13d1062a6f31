"""Writes stories down with their reasons: who leads, what holds each article, what came near."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, minimum_spanning_tree

from newsletter.model import Article, Bond, Closeness, Story
from newsletter.stories.copies import RESEMBLANCE, Copy
from newsletter.stories.decisions import Settled
from newsletter.stories.leading import by_date, days_between
from newsletter.stories.linkage import groups as groups_of
from newsletter.stories.similarity import THRESHOLD, Window
from newsletter.stories.weights import Weighed
from newsletter.text.words import spellings

_TERMS = 6  # shared terms that a bond shows: what fits a line
_LEAST_SHARE = 0.02  # of a shared term that is worth showing
# Characters of a text that are looked through for how a term is spelt: mostly the opening has it.
_OPENING, _SPELT = 400, 2_000
# Any tie by words goes before any that only the editor made, and that before any that nobody did.
_BY_WORDS, _BY_EDITOR = 1e6, 1e3
_SELF = 1.0  # how near a text is to itself and its copies

Block = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Near:
    """The strongest tie of a group to another: member, stranger, the stranger's group and score."""

    row: int
    other: int
    group: int
    score: float


def stories(
    window: Window,
    scores: csr_array,
    groups: Sequence[Sequence[int]],
    copies: Mapping[str, Copy],
    articles: Mapping[str, Article],
    decisions: Settled | None = None,
) -> Iterator[Story]:
    """Yield the story of each group of the window's rows, with the copies of its articles.

    *scores* are those of the words alone: what the editor decided is told beside them.
    """
    repeats: dict[str, list[str]] = {}
    for copy_id, copy in sorted(copies.items()):
        repeats.setdefault(copy.original_id, []).append(copy_id)
    outside = _nearest_outside(scores, groups)
    settled = decisions or Settled()
    for place, rows in enumerate(groups):
        block = _block(scores, rows)
        lead = _lead(window, block, rows)
        originals = {window.articles[row].id: at for at, row in enumerate(rows)}
        repeated = {id_: copies[id_] for original in originals for id_ in repeats.get(original, ())}
        members = [articles[id_] for id_ in (*originals, *repeated)]
        others = sorted((a for a in members if a is not window.articles[rows[lead]]), key=by_date)
        ordered = (window.articles[rows[lead]], *others)
        place_of = originals | {id_: originals[copy.original_id] for id_, copy in repeated.items()}
        ties = dict(_ties(block, lead, place_of, settled))
        bonds = (
            _copy_bond(article, repeated[article.id], articles)
            if article.id in repeated
            else _bond_within(
                window, block, rows, originals[article.id], *ties[place_of[article.id]]
            )
            for article in others
        )
        near = outside.get(place)
        yield Story(
            id=min(members, key=lambda article: (article.first_seen, article.id)).id,
            articles=ordered,
            copies={id_: copy.original_id for id_, copy in sorted(repeated.items())},
            bonds=tuple(bonds),
            nearest=_bond_outside(window, scores, (rows, groups[near.group]), near, settled)
            if near
            else None,
            closeness=tuple(_closeness(block, ordered, place_of)),
        )


def event_bond(
    window: Window, row: int, other: int, score: float, *, by_editor: bool = False
) -> Bond:
    """Return the bond of two rows of a window, with the terms that they share."""
    return spelt(_bond(window, row, other, score, by_editor=by_editor), window.articles[row])


def spelt(bond: Bond, article: Article) -> Bond:
    """Return *bond* with its terms as *article* spells them, the first that it ties.

    The text goes before the headline: it keeps capitals.
    """
    opening = f"{article.text[:_OPENING]}\n{article.title}"
    terms = bond.terms
    shown = dict(zip(terms, spellings(terms, opening, article.language), strict=True))
    said = opening.casefold()
    missing = [term for term in terms if shown[term] == term and f" {term}" not in said]
    if missing:
        more = spellings(missing, article.text[_OPENING:_SPELT], article.language)
        shown |= zip(missing, more, strict=True)
    return replace(bond, terms=tuple(shown[term] for term in terms))


def _bond(
    window: Window,
    row: int,
    other: int,
    score: float,
    *,
    by_editor: bool = False,
    mean: float | None = None,
) -> Bond:
    article, near = window.articles[row], window.articles[other]
    terms, weights = _shared_terms(window.weighed, row, other)
    return Bond(
        article_id=article.id,
        other_id=near.id,
        kind="editor" if by_editor else "event",
        score=score,
        threshold=THRESHOLD,
        terms=terms,
        weights=weights,
        days=days_between(article, near),
        mean=mean,
    )


def _copy_bond(article: Article, copy: Copy, articles: Mapping[str, Article]) -> Bond:
    return Bond(
        article_id=article.id,
        other_id=copy.nearest_id,
        kind="copy",
        score=copy.score,
        threshold=RESEMBLANCE,
        days=days_between(article, articles[copy.nearest_id]),
    )


def _bond_within(
    window: Window, block: Block, rows: Sequence[int], place: int, other: int, by_editor: bool
) -> Bond:
    score = float(block[place, other])
    return event_bond(window, rows[place], rows[other], score, by_editor=by_editor)


def _ties(
    block: Block, lead: int, place_of: Mapping[str, int], settled: Settled
) -> Iterator[tuple[int, tuple[int, bool]]]:
    """Yield for each place but the lead's the place that ties it to the story, and who ties it.

    Together they are the spanning tree of the strongest ties: each article hangs on the one it is
    nearest to, and no two only on each other. Within a part that words make, words are the reason;
    where the editor put parts together, the editor is, and the nearest of both show the tie.
    """
    count = len(block)
    if count == 1:
        return
    wanted = [sorted({place_of[id_] for id_ in ids & place_of.keys()}) for ids in settled.together]
    wanted = [places for places in wanted if len(places) > 1]
    parts = groups_of(csr_array(block), THRESHOLD) if wanted else (range(count),)
    words = _same(parts, count)
    by_editor = (words @ _same(wanted, count) @ words).astype(bool)
    strength = block + _BY_WORDS * words + _BY_EDITOR * by_editor
    tree = minimum_spanning_tree(csr_array(1 + strength.max() - strength))
    _, above = breadth_first_order(tree, lead, directed=False)
    for place in range(count):
        if place != lead:
            other = int(above[place])
            yield place, (other, bool(by_editor[place, other] and not words[place, other]))


def _same(parts: Iterable[Sequence[int]], count: int) -> Block:
    """Return a matrix that holds 1 where two places are in one of *parts*, 0 elsewhere."""
    found = np.zeros((count, count))
    for places in parts:
        found[np.ix_(places, places)] = 1.0
    return found


def _bond_outside(
    window: Window,
    scores: csr_array,
    groups: tuple[Sequence[int], Sequence[int]],
    near: _Near,
    settled: Settled,
) -> Bond:
    """Return the bond with a stranger, the editor's if it is the editor's word that it is one.

    Its terms are left as they are compared: few stories are looked at so closely as to show them.
    """
    first, second = sorted((window.articles[near.row].id, window.articles[near.other].id))
    by_editor = (first, second) in settled.apart
    mean = None
    if near.score >= THRESHOLD and not by_editor:
        own, others = groups
        mean = float(scores[list(own)][:, list(others)].sum()) / (len(own) * len(others))
    return _bond(window, near.row, near.other, near.score, by_editor=by_editor, mean=mean)


def _closeness(
    block: Block, ordered: Sequence[Article], place_of: Mapping[str, int]
) -> Iterator[Closeness]:
    others = len(block) - 1
    means = block.sum(axis=1) / others if others else np.full(1, _SELF)
    near = block + _SELF * np.eye(len(block))
    places = [place_of[article.id] for article in ordered]
    for article, place in zip(ordered, places, strict=True):
        to_each = tuple(near[place, places].tolist())
        yield Closeness(
            article_id=article.id,
            to_lead=to_each[0],
            to_story=float(means[place]),
            days=days_between(article, ordered[0]),
            to_each=to_each,
        )


def _block(scores: csr_array, rows: Sequence[int]) -> Block:
    """Return the scores within a group, 0 on the diagonal."""
    block = np.zeros((len(rows), len(rows)))
    place_of = {row: place for place, row in enumerate(rows)} if len(rows) > 1 else {}
    for row, place in place_of.items():
        for column, score in _entries(scores, row).items():
            if column in place_of:
                block[place, place_of[column]] = score
    return block


def _lead(window: Window, block: Block, rows: Sequence[int]) -> int:
    """Return the place nearest to all the others; one with a headline and a text comes first."""
    sums = block.sum(axis=1).tolist()

    def rank(place: int) -> tuple[bool, bool, float, int, str]:
        article = window.articles[rows[place]]
        return (
            not article.title,
            not article.text,
            -sums[place],
            -len(article.text),
            article.id,
        )

    return min(range(len(rows)), key=rank)


def _shared_terms(
    weighed: Weighed, first: int, second: int
) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Return the terms that add most to the cosine of two rows, heaviest first, with shares."""
    one, other = _entries(weighed.weights, first), _entries(weighed.weights, second)
    products = {column: one[column] * other[column] for column in sorted(one.keys() & other.keys())}
    cosine = math.fsum(products.values()) or 1.0
    heaviest = sorted(products, key=lambda column: -products[column])[:_TERMS]
    told = [column for column in heaviest if products[column] >= _LEAST_SHARE * cosine]
    terms = tuple(weighed.terms[column] for column in told)
    return terms, tuple(round(products[column] / cosine, 4) for column in told)


def _entries(matrix: csr_array, row: int) -> dict[int, float]:
    """Return what is stored of a row, by column."""
    start, stop = matrix.indptr[row], matrix.indptr[row + 1]
    return dict(
        zip(matrix.indices[start:stop].tolist(), matrix.data[start:stop].tolist(), strict=True)
    )


def _nearest_outside(scores: csr_array, groups: Sequence[Sequence[int]]) -> Mapping[int, _Near]:
    """Return by place of a group its strongest tie to another."""
    label = np.empty(scores.shape[0], dtype=np.intp)
    for place, rows in enumerate(groups):
        label[list(rows)] = place
    ties = scores.tocoo()
    across = label[ties.row] != label[ties.col]
    rows, columns, values = ties.row[across], ties.col[across], ties.data[across]
    order = np.lexsort((columns, rows, -values, label[rows]))
    _, first = np.unique(label[rows][order], return_index=True)
    return {
        int(label[rows[tie]]): _Near(
            row=int(rows[tie]),
            other=int(columns[tie]),
            group=int(label[columns[tie]]),
            score=float(values[tie]),
        )
        for tie in order[first]
    }
