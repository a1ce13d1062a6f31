"""How languages write weekdays, months and large numbers, after Unicode's CLDR."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from newsletter.text.words import base_language, is_unspaced

# What newspapers write beside CLDR's forms. Short ones count after a figure only.
_SHORT_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "tn": 1e12}
_CURRENCIES = re.compile(
    r"\s?((?:(?:US|Canadian|Australian|New Zealand)[ -])?dollars?|euros?|pounds?|yen|yuan|rupees?"
    r"|francs?|kron(?:er|or|en)|Euro|Dollar|Pfund|Franken|dólares|livres|руб\w*|€|\$|£)(?!\w)"
    r"|([円元원])"
)
_ENGLISH = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
).split()
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_HAN_DATE = re.compile(r"(?<!\d)(?:(?P<month>1?\d)月)?(?P<day>[1-3]?\d)[日号號](?!間|间)")
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One language's words for days and numbers, in lower case.

    `weekdays` begin with Monday as 0, `months` with January as 1; `scales` are by what they
    multiply with; `numbers` are those that the language's papers spell out, where we know them.
    """

    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    scales: Mapping[str, float]
    numbers: Mapping[str, int]
    decimal: str
    weekday: re.Pattern[str]
    spelt: re.Pattern[str]
    day_month: re.Pattern[str]

    @property
    def calendar(self) -> frozenset[str]:
        """Return the words that are no names though some languages give them a capital."""
        return frozenset({*self.weekdays, *self.months})

    def value(self, number: str) -> float:
        """Return what a figure's digits amount to, whatever marks divide them."""
        plain = re.sub(r"[’\u00a0\u202f]", "", number)
        grouped = re.fullmatch(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:[.,]\d{1,2})?", plain)
        if grouped and (plain.count(grouped[1]) > 1 or grouped[1] != self.decimal):
            plain = plain.replace(grouped[1], "")
        return float(plain.replace(",", "."))

    def scale(self, rest: str) -> tuple[float, str]:
        """Return what the word after a figure multiplies it with, 1 if nothing, and that word."""
        word = rest.strip(" \u00a0-.").casefold()
        for length in range(len(word), 0, -1):
            # Only a script without spaces goes on after the word for a scale: 3億円.
            if length < len(word) and word[length - 1].isascii():
                continue
            factor = self.scales.get(word[:length]) or _SHORT_SCALES.get(word[:length])
            if factor:
                skipped = len(rest) - len(rest.lstrip(" \u00a0-"))
                return factor, rest[: skipped + length]
        return 1, ""

    def currency(self, after: str) -> str:
        """Return the name of a currency that *after* begins with, "" if it does not."""
        found = _CURRENCIES.match(after)
        return found[1] or found[2] if found else ""

    def is_day_beside(self, text: str, start: int, end: int) -> bool:
        """Tell whether the number there is the day of a date."""
        first, last = max(0, start - 14), end + 16
        near = (*self.day_month.finditer(text, first, last), *_HAN_DATE.finditer(text, first, last))
        return any(match.start() < end and start < match.end() for match in near)

    def dates(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Yield the dates of *text* as they are written, with day and month, 0 for the latest."""
        for match in _HAN_DATE.finditer(text):
            yield match[0], int(match["day"]), int(match["month"] or 0)
        for match in self.day_month.finditer(text):
            month = self.months[(match["month"] or match["before"]).casefold().rstrip(".")]
            yield match[0], int(match["day"] or match["after"]), month


@lru_cache(maxsize=64)
def wording_of(language: str) -> Wording:
    """Return the wording of a BCP 47 language, English where CLDR does not know it."""
    base = base_language(language)
    try:
        locale = Locale.parse(base)
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse("en")
    weekdays = {name.casefold(): day for day, name in locale.days["format"]["wide"].items()}
    months = _months(locale)
    english = base == "en"
    numbers = {word: n for n, word in enumerate(_ENGLISH, start=2)} if english else {}
    numbers |= {"dozen": 12} if english else {}
    numbers |= {word: 10 * n for n, word in enumerate(_ENGLISH_TENS, start=2)} if english else {}
    month = _either(name for name in months if not name[0].isdigit())
    return Wording(
        weekdays=weekdays,
        months=months,
        scales=_scales(locale),
        numbers=numbers,
        decimal=str(locale.number_symbols.get("latn", {}).get("decimal", ".")),
        weekday=re.compile(rf"(?<!\w)(?:{_either(weekdays)})(?!\w)", re.IGNORECASE),
        spelt=re.compile(rf"\b(?:{_either(numbers)})\b", re.IGNORECASE) if numbers else _NEVER,
        day_month=re.compile(
            rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)? (?:(?:de|of) )?"
            rf"(?P<month>{month})(?!\w)"
            rf"|(?<!\w)(?P<before>{month})\.? (?P<after>\d{{1,2}})(?!\d)",
            re.IGNORECASE,
        ),
    )


def _months(locale: Locale) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for month, name in locale.months[context][width].items():
                found.setdefault(name.casefold().rstrip("."), month)
    return found


def _scales(locale: Locale) -> Mapping[str, float]:
    """Return the words for thousand, million and so on."""
    found: dict[str, float] = {}
    for patterns in locale.compact_decimal_formats.values():
        for plural in patterns.values():
            for power, pattern in plural.items():
                shown = re.sub(r"[';¤]", "", str(pattern.pattern).split(";")[0])
                zeros = shown.count("0")
                word = shown.strip("0 \u00a0\u200f.").casefold()
                # One letter is short for too many things to stand for a scale.
                if zeros and (len(word) > 1 or is_unspaced(word)):
                    found.setdefault(word, float(power) / 10 ** (zeros - 1))
    return found


def _either(names: Iterator[str] | Mapping[str, int]) -> str:
    return "|".join(sorted(map(re.escape, names), key=lambda name: (-len(name), name)))
