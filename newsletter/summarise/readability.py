"""Judges what a sentence needs from others to be understood, and how it is told."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from newsletter.summarise import reporting, wording
from newsletter.summarise.documents import Candidate, Reading
from newsletter.summarise.echoes import quoted_elsewhere, shown_twice
from newsletter.summarise.names import tokens_of

QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’(?!\w)")
_ALL_QUOTED = re.compile(r"^[“\"][^“”\"]*[”\"]$")
_PRONOUNS = wording.word_set("he she his her him they their them")
_PLURAL = wording.word_set("and people police men women children")
_SINGULAR = wording.word_set("he she his her him")
_DEMONYM = re.compile(
    r"(?:new|latest|two|three|four|five|American|British|German|Chinese|Russian|Japanese|Indian|French|Israeli|\w+(?:ian|ish"
    r"|ese))$"
)
_DESCRIBES = re.compile(r"\w-(?:based|born|owned|backed|old|led|trained|educated)$")
_NUMBER = re.compile(r"\d")
_DEFINITE = re.compile(
    r"\b[Tt]he (?:\d+ )?([a-z]+)\b"
    r"(?! (?:of|who|that|which|where|when|whose|charged|accused|behind)\b)"
)
# Somebody whom no name of a place makes known.
_ANYBODY = wording.word_set("man woman boy girl teen teenager couple suspect victim men women")
_COUNTS = wording.word_set("two three four five six")
_COURTESY = wording.word_set("mr mrs ms")
_OFFICES = wording.word_set("president gov sen rep king queen pope")
_OPENING = 90  # characters in which a leading phrase ends with a comma
_TITLE_WORD = re.compile(r"[A-Za-z][\w’'-]{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What was found about one sentence; the rooms that choose weigh it.

    `usable` sentences may be printed. A `dangling` one may be printed only right after the sentence
    that stands before it in its source. `generic` ones hold no name, no time and nobody's word:
    musings. `spoken` is the share of the text that stands in quotation marks.
    """

    usable: bool
    dangling: bool = False
    anaphoric: bool = False
    deictic: bool = False
    scene: bool = False
    background: bool = False
    opinion: bool = False
    second_person: bool = False
    definite: bool = False
    wire: bool = False
    verbless: bool = False
    attributed: bool = False
    nameless: bool = False
    generic: bool = False
    pegged: bool = False
    pictured: bool = False
    telegram: bool = False
    labelled: bool = False
    caption: bool = False
    ticker: bool = False
    outcome: bool = False
    spoken: float = 0.0
    definites: int = 0
    numbers: int = 0


def judge(candidate: Candidate) -> Judgement:
    """Return the judgement of one sentence; all but English ones only have to fit."""
    text = candidate.text
    numbers = sum(1 for word in candidate.tokens.words if _NUMBER.match(word))
    if not candidate.english or not candidate.fit:
        return Judgement(
            usable=candidate.fit and not text.rstrip('”"»）)」').endswith(("?", "？")),
            numbers=numbers,
        )
    outside = QUOTED.sub(" ", text)
    if _is_unfit(text, outside):
        return Judgement(usable=False)
    plain, names = candidate.tokens.plain, candidate.names
    attributed = not wording.ATTRIBUTION.isdisjoint(plain)
    spoken = 1 - len(outside) / len(text)
    pegged = reporting.PEG.search(text) is not None
    return Judgement(
        usable=True,
        dangling=_dangles(candidate, outside),
        anaphoric=not wording.ANAPHORIC_WORDS.isdisjoint(plain)
        or wording.ANAPHORIC_PHRASE.search(outside) is not None,
        deictic=wording.DEICTIC.search(outside) is not None,
        scene=wording.SCENE.match(text) is not None or wording.TEASE.search(text) is not None,
        background=wording.BACKGROUND.match(text) is not None,
        opinion=wording.opines(outside, tokens_of(outside).plain if spoken else plain),
        second_person=wording.SECOND_PERSON.search(outside) is not None,
        definite=_opens_definite(candidate),
        wire=wording.WIRE_LEDE.match(text) is not None,
        verbless=not wording.has_verb(text),
        attributed=attributed,
        nameless=not names,
        generic=not names
        and not numbers
        and not pegged
        and not attributed
        and not reporting.narrates(outside),
        pegged=pegged,
        pictured=reporting.of_pictures(text),
        telegram=reporting.is_telegram(plain),
        labelled=reporting.is_labelled(text),
        outcome=not reporting.OUTCOME.isdisjoint(plain),
        ticker="(" in text and reporting.TICKER.search(text) is not None,
        spoken=spoken,
        definites=_definites(text),
        numbers=numbers,
    )


def _is_unfit(text: str, outside: str) -> bool:
    """Tell whether nobody would print an English sentence, of which *outside* is not quoted."""
    return bool(
        wording.FIRST_PERSON.search(outside)
        or wording.OF_ITSELF.search(outside)
        or wording.COARSE.search(text)
        or wording.SPEAKER_LABEL.match(text)
        or wording.IMPERATIVE.match(text)
        or wording.NEXT_TOPIC.match(text)
        or text.rstrip('”"’)').endswith("?")
        or _is_titled(text)
        or reporting.pictures(text)
        or reporting.PRONOUNCED.search(text)
        or reporting.FUSED.match(text)
        or reporting.HEADED.search(outside)
    )


def judge_all(reading: Reading) -> dict[tuple[int, int], Judgement]:
    """Return the judgement of every sentence by its document and index."""
    found = {(c.document, c.index): judge(c) for c in reading.candidates}
    beside = shown_twice(reading)
    return (
        found
        | {place: replace(found[place], usable=False) for place in quoted_elsewhere(reading)}
        | {place: replace(found[place], usable=False, caption=True) for place in beside}
    )


