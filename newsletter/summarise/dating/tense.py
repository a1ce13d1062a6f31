"""Tells whether an English sentence looks back or ahead where it names a day."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from newsletter.summarise.wording import word_set

# "planned" looks ahead from a moment in the past ("was due on Monday"): the day may be over.
Tense = Literal["past", "future", "planned", "present", "unclear"]

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*(?:[’'][^\W\d_]+)?|\d[\d.,:]*|\S")
# What is done again and again has no date.
HABIT = re.compile(
    r"\b(?:usually|typically|normally|always|every|each|often|regularly|weekly|daily|sometimes"
    r"|annual(?:ly)?|never|(?:per|times? a) (?:day|week|month|year))\b",
    re.IGNORECASE,
)
_NOUN = re.compile(r"ing$|[^su]s$")
_BREAK = re.compile(r"[;:()\[\]—–]|,(?!\d)|(?<=\s)-(?=\s)|\.{2,}|…")
_MODALS = word_set("will shall may might can must should won’t can’t cannot shan’t shouldn’t")
_WOULD = word_set("would could wouldn’t couldn’t")
_ADVERBS = word_set(
    "not never also now then still soon likely probably possibly certainly officially formally"
    " reportedly already just only even first once again later"
)
_PRESENT_BE = word_set("is are am isn’t aren’t")
_PAST_BE = word_set("was were wasn’t weren’t")
_HAVE = word_set("has have hasn’t haven’t")
_HAD = word_set("had hadn’t")
_PLANNED = word_set(
    "set due scheduled expected slated planned poised likely unlikely supposed ready about going"
    " hoping planning preparing bound to booked tipped projected anticipated forecast intended"
    " timed hoped rescheduled"
)
# "Is meeting on Friday" looks ahead, "is investigating a fire on Friday" does not.
_ARRANGED = word_set(
    "going meeting visiting heading holding opening starting arriving leaving playing hosting"
    " returning speaking flying releasing launching closing facing coming travelling traveling"
    " announcing publishing introducing unveiling voting taking"
)
# Without a form of "be" before them, of what is to come: "a hearing scheduled for Monday".
_PLANNED_ALONE = word_set(
    "scheduled expected slated planned due postponed rescheduled delayed adjourned poised"
    " anticipated upcoming booked"
)
_PLANS = word_set("plans plan expects expect hopes hope intends intend aims aim")
_STARTS = word_set(
    "begins meets arrives airs premieres expires convenes resumes starts opens ends"
    " expects expect intends"
)
_STARTS_PAIRS = frozenset(
    {
        ("kicks", "off"), ("kick", "off"), ("takes", "effect"), ("take", "effect"),
        ("takes", "place"), ("take", "place"), ("goes", "on"), ("goes", "into"), ("go", "on"),
        ("comes", "into"), ("gets", "underway"), ("begin", "on"), ("begin", "at"), ("meet", "on"),
    }
)  # fmt: skip
_DID = word_set("did didn’t")
# Of what was done and of nothing else: no participle, no noun.
_FINITE = word_set(
    "said told wrote spoke took came went gave began became fell rose saw knew drew drove flew grew"
    " threw woke wore broke chose swore sank swam sang rang shook stole rode hid forgot froze ate"
    " withdrew overtook underwent arose forbade did was were lay tore strove bore"
)
_PAST = word_set(
    "held met led left lost won made paid ran sent shot sold stood struck found kept bought brought"
    " built caught fought got heard laid sought spent swept taught thought understood felt fled"
    " hit put cut shut hurt quit beat split burst broadcast dealt meant slept bent lent hung dug"
    " stuck spun swung crept clung fed bled bred sped slid read let cast bid spread cost shed"
    " upheld withheld overcame taken given seen shown written born driven drawn thrown stolen"
    " broken spoken chosen fallen flown grown frozen hidden eaten sworn torn worn beaten forgotten"
    " set"
)
_NOT_PAST = word_set(
    "need feed speed red bed hundred indeed united ted embed seed exceed succeed proceed bleed weed"
    " breed greed creed deed shed sacred naked wicked kindred infrared so-called unprecedented"
    " limited unlimited mixed talented beloved rugged ragged jagged wretched fred alfred mohammed"
    " mohamed ahmed muhammed hamed saeed rashed khaled waleed med wed sled alleged"
    " unidentified unnamed armed unarmed renewed"
)
REPORTED = word_set(
    "said told announced reported confirmed added warned tweeted wrote declared posted ruled voted"
    " argued insisted denied acknowledged claimed stated revealed published released unveiled"
    " testified filed issued"
)
_LOOKS_BACK = word_set(
    "failed refused declined managed able unable forced had began continued started appeared seemed"
    " used helped voted moved went rushed took gathered"
)
_LOOKS_AHEAD = word_set(
    "plans planned plan planning agreed due set scheduled expected expects expect slated hopes"
    " hoping intends aims wants vowed promised pledged going about supposed preparing prepares"
    " ready likely unlikely poised need needs has have want continues ordered urged asked told"
    " invited deadline"
)
_PLACES = word_set(
    "work school court parliament hospital jail prison power life death church date war safety"
    " reporters congress lawmakers town state people residents police journalists supporters"
    " members custody one two three four five six seven eight nine ten twelve more less nearly"
    " almost around over least"
)
_DETERMINERS = word_set("the a an his her its their our my your this these those")
_TIMES = word_set("today tonight yesterday tomorrow last next on in at by since until early late")
_PERFECT = word_set(
    "been become come gone done had run begun risen arisen withdrawn overtaken undergone forgiven"
    " overrun drunk sunk shrunk sprung proven sewn sown shaken ridden said told fled led fed read"
)
_SUBJECT = 4  # words at most between "Monday's" and its verb
_BESIDE = 2  # words at most between "said" and its day
_GROUP = 5  # words at most in a verb: "will not now be held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """A verb with what belongs to it, from its first word (`form`) to its last (`word`).

    `is_firm` says that it can be nothing else.
    """

    start: int
    end: int
    tense: Tense
    form: str
    word: str
    is_firm: bool = True


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.lower().replace("'", "’")


class Tenses:
    """The clauses of one English sentence and the verbs in them."""

    def __init__(self, sentence: str) -> None:
        """Read *sentence* once, for every day that it names."""
        self._sentence = sentence
        cuts = [0, *(match.end() for match in _BREAK.finditer(sentence)), len(sentence)]
        self._clauses = tuple(pairwise(cuts))
        self._verbs = tuple(
            tuple(_verbs(_tokens(sentence, first, last))) for first, last in self._clauses
        )

    def around(self, start: int, end: int) -> tuple[Verb | None, Tense]:
        """Return the verb that the words there go with, None if none does, and how they look.

        That is the last verb before them in their clause, or the first after them; in a clause
        without verbs, one of its neighbours', if those agree.
        """
        place = self._place(start)
        verbs = self._verbs[place]
        before = [verb for verb in verbs if verb.end <= start]
        after = [verb for verb in verbs if verb.start >= end]
        if after and self._goes_with(end, after[0]):
            return after[0], after[0].tense
        if before:
            return before[-1], self._last(before, start)
        if after:
            differs = any(v.is_firm and v.tense != after[0].tense for v in after[1:])
            sure = after[0].is_firm or not differs
            return after[0], after[0].tense if sure else "unclear"
        return self._beside(place)

    def clause(self, start: int) -> str:
        """Return the clause that holds the place *start*."""
        first, last = self._clauses[self._place(start)]
        return self._sentence[first:last]

    def following(self, end: int) -> Verb | None:
        """Return the verb that follows in the same clause, with a noun of few words between."""
        for verb in self._verbs[self._place(max(0, end - 1))]:
            between = self._sentence[end : verb.start]
            if verb.start >= end and verb.is_firm:
                return verb if len(between.split()) <= _SUBJECT else None
        return None

    def _goes_with(self, end: int, verb: Verb) -> bool:
        """Tell whether a verb follows at once and is no purpose: "Monday would", not "to win"."""
        between = self._sentence[end : verb.start].split()
        is_adverb = len(between) == 1 and between[0].endswith("ly")
        return verb.form != "to" and (not between or is_adverb)

    def _last(self, before: Sequence[Verb], start: int) -> Tense:
        nearest = before[-1]
        near = len(self._sentence[nearest.end : start].split()) <= _BESIDE
        if near and nearest.word in REPORTED and nearest.tense == "past":
            return "past"
        looks_ahead = any(verb.tense in ("future", "planned") for verb in before[:-1])
        return "unclear" if looks_ahead and not nearest.is_firm else nearest.tense

    def _beside(self, place: int) -> tuple[Verb | None, Tense]:
        earlier = [verb for verbs in self._verbs[:place] for verb in verbs][-1:]
        later = [verb for verbs in self._verbs[place + 1 :] for verb in verbs][:1]
        found = [*earlier, *later]
        if not found:
            return None, "unclear"
        agree = len({verb.tense for verb in found}) == 1
        return found[0], found[0].tense if agree else "unclear"

    def _place(self, start: int) -> int:
        return next(
            (n for n, (first, last) in enumerate(self._clauses) if first <= start < last),
            len(self._clauses) - 1,
        )


def _tokens(sentence: str, first: int, last: int) -> tuple[_Token, ...]:
    found = _WORD.finditer(sentence, first, last)
    return tuple(_Token(match[0], match.start(), match.end()) for match in found)


def _verbs(tokens: Sequence[_Token]) -> Iterator[Verb]:
    """Yield the verbs of a clause in their order."""
    place, led = 0, 0
    leading: Tense = "unclear"
    while place < len(tokens):
        found = _verb(tokens, place)
        if found is None:
            place += 1
            continue
        tense, length, is_firm = found
        # "is set to meet": what leads an infinitive says when.
        if tokens[place].low == "to" and led == place and leading in ("future", "planned"):
            tense = leading
        last = tokens[min(place + length, len(tokens)) - 1]
        first = tokens[place]
        yield Verb(
            start=first.start, end=last.end, form=first.low, word=last.low,
            tense=tense, is_firm=is_firm,
        )  # fmt: skip
        place += length
        led, leading = place, tense


def _verb(tokens: Sequence[_Token], place: int) -> tuple[Tense, int, bool] | None:
    """Return the tense of the verb that begins at *place*, its words, and whether it is one."""
    word = tokens[place].low
    if tokens[place].text[0].isupper() and not _opens(tokens, place):
        return None  # of a title, or of a headline, which tells by other rules
    ahead = _ahead(tokens, place)
    if word == "to":
        return _infinitive(tokens, place)
    # "Is to be opened": the infinitive has its own words.
    length = 1 if ahead == "to" else _group(tokens, place)
    auxiliary = _auxiliary(word, ahead, length)
    if auxiliary:
        return auxiliary
    # A participle before its noun is none of our verbs: "the proposed law", "a planned visit".
    is_verb = not (place and tokens[place - 1].low in _DETERMINERS)
    if word in _PLANNED_ALONE or (word == "set" and ahead in ("for", "to")):
        return ("planned", 1, True) if is_verb else None
    if word in _PLANS and ahead == "to":
        is_noun = any(token.low in _DETERMINERS for token in tokens[max(0, place - 3) : place])
        return None if is_noun and word in ("plan", "aim", "hope") else ("future", 2, True)
    if word in _STARTS or (word, ahead) in _STARTS_PAIRS:
        return "future", 1, True
    if word in _FINITE:
        return "past", 1, True
    return ("past", 1, False) if is_verb and _is_participle(word) else None


def _opens(tokens: Sequence[_Token], place: int) -> bool:
    """Tell whether the word may have its capital from its place, or from what it begins with."""
    return place == 0 or "’" in tokens[place].low or not tokens[place - 1].text[-1].isalnum()


def _auxiliary(word: str, ahead: str, group: int) -> tuple[Tense, int, bool] | None:
    """Return what a verb that begins with an auxiliary is."""
    if word in _MODALS or word in _WOULD or word.endswith(("’ll", "’d")):
        is_certain = word in ("will", "shall", "won’t") or word.endswith("’ll")
        if ahead in ("have", "’ve") and not is_certain:
            return "past", group, True
        if word in _WOULD or word.endswith("’d"):
            # "I’d" is had as often as would; who could do it need not have.
            return ("planned" if word.startswith("would") else "unclear"), group, True
        if word.startswith("should"):
            return "unclear", group, True
        return "future", group, True
    if word in _PRESENT_BE or word.endswith(("’re", "’m")):
        is_ahead = ahead in _PLANNED or ahead in _ARRANGED
        return ("future" if is_ahead else "present"), group, True
    if word in _PAST_BE or word in _HAD:
        is_planned = ahead in _PLANNED and not (word in _HAD and ahead == "to")
        return ("planned" if is_planned else "past"), group, True
    if word in _HAVE or word.endswith("’ve"):
        if ahead in _PLANNED:
            return "future", group, True
        is_done = _is_participle(ahead) or ahead in _PERFECT
        return ("past", group, True) if is_done else ("present", 1, True)
    return ("past", group, True) if word in _DID else None


def _ahead(tokens: Sequence[_Token], place: int) -> str:
    """Return the next word that is no adverb, behind "been" only what is planned."""
    found = ""
    for token in tokens[place + 1 : place + _GROUP]:
        if token.low not in _ADVERBS and not token.low.endswith("ly"):
            if token.low != "been":
                return "been" if found and token.low not in _PLANNED else token.low
            found = "been"
    return found


def _group(tokens: Sequence[_Token], place: int) -> int:
    """Return how many words the verb has that begins with an auxiliary."""
    length = 1
    for token in tokens[place + 1 : place + _GROUP]:
        word = token.low
        length += 1
        if word not in _ADVERBS and not word.endswith("ly") and word not in ("be", "been", "have"):
            return length if _is_word(token) else length - 1
    return length


def _is_word(token: _Token) -> bool:
    return token.text[0].islower() and token.low not in _DETERMINERS | _TIMES


def _infinitive(tokens: Sequence[_Token], place: int) -> tuple[Tense, int, bool] | None:
    """Return how "to …" looks, by the word that it hangs on; None where it is no infinitive."""
    if place + 1 >= len(tokens):
        return None
    following = tokens[place + 1]
    word = following.low
    is_noun = word in _PLACES or word in _DETERMINERS or _NOUN.search(word)
    if not following.text[0].islower() or is_noun or not word.isalpha():
        return None
    passive = place + 2 < len(tokens) and _is_participle(tokens[place + 2].low)
    length = 3 if word in ("be", "have") and passive else 2
    controlling = {token.low for token in tokens[max(0, place - 2) : place]}
    if controlling & _LOOKS_BACK:
        return "past", length, True
    if controlling & _LOOKS_AHEAD or word == "be":
        return "planned", length, True
    return "unclear", length, True


def _is_participle(word: str) -> bool:
    return word in _PAST or (word.endswith("ed") and len(word) > 3 and word not in _NOT_PAST)
