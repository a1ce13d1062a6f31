"""Compares the numbers, dates, times and quotations of a sentence with those of its sources."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from newsletter.summarise.differing.figures import figure, hedge_before, scales
from newsletter.text.locales import wording_of
from newsletter.text.words import base_language

_UNITS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SPELT = rf"(?:(?:{'|'.join(_TENS)})(?:[-‑ ](?:one|{'|'.join(_UNITS)}))?|{'|'.join(_UNITS)})(?!\w)"
_SPELT = (
    rf"(?:(?:an?|one|{_SPELT})\shundred(?:\sand\s{_SPELT})?(?!\w)|half\san?(?=\s[mbt]\w*illion)"
    rf"|(?:an?|one|two|three|four)\sdozen(?!\w)|(?:an?|one)(?=\s(?:[mbt]\w*illion|thousand)\b)|{_SPELT})"
)
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_CURRENCIES = (
    ("$", r"US\$|\$|USD", r"(?:U\.?S\.? )?dollars?"), ("a$", r"AU?\$|AUD", "Australian dollars?"),
    ("c$", r"CA?\$|CAD", "Canadian dollars?"), ("£", "£|GBP", r"pounds?(?: sterling)?"),
    ("€", "€|EUR", "euros?"), ("yen", "¥|JPY", "yen"), ("yuan", "RMB|CNY", "yuan|renminbi"),
    ("rs", r"₹|Rs\.?|INR", "rupees?"), ("franc", "CHF", r"(?:Swiss )?francs?"),
    ("rouble", "₽|RUB", "roubles?|rubles?"), ("won", "₩", "won"), ("peso", "MXN", "pesos?"),
)  # fmt: skip
_SIGN = "|".join(rf"(?P<sign{i}>{sign})" for i, (_, sign, _) in enumerate(_CURRENCIES))
_MONEY = "|".join(rf"(?P<money{i}>{word})" for i, (_, _, word) in enumerate(_CURRENCIES))
_PERCENT = r"%|per\s?cent\b|pct\b|percentage(?!\spoint)"
_POINTS = r"percentage\spoints?|points?"
_SCALE = "|".join(map(re.escape, scales("en")))
_FIGURE = re.compile(
    rf"(?<![\w.])(?:(?:{_SIGN})\s?)?(?P<number>{_DIGITS}|{_SPELT})(?P<ordinal>(?:st|nd|rd|th)\b)?"
    rf"(?:[\s\u00a0-]?(?P<scale>{_SCALE})(?!\w))?"
    rf"(?P<joint>\s?(?:-|–|—|\bto\b|\band\b)\s?(?=[$£€¥₹]?(?:\d|{_SPELT})))?"
    rf"(?:[\s\u00a0-]?(?:(?P<percent>{_PERCENT})|(?P<points>{_POINTS})\b|(?:{_MONEY})\b))?",
    re.IGNORECASE,
)
# What a number of is another number of something else: 18 months, 18 years.
_MEASURE = re.compile(
    r"[\s-](?:more\s|additional\s)?(?P<unit>seconds?|minutes?|hours?|days?|weeks?|months?|years?"
    r"|decades?|centuries|century|miles?|km|kilomet(?:re|er)s?|met(?:re|er)s?|cm|centimet(?:re|er)s?|mm"
    r"|millimet(?:re|er)s?|feet|foot|ft|inch(?:es)?|yards?|acres?|hectares?|tons?|tonnes?|kg"
    r"|kilo(?:gram)?s?|grams?|litres?|liters?|gallons?|barrels?|mph|degrees?|megawatts?|mw"
    r"|gigawatts?|gw)\b(?!-old)",
    re.IGNORECASE,
)
_SHORT = {
    "km": "kilomet", "kilometer": "kilomet", "kilometre": "kilomet", "metre": "met", "meter": "met",
    "ft": "foot", "feet": "foot", "kg": "kilo", "kilogram": "kilo", "liter": "litre",
    "tonne": "ton",
    "mw": "megawatt", "gw": "gigawatt", "mph": "mile", "inche": "inch", "centurie": "century",
    "cm": "centimet", "centimeter": "centimet", "centimetre": "centimet",
    "mm": "millimet", "millimeter": "millimet", "millimetre": "millimet",
}  # fmt: skip
_CLOCK = re.compile(
    r"(?<![\d:.])(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?\s?m\b\.?"
    r"|(?<![\d:.])(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)(?![\d:])",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:dozens|scores|hundreds|thousands|millions|billions|trillions|doubl(?:e[ds]?|ing)|twice"
    r"|tripl(?:e[ds]?|ing)|quadrupl(?:e[ds]?|ing)|half|halve[ds]?|quarter|(?:a|one|two)[\s-]thirds?"
    r"|majority|minority|record|unanimous(?:ly)?|second|third|fourth|fifth|sixth|seventh"
    r"|eighth|ninth|tenth|several|both|all|every|entire|whole|most|less|fewer|lower|smaller|higher|larger"
    r"|bigger|greater|worse|better|cheaper|faster|slower)\b",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"\b(?:an?|per|each|every)\s(second|minute|hour|day|week|month|quarter|year)\b"
    r"|\b(hour|dai|week|month|quarter|annual|year)ly\b|\b(annual)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:yesterday|today|tonight|tomorrow|(?:last|next|this|past|previous|coming)\s(?:week|month"
    r"|year|night|weekend|summer|spring|autumn|fall|winter|morning|evening|afternoon|decade"
    r"|quarter))\b",
    re.IGNORECASE,
)
_QUOTATION = re.compile(
    r"“([^“”]+)”|„([^„“”]+)[“”]|«\s?([^«»]+?)\s?»|「([^「」]+)」|『([^『』]+)』|\"([^\"]+)\""
    r"|(?<!\w)[‘']([^‘’']{2,}(?:[’'](?=\w)[^‘’']*)*)[’'](?!\w)"
)
_QUOTES = re.compile(r"[\"“”„«»「」『』‘’']")
_EDGES = " .,;:!?…。、，"
_OTHER_DIGITS = re.compile(r"\d[\d.,’' \u00a0\u202f]*\d|\d")
_OTHER_PERCENT = re.compile(
    r"\s?(?:%|％|prozent|pour\s?cent|por\s?cien\w*|per\s?cento|procent)", re.IGNORECASE
)
# Two to twelve where papers spell them out.
_OTHER_SPELT = {
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "it": "due tre quattro cinque sei sette otto nove dieci undici dodici",
    "pt": "dois três quatro cinco seis sete oito nove dez onze doze",
    "nl": "twee drie vier vijf zes zeven acht negen tien elf twaalf",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A number of a sentence: every value that its digits can have, and what it is of.

    `hedge` is "over" or "under" where the number is only a bound.
    """

    values: tuple[float, ...]
    unit: str
    hedge: str
    written: str


