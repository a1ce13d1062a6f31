"""Finds the relative dates of German, French, Spanish, Italian, Dutch and Portuguese sentences."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from newsletter.summarise.dating.days import Mention, Standpoint
from newsletter.summarise.dating.grammar import GRAMMARS, Grammar
from newsletter.text.locales import wording_of

LANGUAGES = frozenset(GRAMMARS)

_BREAK = re.compile(r"[;:()\[\]—–]|,(?!\d)|\s-\s|\.{2,}|…")
_YEAR = re.compile(r"(?<![\d.,$€£-])(?:1[5-9]|20)\d\d(?![\d%]|[.,]\d)")
_EXPLICIT = re.compile(
    r"\s?[,(]?\s?(?:(?:de[nmr]?|le|el|il|dia)\s)?\d{1,2}(?![:\d.,]*\s?(?:Uhr|h\b|uur))"
)
_NAME_AFTER = re.compile(r"\s(?:noir|saint|Santo|santo|de Ramos|in Albis|nero|negro|gordo|gras)\b")

_Way = Literal["past", "future", "unclear"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """One language's grammar and the patterns made of it."""

    grammar: Grammar
    weekdays: Mapping[str, int]
    weekday: re.Pattern[str]
    near: re.Pattern[str]
    spell: re.Pattern[str]


def continental(sentence: str, here: Standpoint, language: str) -> Iterator[Mention]:
    """Yield the relative dates of a *sentence* as they count from *here*, in any order.

    *language* is one of `LANGUAGES`. A weekday is read where its clause shows by its verbs that it
    looks back, or that it looks ahead, and nothing speaks against it; a sentence that tells of
    another year is left alone.
    """
    if any(int(match[0]) < here.day.year for match in _YEAR.finditer(sentence)):
        return
    reader = _reader(language)
    yield from _weekdays(sentence, here, reader)
    yield from _near(sentence, here, reader)
    if here.day.weekday() == 6:
        return
    for match in reader.spell.finditer(sentence):
        unit, apart = reader.grammar.spells[str(match.lastgroup)]
        moved = {"week": here.week, "month": here.month, "year": here.year}[unit](apart)
        if moved:
            yield Mention(start=match.start(), end=match.end(), date=moved)


def _weekdays(sentence: str, here: Standpoint, reader: _Reader) -> Iterator[Mention]:
    grammar = reader.grammar
    for match in reader.weekday.finditer(sentence):
        before, after = sentence[: match.start()], sentence[match.end() :]
        is_name = grammar.weekday_is_capital != match["day"][0].isupper() and before.strip(' «“"')
        is_explicit = _EXPLICIT.match(after) or _NAME_AFTER.match(after)
        if is_name or is_explicit or grammar.habit.search(before):
            continue
        number = reader.weekdays[match["day"].casefold()]
        apart = _apart(match, here, number, _way(sentence, match.start(), grammar))
        found = here.days(apart) if apart is not None else None
        if found:
            yield Mention(start=match.start(), end=match.end(), date=found)


def _apart(match: re.Match[str], here: Standpoint, number: int, way: _Way) -> int | None:
    """Return how many days away the weekday of *match* is, None where it is not sure."""
    back, ahead = here.back(number), here.ahead(number)
    groups = match.groupdict()
    if groups.get("last") or groups.get("last2"):
        # As in English: within one week, "last Monday" may be either of two.
        return -(back or 7) if not back or not here.is_this_week(-back) else None
    if groups.get("next") or groups.get("next2"):
        return (ahead or 7) if not here.is_this_week(ahead or 7) else None
    match way:
        case "past":
            return -back if not back or ahead > 1 else None
        case "future":
            return ahead if here.is_sure or ahead < 6 else None
        case _:
            return None


def _near(sentence: str, here: Standpoint, reader: _Reader) -> Iterator[Mention]:
    """Yield the yesterdays and tomorrows, and today where something was done on it."""
    if not here.is_sure:
        return
    grammar = reader.grammar
    for match in reader.near.finditer(sentence):
        apart = grammar.near[match[0].casefold().replace("’", "'")]
        before = sentence[: match.start()]
        way = _way(sentence, match.start(), grammar)
        if grammar.not_near.search(before) or (match[0][0].isupper() and before.strip(' «“"')):
            continue
        wanted: _Way | None = "past" if not apart else grammar.tomorrow if apart > 0 else None
        found = here.days(apart) if wanted in (None, way) else None
        if found:
            yield Mention(start=match.start(), end=match.end(), date=found)


def _way(sentence: str, place: int, grammar: Grammar) -> _Way:
    """Return whether the clause around *place* looks back or ahead, by its verbs alone."""
    cuts = [0, *(match.end() for match in _BREAK.finditer(sentence)), len(sentence)]
    start = max(cut for cut in cuts if cut <= place)
    end = min(cut for cut in cuts if cut > place)
    clause = sentence[start:end]
    past, ahead = grammar.past.search(clause), grammar.ahead.search(clause)
    if past and not ahead:
        return "past"
    return "future" if ahead and not past else "unclear"


@lru_cache(maxsize=8)
def _reader(language: str) -> _Reader:
    grammar = GRAMMARS[language]
    weekdays = wording_of(language).weekdays
    names = "|".join(re.escape(name) for name in weekdays)
    either = "|".join(
        re.escape(word).replace("'", "['’]") for word in sorted(grammar.near, key=len)[::-1]
    )
    spells = "|".join(f"(?P<{name}>{pattern})" for name, pattern in grammar.spell_patterns.items())
    return _Reader(
        grammar=grammar,
        weekdays=weekdays,
        weekday=re.compile(
            rf"(?<![\w-])(?:(?P<last>{grammar.last}) |(?P<next>{grammar.next}) )?"
            rf"(?P<day>{names}){grammar.part}"
            rf"(?: (?:(?P<last2>{grammar.last})|(?P<next2>{grammar.next})))?(?![\w-])",
            re.IGNORECASE,
        ),
        near=re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", re.IGNORECASE),
        spell=re.compile(rf"(?<![\w-])(?:{spells})(?![\w-])", re.IGNORECASE),
    )
