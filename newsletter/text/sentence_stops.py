"""Tells whether a full stop ends a sentence or belongs to the word before it."""

import re

from newsletter.text.sentence_words import (
    AFTER_TIMES,
    BEFORE_NUMBERS,
    BEFORE_ORDINALS,
    CLOSING,
    COUNTED,
    DATE,
    LEADING,
    LETTERED,
    OFFICES,
    SPEAKER,
    STARTERS,
    STREETS,
    SUBJECTS,
    TIMES,
    WEEKDAYS,
    YEARS,
)

_FIRST_WORD = re.compile(r"[\w’'.-]*[\w’']")
_ROMAN_NUMBER = re.compile(r"[IVXL]{2,}\b")
_ROMAN = re.compile(r"[IVXХ]+$")
# "2024. 5. 3.", as dates are written in Korean and Czech.
_DATE_GOES_ON = re.compile(r"\d{1,2}\.(?:\s|$)")
_ABBREVIATED = re.compile(r"[^\W\d_]\.$")
# Scripts whose stop is another mark, or whose short words end no sentence.
_INDIC = re.compile("[\u0900-\u0dff]{1,2}$")
_TURKISH = re.compile(r"[ığşİĞŞ]|\b(?:için|bir|ve|[Bb]u|ile|olarak)\b")
_STREET = ("str", "pl")  # Hauptstr. 5, Marktpl. 3
_THAI = re.compile("[\u0e01-\u0eff]")


def full_stop_ends(before: str, word: str, after: str) -> bool:
    """Tell whether a full stop after *word*, the last of *before*, ends a sentence."""
    if word in LEADING or before.endswith(("l'on", "l’on")):
        return False
    if not word.strip("."):
        return True  # ". . ."
    is_numbered = after[0].isdigit() or _ROMAN_NUMBER.match(after) is not None
    if word.endswith(_STREET) and is_numbered:
        return False
    if (word in BEFORE_NUMBERS or word.capitalize() in BEFORE_NUMBERS) and (
        is_numbered or len(word) > 1
    ):
        return not is_numbered
    if word in WEEKDAYS:
        return not DATE.match(after)
    if word.casefold() in TIMES or word in STREETS:
        return not AFTER_TIMES.match(after)
    if any(map(str.isdigit, word)):
        return _number_ends(before, word, after)
    earlier = before[: -len(word)].split() if word else []
    if word in YEARS:
        # "W 2024 r. Polska": a year that only opens the sentence ends nothing.
        is_year = bool(earlier) and (earlier[-1][-1].isdigit() or _ROMAN.match(earlier[-1]))
        return bool(is_year) and len(earlier) > 2
    return _short_word_ends(before, word, after, earlier)


def _short_word_ends(before: str, word: str, after: str, earlier: list[str]) -> bool:
    """Tell whether a full stop after a numeral, an initial or an abbreviation ends a sentence."""
    if len(word) > 1 and _ROMAN.match(word):
        return not _TURKISH.search(before + after)
    if word in {"д", "п", "э"} and earlier and earlier[-1] in {"т.", "н."}:
        return True
    is_initial = len(word) == 1 and (word.lower() != word.upper() or "\u05d0" <= word < "\u06d4")
    if is_initial and earlier and _is_lettered(earlier[-1], word):
        return True
    is_dotted = "." in word and all(len(part) <= 2 for part in word.split("."))
    if len(word) == 2 and word.islower() and earlier and _ABBREVIATED.match(earlier[-1]):
        is_dotted = True
    if is_initial or is_dotted or word in CLOSING:
        return opens(after) or (
            (word in CLOSING or earlier[-2:] == ["in", "the"]) and _is_said_by(after)
        )
    # Thai has no full stop: where there is one, something is cut short.
    return not (word and (_THAI.match(word[-1]) or _INDIC.match(word)))


def _number_ends(before: str, word: str, after: str) -> bool:
    """Tell whether a full stop after a number is more than the mark of an ordinal or of a list."""
    opening = before[: -len(word)]
    if (not opening.strip() or opening.endswith(": ")) and word.isdigit() and len(word) <= 2:
        return False
    if word.isdigit() and _DATE_GOES_ON.match(after):
        return False
    if not (word.isdigit() and len(word) <= 2):
        return True
    if COUNTED.match(after) or _TURKISH.search(before + after):
        return False
    earlier = opening.casefold().split()
    if earlier and _DATE_GOES_ON.match(earlier[-1]):
        return False
    # "I am 12." is English.
    return not earlier or earlier[-1] not in BEFORE_ORDINALS or earlier[-2:] == ["i", "am"]


def _is_lettered(earlier: str, letter: str) -> bool:
    """Tell whether *letter* is a grade or the speaker rather than an initial."""
    folded = earlier.casefold()
    return folded in LETTERED or (letter == "I" and folded in {"and", "than"})


def opens(after: str) -> bool:
    """Tell whether the first word of *after* opens a sentence rather than going on with a name."""
    first = first_word(after)
    following = after[len(first) : len(first) + 2]
    if not first or following[:1] == ".":
        return False
    folded = first.casefold()
    return folded in STARTERS or (folded in SUBJECTS and following[1:].islower())


def _is_said_by(after: str) -> bool:
    return SPEAKER.match(after) is not None and first_word(after).casefold() not in OFFICES


def first_word(after: str) -> str:
    """Return the word that *after* begins with, or nothing."""
    first = _FIRST_WORD.match(after)
    return first[0] if first else ""
