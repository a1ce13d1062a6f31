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
    """One language's words for days and numbers.

    `weekdays` begin with Monday as 0, `months` with January as 1; `scales` are by what they
    multiply with; `numbers` are those that the language's papers spell out, where we know them: all
    as `_plain` writes them, `calendar` in lower case. Patterns ignore case.
    """

    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    calendar: frozenset[str]
    scales: Mapping[str, float]
    numbers: Mapping[str, int]
    decimal: str
    weekday: re.Pattern[str]
    spelt: re.Pattern[str]
    day_month: re.Pattern[str]
    multiplier: re.Pattern[str]

    def value(self, number: str) -> float:
        """Return what a figure's digits amount to, whatever marks divide them."""
        plain = re.sub(r"[’\u00a0\u202f]", "", number)
        grouped = re.fullmatch(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:[.,]\d{1,2})?", plain)
        if grouped and (plain.count(grouped[1]) > 1 or grouped[1] != self.decimal):
            plain = plain.replace(grouped[1], "")
        return float(plain.replace(",", "."))

    def scale(self, after: str) -> tuple[float, str]:
        """Return what *after* a figure multiplies it with, 1 if nothing, and the text that does."""
        found = self.multiplier.match(after)
        return (self.scales.get(_plain(found["word"]), 1), found[0]) if found else (1, "")

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
            month = self.months.get(_plain((match["month"] or match["before"]).rstrip(".")))
            if month:
                yield match[0], int(match["day"] or match["after"]), month

    def weekdays_in(self, text: str) -> Iterator[tuple[str, int]]:
        """Yield the weekdays of *text* as they are written, with the number of each."""
        for match in self.weekday.finditer(text):
            day = self.weekdays.get(_plain(match[0]))
            if day is not None:
                yield match[0], day

    def spelt_in(self, text: str) -> Iterator[int]:
        """Yield the numbers that *text* spells out."""
        for match in self.spelt.finditer(text):
            yield self.numbers.get(_plain(match[0]), 0)


@lru_cache(maxsize=64)
def wording_of(language: str) -> Wording:
    """Return the wording of a BCP 47 language, English where CLDR does not know it."""
    base = base_language(language)
    try:
        locale = Locale.parse(base)
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse("en")
    weekdays = {name.casefold(): day for day, name in locale.days["format"]["wide"].items()}
    months, scales = _months(locale), {**_SHORT_SCALES, **_scales(locale)}
    english = base == "en"
    numbers = {word: n for n, word in enumerate(_ENGLISH, start=2)} if english else {}
    numbers |= {"dozen": 12} if english else {}
    numbers |= {word: 10 * n for n, word in enumerate(_ENGLISH_TENS, start=2)} if english else {}
    # Chinese, Japanese and Korean number their months: `_HAN_DATE` reads those.
    month = _either(name for name in months if not name[0].isdigit()) or _NEVER.pattern
    return Wording(
        weekdays={_plain(name): day for name, day in weekdays.items()},
        months={_plain(name): month for name, month in months.items()},
        calendar=frozenset({*weekdays, *months}),
        scales={_plain(name): factor for name, factor in scales.items()},
        numbers=numbers,
        decimal=str(locale.number_symbols.get("latn", {}).get("decimal", ".")),
        multiplier=_multiplier(scales),
        weekday=re.compile(rf"(?<!\w)(?:{_either(weekdays)})(?!\w)", re.IGNORECASE),
        spelt=re.compile(rf"\b(?:{_either(numbers)})\b", re.IGNORECASE) if numbers else _NEVER,
        day_month=re.compile(
            rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)? (?:(?:de|of) )?"
            rf"(?P<month>{month})(?!\w)"
            rf"|(?<!\w)(?P<before>{month})\.? (?P<after>\d{{1,2}})(?!\d)",
            re.IGNORECASE,
        ),
    )


def _plain(name: str) -> str:
    """Return what is one for all that a pattern takes for *name*, its i dotted or not.

    Without case, Python's patterns take I, İ and ı for i; lower case keeps them apart.
    """
    return name.casefold().replace("i\u0307", "i").replace("ı", "i")


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
                word = shown.strip("0 \u00a0\u200f.").replace("\u00a0", " ").casefold()
                # One letter is short for too many things to stand for a scale.
                if zeros and (len(word) > 1 or is_unspaced(word)):
                    found.setdefault(word, float(power) / 10 ** (zeros - 1))
    return found


def _multiplier(scales: Mapping[str, float]) -> re.Pattern[str]:
    """Return the pattern of a word behind a figure that multiplies it."""
    spaced = _either(name for name in scales if not is_unspaced(name))
    # A script without spaces goes on after the word: 3億円.
    unspaced = _either(name for name in scales if is_unspaced(name)) or _NEVER.pattern
    return re.compile(rf"[\s\u00a0-]?(?P<word>(?:{spaced})(?!\w)|{unspaced})", re.IGNORECASE)


def _either(names: Iterator[str] | Mapping[str, int]) -> str:
    return "|".join(sorted(map(re.escape, names), key=lambda name: (-len(name), name)))
