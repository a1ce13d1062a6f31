"""Chooses what follows the lede: the next of its own article, at most one of another, last."""

import math
import re
from dataclasses import dataclass
from itertools import pairwise

from newsletter.summarise.documents import Candidate
from newsletter.summarise.ledes import Lede, Space
from newsletter.summarise.readability import loose_surnames
from newsletter.summarise.vectors import overlap, repeats

_LEDES_TRIED = 6
_SECONDS_TRIED = 6
_MOST = 4  # sentences
_SHORT = 46  # words of three sentences that leave room for a fourth
_MAX_WORDS = 86
_LONG = 66  # words after which another sentence must be worth more
_ENOUGH = 0.10  # the score a follow-up needs
_ENOUGH_LATE = 0.26
_WELCOME = 0.2  # what each sentence after the second adds to a summary's score
# A sentence that the next takes back must not have the last word.
_ANSWER = re.compile(r"(?:But|However|Yet|Still|Not so|Instead)\b")
_KEYS = 10  # terms that stand for what the story is about
_KEY = 0.03
_TEASER = 3  # sentences of a document that is one


@dataclass(frozen=True, slots=True)
class Choice:
    """The sentences of a summary in order, and the score of the whole."""

    candidates: tuple[Candidate, ...]
    score: float


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

    def __init__(self, space: Space) -> None:
        self._space = space
        central, agreeing = space.centrality(10.0), space.agreement()
        self._base = 0.5 * central + 0.45 * agreeing + 0.35 * space.titling()
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
        self._counts = [len(text.candidates) for text in space.reading.texts]

    def steps(self, chosen: tuple[Candidate, ...]) -> list[_Step]:
        """Return what may follow *chosen* and is worth it, best first."""
        main, latest = chosen[0].document, chosen[-1]
        length = sum(c.length for c in chosen)
        is_full = len(chosen) >= _MOST or (len(chosen) == _MOST - 1 and length > _SHORT)
        if is_full or latest.document != main:
            return []
        is_late = length >= _LONG or len(chosen) == _MOST - 1
        enough = _ENOUGH_LATE if is_late else _ENOUGH
        said = _Said(
            chosen,
            frozenset().union(*(c.name_words for c in chosen)),
            frozenset().union(*(c.terms for c in chosen)),
        )
        found: list[_Step] = []
        for place, candidate, dangling in self._able:
            if candidate.document == main and candidate.index <= latest.index:
                continue
            if dangling and not _follows(candidate, latest):
                continue
            if length + candidate.length > _MAX_WORDS:
                continue
            if candidate.document != main and not self._may_join(candidate, chosen):
                continue
            score = self._score(place, candidate, said)
            if score is not None and score >= enough:
                found.append(_Step(candidate, score))
        return sorted(
            found, key=lambda s: (-round(s.score, 9), s.candidate.document, s.candidate.index)
        )

    def _may_join(self, candidate: Candidate, chosen: tuple[Candidate, ...]) -> bool:
        """Tell whether a sentence of another document adds to *chosen*, rather than repeats it."""
        if self._space.cosine(candidate, chosen[0]) > 0.30:
            return False
        if self._counts[candidate.document] <= _TEASER:
            return all(overlap(candidate.terms, c.terms) < 0.24 for c in chosen)
        return candidate.index >= 2

    def _score(self, place: int, candidate: Candidate, said: _Said) -> float | None:
        """Return the worth of *candidate* after what was *said*, or None where it cannot stand."""
        space, chosen = self._space, said.chosen
        latest = chosen[-1]
        judgement = space.judgement(candidate)
        follows = _follows(candidate, latest)
        if _reintroduces(candidate, chosen) or not (follows or _is_linked(candidate, said)):
            return None
        cosine = max(space.cosine(candidate, c) for c in chosen)
        if cosine > (0.50 if follows else 0.36):
            return None
        shared = max(overlap(candidate.terms, c.terms) for c in chosen)
        if shared >= (0.55 if follows else 0.42):
            return None
        if any(repeats(candidate.words, c.words) for c in chosen):
            return None
        score = float(self._base[place]) + 0.12 * math.exp(-candidate.index / 6)
        score += 0.03 * min(2, judgement.numbers) + 0.04 * judgement.attributed
        score -= 0.5 * max(0.0, cosine - 0.15)
        score += 0.20 * (candidate.document == chosen[0].document)
        score += _KEY * min(3, len((candidate.terms & self._keys) - said.terms))
        if follows:
            score += 0.12 if candidate.opens_paragraph else 0.17
        else:
            score -= 0.05 * (not candidate.opens_paragraph)
        return score - self._faults(candidate, chosen, follows=follows)

    def _faults(
        self, candidate: Candidate, chosen: tuple[Candidate, ...], *, follows: bool
    ) -> float:
        """Return what the reader would hold against *candidate* as a continuation."""
        judgement = self._space.judgement(candidate)
        faults = 0.10 * (candidate.length < 9) + 0.10 * (candidate.length > 38)
        if not candidate.english:
            return faults
        faults += 0.25 * judgement.opinion + 0.30 * judgement.second_person
        faults += 0.20 * judgement.verbless + 0.10 * (judgement.scene and not judgement.dangling)
        faults += 0.08 * judgement.background
        if follows:
            return faults + 0.06 * judgement.dangling + 0.02 * judgement.anaphoric
        faults += 0.25 * judgement.deictic + 0.15 * judgement.anaphoric
        faults += 0.20 * judgement.definite + 0.05 * min(2, judgement.definites)
        faults += 0.08 * judgement.nameless
        faults += 0.15 * (candidate.text[0] in '“"‘')
        return faults + 0.25 * loose_surnames(candidate, self._space.reading, chosen)


def choose(space: Space, openings: tuple[Lede, ...]) -> Choice:
    """Return the best summary: a lede and up to two sentences that may follow it.

    The score is twice the lede's plus the mean of the follow-ups'. A beam over the best ledes; only
    a lede that nothing may follow stands alone.
    """
    follower = _Follower(space)
    best: Choice | None = None
    for opening in openings[:_LEDES_TRIED]:
        for choice in _continued(follower, opening):
            if best is None or choice.score > best.score + 1e-9:
                best = choice
    return best or Choice((), 0.0)


def _continued(follower: _Follower, opening: Lede) -> list[Choice]:
    """Return the summaries that begin with *opening*: each second sentence with its best sequel."""
    found = [Choice((opening.candidate,), 2 * opening.score)]
    for second in follower.steps((opening.candidate,))[:_SECONDS_TRIED]:
        chosen: tuple[Candidate, ...] = (opening.candidate,)
        scores: list[float] = []
        step: _Step | None = second
        while step is not None:
            chosen, scores = (*chosen, step.candidate), [*scores, step.score]
            # A third may be worth less than the second and still be welcome.
            worth = sum(scores) / len(scores) + _WELCOME * (len(scores) - 1)
            found.append(Choice(chosen, 2 * opening.score + worth))
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


def _is_linked(candidate: Candidate, said: _Said) -> bool:
    """Tell whether *candidate* speaks of what was *said*: a shared name or two terms."""
    if not said.names.isdisjoint(candidate.name_words):
        return True
    return len(candidate.terms & said.terms) >= 2


def _reintroduces(candidate: Candidate, chosen: tuple[Candidate, ...]) -> bool:
    """Tell whether *candidate* brings on as new ("A woman ...") whom *chosen* has told of."""
    words = candidate.tokens.plain
    return words[0] in {"a", "an"} and any(words[1:2] == c.tokens.plain[1:2] for c in chosen)
