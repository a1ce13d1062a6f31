"""Comparing: how near two stories of a week come, and what they share."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from newsletter.model import Bond, Built
from newsletter.pipeline.clustering import Background
from newsletter.pipeline.material import Brief, CommonWords, in_their_languages, usable
from newsletter.ports import Articles, Words
from newsletter.stories import THRESHOLD, between, compare
from newsletter.text.words import base_language

_PAIRS = 2_500  # of articles that are looked at one by one: two stories of fifty


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """How near two groups of articles are: on the mean of all *pairs*, and the nearest of them."""

    mean: float
    threshold: float
    nearest: Bond
    pairs: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparing:
    """What comparing asks of the world."""

    articles: Articles
    words: Words
    background: Background
    common_words: CommonWords


def compared(
    some: Sequence[str], others: Sequence[str], built: Built, brief: Brief, sources: Comparing
) -> Compared | None:
    """Return how near *some* articles are to *others* (ids) among all those of *built*'s window.

    None if one of both groups is not among them any more.
    """
    found = usable(sources.articles.within(built.since, built.until), brief, built.until)
    held = in_their_languages(found, sources.common_words)
    known = {article.id for article in held}
    some, others = ([id_ for id_ in ids if id_ in known] for ids in (some, others))
    if not some or not others:
        return None
    readings = sources.words.readings(built.since, built.until)
    history = sources.words.history()
    background = sources.background(sorted({base_language(article.language) for article in held}))
    pairs = [(one, other) for one in some for other in others][:_PAIRS]
    bond_of = partial(
        compare, articles=held, background=background, readings=readings, history=history
    )
    if len(pairs) == 1:  # its bond says it all, in half the time
        nearest = bond_of(*pairs[0])
        mean = 1.0 if nearest.kind == "copy" else nearest.score
        return Compared(mean=mean, threshold=THRESHOLD, nearest=nearest)
    groups = [(some, others), *(([one], [other]) for one, other in pairs)]
    mean, *scores = between(groups, held, background=background, history=history, use_dates=True)
    one, other = max(zip(scores, pairs, strict=True), key=lambda pair: pair[0])[1]
    return Compared(
        mean=mean,
        threshold=THRESHOLD,
        nearest=bond_of(one, other),
        pairs=len(some) * len(others),
    )
