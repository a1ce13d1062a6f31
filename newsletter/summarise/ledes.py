"""Scores which sentence of a story tells best, alone, what happened."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from newsletter.model import Article
from newsletter.summarise.documents import Candidate, Reading, bag_of
from newsletter.summarise.echoes import is_overtaken, is_updated
from newsletter.summarise.fresh import novelty, told_terms
from newsletter.summarise.leaning import unexplained
from newsletter.summarise.readability import Judgement, loose_surnames
from newsletter.summarise.vectors import Array, Vectors

_DEPTH = 4  # sentences of a document that may be its lede
_LATE_DEPTH = 12  # where none of those may stand alone
_NEWS_DEPTH = 15  # sentences that show whether a document reports or comments
# What a day of age costs a lede, at most: of two days of one story the later one is the news.
_NEWER = 0.6
# What a sentence loses that was told before, against the newest: more than a few places.
_UNTOLD = 0.9
_HEAD = 6.0  # sentences over which what an article tells loses two thirds of its weight
# The weight of what all say, of what each other one says, and of what the titles say.
_CENTRAL, _AGREED, _TITLED = 0.9, 0.5, 0.9
_REPORTED = 1.3  # and of how much its article reports
_FULL = 0.4  # what a lede of 32 words has over none: short ones seldom say what and who and where
_PLACE = 0.22  # what a lede loses by each fit sentence that stands before it in its article
_UNFIT = 0.1  # and by an unfit one, as a share of that
_ALIKE = 0.22  # the cosine from which two sentences speak of the same
_NO_OTHERS = 0.2  # what a lone document scores for agreement with others
# Telling the same in other words counts whole; a sentence copied from the same wire no more.
_COPIED = 0.5
# What a lede loses where neither it nor the next sentence names what most articles name.
_STRANGE = 0.15
# What one loses that stands below the update of its article: that one has the last word.
_OUTDATED = 0.40


@dataclass(frozen=True, slots=True)
class Lede:
    """A sentence that may open the summary, and how well it does.

    The titles gave `titled` of the score, its article's way of reporting `reported`.
    """

    candidate: Candidate
    score: float
    titled: float = 0.0
    reported: float = 0.0


class Space:
    """A story's sentences as vectors, with the comparisons that ledes and follow-ups share."""

    def __init__(self, reading: Reading, judgements: dict[tuple[int, int], Judgement]) -> None:
        self.reading = reading
        self.judgements = judgements
        self.candidates = reading.candidates
        titles = [bag_of(text.article.title, text.article.language) for text in reading.texts]
        self._vectors = Vectors([*(c.bag for c in self.candidates), *titles])
        cosines = self._vectors.cosines()
        count = len(self.candidates)
        self.cosines: Array = cosines[:count, :count]
        # An untitled article has no say.
        self._to_titles: Array = cosines[:count, count:][:, [bool(title) for title in titles]]
        self.place = {(c.document, c.index): i for i, c in enumerate(self.candidates)}
        self._documents = np.array([c.document for c in self.candidates], dtype=int)
        even = [*_even_weights(self.candidates), *(0.0 for _ in titles)]
        self._all_told = self._vectors.direction(even)
        self._indices = np.array([c.index for c in self.candidates], dtype=int)

    def judgement(self, candidate: Candidate) -> Judgement:
        """Return what was found about *candidate*."""
        return self.judgements[candidate.document, candidate.index]

    def before(self, candidate: Candidate) -> tuple[Candidate, ...]:
        """Return the sentences of its article that stand before *candidate*, without captions."""
        earlier = self.reading.texts[candidate.document].candidates[: candidate.index]
        return tuple(c for c in earlier if not self.judgement(c).caption)

    def skipped(self, candidate: Candidate) -> float:
        """Return how much of its article one passes over to begin with *candidate*.

        A sentence that may open a summary counts 1, one that may not less.
        """
        judged = (self.judgement(c) for c in self.before(candidate))
        return sum(
            _UNFIT
            if not j.usable or j.dangling or j.scene or j.verbless or j.pictured or j.telegram
            else 1.0
            for j in judged
        )

    def alike(self, candidate: Candidate) -> list[Candidate]:
        """Return the sentences of all articles that speak of the same as *candidate*."""
        place = self.place[candidate.document, candidate.index]
        return [self.candidates[i] for i in np.flatnonzero(self.cosines[place] >= _ALIKE)]

    def cosine(self, a: Candidate, b: Candidate) -> float:
        """Return the cosine of two sentences, 0.0 to 1.0."""
        return float(self.cosines[self.place[a.document, a.index], self.place[b.document, b.index]])

    def centrality(self, tau: float) -> Array:
        """Return each sentence's cosine to the centroid; a sentence weighs exp(-index / tau)."""
        titles = [0.0] * len(self.reading.texts)
        weights = [math.exp(-c.index / tau) for c in self.candidates]
        return self._vectors.to_centroid([*weights, *titles])[: len(weights)]

    def coverage(self, chosen: Sequence[Candidate]) -> float:
        """Return how much of what the articles tell *chosen* tells together, 0.0 to 1.0.

        Every article has the same say, its early sentences more than its later ones.
        """
        places = [self.place[c.document, c.index] for c in chosen]
        return self._vectors.together(places, self._all_told)

    def agreement(self, depth: int | None = None) -> Array:
        """Return each sentence's best cosine to another document's, the mean over the others.

        Only the first *depth* sentences of the others count, if given.
        """
        count = len(self.reading.texts)
        if count < 2:
            return np.full(len(self.candidates), _NO_OTHERS)
        total = np.zeros(len(self.candidates))
        heard = np.zeros(len(self.candidates))
        for document in range(count):
            of_it = self._documents == document
            if depth is not None:
                of_it = of_it & (self._indices < depth)
            if of_it.any():
                others = self._documents != document
                best = np.minimum(self.cosines[:, of_it].max(axis=1), _COPIED)
                total += np.where(others, best, 0.0)
                heard += others
        mean: Array = np.where(heard > 0, total / np.maximum(heard, 1.0), _NO_OTHERS)
        return mean

    def titling(self) -> Array:
        """Return each sentence's mean cosine to the story's titles, those that are there."""
        if not self._to_titles.shape[1]:
            return np.zeros(len(self.candidates))
        return np.asarray(self._to_titles.mean(axis=1))


