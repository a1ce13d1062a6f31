"""Finds copies: articles with one text, syndicated, shortened or lightly edited, or one page."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, triu

from newsletter.model import Article, Reading
from newsletter.stories.feeds import Feeds
from newsletter.stories.house import HOUSE, Flags, Rows, Shared, codes, firsts, shared
from newsletter.stories.linkage import Families, groups
from newsletter.stories.twins import Figures
from newsletter.text.urls import canonical_url, is_front_page

# Least resemblance of copies: retold events mostly stay under .14, edited copies above .16.
RESEMBLANCE = 0.15
# An excerpt is a copy when the longer text holds this share of it. Flat between .6 and .8.
CONTAINMENT = 0.7
EXCERPT = 20  # shingles that an excerpt must share: fewer may be one quotation
# Least resemblance of copies that share less than an excerpt must: two short reports by one pattern
# ("profit rises 12%", "an earthquake of magnitude 6") share a quarter, and no event. Flat to .5.
SHORT = 0.4
# Least resemblance of copies within one feed, which has patterns of its own, and of short texts
# with other figures in the headline; unless they share more shingles than fit a pattern: an
# outlet's second report repeats whole paragraphs of its first.
OWN, PATTERN = 0.5, 300
OPENING = 8  # words with which a whole text begins as its excerpt does
EVIDENCE = 8  # shingles, ten words, that any copies must share: equal short headlines are chance
WIDESPREAD = 30  # different texts of any source that make a shingle a stock phrase
_ROWS = 4_096  # multiplied at a time
_LATEST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One article that repeats another.

    `nearest_id` is the article of its group that it shares most with, `score` how much: mostly
    the original, but an edited copy may have come by way of a third.
    """

    original_id: str
    nearest_id: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Alike:
    """What rows have in common: equal texts, shares of texts, one page.

    `first` is for each row the first one with its text, as it is without house text, and `shares`
    the symmetric matrix of what those share; `pages` are the groups of rows that have one page, and
    `page_of` gives its group to each row that is in one.
    """

    first: Rows
    shares: csr_array
    pages: tuple[tuple[int, ...], ...]
    page_of: Mapping[int, tuple[int, ...]]


def find_copies(
    articles: Sequence[Article], readings: Sequence[Reading], families: Families | None = None
) -> Mapping[str, Copy]:
    """Return every copy among *articles* by its id.

    Articles with one page are copies whatever their words, with a score of 1.0: the canonical URL
    that an article's page names is its publisher's own word for what it repeats (RFC 6596).
    Texts are the sets of word 3-grams of *readings*, which are the articles' in their order,
    without house text. Two are copies when their Jaccard similarity reaches RESEMBLANCE, or when
    one holds CONTAINMENT of the other (resemblance and containment of Broder 1997). Of those that
    share little SHORT is asked; OWN of articles of one feed and of short texts whose headlines have
    other figures, unless they share whole paragraphs. What is an excerpt within one feed has the
    title of the whole or begins as it does. Parts of a series are no copies. Stock phrases left
    out, few texts hold one shingle, so that what every two texts share is counted in full.

    Groups are formed by average linkage under *families* of rows, which grow by them. The original
    is the article published first, then seen first, then the longest, then the smallest by id.
    *articles* are in order of id.
    """
    first, shares = _texts(articles, readings)
    pages = tuple(_pages(articles))
    page_of = {row: page for page in pages for row in page}
    alike = _Alike(first=first, shares=shares, pages=pages, page_of=page_of)
    found: dict[str, Copy] = {}
    for members in _repeating(alike, families or Families()):
        original = min(members, key=lambda row: _seniority(articles[row]))
        for row, (nearest, score) in _nearest(alike, members, original):
            found[articles[row].id] = Copy(
                original_id=articles[original].id, nearest_id=articles[nearest].id, score=score
            )
    return found


def _seniority(article: Article) -> tuple[datetime, datetime, int, str]:
    return article.published or _LATEST, article.first_seen, -len(article.text), article.id


