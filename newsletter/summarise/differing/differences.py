"""Finds where a story's sources give different values for the same thing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from newsletter.model import Article, Difference, Said
from newsletter.summarise.differing.about import about
from newsletter.summarise.differing.claims import (
    Claim,
    claim,
    conflict,
    enough,
    likeness,
    of_one_kind,
    rarities,
    share_enough,
)
from newsletter.summarise.differing.days import days_differ, times_differ
from newsletter.summarise.differing.figures import agree
from newsletter.summarise.differing.mentions import PEOPLE, Mention, mentions
from newsletter.summarise.differing.running import is_update
from newsletter.summarise.documents import Reading
from newsletter.text.sentences import sentences
from newsletter.text.words import base_language

_MOST = 3  # a story's surest: more would be a table
_READ = 30_000  # characters of a text that are searched for the other's value
_AS_WELL = 0.9  # a rival this near in likeness makes a match a guess


@dataclass(frozen=True, slots=True)
class _Match:
    """Two claims of different outlets about one thing; they agree, or they do not."""

    score: float
    a: Claim
    b: Claim
    differs: bool


def differences(reading: Reading) -> tuple[Difference, ...]:
    """Return where the articles of *reading* give different values for one thing, surest first.

    Figures, percentages, counts, days and times, of different outlets, in sentences alike; nothing
    where either article gives the other's value too, in any place, or where the later report may
    only have brought the earlier one's figure up to date. At most three.
    """
    articles = [text.article for text in reading.texts]
    if len({article.outlet for article in articles}) < 2:
        return ()
    found = [
        mention
        for candidate in reading.candidates
        for mention in mentions(
            candidate.text,
            articles[candidate.document].language,
            document=candidate.document,
            index=candidate.index,
            names=reading.lexicon,
        )
    ]
    matches = _matches([one for one in found if one.is_bound], _Given(found, reading), reading)
    told = [one for group in _groups(list(matches)) if _is_clear(one := _told(group, reading))]
    unique = {(one.kind, one.about.casefold()): one for one in reversed(told)}
    return tuple(one for one in told if unique[one.kind, one.about.casefold()] is one)[:_MOST]


def _matches(found: Sequence[Mention], given: "_Given", reading: Reading) -> Iterator[_Match]:
    """Yield the pairs of claims about one thing, those that agree too, likeliest first."""
    articles = [text.article for text in reading.texts]
    pairs = _contested(found, articles)
    if not pairs:
        return
    rarity = rarities(
        (candidate.tokens.plain for candidate in reading.candidates),
        base_language(articles[0].language),
    )
    claims = {i: claim(found[i], rarity) for i in sorted({i for pair in pairs for i in pair})}
    scored = [
        (likeness(claims[i], claims[j]), i, j) for i, j in pairs if claims[i].fit and claims[j].fit
    ]
    rivals: dict[tuple[int, int], list[tuple[float, int]]] = defaultdict(list)
    for score, i, j in scored:
        rivals[i, found[j].document].append((score, j))
        rivals[j, found[i].document].append((score, i))
    for score, i, j in sorted(scored, key=lambda one: (-round(one[0], 9), one[1], one[2])):
        a, b = claims[i], claims[j]
        if score < enough(a, b) or not share_enough(a, b) or conflict(a, b):
            continue
        differs = _differ(found[i], found[j], articles)
        if differs:
            if is_update(found[i], found[j], _published(found[i], found[j], articles)):
                continue
            best = ((a, b, rivals[i, found[j].document]), (b, a, rivals[j, found[i].document]))
            if any(_is_doubtful(score, x, y, every, claims) for x, y, every in best):
                continue
            if given.by(found[j].document, found[i]) or given.by(found[i].document, found[j]):
                continue
        yield _Match(score, a, b, differs)


def _contested(found: Sequence[Mention], articles: Sequence[Article]) -> list[tuple[int, int]]:
    """Return the pairs of places, of two outlets, that differ or that have one which does."""
    pairs = [
        (i, j)
        for i, j in _of_one_kind(found)
        if articles[found[i].document].outlet != articles[found[j].document].outlet
    ]
    contested = {
        place for i, j in pairs if _differ(found[i], found[j], articles) for place in (i, j)
    }
    return [(i, j) for i, j in pairs if i in contested or j in contested]


def _of_one_kind(found: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Yield the places of mentions of different documents that can be of one thing."""
    by_kind: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, one in enumerate(found):
        head = "people" if one.head in PEOPLE else one.head
        by_kind[one.quantity.kind, one.quantity.unit + head + one.governor].append(place)
    for places in by_kind.values():
        for i, j in combinations(places, 2):
            if found[i].document != found[j].document and of_one_kind(found[i], found[j]):
                yield i, j


