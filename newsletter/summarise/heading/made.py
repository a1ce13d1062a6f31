"""Makes a headline of a sentence by leaving out whole clauses."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from newsletter.summarise.documents import bag_of
from newsletter.summarise.heading.clauses import (
    ends_in_abbreviation,
    is_plain_fact,
    shortened,
    uncredited,
)
from newsletter.summarise.heading.titles import typographic, without_signs
from newsletter.text.words import base_language, is_unspaced

BEST_WORDS, BEST_CHARACTERS = 16, 100
MOST_WORDS = 24  # of a headline for which no other sentence is looked up
_SCANT, _BEARABLE = 9, 30  # words; so short a clause seldom says enough, so long a one is borne
_KEPT = 0.3  # share of what a sentence tells that its headline keeps
_ALIKE: Mapping[str, float] = MappingProxyType({})
_FEWEST = 7  # words
_WIDE = 30  # characters of a script without spaces that make a headline
_FEWEST_WIDE = 8
_STOP = re.compile(r"(?<![.!?])[.。．।](?P<closing>[\"”’」』]?)$")
_OPENING = re.compile(
    r"^(?:However|Meanwhile|Moreover|Furthermore|In addition|Separately),\s+|^(?:But|And|So|Yet)\s+"
)
# Behind its only comma such a word opens a clause that the sentence can do without.
_LINKS = {
    "de": r"nachdem|während|weil|wobei|sodass|wodurch|womit|da",
    "fr": r"alors que|après|tandis que|qui|dont|ce qui|où",
    "es": r"mientras|tras|después de|lo que|donde|quien|luego de",
    "it": r"mentre|dopo|che ha|dove|il che",
    "pt": r"enquanto|após|depois de|o que|onde",
    "nl": r"terwijl|nadat|omdat|waardoor|waarbij",
    "sv": r"efter att|medan|eftersom|vilket",
    "da": r"efter at|mens|fordi|hvilket",
    "no": r"etter at|mens|fordi",
}
_SUBORDINATE = re.compile(
    r"(?:Nachdem|Während|Weil|Wenn|Als|Da|Obwohl|Après|Alors|Tandis|Si|Quand|Mientras|Tras"
    r"|Cuando|Mentre|Dopo|Quando|Enquanto|Após|Terwijl|Nadat|Omdat|Efter|Medan|Mens|Etter)\b"
)


def made(sentence: str, language: str, weights: Mapping[str, float] = _ALIKE) -> str:
    """Return a headline made of *sentence*: whole, or without clauses that it can do without.

    The longest of those that have at most 16 words and 100 characters, else the shortest there is,
    if it keeps a third or so of what the sentence tells: *weights* are what its words, as `bag_of`
    cuts them, are worth. Fewer than nine words only where the rest would have over 30. No final
    stop. Of the plain facts that an official body tells the attribution may go, of other claims it
    stays. Outside English, and a few languages near it, only what stands behind a semicolon goes.
    """
    text = without_signs(sentence)
    english = base_language(language) == "en"
    options = _english(text) if english else _other(text, base_language(language))
    worth = sum(weights.get(term, 0.0) for term in set(bag_of(text, language)))
    telling = [
        option
        for option in options
        if sum(weights.get(term, 0.0) for term in set(bag_of(option, language))) >= _KEPT * worth
    ]
    best = _without_stop(_choice(telling or options))
    return typographic(best) if english else best


def _choice(options: list[str]) -> str:
    fitting = [option for option in options if fits(option)]
    if any(len(option.split()) >= _SCANT or not option.isascii() for option in fitting):
        return max(fitting, key=len)
    fuller = [option for option in options if len(option.split()) >= _SCANT]
    shortest = min(fuller or options, key=len)
    is_borne = len(shortest.split()) <= _BEARABLE or not fitting
    return shortest if is_borne else max(fitting, key=len)


def fits(text: str, words: int = BEST_WORDS, characters: int = BEST_CHARACTERS) -> bool:
    """Tell whether *text* has the length of a headline; without spaces characters count."""
    if is_unspaced(text[: len(text) // 2 + 1]):
        return len(text) <= _WIDE * words // BEST_WORDS
    return len(text.split()) <= words and len(text) <= characters


def _english(text: str) -> list[str]:
    rest = _OPENING.sub("", text, count=1)
    text = rest[:1].upper() + rest[1:] if rest else text
    options = [text, *shortened(text, fewest=_FEWEST, closely=True)]
    plain = [fact for option in options for fact in _facts(option)]
    whole = uncredited(text)
    # What needs no attribution is printed without one.
    return plain if whole is not None and f"{whole}." in plain else [*options, *plain]


def _facts(sentence: str) -> list[str]:
    """Return the plain facts that are left of *sentence* without its official attribution."""
    rest = uncredited(sentence)
    if rest is None:
        return []
    shorter = (f"{rest}.", *shortened(f"{rest}.", fewest=_FEWEST, closely=True))
    return [one for one in shorter if is_plain_fact(one) and len(one.split()) >= _FEWEST]


def _other(text: str, language: str) -> list[str]:
    options = [text]
    head, mark, _ = text.partition("；" if "；" in text else "; ")
    if mark and _is_whole(head):
        options.append(head)
    links = _LINKS.get(language)
    if links and text.count(",") == 1 and not _SUBORDINATE.match(text):
        head, _, tail = text.partition(", ")
        if re.match(rf"(?:{links})\b", tail) and _is_whole(head) and len(head.split()) > _FEWEST:
            options.append(head)
    return options


def _is_whole(head: str) -> bool:
    pairs = ("“”", "„“", "«»", "「」", "()", "（）")
    if any(head.count(pair[0]) != head.count(pair[1]) for pair in pairs) or head.count('"') % 2:
        return False
    return len(head) >= _FEWEST_WIDE if is_unspaced(head) else len(head.split()) >= _FEWEST


def _without_stop(text: str) -> str:
    return text if ends_in_abbreviation(text) else _STOP.sub(r"\g<closing>", text).rstrip()
