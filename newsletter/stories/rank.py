"""Which stories matter most, in which section they stand, and why."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from newsletter.model import Article, Ranked, Story

# The score is `reach + RECENCY · freshness + COVERAGE · length`. Reach is log2(1 + the outlets'
# weights): 1 for one outlet, 2 for three, 3 for seven; the other two only order its equals.
RECENCY = 0.6
COVERAGE = 0.4
HALF_LIFE_DAYS = 3.0  # a story's freshness halves in this time
UNDATED = 0.5  # freshness of a story whose date nobody gives: neither new nor old
FULL_WORDS = 1_500  # coverage from which more words say no more


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the editor set for choosing: sections in order, quotas, caps, weights by origin."""

    sections: tuple[tuple[str, int | None], ...]  # name, most stories of it
    section_of: Mapping[str, str]
    weight_of: Mapping[str, float] = field(default_factory=dict)
    stories: int = 12
    per_source: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The stories chosen, by rank, and those passed over, each with the reason."""

    chosen: tuple[Ranked, ...]
    passed_over: tuple[tuple[Ranked, str], ...]


def rank(stories: Sequence[Story], desk: Desk, now: datetime) -> tuple[Ranked, ...]:
    """Return *stories* with section, score and reasons, highest score first, ties by id."""
    ranked = (_ranked(story, desk, now) for story in stories)
    return tuple(sorted(ranked, key=lambda one: (-one.score, one.story.id)))


def choose(ranked: Sequence[Ranked], desk: Desk) -> Choice:
    """Return which of *ranked* (highest first) the issue holds under its quotas and caps."""
    quota = {name: most for name, most in desk.sections if most is not None}
    by_section: Counter[str] = Counter()
    by_outlet: Counter[str] = Counter()
    chosen: list[Ranked] = []
    passed_over: list[tuple[Ranked, str]] = []
    for one in ranked:
        outlet = outlet_of(one.story.lead)
        if len(chosen) >= desk.stories:
            reason = f"the issue is full (issue.stories is {desk.stories})"
        elif by_section[one.section] >= quota.get(one.section, desk.stories):
            reason = f"the section {one.section} is full (its stories: is {quota[one.section]})"
        elif by_outlet[outlet] >= desk.per_source:
            reason = f"{one.story.lead.source} leads {desk.per_source} already (issue.per_source)"
        else:
            by_section[one.section] += 1
            by_outlet[outlet] += 1
            chosen.append(one)
            continue
        passed_over.append((one, reason))
    return Choice(chosen=tuple(chosen), passed_over=tuple(passed_over))


def outlet_of(article: Article) -> str:
    """Return what stands for the publisher of *article*: an unnamed one is its own."""
    return article.source.casefold() if article.named else f"unnamed {article.id}"


def _ranked(story: Story, desk: Desk, now: datetime) -> Ranked:
    own = [article for article in story.articles if article.id not in story.copies]
    weights: dict[str, float] = {}
    for article in own:
        weight = max((desk.weight_of.get(origin, 1.0) for origin in article.origins), default=1.0)
        outlet = outlet_of(article)
        weights[outlet] = max(weight, weights.get(outlet, 0.0))
    words = sum(len(article.text.split()) for article in own)
    age_days, freshness = _freshness(own, now)
    score = (
        math.log2(1 + sum(weights.values()))
        + RECENCY * freshness
        + COVERAGE * min(1.0, words / FULL_WORDS)
    )
    return Ranked(
        story=story,
        section=_section(own, desk),
        score=round(score, 4),
        reasons=(
            _outlets_told(own, weights, copies=len(story.articles) - len(own)),
            _age_told(age_days),
            f"{words:,} words in all",
        ),
    )


def _freshness(own: Sequence[Article], now: datetime) -> tuple[float | None, float]:
    dates = [article.published for article in own if article.published]
    if not dates:
        return None, UNDATED
    age_days = max(0.0, (now - max(dates)).total_seconds() / 86_400)
    return age_days, 0.5 ** (age_days / HALF_LIFE_DAYS)


def _section(own: Sequence[Article], desk: Desk) -> str:
    """Return the section that most of the outlets belong to, the first in order among equals."""
    names = [name for name, _ in desk.sections]
    voices = {
        (outlet_of(article), desk.section_of[origin])
        for article in own
        for origin in article.origins
        if origin in desk.section_of
    }
    count = Counter(section for _, section in voices)
    return max(names, key=lambda name: (count[name], -names.index(name)))


def _outlets_told(own: Sequence[Article], weights: Mapping[str, float], *, copies: int) -> str:
    if all(article.url is None for article in own):
        told = f"told by {len(own)} document{'s' if len(own) != 1 else ''}"
    else:
        told = f"told by {len(weights)} outlet{'s' if len(weights) != 1 else ''}"
    heavy = sum(weights.values()) - len(weights)
    if abs(heavy) > 1e-9:
        told += f", weighing {sum(weights.values()):g}"
    return told + (f", {copies} more in copies" if copies else "")


def _age_told(age_days: float | None) -> str:
    if age_days is None:
        return "undated"
    days = int(age_days)
    return "newest today" if days == 0 else f"newest {days} day{'s' if days != 1 else ''} old"
