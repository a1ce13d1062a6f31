"""Finds which stories go on from one that is printed already, by what both tell."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from newsletter.model import Article, Continuation, Earlier, Frequencies, Story
from newsletter.stories import THRESHOLD, between, copy_groups
from newsletter.stories.continuity_news import news_of
from newsletter.text.words import terms

Background = Mapping[str, Mapping[str, float]]

# Least mean score at which a story goes on from a printed one, above the linkage's threshold: a
# continuation taken wrongly calls the new old, one that is missed only tells without its past.
CONTINUES = 1.1 * THRESHOLD
# A story may rest for a week; after that its score falls to 1/e in so many days, for next month's
# statistics read like this month's.
_RESTS, _FADES = 7.0, 45.0
# Articles among which scores are taken: crowding, and with it a score, is to mean the same in a
# quiet week and in one of a hundred thousand articles.
_CROWD = 2_000
# Characters of a text whose terms propose what to score: news says first what it is about.
_OPENING = 600
_RARE = 0.02  # share of the articles that a term may stand in and still propose
_FEWEST = 12  # articles that it may always stand in: in a small window every term is a large share
_PRIOR = 1_000  # texts that a small window is taken to lie among: two alike prove little in it
_SHARED = 2.0  # worth of the shared terms that proposes
_PROPOSED = 6  # stories that are scored for each printed one


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A story of a published issue: its number there, and those of its articles that are known.

    `before` are the numbers that it went on from itself, oldest first.
    """

    number: Earlier
    articles: tuple[Article, ...]
    before: tuple[Earlier, ...] = ()


def continuing(
    stories: Sequence[Story],
    printed: Sequence[Printed],
    *,
    background: Background,
    history: Frequencies | None = None,
) -> tuple[Story, ...]:
    """Return *stories* in their order, each with its continuation of *printed* ones and `told`.

    A story goes on from those printed ones whose articles it is near to on the whole, at CONTINUES
    or more as `newsletter.stories.between` sees it without dates, fading after a week of silence,
    and from those whose texts it repeats. Of each issue the nearest counts, and what that went on
    from goes before it. What is new is for `newsletter.stories.continuity_news` to say.
    """
    found, copied = _matched(stories, printed, background, history)
    return tuple(
        _continued(story, found[story.id], printed, copied, background)
        if story.id in found
        else story
        for story in stories
    )


def matches(
    stories: Sequence[Story],
    printed: Sequence[Printed],
    *,
    background: Background,
    history: Frequencies | None = None,
) -> Mapping[str, Mapping[int, float]]:
    """Return by story id the places in *printed* that it goes on from, with the score of each."""
    return _matched(stories, printed, background, history)[0]


def _matched(
    stories: Sequence[Story],
    printed: Sequence[Printed],
    background: Background,
    history: Frequencies | None,
) -> tuple[Mapping[str, Mapping[int, float]], Mapping[str, str]]:
    """Return what `matches` does, and the originals of copies among all that was looked at."""
    pairs = _proposed(stories, printed)
    if not pairs:
        return {}, {}
    asked = _asked(stories, printed, pairs)
    groups = [
        (
            [article.id for article in stories[place].articles],
            [article.id for article in printed[other].articles],
        )
        for place, other in pairs
    ]
    scores = between(
        groups, _crowd(asked, stories, printed), background=background, history=history
    )
    copied = copy_groups(asked)
    found: dict[str, dict[int, float]] = defaultdict(dict)
    for (place, other), (own, theirs), near in zip(pairs, groups, scores, strict=True):
        originals = {copied.get(id_, id_) for id_ in theirs}
        if any(copied.get(id_, id_) in originals for id_ in own):
            found[stories[place].id][other] = 1.0
            continue
        score = near * _lasting(stories[place].articles, printed[other].articles)
        if score >= CONTINUES:
            found[stories[place].id][other] = round(score, 4)
    return found, copied


def _lasting(own: Iterable[Article], theirs: Iterable[Article]) -> float:
    """Return how far a story's past still counts, 1.0 within a week or where nobody knows."""
    begun = min((article.published for article in own if article.published), default=None)
    ended = max((article.published for article in theirs if article.published), default=None)
    if begun is None or ended is None:
        return 1.0
    silent = (begun - ended).total_seconds() / 86_400 - _RESTS
    return math.exp(-max(0.0, silent) / _FADES)


