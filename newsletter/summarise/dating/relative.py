"""Finds the words of a sentence that name a time from where it stands, and says which."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from newsletter.model import Dated
from newsletter.summarise.dating.days import Mention, standpoint
from newsletter.summarise.dating.english import english
from newsletter.summarise.dating.languages import LANGUAGES, continental
from newsletter.text.sentences import sentences
from newsletter.text.words import base_language

_CLOSES: Mapping[str, str] = {"“": "”", "«": "»", "„": "“”", "»": "«", "‹": "›"}
_QUOTE = re.compile(r"[\"“”«»„‹›]")
_SINGLE = re.compile(r"(?<!\w)[‘'](?=\w)[^‘\n]{2,400}?[\w.,!?…][’'](?!\w)")
_LONGEST = 2_000  # characters: the words around each date are read anew
_WORD, _WIDEST = 40, 120  # characters
_WORD_BEFORE = re.compile(r"\S+\s+$")


def dates_in(
    text: str, published: datetime | None, language: str, timezone: str
) -> tuple[Dated, ...]:
    """Return the words of *text* that name a time from where they stand, with what they mean.

    *published* is an aware moment and counts as the day it has in *timezone*, where the readers
    live: of an outlet's own zone nothing is known. Between midnight and five o'clock there, an
    outlet further west still writes the day before, so what turns on that ("today") is left out.

    Spans stand in the order of the text and do not overlap; where one occurs in it more than once,
    the first place is meant. What cannot be told for sure is left out, so are words in
    quotation marks, and dates of the article's own year that only lack the year. Reads English,
    German, French, Spanish, Italian, Dutch and Portuguese; () in other languages, where *published*
    is None, and of a text longer than 2,000 characters: nobody prints that as a sentence.

    Raises:
        ZoneInfoNotFoundError: there is no time zone of that name.
    """
    base = base_language(language)
    is_read = base == "en" or base in LANGUAGES
    if published is None or not is_read or len(text) > _LONGEST:
        return ()
    here = standpoint(published, timezone)
    quoted = tuple(_quoted(text))
    found: list[Mention] = []
    for start, sentence in _placed(text):
        read = english(sentence, here) if base == "en" else continental(sentence, here, base)
        found += (
            Mention(start=start + one.start, end=start + one.end, date=one.date) for one in read
        )
    free = (m for m in found if not any(m.start < end and start < m.end for start, end in quoted))
    return tuple(_spans(text, sorted(free, key=lambda mention: mention.start)))


def _placed(text: str) -> Iterator[tuple[int, str]]:
    """Yield the sentences of *text* with their places."""
    start = 0
    for sentence in sentences(text):
        start = text.find(sentence, start)
        yield start, sentence
        start += len(sentence)


def _spans(text: str, mentions: Iterable[Mention]) -> Iterator[Dated]:
    """Yield *mentions* as spans, with words before them where they alone stand earlier too."""
    free = 0
    for mention in mentions:
        if mention.start < free:
            continue
        start = mention.start
        while text.find(text[start : mention.end]) != start:
            wider = _WORD_BEFORE.search(text, max(free, start - _WORD), start)
            if not wider or mention.end - wider.start() > _WIDEST:
                break
            start = wider.start()
        else:
            yield Dated(span=text[start : mention.end], date=mention.date)
            free = mention.end


def _quoted(text: str) -> Iterator[tuple[int, int]]:
    """Yield where quotations stand; one left open runs to the end, one never opened from there."""
    yield from (match.span() for match in _SINGLE.finditer(text))
    opened: tuple[int, str] | None = None
    for match in _QUOTE.finditer(text):
        mark, place = match[0], match.start()
        if opened and mark in opened[1]:
            yield opened[0], match.end()
            opened = None
        elif opened is None and mark == '"':
            # Behind a word with nothing opened, it closes what opened in a sentence before.
            if place and not text[place - 1].isspace() and text[place - 1] not in "([—–-":
                yield 0, match.end()
            else:
                opened = place, '"'
        elif opened is None and mark in _CLOSES and not (mark == "»" and _ends_word(text, place)):
            opened = place, _CLOSES[mark]
        elif opened is None:
            yield 0, match.end()
    if opened:
        yield opened[0], len(text)


def _ends_word(text: str, place: int) -> bool:
    return place > 0 and not text[place - 1].isspace()
