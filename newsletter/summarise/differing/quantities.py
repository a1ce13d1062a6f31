"""Finds the amounts, percentages, counts, days and times that a sentence gives."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from newsletter.summarise.differing.days import Moment, moments
from newsletter.summarise.differing.figures import (
    FIRST_WORDS,
    LANGUAGES,
    NUMBER_WORDS,
    Figure,
    digits,
    figure,
    hedge_before,
    scales,
)
from newsletter.text.words import base_language

Kind = Literal["amount", "count", "percentage", "date", "time"]

_SIGNS = {
    "$": "dollar", "us$": "dollar", "usd": "dollar", "a$": "a$", "au$": "a$", "c$": "c$",
    "ca$": "c$", "hk$": "hk$", "nz$": "nz$", "s$": "s$", "r$": "r$", "£": "pound", "gbp": "pound",
    "€": "euro", "eur": "euro", "¥": "yen", "₹": "rupee", "rs": "rupee", "rs.": "rupee",
    "chf": "franc",
}  # fmt: skip
_CURRENCIES = {
    "dollar": "dollar", "dollars": "dollar", "euro": "euro", "euros": "euro", "pounds": "pound",
    "yen": "yen", "yuan": "yuan", "rupee": "rupee", "rupees": "rupee", "roubles": "ruble",
    "rubles": "ruble", "francs": "franc", "reais": "r$", "pesos": "peso", "crowns": "crown",
    "kronor": "krona", "kroner": "krone", "franken": "franc", "dollari": "dollar",
    "dólares": "dollar", "pfund": "pound",
}  # fmt: skip
_SIGN = r"(?:US|AU?|CA?|HK|NZ|S|R)?\$|£|€|¥|₹|\bRs\.?|\b(?:USD|GBP|EUR|CHF)"
_PERCENT = r"%|per\s?cent\b|pct\b|Prozent\b|pour\scent\b|por\sciento\b|procent\b"
_POINTS = r"(?:percentage|basis)\spoints?\b"
_TO = {"en": "to", "de": "bis", "fr": "à", "es": "a", "it": "a", "pt": "a", "nl": "tot"}
_DIGIT = re.compile(r"\d")
_SPELT = re.compile(rf"\d|\b(?=[aefhnost])(?:{FIRST_WORDS})", re.IGNORECASE)
_HYPHEN = re.compile("[-‑]")
_LONGEST = 30  # characters of a figure: a longer run of digits is none
_SENTENCE = 1_000  # characters: what is longer is a table or a list, and no sentence
_HEAD = 40  # characters before a figure that may hold its hedge
_SIGN_BEFORE = re.compile(rf"(?:{_SIGN})\s?$", re.IGNORECASE)
_GLUED = re.compile(r"[\w.,:/#‑–-]$|/\s$|\s[-–]\s$")
_GROUP = re.compile(r"(?<!\d)\d{1,3}(?:,\s|\s)\d{3}(?!\d)")  # "4, 183", and French thousands
_RUN = re.compile(r"[\w.,:/]+")
_AFTER_CURRENCY = frozenset({"m", "b", "k", "mm"})  # elsewhere metres, or a name
_COMPOUND = re.compile(r"[-‑–/]\w|\s?-\s\w|['’]?s\b|\w")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A quantity in a sentence: its span, how it is printed, and what it is of.

    `unit` is the currency of an amount, "points" of a percentage that is a distance. A date or a
    time has a `moment`, all else a `figure`.
    """

    kind: Kind
    start: int
    end: int
    printed: str
    unit: str = ""
    figure: Figure | None = None
    moment: Moment | None = None


@cache
def _pattern(language: str, joined_by: str) -> re.Pattern[str]:
    """Return the pattern of a figure from its first digit or word on; *joined_by* makes a range."""
    number, scale = digits(language), "|".join(map(re.escape, scales(language)))
    currency = "|".join(sorted(_CURRENCIES, key=len, reverse=True))
    scale = rf"(?:[\s\u00a0-]?(?P<scale>{scale})(?!\w))?"
    last_scale = scale.replace("<scale>", "<scale2>")
    return re.compile(
        rf"(?P<first>{number})(?!\d|[,.:/]\d){scale}"
        rf"(?:\s?(?:{joined_by})\s?(?P<sign2>{_SIGN})?(?P<last>{number})(?!\d|[,.:/]\d){last_scale})?"
        rf"(?:[\s\u00a0-]?(?:(?P<percent>{_PERCENT})|(?P<points>{_POINTS})"
        rf"|(?:(?:US|d['’]|de\s|di\s|U\.S\.\s)?(?P<currency>{currency})\b)))?",
        re.IGNORECASE,
    )