def _differ(a: Mention, b: Mention, articles: Sequence[Article]) -> bool:
    p, q = a.quantity, b.quantity
    if p.figure and q.figure:
        return not agree(p.figure, q.figure)
    if not p.moment or not q.moment:
        return False
    if p.kind == "time":
        return times_differ(p.moment, q.moment)
    published = _published(a, b, articles)
    looks_ahead = any(word.plain in {"will", "would", "to"} for word in a.before[-8:])
    return days_differ(p.moment, q.moment, published, future=looks_ahead)


def _published(
    a: Mention, b: Mention, articles: Sequence[Article]
) -> tuple[datetime | None, datetime | None]:
    return articles[a.document].published, articles[b.document].published


def _is_doubtful(
    score: float, by: Claim, chosen: Claim, rivals: Iterable[tuple[float, int]],
    claims: Mapping[int, Claim],
) -> bool:  # fmt: skip
    """Tell whether another value of the same article fits *by* nearly as well as *chosen* does."""
    mine = chosen.mention.quantity
    for other, place in rivals:
        if claims[place] is chosen or other < _AS_WELL * score or conflict(by, claims[place]):
            continue
        its = claims[place].mention.quantity
        same = mine.figure and its.figure and agree(mine.figure, its.figure)
        if not same and its.printed != mine.printed:
            return True
    return False


class _Given:
    """Looks up which values an article gives anywhere in its title and whole text."""

    def __init__(self, found: Sequence[Mention], reading: Reading) -> None:
        self._found, self._texts = found, reading.texts
        self._articles = [text.article for text in reading.texts]
        self._every: dict[int, list[Mention]] = {}

    def by(self, document: int, value: Mention) -> bool:
        """Tell whether the article also gives *value*, of whatever it may be there."""
        if document not in self._every:
            self._every[document] = self._read(document)
        return any(self._is_same(value, one) for one in self._every[document])

    def _read(self, document: int) -> list[Mention]:
        article = self._articles[document]
        known = {candidate.text for candidate in self._texts[document].candidates}
        every = (article.title, *sentences(article.text[:_READ]))
        rest = (text for text in every if text not in known)
        return [one for one in self._found if one.document == document] + [
            one for text in rest for one in mentions(text, article.language, document=document)
        ]

    def _is_same(self, value: Mention, one: Mention) -> bool:
        p, q = value.quantity, one.quantity
        if (p.kind, p.unit) != (q.kind, q.unit):
            return False
        if one.head and value.head != one.head and not {value.head, one.head} <= PEOPLE:
            return False
        return not _differ(value, one, self._articles)


def _groups(matches: Sequence[_Match]) -> list[list[_Match]]:
    """Return the matches by the thing they are about: those that share a claim, surest first.

    Only those where something differs; what agrees there says who else gives a value.
    """
    groups: list[list[_Match]] = []
    for match in sorted(matches, key=lambda one: not one.differs):
        joined = [group for group in groups if _touches(group, match)]
        if not joined and not match.differs:
            continue
        groups = [group for group in groups if group not in joined]
        groups.append([*(one for group in joined for one in group), match])
    return sorted(groups, key=lambda group: -max(one.score for one in group if one.differs))


def _is_clear(one: Difference) -> bool:
    """Tell whether no article gives two of the values: it would be of both minds, or misread."""
    given = [article_id for said in one.said for article_id in said.article_ids]
    return len(given) == len(set(given))


def _touches(group: Sequence[_Match], match: _Match) -> bool:
    return any(one.a is x or one.b is x for one in group for x in (match.a, match.b))


def _told(group: Sequence[_Match], reading: Reading) -> Difference:
    """Return what a group of matches says: each value, and the articles that give it."""
    articles = [text.article for text in reading.texts]
    unique = {id(one): one for match in group for one in (match.a, match.b)}
    claims = sorted(unique.values(), key=lambda one: (one.mention.document, one.mention.index))
    values: list[list[Claim]] = []
    for one in claims:
        for value in values:
            if all(not _differ(one.mention, other.mention, articles) for other in value):
                value.append(one)
                break
        else:
            values.append([one])
    surest = next(match for match in group if match.differs)
    return Difference(
        kind=claims[0].mention.quantity.kind,
        about=about(surest.a, surest.b),
        said=tuple(
            Said(
                value=value[0].mention.quantity.printed,
                article_ids=tuple(
                    dict.fromkeys(articles[one.mention.document].id for one in value)
                ),
                sentence=value[0].mention.sentence,
            )
            for value in values
        ),
    )
