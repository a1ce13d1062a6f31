"""Finds where an English sentence is joined without a comma, or by "and": for headlines only."""

import re
from collections.abc import Iterator

from newsletter.summarise.heading.finite import has_main_verb, links, verb_groups

_JOINT = re.compile(
    r"\s(?P<link>during which|after|before|when|while|because|amid|despite|following|as)\s"
    r"(?!(?:of|part|well|long|soon|much|many|far|though|if|usual|expected|saying)\b)"
)
_WITH_NOUN = frozenset({"amid", "despite", "following"})
# "shortly before ...", "a day after ..." go with what they measure.
_MEASURE = re.compile(
    r"(?:\s(?:just|only|barely|nearly|about|almost|(?:less|more) than))?"
    r"(?:\s(?:an?|one|two|three|four|five|six|several|a few|\d+))?"
    r"\s(?:shortly|soon|just|immediately|minutes?|hours?|days?|weeks?|months?|years?|moments?|long"
    r"|right|even|only)$"
)
_NEGATES = re.compile(r"\b(?:not|never|no)\b|n[’']t\b", re.IGNORECASE)
_COMPARES = re.compile(
    r"\bas \w+(?: \w+)?$|\b(?:so|such|same|known|describ\w+|serv\w+|work\w*|regard\w+"
    r"|identif\w+|seen|treat\w*|act|acts|acted|hail\w+|nam\w+|than|elect\w*|appoint\w*"
    r"|us(?:e|ed|ing))\b(?!.*\bas\b)[^,]*$"
)
_AND = re.compile(
    r"and (?:now )?(?:(?:the|an?|his|her|its|their|he|she|it|they|[A-Z][\w.’'-]*|police|[a-z]+s) "
    r"|(?P<verb>is|are|was|were|has|have|had|will|would|said|says)\b)"
)
# "a show that will be ...": what "a" introduces needs no more, where "the" would.
_INDEFINITE = re.compile(
    r"\b(?:an?|two|three|several) (?:[\w’'-]+ ){0,3}?[\w’'-]+(?P<end>)\s(?:that|which|who)\s"
    r"(?=(?:is|are|was|were|has|have|had|will|would|could|can|may|might)\b|\w+(?:ed|s)\s)"
)
_PHRASE = 6  # words
# "is ... and has ...", "held a vote and ordered ...": what is told of the same subject next.
_AND_VERB = re.compile(
    r"(?<!ed)(?<!en)(?<!ly)\sand (?:is|are|was|were|has|have|had|will|would|said|says"
    r"|[a-z]{3,}ed)\s"
)
_LED_ON = re.compile(r",([\"”])$")
_PAIRED = re.compile(r"\b(?:both|between|either)\b")
_IN_RELATIVE = re.compile(r",\s(?:which|who|whose|where)\b[^,]*$")
_NAMES = re.compile(r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?<!^)\b[A-Z][\w’'-]+")
_LEADS_UP = re.compile(
    r"(?:After|When|While|As|Following|Amid|Despite|Because|Hours after|In what) "
)
_SOMEBODY = re.compile(r"(?:he|she|it|they|his|her|its|their|police|officials|protesters)\s")
_PRONOUN = re.compile(r"\b(?:he|she|they|it|his|her|him|them|their|its)\b", re.IGNORECASE)
_NAME = re.compile(r"\b[A-Z][a-z]")


def loosely_joined(body: str, masked: str) -> Iterator[tuple[str, bool]]:
    """Yield *body* without a last clause that no comma sets off, and without one that leads up.

    *masked* is *body* with its quotations and brackets blotted out. What is left may be no
    sentence: that is for the caller to see, unless beside it stands true, as its main verb must be
    in it.
    """
    for match in _JOINT.finditer(masked):
        tail, rest = masked[match.end() :], body[: match.start()]
        if "," in tail or _IN_RELATIVE.search(masked, 0, match.start()):
            continue
        if _opens_clause(match["link"], tail, rest):
            yield _MEASURE.sub("", rest).rstrip(" ,;–—-"), verb_groups(tail) <= 1 + links(tail)
    for match in _AND_VERB.finditer(masked):
        if not _PAIRED.search(masked, 0, match.start()) and "," not in masked[match.end() :]:
            # A comma that stands before the closing mark of a quotation led on to what went.
            yield _LED_ON.sub(r"\1", body[: match.start()]), False
    for match in _INDEFINITE.finditer(masked):
        tail = masked[match.end() :]
        rest = body[: match.start("end")]
        # ", in a bid that ...": without its clause the phrase says nothing.
        hangs = "," in rest and len(rest.rpartition(",")[2].split()) < _PHRASE
        if "," not in tail and verb_groups(tail) == 1 and not hangs:
            yield rest, True
    before, comma, tail = masked.rpartition(", ")
    joined = _AND.match(tail)
    if comma and joined and "," not in before and has_main_verb(tail[4:]):
        yield body[: len(before)], False
    if _LEADS_UP.match(masked):
        opening, _, tail = masked.partition(", ")
        names = {*_NAMES.findall(opening)} - {*_NAMES.findall(tail)}
        is_clause = has_main_verb(opening.partition(" ")[2], guess=True)
        # What leads up to the news may be all that says whose news it is.
        if is_clause and not names and _names_first(tail):
            rest = body[len(body) - len(tail) :]
            yield rest[:1].upper() + rest[1:], False


def _opens_clause(link: str, tail: str, rest: str) -> bool:
    """Tell whether *tail*, behind its *link*, is a clause that the sentence can do without."""
    if link == "because" and _NEGATES.search(rest):
        return False
    if link in _WITH_NOUN:
        return len(tail.split()) > 1
    if link == "as":
        is_clause = has_main_verb(tail, guess=_SOMEBODY.match(tail) is not None)
        return is_clause and not _COMPARES.search(rest)
    first = tail.split()[0] if tail.split() else ""
    return has_main_verb(tail, guess=True) or first.endswith("ing")


def _names_first(rest: str) -> bool:
    """Tell whether no pronoun of *rest* stands before a name that it could mean."""
    pronoun = _PRONOUN.search(rest)
    if pronoun is None:
        return True
    name = _NAME.search(rest)
    return name is not None and name.start() < pronoun.start()
