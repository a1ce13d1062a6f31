"""Chooses what follows the lede: the next of its own article, at most one of another, last."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from newsletter.model import Article
from newsletter.summarise.documents import Candidate
from newsletter.summarise.fresh import novelty, told_terms
from newsletter.summarise.leaning import unexplained
from newsletter.summarise.ledes import Lede, Space, main_names
from newsletter.summarise.readability import has_person, loose_surnames, needs_person
from newsletter.summarise.vectors import overlap, repeats

_LEDES_TRIED = 3
_SECONDS_TRIED = 3
_MOST = 4  # sentences
_SHORT = 64  # words of three sentences that leave room for a fourth
_MOST_WORDS = 86
_LONG = 66  # words after which another sentence must be worth more
_ENOUGH = 0.45  # the score a follow-up needs
_ENOUGH_APART = 0.55  # if it does not come right after the one before it in their source
_ENOUGH_OTHER = 0.85  # if it is another article's
_ENOUGH_LATE = 0.70  # of a third
_CURT, _WORDS = 0.15, 12  # and how much more of one of fewer words: details that lead nowhere
_WELCOME = 0.12  # the share of its score that each sentence after the second adds
# What leans on more than the sentence before.
_EARLIER = re.compile(r"(?:This time|Once again|Once more|Again)\b")
# A sentence that the next takes back must not have the last word.
_ANSWER = re.compile(r"(?:But|However|Yet|Still|Not so|Instead)\b")
_KEYS = 10  # terms that stand for what the story is about
_KEY = 0.03
_COVERAGE = 1.0
_NAMELESS = 0.6  # what a summary loses that none of the story's main names stands in
_ALONE = 0.3  # what silence is worth, against the mean of follow-ups
_LEDE = 3.5  # the weight of the first sentence against the mean of the others
_RETOLD = 0.3  # the share of words from which another article's sentence tells the same again
_ALIKE_NEXT, _SHARED_NEXT = 0.46, 0.46  # what even the next sentence may repeat
_OTHER = 0.3  # what the sentence of another article must be better
_OLD = 0.6  # what a sentence loses all of whose words were told before
_OPINES = 0.8
_GENERIC = 0.28
_CENTRAL, _AGREED = 0.9, 0.5
_NEXT, _PARAGRAPH, _OWN = 0.25, 0.08, 0.20
_UNTOLD = 0.3  # what it loses by each thing that only sentences left out have told of
_SPOKEN = 0.5  # and by the share of it that is quoted: speech adds a voice more often than news
_SAME = 4  # words at the start of two sentences that tell the same
_OUTCOME = 0.12
_STEM = 5  # characters that the forms of a word share
_TEASER = 3  # sentences of a document that is one


@dataclass(frozen=True, slots=True)
class Choice:
    """The sentences of a summary in order, and the score of the whole.

    `lede` is the opening as it was scored, `worth` the mean score of what follows, None where
    nothing does.
    """

    candidates: tuple[Candidate, ...]
    score: float
    lede: Lede | None = None
    worth: float | None = None


@dataclass(frozen=True, slots=True)
class _Step:
    candidate: Candidate
    score: float


@dataclass(frozen=True, slots=True)
class _Said:
    """The sentences chosen so far, and all their names and terms."""

    chosen: tuple[Candidate, ...]
    names: frozenset[str]
    terms: frozenset[str]


class _Follower:
    """Scores follow-ups for one story."""

    def __init__(
        self, space: Space, most: int, words: int, told: frozenset[str] = frozenset()
    ) -> None:
        self._space, self._most, self._words, self._told = space, most, words, told
        central, agreeing = space.centrality(10.0), space.agreement()
        self._base = _CENTRAL * central + _AGREED * agreeing + 0.35 * space.titling()
        self._keys = _key_terms(space.candidates)
        answered = {
            (a.document, a.index)
            for a, b in pairwise(space.candidates)
            if a.document == b.document and not b.opens_paragraph and _ANSWER.match(b.text)
        }
        self._able = [
            (place, candidate, space.judgement(candidate).dangling)
            for place, candidate in enumerate(space.candidates)
            if space.judgement(candidate).usable
            and (candidate.document, candidate.index) not in answered
        ]
        self._entities = frozenset(main_names(space.reading))
        self._counts = [len(text.candidates) for text in space.reading.texts]

    def steps(self, chosen: tuple[Candidate, ...]) -> list[_Step]:
        """Return what may follow *chosen* and is worth it, best first."""
        main, latest = chosen[0].document, chosen[-1]
        length = sum(c.length for c in chosen)
        is_full = len(chosen) >= self._most or (len(chosen) == _MOST - 1 and length > _SHORT)
        if is_full or latest.document != main:
            return []
        is_late = length >= _LONG or len(chosen) > 1
        said = _Said(
            chosen,
            frozenset().union(*(c.name_words for c in chosen)),
            frozenset().union(*(c.terms for c in chosen)),
        )
        found: list[_Step] = []
        for place, candidate, dangling in self._able:
            if candidate.document == main and candidate.index <= latest.index:
                continue
            if dangling and not self._may_lean(candidate, latest):
                continue
            if length + candidate.length > self._words:
                continue
            if candidate.document != main and not self._may_join(candidate, chosen):
                continue
            score = self._score(place, candidate, said)
            if score is not None and score >= _enough(candidate, latest, is_late=is_late):
                found.append(_Step(candidate, score))
        return sorted(
            found, key=lambda s: (-round(s.score, 9), s.candidate.document, s.candidate.index)
        )

    def coverage(self, chosen: tuple[Candidate, ...]) -> float:
        """Return the worth of telling what the articles tell, and of naming whom they name."""
        names = frozenset[str]().union(*(c.name_words for c in chosen))
        is_strange = self._entities and names.isdisjoint(self._entities)
        return _COVERAGE * self._space.coverage(chosen) - _NAMELESS * bool(is_strange)

    def _may_lean(self, candidate: Candidate, latest: Candidate) -> bool:
        """Tell whether *candidate*, which leans on what is before it, finds it in *latest*."""
        if not _follows(candidate, latest) or _EARLIER.match(candidate.text):
            return False
        surnames = self._space.reading.lexicon.surnames
        return not needs_person(candidate) or has_person(latest, surnames)

    def _may_join(self, candidate: Candidate, chosen: tuple[Candidate, ...]) -> bool:
        """Tell whether a sentence of another document adds to *chosen*, rather than repeats it."""
        if self._space.cosine(candidate, chosen[0]) > 0.30:
            return False
        most = 0.24 if self._counts[candidate.document] <= _TEASER else _RETOLD
        if any(overlap(candidate.terms, c.terms) >= most for c in chosen):
            return False
        return candidate.index >= 2 or self._counts[candidate.document] <= _TEASER

    def _score(self, place: int, candidate: Candidate, said: _Said) -> float | None:
        """Return the worth of *candidate* after what was *said*, or None where it cannot stand."""
        space, chosen = self._space, said.chosen
        latest = chosen[-1]
        judgement = space.judgement(candidate)
        follows = _follows(candidate, latest)
        if _reintroduces(candidate, chosen) or not (follows or _is_linked(candidate, said)):
            return None
        if judgement.opinion and not judgement.attributed:
            return None
        cosine = max(space.cosine(candidate, c) for c in chosen)
        if cosine > (_ALIKE_NEXT if follows else 0.36):
            return None
        shared = max(overlap(candidate.terms, c.terms) for c in chosen)
        if shared >= (_SHARED_NEXT if follows else 0.42):
            return None
        if any(repeats(candidate.words, c.words) for c in chosen):
            return None
        score = float(self._base[place]) + 0.12 * math.exp(-candidate.index / 6)
        score += 0.03 * min(2, judgement.numbers) + 0.04 * judgement.attributed
        score -= 0.5 * max(0.0, cosine - 0.15)
        score += _OUTCOME * judgement.outcome
        if self._told:
            score -= _OLD * (1 - novelty(candidate.terms, self._told))
        score += _OWN if candidate.document == chosen[0].document else -_OTHER
        score += _KEY * min(3, len((candidate.terms & self._keys) - said.terms))
        if follows:
            score += _NEXT
        score += _PARAGRAPH * candidate.opens_paragraph
        # Faults only take away, and looking for them takes longest.
        if score < _ENOUGH:
            return None
        return score - self._faults(candidate, chosen, follows=follows)

    def _faults(
        self, candidate: Candidate, chosen: tuple[Candidate, ...], *, follows: bool
    ) -> float:
        """Return what the reader would hold against *candidate* as a continuation."""
        judgement = self._space.judgement(candidate)
        faults = 0.10 * (candidate.length < 9) + 0.10 * (candidate.length > 38)
        if not candidate.english:
            return faults
        taken = {c.index for c in chosen if c.document == candidate.document}
        left_out = [c for c in self._space.before(candidate) if c.index not in taken]
        faults += _UNTOLD * min(2, unexplained(candidate, left_out, chosen))
        faults += _SPOKEN * max(0.0, judgement.spoken - 0.4)
        faults += _OPINES * judgement.opinion + 0.50 * judgement.second_person
        faults += 0.25 * judgement.verbless + 0.15 * judgement.scene
        faults += 0.30 * judgement.background
        faults += 0.15 * judgement.telegram + 0.30 * judgement.ticker
        faults += 0.30 * judgement.labelled
        if judgement.generic and not judgement.dangling:
            faults += _GENERIC + 0.25 * (judgement.definite and not _takes_up(candidate, chosen))
        loose = 0.25 * loose_surnames(candidate, self._space.reading, chosen)
        if follows:
            faults += 0.10 * (judgement.definite and not _takes_up(candidate, chosen))
            return faults + 0.06 * judgement.dangling + 0.02 * judgement.anaphoric + loose
        faults += 0.30 * judgement.deictic + 0.35 * judgement.anaphoric
        faults += 0.40 * judgement.definite + 0.05 * min(2, judgement.definites)
        faults += 0.08 * judgement.nameless
        faults += 0.15 * (candidate.text[0] in '“"‘')
        return faults + loose


def choose(
    space: Space,
    openings: tuple[Lede, ...],
    *,
    sentences: int = _MOST,
    words: int = _MOST_WORDS,
    told: Sequence[Article] = (),
) -> Choice:
    """Return the best summary of at most so many *sentences* and *words*: a lede and what follows.

    The score is three and a half times the lede's, the mean of the follow-ups', and how much of the
    story is told. A beam over the best ledes. Fewer sentences where none may follow; none where no
    lede is short enough. What issues *told* before does not come again where there is news.
    """
    follower = _Follower(space, sentences, words, told_terms(told))
    fitting = [opening for opening in openings if opening.candidate.length <= words]
    best: Choice | None = None
    for opening in fitting[:_LEDES_TRIED]:
        for choice in _continued(follower, opening):
            if best is None or choice.score > best.score + 1e-9:
                best = choice
    return best or Choice((), 0.0)


def _continued(follower: _Follower, opening: Lede) -> list[Choice]:
    """Return the summaries that begin with *opening*: each second sentence with its best sequel."""
    base = _LEDE * opening.score
    alone: tuple[Candidate, ...] = (opening.candidate,)
    found = [Choice(alone, base + _ALONE + follower.coverage(alone), opening)]
    for second in follower.steps((opening.candidate,))[:_SECONDS_TRIED]:
        chosen: tuple[Candidate, ...] = (opening.candidate,)
        scores: list[float] = []
        step: _Step | None = second
        while step is not None:
            chosen, scores = (*chosen, step.candidate), [*scores, step.score]
            mean = sum(scores) / len(scores)
            whole = base + scores[0] + _WELCOME * sum(scores[1:]) + follower.coverage(chosen)
            found.append(Choice(chosen, whole, opening, mean))
            step = next(iter(follower.steps(chosen)), None)
    return found


def _key_terms(candidates: tuple[Candidate, ...]) -> frozenset[str]:
    """Return the terms that the story's texts use most, early uses counting more."""
    weights: dict[str, float] = {}
    for candidate in candidates:
        for term in candidate.terms:
            weights[term] = weights.get(term, 0.0) + math.exp(-candidate.index / 8)
    return frozenset(sorted(weights, key=lambda term: (-round(weights[term], 9), term))[:_KEYS])