def _even_weights(candidates: Sequence[Candidate]) -> list[float]:
    """Return exp(-index / 6) for each sentence as a share of its article's sum."""
    sums: dict[int, float] = {}
    for c in candidates:
        sums[c.document] = sums.get(c.document, 0.0) + math.exp(-c.index / _HEAD)
    return [math.exp(-c.index / _HEAD) / sums[c.document] for c in candidates]


def best_ledes(space: Space, told: Sequence[Article] = ()) -> tuple[Lede, ...]:
    """Return the sentences that may open the summary, best first.

    First the early ones of each document that stand alone; where a story has none, later ones. What
    was *told* before does not open it well: of a story that goes on, the new comes first.
    """
    old = told_terms(told)
    found = _scored(space, _DEPTH, old)
    return found or _scored(space, _LATE_DEPTH, old)


def _scored(space: Space, depth: int, told: frozenset[str]) -> tuple[Lede, ...]:
    able = [
        (place, candidate)
        for place, candidate in enumerate(space.candidates)
        if candidate.index < depth and _may_open(space.judgement(candidate))
    ]
    if not able:
        return ()
    central, agreeing, titled = space.centrality(3.0), space.agreement(_DEPTH), space.titling()
    fresh, newsy = _freshness(space.reading), newsiness(space)
    entities, main = _top_entities(space.reading), main_names(space.reading)
    new = {place: novelty(candidate.terms, told) for place, candidate in able}
    newest = max(new.values())
    found = [
        Lede(
            candidate,
            _CENTRAL * float(central[place])
            + _AGREED * float(agreeing[place])
            + _TITLED * float(titled[place])
            + _NEWER * fresh[candidate.document]
            + _REPORTED * newsy[candidate.document]
            + _naming(candidate, space.reading, entities)
            - _STRANGE * _is_strange(candidate, space, main)
            + _UNTOLD * (new[place] - newest)
            - _lede_faults(candidate, space)
            - _OUTDATED * (candidate.index > 0 and is_updated(space.reading, candidate.document)),
            _TITLED * float(titled[place]),
            _REPORTED * newsy[candidate.document],
        )
        for place, candidate in able
    ]
    return tuple(
        sorted(
            found,
            key=lambda lede: (-round(lede.score, 9), lede.candidate.document, lede.candidate.index),
        )
    )


def _may_open(judgement: Judgement) -> bool:
    return judgement.usable and not judgement.dangling


def _freshness(reading: Reading) -> list[float]:
    """Return each document's exp(-age / 1 day) - 1, its age counted from the newest article."""
    dates = [text.article.published for text in reading.texts]
    known = [date for date in dates if date is not None]
    if not known:
        return [0.0] * len(dates)
    newest = max(known)
    return [
        math.expm1(-(newest - date).total_seconds() / 86_400) if date else -1.0 for date in dates
    ]


