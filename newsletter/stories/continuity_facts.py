"""Reads from an article what can be checked as new: its figures, its names, the days it names."""

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from itertools import pairwise
from typing import Literal

from newsletter.model import Article
from newsletter.text.locales import Wording, wording_of
from newsletter.text.sentences import sentences
from newsletter.text.words import base_language, is_unspaced, terms, words

# Sentences of a text that, with the headline, open an article: news says first what is new.
_OPENING = 2
# Characters of a headline and of a text that are read: what stands further down is background.
_TITLE_READ, _READ = 300, 4_000
_NUMBER = re.compile(
    r"(?<![\d.,:])(?<![^\W\d_]-)(?P<sign>[A-Z]{0,2}[$€£¥₹₽₩]\s?|(?:USD|EUR|GBP|JPY|CHF|CNY|INR)\s)?"
    r"(?P<number>\d{1,3}(?:[.,’\u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?)"
    r"(?P<rest>[\s-]?[^\W\d_]*\.?)"
)
_PERCENT = re.compile(
    r"\s?(?:[%٪％]|per\s?cents?\b|percent\w*|prozent\b|procent\w*|pour cent\b|por ciento\b"
    r"|por cento\b|процент\w*)",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(r"[^\W\d_](?:[\w’'-]|\.(?=\w))*")
_ENDING = re.compile(r"[’']s?$")
# Written with a capital, and no part of a name that two papers would write alike.
_FORMS = frozenset(
    "i i'm i'd i've i'll i’m i’d i’ve i’ll mr mrs ms dr prof sen rep gov pres gen st "
    "sept u.s us u.k uk eu ap afp gop r d".split()
)
_ABBREVIATED = 3  # letters of a month that may be a name
_YEAR, _YEARS = 4, range(1500, 2200)
_AFTER = 24  # characters behind a figure that may hold its scale or its currency
_CONVERTED = 20  # characters between an amount and the same in another currency
_SMALL = 10  # a number under it is told in passing: two men, the third of four
_NOUNS_IN_CAPITALS = frozenset({"de", "lb"})
# Share of a headline's longer words in capitals from which capitals there tell nothing.
_TITLE_CASE = 0.6
_WORD_OF_TITLE = 4
_DAYS_BACK = 60  # a date longer ago is not the news of an update
_LONG_RUN = 3  # characters: shorter runs of an unspaced script meet by chance


class Place(IntEnum):
    """Where an article says something."""

    BELOW = 0
    OPENING = 1
    HEADLINE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something an article says that can be looked for elsewhere; `shown` is how it is printed.

    `value` is a figure's amount or a day's ordinal, 0.0 of a name.
    """

    kind: Literal["figure", "name", "day"]
    shown: str
    value: float
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What one article says: its facts in order of place, and all its terms and amounts."""

    facts: tuple[Fact, ...]
    terms: frozenset[str]
    amounts: frozenset[float]


def facts_of(article: Article) -> Facts:
    """Return the figures, names and days of an article's headline and the head of its text.

    Years, ages, times of day and small numbers are no figures. A name is a run of capitals within a
    sentence; where a language writes every noun so, of two words at least; in a script without
    capitals, a run of the headline's characters. A day is a weekday or a date that the article's
    own date makes certain: an undated article names none.
    """
    wording = wording_of(article.language)
    title, text = article.title[:_TITLE_READ], article.text[:_READ]
    told = sentences(text)
    known = _names_within(told)
    found: list[Fact] = []
    for number, sentence in enumerate([title, *told]):
        place = Place.HEADLINE if number == 0 else Place(number <= _OPENING)
        names = (
            _names_of_title(sentence, article.language, known)
            if place == Place.HEADLINE
            else _names(sentence, article.language, known)
        )
        found += [
            Fact(kind="figure", shown=shown, value=amount, place=place)
            for shown, amount in _amounts(sentence, wording)
            if shown
        ]
        found += [Fact(kind="name", shown=name, value=0.0, place=place) for name in names]
        found += [
            Fact(kind="day", shown=shown, value=float(day.toordinal()), place=place)
            for shown, day in _days(sentence, article, wording)
        ]
    whole = f"{title}\n{text}"
    return Facts(
        facts=tuple(found),
        terms=frozenset(terms(whole, article.language)),
        amounts=frozenset(amount for _, amount in _amounts(whole, wording)),
    )


def _amounts(text: str, wording: Wording) -> Iterator[tuple[str, float]]:
    """Yield amounts as they are printed, "" for one that is no figure, with value."""
    last = -_CONVERTED
    for match in _NUMBER.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if before.isalpha() and not is_unspaced(before):
            continue  # G20
        end = match.end("number")
        factor, word = wording.scale(text[end : end + _AFTER])
        percent = _PERCENT.match(text, end)
        end = percent.end() if percent else end + len(word)
        currency = "" if percent or match["sign"] else wording.currency(text[end : end + _AFTER])
        # "£640m ($812m)" says one thing twice.
        counts = before != "(" or match.start() - last > _CONVERTED
        if counts and not (match["sign"] or percent or word or currency):
            counts = _is_count(text, match, wording)
        space = "" if is_unspaced(currency) else " "
        shown = f"{text[match.start() : end].strip(' .,')}{space}{currency}".strip()
        last = end
        yield shown if counts else "", wording.value(match["number"]) * factor
    for number in wording.spelt_in(text):
        yield "", float(number)


def _is_count(text: str, match: re.Match[str], wording: Wording) -> bool:
    """Tell whether a bare number counts something, and is no year, age, hour, day or name."""
    number, rest = match["number"], match["rest"]
    start, end = match.start(), match.end("number")
    if wording.value(number) < _SMALL or (len(number) == _YEAR and int(float(number)) in _YEARS):
        return False
    is_age = text[max(0, start - 2) : start] == ", " and text[end : end + 1] == ","
    is_joined = "-" in {rest[:1], text[start - 1 : start]} or (
        rest[:1].isalpha() and not is_unspaced(rest[0])
    )
    if is_age or is_joined or text[end : end + 1] == ":":
        return False
    return not wording.is_day_beside(text, start, end)


def _names_within(told: Iterable[str]) -> frozenset[str]:
    """Return the words that stand with a capital inside sentences."""
    found: set[str] = set()
    for sentence in told:
        found.update(m[0] for m in list(_CAPITALISED.finditer(sentence))[1:] if m[0][0].isupper())
    return frozenset(found)


def _names(sentence: str, language: str, known: frozenset[str]) -> Iterator[str]:
    """Yield the runs of capitals of a sentence, its first word only where it is known as a name."""
    least = 2 if base_language(language) in _NOUNS_IN_CAPITALS else 1
    calendar = wording_of(language).calendar
    run: list[str] = []
    end = -1  # of the run, where it can go on
    for place, match in enumerate(_CAPITALISED.finditer(sentence)):
        word = _ENDING.sub("", match[0])
        folded = word.casefold()
        # Jan is a month, and a man.
        able = word[0].isupper() and folded not in _FORMS and (place or word in known)
        able = able and (folded not in calendar or len(folded) <= _ABBREVIATED)
        if run and not (able and sentence[end : match.start()] == " "):
            if _is_name(run, least, calendar):
                yield " ".join(run)
            run = []
        if able:
            run.append(word)
            end = match.end() if word == match[0] else len(sentence)
    if _is_name(run, least, calendar):
        yield " ".join(run)


def _is_name(run: Sequence[str], least: int, calendar: AbstractSet[str]) -> bool:
    return len(run) >= least and not all(word.casefold() in calendar for word in run)


def _names_of_title(title: str, language: str, known: frozenset[str]) -> Iterator[str]:
    """Yield the names of a headline; where it is set in capitals, those that the text knows."""
    if any(is_unspaced(word) for word in words(title, language)):
        yield from _unspaced_runs(title)
        return
    longer = [m[0] for m in _CAPITALISED.finditer(title) if len(m[0]) >= _WORD_OF_TITLE]
    capitals = sum(word[0].isupper() for word in longer)
    if longer and capitals >= _TITLE_CASE * len(longer):
        yield from (word for word in longer if word in known and word[0].isupper())
    else:
        yield from _names(title, language, known)


def _unspaced_runs(title: str) -> Iterator[str]:
    """Yield the runs of Han, kana or other characters that no mark divides."""
    run = ""
    for character in title:
        # Hiragana joins words and inflects them: what it divides are the words that tell.
        if is_unspaced(character) and not "\u3041" <= character <= "\u309f":
            run += character
        else:
            if len(run) >= _LONG_RUN:
                yield run
            run = ""
    if len(run) >= _LONG_RUN:
        yield run


def _days(sentence: str, article: Article, wording: Wording) -> Iterator[tuple[str, date]]:
    """Yield the days that a sentence names, those that lie within the year before the article."""
    if article.published is None:
        return
    today = article.published.date()
    if today.toordinal() <= _DAYS_BACK:
        return
    for shown, weekday in wording.weekdays_in(sentence):
        yield shown, today - timedelta(days=(today.weekday() - weekday) % 7)
    for shown, day, month in wording.dates(sentence):
        named = _latest(day, month, today)
        if named:
            yield shown, named


def _latest(day: int, month: int, today: date) -> date | None:
    """Return the last such date until *today*, of any month if 0, None where there is none."""
    for back in range(_DAYS_BACK):
        named = today - timedelta(days=back)
        if named.day == day and month in {0, named.month}:
            return named
    return None


def parts_of(name: str, language: str) -> Sequence[str]:
    """Return what of a name is looked for elsewhere: its stems, or pairs of its characters."""
    if is_unspaced(name):
        return [a + b for a, b in pairwise(name)]
    return [term for term in terms(name, language) if len(term) > 1]
