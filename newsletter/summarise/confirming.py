"""Finds which articles of other outlets say the same as a sentence."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain

from newsletter.model import Article
from newsletter.summarise.differing.days import Moment, days_differ
from newsletter.summarise.differing.figures import agree
from newsletter.summarise.differing.quantities import Quantity, quantities
from newsletter.summarise.documents import Candidate, Reading

_SAME = 0.56  # of what a sentence tells, so much must stand in another
_FEWEST = 5  # terms in common


def confirmed(chosen: Sequence[Candidate], reading: Reading) -> tuple[tuple[str, ...], ...]:
    """Return for each *chosen* sentence the ids of articles of other outlets that say the same.

    Such an article has one sentence with most of its informative words, all its figures as news
    rounds them, and none that stands against them. Ids are in reading order.
    """
    articles = [text.article for text in reading.texts]
    outlets = [article.outlet for article in articles]
    if len(set(outlets)) < 2:
        return tuple(() for _ in chosen)
    every = reading.candidates
    weights: list[Mapping[str, float]] = []
    for one in chosen:
        held = Counter(chain.from_iterable(one.terms & other.terms for other in every))
        weights.append({term: math.log(2.0 + len(every) / n) for term, n in held.items()})
    return tuple(
        tuple(
            text.article.id
            for place, text in enumerate(reading.texts)
            if outlets[place] != outlets[one.document]
            and any(_says_the_same(one, other, weighed, reading) for other in text.candidates)
        )
        for one, weighed in zip(chosen, weights, strict=True)
    )


def _says_the_same(
    one: Candidate, other: Candidate, weights: Mapping[str, float], reading: Reading
) -> bool:
    """Tell so of two sentences; *weights* are those of the first one's terms."""
    shared = one.terms & other.terms
    if len(shared) < min(_FEWEST, len(one.terms)):
        return False
    if math.fsum(weights[term] for term in shared) < _SAME * math.fsum(weights.values()):
        return False
    mine, its = _article(one, reading), _article(other, reading)
    told = quantities(other.text, its.language)
    return all(
        _is_borne_out(quantity, told, (mine.published, its.published))
        for quantity in quantities(one.text, mine.language)
    )


def _article(one: Candidate, reading: Reading) -> Article:
    return reading.texts[one.document].article


def _is_borne_out(
    one: Quantity,
    told: Sequence[Quantity],
    published: tuple[datetime | None, datetime | None],
) -> bool:
    """Tell whether a figure is among those *told*, or no other day or time contradicts it."""
    alike = [other for other in told if (other.kind, other.unit) == (one.kind, one.unit)]
    if one.figure:
        return any(other.figure and agree(one.figure, other.figure) for other in alike)
    return not alike or any(
        one.moment and other.moment and _is_one(one.moment, other.moment, published)
        for other in alike
    )


def _is_one(a: Moment, b: Moment, published: tuple[datetime | None, datetime | None]) -> bool:
    if a.kind == "time":
        return a.minutes == b.minutes
    return not days_differ(a, b, published, future=False)
