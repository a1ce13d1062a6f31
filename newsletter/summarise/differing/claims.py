"""Weighs what stands around a quantity, and tells whether two can be of one thing."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from newsletter.summarise.differing import circumstances
from newsletter.summarise.differing.figures import Figure
from newsletter.summarise.differing.mentions import (
    ANYONE,
    CLAUSE_ENDS,
    PEOPLE,
    STRONG,
    Mention,
    Word,
    stem_of,
)

_WEAK = frozenset(
    ", and but while whereas as after when which who where because although though with "
    "before".split()
)
_ENDS = CLAUSE_ENDS | {"which"}
_PREPOSITIONS = frozenset("in at for from on of by among near off against under into".split())
_FAR = 12  # words from a figure that tell of it
_ADJACENT = 3
_FADE = 0.86  # each such word further off tells that much less
_LITTLE = 4.0  # evidence of a short sentence: to repeat all of it is not to repeat much
_FAR_APART = 3.0  # ratio: sources that differ by more speak of different things
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_STOP = re.compile(r"[,;:—–]|\b(?:and|but|while)\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_TIME_UNITS = frozenset(stem_of(word, "en") for word in circumstances.TIME_UNITS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A mention and all that tells what it is of, as stems.

    `near` are those around it with their weights, `adjacent` those next to it, `left` those next
    before it; `names` those of its clause, `subjects` the names before it, `places` what follows
    each preposition; `periods` are the times that the figure is of, `spans` all of its sentence,
    and so are `all_names`; `measures` and `movement` are those of amounts and percentages. `fit` is
    false for what can stand against nothing: a part, a past one.
    """

    mention: Mention
    near: Mapping[str, float]
    adjacent: frozenset[str]
    left: frozenset[str]
    names: frozenset[str]
    subjects: frozenset[str]
    places: Mapping[str, frozenset[str]]
    periods: frozenset[str]
    spans: frozenset[str]
    all_names: frozenset[str]
    measures: frozenset[str]
    movement: tuple[str, bool]
    is_planned: bool
    is_rate: bool
    fit: bool


def rarities(sentences: Iterable[Iterable[str]], language: str) -> Mapping[str, float]:
    """Return how much each stem of a story's sentences (lists of words) tells: rare, more.

    The entry "" is for stems in none of them.
    """
    counts: Counter[str] = Counter()
    total = 0
    for total, sentence in enumerate(sentences, start=1):  # noqa: B007  (the count is the point)
        counts.update({stem_of(word, language) for word in sentence})
    found = {word: math.log(1.0 + (total + 1) / (n + 1)) for word, n in counts.items()}
    found[""] = math.log(2.0 + total)
    return found


def claim(mention: Mention, rarity: Mapping[str, float]) -> Claim:
    """Return the claim that a mention makes, its words weighed by their *rarity*."""
    near: dict[str, float] = {}
    left = _weigh(mention, mention.own_before()[::-1], near, rarity)
    right = _weigh(mention, mention.after, near, rarity)
    clause = _clause(mention)
    one, english = mention.quantity, mention.language == "en"
    periods, spans = _periods(mention)
    before, after = mention.sentence[: one.start], mention.sentence[one.end :]
    is_measure = english and one.kind in {"amount", "percentage"}
    return Claim(
        mention=mention,
        near=near,
        adjacent=left | right,
        left=left,
        names=frozenset(word.stem for word in clause if mention.is_name(word)),
        subjects=frozenset(word.stem for word in mention.before if mention.is_name(word)),
        places=_places(mention.after),
        periods=periods,
        spans=spans,
        all_names=frozenset(
            word.stem for word in (*mention.before, *mention.after) if mention.is_name(word)
        ),
        measures=frozenset(
            circumstances.MEASURES[word.plain]
            for word in (_measured(mention, clause) if is_measure else ())
            if word.plain in circumstances.MEASURES
        ),
        movement=circumstances.movement(before, after) if is_measure else ("", False),
        is_planned=english and any(word.plain in circumstances.PLANNED for word in clause),
        is_rate=english and circumstances.is_rate(after),
        fit=not english or _is_fit(mention, clause),
    )


