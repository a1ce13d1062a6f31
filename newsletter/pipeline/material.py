"""What an issue is made of: the articles that count, their languages, and the editor's desk."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath

from newsletter.model import Article, Feed, Layout, Masthead, SeedFolder, Sponsor
from newsletter.stories.rank import Desk
from newsletter.text.languages import can_tell, is_plainly, likeliest
from newsletter.text.words import base_language, words

_TOLD_FROM = 500  # characters of a text that tell its language

CommonWords = Callable[[Iterable[str] | None], Mapping[str, frozenset[str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What the editor asked of an issue: where articles may come from and how many it takes.

    `full` is how many stories are told in more than one sentence, None for the most of them.
    """

    masthead: Masthead
    feeds: Sequence[Feed]
    folders: Sequence[SeedFolder]
    sections: tuple[tuple[str, int | None], ...]
    stories: int
    per_source: int
    min_stories: int
    max_age: timedelta
    min_score: float = 0.0
    full: int | None = None
    sentence_case: bool = False
    layout: Layout = Layout()
    intro: str = ""
    closing: str = ""
    sponsor: Sponsor | None = None


def usable(found: Iterable[Article], brief: Brief, until: datetime) -> tuple[Article, ...]:
    """Return the articles of sources that still stand in feeds.yaml and are not too old.

    The outlet's name follows feeds.yaml as it is now.
    """
    feeds = {feed.url: feed for feed in brief.feeds if feed.enabled}
    order = {url: place for place, url in enumerate(feeds)}
    oldest = _earlier(until, brief.max_age)
    kept = []
    for article in found:
        origins = tuple(
            origin
            for origin in article.origins
            if origin in feeds or _folder_of(origin, brief.folders)
        )
        if not origins or (article.published and article.published < oldest):
            continue
        origins = tuple(sorted(origins, key=lambda origin: (order.get(origin, -1), origin)))
        feed = feeds.get(origins[0])
        source = feed.name if feed and feed.name else article.source
        kept.append(replace(article, origins=origins, source=source))
    return tuple(kept)


def in_their_languages(held: Sequence[Article], common_words: CommonWords) -> tuple[Article, ...]:
    """Return *held* with the language that each is in, whatever its feed or ours claims.

    An article too short to tell is in the language that most of its feed's are in.
    """
    opening = {
        article.id: words(f"{article.title} {article.text[:_TOLD_FROM]}", article.language)
        for article in held
    }
    claimed = {article.id: base_language(article.language) for article in held}
    common = common_words(set(claimed.values()))
    doubtful = {
        name
        for name, found in opening.items()
        if not is_plainly(found, common.get(claimed[name], frozenset()))
    }
    if not doubtful:
        return tuple(held)
    common = common_words(None)  # every language's, now that one is in doubt
    told = {
        name: likeliest(opening[name], claimed[name], common) if name in doubtful else claimed[name]
        for name, found in opening.items()
        if can_tell(found)
    }
    spoken = _by_origin(held, told)
    return tuple(
        replace(article, language=language)
        if (language := told.get(article.id) or spoken.get(article.origins[0]))
        and language != claimed[article.id]
        else article
        for article in held
    )


def _by_origin(held: Sequence[Article], told: Mapping[str, str]) -> Mapping[str, str]:
    """Return the language that most articles of each origin are in, where any of them tells."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for article in held:
        if article.id in told:
            votes[article.origins[0]][told[article.id]] += 1
    return {
        origin: max(sorted(count), key=lambda language: count[language])
        for origin, count in votes.items()
    }


def desk_of(brief: Brief, held: Iterable[Article]) -> Desk:
    """Return quotas, caps, and the section and weight of every origin of *held*."""
    section_of = {feed.url: feed.section for feed in brief.feeds}
    for origin in {origin for article in held for origin in article.origins}:
        folder = None if origin in section_of else _folder_of(origin, brief.folders)
        if folder:
            section_of[origin] = folder.section
    return Desk(
        sections=brief.sections,
        section_of=section_of,
        weight_of={feed.url: feed.weight for feed in brief.feeds},
        stories=brief.stories,
        per_source=brief.per_source,
        min_score=brief.min_score,
        timezone=brief.masthead.timezone,
    )


def _folder_of(origin: str, folders: Iterable[SeedFolder]) -> SeedFolder | None:
    """Return the folder that holds the seed at *origin*, the innermost if they nest."""
    path = PurePosixPath(origin)
    holding = (folder for folder in folders if path.is_relative_to(PurePosixPath(folder.path)))
    return max(holding, key=lambda folder: len(PurePosixPath(folder.path).parts), default=None)


def _earlier(moment: datetime, span: timedelta) -> datetime:
    try:
        return moment - span
    except OverflowError:  # before the calendar's first day: nothing is too old
        return datetime.min.replace(tzinfo=UTC)
