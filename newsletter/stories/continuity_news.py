"""Tells what a story brings that was not told before, and whether that makes it worth telling."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Self

from newsletter.model import Article
from newsletter.stories.continuity_facts import Fact, Place, facts_of, parts_of
from newsletter.text.locales import wording_of
from newsletter.text.sentences import sentences
from newsletter.text.words import base_language, spellings, stem, words

# What a new fact is worth by its place, and what makes an update of a story that was printed. A
# figure or a name in passing does not; two of them in the openings do, or one that is the headline.
_SPREAD = 2  # outlets that make of any fact what a headline makes of it
_ENOUGH = 2
_OUTLETS = 3  # new outlets with reports of their own that are news by their number
# Figures of at most this ratio are one, rounded; whole ones under a hundred are told exactly.
_ROUNDED = 0.02
_EXACT_UNDER = 100
# Share of all words up to which a name tells: above it stand Texas, Washington, the Republicans.
_FAMILIAR = 1e-5
# Shares of an opening's words, common ones left out, that were not told, from which it is a hint
# beside another fact, news if two outlets open so, and news. An outlet that writes half a day and
# more after all that was told seldom tells the same again: from it the hint is news, for a repeat
# that is shown costs a reader a line, an outcome that is hidden costs him the news.
_OTHER, _OTHER_BY_TWO, _ANEW = 0.27, 0.4, 0.5
_LATER = timedelta(hours=12)
_EVERYBODYS = 5e-4  # share of all words from which one is left out
_FEW_WORDS = 5
_TITLE_READ, _OPENING_READ, _OPENING_SENTENCES = 300, 3_000, 2
_SHOWN = 4  # items of a line

Shares = Mapping[str, Mapping[str, float]]


@dataclass(slots=True)
class _New:
    """A fact that was not told before: how it is shown, where it opens, which outlets say it."""

    fact: Fact
    place: Place
    outlets: set[str] = field(default_factory=set)

    @property
    def worth(self) -> int:
        return Place.HEADLINE if len(self.outlets) >= _SPREAD else self.place


def news_of(
    now: Sequence[Article],
    told: Sequence[Article],
    *,
    background: Shares,
    echoes: AbstractSet[str] = frozenset(),
) -> tuple[str, ...]:
    """Return in words what *now* says and *told* did not, () where that is no news.

    *echoes* are the ids of those that copy another text: what they add counts, but they are no
    outlets more. It is news when the new figures, names and days come to 2 points: a fact in a
    headline or of two outlets counts 2, one in an article's first sentences 1, one further down
    nothing; a day after all that was told counts 2 there. An opening of which 27 words in 100 were
    not told, common ones aside, counts 1; 2 if it came half a day and more after all that was told,
    or is undated, and the language's common words are known; else 2 if half were not told, or 4 in
    10 by each of two outlets. Three more outlets are news as well.
    A line each, at most four items in it: "2 more outlets: Reuters, The Verge", "new figures: $65
    billion, 12 percent", "new name: Tim Cook", "new words: withdraws", "since Thursday".
    """
    known = _Told.of(told, sources=[article.source for article in now])
    found = _new_facts(now, known, echoes, background)
    own = [article for article in now if article.id not in echoes]
    outlets = _more_outlets(own, told)
    retold, other_words = _retold(own, known, background)
    worth = sum(one.worth for one in found) + retold
    if worth < _ENOUGH and len(outlets) < _OUTLETS:
        return ()
    return tuple(_lines(outlets, found, other_words if retold else ()))


def _lines(
    outlets: Sequence[str], found: Sequence[_New], other_words: Sequence[str]
) -> Iterator[str]:
    """Yield what is new as an editor is told it; other words only for want of better."""
    figures = _shown(one for one in found if one.fact.kind == "figure" and one.worth)
    names = _shown(one for one in found if one.fact.kind == "name" and one.worth)
    days = [one for one in found if one.fact.kind == "day"]
    if outlets:
        yield f"{len(outlets)} more outlet{'s' if len(outlets) > 1 else ''}: {_list(outlets)}"
    if figures:
        yield f"new figure{'s' if len(figures) > 1 else ''}: {_list(figures)}"
    if names:
        yield f"new name{'s' if len(names) > 1 else ''}: {_list(names)}"
    if other_words and not (figures or names):
        yield f"new word{'s' if len(other_words) > 1 else ''}: {_list(other_words)}"
    if days:
        yield f"since {min(days, key=lambda one: one.fact.value).fact.shown}"


def _new_facts(
    now: Sequence[Article], known: "_Told", echoes: AbstractSet[str], background: Shares
) -> list[_New]:
    """Return the new facts, those worth most first, then in order of place."""
    found: dict[tuple[str, float | str], _New] = {}
    for article in now:
        common = background.get(base_language(article.language), {})
        for fact in facts_of(article).facts:
            if known.holds(fact, article.language, common):
                continue
            is_event = fact.kind == "day" and fact.place == Place.OPENING
            place = Place.HEADLINE if is_event else fact.place
            one = found.setdefault(_key(fact, article.language), _New(fact=fact, place=place))
            one.place = max(one.place, place)
            if article.id not in echoes:
                one.outlets.add(article.outlet)
    return sorted(found.values(), key=lambda one: -one.worth)


def _retold(
    now: Iterable[Article], known: "_Told", background: Shares
) -> tuple[int, tuple[str, ...]]:
    """Return what it is worth that openings are in other words, and those of the most other."""
    shares: dict[str, float] = {}
    best: tuple[float, tuple[str, ...]] = (0.0, ())
    tells_on = False
    for article in now:
        share, other = _other_words(article, known, background)
        shares[article.outlet] = max(share, shares.get(article.outlet, 0.0))
        best = max(best, (share, other))
        # Unless common words are known, half of what is other says nothing.
        is_later = known.is_before(article) and bool(
            background.get(base_language(article.language))
        )
        tells_on |= share >= (_OTHER if is_later else _ANEW)
    by_two = sum(share >= _OTHER_BY_TWO for share in shares.values()) >= _SPREAD
    if tells_on or by_two:
        return Place.HEADLINE, best[1]
    return int(best[0] >= _OTHER), best[1]


def _other_words(
    article: Article, known: "_Told", background: Shares
) -> tuple[float, tuple[str, ...]]:
    """Return the share of an opening's words that were not told, and those of its headline.

    Words that everybody uses do not count. Where the headline has none, they are the opening's.
    """
    language, title = article.language, article.title[:_TITLE_READ]
    common = background.get(base_language(language), {})
    opening = " ".join(sentences(article.text[:_OPENING_READ])[:_OPENING_SENTENCES])
    headline = _telling(title, language, common)
    told = dict.fromkeys((*headline, *_telling(opening, language, common)))
    new = [term for term in told if term not in known.terms]
    in_headline = [term for term in headline if term not in known.terms]
    share = len(new) / max(_FEW_WORDS, len(told))
    return share, spellings(in_headline or new, f"{title} {opening}", language)


def _telling(text: str, language: str, common: Mapping[str, float]) -> Sequence[str]:
    """Return the terms of *text* that are not everybody's and name no day."""
    calendar = wording_of(language).calendar
    return [
        stem(word, language)
        for word in words(text, language)
        if common.get(word, 0.0) < _EVERYBODYS and not word[0].isdigit() and word not in calendar
    ]


