"""Tells how long a text takes to read."""

import re
from collections.abc import Iterable
from math import ceil

_WORDS_A_MINUTE = 230  # Brysbaert 2019, "How many words do we read per minute?": 238 in English
_CHARACTERS_A_MINUTE = 500

# Kana and Han, written without spaces.
_CHARACTER = re.compile("[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_WORD = re.compile(r"\w+(?:['’.,:-]\w+)*")


def minutes(texts: Iterable[str]) -> int:
    """Return how many minutes *texts* take to read, rounded up; 0 where they say nothing.

    A minute is 230 words, or 500 characters of Chinese or Japanese.
    """
    words = characters = 0
    for text in texts:
        spaced, count = _CHARACTER.subn(" ", text)
        characters += count
        words += len(_WORD.findall(spaced))
    return ceil(words / _WORDS_A_MINUTE + characters / _CHARACTERS_A_MINUTE)
