"""Reads figures as news writes them: digits, words, scales, ranges, and how exact they are."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from newsletter.text.locales import wording_of

Hedge = Literal["", "about", "over", "under"]

_UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
_ONES = "|".join(word for word in _UNITS if word not in {"zero", "one"})
_SPELT = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[-‑ ](?:one|{_ONES}))?|{_ONES}|one(?=\s(?:hundred|thousand"
    r"|million|billion|trillion)))"
)
# "three hundred and fifty", "a dozen", "half a million"
_WORDS = (
    rf"(?:(?:a|{_SPELT})\shundred(?:\sand\s{_SPELT})?|(?:a|two|three|four|several)\sdozen(?!s)"
    rf"|half\sa(?=\s(?:million|billion|trillion))|a(?=\s(?:million|billion|trillion)\b)|{_SPELT})"
)
FIRST_WORDS = (
    rf"(?:{'|'.join(_TENS)}|{_ONES}|one|a(?=\s(?:hundred|dozen|million|billion|trillion))"
    r"|several(?=\sdozen)|half(?=\sa\s))\b"
)
NUMBER_WORDS = frozenset({*_UNITS, *_TENS, "dozen", "million", "billion", "hundred"}) - {"one"}
# What newspapers write beside CLDR's forms.
_OWN_SCALES: Mapping[str, Mapping[str, float]] = {
    "en": {
        "bln": 1e9, "b": 1e9, "mm": 1e6, "crore": 1e7, "crores": 1e7, "lakh": 1e5, "lakhs": 1e5,
    },
    "pt": {"mil milhões": 1e9},
}  # fmt: skip
_ABBREVIATED = 3  # letters of a scale that may be written with a stop: 60 Mio. Euro
_HEDGES: Mapping[str, Hedge] = {
    "about": "about", "around": "about", "some": "about", "roughly": "about",
    "approximately": "about", "an estimated": "about", "estimated": "about", "close to": "about",
    "over": "over", "above": "over", "more than": "over", "at least": "over",
    "just over": "over", "upwards of": "over", "no fewer than": "over", "no less than": "over",
    "nearly": "under", "almost": "under", "fewer than": "under", "less than": "under",
    "under": "under", "below": "under", "up to": "under", "as many as": "under",
    "as much as": "under", "just under": "under", "no more than": "under",
}  # fmt: skip
LANGUAGES = frozenset({"en", "de", "fr", "es", "it", "pt", "nl"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure as a source gives it: `low` to `high`, equal where it gives one value.

    `step` is the worth of its last written digit, `round_step` that of its last digit but zero:
    60,000 has 1 and 10,000.
    """

    low: float
    high: float
    step: float
    round_step: float
    hedge: Hedge = ""


def digits(language: str) -> str:
    """Return the pattern of a figure in digits, or in words where *language* is English."""
    if language == "en":
        return rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|{_WORDS})"
    return r"(?:\d{1,3}(?:[.\u00a0\u202f]\d{3})+(?:,\d{1,2})?|\d+(?:,\d{1,2}(?!\d))?)"


@cache
def scales(language: str) -> Mapping[str, float]:
    """Return the words that multiply a figure in *language*, in lower case, the longest first."""
    known = wording_of(language).scales
    short = {f"{word}.": n for word, n in known.items() if len(word) <= _ABBREVIATED}
    every = {**known, **short, **_OWN_SCALES.get(language, {})}
    return {word: every[word] for word in sorted(every, key=lambda word: (-len(word), word))}


def figure(
    first: str, scale: str, *, last: str = "", last_scale: str = "", hedge: str = "", language: str
) -> Figure | None:
    """Return the figure that the parts of a match spell, or None where they do not make one.

    The scale of a range's end counts for its beginning too ("60 to 65 billion").
    """
    multiplier = scales(language).get((scale or last_scale).casefold(), 1.0)
    low, step, round_step = _number(first, language)
    vague = "dozen" in first.casefold()
    kind = _HEDGES.get(" ".join(hedge.casefold().split()), "about" if vague else "")
    high = low
    if last:
        end, step, round_step = _number(last, language)
        high = end * scales(language).get((last_scale or scale).casefold(), 1.0) / multiplier
        if high <= low:
            return None
    return Figure(
        low=low * multiplier,
        high=high * multiplier,
        step=step * multiplier,
        round_step=round_step * multiplier,
        hedge=kind,
    )