def leans(text: str) -> bool:
    """Tell whether an English sentence begins by pointing at one before it."""
    if wording.STANDS_ALONE.match(text):
        return False
    if wording.DANGLING.match(text):
        return True
    opening, comma, _ = text[:_OPENING].partition(",")
    # A clause of its own, with a verb, is no leading phrase.
    return (
        bool(comma)
        and wording.POINTER.search(opening) is not None
        and not wording.has_verb(opening)
    )


def _dangles(candidate: Candidate, outside: str) -> bool:
    text = candidate.text
    if leans(text) or text[0] == "(" or _ALL_QUOTED.match(text):
        return True
    # Speech in a sentence of its own: who speaks stands in the sentence before.
    if text[0] in '“"' and not candidate.names:
        return True
    return _has_loose_pronoun(candidate) or not outside.strip(" .")


def _has_loose_pronoun(candidate: Candidate) -> bool:
    """Tell whether the first he, she or they comes before anyone whom it could mean."""
    plain = candidate.tokens.plain
    first = next((i for i, word in enumerate(plain) if word in _PRONOUNS), None)
    if first is None:
        return False
    if plain[0] in {"a", "an"} and first > 2:
        return False
    if any(word in wording.PERSON or word.rstrip("s") in wording.PERSON for word in plain[:first]):
        return False
    people = [
        span for span in candidate.names if span[0] < first and _may_be_person(candidate, span)
    ]
    if people:
        return False
    if plain[first] in _SINGULAR:
        # "In her speech, Ms Ortiz said": the name may follow within the same clause.
        return not any(
            first < a <= first + 4 and _may_be_person(candidate, (a, b)) for a, b in candidate.names
        )
    # "they" also takes a plural, or two joined by "and".
    return not any(
        (word.endswith("s") and len(word) > 3) or word in _PLURAL for word in plain[:first]
    ) and not any(a < first for a, _ in candidate.names)


def has_person(candidate: Candidate, surnames: AbstractSet[str]) -> bool:
    """Tell whether *candidate* speaks of somebody whom a "he" or "she" after it could mean."""
    words, plain = candidate.tokens.words, candidate.tokens.plain
    if not _SINGULAR.isdisjoint(plain) or not wording.PERSON.isdisjoint(plain):
        return True
    return any(
        words[end - 1] in surnames or (end - start > 1 and _may_be_person(candidate, (start, end)))
        for start, end in candidate.names
    )


def needs_person(candidate: Candidate) -> bool:
    """Tell whether *candidate* leans on somebody before it by "he" or "she"."""
    plain = candidate.tokens.plain
    first = next((word for word in plain if word in _PRONOUNS), None)
    return first in _SINGULAR and _has_loose_pronoun(candidate)


def _may_be_person(candidate: Candidate, span: tuple[int, int]) -> bool:
    start, end = span
    words = candidate.tokens.words
    if any(word.casefold() in wording.ORGANISATION for word in words[start:end]):
        return False
    if end - start == 1:
        before = words[start - 1].casefold() if start else ""
        return (
            before not in wording.PLACE_BEFORE
            and before != "the"
            and not _DEMONYM.match(words[start])
        )
    # "the Harbour Bridge" is nobody's name.
    return not (start and words[start - 1].casefold() in {"in", "at", "near", "the"})


def _opens_definite(candidate: Candidate) -> bool:
    """Tell whether it opens with "The man ...", and no name before the verb explains him."""
    words = candidate.tokens.words
    if not words or words[0] != "The":
        return False
    # "The Hangzhou-based laboratory" and "The Chinese start-up" name nobody.
    if len(words) > 1 and _DESCRIBES.search(words[1]):
        return True
    noun = next((i for i, word in enumerate(words[1:], 1) if not _DEMONYM.match(word)), len(words))
    if noun == len(words) or words[noun][0].isupper() or words[noun] in wording.KNOWN_THINGS:
        return False
    if any(word in {"who", "whose"} for word in words[noun + 1 : noun + 3]):
        return False  # "The lawyer who accused ..." says who he is
    if words[1] in _COUNTS:
        return True
    if words[noun] in _ANYBODY:
        return True
    verb = wording.verb_at(words)
    return not any(noun <= start < verb for start, _ in candidate.names)


def _definites(text: str) -> int:
    """Return how many common nouns stand with "the" that may need an introduction."""
    return sum(1 for noun in _DEFINITE.findall(text) if noun not in wording.KNOWN_THINGS)


def _is_titled(text: str) -> bool:
    """Tell whether most longer words begin with a capital: a headline that kept a full stop."""
    words = _TITLE_WORD.findall(text)
    return len(words) >= 5 and sum(word[0].isupper() for word in words) > 0.7 * len(words)


def loose_surnames(candidate: Candidate, reading: Reading, said: tuple[Candidate, ...]) -> int:
    """Return how many surnames stand bare in *candidate* that *said* did not introduce in full."""
    words, plain = candidate.tokens.words, candidate.tokens.plain
    introduced = {word for c in said for word in c.name_words}
    loose = 0
    for start, end in candidate.names:
        if end - start == 1 and words[start] not in introduced:
            title = plain[start - 1] if start else ""
            # "Mr Wyatt" was introduced with his first name, and not here.
            loose += title in _COURTESY or (
                words[start] in reading.lexicon.surnames and title not in _OFFICES
            )
        introduced.update(words[start:end])
    return loose
