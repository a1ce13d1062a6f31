"""Finds copies: articles with one text, syndicated, shortened or lightly edited, or one page."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from newsletter.model import Article
from newsletter.stories.house import Hashes, hashed, house_text, repeated
from newsletter.stories.linkage import groups
from newsletter.text.urls import canonical_url, is_front_page
from newsletter.text.words import shingles

# Least resemblance of copies: retold events mostly stay under .14, edited copies above .16.
RESEMBLANCE = 0.15
# An excerpt is a copy when the longer text holds this share of it. Flat between .6 and .8.
CONTAINMENT = 0.7
EXCERPT = 20  # shingles that an excerpt must share: fewer may be one quotation
EVIDENCE = 8  # shingles, ten words, that any copies must share: equal short headlines are chance
WIDESPREAD = 30  # different texts of any source that make a shingle a stock phrase
PERMUTATIONS = 128
# Bands of two rows, each row in four of them: together they find a resemblance of .15 in 99 of 100
# cases, where 64 bands that do not overlap find 77; .01, as chance gives, they try in 3 of 100.
BANDS = tuple((row, (row + step) % PERMUTATIONS) for step in (1, 2) for row in range(PERMUTATIONS))
# Articles in a band from which on only neighbours are tried: what so many print alike is house text
# of no known source, and all pairs of it would fill the memory.
BUCKET = 50
OPENING = 400  # characters: where a shortened text and its whole are alike
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


def find_copies(articles: Sequence[Article]) -> Mapping[str, Copy]:
    """Return every copy among *articles* by its id.

    Articles with one page are copies whatever their words, with a score of 1.0: the canonical URL
    that an article's page names is its publisher's own word for what it repeats (RFC 6596).
    Texts are sets of word 3-grams without house text. Two are copies when
    their Jaccard similarity reaches RESEMBLANCE, or when one holds CONTAINMENT of the other
    (resemblance and containment of Broder 1997). MinHash signatures in bands (Leskovec, Rajaraman
    and Ullman, "Mining of Massive Datasets", 3.4) name the candidates; every one is verified on
    the sets themselves. Groups are formed by average linkage. The original is the article
    published first, then seen first, then the longest, then the smallest by id.
    """
    ordered = sorted(articles, key=lambda article: article.id)
    texts = _without_house_text(ordered, [_hashed(f"{a.title}\n{a.text}", a) for a in ordered])
    openings = [_hashed(article.text[:OPENING], article) for article in ordered]
    pages = _pages(ordered)
    shares = _shares(texts, _candidates(texts) | _candidates(openings), pages)
    found: dict[str, Copy] = {}
    for members in _united(groups(shares, RESEMBLANCE), pages):
        original = min(members, key=lambda row: _seniority(ordered[row]))
        for row in members:
            if row == original:
                continue
            others = (other for other in members if other != row)
            share, _, nearest = max((shares[row, o], o == original, -o) for o in others)
            found[ordered[row].id] = Copy(
                original_id=ordered[original].id,
                nearest_id=ordered[-nearest].id,
                score=float(share),
            )
    return found


def _seniority(article: Article) -> tuple[datetime, datetime, int, str]:
    return article.published or _LATEST, article.first_seen, -len(article.text), article.id


def _hashed(text: str, article: Article) -> Hashes:
    """Return the hashes of the text's shingles, sorted and each once."""
    return np.unique(hashed(shingles(text, language=article.language)))


def _without_house_text(articles: Sequence[Article], texts: Sequence[Hashes]) -> list[Hashes]:
    """Return the texts without what their source, or the whole window, prints again and again.

    Footers, calls to subscribe and standing introductions would else make copies of short items.
    """
    stock = repeated(texts, WIDESPREAD)
    cleaned = [np.setdiff1d(text, stock, assume_unique=True) for text in texts]
    for row, house in house_text(articles, texts).items():
        cleaned[row] = np.setdiff1d(cleaned[row], house, assume_unique=True)
    return cleaned


