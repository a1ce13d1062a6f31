"""Sees where a sentence turns its sources round: a "not" lost, up for down, a guess as a fact."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from newsletter.summarise.wording import word_set
from newsletter.text.words import stem

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?|[.;:!?]")
_NOT = word_set(
    "not no never neither nor cannot denied denies deny denying rejected "
    "rejects reject refused refuses refuse declined declines failed fails fail unable unlikely "
    "stopped stops avoided avoid barely hardly lacks lacked dismissed dismisses"
)
_NOT_YET = {("yet", "to"), *((word, "out") for word in ("rule", "rules", "ruled", "ruling"))}
_NAMES = word_set("May Will March")  # of a month and of people, unlike what may be and will
# Which say of what follows that it may not be so.
_HEDGES = word_set(
    "may might could would should can alleged allegedly suspected suspect reportedly accused "
    "accuse accuses possible possibly potentially perhaps plan plans planned planning propose "
    "proposes proposed proposal consider considers considered considering threatened threatens "
    "threaten expected expects expect hope hopes hoped want wants wanted seek seeks sought try "
    "trying tried attempted if unless whether claim claims claimed believed likely rumoured "
    "rumored charged urged urges demand demands demanded aims aimed intends intended offered "
    "forecast projected called calls scheduled due will set vows vowed promised promises pledged"
)
# Which promise what the others only allow.
_FIRM = word_set(
    "will would set due scheduled vows vowed promises promised pledged expected expects"
)
# What a thing is not without: a draft law is no law.
_QUALIFIERS = word_set(
    "suspended attempted alleged preliminary provisional draft unconfirmed conditional proposed "
    "former acting interim fake false mock partial partially potential would-be"
)
_BREAKS = word_set(". ; ! ? : but and while")
_QUALIFIED = 2  # words behind one that it is said of
SMALL = word_set(
    "the a an to be been being is are was were of in on at by for from with as that this it its "
    "his her their he she they him them has have had having do does did any all yet also either "
    "out and or but than then there who which when where while after before over under about into "
    "again ever without anyone anything one more most very so such only just even"
)
_SCOPE = 3  # words that tell, behind a "not", that it is said of
_OPPOSITES = tuple(
    (word_set(one), word_set(other))
    for one, other in (
        (
            (
                "rose rise rises rising increased increase increases increasing grew grow grows "
                "growing climbed jumped gained gain gains soared surged higher up"
            ),
            (
                "fell fall falls falling decreased decrease decreases dropped drop drops declined "
                "decline declines shrank lost slid slumped plunged lower down"
            ),
        ),
        ("won win wins winning victory beat beats defeated", "lost lose loses losing defeat"),
        (
            "approved approve approves approval passed backed backs accepted accepts",
            "rejected reject rejects rejection vetoed blocked opposed opposes",
        ),
        ("guilty convicted conviction", "innocent acquitted acquittal cleared"),
        (
            "opened open opens reopened reopen opening",
            "closed close closes shut shuts closure closing",
        ),
        ("more above over", "fewer less below under"),
        ("before", "after"),
        ("hired hires hire recruit recruits", "fired fires dismissed sacked laid"),
        ("bought buys buy acquired acquires purchase", "sold sells sell sale"),
        ("accept accepted accepts agreed agree agrees", "refused refuse refuses disagreed"),
        ("supported supports support favour favor", "opposed opposes oppose against"),
        ("alive survived survivors survivor", "dead died killed dies"),
        (
            "started start starts began begin begins launched launches",
            "ended end ends stopped stop halted cancelled canceled scrapped suspended",
        ),
        ("arrived arrives arrive entered enters", "left leaves departed quit withdrew"),
        (
            "banned ban bans forbade prohibited",
            "allowed allows allow permitted permits legalised legalized",
        ),
        ("released freed release", "arrested detained jailed held imprisoned"),
        ("extended extends extend", "shortened cut cuts"),
        ("cheaper", "dearer costlier"),
        ("north northern", "south southern"),
        ("east eastern", "west western"),
        ("largest biggest highest most best", "smallest lowest least worst"),
        ("confirmed confirms confirm", "denied denies deny"),
        ("success succeeded successful", "failure failed failing unsuccessful"),
        ("improved improves improve better", "worsened worsens worsen worse deteriorated"),
        ("men man boy boys", "women woman girl girls"),
        ("older oldest elder", "younger youngest"),
        ("imposed imposes impose introduced introduces", "lifted lifts lift removed abolished"),
        ("raised raises raise raising", "lowered lowers lower cut cuts reduced"),
        ("praised praises praise welcomed", "criticised criticized condemned attacked denounced"),
        ("admitted admits admit confessed", "denied denies deny"),
        ("imports import imported", "exports export exported"),
        ("faster fastest", "slower slowest"),
        ("ahead", "behind"),
        ("heavier", "lighter"),
        ("early earlier", "late later"),
        ("joined joins join", "left leaves quit"),
        ("gain gains gained profit profits", "loss losses"),
    )
)
_CLAUSE = re.compile(r"[,;:—–]\s|\s(?:while|whereas|but|and)\s")
_POSSESSIVE = re.compile(r"[’']s$")
_TERM = re.compile(r"[^\W_](?:[\w.,’']*\w)?")


class _Told(NamedTuple):
    """The stems of a text that tell, with what is said of each."""

    every: frozenset[str]
    denied: frozenset[str]  # at least once
    plain: frozenset[str]  # at least once without a "not"
    hedged: Mapping[str, frozenset[str]]  # by which words
    certain: frozenset[str]
    qualified: Mapping[str, frozenset[str]]
    unqualified: frozenset[str]
    words: frozenset[str]
    has_not: bool
    hedges: frozenset[str]


def turned_round(sentence: str, cited: Sequence[str]) -> Iterator[str]:
    """Yield in an editor's words where an English *sentence* says the reverse of the *cited* texts.

    A rough look at words: a "not" that is lost or added at a word that both have, a word whose
    opposite alone stands in the sources, and what the sources only allow told as a fact.
    """
    told, known = _told(sentence), _told(" . ".join(cited))
    for word in sorted(told.denied & known.every):
        if word not in told.plain and not told.denied & known.denied:
            yield f"it denies what its sources say ({word})"
    for word in sorted(known.denied & told.every):
        if word not in known.plain and word not in told.denied and not told.has_not:
            yield f"it says what its sources deny ({word})"
    if told.has_not and not known.has_not:
        yield "it says “not” where its sources do not"
    for word in sorted(told.every):
        open_ = known.hedged.get(word, frozenset())
        if (
            open_
            and word not in known.certain
            and told.hedges <= (_FIRM if open_ - _FIRM else set())
        ):
            yield f"it tells as a fact what its sources leave open ({word})"
    for word in sorted(told.every):
        lost = known.qualified.get(word, frozenset()) - told.words
        if lost and word not in known.unqualified:
            yield f"it leaves out “{min(lost)}” ({word})"
    for one, other in _OPPOSITES:
        for here, there in ((one, other), (other, one)):
            said = told.words & here
            if said and not known.words & here and known.words & there and not told.words & there:
                yield f"it says {min(said)} where its sources say {min(known.words & there)}"
    yield from _turned_within(sentence, cited)


def _told(text: str) -> _Told:
    words = [
        word.casefold().replace("’", "'") for word in _WORD.findall(text) if word not in _NAMES
    ]
    denied: set[str] = set()
    plain: set[str] = set()
    hedged: dict[str, frozenset[str]] = {}
    certain: set[str] = set()
    negated = guessed = negations = 0
    hedge, hedges = "", set[str]()
    for word, following in zip_longest(words, words[1:]):
        if word in _BREAKS:
            negated = guessed = 0
        elif word in _NOT or word.endswith("n't") or (word, following) in _NOT_YET:
            # "could not": no guess; "not ruled out": no denial.
            negations += -1 if negated else 1
            negated, guessed = 0 if negated else _SCOPE, 0
        elif word in _HEDGES:
            guessed, hedge = _SCOPE, word
            hedges.add(word)
        elif word not in SMALL and len(word) > 2:
            root = stem(word, "en")
            (denied if negated else plain).add(root)
            if guessed:
                hedged[root] = hedged.get(root, frozenset()) | {hedge}
            else:
                certain.add(root)
            negated, guessed = max(0, negated - 1), max(0, guessed - 1)
    qualified, unqualified = _qualified(words)
    return _Told(
        every=frozenset(denied | plain),
        denied=frozenset(denied),
        plain=frozenset(plain),
        hedged=hedged,
        certain=frozenset(certain),
        qualified=qualified,
        unqualified=unqualified,
        words=frozenset(words),
        has_not=negations > 0,
        hedges=frozenset(hedges),
    )


def _qualified(words: Sequence[str]) -> tuple[Mapping[str, frozenset[str]], frozenset[str]]:
    """Return the stems that a qualifier stands before, with those, and the stems without one."""
    found: dict[str, frozenset[str]] = {}
    free: set[str] = set()
    qualifier, left = "", 0
    for word in words:
        if word in _QUALIFIERS:
            qualifier, left = word, _QUALIFIED
        elif not word[0].isalpha():
            left = 0
        elif word not in SMALL and len(word) > 2:
            root = stem(word, "en")
            if left:
                found[root] = found.get(root, frozenset()) | {qualifier}
            else:
                free.add(root)
            left = max(0, left - 1)
    return found, frozenset(free)


def _turned_within(sentence: str, cited: Sequence[str]) -> Iterator[str]:
    """Yield where a clause of *sentence* tells the opposite of its names and numbers.

    Told is what stands in one clause with more of them.
    """
    known = [_Clause.of(clause) for text in cited for clause in _CLAUSE.split(text)]
    for own in map(_Clause.of, _CLAUSE.split(sentence)):
        for one, other in _OPPOSITES:
            for here, there in ((one, other), (other, one)):
                if not own.words & here or own.words & there:
                    continue
                said = max(
                    (len(own.marks & it.marks) for it in known if it.words & here), default=0
                )
                against = [it for it in known if it.words & there and not it.words & here]
                nearest = max(against, key=lambda it: len(own.marks & it.marks), default=None)
                if nearest and len(own.marks & nearest.marks) > said:
                    word, reverse = min(own.words & here), min(nearest.words & there)
                    yield f"it says {word} where its sources say {reverse}"


class _Clause(NamedTuple):
    """The words of a clause, and those of them that are parts of names or numbers."""

    words: frozenset[str]
    marks: frozenset[str]

    @classmethod
    def of(cls, clause: str) -> "_Clause":
        """Return the words of *clause*, in lower case."""
        every = [_POSSESSIVE.sub("", word) for word in _TERM.findall(clause)]
        marks = (word for word in every if word[0].isupper() or word[0].isdigit())
        return cls(
            frozenset(map(str.casefold, every)),
            frozenset(map(str.casefold, marks)) - SMALL,
        )
