"""Offering: sentences of a story's sources that could stand in its summary."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, zip_longest
from typing import Protocol

from newsletter.errors import WishError
from newsletter.issue import load
from newsletter.issue.base import load_base
from newsletter.issue.finding import find_story
from newsletter.model import Article, Base, Offered, PrintedStory, Story
from newsletter.pipeline.repeating import repeated
from newsletter.ports import Articles, Issues, Paragraphs
from newsletter.summarise.documents import Candidate, read

MOST = 40


class OfferingStore(Articles, Issues, Paragraphs, Protocol):
    """What offering asks of the store."""


def offered(week: str, story_id: str, store: OfferingStore) -> tuple[Offered, ...]:
    """Return up to 40 sentences of a story's sources that its built summary does not have.

    Source by source, the lead first, each in its order; of many sources the first sentences of
    each. They are cleaned as for a summary, and whole.

    Raises:
        WishError: the issue is not built, or has no such story among those composed.
    """
    built = store.built(week)
    if built is None:
        raise WishError(f"{week} has not been built: newsletter build-issue --week {week}")
    base = load_base(built.base) if built.base else _bare(built.content)
    story = find_story(base, story_id)
    if story is None:
        raise WishError(f"{story_id}: no story of {week} has this id; bring it in first")
    return sentences_of(story, store)


def sentences_of(
    story: PrintedStory, store: OfferingStore, *, most: int | None = MOST
) -> tuple[Offered, ...]:
    """Return up to *most* sentences (None: all) of a story's sources; see `offered`.

    Articles that the store has let go of have none.
    """
    found = store.by_id([article.id for article in story.articles])
    articles = tuple(found[one.id] for one in story.articles if one.id in found)
    if not articles:
        return ()
    copies = {one.id: one.copy_of for one in story.articles if one.copy_of and one.copy_of in found}
    whole = Story(id=story.id, articles=articles, copies=copies)
    reading = read(whole, repeated([whole], (), store))
    have = {sentence.text for sentence in story.summary}
    fit = [[one for one in text.candidates if one.fit] for text in reading.texts]
    kept = sorted(
        _in_turns(fit, have, most), key=lambda candidate: (candidate.document, candidate.index)
    )
    sources = {article.id: article.source for article in story.articles}
    return tuple(_offered(one, found, sources) for one in kept)


def _in_turns(
    texts: Sequence[Sequence[Candidate]], have: set[str], most: int | None
) -> Iterator[Candidate]:
    """Yield each sentence once: the first of every text, and so on."""
    seen = set(have)
    for candidate in chain.from_iterable(zip_longest(*texts)):
        if candidate is None or candidate.text in seen:
            continue
        if most is not None and len(seen) - len(have) >= most:
            return
        seen.add(candidate.text)
        yield candidate


def _offered(
    candidate: Candidate, found: Mapping[str, Article], sources: Mapping[str, str]
) -> Offered:
    article = found[candidate.article_id]
    return Offered(
        text=candidate.text,
        article_id=article.id,
        source=sources.get(article.id, article.source),
        url=article.url,
    )


def _bare(content: str) -> Base:
    issue = load(content)
    return Base(issue=issue, sections=tuple(part.name for part in issue.sections))
