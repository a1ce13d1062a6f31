"""Writes stories down with their reasons: who leads, what holds each article, what came near."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

import numpy as np
from scipy.sparse import csr_array

from newsletter.model import Article, Bond, Story
from newsletter.stories.copies import RESEMBLANCE, Copy
from newsletter.stories.similarity import THRESHOLD, Window, shared_terms
from newsletter.text.words import spellings

_TERMS = 6  # shared terms that a bond shows: what fits a line
_SPELT = 2_000  # characters of a text that are looked through for how a term is spelt
_LATEST = datetime.max.replace(tzinfo=UTC)


def stories(
    window: Window,
    scores: csr_array,
    groups: Sequence[Sequence[int]],
    copies: Mapping[str, Copy],
    articles: Mapping[str, Article],
) -> Iterator[Story]:
    """Yield the story of each group of the window's rows, with the copies of its articles."""
    repeats: dict[str, list[str]] = {}
    for copy_id, copy in sorted(copies.items()):
        repeats.setdefault(copy.original_id, []).append(copy_id)
    outside = _nearest_outside(scores, groups)
    for place, rows in enumerate(groups):
        lead = _lead(window, scores, rows)
        originals = {window.articles[row].id: row for row in rows}
        repeated = {id_: copies[id_] for original in originals for id_ in repeats.get(original, ())}
        members = [articles[id_] for id_ in (*originals, *repeated)]
        others = sorted((a for a in members if a is not window.articles[lead]), key=_by_date)
        bonds = (
            _copy_bond(article.id, repeated[article.id])
            if article.id in repeated
            else _bond_within(window, scores, originals[article.id], lead, rows)
            for article in others
        )
        near = outside.get(place)
        yield Story(
            id=min(members, key=lambda article: (article.first_seen, article.id)).id,
            articles=(window.articles[lead], *others),
            copies={id_: copy.original_id for id_, copy in sorted(repeated.items())},
            bonds=tuple(bonds),
            nearest=event_bond(window, *near) if near else None,
        )


def event_bond(window: Window, row: int, other: int, score: float) -> Bond:
    """Return the bond of two rows of a window, with the terms that they share."""
    article, near = window.articles[row], window.articles[other]
    terms = shared_terms(window.weighed, row, other)[:_TERMS]
    # The text before the headline: it keeps capitals for names.
    shown = spellings(terms, f"{article.text[:_SPELT]}\n{article.title}", article.language)
    return Bond(
        article_id=article.id,
        other_id=near.id,
        kind="event",
        score=score,
        threshold=THRESHOLD,
        terms=shown,
    )


def _copy_bond(article_id: str, copy: Copy) -> Bond:
    return Bond(
        article_id=article_id,
        other_id=copy.nearest_id,
        kind="copy",
        score=copy.score,
        threshold=RESEMBLANCE,
    )


def _bond_within(
    window: Window, scores: csr_array, row: int, lead: int, rows: Sequence[int]
) -> Bond:
    """Return the bond of a row with the lead, or with the member that it is nearer to."""
    others = (other for other in rows if other != row)
    score, _, nearest = max((float(scores[row, o]), o == lead, -o) for o in others)
    return event_bond(window, row, -nearest, score)


def _lead(window: Window, scores: csr_array, rows: Sequence[int]) -> int:
    """Return the row nearest to all the others; one with a headline and a text comes first."""
    if len(rows) == 1:
        return rows[0]
    index = np.array(rows)
    sums = scores[index][:, index].sum(axis=1).tolist()

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
