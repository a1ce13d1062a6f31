"""Reads articles: the words that they are compared by, once for each article, whatever the week."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from newsletter.model import Article, Reading
from newsletter.text.words import base_language, stem, words

# Words of a text that are compared, about the first ten paragraphs: news says the most first.
READ_WORDS = 300
SHINGLE = 3  # words

# Goes into each digest: readings that were made by other rules are not taken for ours.
_RULES = "2"
# Odd multipliers, as multiplicative hashing asks for (Knuth 1973, 6.4), from the digits of pi.
_MIX = (0x243F6A8885A308D3, 0x13198A2E03707345, 0xA4093822299F31D1)

Hashes = NDArray[np.uint32]


def digest(article: Article) -> str:
    """Return 32 characters that change when what is read of *article* would."""
    read = "\0".join((_RULES, base_language(article.language), article.title, article.text))
    return blake2b(read.encode(errors="surrogatepass"), digest_size=16).hexdigest()


def read(article: Article) -> Reading:
    """Return the reading of *article*; it depends on nothing else."""
    language = base_language(article.language)
    title, text = words(article.title, language), words(article.text, language)
    return Reading(
        article_id=article.id,
        digest=digest(article),
        title=" ".join(map(stem, title, repeat(language))),
        words=" ".join(map(stem, text[:READ_WORDS], repeat(language))),
        shingles=_shingles((*title, *text)).astype("<u4").tobytes(),
    )


def unread(articles: Iterable[Article], readings: Mapping[str, Reading]) -> tuple[Article, ...]:
    """Return those of *articles* that no reading tells as they are now."""
    return tuple(
        article
        for article in articles
        if (known := readings.get(article.id)) is None or known.digest != digest(article)
    )


def readings_of(
    articles: Sequence[Article], readings: Mapping[str, Reading]
) -> tuple[Reading, ...]:
    """Return the reading of each article: of *readings* where there is a fresh one, else made."""
    made = {article.id: read(article) for article in unread(articles, readings)}
    return tuple(made.get(article.id) or readings[article.id] for article in articles)


def _shingles(found: Sequence[str]) -> Hashes:
    """Return the hashes of every run of SHINGLE words, sorted, each once.

    A text of fewer words is one shingle, one without words has none. After Broder 1997, "On the
    resemblance and containment of documents".
    """
    if not found:
        return np.empty(0, dtype=np.uint32)
    padded = max(len(found), SHINGLE)
    hashes = np.zeros(padded, dtype=np.uint64)
    hashes[: len(found)] = np.fromiter(map(zlib.crc32, map(str.encode, found)), np.uint64)
    mixed = np.zeros(padded - SHINGLE + 1, dtype=np.uint64)
    for place, factor in enumerate(_MIX):
        mixed += hashes[place : place + len(mixed)] * np.uint64(factor)
    mixed = np.sort(mixed >> np.uint64(32))
    return np.asarray(mixed[np.concatenate(([True], mixed[1:] != mixed[:-1]))], dtype=np.uint32)
