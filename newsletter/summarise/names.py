"""Finds proper names by how a story writes its words, and who was introduced where."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from newsletter.summarise.wording import KNOWN_THINGS, ORGANISATION, word_set

_TOKEN = re.compile(r"[^\W_](?:[\w’'&-]|\.(?=\w))*\.?")
_CONTRACTED = ("I'", "I’")
_POSSESSIVE = re.compile(r"[’']s?$")
_COMMON = word_set(
    "the a an in on at he she it they we i you his her its their our my your this that these "
    "those there here but and or so yet for from with without after before as if when where while "
    "although though since because to by during under until despite not no now then also however "
    "some many most more all both several two three four five six seven eight nine ten what who "
    "how why is are was were do does did has have had can will would should of than into over "
    "about monday tuesday wednesday thursday friday saturday sunday january february march april "
    "may june july august september october november december mr mrs ms dr sen rep gov gen lt col "
    "sgt capt prof rev president minister mayor governor senator judge king queen prince pope "
    "sheriff chief secretary officer detective ceo"
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a sentence: as written, without a possessive ending, and what joins them."""

    words: tuple[str, ...]
    joined: tuple[bool, ...]  # whether only a space stands before the word
    plain: tuple[str, ...]  # in lower case


def tokens_of(sentence: str) -> Tokens:
    """Return the words of *sentence* with their case, final stops and possessives cut off."""
    words: list[str] = []
    joined: list[bool] = []
    last = -2
    for match in _TOKEN.finditer(sentence):
        word = match[0]
        ends_abbreviation = word.endswith(".")
        bare = _POSSESSIVE.sub("", word.rstrip("."))
        between = sentence[last : match.start()] if last >= 0 else ""
        words.append(bare or word)
        joined.append(between == " ")
        # A possessive ends a name; the stop of an initial or a title does not.
        last = match.end() if bare == word or (ends_abbreviation and len(word) <= 4) else -2
    return Tokens(words=tuple(words), joined=tuple(joined), plain=tuple(map(str.casefold, words)))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What a story's own spelling tells about its words: which are names, and whose."""

    capitalised: frozenset[str]
    lower: frozenset[str]
    surnames: frozenset[str]
    shared: frozenset[str]  # surnames of more than one person

    def runs(self, tokens: Tokens) -> tuple[tuple[int, int], ...]:
        """Return the names of a sentence as spans of its words, in order."""
        found: list[tuple[int, int]] = []
        for i, word in enumerate(tokens.words):
            if not self._is_name(word, first=i == 0, before_name=_next_is_capital(tokens, i)):
                continue
            if found and found[-1][1] == i and tokens.joined[i]:
                found[-1] = (found[-1][0], i + 1)
            else:
                found.append((i, i + 1))
        return tuple(found)

    def _is_name(self, word: str, *, first: bool, before_name: bool) -> bool:
        if not word[0].isupper() or word.casefold() in _COMMON or word[:2] in _CONTRACTED:
            return False
        if not first:
            return True
        return word in self.capitalised or (before_name and word.casefold() not in self.lower)


def _next_is_capital(tokens: Tokens, i: int) -> bool:
    return i + 1 < len(tokens.words) and tokens.joined[i + 1] and tokens.words[i + 1][0].isupper()


def lexicon(sentences: Iterable[Tokens]) -> Lexicon:
    """Return the lexicon of a story from the words of all its sentences."""
    every = tuple(sentences)
    capitalised: set[str] = set()
    lower: set[str] = set()
    for tokens in every:
        for i, word in enumerate(tokens.words):
            if word[0].islower():
                lower.add(word)
            elif i and word[0].isupper():
                capitalised.add(word)
    plain = Lexicon(frozenset(capitalised), frozenset(lower), frozenset(), frozenset())
    bare: Counter[str] = Counter()
    full: list[tuple[str, str]] = []
    for tokens in every:
        for start, end in plain.runs(tokens):
            first, last = tokens.words[start], tokens.words[end - 1]
            if end - start > 4 or last.casefold() in ORGANISATION:
                continue
            if end - start > 1:
                full.append((first, last))
            elif not start or tokens.plain[start - 1] != "the":
                bare[last] += 1
    given: dict[str, set[str]] = {}
    for first, last in full:
        # Who is called by the first of two names later has the family name first: Chen Guangcheng.
        family, other = (first, last) if bare[first] > bare[last] else (last, first)
        if bare[family] and family.casefold() not in KNOWN_THINGS:
            given.setdefault(family, set()).add(other)
    shared = frozenset(family for family, others in given.items() if len(others) > 1)
    return Lexicon(plain.capitalised, plain.lower, frozenset(given), shared)
