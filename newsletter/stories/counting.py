"""Counts the terms of articles by the zones they stand in, part by part, without house text."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from newsletter.model import Article, Reading
from newsletter.stories.house import house_runs, house_words
from newsletter.text.words import base_language

Numbers = NDArray[np.int32]

# How much one occurrence counts, by where it stands: news says the most first.
_TITLE = 3.0
_LEAD = 1.0
_REST = 0.5
_LEAD_WORDS = 50  # about the first two sentences
_ROWS = 4_096  # articles in a part: the words of all at once would fill the memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some articles of one language: `counts` has a row for each of `rows` of the whole.

    Its columns are the part's own `terms`, which one text holds, each set off by a space: a tenth
    of the memory of its words. `columns` are their numbers in the whole.
    """

    language: str
    rows: NDArray[np.int64]
    terms: str
    columns: Numbers
    counts: csr_array


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The terms of articles, by parts, and in how many articles of each language each stands.

    `held` has an entry for each column of the whole, `articles` the number of them.
    """

    parts: tuple[Part, ...]
    articles: Mapping[str, int]
    held: Mapping[str, Numbers]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tokens:
    """The terms of some titles or texts by their numbers, in order, with the rows they are of."""

    terms: Numbers
    rows: Numbers

    def only(self, kept: NDArray[np.bool_]) -> "_Tokens":
        return _Tokens(terms=self.terms[kept], rows=self.rows[kept])


def count(articles: Sequence[Article], readings: Sequence[Reading]) -> Counted:
    """Return how much each term counts in *articles* by their *readings*, without house text."""
    spoken: dict[str, list[int]] = defaultdict(list)
    for row, article in enumerate(articles):
        spoken[base_language(article.language)].append(row)
    cut = [
        (language, rows[start : start + _ROWS])
        for language, rows in sorted(spoken.items())
        for start in range(0, len(rows), _ROWS)
    ]
    numbered = [_numbered(rows, [readings[row] for row in rows]) for _, rows in cut]
    columns = _columns([keys for _, keys, _, _ in numbered])
    titles = _whole([title for _, _, title, _ in numbered], columns)
    texts = _whole([text for _, _, _, text in numbered], columns)
    sources = [article.source for article in articles]
    dull_titles = house_words(titles.terms, titles.rows, sources)
    dull_texts = house_runs(texts.terms, texts.rows, sources, [one.words for one in readings])
    parts, title_end, text_end = [], 0, 0
    for (language, rows), (terms, _, title, text), own in zip(cut, numbered, columns, strict=True):
        title_end, title_begin = title_end + len(title.terms), title_end
        text_end, text_begin = text_end + len(text.terms), text_end
        counts = _counts(
            title.only(~dull_titles[title_begin:title_end]),
            text.only(~dull_texts[text_begin:text_end]),
            rows,
            len(own),
        )
        parts.append(
            Part(language=language, rows=np.array(rows), terms=terms, columns=own, counts=counts)
        )
    width = max((int(own.max(initial=-1)) + 1 for own in columns), default=0)
    return Counted(
        parts=tuple(parts),
        articles={language: len(rows) for language, rows in sorted(spoken.items())},
        held=_held(parts, width),
    )


def _numbered(
    rows: Sequence[int], readings: Iterable[Reading]
) -> tuple[str, NDArray[np.int64], _Tokens, _Tokens]:
    """Return a part's terms, a key for each, and its titles and texts in numbers of terms."""
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    titles, texts, title_lengths, text_lengths = (array("i") for _ in range(4))
    for reading in readings:
        before = len(titles), len(texts)
        titles.extend(map(numbers.__getitem__, reading.title.split()))
        texts.extend(map(numbers.__getitem__, reading.words.split()))
        title_lengths.append(len(titles) - before[0])
        text_lengths.append(len(texts) - before[1])
    # `hash` differs from one run to the next: it is only asked which are equal, of 64 bits.
    keys = np.fromiter(map(hash, numbers), np.int64, count=len(numbers))
    of = np.array(rows, dtype=np.int32)
    title = _Tokens(terms=np.array(titles, dtype=np.int32), rows=np.repeat(of, title_lengths))
    text = _Tokens(terms=np.array(texts, dtype=np.int32), rows=np.repeat(of, text_lengths))
    return " ".join(numbers), keys, title, text


def _columns(keys: Sequence[NDArray[np.int64]]) -> list[Numbers]:
    """Return for each part's keys the columns of the whole, in order of first appearance."""
    if not keys:
        return []
    _, first, of = np.unique(np.concatenate(keys), return_index=True, return_inverse=True)
    column = np.empty(len(first), dtype=np.int32)
    column[np.argsort(first)] = np.arange(len(first))
    return np.split(column[of], np.cumsum([len(part) for part in keys])[:-1])


def _whole(parts: Sequence[_Tokens], columns: Sequence[Numbers]) -> _Tokens:
    """Return the parts as one, in columns of the whole."""
    none = np.empty(0, dtype=np.int32)
    terms = [none, *(own[part.terms] for part, own in zip(parts, columns, strict=True))]
    rows = [none, *(part.rows for part in parts)]
    return _Tokens(terms=np.concatenate(terms), rows=np.concatenate(rows))


def _counts(title: _Tokens, text: _Tokens, rows: Sequence[int], width: int) -> csr_array:
    """Return how much each of a part's terms counts in each of its *rows*, which rise."""
    title_row, text_row = np.searchsorted(rows, title.rows), np.searchsorted(rows, text.rows)
    begins = np.searchsorted(text_row, np.arange(len(rows)))
    place = np.arange(len(text.rows)) - begins[text_row]
    amounts = np.concatenate(
        (np.full(len(title.rows), _TITLE), np.where(place < _LEAD_WORDS, _LEAD, _REST))
    )
    where = (np.concatenate((title_row, text_row)), np.concatenate((title.terms, text.terms)))
    return csr_array((amounts, where), shape=(len(rows), width))


def _held(parts: Iterable[Part], width: int) -> Mapping[str, Numbers]:
    held: dict[str, Numbers] = defaultdict(lambda: np.zeros(width, dtype=np.int32))
    for part in parts:
        own = np.bincount(part.counts.indices, minlength=len(part.columns))
        held[part.language][part.columns] += own.astype(np.int32)
    return dict(held)


def terms_of(part: Part) -> list[str]:
    """Return the terms of a part, in the order of its columns."""
    return part.terms.split()


def frequencies(counted: Counted) -> Iterator[tuple[str, str, int]]:
    """Yield each language, each of its terms, and how many of its articles hold it."""
    for language, held in counted.held.items():
        seen = np.zeros(len(held), dtype=bool)
        for part in counted.parts:
            if part.language != language:
                continue
            fresh = (held[part.columns] > 0) & ~seen[part.columns]
            seen[part.columns] = True
            terms = terms_of(part)
            for own in np.flatnonzero(fresh).tolist():
                yield language, terms[own], int(held[part.columns[own]])