# Differences and confirmations ask for the same sentences.
@lru_cache(maxsize=1 << 12)
def quantities(sentence: str, language: str) -> tuple[Quantity, ...]:
    """Return the quantities of *sentence* in order, none overlapping another.

    A count is any other figure: what it counts is for the caller to see. Counts, days and times are
    read in English only; of a language whose figures are not known nothing is, nor of a sentence of
    over a thousand characters.
    """
    base = base_language(language)
    if base not in LANGUAGES or len(sentence) > _SENTENCE:
        return ()
    english = base == "en"
    has_digits = _DIGIT.search(sentence) is not None
    is_spelt = english and not NUMBER_WORDS.isdisjoint(
        _HYPHEN.sub(" ", sentence.casefold()).split()
    )
    found = [
        Quantity(kind=one.kind, start=one.start, end=one.end, printed=one.printed, moment=one)
        for one in (moments(sentence, has_digits=has_digits) if english else ())
    ]
    taken = [(one.start, one.end) for one in found]
    if not (has_digits or is_spelt):
        return tuple(found)
    begins, position = _SPELT if is_spelt else _DIGIT, 0
    while match := begins.search(sentence, position):
        position = match.end()
        one, position = _figured(sentence, match.start(), base)
        is_free = one is not None and not any(one.start < b and a < one.end for a, b in taken)
        if one is not None and is_free and (english or one.kind != "count"):
            found.append(one)
    return tuple(sorted(found, key=lambda one: one.start))


def _figured(sentence: str, place: int, language: str) -> tuple[Quantity | None, int]:
    """Return the quantity whose figure begins at *place*, if any, and from where to read on."""
    head = sentence[max(0, place - _HEAD) : place]
    sign = _SIGN_BEFORE.search(head[-5:])
    hedge, length = hedge_before(head[: len(head) - len(sign[0])] if sign else head)
    joined_by = r"\band\b" if hedge == "between" else rf"-|–|—|\b{_TO[language]}\b"
    match = _pattern(language, joined_by).match(sentence, place)
    if match is None or (not sign and _GLUED.search(head[-3:])) or _is_group(sentence, place):
        rest = _RUN.match(sentence, place)
        return None, rest.end() if rest else place + 1
    start = place - (len(sign[0]) if sign else 0) - length
    currency = _SIGNS.get(sign[0].strip().casefold(), "") if sign else ""
    return _quantity(match, start, language, hedge=hedge, currency=currency), match.end()


def _quantity(
    match: re.Match[str], start: int, language: str, *, hedge: str, currency: str
) -> Quantity | None:
    """Return what *match* gives, or None for a year, an ordinal, a score or a part of a name."""
    sentence, parts = match.string, match.groupdict(default="")
    unit = currency or _CURRENCIES.get(parts["currency"].casefold(), "")
    kind: Kind = "amount" if unit else "count"
    if parts["percent"] or parts["points"]:
        kind, unit = "percentage", "points" if parts["points"] else ""
    written = {parts["scale"].casefold(), parts["scale2"].casefold()}
    if match.end() < len(sentence) and sentence[match.end()].isalpha():
        return None
    if kind == "count":
        if written & _AFTER_CURRENCY or _COMPOUND.match(sentence, match.end()):
            return None
        if not any(written) and _is_year(parts["first"]):
            return None
    if max(len(parts["first"]), len(parts["last"])) > _LONGEST:
        return None
    value = figure(
        parts["first"], parts["scale"], last=parts["last"], last_scale=parts["scale2"],
        hedge=hedge, language=language,
    )  # fmt: skip
    if value is None:
        return None
    return Quantity(
        kind=kind,
        start=start,
        end=match.end(),
        printed=" ".join(sentence[start : match.end()].split()),
        unit=unit,
        figure=value,
    )


def _is_group(sentence: str, place: int) -> bool:
    """Tell whether the figure at *place* begins or ends one whose thousands are spaced out."""
    return any(
        match.start() <= place < match.end()
        for match in _GROUP.finditer(sentence, max(0, place - 5), place + 9)
    )


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and 1800 <= int(text) <= 2100
