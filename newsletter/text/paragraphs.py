"""Cuts a text into its paragraphs, and knows one again wherever it is printed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

from newsletter.text.sentences import sentences

_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f]"
)
_LIST_MARK = re.compile(r"^(?:[-–—•*·▪►>|~]+\s+)+")
_ENDED = re.compile(r"[.!?…。！？｡।؟۔։።][\"'”’»)\]」』”）】]*(?:\s*\[\d+\])*$")
# Scripts that end no sentence with a mark: Thai, Lao.
_UNSTOPPED = re.compile("[\u0e00-\u0eff]")
_TAIL = 24  # characters in which a line shows how it ends
_WORD = re.compile(r"[^\W_]+")
_WEIGHT_BITS = 6
_HEAVIEST = (1 << _WEIGHT_BITS) - 1
_CHARACTERS_A_WORD = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphHashes:
    """The paragraphs of an article, kept so that its outlet's other articles can be held to them.

    `digest` tells from which text they were made; `hashes` are as of `paragraph_hashes`.
    """

    article_id: str
    outlet: str
    digest: str
    hashes: tuple[int, ...]


def paragraphs(text: str) -> Iterator[str]:
    """Yield the lines of *text* that hold anything, joined where wrapped, with single spaces.

    Invisible characters and the marks of lists are left out.
    """
    pending = ""
    for raw in text.splitlines():
        line = _LIST_MARK.sub("", " ".join(_INVISIBLE.sub("", raw).split()))
        # Only a small letter proves that a line goes on: headings stand without a stop as well.
        if line[:1].islower() and _WORD.search(pending) and not is_ended(pending):
            pending = f"{pending} {line}"
            continue
        if pending:
            yield pending
        pending = line
    if pending:
        yield pending


def is_ended(line: str) -> bool:
    """Tell whether *line* ends as a sentence does, by its script's rules (as `sentences` has them).

    Quotes, brackets, footnote marks and emoji may stand behind the mark.
    """
    tail = line[-_TAIL:]
    if _ENDED.search(tail):
        return True
    if tail.isascii():
        return tail.endswith("]") and _splits_after(tail)
    return _UNSTOPPED.search(tail) is not None or _splits_after(tail)


def _splits_after(tail: str) -> bool:
    return sentences(f"{tail} X")[-1] == "X"


def wording(paragraph: str) -> str:
    """Return the words of *paragraph*: two that differ only in case and punctuation have the same.

    "" where it holds none.
    """
    return " ".join(_WORD.findall(paragraph.casefold()))


def paragraph_hash(words: str) -> int:
    """Return a hash of a paragraph's words (as of `wording`), in 64 bits.

    It is the same in each run and on each machine. The lowest six bits are its weight: how many
    words it has, about, at most 63.
    """
    found = blake2b(words.encode(errors="surrogatepass"), digest_size=8).digest()
    return int.from_bytes(found, "little") & ~_HEAVIEST | min(
        _HEAVIEST, 1 + len(words) // _CHARACTERS_A_WORD
    )


def weight(hash_: int) -> int:
    """Return about how many words the paragraph of *hash_* has, 1 to 63."""
    return hash_ & _HEAVIEST


def paragraph_hashes(text: str) -> tuple[int, ...]:
    """Return the hashes of the paragraphs of *text* in order, each once; of those with words."""
    found = (wording(paragraph) for paragraph in paragraphs(text))
    return tuple(dict.fromkeys(paragraph_hash(words) for words in found if words))


def digest_of(outlet: str, text: str) -> str:
    """Return what tells an article's outlet and text from any other, 32 hexadecimal digits."""
    read = f"{outlet}\0{text}".encode(errors="surrogatepass")
    return blake2b(read, digest_size=16).hexdigest()
