"""Turns articles into weighted terms: what each says, and how much that tells in its week."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from newsletter.model import Article
from newsletter.stories.background import shares
from newsletter.stories.house import hashed, house_text, house_words
from newsletter.text.words import base_language, stem, terms, words

# How much one occurrence counts, by where it stands: news says the most first.
_TITLE = 3.0
_LEAD = 1.0
_REST = 0.5
# Words: about the first two sentences, and about the first ten paragraphs.
_LEAD_WORDS = 50
_READ_WORDS = 300
# Characters that hold _READ_WORDS words in any language: no more of a long text is cut up.
_READ = 6_000
# Words that a source repeats in one piece as house text: a name with its title is shorter.
_RUN = 8
# Articles that the background counts for: a busy week's window outweighs it, two articles do not.
_PRIOR = 1_000.0
# The heaviest terms of an article are compared: the tail is chatter, and it is what costs.
_HEAVIEST = 60
# Nats of idf from which a term is evidence: that of a term in about every fifth article.
_TELLING = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """Articles as rows over terms as columns.

    `weights` has rows of length 1 (or 0, for an article without terms); the product of two rows'
    entries in `evidence` sums how far the terms they share are from common, in nats.
    """

    terms: tuple[str, ...]
    weights: csr_array
    evidence: csr_array


def weigh(articles: Sequence[Article], background: Mapping[str, Mapping[str, float]]) -> Weighed:
    """Return the weighed terms of *articles*, one row each, in their order.

    A term that counts c in an article (by zones) weighs log2(1 + c) * idf, the 60 heaviest are
    kept and scaled to length 1. With df of the N articles of its language holding it,

        idf = -ln((df + m * p + 0.5) / (N + m + 1)),  m = 1000,

    where p is its share of articles at large: the week's frequencies over a static background, so
    that two articles and two thousand are weighed on one scale, and the week's own buzzword loses
    its weight while it is new.
    """
    counted = [
        _counts(title, text, article.language)
        for article, title, text in zip(articles, _titles(articles), _read(articles), strict=True)
    ]
    idf = _idf(articles, counted, background)
    vocabulary = sorted({term for counts in counted for term in counts})
    columns = {term: column for column, term in enumerate(vocabulary)}
    pointers, indices = [0], []
    weights: list[float] = []
    evidence: list[float] = []
    for article, counts in zip(articles, counted, strict=True):
        known = idf[base_language(article.language)]
        heavy = sorted(((-math.log2(1.0 + c) * known[term], term) for term, c in counts.items()))
        heavy = heavy[:_HEAVIEST]
        length = math.sqrt(math.fsum(weight * weight for weight, _ in heavy)) or 1.0
        indices += [columns[term] for _, term in heavy]
        weights += [-weight / length for weight, _ in heavy]
        evidence += [math.sqrt(max(0.0, known[term] - _TELLING)) for _, term in heavy]
        pointers.append(len(indices))
    shape = (len(articles), len(vocabulary))
    matrix = csr_array((weights, indices, pointers), shape=shape, dtype=np.float64)
    rarity = csr_array((evidence, indices, pointers), shape=shape, dtype=np.float64)
    return Weighed(terms=tuple(vocabulary), weights=matrix, evidence=rarity)


def _read(articles: Sequence[Article]) -> list[tuple[str, ...]]:
    """Return the words of each article's text that are compared, without house text."""
    texts = [words(a.text[:_READ], a.language)[:_READ_WORDS] for a in articles]
    runs = [
        hashed(map(" ".join, zip(*(text[i:] for i in range(_RUN)), strict=False))) for text in texts
    ]
    for row, house in house_text(articles, runs).items():
        if not len(runs[row]):
            continue
        stale = np.convolve(np.isin(runs[row], house), np.ones(_RUN)) > 0
        texts[row] = tuple(w for w, old in zip(texts[row], stale, strict=False) if not old)
    return texts


def _titles(articles: Sequence[Article]) -> list[tuple[str, ...]]:
    """Return the terms of each article's title, without the words of a series of its source."""
    titles = [terms(article.title, article.language) for article in articles]
    for row, house in house_words(articles, titles).items():
        titles[row] = tuple(term for term in titles[row] if term not in house)
    return titles


def _counts(title: Sequence[str], text: Sequence[str], language: str) -> Mapping[str, float]:
    """Return how much each term of an article counts by the zones it stands in."""
    counts: dict[str, float] = defaultdict(float)
    for term in title:
        counts[term] += _TITLE
    for place, word in enumerate(text):
        counts[stem(word, language)] += _LEAD if place < _LEAD_WORDS else _REST
    return counts


def _idf(
    articles: Sequence[Article],
    counted: Sequence[Mapping[str, float]],
    background: Mapping[str, Mapping[str, float]],
) -> Mapping[str, Mapping[str, float]]:
    """Return the idf of every term by language, in nats."""
    held: dict[str, Counter[str]] = defaultdict(Counter)
    sizes: Counter[str] = Counter()
    for article, counts in zip(articles, counted, strict=True):
        language = base_language(article.language)  # British and American words are one language
        held[language].update(counts.keys())
        sizes[language] += 1
    found: dict[str, Mapping[str, float]] = {}
    for language, counts in held.items():
        at_large = shares(counts, language, background.get(language, {}))
        all_articles = sizes[language] + _PRIOR + 1.0
        found[language] = {
            term: max(0.0, -math.log((df + _PRIOR * at_large[term] + 0.5) / all_articles))
            for term, df in counts.items()
        }
    return found
