"""Which stories matter most, in which section they stand, and why."""

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from newsletter.model import Article, Ranked, Story
from newsletter.stories.credits import Credits, is_report

# The score is `reach + RECENCY · freshness + COVERAGE · length`. Reach is log2(1 + the outlets'
# weights): 1 for one outlet, 2 for three, 3 for seven; the other two only order its equals.
RECENCY = 0.6
COVERAGE = 0.4
HALF_LIFE_DAYS = 3.0  # a story's freshness halves in this time
UNDATED = 0.5  # freshness of a story whose date nobody gives: neither new nor old
FULL_WORDS = 1_500  # coverage from which more words say no more
_NAMED_DAYS = 7  # days back from which on a weekday's name would be taken for a later one


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the editor set for choosing: sections in order, quotas, caps, weights by origin.

    `timezone` is that of the days that reasons name.
    """

    sections: tuple[tuple[str, int | None], ...]  # name, most stories of it
    section_of: Mapping[str, str]
    weight_of: Mapping[str, float] = field(default_factory=dict)
    stories: int = 12
    per_source: int = 3
    min_score: float = 0.0
    timezone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The stories chosen, by rank, and those passed over, each with the reason."""

    chosen: tuple[Ranked, ...]
    passed_over: tuple[tuple[Ranked, str], ...]


def rank(stories: Sequence[Story], desk: Desk, now: datetime) -> tuple[Ranked, ...]:
    """Return *stories* with section, score and reasons, highest score first, ties by id."""
    credits_ = Credits(article for story in stories for article in story.articles)
    ranked = (_ranked(story, desk, now, credits_) for story in stories)
    return tuple(sorted(ranked, key=lambda one: (-one.score, one.story.id)))


def choose(ranked: Sequence[Ranked], desk: Desk, *, kept: Collection[str] = ()) -> Choice:
    """Return which of *ranked* (highest first) the issue holds under its quotas and caps.

    A story that issues have told and that has nothing new is passed over, and so is one under the
    floor of scores: a section or an issue without enough good ones stays thin. Those *kept* (by id)
    are all chosen, whatever speaks against them; they count for what is left to the others.
    """
    quota = {name: most for name, most in desk.sections if most is not None}
    hers = [one for one in ranked if one.story.id in kept]
    room = desk.stories - len(hers)  # none, or less than that, where more are kept than fit
    by_section = Counter(one.section for one in hers)
    by_outlet = Counter(outlet_of(one.story.lead) for one in hers)
    chosen: list[Ranked] = []
    passed_over: list[tuple[Ranked, str]] = []
    for one in ranked:
        outlet = outlet_of(one.story.lead)
        continuation = one.story.continuation
        if one.story.id in kept:
            chosen.append(one)
            continue
        if continuation.is_repeat:
            reason = f"told in {continuation.earlier[-1].issue_id}, nothing new since"
        elif one.score < desk.min_score:
            reason = f"scores {one.score:.2f}, under issue.min_score ({desk.min_score:g})"
        elif room <= 0:
            reason = f"the issue was full (issue.stories is {desk.stories})"
        elif by_section[one.section] >= quota.get(one.section, desk.stories):
            reason = f"the section {one.section} was full (its stories: is {quota[one.section]})"
        elif by_outlet[outlet] >= desk.per_source:
            reason = f"{one.story.lead.source} leads {desk.per_source} already (issue.per_source)"
        else:
            by_section[one.section] += 1
            by_outlet[outlet] += 1
            room -= 1
            chosen.append(one)
            continue
        passed_over.append((one, reason))
    return Choice(chosen=tuple(chosen), passed_over=tuple(passed_over))


def outlet_of(article: Article) -> str:
    """Return what stands for the publisher of *article*: an unnamed one is its own."""
    return article.source.casefold() if article.named else f"unnamed {article.id}"


def _ranked(story: Story, desk: Desk, now: datetime, credits_: Credits) -> Ranked:
    own = [article for article in story.articles if article.id not in story.copies]
    weights: dict[str, float] = {}
    for article in own:
        weight = max((desk.weight_of.get(origin, 1.0) for origin in article.origins), default=1.0)
        outlet = outlet_of(article)
        weights[outlet] = max(weight, weights.get(outlet, 0.0))
    words = sum(len(article.text.split()) for article in own)
    score = (
        math.log2(1 + sum(weights.values()))
        + RECENCY * _freshness(own, now)
        + COVERAGE * min(1.0, words / FULL_WORDS)
    )
    first_hand = _first_hand_told(own, credits_) if len(weights) > 1 else ""
    told = _outlets_told(own, weights, first_hand, copies=len(story.articles) - len(own))
    earlier = story.continuation.earlier
    reasons = (
        told,
        *([f"update of {earlier[-1].issue_id}"] if story.continuation.is_update else []),
        _days_told(own, now, ZoneInfo(desk.timezone)),
        f"{words:,} word{'s' if words != 1 else ''} in all",
    )
    return Ranked(story=story, section=_section(own, desk), score=round(score, 4), reasons=reasons)


def _freshness(own: Sequence[Article], now: datetime) -> float:
    dates = [article.published for article in own if article.published]
    if not dates:
        return UNDATED
    age_days = max(0.0, (now - max(dates)).total_seconds() / 86_400)
    return float(0.5 ** (age_days / HALF_LIFE_DAYS))


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


def _outlets_told(
    own: Sequence[Article], weights: Mapping[str, float], first_hand: str, *, copies: int
) -> str:
    count = len(weights)
    if all(article.url is None for article in own):
        told = f"told by {len(own)} document{'s' if len(own) != 1 else ''}"
    else:
        told = f"reported by {count} outlet{'s' if count != 1 else ''}{first_hand}"
    heavy = sum(weights.values()) - count
    if abs(heavy) > 1e-9:
        told += f", weighing {sum(weights.values()):g}"
    return told + (f", {copies} more in copies" if copies else "")


def _first_hand_told(own: Sequence[Article], credits_: Credits) -> str:
    """Return in words how many outlets report for themselves, as far as their texts show it."""
    first_hand = credits_.first_hand(own)
    count = len({outlet_of(article) for article in own if article.id in first_hand})
    outlets = {outlet_of(article) for article in own}
    if outlets - {outlet_of(article) for article in own if is_report(article)}:
        return f", at least {count} of them first-hand" if count else ""
    if count == len(outlets):
        return ", all first-hand"
    return f", {count or 'none'} of them first-hand"


def _days_told(own: Sequence[Article], now: datetime, zone: tzinfo) -> str:
    """Return in words since when there have been reports, and until when."""
    dates = sorted(article.published for article in own if article.published)
    if not dates:
        return "undated"
    first, last = (_day_told(date, now, zone) for date in (dates[0], dates[-1]))
    if first == last:
        return f"new {first}" if first in ("today", "yesterday") else f"new on {first}"
    return (
        f"new since {first}, the latest {last if last in ('today', 'yesterday') else f'of {last}'}"
    )


def _day_told(date: datetime, now: datetime, zone: tzinfo) -> str:
    """Return a day as one speaks of it at *now*: today, Thursday, 3 November."""
    day, today = date.astimezone(zone).date(), now.astimezone(zone).date()
    days = (today - day).days
    if days <= 1:
        return "yesterday" if days == 1 else "today"
    if days < _NAMED_DAYS:
        return f"{day:%A}"
    return f"{day.day} {day:%B}" + (f" {day.year}" if days > 300 else "")
