"""Knows what publishers print around their articles: captions, credits, promotion, legal lines."""

import re

from newsletter.text.boilerplate_rules import CAPTION, MONTH, PROMOTIONAL, RULES, Rule

_WORD = re.compile(r"[^\W_]+|[©@#|/]")
_FULL_DATE = re.compile(rf"\b(?:{MONTH},? \d{{1,2}},? \d{{4}}|\d{{1,2}} {MONTH},? \d{{4}})\b")
# "..., Monday, May 7, 2012, in Newark." is how agencies close a caption, and nobody a sentence.
_CAPTION_END = re.compile(
    rf"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? {MONTH},? \d{{1,2}},? \d{{4}}"
    r"(?:,? (?:in|at|near|on|outside) [^.]{2,60}(?:\.[A-Z])*)?\.?$"
)
# Captions tell in the present what a camera saw: "walks on stage on June 3, 2019".
_SEEN = re.compile(
    r"\b(?:stands?|walks?|sits?|speaks?|looks?|arrives?|attends?|waves?|performs?|holds?|poses?"
    r"|smiles?"
    r"|leaves?|listens?|watch(?:es)?|gestures?|reacts?|enters?|inspects?|celebrates?|answers?|points?|raises?|wipes?"
    r"|carr(?:y|ies)|rides?|prays?|hugs?|gathers?|march(?:es)?|salutes?|ushers?|cheers?|lifts?|(?:is"
    r"|are) \w+(?:ed|n))\b"
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|said|told|\w{2,}ed|took|made|came|went|won|lost|began|found|will"
    r"|would)\b"
)
# "Mayor Ann LimVoters divided over Lim Bridge closes early MORE": titles of links, glued to a name.
_GLUED_LINKS = re.compile(r"[a-z][A-Z]\w{1,40} .{8,400} MORE\b")
# What somebody says is no word of the publisher's own.
_QUOTED = re.compile(
    r"^[\"“‘«„].*\b(?:said|says|told|asked|wrote|added|tweeted|posted|explained|recalled|sagte|dit"
    r"|dijo)\b"
)


def is_caption(line: str) -> bool:
    """Tell whether *line* describes or credits a picture."""
    return _holds(CAPTION, line, _words(line)) or _dates_a_picture(line)


def is_promotional(line: str) -> bool:
    """Tell whether *line* speaks for the publisher: subscribe, share, read more, cookies."""
    words = _words(line)
    return any(_holds(rule, line, words) for rule in PROMOTIONAL)


def reason_against(line: str) -> str | None:
    """Return why *line* (a paragraph or a sentence) is boilerplate, or None where it is not.

    One of "promotion", "cookies", "copyright", "share", "link", "byline", "editor's note",
    "contact", "disclaimer", "time stamp", "caption". What somebody is quoted with is none of them.
    """
    words = _words(line)
    for rule in RULES:
        if _holds(rule, line, words):
            return None if _QUOTED.match(line) else rule.reason
    if "MORE" in line and _GLUED_LINKS.search(line):
        return "link"
    return "caption" if _dates_a_picture(line) else None


def _words(line: str) -> frozenset[str]:
    return frozenset(_WORD.findall(line.lower()))


def _holds(rule: Rule, line: str, words: frozenset[str]) -> bool:
    return not rule.words.isdisjoint(words) and (
        rule.opening.match(line) is not None or rule.anywhere.search(line) is not None
    )


def _dates_a_picture(line: str) -> bool:
    """Tell whether a dated *line* tells in the present what a picture shows."""
    if len(line) > 300 or not _FULL_DATE.search(line):
        return False
    if _CAPTION_END.search(line) and " will " not in line:
        return True
    return not tells_the_past(line) and _SEEN.search(line) is not None


def tells_the_past(line: str) -> bool:
    """Tell whether *line* says first what happened, where a caption says what is to be seen."""
    seen, past = _SEEN.search(line), _PAST.search(line)
    return past is not None and (seen is None or past.start() <= seen.start())
