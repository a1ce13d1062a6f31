"""Tells what a story brings that was not told before, and whether that makes it worth telling."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Self

from newsletter.model import Article
from newsletter.stories.continuity_facts import Fact, Place, facts_of, parts_of
from newsletter.text.sentences import sentences
from newsletter.text.words import base_language, stem, words

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
# Shares of an opening's words, common ones left out, that were not told: by two outlets, and by one
# as a hint beside another fact, and by one as news.
_RETOLD_BY_TWO, _RETOLD, _ANEW = 0.4, 0.55, 0.7
_EVERYBODYS = 5e-4  # share of all words from which one is left out
_FEW_WORDS = 5
_OPENING_READ, _OPENING_SENTENCES = 3_000, 2
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
    nothing; a day after all that was told counts 2 there. Openings of two outlets that are largely
    in words not told count 2, of one 1, nearly all in such 2. Three more outlets are news as well.
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
    figures = _shown(one for one in found if one.fact.kind == "figure" and one.worth)
    names = _shown(one for one in found if one.fact.kind == "name" and one.worth)
    days = [one for one in found if one.fact.kind == "day"]
    lines = []
    if outlets:
        lines.append(
            f"{len(outlets)} more outlet{'s' if len(outlets) > 1 else ''}: {_list(outlets)}"
        )
    if figures:
        lines.append(f"new figure{'s' if len(figures) > 1 else ''}: {_list(figures)}")
    if names:
        lines.append(f"new name{'s' if len(names) > 1 else ''}: {_list(names)}")
    if retold and other_words and not (figures or names):
        lines.append(f"new word{'s' if len(other_words) > 1 else ''}: {_list(other_words)}")
    if days:
        lines.append(f"since {min(days, key=lambda one: one.fact.value).fact.shown}")
    return tuple(lines)


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
                one.outlets.add(article.source)
    return sorted(found.values(), key=lambda one: -one.worth)


def _retold(
    now: Iterable[Article], known: "_Told", background: Shares
) -> tuple[int, tuple[str, ...]]:
    """Return what it is worth that openings are in other words, and those words of the newest.

    Two outlets that both tell in other words tell on; one may only be telling it again.
    """
    shares: dict[str, float] = {}
    best: tuple[float, tuple[str, ...]] = (0.0, ())
    for article in now:
        share, other = _other_words(article, known, background)
        shares[article.source] = max(share, shares.get(article.source, 0.0))
        best = max(best, (share, other))
    first, second = sorted((0.0, 0.0, *shares.values()))[:-3:-1]
    if first >= _ANEW or second >= _RETOLD_BY_TWO:
        return Place.HEADLINE, best[1]
    return int(first >= _RETOLD), best[1]


def _other_words(
    article: Article, known: "_Told", background: Shares
) -> tuple[float, tuple[str, ...]]:
    """Return the share of an opening's words that were not told, and those of its headline.

    Words that everybody uses do not count. Where the headline has none, they are the opening's.
    """
    common = background.get(base_language(article.language), {})
    headline = _telling(article.title, article.language, common)
    opening = " ".join(sentences(article.text[:_OPENING_READ])[:_OPENING_SENTENCES])
    told = {**headline, **_telling(opening, article.language, common)}
    new = {term: word for term, word in told.items() if term not in known.terms}
    in_headline = tuple(word for term, word in headline.items() if term in new)
    return len(new) / max(_FEW_WORDS, len(told)), in_headline or tuple(new.values())


def _telling(text: str, language: str, common: Mapping[str, float]) -> Mapping[str, str]:
    """Return the terms of *text* that are not everybody's, each with its word."""
    return {
        stem(word, language): word
        for word in words(text, language)
        if common.get(word, 0.0) < _EVERYBODYS and not word[0].isdigit()
    }


def _key(fact: Fact, language: str) -> tuple[str, float | str]:
    """Return what makes two facts one: the value, or what a name ends in."""
    if fact.kind == "name":
        return fact.kind, parts_of(fact.shown, language)[-1]
    return fact.kind, fact.value


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """All that was told: terms, amounts, its last day (None if undated), and who tells and told."""

    terms: frozenset[str]
    amounts: tuple[float, ...]
    last: int | None
    sources: frozenset[str]

    @classmethod
    def of(cls, told: Sequence[Article], *, sources: Iterable[str]) -> Self:
        before = [facts_of(article) for article in told]
        days = [a.published.date().toordinal() for a in told if a.published]
        return cls(
            terms=frozenset(term for facts in before for term in facts.terms),
            amounts=tuple(sorted({amount for facts in before for amount in facts.amounts})),
            last=max(days, default=None),
            sources=frozenset(map(str.casefold, (*sources, *(a.source for a in told)))),
        )

    def holds(self, fact: Fact, language: str, common: Mapping[str, float]) -> bool:
        """Tell whether *fact* was told, or cannot be shown to be new; *common* are shares."""
        if fact.kind == "figure":
            return any(_is_same(fact.value, amount) for amount in self.amounts)
        if fact.kind == "day":
            return self.last is None or fact.value <= self.last
        parts = parts_of(fact.shown, language)
        if not parts or any(part in self.terms for part in parts):
            return True
        return fact.shown.casefold() in self.sources or _is_familiar(fact.shown, common)


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
    before = {article.source.casefold() for article in told}
    found = {a.source.casefold(): a.source for a in now if a.named and a.source}
    return [source for folded, source in found.items() if folded not in before]


def _shown(found: Iterable[_New]) -> list[str]:
    """Return how facts are printed, each once."""
    return list(dict.fromkeys(one.fact.shown for one in found))


def _list(items: Sequence[str]) -> str:
    more = len(items) - _SHOWN
    return ", ".join(items[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