def _texts(articles: Sequence[Article], readings: Sequence[Reading]) -> tuple[Rows, csr_array]:
    """Return the first row with each row's text, and what texts share that are the first."""
    if not articles:
        return np.empty(0, np.int32), csr_array((0, 0))
    hashes = np.frombuffer(b"".join(reading.shingles for reading in readings), dtype="<u4")
    sizes = np.array([len(reading.shingles) // 4 for reading in readings])
    raw = firsts(reading.shingles for reading in readings)
    source = codes(article.source for article in articles)
    found = shared(hashes)
    rows = np.repeat(np.arange(len(articles)), sizes)[found.places]
    stock, house = _printed_again(found, rows, raw, source)
    house &= np.array([bool(article.source) for article in articles])[rows]
    sizes = sizes - np.bincount(rows[stock | house], minlength=len(articles))
    # One text may be left in two forms where two sources have different house text.
    trimmed = np.bincount(rows[house], minlength=len(articles)) > 0
    first = firsts(zip(raw.tolist(), np.where(trimmed, source, -1).tolist(), strict=True))
    kept = ~(stock | house) & (first[rows] == rows)
    shape = (len(articles), found.count)
    held = csr_array((np.ones(int(kept.sum()), np.int32), (rows[kept], found.keys[kept])), shape)
    return np.where(sizes >= EVIDENCE, first, np.arange(len(articles))), _shares(
        held, sizes, articles, readings
    )


def _printed_again(
    found: Shared, rows: NDArray[np.int64], raw: Rows, source: Rows
) -> tuple[Flags, Flags]:
    """Return which postings are stock phrases, and which their source prints again and again.

    Footers, calls to subscribe and standing introductions would else make copies of short items.
    *raw* is the first row with the same text: equal texts count once, or once a source.
    """
    different = raw[rows] == rows
    times = np.bincount(found.keys[different], minlength=found.count)
    by_source = found.keys * (int(source.max()) + 1) + source[rows]
    once = firsts(zip(source.tolist(), raw.tolist(), strict=True))[rows] == rows
    printed, sources_times = np.unique(by_source[once], return_counts=True)
    house = np.isin(by_source, printed[sources_times >= HOUSE])
    return times[found.keys] >= WIDESPREAD, house


def _shares(
    held: csr_array,
    sizes: NDArray[np.int64],
    articles: Sequence[Article],
    readings: Sequence[Reading],
) -> csr_array:
    """Return the symmetric matrix of what every two texts share: see `_shared`."""
    found: list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]] = []
    columns = held.T.tocsr()
    for start in range(0, held.shape[0], _ROWS):
        both = triu(held[start : start + _ROWS] @ columns, k=start + 1, format="coo")
        enough = both.data >= EVIDENCE
        rows, others, both = both.row[enough] + start, both.col[enough], both.data[enough]
        ties = _Ties.of(articles, readings, rows, others)
        found.append((rows, others, _shared(both, sizes[rows], sizes[others], ties)))
    rows, others, values = (np.concatenate(part) for part in zip(*found, strict=True))
    upper = csr_array((values, (rows, others)), shape=(held.shape[0],) * 2)
    return csr_array(upper + upper.T)


