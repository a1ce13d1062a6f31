"""Writes stories down with their reasons: who leads, what holds each article, what came near."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from newsletter.model import Article, Bond, Closeness, Story
from newsletter.stories.copies import RESEMBLANCE, Copy
from newsletter.stories.decisions import Settled
from newsletter.stories.linkage import groups as groups_of
from newsletter.stories.similarity import THRESHOLD, Window
from newsletter.stories.weights import Weighed
from newsletter.text.words import spellings

_TERMS = 6  # shared terms that a bond shows: what fits a line
_LEAST_SHARE = 0.02  # of a shared term that is worth showing
# Characters of a text that are looked through for how a term is spelt: mostly the opening has it.
_OPENING, _SPELT = 400, 2_000
_LATEST = datetime.max.replace(tzinfo=UTC)
_SELF = 1.0  # how near a text is to itself and its copies

Block = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tied:
    """The rows of a group, to which part each belongs, and which places the editor's word ties."""

    rows: Sequence[int]
    parts: tuple[int, ...]
    by_editor: frozenset[int]


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
    wanted = frozenset(id_ for group in settled.together for id_ in group)
    for place, rows in enumerate(groups):
        block = _block(scores, rows)
        lead = _lead(window, block, rows)
        originals = {window.articles[row].id: at for at, row in enumerate(rows)}
        repeated = {id_: copies[id_] for original in originals for id_ in repeats.get(original, ())}
        members = [articles[id_] for id_ in (*originals, *repeated)]
        is_decided = any(article.id in wanted for article in members)
        tied = _tied(block, rows, rows.index(lead), is_decided=is_decided)
        others = sorted((a for a in members if a is not window.articles[lead]), key=_by_date)
        ordered = (window.articles[lead], *others)
        bonds = (
            _copy_bond(article, repeated[article.id], articles)
            if article.id in repeated
            else _bond_within(window, block, originals[article.id], rows.index(lead), tied)
            for article in others
        )
        near = outside.get(place)
        yield Story(
            id=min(members, key=lambda article: (article.first_seen, article.id)).id,
            articles=ordered,
            copies={id_: copy.original_id for id_, copy in sorted(repeated.items())},
            bonds=tuple(bonds),
            nearest=_bond_outside(window, *near, settled) if near else None,
            closeness=tuple(_closeness(window, block, rows, lead, ordered, repeated)),
        )


def event_bond(
    window: Window, row: int, other: int, score: float, *, by_editor: bool = False
) -> Bond:
    """Return the bond of two rows of a window, with the terms that they share."""
    article, near = window.articles[row], window.articles[other]
    terms, weights = _shared_terms(window.weighed, row, other)
    return Bond(
        article_id=article.id,
        other_id=near.id,
        kind="editor" if by_editor else "event",
        score=score,
        threshold=THRESHOLD,
        terms=_spelt(terms, article),
        weights=weights,
        days=_days(article, near),
    )


def _copy_bond(article: Article, copy: Copy, articles: Mapping[str, Article]) -> Bond:
    return Bond(
        article_id=article.id,
        other_id=copy.nearest_id,
        kind="copy",
        score=copy.score,
        threshold=RESEMBLANCE,
        days=_days(article, articles[copy.nearest_id]),
    )


def _bond_within(window: Window, block: Block, place: int, lead: int, tied: _Tied) -> Bond:
    """Return the bond of a member with the lead, or with the member that it is nearer to.

    Its words are the reason within its own part of the story; where the editor put two parts
    together, the nearest of one part is bound to the other by the editor's word.
    """
    part = tied.parts[place]
    by_editor = place in tied.by_editor
    others = (o for o in range(len(block)) if o != place and (tied.parts[o] == part) != by_editor)
    score, _, nearest = max((float(block[place, o]), o == lead, -o) for o in others)
    rows = tied.rows
    return event_bond(window, rows[place], rows[-nearest], score, by_editor=by_editor)


