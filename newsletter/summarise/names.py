"""Finds proper names by how a story writes its words, and who was introduced where."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
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


Spans = tuple[tuple[int, int], ...]


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
    """What a story's own spelling tells about its words: which are names, and whose.

    `names` has the names of each sentence as spans of its words, in order.
    """

    capitalised: frozenset[str]
    lower: frozenset[str]
    surnames: frozenset[str]
    names: Mapping[Tokens, Spans]


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
    names = {tokens: _runs(tokens, capitalised, lower) for tokens in every}
    return Lexicon(frozenset(capitalised), frozenset(lower), _surnames(names), names)


def _runs(tokens: Tokens, capitalised: set[str], lower: set[str]) -> Spans:
    """Return the names of a sentence: runs of capitals, the first word only if known as a name."""
    words, joined = tokens.words, tokens.joined
    found: list[tuple[int, int]] = []
    for i, word in enumerate(words):
        if not word[0].isupper() or tokens.plain[i] in _COMMON or word[:2] in _CONTRACTED:
            continue
        if i == 0 and word not in capitalised:
            before_name = len(words) > 1 and joined[1] and words[1][0].isupper()
            if not before_name or tokens.plain[0] in lower:
                continue
        if found and found[-1][1] == i and joined[i]:
            found[-1] = (found[-1][0], i + 1)
        else:
            found.append((i, i + 1))
    return tuple(found)


def _surnames(names: Mapping[Tokens, Spans]) -> frozenset[str]:
    """Return the words that follow or lead a first name in one place and stand alone in another."""
    bare: Counter[str] = Counter()
    full: list[tuple[str, str]] = []
    for tokens, spans in names.items():
        for start, end in spans:
            first, last = tokens.words[start], tokens.words[end - 1]
            if end - start > 4 or last.casefold() in ORGANISATION:
                continue
            if end - start > 1:
                full.append((first, last))
            elif not start or tokens.plain[start - 1] != "the":
                bare[last] += 1
    # Who is called by the first of two names later has the family name first: Chen Guangcheng.
    families = {first if bare[first] > bare[last] else last for first, last in full}
    return frozenset(f for f in families if bare[f] and f.casefold() not in KNOWN_THINGS)
