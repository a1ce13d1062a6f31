"""Tells whether a language model's summary may be printed, or why not, in an editor's words."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from newsletter.model import Assignment
from newsletter.summarise import wording
from newsletter.summarise.differing.mentions import ANYONE, Mention, mentions
from newsletter.summarise.grounding.drafts import DraftSentence
from newsletter.summarise.grounding.evidence import (
    quotations,
    unfounded_dates,
    unfounded_numbers,
    unfounded_quotations,
)
from newsletter.summarise.grounding.naming import bare_surnames, known_names, unfounded_names
from newsletter.summarise.grounding.polarity import turned_round
from newsletter.summarise.grounding.prompt import Numbered, fewest
from newsletter.summarise.grounding.roles import (
    misattributed,
    other_actors,
    put_for_another,
    swapped,
)
from newsletter.summarise.readability import leans
from newsletter.text.boilerplate import is_promotional
from newsletter.text.instructions import reads_as_instruction
from newsletter.text.words import base_language, is_unspaced, stem, words

# Of the words that tell, how many must stand in the cited sentences. A paraphrase has its own.
_FOUNDED = 0.7
_REPEATS = 0.7  # of the words that tell of the shorter of two sentences
_LONGEST = 20  # characters a word: what is longer by far is not looked into
_FEWEST_WORDS = 4
_ENDED = re.compile(r"[.!…。！。؟۔։।][\"”’»)」』]*$")
_ASKS = re.compile(r"[?？؟][\"”’»)」』]*$")
_LINK = re.compile(
    r"https?:|www\.|\w@\w|\]\(|\b[\w-]+\.(?:com|org|net|io|ai|info|biz|example|co\.\w\w|ru|cn|de|ly)"
    r"\b|\bdot\s(?:com|org|net)\b",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"<[^>\s][^>]*>|&\w+;|[<>{}|`▁�]|^#{1,6}\s|\*\*|__|\[|\]|^\s*[-*•]\s")
_OF_ITSELF = re.compile(
    r"\b(?:as an? (?:ai|artificial|language)|language model|i(?:['’]m| am| was)? (?:sorry|unable"
    r"|cannot|can['’]t|apologi[sz]e)|(?:this|the|in) summary\b|numbered sentences?"
    r"|(?:provided|given|cited) (?:sentences?|articles?|text)"
    r"|the articles? (?:say|state|report|mention|describe|discuss)s?"
    r"|according to the (?:articles?|sentences?|text)|word limit|sources? \[?\d)",
    re.IGNORECASE,
)
_TO_THE_READER = re.compile(
    r"\b(?:click|subscribe|sign up|buy now|call now|act now|learn more|read more|visit (?:our|the"
    r" (?:web)?site|us)|follow us|stay tuned|check out|don['’]t miss|share this)\b",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"\b[A-Z]{2,6}\b")  # for a name that is looked at as such
_PRONOUN = re.compile(r"\b(?:he|she|they|his|her|him|them|their)\b", re.IGNORECASE)
_CAPITAL = re.compile(r"(?<=[\w,] )[A-Z]|^[A-Z][\w’'-]+ [A-Z]")
_SMALL = wording.word_set(
    "the and for with from that this these those their there they them then than have has had was "
    "were been being are will would could should may might must can did does not said says say "
    "after before over under about into onto also its his her him she who whom whose which what "
    "when where while out off per but nor yet all any one two more most some such very other "
    "der die das und den von mit auf für ist dem ein eine einen als auch aus nach bei sich les des "
    "une dans que qui pour sur par avec est pas los las por con para del una sono della che per "
    "het een van dat met zijn voor sein seine ihr ihre wie hat haben wird sich "
    # and what numbers, dates and speech are told with: those are looked at by themselves
    "per cent percent million billion dollar dollars euro euros pound pounds mio mrd january "
    "february march april june july august september october november december accord according "
    "because between while also still only just including told added company firm group city town "
    "country"
)


def faults(
    draft: Sequence[DraftSentence],
    sources: Sequence[Numbered],
    assignment: Assignment,
    language: str,
) -> tuple[str, ...]:
    """Return why a *draft* may not be printed as the summary of *sources*; nothing if it may.

    It may if it is as long as asked, stands alone, speaks of nothing but the matter, and every
    number, date, name and quotation of a sentence stands in the sentences that it cites, most of
    its other words too, and nothing is turned round. Rather too strict: what is refused costs a
    summary in the sources' own words, what is let through is printed. Each fault once, in the order
    of the text.
    """
    if not draft:
        return ("there is no sentence in it",)
    length = sum(_length(sentence.text) for sentence in draft)
    characters = sum(len(sentence.text) for sentence in draft)
    far = (len(draft) > 3 * assignment.sentences, length > 2 * assignment.words)
    if any(far) or characters > _LONGEST * assignment.words:
        # Not looked into: what is so far from what was asked may be long to make looking long.
        return (f"it has {_count(len(draft), 'sentence')} of {length} words in all",)
    found = [*_of_shape(draft, sources, assignment, language)]
    by_number = {one.number: one.text for one in sources}
    every = [one.text for one in sources]
    for sentence in draft:
        found += _of_speech(sentence.text, every, language)
        missing = [number for number in sentence.cites if number not in by_number]
        if missing:
            found.append(f"it cites what is not there: {_listed(f'[{one}]' for one in missing)}")
        elif not sentence.cites:
            found.append(f"nothing is cited for “{_short(sentence.text)}”")
        else:
            cited = [by_number[number] for number in sentence.cites]
            found += _of_matter(sentence.text, cited, language)
    return tuple(dict.fromkeys(found))


def _of_shape(
    draft: Sequence[DraftSentence],
    sources: Sequence[Numbered],
    assignment: Assignment,
    language: str,
) -> Iterator[str]:
    """Yield what is wrong with the whole."""
    few, most = fewest(assignment, sources), assignment.sentences
    if not few <= len(draft) <= most:
        asked = str(most) if few == most else f"{few} to {most}"
        yield f"it has {_count(len(draft), 'sentence')}, where {asked} were asked for"
    length = sum(_length(sentence.text) for sentence in draft)
    if length > assignment.words:
        yield f"it has {length} words, where {assignment.words} may be"
    first = draft[0].text
    if base_language(language) == "en":
        if leans(first) or _has_loose_pronoun(first):
            yield f"its first sentence does not stand alone: “{_short(first)}”"
        bare = tuple(bare_surnames([one.text for one in draft], [one.text for one in sources]))
        if bare:
            yield f"it does not say who {_listed(bare)} is"
    for one, other in combinations(draft, 2):
        a, b = (frozenset(_telling(each.text, language)) for each in (one, other))
        if a and b and len(a & b) >= _REPEATS * min(len(a), len(b)):
            yield f"it says the same twice: “{_short(other.text)}”"


def _of_speech(text: str, sources: Sequence[str], language: str) -> Iterator[str]:
    """Yield what is wrong with a sentence as such, whatever it tells."""
    shown = f"“{_short(text)}”"
    if not _ENDED.search(text) or _length(text) < _FEWEST_WORDS:
        yield f"it has a question: {shown}" if _ASKS.search(text) else f"it is no sentence: {shown}"
    if any(unicodedata.category(c) in {"Cc", "Cf", "Co", "Cs", "Cn"} for c in text):
        yield "it has invisible characters"
    if _LINK.search(text):
        yield f"it has a link or an address: {shown}"
    if _MARKUP.search(text):
        yield f"it has markup: {shown}"
    if text.count('"') % 2 or text.count("“") != text.count("„" if "„" in text else "”"):
        yield f"it leaves a quotation open: {shown}"
    if _speaks(text, outside=_without_quotations(text), language=language):
        yield f"it speaks to the reader, to a model or of itself: {shown}"
    strange = _scripts(text) - {script for source in sources for script in _scripts(source)}
    if strange:
        yield f"it has letters that its sources do not have: {_listed(sorted(strange))}"


def _speaks(text: str, *, outside: str, language: str) -> bool:
    """Tell whether a sentence speaks to somebody, or of its own making; *outside* of quotations."""
    if reads_as_instruction(text) or is_promotional(text):
        return True
    patterns = [_OF_ITSELF, _TO_THE_READER]
    if base_language(language) == "en":
        patterns += [wording.SECOND_PERSON, wording.FIRST_PERSON]
        if wording.IMPERATIVE.match(outside):
            return True
    return any(pattern.search(outside) for pattern in patterns)


def _of_matter(text: str, cited: Sequence[str], language: str) -> Iterator[str]:
    """Yield what a sentence says that the sentences it cites do not."""
    quoted = list(unfounded_quotations(text, cited))
    if quoted:
        yield f"a quotation that is not in what it cites: {_listed(f'“{one}”' for one in quoted)}"
    strange = list(unfounded_numbers(text, cited, language))
    if strange:
        yield f"a number that is not in what it cites: {_listed(strange)}"
    undated = list(unfounded_dates(text, cited, language))
    if undated:
        yield f"a date that is not in what it cites: {_listed(undated)}"
    names = list(unfounded_names(text, cited, language))
    if names:
        yield f"a name that is not in what it cites: {_listed(names)}"
    if base_language(language) == "en":
        yield from _counted_otherwise(text, cited)
        told = [_without_quotations(source) for source in cited]
        yield from turned_round(_without_quotations(text), told)
        yield from misattributed(text, cited)
        yield from other_actors(text, cited)
        yield from put_for_another(text, cited)
        yield from _spoken_by_another(text, cited)
        known = frozenset(word for run in known_names([text], "en").runs for word in run)
        pair = swapped(text, cited, known)
        if pair:
            yield f"it swaps who did what: {_listed(name.capitalize() for name in pair)}"
    own = _telling(text, language)
    known_stems = {one for source in cited for one in _telling(source, language)}
    founded = sum(one in known_stems for one in own)
    new = [one for one in dict.fromkeys(own) if one not in known_stems]
    if len(new) > 1 and founded < _FOUNDED * len(own):
        yield f"most of it is not in what it cites: “{_short(text)}” ({_listed(new[:5])})"


def _counted_otherwise(text: str, cited: Sequence[str]) -> Iterator[str]:
    """Yield the counts that are of something else in the sources: 12 hurt for 12 killed."""
    known = [one for source in cited for one in mentions(source, "en")]
    for wanted in mentions(text, "en"):
        figure = wanted.quantity.figure
        if wanted.quantity.kind != "count" or figure is None:
            continue
        same = [
            one
            for one in known
            if one.quantity.figure is not None and one.quantity.figure.low == figure.low
        ]
        if same and not any(_may_be_one(wanted, one) for one in same):
            yield f"{wanted.quantity.printed} is of something else in what it cites"


def _may_be_one(wanted: Mention, known: Mention) -> bool:
    """Tell whether two counts can be of the same: people are counted by many names."""
    if wanted.states and known.states and not wanted.states & known.states:
        return False
    heads = {wanted.head, known.head}
    return len(heads) == 1 or "" in heads or bool(heads & ANYONE)


def _spoken_by_another(text: str, cited: Sequence[str]) -> Iterator[str]:
    """Yield the quotations that stand in the sources beside other names than here."""
    own = _names_outside(text)
    for quoted in quotations(text) if own else ():
        holders = [
            source for source in cited if not [*unfounded_quotations(f"“{quoted}”", [source])]
        ]
        named = [found for source in holders if (found := _names_outside(source))]
        if holders and len(named) == len(holders) and not any(own & found for found in named):
            yield f"a quotation is given to another than in what it cites: “{_short(quoted)}”"


def _names_outside(text: str) -> frozenset[str]:
    runs = known_names([_without_quotations(text)], "en").runs
    return frozenset(word for run in runs for word in run)


def _has_loose_pronoun(text: str) -> bool:
    """Tell whether a pronoun comes before anybody whom it could mean."""
    pronoun = _PRONOUN.search(text)
    if pronoun is None:
        return False
    before = text[: pronoun.start()]
    people = {word.casefold().rstrip("s") for word in re.findall(r"\w+", before)}
    return not (
        _CAPITAL.search(before)
        or people & wording.PERSON
        or any(word.endswith("s") and len(word) > 3 for word in before.split())
    )


def _telling(text: str, language: str) -> list[str]:
    """Return the stems of the words of *text* that tell, as often as they stand there."""
    return [
        stem(word, language)
        for word in words(_INITIALS.sub(" ", text), language)
        if word not in _SMALL
        and (len(word) > 2 or is_unspaced(word))
        and not any(map(str.isdigit, word))
    ]


def _scripts(text: str) -> set[str]:
    """Return the names of the scripts that the letters of *text* are in, as Unicode names them."""
    return {unicodedata.name(c, "UNKNOWN").split(" ")[0].split("-")[0] for c in text if c.isalpha()}


def _length(text: str) -> int:
    wide = sum(is_unspaced(c) for c in text)
    return wide // 2 if wide > len(text) // 3 else len(text.split())


def _without_quotations(text: str) -> str:
    for quoted in quotations(text):
        text = text.replace(quoted, "")
    return text


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57].rstrip()}…"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _listed(every: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(every))