def numbers(text: str, language: str) -> tuple[Value, ...]:
    """Return the numbers of *text* in order; the digits of its dates and times are none."""
    plain = _without_times(text, language)
    return tuple(_english(plain) if base_language(language) == "en" else _other(plain, language))


def _english(plain: str) -> Iterator[Value]:
    waiting: list[tuple[re.Match[str], tuple[float, ...], str]] = []
    for match in _FIGURE.finditer(plain):
        read = _amount(match)
        if read is None:
            continue
        waiting.append((match, *read))
        if match["joint"] and match["joint"].strip() != "and" and not read[1]:
            continue  # "40 to 50 per cent": what stands behind the second is said of both
        unit = read[1]
        for one, values, own in waiting:
            head = plain[max(0, one.start() - 40) : one.start()]
            hedge = figure("1", "", hedge=hedge_before(head)[0], language="en")
            bound = hedge.hedge if hedge and hedge.hedge in {"over", "under"} else ""
            yield Value(values=values, unit=own or unit, hedge=bound, written=_written(one))
        waiting = []
    for one, values, own in waiting:
        yield Value(values=values, unit=own, hedge="", written=_written(one))


def _written(match: re.Match[str]) -> str:
    return match[0].removesuffix(match["joint"] or "\0").strip(" -")


def _amount(match: re.Match[str]) -> tuple[tuple[float, ...], str] | None:
    number, scale = match["number"], (match["scale"] or "").casefold()
    words = re.sub(r"^(?:an|one)\b", "a", number.casefold())
    found = figure(words, scale, language="en")
    if found is None:
        return None
    values: tuple[float, ...] = (found.low,)
    parts = match.groupdict()
    signs = {i for i in range(len(_CURRENCIES)) if parts[f"sign{i}"] or parts[f"money{i}"]}
    unit = _CURRENCIES[min(signs)][0] if signs else ""
    if match["ordinal"]:
        unit = "#"
    elif match["percent"] or match["points"]:
        unit = "%" if match["percent"] else "points"
    elif scale in {"m", "b", "k"} and not unit:
        bare = figure(words, "", language="en")
        values = (*values, bare.low) if bare else values  # 1.5m may be metres
    elif not unit and (measure := _MEASURE.match(match.string, match.end())):
        plural = measure["unit"].casefold()
        single = plural.removesuffix("s")
        unit = _SHORT.get(single, single)
    return values, unit


def _other(plain: str, language: str) -> Iterator[Value]:
    wording = wording_of(language)
    for match in _OTHER_DIGITS.finditer(plain):
        try:
            value = wording.value(match[0].rstrip(" .,").replace(" ", "\u00a0"))
        except ValueError:
            continue
        factor, scaled = wording.scale(plain[match.end() :])
        rest = plain[match.end() + len(scaled) :]
        unit = "%" if _OTHER_PERCENT.match(rest) else ""
        yield Value(values=(value * factor,), unit=unit, hedge="", written=match[0])
    spelt = _OTHER_SPELT.get(base_language(language), "").split()
    for word in re.findall(r"[^\W\d_]+", plain.casefold()):
        if word in spelt:
            yield Value(values=(spelt.index(word) + 2.0,), unit="", hedge="", written=word)