def _key(fact: Fact, language: str) -> tuple[str, float | str]:
    """Return what makes two facts one: the value, or what a name ends in."""
    if fact.kind == "name":
        return fact.kind, parts_of(fact.shown, language)[-1]
    return fact.kind, fact.value


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """All that was told: terms, amounts in order, until when (None if undated), and who told."""

    terms: frozenset[str]
    amounts: tuple[float, ...]
    until: datetime | None
    sources: frozenset[str]

    @classmethod
    def of(cls, told: Sequence[Article], *, sources: Iterable[str]) -> Self:
        before = [facts_of(article) for article in told]
        return cls(
            terms=frozenset(term for facts in before for term in facts.terms),
            amounts=tuple(sorted({amount for facts in before for amount in facts.amounts})),
            until=max((a.published for a in told if a.published), default=None),
            sources=frozenset(map(str.casefold, (*sources, *(a.source for a in told)))),
        )

    def holds(self, fact: Fact, language: str, common: Mapping[str, float]) -> bool:
        """Tell whether *fact* was told, or cannot be shown to be new; *common* are shares."""
        if fact.kind == "figure":
            return self._has(fact.value)
        if fact.kind == "day":
            return self.until is None or fact.value <= self.until.date().toordinal()
        parts = parts_of(fact.shown, language)
        if not parts or any(part in self.terms for part in parts):
            return True
        return fact.shown.casefold() in self.sources or _is_familiar(fact.shown, common)

    def is_before(self, article: Article) -> bool:
        """Tell whether all was told long before *article*, or nobody knows when."""
        if self.until is None or article.published is None:
            return True
        return article.published - self.until >= _LATER

    def _has(self, value: float) -> bool:
        """Tell whether an amount was told that is *value* as news rounds it: one next to it."""
        place = bisect_left(self.amounts, value)
        return any(
            _is_same(value, amount) for amount in self.amounts[max(0, place - 1) : place + 1]
        )


def _is_same(a: float, b: float) -> bool:
    if a == b:
        return True
    if max(a, b) < _EXACT_UNDER and a.is_integer() and b.is_integer():
        return False
    return abs(a - b) <= _ROUNDED * max(a, b)


def _is_familiar(name: str, shares: Mapping[str, float]) -> bool:
    """Tell whether every word of *name* is common in print at large."""
    known = [shares.get(word, 0.0) for word in words(name, "und")]
    return bool(known) and min(known) > _FAMILIAR


def _more_outlets(now: Sequence[Article], told: Sequence[Article]) -> list[str]:
    """Return the outlets that had not told of it, in the order of *now*."""
    before = {article.outlet for article in told}
    found = {a.outlet: a.source for a in now if a.named and a.source}
    return [source for outlet, source in found.items() if outlet not in before]


def _shown(found: Iterable[_New]) -> list[str]:
    """Return how facts are printed, each once."""
    return list(dict.fromkeys(one.fact.shown for one in found))


def _list(items: Sequence[str]) -> str:
    more = len(items) - _SHOWN
    return ", ".join(items[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
