"""Holds a title against the sentence that it would stand above: do both tell the same?"""

import re
from collections.abc import Iterator

from newsletter.summarise.differing.quantities import Quantity, quantities
from newsletter.summarise.documents import bag_of
from newsletter.summarise.wording import word_set

_NEAR = 5  # words after a figure that tell, with the one before, what it counts
_CLOSE = 0.02  # share by which two figures for one thing may differ
_EXACT = 1_000  # counts below are seldom rounded
# "145 deaths since September": what has added up is no rival of one day's figure.
_SUM = re.compile(
    r"\b(?:since|so far|in all|in total|total(?:s|ling|ing|led)?|overall|this year|to date|bring\w*"
    r"|combined|(?:over|in|during) the (?:past|last))\b",
    re.IGNORECASE,
)
_HEAD, _TAIL = 20, 40  # characters before and after a figure that tell so
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|[,;:.]")
_DEAD = word_set("dead death deaths died die dies killed kill kills killing fatalities toll bodies")
_HURT = word_set("injured injures injuring injury injuries wounded wounding hurt hurts")
_HELD = word_set("arrested arrest arrests detained detains detain custody")
# Words that stand beside figures of every kind.
_ANYTHING = word_set(
    "the and for with from were was are have has had been being that than more people persons men "
    "women others other after into over new its their his her who which said says year years day "
    "days month months week weeks including about least as at by in of on to up or an a it is"
)


def contradicts(title: str, sentence: str, language: str) -> bool:
    """Tell whether a figure of *title* is another than *sentence* gives for the same thing.

    For the same thing are figures of one kind that stand beside the same word. Figures agree that
    lie within 2 % of each other, within what "more than" and the like leave open, or where one is
    the other rounded ("$3 billion", "$3.2 billion"). What *sentence* says to have added up over
    time is compared to nothing.
    """
    said = [
        (one, frozenset(_beside(sentence, one)))
        for one in _figures(sentence, language)
        if not _SUM.search(sentence[max(0, one.start - _HEAD) : one.end + _TAIL])
    ]
    if not said:
        return False
    for one in _figures(title, language):
        words = frozenset(_beside(title, one))
        rivals = [
            other
            for other, beside in said
            if other.kind == one.kind and other.unit == one.unit and words & beside
        ]
        if rivals and not any(_agree(one, other) for other in rivals):
            return True
    return False


def shares(title: str, sentence: str, language: str) -> int:
    """Return how many telling words *title* has in common with *sentence*."""
    return len(set(bag_of(title, language)) & set(bag_of(sentence, language)))


def _figures(text: str, language: str) -> list[Quantity]:
    return [one for one in quantities(text, language) if one.figure is not None]


def _beside(text: str, one: Quantity) -> Iterator[str]:
    """Yield what stands for the words near a figure, up to the next mark of punctuation."""
    after: list[str] = []
    for word in _WORD.findall(text[one.end : one.end + 80])[:_NEAR]:
        if word in {",", ";", ":", ".", "and"}:
            break
        after.append(word)
    before = [
        w for w in _WORD.findall(text[max(0, one.start - 40) : one.start])[-1:] if w.isalpha()
    ]
    for word in (*after, *before):
        folded = word.casefold()
        if folded in _ANYTHING:
            continue
        if folded in _DEAD:
            yield "dead"
        elif folded in _HURT:
            yield "hurt"
        elif folded in _HELD:
            yield "held"
        else:
            yield folded[:5]


def _agree(one: Quantity, other: Quantity) -> bool:
    a, b = one.figure, other.figure
    if a is None or b is None:
        return True
    for first, second in ((a, b), (b, a)):
        if first.hedge == "over" and second.high >= first.low * (1 - _CLOSE):
            return True
        if first.hedge == "under" and second.low <= first.high * (1 + _CLOSE):
            return True
    low, high = (a, b) if a.high <= b.high else (b, a)
    if low.high >= high.low * (1 - _CLOSE):
        return True
    if one.kind == "count" and high.low < _EXACT:
        return False
    return high.low - low.high <= max(a.round_step, b.round_step) / 2
