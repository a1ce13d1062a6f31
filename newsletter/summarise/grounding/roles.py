"""Sees where a sentence gives an act, a thing or a part to another than its sources do."""

import re
from collections.abc import Iterator, Sequence

from newsletter.summarise.grounding.naming import known_names
from newsletter.summarise.grounding.polarity import SMALL
from newsletter.summarise.wording import has_verb, word_set
from newsletter.text.words import stem

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?|[.;:!?]")
_BE = word_set("was were is are been being be")
_OF = re.compile(
    r"(?P<owner>[A-Z][\w-]*)[’']s?\s(?:[a-z]\w*\s){0,1}?(?P<thing>[a-z]{4,})\b"
    r"|\b(?P<thing2>[a-z]{4,})\s(?:of|for)\s(?:the\s)?(?P<owner2>(?:[A-Z][\w-]*\s?)+)"
)
# A name, or several joined, and the verb right behind it.
_ACTOR = re.compile(
    r"(?P<names>[A-Z][\w’'-]*(?:,?\s(?:and\s|of\s|the\s|&\s)*[A-Z][\w’'-]*){0,8})"
    r"(?:\s(?:has|have|had|also|later|already|will|would|could|may|might|must|should))*\s(?P<verb>[a-z]{4,})\b"
)
_PLAIN = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?|[.,;:]")
_APART = 8  # words at most between who does and who is done to
_TELLS = 3  # letters of a word that may tell
# What news says for one another.
_ALIKE = {
    word: place
    for place, group in enumerate(
        """
        said says told added stated noted explained announced reported warned cautioned wrote argued
        remain remains remained stay stays stayed
        start starts started begin begins began
        get gets got receive receives received
        hit struck strike strikes hits
        died killed
        about around roughly approximately nearly almost
        called described labelled dubbed branded
        asked sought requested
        big large huge major
        buy acquire purchase
        show shows showed reveal reveals revealed suggest suggests suggested indicate indicated
        due because
        people residents passengers
        happened occurred
        plan plans planned intend intends intended aim aims
        hurt injured wounded
        chief head
        cost price
        vote voted approved backed passed
        toll number
        percent per cent
        """.strip().splitlines()
    )
    for word in group.split()
}
_DAYS = word_set(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May "
    "June July August September October November December"
)
_ENDS_NAME = re.compile(r"[’']s?$")


def swapped(sentence: str, cited: Sequence[str], names: frozenset[str]) -> tuple[str, str] | None:
    """Return two of the *names* whose parts in an act *sentence* has swapped, None without any.

    "A sued B" for "B sued A": the same verb between the same two, in the active voice or the
    passive both times.
    """
    acts = {act for text in cited for act in _acts(text, names)}
    for first, verb, second in _acts(sentence, names):
        if (second, verb, first) in acts and (first, verb, second) not in acts:
            return first, second
    return None


def _acts(text: str, names: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """Yield who did what to whom, as far as names and the order of words tell."""
    words = [word.casefold() for word in _WORD.findall(text)]
    places = [i for i, word in enumerate(words) if word in names]
    for place, a in enumerate(places):
        for b in places[place + 1 : place + 2 + _APART]:
            between = words[a + 1 : b]
            if not 0 < len(between) <= _APART or words[a] == words[b] or "." in between:
                continue
            is_passive = "by" in between and not _BE.isdisjoint(between)
            for word in between:
                if word not in SMALL and word not in names and len(word) > 2:
                    verb = stem(word, "en")
                    yield (words[b], verb, words[a]) if is_passive else (words[a], verb, words[b])


def misattributed(sentence: str, cited: Sequence[str]) -> Iterator[str]:
    """Yield what *sentence* gives to another than the *cited* texts do: A's lawyer for B's."""
    known: dict[str, set[str]] = {}
    for text in cited:
        for thing, owners in _owned(text):
            known.setdefault(thing, set()).update(owners)
    for thing, owners in _owned(sentence):
        if thing in known and not owners & known[thing]:
            yield f"it gives to another what is {max(known[thing]).capitalize()}'s ({thing})"


def _owned(text: str) -> Iterator[tuple[str, set[str]]]:
    for match in _OF.finditer(text):
        thing = match["thing"] or match["thing2"]
        owners = match["owner"] or match["owner2"]
        if not owners.isupper():  # initials may stand for any name
            yield stem(thing, "en"), set(owners.casefold().split())


def other_actors(sentence: str, cited: Sequence[str]) -> Iterator[str]:
    """Yield who does in *sentence* what the *cited* texts have done by others alone.

    Looked at are the names right before a verb; initials, which may stand for any name, count for
    nobody.
    """
    known: dict[str, set[str]] = {}
    for text in cited:
        for names, verb in _actors(text):
            known.setdefault(verb, set()).update(names)
    for names, verb in _actors(sentence):
        others = known.get(verb, set())
        if others and not names & others and not any(one.isupper() for one in names | others):
            yield f"it has {' '.join(sorted(names))} do what others did ({verb})"


def _actors(text: str) -> Iterator[tuple[set[str], str]]:
    known = {word.rstrip("s") for run in known_names([text], "en").runs for word in run}
    for match in _ACTOR.finditer(text):
        words = match["names"].split()
        if _ENDS_NAME.search(words[-1]) or not has_verb(match["verb"]):
            continue
        written = (_ENDS_NAME.sub("", word.strip(",")) for word in words)
        names = {word for word in written if word.casefold().rstrip("s") in known} - _DAYS
        if names:
            yield names, stem(match["verb"], "en")


def put_for_another(sentence: str, cited: Sequence[str]) -> Iterator[str]:
    """Yield the words that stand in *sentence* where the *cited* texts have another one.

    Between the same two neighbours, the one nowhere in the sources, the other nowhere in the
    sentence: "in secondary schools" for "in primary schools". Few words may be exchanged so.
    """
    own = _neighbours(sentence)
    known = [_neighbours(text) for text in cited]
    told = {stem(word, "en") for word, _, _ in own}
    heard = {stem(word, "en") for every in known for word, _, _ in every}
    for word, before, after in own:
        if len(word) < _TELLS or word in SMALL or stem(word, "en") in heard:
            continue
        for other, left, right in (one for every in known for one in every):
            is_other = len(other) >= _TELLS and other not in SMALL and stem(other, "en") not in told
            if not is_other or (before, after) != (left, right):
                continue
            if word not in _ALIKE or _ALIKE[word] != _ALIKE.get(other):
                yield f"it puts “{word}” where its sources have “{other}”"


def _neighbours(text: str) -> list[tuple[str, str, str]]:
    """Return the words of *text* in lower case, each with the one before and the one after."""
    words = ["", *(word.casefold() for word in _PLAIN.findall(text)), ""]
    return [(words[i], words[i - 1], words[i + 1]) for i in range(1, len(words) - 1)]
