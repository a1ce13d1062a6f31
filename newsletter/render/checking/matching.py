"""Compares what formats say, whatever marks, line breaks and escapes they write it with."""

import html
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache

_MARKS = re.compile(r"[\W_]+")
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"\w{3,}")
_SHARE = 0.8
_BEFORE = re.compile(r"^[\W\d_]+")
_WRAPPED = 20  # lines over which a headline may run
_FIRST = 4  # letters that lines are found by
_IN_MARKDOWN = re.compile(
    r"(?<!\\)\]\(\s*(<[^<>\n]*>|[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)|<(https?:[^<>\s]+)>"
)
_IN_TEXT = re.compile(r"(?:https?|mailto):[^\s<>\"]+")


@lru_cache(maxsize=4_000)
def letters(text: str) -> str:
    """Return the letters and digits of *text* in lower case; of one without any, all but spaces."""
    return _MARKS.sub("", text).casefold() or _SPACES.sub("", text)


def unmarked(markdown: str) -> str:
    """Return Markdown with its character references and backslashes read."""
    return html.unescape(markdown).replace("\\", "")


def markdown_urls(markdown: str) -> tuple[str, ...]:
    """Return the destinations of all links, in order, as CommonMark reads them."""
    return tuple(
        html.unescape((one[0] or one[1]).strip("<>")) for one in _IN_MARKDOWN.findall(markdown)
    )


def text_urls(text: str) -> tuple[str, ...]:
    """Return all web and mail addresses that stand in a plain text, in order."""
    return tuple(_IN_TEXT.findall(text))


def without_urls(text: str) -> str:
    """Return *text* without the addresses in it."""
    return _IN_TEXT.sub(" ", text)


def says(text: str, wanted: str) -> bool:
    """Tell whether *text* has nearly all words of *wanted*: links and marks may come between."""
    words = {word.casefold() for word in _WORD.findall(without_urls(wanted))}
    found = {word.casefold() for word in _WORD.findall(text)}
    return len(words & found) >= _SHARE * len(words)


def headed_lines(text: str) -> Mapping[str, tuple[tuple[str, int], ...]]:
    """Return what each line of a plain text begins with, over line breaks, and its number.

    By the first letters; marks and numbers before a line's first word are left out.
    """
    lines = [letters(_BEFORE.sub("", line)) if line.strip() else "" for line in text.splitlines()]
    found: dict[str, list[tuple[str, int]]] = {}
    for number, line in enumerate(lines):
        if line:
            whole = "".join(lines[number : number + _WRAPPED])
            found.setdefault(whole[:_FIRST], []).append((whole, number))
    return {key: tuple(ones) for key, ones in found.items()}


def line_of(lines: Mapping[str, tuple[tuple[str, int], ...]], wanted: str) -> int | None:
    """Return the last line that begins with the letters *wanted*, None if none does.

    A list of contents comes first; what is told comes behind it.
    """
    found = lines.get(wanted[:_FIRST], ())
    return next((number for whole, number in reversed(found) if whole.startswith(wanted)), None)


def longest_rising(numbers: Sequence[int]) -> frozenset[int]:
    """Return one of the longest runs of *numbers* that rise, others between them left out.

    After Fredman 1975, "On computing the length of longest increasing subsequences".
    """
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        at = bisect_left(tails, number)
        before.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(number)
            ends.append(index)
        else:
            tails[at], ends[at] = number, index
    kept, index = [], ends[-1] if ends else -1
    while index >= 0:
        kept.append(numbers[index])
        index = before[index]
    return frozenset(kept)