def _signatures(texts: Sequence[Hashes]) -> NDArray[np.uint64]:
    """Return one MinHash signature a row, by multiply-shift hashing (Dietzfelbinger 1996)."""
    # A fixed seed, and raw bits, which numpy promises never to change: the same for every issue.
    bits = np.random.PCG64(1997).random_raw(2 * PERMUTATIONS)
    odd, add = bits[:PERMUTATIONS] | np.uint64(1), bits[PERMUTATIONS:]
    found = np.empty((len(texts), PERMUTATIONS), dtype=np.uint64)
    for row, hashes in enumerate(texts):
        mixed = (odd[:, None] * hashes + add[:, None]) >> np.uint64(32)
        found[row] = mixed.min(axis=1)
    return found


def _candidates(texts: Sequence[Hashes]) -> set[tuple[int, int]]:
    """Return the pairs of rows, smaller first, whose signatures agree in at least one band."""
    rows = np.array([row for row, text in enumerate(texts) if len(text) >= EVIDENCE], dtype=np.intp)
    signatures = _signatures([texts[row] for row in rows])
    pairs: set[tuple[int, int]] = set()
    for first, second in BANDS:
        keys = (signatures[:, first] << np.uint64(32)) | signatures[:, second]
        order = np.argsort(keys, kind="stable")
        edges = np.flatnonzero(np.diff(keys[order])) + 1
        starts = np.concatenate(([0], edges))
        sizes = np.diff(starts, append=len(keys))
        for start, size in zip(starts[sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
            bucket = rows[order[start : start + size]].tolist()
            pairs.update(combinations(bucket, 2) if size <= BUCKET else pairwise(bucket))
    return pairs


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


def _united(
    found: Sequence[tuple[int, ...]], pages: Sequence[tuple[int, ...]]
) -> Iterator[tuple[int, ...]]:
    """Yield the groups *found*, those that share a page as one, in the order of their rows."""
    count = sum(map(len, found))
    chains = [pair for rows in (*found, *pages) for pair in pairwise(rows)]
    linked = coo_array(
        ([True] * len(chains), tuple(zip(*chains, strict=True)) or ((), ())), (count,) * 2
    )
    _, labels = connected_components(linked, directed=False)
    members: dict[int, list[int]] = defaultdict(list)
    for row, label in enumerate(labels.tolist()):
        members[label].append(row)
    yield from map(tuple, members.values())


def _shares(
    texts: Sequence[Hashes], pairs: set[tuple[int, int]], pages: Sequence[tuple[int, ...]]
) -> csr_array:
    """Return the symmetric matrix of what texts share, for all pairs of connected components.

    The bands overlook some pairs of an edited text's many versions; average linkage must not take
    those for strangers, so each component is measured in full. One page is all that can be shared.
    """
    same = {pair for rows in pages for pair in combinations(rows, 2)}
    near = same | {pair for pair in pairs if _shared(texts[pair[0]], texts[pair[1]]) >= RESEMBLANCE}
    count = len(texts)
    linked = coo_array(
        ([True] * len(near), tuple(zip(*near, strict=True)) or ((), ())), (count,) * 2
    )
    _, labels = connected_components(linked, directed=False)
    members: dict[int, list[int]] = defaultdict(list)
    for row in sorted({row for pair in near for row in pair}):
        members[labels[row]].append(row)
    full = [pair for rows in members.values() for pair in combinations(rows, 2)]
    scores = np.array(
        [1.0 if pair in same else _shared(texts[pair[0]], texts[pair[1]]) for pair in full],
        dtype=np.float64,
    )
    rows, columns = np.array(full, dtype=np.intp).reshape(-1, 2).T
    upper = csr_array((scores, (rows, columns)), shape=(count, count))
    return csr_array(upper + upper.T)


def _shared(a: Hashes, b: Hashes) -> float:
    """Return the Jaccard similarity of two texts, or for an excerpt its containment, 0.0 to 1.0."""
    if min(len(a), len(b)) < EVIDENCE:
        return 0.0
    both = len(np.intersect1d(a, b, assume_unique=True))
    if both < EVIDENCE:
        return 0.0
    contained = both / min(len(a), len(b))
    if both >= EXCERPT and contained >= CONTAINMENT:
        return contained
    return both / (len(a) + len(b) - both)