def _shared(
    both: NDArray[np.int64], one: NDArray[np.int64], other: NDArray[np.int64], ties: "_Ties"
) -> NDArray[np.float64]:
    """Return the Jaccard similarity of texts, or for an excerpt its containment, 0.0 to 1.0.

    *both* are the shingles that two texts share, *one* and *other* those that each has. What may be
    chance, habit or pattern is 0.0.
    """
    contained = both / np.minimum(one, other)
    is_excerpt = (both >= EXCERPT) & (contained >= CONTAINMENT) & (~ties.own | ties.opened)
    resemblance = both / (one + other - both)
    is_pattern = (ties.own | ties.unlike) & (both < PATTERN)
    least = np.where(is_pattern, OWN, np.where(both < EXCERPT, SHORT, 0.0))
    resemblance[resemblance < least] = 0.0
    return np.where(ties.serial, 0.0, np.where(is_excerpt, contained, resemblance))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ties:
    """Which pairs of texts are of one feed, open alike, have other figures, or count up."""

    own: Flags
    opened: Flags
    unlike: Flags
    serial: Flags

    @classmethod
    def of(
        cls,
        articles: Sequence[Article],
        readings: Sequence[Reading],
        rows: NDArray[np.int32],
        others: NDArray[np.int32],
    ) -> Self:
        """Return the ties of pairs of rows of *articles*."""
        looked_at, places = np.unique(np.concatenate((rows, others)), return_inverse=True)
        one, other = np.split(places, 2)
        told = [readings[row] for row in looked_at.tolist()]
        feeds = Feeds.of([articles[row] for row in looked_at.tolist()], told)
        own = feeds.same(one, other)
        opened = feeds.titled(one, other)
        for pair in np.flatnonzero(own & ~opened).tolist():
            opened[pair] = _opens(told[one[pair]], told[other[pair]])
        unlike = Figures.of(told).differ(one, other)
        return cls(own=own, opened=opened, unlike=unlike, serial=feeds.serial(one, other))


def _opens(one: Reading, other: Reading) -> bool:
    """Return whether two texts begin with the same words."""
    first, second = (reading.words.split(" ", OPENING)[:OPENING] for reading in (one, other))
    return first == second


def _pages(articles: Sequence[Article]) -> list[tuple[int, ...]]:
    """Return the groups of rows whose articles have one page, each of at least two.

    A page that several articles of one feed share names none of them: a page of notes, a consent.
    """
    rows_of: dict[str, list[int]] = defaultdict(list)
    for row, article in enumerate(articles):
        page = article.page or article.url
        if page:
            rows_of[canonical_url(page)].append(row)
    found = []
    for page, rows in rows_of.items():
        if len(rows) < 2 or is_front_page(page):
            continue
        origins = Counter(origin for row in rows for origin in set(articles[row].origins))
        if max(origins.values(), default=0) <= 1:
            found.append(tuple(rows))
    return found


def _repeating(alike: _Alike, families: Families) -> Iterator[tuple[int, ...]]:
    """Yield the groups of at least two rows that repeat one another, in the order of their rows."""
    copies = Families()
    for group in groups(alike.shares, RESEMBLANCE, families):
        for row in group[1:]:
            copies.join(group[0], row)
    equal: dict[int, list[int]] = defaultdict(list)
    for row, first in enumerate(alike.first.tolist()):
        equal[first].append(row)
    for alone in (*equal.values(), *alike.pages):
        heads: list[int] = []
        for row in alone:
            head = next((head for head in heads if families.join(head, row)), None)
            if head is None:
                heads.append(row)
            else:
                copies.join(head, row)
    members: dict[int, list[int]] = defaultdict(list)
    for row in range(len(alike.first)):
        members[copies.head(row)].append(row)
    yield from (tuple(rows) for rows in members.values() if len(rows) > 1)


def _nearest(
    alike: _Alike, members: Sequence[int], original: int
) -> Iterator[tuple[int, tuple[int, float]]]:
    """Yield each row but the original with the member that it shares most with, and how much."""
    inside = frozenset(members)
    equal: dict[int, list[int]] = defaultdict(list)
    for row in members:
        equal[int(alike.first[row])].append(row)
    for row in members:
        if row == original:
            continue
        first = int(alike.first[row])
        ties = [(1.0, other) for other in (*equal[first], *alike.page_of.get(row, ()))]
        here = slice(alike.shares.indptr[first], alike.shares.indptr[first + 1])
        near = zip(alike.shares.data[here], alike.shares.indices[here], strict=True)
        ties += [(float(share), other) for share, f in near for other in equal.get(int(f), ())]
        able = ((s, o == original, -o) for s, o in ties if o != row and o in inside)
        score, _, nearest = max(able, default=(0.0, True, -original))
        yield row, (-nearest, score)