def _tied(block: Block, rows: Sequence[int], lead: int, *, is_decided: bool) -> _Tied:
    """Return the parts that a group has by words alone, and who joins them by the editor's word."""
    if not is_decided:
        return _Tied(rows=rows, parts=(0,) * len(rows), by_editor=frozenset())
    found = groups_of(csr_array(block), THRESHOLD)
    part_of = {place: part for part, places in enumerate(found) for place in places}
    joining = set()
    for part, places in enumerate(found):
        strangers = [o for o in range(len(rows)) if part_of[o] != part]
        if part != part_of[lead]:
            joining.add(max(places, key=lambda place: (block[place, strangers].max(), -place)))
    parts = tuple(part_of[place] for place in range(len(rows)))
    return _Tied(rows=rows, parts=parts, by_editor=frozenset(joining))


def _bond_outside(window: Window, row: int, other: int, score: float, settled: Settled) -> Bond:
    """Return the bond with a stranger, the editor's if it is the editor's word that it is one."""
    first, second = sorted((window.articles[row].id, window.articles[other].id))
    return event_bond(window, row, other, score, by_editor=(first, second) in settled.apart)


def _closeness(
    window: Window,
    block: Block,
    rows: Sequence[int],
    lead: int,
    ordered: Sequence[Article],
    repeated: Mapping[str, Copy],
) -> Iterator[Closeness]:
    places = {window.articles[row].id: place for place, row in enumerate(rows)}
    first = rows.index(lead)
    means = block.sum(axis=1) / (len(rows) - 1) if len(rows) > 1 else np.full(1, _SELF)
    for article in ordered:
        copy = repeated.get(article.id)
        place = places[copy.original_id if copy else article.id]
        yield Closeness(
            article_id=article.id,
            to_lead=_SELF if place == first else float(block[place, first]),
            to_story=float(means[place]),
            days=_days(article, ordered[0]),
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
    """Return the row nearest to all the others; one with a headline and a text comes first."""
    if len(rows) == 1:
        return rows[0]
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

    return rows[min(range(len(rows)), key=rank)]


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


def _spelt(terms: Sequence[str], article: Article) -> tuple[str, ...]:
    """Return *terms* as *article* spells them, the text before the headline: it keeps capitals."""
    opening = f"{article.text[:_OPENING]}\n{article.title}"
    shown = dict(zip(terms, spellings(terms, opening, article.language), strict=True))
    said = opening.casefold()
    missing = [term for term in terms if shown[term] == term and f" {term}" not in said]
    if missing:
        more = spellings(missing, article.text[_OPENING:_SPELT], article.language)
        shown |= zip(missing, more, strict=True)
    return tuple(shown.values())


def _entries(matrix: csr_array, row: int) -> dict[int, float]:
    """Return what is stored of a row, by column."""
    start, stop = matrix.indptr[row], matrix.indptr[row + 1]
    return dict(
        zip(matrix.indices[start:stop].tolist(), matrix.data[start:stop].tolist(), strict=True)
    )


def _days(one: Article, other: Article) -> float | None:
    """Return how many days lie between two articles, None where one is undated."""
    if one.published is None or other.published is None:
        return None
    return round(abs((one.published - other.published).total_seconds()) / 86_400, 2)


def _by_date(article: Article) -> tuple[datetime, str]:
    return article.published or _LATEST, article.id


def _nearest_outside(
    scores: csr_array, groups: Sequence[Sequence[int]]
) -> Mapping[int, tuple[int, int, float]]:
    """Return by place of a group its strongest tie to another: member, stranger and score."""
    label = np.empty(scores.shape[0], dtype=np.intp)
    for place, rows in enumerate(groups):
        label[list(rows)] = place
    ties = scores.tocoo()
    across = label[ties.row] != label[ties.col]
    rows, columns, values = ties.row[across], ties.col[across], ties.data[across]
    order = np.lexsort((columns, rows, -values, label[rows]))
    _, first = np.unique(label[rows][order], return_index=True)
    return {
        int(label[rows[tie]]): (int(rows[tie]), int(columns[tie]), float(values[tie]))
        for tie in order[first]
    }