def _follows(candidate: Candidate, latest: Candidate) -> bool:
    """Tell whether *candidate* comes right after *latest* in their source, no heading between."""
    same = candidate.document == latest.document
    return same and candidate.index == latest.index + 1 and not candidate.opens_section


def _enough(candidate: Candidate, latest: Candidate, *, is_late: bool) -> float:
    if candidate.document != latest.document:
        return _ENOUGH_OTHER
    if is_late:
        return _ENOUGH_LATE + _CURT * (candidate.length < _WORDS)
    return _ENOUGH if _follows(candidate, latest) else _ENOUGH_APART


def _is_linked(candidate: Candidate, said: _Said) -> bool:
    """Tell whether *candidate* speaks of what was *said*: a shared name or two terms."""
    if not said.names.isdisjoint(candidate.name_words):
        return True
    return len(candidate.terms & said.terms) >= 2


def _takes_up(candidate: Candidate, chosen: tuple[Candidate, ...]) -> bool:
    """Tell whether *candidate* ("The tax ...") begins with something that *chosen* spoke of."""
    opening = {word[:_STEM] for word in candidate.tokens.plain[1:3]}
    return any(term[:_STEM] in opening for c in chosen for term in c.terms)


def _reintroduces(candidate: Candidate, chosen: tuple[Candidate, ...]) -> bool:
    """Tell whether *candidate* brings on as new ("A woman ...") whom *chosen* has told of.

    Or begins in the same words, as one that tells the same event does.
    """
    words = candidate.tokens.words
    if any(candidate.tokens.plain[:_SAME] == c.tokens.plain[:_SAME] for c in chosen):
        return True
    if candidate.tokens.plain[0] not in {"a", "an"} or words[1:2] != candidate.tokens.plain[1:2]:
        return False
    return any(words[1:2] == c.tokens.plain[1:2] for c in chosen)