def _weigh(
    mention: Mention, side: Sequence[Word], near: dict[str, float], rarity: Mapping[str, float]
) -> frozenset[str]:
    """Add the words on one side of a figure to *near*; return the stems of the nearest."""
    weight, count = 1.0, 0
    adjacent = set()
    for word in side:
        if word.plain in STRONG:
            weight *= 0.4
        elif word.plain in _WEAK:
            weight *= 0.7
        elif rival := mention.figure_at(word):
            # What stands behind another percentage is what that is of.
            if rival.kind == mention.quantity.kind in {"amount", "percentage"}:
                break
            weight *= 0.5
        elif word.tells:
            count += 1
            if count > _FAR:
                break
            value = weight * rarity.get(word.stem, rarity[""])
            near[word.stem] = max(near.get(word.stem, 0.0), value)
            if count <= _ADJACENT:
                adjacent.add(word.stem)
            weight *= _FADE
    return frozenset(adjacent)


def _clause(mention: Mention) -> list[Word]:
    """Return the words of the clause that the figure stands in."""
    found: list[Word] = []
    for word in mention.before[::-1]:
        if word.plain in CLAUSE_ENDS:
            break
        found.append(word)
    found.reverse()
    for word in mention.after:
        if word.plain in CLAUSE_ENDS:
            break
        found.append(word)
    return found


def _measured(mention: Mention, clause: Sequence[Word]) -> list[Word]:
    """Return the words that may name what is measured: those before it, and "in revenue"."""
    after = mention.after[: 3 if mention.after and mention.after[0].plain in {"of", "in"} else 1]
    return [*(word for word in clause if word.start < mention.quantity.start), *after]


def _is_fit(mention: Mention, clause: Sequence[Word]) -> bool:
    one, sentence = mention.quantity, mention.sentence
    start = min(clause[0].start, one.start) if clause else one.start
    end = max(clause[-1].end, one.end) if clause else one.end
    if circumstances.is_past(sentence[start : one.start]):
        return False
    if circumstances.is_past(sentence[one.end : end]):
        return False
    if one.kind in {"date", "time"}:
        return True
    after = sentence[one.end :] if one.kind == "count" else ""
    if circumstances.is_part(sentence[: one.start], after):
        return False
    if one.kind != "count":
        return True
    if any(word.plain in circumstances.GAMES for word in mention.after[:3]):
        return False
    # "Llama 4", "Flight 370": a figure that is part of a name.
    last = mention.before[-1] if mention.before else None
    if last is None or last.start == 0 or not last.text[0].isupper():
        return True
    return not one.printed[0].isdigit() or sentence[last.end : one.start] != " "


def _places(after: Sequence[Word]) -> Mapping[str, frozenset[str]]:
    """Return the words that follow each preposition behind the figure, up to the next stop."""
    found: dict[str, set[str]] = {}
    held: set[str] = set()
    for word in after[:14]:
        if word.plain in _PREPOSITIONS:
            held = found.setdefault(word.plain, set())
            if held:
                held = set()
        elif word.plain in _ENDS or word.plain in circumstances.SPEECH:
            break
        elif word.plain in _WEAK:
            held = set()
        elif word.tells and len(held) < 4:
            held.add(word.stem)
    return {preposition: frozenset(words) for preposition, words in found.items() if words}


def _periods(mention: Mention) -> tuple[frozenset[str], frozenset[str]]:
    """Return the spans of time named up to the end of the figure's clause, and in all its sentence.

    Of a language but English only years.
    """
    if mention.language != "en":
        years = frozenset(_YEAR.findall(mention.sentence))
        return years, years
    # "12 years in prison" counts years, and names none.
    taken = [(one.start, one.end + 7 * (one.kind == "count")) for one in mention.every]
    words = (*mention.before, *mention.after)
    days = {
        word.plain
        for place, word in enumerate(words)
        if word.plain in _WEEKDAYS
        and not any(
            other.plain in circumstances.SPEECH for other in words[max(0, place - 3) : place]
        )
    }
    end = mention.quantity.end + 7 * (mention.quantity.kind == "count")
    rest = _STOP.search(mention.sentence, end)
    text = mention.sentence[: rest.start()] if rest else mention.sentence
    return (
        circumstances.periods(text, taken) | days,
        circumstances.periods(mention.sentence, taken) | days,
    )


def ratio(a: Claim, b: Claim) -> float:
    """Return how many times the smaller figure the larger one is, 1.0 for days and times."""
    p, q = a.mention.quantity.figure, b.mention.quantity.figure
    return 1.0 if p is None or q is None else _ratio(p, q)


