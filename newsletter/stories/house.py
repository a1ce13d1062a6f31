"""Finds house text: what a source prints under one article after another, which is no news."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint32]
Rows = NDArray[np.int32]
Flags = NDArray[np.bool_]

# Different texts of one source that make a run of words its house text: two may be one affair.
HOUSE = 3
# Words that a source repeats in one piece as house text: a name with its title is shorter.
RUN = 8
# Titles of one source from which its habits show, and the share of them that makes a word one.
_TITLES = 8
_HABIT = 0.6
# Hashes that are sorted at a time: what a window of any size needs beside itself is some 100 MB.
_AT_A_TIME = 1 << 22
# An odd multiplier, as multiplicative hashing asks for (Knuth 1973, 6.4): 2^64 by the golden ratio.
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """Where hashes stand that occur more than once: their numbers, and places rising in each.

    `keys` number the hashes from 0 to `count` without a gap, in their order.
    """

    keys: NDArray[np.int64]
    places: NDArray[np.int64]
    count: int


def shared(hashes: Hashes) -> Shared:
    """Return where those of *hashes* stand that occur more than once."""
    parts = 1 << max(0, len(hashes).bit_length() - _AT_A_TIME.bit_length())
    part_of = (hashes >> np.uint32(24)) * parts >> np.uint32(8)
    keys, places, count = [np.empty(0, np.int64)], [np.empty(0, np.int64)], 0
    for part in range(parts):
        here = np.flatnonzero(part_of == part)
        pairs = (hashes[here].astype(np.uint64) << np.uint64(32)) | here.astype(np.uint64)
        pairs.sort()
        values = pairs >> np.uint64(32)
        begins = np.ones(len(values), dtype=bool)
        begins[1:] = values[1:] != values[:-1]
        lengths = np.diff(np.flatnonzero(begins), append=len(values))
        several = lengths > 1
        kept = np.repeat(several, lengths)
        keys.append(np.repeat(np.cumsum(several) - 1 + count, lengths)[kept])
        places.append((pairs[kept] & np.uint64(0xFFFFFFFF)).astype(np.int64))
        count += int(several.sum())
    return Shared(keys=np.concatenate(keys), places=np.concatenate(places), count=count)


def firsts(values: Iterable[Hashable]) -> Rows:
    """Return for each value the place of the first one that equals it."""
    seen: dict[Hashable, int] = {}
    return np.fromiter((seen.setdefault(v, place) for place, v in enumerate(values)), np.int32)


def codes(values: Iterable[Hashable]) -> Rows:
    """Return a number from 0 for each value, the same for equal ones, in order of appearance."""
    seen: dict[Hashable, int] = {}
    return np.fromiter((seen.setdefault(value, len(seen)) for value in values), np.int32)


def house_runs(terms: Rows, rows: Rows, sources: Sequence[str], texts: Sequence[str]) -> Flags:
    """Return which *terms* of texts stand in runs of RUN that are house text of their source.

    *terms* are numbers of words in order, *rows* the numbers of the texts that they stand in, those
    of one together; *sources* and *texts* are those of each text: equal texts count once. A text
    without a source has no house text.
    """
    house = np.zeros(len(terms), dtype=bool)
    source = codes(sources)
    able = np.fromiter(map(bool, sources), bool, count=len(sources))
    able &= np.bincount(source)[source] >= HOUSE
    different = firsts(zip(source.tolist(), texts, strict=True)) == np.arange(len(texts))
    # Some sources at a time: what is looked at beside the window itself stays within 200 MB.
    words = np.bincount(rows, minlength=len(sources))
    group = (np.cumsum(np.bincount(source, words)) // _AT_A_TIME)[source]
    for one in np.unique(group[able]).tolist():
        places = np.flatnonzero((able & (group == one))[rows])
        stale = _stale(terms[places], rows[places], source, different)
        for place in range(RUN):
            house[places[stale + place]] = True
    return house


def _stale(terms: Rows, rows: Rows, source: Rows, different: Flags) -> NDArray[np.int64]:
    """Return where runs of RUN terms begin that HOUSE *different* texts of one source hold."""
    starts = np.arange(max(0, len(terms) - RUN + 1))
    starts = starts[rows[starts] == rows[starts + RUN - 1]]
    found = shared(_runs(terms, starts, source[rows[starts]]))
    standing = starts[found.places]
    holder = rows[standing]
    first = np.ones(len(holder), dtype=bool)
    first[1:] = (holder[1:] != holder[:-1]) | (found.keys[1:] != found.keys[:-1])
    times = np.bincount(found.keys[first & different[holder]], minlength=found.count)
    return np.asarray(standing[times[found.keys] >= HOUSE], dtype=np.int64)


def house_words(terms: Rows, rows: Rows, sources: Sequence[str]) -> Flags:
    """Return which *terms* of titles most titles of their source hold: a series' name.

    *rows* are the titles that they stand in, *sources* those of each title. A source of few titles
    has no habits yet.
    """
    source = codes(sources)
    titles = np.bincount(source)
    able = np.fromiter(map(bool, sources), bool, count=len(sources)) & (titles[source] >= _TITLES)
    width = int(terms.max(initial=0)) + 1
    once = np.unique(rows.astype(np.int64) * width + terms)
    by_source = source[once // width].astype(np.int64) * width + once % width
    held, times = np.unique(by_source, return_counts=True)
    habits = held[times >= _HABIT * titles[held // width]]
    standing = source[rows].astype(np.int64) * width + terms
    return np.asarray(able[rows] & np.isin(standing, habits))


def _runs(terms: Rows, starts: NDArray[np.int64], source: Rows) -> Hashes:
    """Return a hash of the run of terms at each start, not the same for two sources."""
    mixed = source.astype(np.uint64) + np.uint64(1)
    for place in range(RUN):
        mixed = (mixed + terms[starts + place].astype(np.uint64) + np.uint64(1)) * _SPREAD
        mixed ^= mixed >> np.uint64(29)
    return (mixed >> np.uint64(32)).astype(np.uint32)