def _number(text: str, language: str) -> tuple[float, float, float]:
    """Return a number's value, the worth of its last digit and that of its last digit but zero."""
    if not text[0].isdigit():
        return _spelt(text)
    if language == "en":
        plain = text.replace(",", "")
    else:
        plain = re.sub("[.\u00a0\u202f]", "", text).replace(",", ".")
    whole, _, decimals = plain.partition(".")
    if decimals:
        step = 10.0 ** -len(decimals)
        return float(plain), step, step
    zeros = len(whole) - len(whole.rstrip("0"))
    return float(whole), 1.0, 10.0 ** (zeros if whole.strip("0") else 0)


def _spelt(text: str) -> tuple[float, float, float]:
    folded = text.casefold()
    if "dozen" in folded:
        count = {"a": 1, "two": 2, "three": 3, "four": 4}.get(folded.split()[0], 3)
        return 12.0 * count, 1.0, 4.0 * count
    if folded.startswith("half"):
        return 0.5, 0.1, 0.1
    total = 0.0
    for word in re.split(r"[-‑\s]", folded):
        if word == "hundred":
            total = 100.0 * (total or 1.0)
        elif word not in {"and", "a"}:
            total += _UNITS.get(word, _TENS.get(word, 0))
    total = total or 1.0
    zeros = len(str(int(total))) - len(str(int(total)).rstrip("0"))
    return total, 1.0, 10.0**zeros


def hedge_before(text: str) -> tuple[str, int]:
    """Return the hedge that *text* ends with ("at least", or "between"), and how long it is there.

    Without one, "" and 0.
    """
    found = text.split()
    for count in (3, 2, 1):
        written = " ".join(found[-count:])
        hedge = written.casefold()
        if hedge in _HEDGES or hedge == "between":
            place = text.rfind(written)
            return hedge, len(text) - place if place >= 0 else 0
    return "", 0


def agree(a: Figure, b: Figure) -> bool:
    """Tell whether two figures can both be true of one thing as news rounds them.

    "61.2 billion" agrees with "about 61 billion" and with "more than 60". A range agrees with what
    lies strictly inside it; one of its ends, given as the whole, is another claim.
    """
    if _is_range(a) or _is_range(b):
        return _ranges_agree(a, b)
    if a.hedge == b.hedge == "over" and max(a.low, b.low) < 1.1 * min(a.low, b.low):
        return True  # at least 295 may well be more than 300
    (a_low, a_high), (b_low, b_high) = _span(a), _span(b)
    return a.low == b.low or min(a_high, b_high) - max(a_low, b_low) > 1e-9 * max(1.0, a.low)


def _is_range(one: Figure) -> bool:
    return one.high > one.low


def _ranges_agree(a: Figure, b: Figure) -> bool:
    if _is_range(a) and _is_range(b):
        near = max(a.step, b.step) / 2
        return abs(a.low - b.low) <= near and abs(a.high - b.high) <= near
    span, point = (a, b) if _is_range(a) else (b, a)
    if span.low < point.low < span.high:
        return True
    low, high = _span(point)
    at_end = math.isclose(point.low, span.low) or math.isclose(point.low, span.high)
    return (not at_end or bool(point.hedge)) and high >= span.low and low <= span.high


def _span(one: Figure) -> tuple[float, float]:
    """Return from where to where the true value may lie by the words of *one*."""
    match one.hedge:
        case "over":
            return one.low, one.low + one.round_step
        case "under":
            return one.low - min(one.round_step, one.low / 4), one.low
        case "about":
            room = min(one.round_step, one.low / 4) / 2
            return one.low - room, one.low + room
        case _:
            room = one.step / 2
            if one.round_step >= 10 * one.step:
                # A bare 500 million may stand for 512; a bare 60 must not stand for 65.
                room = max(
                    room, min(one.round_step / 2, 0.05 * one.low) * (one.low > 99 * one.step)
                )
            return one.low - room, one.low + room