def _ratio(a: Figure, b: Figure) -> float:
    low, high = sorted((a.high, b.high))
    return high / low if low else math.inf


def likeness(a: Claim, b: Claim) -> float:
    """Return how much of what stands around two quantities is the same, 0.0 to 1.2.

    A span of time in common adds to it, and so do values that are nearly the same.
    """
    total = sum(min(a.near[word], b.near[word]) for word in a.near.keys() & b.near.keys())
    x, y = sum(a.near.values()), sum(b.near.values())
    share = total / ((x + y) or 1.0) + 0.5 * total / max(min(x, y), _LITTLE)
    return share + 0.1 * bool(a.spans & b.spans) + 0.1 * (ratio(a, b) < 1.1)


def enough(a: Claim, b: Claim) -> float:
    """Return the likeness from which two quantities are taken for one thing's."""
    match a.mention.quantity.kind:
        case "count" if a.mention.states:
            return 0.28
        case "count":
            return 0.55 if a.mention.head in _TIME_UNITS else 0.45
        case "amount":
            return 0.38 + 0.05 * (ratio(a, b) > 1.5)
        case "percentage":
            crowd = max(_alike(a.mention), _alike(b.mention))
            return 0.48 + 0.1 * (ratio(a, b) > 1.5) + 0.1 * (crowd > 2)
        case "date":
            return 0.5
        case _:
            return 0.4


def _alike(mention: Mention) -> int:
    return sum(one.kind == mention.quantity.kind for one in mention.every)


def of_one_kind(a: Mention, b: Mention) -> bool:
    """Tell whether two quantities can be of one thing by their units, size and what they count."""
    p, q = a.quantity, b.quantity
    if (p.kind, p.unit, a.language) != (q.kind, q.unit, b.language) or a.governor != b.governor:
        return False
    if p.figure and q.figure and _ratio(p.figure, q.figure) > _FAR_APART:
        return False
    if a.states != b.states:
        return False
    if p.kind != "count" or a.head == b.head:
        return True
    are_people = a.head in PEOPLE and b.head in PEOPLE and bool({a.head, b.head} & ANYONE)
    # Aboard are passengers and crew, and of those each has a figure of its own.
    return are_people and bool(a.states & b.states) and "aboard" not in a.states


def share_enough(a: Claim, b: Claim) -> bool:
    """Tell whether two claims have the words in common that name a thing, some next to both."""
    shared, adjacent = a.near.keys() & b.near.keys(), a.adjacent & b.adjacent
    match a.mention.quantity.kind:
        case "count":
            own = {a.mention.head, *(f"={state}" for state in a.mention.states)}
            if a.mention.states:
                return bool(shared - own)
            return len(shared - own) >= 2 and bool(adjacent - own)
        case "date" | "time":
            return len(shared) >= 3 and bool(adjacent)
        case _:
            return len(shared) >= 2 and bool(adjacent)


def conflict(a: Claim, b: Claim) -> str:
    """Return by what two claims show that they are of different things, "" where nothing does."""
    kind = a.mention.quantity.kind
    if a.is_rate != b.is_rate:
        return "rate"
    if a.mention.states:
        if _apart(a.all_names, b.all_names):
            return "names"
    elif _apart(a.names, b.names) or _apart(a.subjects, b.subjects):
        return "names"
    if any(_apart(held, b.places.get(word, held)) for word, held in a.places.items()):
        return "place"
    return "" if kind in {"date", "time"} else _figure_conflict(a, b)


def _figure_conflict(a: Claim, b: Claim) -> str:
    kind, states = a.mention.quantity.kind, a.mention.states
    if _apart(a.periods, b.periods):
        return "period"
    one_sided = not a.periods & b.spans and not b.periods & a.spans and a.periods != b.periods
    if one_sided and (kind == "percentage" or circumstances.is_dated(a.periods | b.periods)):
        return "period on one side"
    if a.is_planned != b.is_planned:
        return "plan"
    if not states and a.subjects - b.names - b.subjects and b.subjects - a.names - a.subjects:
        return "subject"
    if kind == "count":
        crossed = a.left & b.near.keys() and b.left & a.near.keys()
        return "left" if not states and a.left and b.left and not crossed else ""
    if a.movement != b.movement:
        return "movement"
    if kind == "percentage" and a.measures != b.measures:
        return "measure"
    return "measure" if _apart(a.measures, b.measures) else ""


def _apart(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a) and bool(b) and not a & b
