"""Sets beside the words of a summary that name a time the date that they mean."""

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from newsletter.model import Dated, Sentence
from newsletter.render.dates import meant
from newsletter.render.safe import plain

# Kana and Han: no space parts a word from the next.
_LETTER = r"[^\W\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
_POSSESSIVE = re.compile(r"['’]s\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceView:
    """A run of a summary's text and, in words, the date that its last words mean.

    `date` is "" where they mean none; `iso` is the same date after ISO 8601.
    """

    text: str
    date: str = ""
    iso: str = ""


def pieces(sentences: Iterable[Sentence], year: int) -> tuple[PieceView, ...]:
    """Return sentences in pieces, a date at the end of each but perhaps the last.

    Their texts, put together, are the sentences, a space between two; () where these say nothing. A
    year is named where it is not *year*. The same word for the same date is explained once.
    """
    found: list[PieceView] = []
    explained: set[tuple[str, str]] = set()
    for sentence in sentences:
        first, *others = dated(sentence.text, sentence.dates, year, explained) or (None,)
        explained.update(map(_named, sentence.dates))
        if first is None:
            continue
        gap = " " if found else ""
        found += (PieceView(text=gap + first.text, date=first.date, iso=first.iso), *others)
    return tuple(found)


def dated(
    text: str,
    dates: Sequence[Dated],
    year: int,
    explained: AbstractSet[tuple[str, str]] = frozenset(),
) -> tuple[PieceView, ...]:
    """Return one sentence in pieces, as `pieces` does, but for what was *explained* before.

    What is not found in it, or is no date, is passed over. A span that stands there twice is meant
    where it comes first; named again, where it comes next.
    """
    line = plain(text)
    found, start = [], 0
    for end, iso, words in sorted(_ends(line, dates, year, explained)):
        found.append(PieceView(text=line[start:end], date=words, iso=iso))
        start = end
    if line[start:]:
        found.append(PieceView(text=line[start:]))
    return tuple(found)


def printed(found: Iterable[PieceView]) -> str:
    """Return pieces as plain text: "on Monday [27 January]"."""
    return "".join(f"{one.text} [{one.date}]" if one.date else one.text for one in found)


def _named(one: Dated) -> tuple[str, str]:
    return one.span.split(" ")[-1].casefold(), one.date


def _ends(
    line: str, dates: Sequence[Dated], year: int, explained: AbstractSet[tuple[str, str]]
) -> Iterator[tuple[int, str, str]]:
    taken: list[tuple[int, int]] = []
    seen: dict[str, int] = {}
    for one in dates:
        span = plain(one.span)
        place = _place(line, span, seen.get(span, 0))
        if place is None:
            continue
        start, end = place
        seen[span] = end
        words = "" if _named(one) in explained else meant(one.date, year)
        if words and all(end <= other or start >= last for other, last in taken):
            taken.append(place)
            yield end, one.date, words


def _place(line: str, span: str, after: int) -> tuple[int, int] | None:
    if not span:
        return None
    # "May" is not meant in "Mayor".
    opens = rf"(?<!{_LETTER})" if re.match(_LETTER, span[0]) else ""
    closes = rf"(?!{_LETTER})" if re.match(_LETTER, span[-1]) else ""
    match = re.compile(opens + re.escape(span) + closes).search(line, after)
    if match is None:
        return None
    possessive = _POSSESSIVE.match(line, match.end())
    return match.start(), (possessive or match).end()
