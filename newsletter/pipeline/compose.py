"""Compose: the window's articles become stories, the best of them an issue."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from newsletter.errors import IssueError
from newsletter.issue import compose as compose_issue
from newsletter.issue.compose import Frame
from newsletter.model import Article, Counts, Feed, Issue, Masthead, Ranked, SeedFolder, Summary
from newsletter.pipeline.report import explain
from newsletter.pipeline.window import Window
from newsletter.ports import Articles, Summariser
from newsletter.stories import cluster
from newsletter.stories.rank import Choice, Desk, choose, outlet_of, rank
from newsletter.text.languages import is_plainly, likeliest
from newsletter.text.words import base_language, words

_TOLD_FROM = 500  # characters of a text that tell its language
_PASSED_OVER = 50  # of the stories not chosen, how many are kept for an editor who asks why

Background = Callable[[Iterable[str]], Mapping[str, Mapping[str, float]]]
CommonWords = Callable[[Iterable[str] | None], Mapping[str, frozenset[str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What the editor asked of an issue: where articles may come from and how many it takes."""

    masthead: Masthead
    feeds: Sequence[Feed]
    folders: Sequence[SeedFolder]
    sections: tuple[tuple[str, int | None], ...]
    stories: int
    per_source: int
    min_stories: int
    max_age: timedelta


@dataclass(slots=True)
class Stopwatch:
    """Seconds of wall time spent in each stage of a build."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time that the block takes to *name*."""
        start = time.perf_counter()
        try:
            yield
        finally:
            spent = time.perf_counter() - start
            self.seconds[name] = round(self.seconds.get(name, 0.0) + spent, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """An issue, the counts behind it and the report that explains it (JSON values)."""

    issue: Issue
    copies: int
    report: Mapping[str, object]


def compose(
    window: Window,
    brief: Brief,
    now: datetime,
    *,
    articles: Articles,
    background: Background,
    common_words: CommonWords,
    summarise: Summariser,
    watch: Stopwatch,
) -> Composed:
    """Return the issue of *window*, composed from what the store holds.

    Raises:
        IssueError: there is not one article to make it of.
    """
    with watch.stage("read"):
        usable = _usable(articles.within(window.since, window.until), brief, window)
        held = _in_their_languages(usable, common_words)
    if not held:
        raise IssueError(_nothing(window))
    with watch.stage("stories"):
        stories = cluster(held, background=background(_languages(held)))
    with watch.stage("rank"):
        desk = _desk(brief, held)
        choice = choose(rank(stories, desk, window.until), desk)
    with watch.stage("summaries"):
        chosen = [_led(ranked, summarise(ranked.story)) for ranked in choice.chosen]
    by_id = {article.id: article for article in held}
    issue = compose_issue(
        Frame(
            id=window.id,
            masthead=brief.masthead,
            since=window.since,
            until=window.until,
            publishes_at=window.publishes_at,
            generated_at=now,
            sections=tuple(name for name, _ in brief.sections),
            min_stories=brief.min_stories,
        ),
        chosen,
        articles=by_id,
        counts=Counts(
            articles=len(held),
            outlets=len({outlet_of(article) for article in held}),
            stories=len(stories),
            chosen=len(chosen),
        ),
    )
    return Composed(
        issue=issue,
        copies=sum(len(story.copies) for story in stories),
        report=_report(chosen, choice, by_id),
    )


def _usable(found: Iterable[Article], brief: Brief, window: Window) -> tuple[Article, ...]:
    """Return the articles of sources that still stand in feeds.yaml and are not too old.

    The outlet's name follows feeds.yaml as it is now.
    """
    feeds = {feed.url: feed for feed in brief.feeds if feed.enabled}
    order = {url: place for place, url in enumerate(feeds)}
    oldest = window.until - brief.max_age
    usable = []
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
        usable.append(replace(article, origins=origins, source=source))
    return tuple(usable)


def _in_their_languages(held: Sequence[Article], common_words: CommonWords) -> tuple[Article, ...]:
    """Return *held* with the language that each is in, whatever its feed or ours claims."""
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
    # Every language's words are only fetched when one is in doubt.
    common = common_words(None) if doubtful else common
    return tuple(
        replace(article, language=likeliest(opening[article.id], claimed[article.id], common))
        if article.id in doubtful
        else article
        for article in held
    )


def _folder_of(origin: str, folders: Iterable[SeedFolder]) -> SeedFolder | None:
    """Return the folder that holds the seed at *origin*, the innermost if they nest."""
    path = PurePosixPath(origin)
    holding = (folder for folder in folders if path.is_relative_to(PurePosixPath(folder.path)))
    return max(holding, key=lambda folder: len(PurePosixPath(folder.path).parts), default=None)


def _desk(brief: Brief, held: Iterable[Article]) -> Desk:
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
    )


def _led(ranked: Ranked, summary: Summary) -> tuple[Ranked, Summary]:
    """Return *ranked* led by the article that its summary opens with: its link goes there."""
    story = ranked.story
    if not summary.sentences:
        return ranked, summary
    opening = summary.sentences[0].article_id
    lead_id = story.copies.get(opening, opening)
    articles = tuple(sorted(story.articles, key=lambda article: article.id != lead_id))
    return replace(ranked, story=replace(story, articles=articles)), summary


def _languages(held: Iterable[Article]) -> list[str]:
    return sorted({base_language(article.language) for article in held})


def _nothing(window: Window) -> str:
    if not window.is_coming:
        return f"{window.id}: nobody has data for that week: no article was first seen in it"
    since = (
        f" since {window.since:%Y-%m-%d %H:%M} UTC, when the last issue closed"
        if (window.since)
        else ""
    )
    return (
        f"{window.id}: there is not one article to make an issue of{since};"
        " see above which feeds failed, or lay documents into seeds/"
    )


def _report(
    chosen: Sequence[tuple[Ranked, Summary]], choice: Choice, articles: Mapping[str, Article]
) -> Mapping[str, object]:
    return {
        "stories": [explain(ranked, articles, summary) for ranked, summary in chosen],
        "passed_over": [
            {"story": explain(ranked, articles, None), "reason": reason}
            for ranked, reason in choice.passed_over[:_PASSED_OVER]
        ],
    }