def _continued(
    story: Story,
    scores: Mapping[int, float],
    printed: Sequence[Printed],
    copied: Mapping[str, str],
    background: Background,
) -> Story:
    """Return *story* with what it goes on from."""
    nearest_first = sorted(scores, key=lambda place: (-scores[place], place))
    numbers: dict[str, Earlier] = {}
    for place in nearest_first:
        number = replace(printed[place].number, score=scores[place])
        numbers.setdefault(number.issue_id, number)
    for place in nearest_first:
        for number in printed[place].before:
            numbers.setdefault(number.issue_id, number)
    earlier = tuple(sorted(numbers.values(), key=lambda one: (one.publishes_at, one.issue_id)))
    linked = {(one.issue_id, one.story_id) for one in earlier}
    told = {
        article.id: article
        for place, one in enumerate(printed)
        if place in scores or (one.number.issue_id, one.number.story_id) in linked
        for article in one.articles
    }
    known = {copied.get(id_, id_) for id_ in told}
    # A copy of what was printed may still have been brought up to date: it is only no new voice.
    echoes = frozenset(
        article.id
        for article in story.articles
        if article.id in story.copies or copied.get(article.id, article.id) in known
    )
    before = tuple(sorted(told.values(), key=_by_date))
    new = news_of(story.articles, before, echoes=echoes, background=background)
    return replace(story, continuation=Continuation(earlier=earlier, new=new), told=before)


def _by_date(article: Article) -> tuple[datetime, str]:
    return article.published or article.first_seen, article.id


def _proposed(stories: Sequence[Story], printed: Sequence[Printed]) -> list[tuple[int, int]]:
    """Return the pairs of places worth scoring: those that share most by terms that few have.

    A term that n of N stories hold is worth log(N / n) / log(N), 1 at most: three that no other
    story has propose a pair, and so do four that every hundredth has.
    """
    own = [_telling(story.articles) for story in stories]
    theirs = [_telling(one.articles) for one in printed]
    held = Counter(term for found in (*own, *theirs) for term in found)
    count = len(own) + len(theirs)
    most = max(_FEWEST, _RARE * count)
    size = count + _PRIOR
    worth = {term: math.log(size / n) / math.log(size) for term, n in held.items() if 1 < n <= most}
    holders: dict[str, list[int]] = defaultdict(list)
    for place, found in enumerate(own):
        for term in found & worth.keys():
            holders[term].append(place)
    pairs: list[tuple[int, int]] = []
    for other, found in enumerate(theirs):
        shared: dict[int, float] = defaultdict(float)
        for term in sorted(found & worth.keys()):
            for place in holders[term]:
                shared[place] += worth[term]
        able = [place for place, total in shared.items() if total >= _SHARED]
        able.sort(key=lambda place: (-shared[place], stories[place].id))
        pairs += [(place, other) for place in able[:_PROPOSED]]
    return sorted(pairs)


def _telling(articles: Iterable[Article]) -> frozenset[str]:
    return frozenset(
        term
        for article in articles
        for term in terms(f"{article.title[:_OPENING]} {article.text[:_OPENING]}", article.language)
    )


def _asked(
    stories: Sequence[Story], printed: Sequence[Printed], pairs: Iterable[tuple[int, int]]
) -> tuple[Article, ...]:
    """Return the articles of all *pairs*, each once."""
    asked = {
        article.id: article
        for place, other in pairs
        for article in (*stories[place].articles, *printed[other].articles)
    }
    return tuple(asked[id_] for id_ in sorted(asked))


def _crowd(
    asked: Sequence[Article], stories: Sequence[Story], printed: Sequence[Printed]
) -> tuple[Article, ...]:
    """Return the articles to score among: those *asked* for, and others by id to make a crowd."""
    known = {article.id for article in asked}
    told = [*(story.articles for story in stories), *(one.articles for one in printed)]
    rest = {a.id: a for articles in told for a in articles if a.id not in known}
    return (*asked, *(rest[id_] for id_ in sorted(rest)[: max(0, _CROWD - len(asked))]))