def newsiness(space: Space) -> list[float]:
    """Return how much each document reports (attributes) rather than comments, -0.5 to 0.15."""
    found: list[float] = []
    for text in space.reading.texts:
        judged = [space.judgement(c) for c in text.candidates[:_NEWS_DEPTH]]
        english = any(c.english for c in text.candidates)
        if not judged or not english:
            found.append(0.0)
            continue
        attributed = sum(j.attributed for j in judged) / len(judged)
        opinion = sum(j.opinion or j.second_person or not j.usable for j in judged) / len(judged)
        found.append(min(attributed, 0.3) - 0.15 - 0.45 * max(0.0, opinion - 0.3))
    return found


def main_names(reading: Reading) -> frozenset[str]:
    """Return the words of names that half of the story's articles hold, and the three first."""
    spread = Counter(
        word
        for text in reading.texts
        for word in frozenset[str]().union(*(c.name_words for c in text.candidates))
    )
    half = max(2, len(reading.texts) / 2)
    return frozenset(word for word, count in spread.items() if count >= half).union(
        _top_entities(reading)
    )


def _is_strange(candidate: Candidate, space: Space, main: frozenset[str]) -> bool:
    """Tell whether neither *candidate* nor the sentence after it has one of the *main* names.

    Agencies name in the second sentence whom the first one describes.
    """
    if not main or space.judgement(candidate).wire:
        return False
    following = space.reading.texts[candidate.document].candidates[candidate.index + 1 :][:1]
    return all(c.name_words.isdisjoint(main) for c in (candidate, *following))


def _top_entities(reading: Reading) -> dict[str, float]:
    """Return the weight of the story's three names that most documents hold."""
    spread: dict[str, int] = {}
    for text in reading.texts:
        for word in {word for c in text.candidates for word in c.name_words}:
            spread[word] = spread.get(word, 0) + 1
    uses: dict[str, int] = {}
    for candidate in reading.candidates:
        for word in candidate.name_words:
            uses[word] = uses.get(word, 0) + 1
    best = sorted(spread, key=lambda word: (-spread[word], -uses[word], word))[:3]
    return dict(zip(best, (1.0, 0.6, 0.4), strict=False))


def _naming(candidate: Candidate, reading: Reading, entities: dict[str, float]) -> float:
    """Return the worth of a sentence's names: known to the other documents, and the story's own."""
    names = candidate.name_words
    worth = 0.05 * sum(weight for word, weight in entities.items() if word in names)
    if names and len(reading.texts) > 1:
        elsewhere = {
            w
            for t in reading.texts
            if t.candidates and t.candidates[0].document != candidate.document
            for c in t.candidates
            for w in c.name_words
        }
        worth += 0.12 * (len(names & elsewhere) / len(names) - 0.5)
    return worth


def _lede_faults(candidate: Candidate, space: Space) -> float:
    """Return what the reader would hold against *candidate* as an opening."""
    judgement = space.judgement(candidate)
    first_wire = judgement.wire and space.skipped(candidate) < 1
    faults = _PLACE * space.skipped(candidate)
    faults += 0.12 * (candidate.length < 12) + 0.02 * max(0, candidate.length - 36)
    faults -= _FULL * min(candidate.length, 32) / 32
    if not candidate.english:
        return faults
    faults += 0.35 * judgement.verbless
    faults += 0.35 * judgement.definite
    faults += 0.06 * min(2, judgement.definites)
    faults += 0.10 * judgement.deictic
    faults += 0.20 * judgement.anaphoric
    faults += 0.35 * judgement.scene
    faults += 0.35 * judgement.background
    faults += 0.30 * (judgement.generic and not first_wire)
    faults += 0.40 * judgement.pictured + 0.35 * judgement.telegram + 0.30 * judgement.ticker
    faults -= 0.06 * judgement.pegged
    faults += 0.30 * min(2, unexplained(candidate, space.before(candidate), ()))
    faults += 0.40 * is_overtaken(candidate, space.alike(candidate))
    faults += 0.30 * judgement.opinion
    faults += 0.60 * judgement.second_person
    faults += 0.20 * (candidate.text[0] in '“"‘')
    if judgement.nameless:
        faults += -0.12 if first_wire else 0.12
    if loose_surnames(candidate, space.reading, ()):
        faults += 0.04 if _is_known(candidate, space.reading) else 0.30
    return faults


def _is_known(candidate: Candidate, reading: Reading) -> bool:
    """Tell whether another document opens with its bare surname, as with one that all know."""
    words = {candidate.tokens.words[a] for a, b in candidate.names if b - a == 1}
    for text in reading.texts:
        if text.candidates and text.candidates[0].document == candidate.document:
            continue
        openings = [text.candidates[0]] if text.candidates else []
        bare = {c.tokens.words[a] for c in openings for a, b in c.names if b - a == 1}
        if words & bare & reading.lexicon.surnames:
            return True
    return False