def _without_times(text: str, language: str) -> str:
    text = _CLOCK.sub(" ", text)
    for written, _, _ in wording_of(language).dates(text):
        text = text.replace(written, " ")
    return text


def unfounded_numbers(sentence: str, cited: Sequence[str], language: str) -> Iterator[str]:
    """Yield the numbers of *sentence* that no *cited* text has, as they are written.

    60bn is 60 billion, two is 2, 17 per cent is 17%; a bare 17 is not, nor is "up to 17".
    """
    # Each once: a text may be made of nothing but figures.
    known = {_said(one): one for text in cited for one in numbers(text, language)}.values()
    asked = {_said(one): one for one in numbers(sentence, language)}.values()
    for wanted in asked:
        same = [one for one in known if one.unit == wanted.unit and _shared(one, wanted)]
        if not same:
            yield wanted.written
        elif wanted.hedge not in {one.hedge for one in same}:
            hedge = wanted.hedge or same[0].hedge
            yield f"{wanted.written} (its sources {'do not ' if wanted.hedge else ''}say"
            f" {'more' if hedge == 'over' else 'less'})"
    if base_language(language) == "en":
        text = " ".join(cited).casefold()
        rates = {rate for source in cited for _, rate in _rates(source)}
        yield from (written for written, rate in _rates(sentence) if rate not in rates)
        for match in _VAGUE.finditer(sentence):
            if not re.search(rf"\b{re.escape(match[0].casefold()[:5])}", text):
                yield match[0]


def _rates(text: str) -> Iterator[tuple[str, str]]:
    """Yield per what something is in *text*, as it is written and as one word."""
    for match in _RATE.finditer(text):
        unit = next(part for part in match.groups() if part).casefold()
        yield match[0], {"dai": "day", "annual": "year"}.get(unit, unit)


def _said(one: Value) -> tuple[tuple[float, ...], str, str]:
    return one.values, one.unit, one.hedge


def _shared(one: Value, other: Value) -> bool:
    return any(math.isclose(a, b, rel_tol=1e-9) for a in one.values for b in other.values)


def unfounded_dates(sentence: str, cited: Sequence[str], language: str) -> Iterator[str]:
    """Yield the dates, weekdays, months and times of *sentence* that no *cited* text has."""
    wording = wording_of(language)
    days = {(day, month) for text in cited for _, day, month in wording.dates(text)}
    months = {month for _, month in days}
    months |= {month for text in cited for _, month in _months(text, language)}
    weekdays = {day for text in cited for _, day in wording.weekdays_in(text)}
    for written, day, month in wording.dates(sentence):
        if (day, month) not in days:
            yield written
    for written, month in _months(sentence, language):
        if month not in months:
            yield written
    for written, weekday in wording.weekdays_in(sentence):
        if weekday not in weekdays:
            yield written
    clocks = {one for text in cited for _, minutes in _clocks(text) for one in minutes}
    for written, found in _clocks(sentence):
        if not any(a in clocks for a in found):
            yield written
    if base_language(language) == "en":
        relative = {match[0].casefold() for text in cited for match in _RELATIVE.finditer(text)}
        yield from (
            match[0]
            for match in _RELATIVE.finditer(sentence)
            if match[0].casefold() not in relative
        )


def _months(text: str, language: str) -> Iterator[tuple[str, int]]:
    months = wording_of(language).months
    is_english = base_language(language) == "en"
    for word in re.findall(r"[^\W\d_]{3,}", text):
        month = months.get(word.casefold())
        if month and not (is_english and word.islower()):
            yield word, month


def _clocks(text: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the times of day of *text* and the minutes since midnight that each can be."""
    for match in _CLOCK.finditer(text):
        if match["half"]:
            hour = int(match["hour"]) % 12 + 12 * (match["half"].lower() == "p")
            yield match[0], (60 * hour + int(match["minute"] or 0),)
        else:
            minutes = 60 * int(match["hour24"]) + int(match["minute24"])
            yield match[0], (minutes, (minutes + 720) % 1440)


def quotations(text: str) -> Iterator[str]:
    """Yield what stands in quotation marks in *text*."""
    for match in _QUOTATION.finditer(text):
        yield next(part for part in match.groups() if part)


def unfounded_quotations(sentence: str, cited: Iterable[str]) -> Iterator[str]:
    """Yield the quotations of *sentence* that no *cited* text has word for word."""
    texts = [_bare(text) for text in cited]
    for quoted in quotations(sentence):
        wanted = _bare(quoted).strip(_EDGES)
        if not any(wanted in text for text in texts):
            yield quoted


def _bare(text: str) -> str:
    return " ".join(_QUOTES.sub("'", text).casefold().split())
