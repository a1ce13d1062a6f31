"""Finds the quantities that could stand against another source's, and what each is a count of."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from newsletter.summarise.differing import circumstances
from newsletter.summarise.differing.circumstances import STATES
from newsletter.summarise.differing.quantities import Quantity, quantities
from newsletter.summarise.names import Lexicon
from newsletter.summarise.wording import word_set
from newsletter.text.words import base_language, stem

_TOKEN = re.compile(r"on\sboard\b|[^\W_](?:[\w’'&]|\.(?=\w))*|[,;:()—–“”\"]")
_POSSESSIVE = re.compile(r"['’]s?$")
_STOPS = word_set(
    "the a an in on at he she it they we i you his her its their our my your this that these those "
    "there here but and or so yet for from with without after before as if when where while "
    "although though since because to by during under until not no now then also however some most "
    "all both what who how why which is are was were be been being do does did has have had having "
    "can of than into over about out up down off him them me us only very such other own same just "
    "mr mrs ms dr don't didn't isn't wasn't any each every per least more nearly almost around one "
    "early late night morning afternoon evening new old"
)
STRONG = frozenset(';:()—–“”"')  # marks that set apart what stands behind them
CLAUSE_ENDS = STRONG | {",", "but", "while", "whereas"}
_STATE_ENDS = CLAUSE_ENDS | {"and", "as", "after", "when"}
_ACT_ENDS = CLAUSE_ENDS | {"after", "when", "as", "before", "since", "until", "which", "who", "if"}
_AUXILIARIES = word_set(
    "will has had is was would could may might says said plans expects reported"
)
_BOUND = frozenset({"count", "date", "time"})  # kinds that say nothing without what they are of
_SAID = "=said"
_ANY_ACT = "=any"  # at what time is asked of one act, whatever the verb
_FAR = 14  # words between a day and its verb
_OPENING = 3  # words before a day that opens its clause: "Late on Tuesday"
# Words that news sets for one another next to a figure.
_ALIKE = {
    word: f"={group.split()[0]}"
    for group in (
        "spend spending spent spends invest invests invested investing investment capex outlay",
        "buy buys buying bought acquire acquires acquired acquiring acquisition purchase takeover",
        "fine fined fines penalty",
        "approve approved approves pass passed passes",
        "cost costs costing price priced",
        "start starts started begin begins began",
    )
    for word in group.split()
}
_VERB = re.compile(r"[a-z]{2,}ed$")
_VERBS = word_set(
    "began begin begins won lost struck hit met took fell rose left came went gave held found "
    "broke sank crashed died dies die opens open opened closes close start starts launched launch "
    "fled shot made sold bought cut ran grew sent paid beat led killed walk strike resign vote "
    "sign arrive happen happened occurred occur"
)


class Word(NamedTuple):
    """A word or mark of a sentence: as written, in lower case, its stem; `tells` of its subject."""

    text: str
    plain: str
    stem: str
    start: int
    tells: bool

    @property
    def end(self) -> int:
        """Return where the word ends in its sentence."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A quantity in its sentence, and the words before and after it.

    `head` is the stem of what a count counts, `states` what befell them, `governor` the verb that a
    day or time belongs to. `index` is the sentence's place among the text's.
    """

    quantity: Quantity
    every: tuple[Quantity, ...]
    document: int
    index: int
    sentence: str
    language: str
    before: tuple[Word, ...]
    after: tuple[Word, ...]
    head: str = ""
    states: frozenset[str] = frozenset()
    governor: str = ""
    opens_with_name: bool = False

    def is_name(self, word: Word) -> bool:
        """Tell whether a word is part of a name by how it is written (in German all nouns are)."""
        if self.language == "de" or not word.tells:
            return False
        return self.opens_with_name if word.start == 0 else word.text[0].isupper()

    @property
    def is_bound(self) -> bool:
        """Return whether it says of what it is: a count of something, a day or time of an act."""
        kind = self.quantity.kind
        return kind not in _BOUND or bool(self.head) or self.governor not in {"", _SAID}

    def own_before(self) -> Sequence[Word]:
        """Return the words before that may tell of it, in order.

        "70% of services in Egypt, and 60% in India": behind another amount or percentage all up to
        the next stop is of that.
        """
        kind = self.quantity.kind
        if kind not in {"amount", "percentage"} or self.every[0].start >= self.quantity.start:
            return self.before
        stop = 0
        for place in range(len(self.before) - 1, -1, -1):
            word = self.before[place]
            rival = self.figure_at(word)
            if rival and rival.kind == kind:
                return self.before[stop:] if stop else self.before[place + 1 :]
            if word.plain in CLAUSE_ENDS:
                stop = stop or place + 1
        return self.before

    def figure_at(self, word: Word) -> Quantity | None:
        """Return the quantity of the sentence that a word is part of, if any."""
        for one in self.every:
            if one.start <= word.start < one.end:
                return one
        return None


_START = attrgetter("start")


@lru_cache(maxsize=1 << 15)
def stem_of(word: str, language: str) -> str:
    """Return what stands for a word (in lower case) where sentences are compared.

    Words of one state ("killed", "deaths"), and words that news sets for one another, are one.
    """
    if language == "en":
        if word in STATES:
            return f"={STATES[word]}"
        if word in _ALIKE:
            return _ALIKE[word]
    return stem(word, language)


_TIME_UNITS = frozenset(stem(word, "en") for word in circumstances.TIME_UNITS)
PEOPLE = frozenset(stem(word, "en") for word in circumstances.PEOPLE) | {"people"}
ANYONE = frozenset(stem(word, "en") for word in circumstances.ANYONE) | {"people"}


def mentions(
    sentence: str,
    language: str,
    *,
    document: int = 0,
    index: int = 0,
    names: Lexicon | None = None,
) -> tuple[Mention, ...]:
    """Return the mentions of *sentence* in order.

    *names* tells whether the first word is one.
    """
    every = quantities(sentence, language)
    if not every:
        return ()
    base = base_language(language)
    words = tuple(_words(sentence, base))
    plain = Mention(
        quantity=every[0], every=every, document=document, index=index, sentence=sentence,
        language=base, before=(), after=words,
        opens_with_name=bool(words) and names is not None and _opens_with_name(words, names),
    )  # fmt: skip
    return tuple(_mention(one, plain) for one in every)


def _mention(one: Quantity, plain: Mention) -> Mention:
    words = plain.after
    before = words[: bisect_left(words, one.start, key=_START)]
    after = words[bisect_left(words, one.end, key=_START) :]
    head, states, governor = "", frozenset[str](), ""
    if one.kind == "count":
        head, end = _head(one.end, plain.sentence, after)
        if plain.sentence[one.end : end].strip() in circumstances.UNITS:
            one = replace(one, printed=f"{one.printed}{plain.sentence[one.end : end]}")
        if head not in _TIME_UNITS:
            state = _state(before, after, plain.every)
            states = frozenset({state} if state else ())
        head = head or ("people" if states else "")
    elif one.kind in {"date", "time"}:
        governor = _governor(before, after)
        if one.kind == "time" and governor != _SAID:
            governor = _ANY_ACT
    return replace(
        plain, quantity=one, before=before, after=after,
        head=head, states=states, governor=governor,
    )  # fmt: skip


def _opens_with_name(words: Sequence[Word], names: Lexicon) -> bool:
    first = words[0]
    if first.text in names.capitalised:
        return True
    if not first.text[0].isupper() or first.plain in names.lower or first.plain.endswith("s"):
        return False
    return len(words) > 1 and words[1].plain in _AUXILIARIES


def _words(sentence: str, language: str) -> Iterator[Word]:
    for match in _TOKEN.finditer(sentence):
        text, plain, stemmed, tells = _read(match[0], language)
        yield Word(text, plain, stemmed, match.start(), tells)


@lru_cache(maxsize=1 << 15)
def _read(text: str, language: str) -> tuple[str, str, str, bool]:
    text = _POSSESSIVE.sub("", text)
    plain = text.casefold()
    tells = text[:1].isalpha() and len(plain) > 1 and plain not in _STOPS
    return text, plain, stem_of(plain, language), tells


def _head(end: int, sentence: str, after: Sequence[Word]) -> tuple[str, int]:
    """Return the stem of the plural that follows a count and where it ends, "" where none does."""
    start = end
    for word in after[:4]:
        if sentence[end : word.start].strip(" \u00a0-") or not word.text[0].isalpha():
            break
        end = word.end
        if word.plain in circumstances.IRREGULAR:
            return "people" if word.plain in STATES else stem(word.plain, "en"), end
        if word.plain in _STOPS:
            break
        is_plural = word.plain.endswith("s") and word.plain not in circumstances.NO_PLURALS
        if is_plural and len(word.plain) > 3:
            return stem(word.plain, "en"), end
    return "", start


def _state(before: Sequence[Word], after: Sequence[Word], every: Sequence[Quantity]) -> str:
    """Return what befell those counted: by the word close before, else by the next one after."""
    behind = before[::-1]
    return (
        _first_state(behind[:3], every)
        or _first_state(after[:8], every)
        or _first_state(behind[:10], every)
    )


def _first_state(words: Sequence[Word], every: Sequence[Quantity]) -> str:
    for word in words:
        if word.plain in STATES:
            return STATES[word.plain]
        if word.plain in _STATE_ENDS or any(one.start <= word.start < one.end for one in every):
            return ""
    return ""


def _governor(before: Sequence[Word], after: Sequence[Word]) -> str:
    """Return the stem of the verb that a day or time belongs to, "" where none is near.

    What was said on one day is said on others too: of all verbs of speech there is one stem.
    """
    near = before[:-_FAR:-1]
    opening = next((i for i, word in enumerate(near) if word.plain in _ACT_ENDS), len(near))
    for word in near[:opening]:
        if word.plain in circumstances.SPEECH:
            return _SAID
        if _VERB.match(word.plain) or word.plain in _VERBS:
            return word.stem
    # Only where the day opens its clause does the verb behind it have it.
    for word in after[:_FAR] if opening <= _OPENING else ():
        if word.plain in _ACT_ENDS - {","}:
            break
        if word.plain in circumstances.SPEECH:
            return _SAID
        if _VERB.match(word.plain) or word.plain in _VERBS:
            return word.stem
    return ""
